"""Stories that claim one id or one address, and pictures that are missing, as a build names them."""

from __future__ import annotations

import pytest

from tests.support.sites import PNG, story, world

WITH_PHOTO = {"photos": '[{file: boat.png, caption: "A boat. Northern Wire/Mila Hart"}]'}


def test_two_stories_with_one_id_are_both_named() -> None:
    desk = world(a=story("First", id="x"), b=story("Second", id="x"))
    message = (
        "content/world/b.md:5:1: The id x belongs to content/world/a.md. "
        "An id is never used twice: give this story its own.\n    id: x\n    ^"
    )
    assert desk.build_messages() == [message]
    assert desk.build_messages() == [message]  # again, where nothing changed
    assert "world/2019/05/01/first.html" in desk.output.files
    assert "world/2019/05/01/second.html" not in desk.output.files
    desk.site.write("content/world/b.md", story("Second", id="y"))
    assert desk.build_messages() == []
    assert desk.output.files == desk.clean()


@pytest.mark.parametrize("slug", ["same", "Same"])
def test_two_stories_with_one_address_are_both_named(slug: str) -> None:
    desk = world(a=story("Same", id="a"), b=story(slug, id="b"))
    (message,) = desk.build_messages()
    assert message.startswith(
        "content/world/b.md:2:1: The address /world/2019/05/01/same.html belongs to content/world/a.md"
    )
    desk.site.remove("content/world/a.md")
    desk.build()
    assert b'data-story="b"' in desk.output.files["world/2019/05/01/same.html"]
    assert desk.output.files == desk.clean()


def test_a_draft_does_not_take_the_id_of_a_live_story() -> None:
    desk = world(a=story("Draft", id="x", status="draft"), b=story("Live", id="x"))
    (message,) = desk.build_messages()
    assert message.startswith("content/world/a.md:5:1: The id x belongs to content/world/b.md")
    assert "world/2019/05/01/live.html" in desk.output.files


@pytest.mark.parametrize("line", [{"status": "draft"}, {"status": "withheld"}, {"embargo": "hold"}])
def test_a_held_story_does_not_take_the_id_of_an_expired_one(line: dict[str, str]) -> None:
    """The notice of the expired story stays, and what it replaced does not come back."""
    url = "world/2019/05/01/second-report.html"
    desk = world(
        a=story("Held", id="x", **line),
        b=story("Second report", id="x", updates="first", expires="2019-06-01T00:00:00Z"),
        c=story("First report", id="first"),
    )
    desk.site.write("content/_urls.tsv", f"x\t/{url}\t2019-05-01\n".encode())
    (message,) = desk.build_messages()
    assert message.startswith("content/world/a.md:5:1: The id x belongs to content/world/b.md")
    assert [path for path in desk.output.files if "report" in path] == [url]
    assert b"First report" not in desk.output.files[url]


def test_a_picture_that_is_missing_is_named_and_the_caption_stays() -> None:
    desk = world(a=story("Boat", id="a", **WITH_PHOTO))
    (message,) = desk.build_messages()
    assert "content/world/boat.png" in message
    page = desk.output.files["world/2019/05/01/boat.html"]
    assert b"A boat." in page
    assert b"<img" not in page
    desk.site.write("content/world/boat.png", b"no picture at all")
    assert "content/world/boat.png" in desk.build_messages()[0]
    desk.site.write("content/world/boat.png", PNG)
    assert desk.build_messages() == []
    assert b'width="16"' in desk.output.files["world/2019/05/01/boat.html"]
    assert desk.output.files == desk.clean()
