"""The picture that is meant by the name of one that is not there."""

from __future__ import annotations

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import Problem
from newsgen.source.near_pictures import with_near_pictures
from tests.support.sites import PNG, Desk, story

PATHS = (
    "content/world/1999/wheat-field.jpg",
    "content/world/1999/Silo.PNG",
    "content/sport/Café.webp",
    "content/sport/old/quay_at_night.jpeg",
    "content/world/1999/field.md",
)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Wheat-Field.jpg", "wheat-field.jpg"),
        ("wheat field.jpg", "wheat-field.jpg"),
        ("wheat-field.jpeg", "wheat-field.jpg"),
        ("wheat-feild.jpg", "wheat-field.jpg"),
        ("silo.png", "Silo.PNG"),
        ("café.webp", "/sport/Café.webp"),
        ("/sport/cafe.webp", "/sport/Café.webp"),
        ("/world/1999/quay-at-night.jpg", "/sport/old/quay_at_night.jpeg"),
        ("field.jpg", ""),
        ("bridge.jpg", ""),
    ],
)
def test_the_near_picture_is_named_as_the_story_is_to_write_it(written: str, near: str) -> None:
    path = f"content{written}" if written.startswith("/") else f"content/world/1999/{written}"
    problem = Problem("picture-missing", "content/world/1999/a.md", 6, 3, (written, path))
    (said,) = with_near_pictures([problem], PATHS)
    assert said.values == ((written, path, near) if near else (written, path))
    assert (f"There is {near}:" in show(said)) is bool(near)


def test_a_build_names_the_near_picture_while_it_is_there() -> None:
    desk = Desk({"content/world/a.md": story("a", photos="[{file: Quay.jpg, caption: A quay}]")})
    desk.site.write("content/world/quay.jpg", b"no picture")
    for _time in range(2):
        assert any(problem.rule == "picture-missing-near" for problem in desk.build().problems)
    desk.site.remove("content/world/quay.jpg")
    assert any(problem.rule == "picture-missing" for problem in desk.build().problems)


def test_a_file_that_is_there_and_shows_nothing_is_not_said_to_be_missing() -> None:
    desk = Desk({"content/world/a.md": story("a", people="[Ines Varga]", photos="[{file: quay.jpg, caption: A quay}]")})
    desk.site.write("content/_people.yaml", b"- name: Ines Varga\n  photo: world/quay.jpg\n")
    desk.site.write("content/world/Quay.jpg", PNG)  # which is near, and not meant
    desk.site.write("content/world/quay.jpg", b"<!doctype html>")
    rules = {problem.rule for problem in desk.build().problems}
    assert {"picture-unusable", "portrait-unusable", "photo-unreadable"} <= rules
    assert any("content/world/quay.jpg, which photos.file" in message for message in desk.build_messages())
    assert not rules & {"picture-missing", "picture-missing-near", "portrait-missing", "portrait-missing-near"}


def test_a_person_whose_photo_is_not_there_is_told() -> None:
    desk = Desk({"content/world/a.md": story("a", people="[Ines Varga]")})
    desk.site.write("content/_people.yaml", b"- name: Ines Varga\n  photo: /world/Ines.png\n- name: Tom Byrne\n")
    assert "content/_people.yaml: warning: There is no picture content/world/Ines.png" in desk.build_messages()[0]
    desk.site.write("content/world/ines.png", PNG)
    assert "There is world/ines.png" in desk.build_messages()[0]
    desk.site.write("content/_people.yaml", b"- name: Ines Varga\n  photo: world/ines.png\n")
    assert desk.build_messages() == []
