"""The files that are made of pictures: which there are, what is in them, when they are made, and when they go."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from newsgen.commands.check import check
from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.run import build
from newsgen.pictures.darkroom import Darkroom
from newsgen.store import Store
from tests.support.photos import drawing, photo, saved, small, with_exif
from tests.support.sites import Desk, assert_same, story

PHOTO = saved(photo(600, 1000), exif=with_exif(6))  # 1000 by 600, once it stands upright
PAGE = "world/2019/05/01/{}.html"


def a_desk(**pictures: bytes) -> Desk:
    """A site with a story for each picture, by name."""
    desk = Desk(darkroom=Darkroom(MemoryDisk()))
    for name, data in pictures.items():
        desk.site.write(f"content/world/{name}.jpg", data)
        desk.site.write(f"content/world/{name}.md", a_story(name, f"{name}.jpg"))
    return desk


def a_story(name: str, file: str, **more: str) -> bytes:
    return story(name, id=name, photos=f"[{{file: {file}, alt: A silo}}]", **more)


def media(desk: Desk) -> dict[str, bytes]:
    return {path: data for path, data in desk.output.files.items() if path.startswith("media/")}


def kept(desk: Desk) -> MemoryDisk:
    """What the darkroom of a site keeps."""
    assert desk.darkroom is not None
    disk = desk.darkroom._kept
    assert isinstance(disk, MemoryDisk)
    return disk


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_widths_formats_and_crops_upright_and_with_nothing_private() -> None:
    desk = a_desk(silo=PHOTO)
    desk.build()
    made = media(desk)
    names = {re.sub(r"media/[0-9a-f]{16}-", "", path) for path in made}
    sizes = {f"{width}.{ending}" for width in (400, 800, 1000) for ending in ("avif", "webp", "jpg")}
    assert names == {*sizes, "thumb.webp", "card.jpg"}
    for path, data in made.items():
        picture = opened(data).convert("RGB")
        name = path.rpartition("-")[2]
        if name[0].isdigit():
            width = int(name.partition(".")[0])
            assert picture.size == (width, round(width * 0.6))
            red, blue = picture.getpixel((width - 20, 20)), picture.getpixel((20, picture.height - 20))
            assert isinstance(red, tuple)
            assert isinstance(blue, tuple)
            assert red[0] > 150 > red[2]  # turned: the upper left corner has come to the right
            assert blue[2] > 150 > blue[0]
        for private in (b"Camera", b"GPS", b"Lavc", b"Photoshop"):
            assert private not in data
        assert b"Mila Hart" in data
        assert b"Kestrel" in data
    assert opened(next(data for path, data in made.items() if path.endswith("thumb.webp"))).size == (240, 160)
    assert opened(next(data for path, data in made.items() if path.endswith("card.jpg"))).size == (1000, 525)


def test_a_page_names_its_files_and_their_sizes() -> None:
    desk = a_desk(silo=PHOTO)
    desk.build()
    page = desk.output.read(PAGE.format("silo")).decode()
    mark = next(iter(media(desk)))[6:22]
    srcsets = dict(re.findall(r'type="image/(\w+)" srcset="([^"]+)"', page))
    assert srcsets.keys() == {"avif", "webp"}
    assert srcsets["avif"] == ", ".join(f"/media/{mark}-{width}.avif {width}w" for width in (400, 800, 1000))
    assert f'<img src="/media/{mark}-1000.jpg" srcset="/media/{mark}-400.jpg 400w' in page
    assert 'width="1000" height="600" alt="A silo"' in page
    assert f'<a href="/media/{mark}-1000.jpg"' in page
    assert f'content="https://archive.example/media/{mark}-card.jpg"' in page
    assert '<meta property="og:image:width" content="1000">' in page
    named = set(re.findall(rf"media/{mark}-\w+\.\w+", page))
    assert len(named) > 9
    assert named <= desk.output.files.keys()


def test_what_can_be_seen_through_stays_so_but_in_crops() -> None:
    desk = a_desk(chart=saved(drawing(), "PNG"))
    desk.build()
    for path, data in media(desk).items():
        corner = opened(data).convert("RGBA").getpixel((2, 2))
        assert isinstance(corner, tuple)
        if "thumb" in path or "card" in path:
            assert corner == (255, 255, 255, 255)
        else:
            assert corner[3] < 30, path


def test_pictures_are_encoded_once_whatever_becomes_of_record_and_output() -> None:
    desk = a_desk(silo=PHOTO, boat=saved(photo(500, 400, 2)))
    desk.build()
    made = media(desk)
    assert len(kept(desk).writes) == len(made)
    kept(desk).writes.clear()
    again = desk.build()
    assert again.rendered == ()
    desk.site.write("content/world/silo.md", a_story("silo", "silo.jpg") + b"More.\n")
    assert not [url for url in desk.build().rendered if url.startswith("/media/")]
    desk.output = MemoryDisk(name="build")
    desk.store = Store(":memory:")
    desk.build()
    assert media(desk) == made
    assert kept(desk).writes == []
    desk.store.close()


def test_what_is_kept_and_damaged_is_made_again() -> None:
    desk = a_desk(silo=PHOTO)
    desk.build()
    made = media(desk)
    for number, path in enumerate(list(kept(desk).files)):
        data = kept(desk).files[path]
        kept(desk).write(path, (data[:-1], data[:40], b"", data + b"x")[number % 4])
    desk.build(is_clean=True)
    assert media(desk) == made
    assert_same(desk.output.files, desk.clean())


def test_pictures_of_the_same_bytes_share_their_files_while_one_is_shown() -> None:
    desk = a_desk(silo=PHOTO, copy=PHOTO)
    desk.site.write("content/world/third.md", a_story("third", "silo.jpg"))
    desk.build()
    made = media(desk)
    assert len({path[6:22] for path in made}) == 1
    for held in ("silo", "third"):
        desk.site.write(f"content/world/{held}.md", a_story(held, "silo.jpg", status="withheld"))
        desk.build()
        assert media(desk) == made
        assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/copy.md", a_story("copy", "copy.jpg", status="killed"))
    desk.build()
    assert media(desk) == {}
    assert kept(desk).files  # the picture is still there
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/copy.md", a_story("copy", "copy.jpg"))
    desk.build()
    assert media(desk) == made


def test_a_picture_that_goes_takes_everything_with_it() -> None:
    desk = a_desk(silo=PHOTO, boat=saved(photo(500, 400, 2)))
    desk.build()
    desk.site.remove("content/world/silo.jpg")
    desk.build()
    assert len({path[6:22] for path in media(desk)}) == 1
    assert len({path.split("/")[1] for path in kept(desk).files}) == 1
    assert_same(desk.output.files, desk.clean())


def test_a_picture_whose_right_ends_goes_at_that_instant() -> None:
    desk = a_desk(silo=PHOTO)
    photos = '[{file: silo.jpg, alt: A, expires: "2020-01-01T13:00:00Z"}]'
    desk.site.write("content/world/silo.md", story("silo", id="silo", photos=photos))
    desk.build()
    assert media(desk)
    desk.clock += 3600
    desk.build()
    assert media(desk) == {}
    assert_same(desk.output.files, desk.clean())


def test_a_portrait_shares_the_files_of_a_photo_and_goes_with_its_page() -> None:
    desk = a_desk(silo=PHOTO)
    desk.site.write("content/_people.yaml", b"- name: Mila Hart\n  photo: portraits/mila.jpg\n")
    desk.site.write("content/portraits/mila.jpg", PHOTO)
    desk.site.write("content/world/a.md", story("A", id="a", byline="Mila Hart"))
    desk.build()
    made = media(desk)
    assert len({path[6:22] for path in made}) == 1
    assert "/media/" in desk.output.read("people/mila-hart/index.html").decode()
    desk.site.write("content/world/silo.md", a_story("silo", "silo.jpg", status="withheld"))
    desk.build()
    assert media(desk) == made
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/a.md", story("A", id="a"))
    desk.build()
    assert media(desk) == {}
    assert_same(desk.output.files, desk.clean())


def test_a_picture_that_is_replaced_leaves_nothing_behind() -> None:
    desk = a_desk(silo=PHOTO)
    for number in range(3):
        desk.site.write("content/world/silo.jpg", small(number))
        desk.build()
        assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/silo.jpg", PHOTO[:5000])
    problems = [problem.rule for problem in desk.build().problems if problem.rule.startswith("photo")]
    assert "photo-damaged" in problems
    ((_path, data),) = media(desk).items()
    assert b"GPS" not in data
    assert_same(desk.output.files, desk.clean())


def test_captions_that_only_the_file_says_are_shown_and_said() -> None:
    desk = a_desk(silo=PHOTO)
    advice = [problem for problem in desk.build().problems if problem.rule == "photo-said"]
    assert [(problem.path, problem.values) for problem in advice] == [
        ("content/world/silo.md", ("silo.jpg", "Exif", "credit", "Mila Hart"))
    ]
    assert "Mila Hart" in desk.output.read(PAGE.format("silo")).decode()
    assert "Mila" not in desk.output.read("index.html").decode()
    photos = "[{file: silo.jpg, alt: A, caption: A silo.}]"
    desk.site.write("content/world/silo.md", story("silo", id="silo", photos=photos))
    assert not [problem for problem in desk.build().problems if problem.rule == "photo-said"]
    assert "Mila Hart" not in desk.output.read(PAGE.format("silo")).decode()
    assert_same(desk.output.files, desk.clean())


def test_a_name_that_is_made_anonymous_goes_out_of_captions_and_files() -> None:
    desk = a_desk(silo=PHOTO)
    desk.build()
    assert all(b"Mila Hart" in data for data in media(desk).values())
    addresses = media(desk).keys()
    desk.site.write("content/_requests.tsv", b"2020-01-01\tanonymise\tMila Hart\ta Lindmouth woman\tAsked.\n")
    assert [problem for problem in desk.build().problems if problem.severity == "error"] == []
    assert media(desk).keys() == addresses
    assert not [path for path, data in desk.output.files.items() if b"Mila Hart" in data]
    assert all(b"Kestrel" not in data for data in media(desk).values())
    assert_same(desk.output.files, desk.clean())
    desk.site.remove("content/_requests.tsv")
    desk.build()
    assert all(b"Mila Hart" in data for data in media(desk).values())
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("name", ["{}-800.avif", "copy of {}-thumb.webp", "{}.jpg"])
def test_a_file_made_of_a_held_picture_is_found_in_the_output_by_its_name(name: str) -> None:
    desk = a_desk(silo=PHOTO)
    desk.build()
    mark = next(iter(media(desk)))[6:22]
    desk.site.write("content/world/silo.md", a_story("silo", "silo.jpg", status="withheld"))
    desk.site.write("content/world/b.md", story("B", id="b"))
    desk.output.write(f"mine/{name.format(mark)}", b"planted")
    problems = [(problem.rule, problem.values) for problem in desk.build().problems]
    assert ("held-in-file", ("content/world/silo.md",)) in problems


def test_other_encoders_make_the_files_again_at_the_same_addresses() -> None:
    class Newer(Darkroom):
        encoder = "another"

    desk = a_desk(silo=PHOTO)
    desk.build()
    addresses = media(desk).keys()
    desk.darkroom, desk.stamp = Newer(MemoryDisk()), "another"
    rendered = desk.build().rendered
    assert {url[1:] for url in rendered if url.startswith("/media/")} == addresses


def test_several_processes_make_the_same_files(tmp_path: Path) -> None:
    desk = a_desk(**{f"p{number}": saved(photo(300, 200, number)) for number in range(5)})
    output = FolderDisk(tmp_path / "build", "build")
    desk.jobs, desk.darkroom = 2, Darkroom(FolderDisk(tmp_path / "kept"))
    with Store(str(tmp_path / "store.sqlite")) as store:
        build(desk.job(output), store)
    alone = desk.clean()
    assert {path: output.read(path) for path in alone if path.startswith("media/")} == {
        path: data for path, data in alone.items() if path.startswith("media/")
    }
    assert len(list((tmp_path / "kept").rglob("*.avif"))) == 5


def test_a_check_makes_no_files_of_pictures_unless_it_compares() -> None:
    desk = a_desk(silo=PHOTO)
    assert check(desk.job(desk.output), None).pages > 10
    assert kept(desk).files == {}
    desk.build()
    result = check(desk.job(desk.output), desk.store)
    assert not [problem for problem in result.problems if problem.severity == "error"]
    assert result.compared == result.pages
