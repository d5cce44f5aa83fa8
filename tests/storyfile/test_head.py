"""The names of a story, read from a few lines: the same as of the whole file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.model.settings import Settings
from newsgen.storyfile import Head, read_head, read_story
from tests.support.sites import story

PATH = "content/world/2012/mill.md"
SETTINGS = Settings("", "")
KILLED = "status: killed\nkill:\n  date: 2012-10-25T10:00:00Z\n  reason: Wrong.\n"
FRONTS = [
    "id: mill\nheadline: Mill turns\nslug: mill-turns\nslugline: GRAIN MILL/\nupdates: mill-0\n",
    "headline: Mill turns\n",  # id and slug follow from others
    "headline: UPDATE 2-Mill turns\n",
    'headline: "Mill \\"turns\\": \\u00e9t\\u00e9"\nid: "a: b"\n',
    "headline: 'It''s a mill'\nid: 'a'\n",
    "headline: Mill turns # a comment\nid: mill\n",
    "headline: >-\n  Mill\n  turns\n\n  twice\nid: mill\n",
    "headline: |\n\n  Mill turns\nslugline: GRAIN\n",
    "headline: Mill\n  turns\nid: mill\n",
    'headline: "Mill\n  turns"\nid: mill\n',
    "headline:\n  Mill turns\nid: mill\n",
    '"headline": Mill turns\n"id": mill\n',
    "headline: Mill turns\n'slug': mill\n",
    "headline:   Mill   turns\t\nid:  mill  \n",
    "tags:\n- id: x\n- y\nheadline: Mill turns\nextra:\n  id: other\n  slug: other\n",
    "note: |\n  id: other\n\n  slug: other\nheadline: Mill turns\n",
    "headline: Мельница стоит\nid: мельница\n",
    "headline: Mill turns\nid: e\u0301te\u0301\n",
    "headline: Mill\u0092s turn\n",
    "headline: Mill turns\nid: ~\nupdates:\nslugline: ~\n",
    f"headline: Mill turns\nid: mill\n{KILLED}",
    f"headline: Mill turns\nid: mill\n{KILLED.replace('killed', 'Killed')}",
    f"headline: Mill turns\nid: mill\n{KILLED.replace('status: killed', 'status: [killed]')}",
    "headline: Mill turns\nid: *a\n",
    "headline: Mill turns\nheadline: Mill stops\n",
    "headline: [Mill, turns]\n",
    "headline: \n",
    "id: mill\n",
    "{headline: Mill turns, id: mill}\n",
]


def whole(data: bytes) -> Head | None:
    """The names that the whole file gives."""
    read = read_story(PATH, data, SETTINGS, None)[0]
    if read is None:
        return None
    return Head(read.id, read.headline, read.slug, read.slugline, read.updates, read.status == "killed")


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_names_are_those_of_the_whole_file(front: str, ends: str, mark: str) -> None:
    rest = "" if front.startswith("{") else "date: 2012-10-24\nsection: World\n"
    data = f"{mark}---\n{front}{rest}---\n\nslug: of-the-body\n".replace("\n", ends).encode()
    read = whole(data)
    if read is not None:  # what the whole file is refused for may stand in lines that are not looked at
        assert read_head(PATH, data, SETTINGS) == read


@given(st.text(st.sampled_from("ab: #'\"\\\n\t -|>&*[]{},~é\u2028\x85"), max_size=24))
def test_names_of_any_headline(text: str) -> None:
    data = f"---\nid: mill\nheadline: {text}\ndate: 2012-10-24\nsection: World\n---\n\nText.\n".encode()
    read = whole(data)
    if read is not None:
        assert read_head(PATH, data, SETTINGS) == read


@pytest.mark.parametrize("data", [b"", b"---\n", b"Text.", b"---\nheadline: x\n", b"---\nheadline: \xff\n---\n"])
def test_what_is_no_story_has_no_names(data: bytes) -> None:
    assert read_head(PATH, data, SETTINGS) is None


def test_long_front_matter_is_read_whole() -> None:
    data = story("Mill turns", extra=f"\n  a: {'x' * 70_000}", updates="mill-0")
    assert read_head(PATH, data, SETTINGS) == Head("world/2012/mill", "Mill turns", "mill-turns", "", "mill-0")
