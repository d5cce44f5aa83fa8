"""A story that gets another address while its page is open: the page is told, and readers are told nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgen.preview.session import Session
from newsgen.preview.update import SessionOptions
from newsgen.store import Store
from tests.support.serving import FILE, PAGE, Listening, Serving, a_folder
from tests.support.sites import NOW, story

DRAFT = "content/world/2019/d.md"


def moved_to(page: Listening) -> str:
    """Where a page is told to go."""
    return str(json.loads(page.wait("moved")))


def named(headline: str, **more: str) -> bytes:
    return story(headline, "2019-05-04T10:00", id="s003", **more)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = a_folder(tmp_path / "site", 5)
    (root / DRAFT).write_bytes(story("Not yet", id="d", status="draft", embargo="hold"))
    return root


def session_of(root: Path, store: Store, *, drafts: bool = True) -> Session:
    session = Session(SessionOptions(root, lambda: NOW, "newsgen", drafts=drafts, settle_ns=0), store)
    session.start(1, None)
    return session


def test_which_story_is_at_a_path_and_where_a_story_is(root: Path) -> None:
    with Store(":memory:") as store:
        session = session_of(root, store)
        assert session.story_at(PAGE, None) == "s003"
        assert session.path_of("s003", None) == PAGE
        assert [session.story_at(path, None) for path in ("/", "/world/", "/robots.txt", "/no.html")] == [""] * 4
        assert session.path_of("nobody", None) == ""
        held = "/world/2019/05/01/not-yet.html"
        assert (session.story_at(held, None), session.path_of("d", None)) == ("d", held)
        (root / DRAFT).write_bytes(story("Not now", id="d", status="draft", embargo="hold"))
        session.update([DRAFT])
        assert session.path_of("d", None) == "/world/2019/05/01/not-now.html"
        (root / DRAFT).write_bytes(story("Not now", id="d", status="killed"))
        session.update([DRAFT])
        assert session.path_of("d", None) == ""
    with Store(":memory:") as store:
        (root / DRAFT).write_bytes(story("Not yet", id="d", status="draft"))
        public = session_of(root, store, drafts=False)
        assert (public.story_at(held, None), public.path_of("d", None)) == ("", "")


def test_a_brief_on_a_page_of_many_is_not_followed(root: Path) -> None:
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text() + "group_briefs = 60\n")
    with Store(":memory:") as store:
        session = session_of(root, store)
        (url,) = [path for path in (session.path_of("s003", None),) if "#" in path]
        assert session.story_at(url.partition("#")[0], None) == ""


def test_an_open_page_is_told_and_so_is_one_that_comes_late(root: Path) -> None:
    """While a headline is typed: the story moves again while the browser is on its way."""
    file = root / FILE
    with Serving(root) as preview:
        mine, other = preview.open(PAGE), preview.open("/world/2019/05/02/harbour-report-1.html")
        file.write_bytes(named("Harbour closes"))
        second = "/world/2019/05/04/harbour-closes.html"
        assert moved_to(mine) == second
        assert "moved" not in other.rest()
        late = preview.open(second)
        late.close()
        file.write_bytes(named("Harbour closes early"))
        third = "/world/2019/05/04/harbour-closes-early.html"
        assert moved_to(mine) == third
        later = Listening(preview.port, second, "")
        assert moved_to(later) == third
        file.write_bytes(b"no story")  # and is not one for a moment
        mine.wait("state")
        assert "moved" not in mine.rest()
        file.unlink()
        mine.wait("state")
        for page in (mine, other, later):
            page.close()


def test_who_sees_what_readers_see_is_not_told(root: Path) -> None:
    with Serving(root, "--public") as preview:
        mine = preview.open(PAGE)
        (root / FILE).write_bytes(named("Harbour closes"))
        mine.wait("reload")
        assert "moved" not in mine.rest()
        assert preview.get(PAGE)[0] == 404
        mine.close()
