"""What a photo says of where it was taken is not published, and the desk is told."""

from __future__ import annotations

import re

import pytest

from newsgen.model.errors import Problem
from tests.support import pictures as made
from tests.support.sites import Desk, assert_same, story

PHOTO = made.jpeg(made.segment(0xE1, b"Exif\0\0" + made.exif()))
BARE = made.jpeg(made.segment(0xE1, b"Exif\0\0" + made.exif(has_position=False)))


def desk_of(**pictures: bytes) -> Desk:
    """A site with a story for each picture, by name."""
    desk = Desk()
    for name, data in pictures.items():
        desk.site.write(f"content/world/{name}.jpg", data)
        photos = f"[{{file: {name}.jpg, alt: A}}]"
        desk.site.write(f"content/world/{name}.md", story(name, id=name, photos=photos))
    return desk


def about_photos(desk: Desk) -> list[Problem]:
    """What is said of the files, but for what is shown of their words."""
    problems = desk.build().problems
    return [problem for problem in problems if problem.rule.startswith("photo") and problem.rule != "photo-said"]


def media(desk: Desk) -> dict[str, bytes]:
    return {path: data for path, data in desk.output.files.items() if path.startswith("media/")}


def test_a_position_is_left_out_and_named() -> None:
    desk = desk_of(silo=PHOTO)
    (problem,) = about_photos(desk)
    assert (problem.rule, problem.path, problem.severity) == ("photo-position", "content/world/silo.jpg", "advice")
    ((path, data),) = media(desk).items()
    assert b"X77" not in data
    assert made.IMAGE in data
    assert desk.site.read("content/world/silo.jpg") == PHOTO
    assert f"/{path}" in desk.output.read("world/2019/05/01/silo.html").decode()


def test_the_address_is_that_of_the_published_bytes() -> None:
    """So it stays where only the position differs: what was published is the same."""
    desk = desk_of(silo=PHOTO)
    desk.build()
    before = media(desk)
    desk.site.write("content/world/silo.jpg", BARE)
    assert about_photos(desk) == []
    assert media(desk) == before
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/silo.jpg", made.jpeg(made.segment(0xFE, b"upright")))
    desk.build()
    assert media(desk).keys() != before.keys()
    assert_same(desk.output.files, desk.clean())


def test_it_is_said_at_each_build_while_it_is_so() -> None:
    desk = desk_of(silo=PHOTO)
    for name in ("a", "b"):
        assert [problem.rule for problem in about_photos(desk)] == ["photo-position"]
        desk.site.write(f"content/world/{name}.md", story(name, id=name))


def test_a_picture_that_nobody_can_read_through_is_published_with_a_warning() -> None:
    broken = made.jpeg()[:20] + made.segment(0xC0, b"\x08\0\x08\0\x10\1\1\x11\0") + b"junk"
    desk = desk_of(silo=broken)
    (problem,) = about_photos(desk)
    assert (problem.rule, problem.path, problem.severity) == ("photo-unclear", "content/world/silo.jpg", "warning")
    assert list(media(desk).values()) == [broken]


@pytest.mark.parametrize(("count", "rules"), [(20, ["photo-position"] * 20), (21, ["photos-position"])])
def test_many_positions_are_counted(count: int, rules: list[str]) -> None:
    desk = desk_of(**{f"p{number}": PHOTO for number in range(count)})
    assert [problem.rule for problem in about_photos(desk)] == rules


def test_a_portrait_is_published_without_its_position() -> None:
    desk = Desk(
        {
            "content/_people.yaml": b"- name: Mila Hart\n  photo: mila.jpg\n",
            "content/mila.jpg": PHOTO,
            "content/world/a.md": story("A", byline="Mila Hart"),
        }
    )
    assert [problem.path for problem in about_photos(desk)] == ["content/mila.jpg"]
    ((path, data),) = media(desk).items()
    assert re.fullmatch(r"media/[0-9a-f]{16}\.jpg", path)
    assert b"X77" not in data


@pytest.mark.parametrize("data", [PHOTO, BARE])
def test_the_photo_of_a_held_story_is_found_in_the_output_with_and_without_its_position(data: bytes) -> None:
    desk = desk_of(silo=PHOTO)
    desk.build()
    shown = next(iter(media(desk).values()))
    held = Desk({"content/world/silo.jpg": data, "content/world/live.md": story("Live")})
    held.site.write("content/world/silo.md", story("silo", status="draft", photos="[{file: silo.jpg, alt: A}]"))
    held.build()
    held.output.write("mine/one.jpg", shown)
    held.output.write("mine/two.jpg", data)
    problems = [problem for problem in held.build().problems if problem.rule == "held-in-file"]
    assert [problem.path for problem in problems] == ["build/mine/one.jpg", "build/mine/two.jpg"]
