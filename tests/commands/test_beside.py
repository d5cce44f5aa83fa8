"""Pictures that lie beside copy become the photos of its story."""

from __future__ import annotations

from newsgen.commands.incoming import Incoming, SourceFile
from newsgen.commands.ingest import ingest
from newsgen.commands.scaffold import new_story
from newsgen.disk import MemoryDisk
from newsgen.storyfile import moment_at
from tests.support.photos import small
from tests.support.sites import NOW, Desk

MILL = b"Mill turns\n\nJune 5, 2019\n\nHARWICK (Northern Wire) - The mill turned.\n"
DAY = "2020-01-01"
STORY = "content/news/2019/06/mill-turns.md"


def photos(site: MemoryDisk, path: str = STORY) -> list[str]:
    lines = site.read(path).decode().splitlines()
    return [line.partition("file: ")[2].rstrip("},") for line in lines if "file: " in line and "source" not in line]


def test_pictures_of_its_name_are_its_photos() -> None:
    site = MemoryDisk()
    sources: list[SourceFile] = [
        ("copy/Mill.jpg", small(1), DAY),  # before its copy
        ("copy/mill.txt", MILL, DAY),
        ("copy/mill-2.JPG", small(2), DAY),
        ("copy/mill (3).jpg", small(3), DAY),
        ("copy/mill-side.jpg", small(4), DAY),
        ("other/mill.jpg", small(5), DAY),
    ]
    report = ingest(site, sources)
    found = [name for name in photos(site) if name.endswith(".jpg")]
    assert sorted(found) == ["mill-2.jpg", "mill-3.jpg", "mill.jpg"]
    folder = STORY.rpartition("/")[0]
    written = [site.read(f"{folder}/{name}") for name in ("mill.jpg", "mill-2.jpg", "mill-3.jpg")]
    assert written == [small(number) for number in (1, 2, 3)]
    assert [entry.source for entry in report.failed] == ["copy/mill-side.jpg", "other/mill.jpg"]
    assert report.items == len(sources)
    desk = Desk(dict(site.files))
    assert [line for line in desk.build_messages() if "alt text" not in line] == []
    assert desk.output.files["news/2019/06/05/mill-turns.html"].count(b"<figure>") == 3


def test_a_second_import_changes_nothing_and_says_so() -> None:
    site = MemoryDisk()
    sources: list[SourceFile] = [("mill.txt", MILL, DAY), ("mill.jpg", small(1), DAY)]
    ingest(site, sources)
    before = dict(site.files)
    report = ingest(site, sources)
    assert site.files == before
    assert [entry.source for entry in report.unchanged] == ["mill.txt", "mill.jpg"]
    report = ingest(site, [("mill.txt", MILL, DAY), ("mill.jpg", small(2), DAY)])  # another, which a person is to name
    assert [(entry.source, entry.reason) for entry in report.failed] == [("mill.jpg", "is-picture")]
    assert site.files == before


def test_a_picture_of_another_story_is_not_written_over() -> None:
    site = MemoryDisk({"content/news/2019/06/mill.jpg": small(9)})
    ingest(site, [("mill.txt", MILL, DAY), ("mill.jpg", small(1), DAY)])
    (name,) = (name for name in photos(site) if name.endswith(".jpg"))
    assert name != "mill.jpg"
    assert site.read(f"content/news/2019/06/{name}") == small(1)
    assert site.read("content/news/2019/06/mill.jpg") == small(9)


def test_a_caption_of_the_copy_is_that_of_the_first_picture() -> None:
    site = MemoryDisk()
    caption = b"A mill turns in Harwick, June 5, 2019. Northern Wire/Mila Hart\n\n"
    copy = MILL.replace(b"HARWICK (", caption + b"HARWICK (")
    ingest(site, [("mill.txt", copy, DAY), ("mill.jpg", small(1), DAY)])
    text = site.read(STORY).decode()
    assert "mill.jpg" in text
    if "caption: A mill" in text:
        assert text.index("mill.jpg") < text.index("caption: A mill")


def test_what_is_no_picture_and_what_has_no_story_is_skipped_or_fails_as_before() -> None:
    site = MemoryDisk()
    report = ingest(site, [("mill.jpg", b"no picture", DAY), ("mill.txt", b"", DAY), ("mill.png", small(1), DAY)])
    assert report.items == 3
    assert site.files == {}


def test_a_dry_run_writes_nothing() -> None:
    from newsgen.commands.ingest import ImportOptions

    site = MemoryDisk()
    report = ingest(site, [("mill.txt", MILL, DAY), ("mill.jpg", small(1), DAY)], ImportOptions(is_dry=True))
    assert (site.files, len(report.imported)) == ({}, 2)


def test_a_file_that_is_named_alone_brings_its_pictures() -> None:
    disk = MemoryDisk({"mill.txt": MILL, "mill.jpg": small(1), "mill-1.png": small(2), "mills.jpg": small(3)})
    named = [label for label, _data, _day in Incoming(["mill.txt"], lambda _path: disk)]
    assert named == ["mill.txt", "mill.jpg", "mill-1.png"]
    both = [label for label, _data, _day in Incoming(["mill.txt", "mill.jpg"], lambda _path: disk)]
    assert sorted(both) == ["mill-1.png", "mill.jpg", "mill.txt"]


def test_a_new_story_takes_the_pictures_of_its_name() -> None:
    names = ("pier-opens.jpg", "pier-opens-2.jpg", "pier.jpg")
    site = MemoryDisk({f"content/news/2020/01/{name}": small(number) for number, name in enumerate(names)})
    path = new_story(site, "Pier opens", "News", moment_at(NOW, "UTC"), "en")
    assert photos(site, path) == ["pier-opens-2.jpg", "pier-opens.jpg"]
