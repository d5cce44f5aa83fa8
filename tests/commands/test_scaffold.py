"""The files of a new site: written once, into an empty folder."""

from __future__ import annotations

import tomllib

import pytest

from newsgen.commands.scaffold import new_site, starter_story
from newsgen.commands.workflow import WORKFLOW_PATH
from newsgen.disk import MemoryDisk
from newsgen.model.errors import UsageError
from newsgen.storyfile import moment_at
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import NOW, Desk

WHEN = moment_at(NOW, "UTC")


def _make(desk: Desk) -> object:
    return new_site(desk.site, "Archive", WHEN, "b7c1")


def test_a_new_site_that_was_interrupted_is_finished_by_another_command() -> None:
    assert finishes_when_run_again({}, _make) == 5


def test_a_site_that_github_publishes_is_finished_by_another_command_too() -> None:
    assert finishes_when_run_again({}, lambda desk: new_site(desk.site, "Archive", WHEN, "b7c1", "github")) == 5


def test_github_publishes_to_its_pages_unless_there_is_a_workflow() -> None:
    site = MemoryDisk({WORKFLOW_PATH: b"mine"})
    assert WORKFLOW_PATH not in new_site(site, "Archive", WHEN, "b7c1", "github")
    assert site.files[WORKFLOW_PATH] == b"mine"
    settings = tomllib.loads(site.files["pyproject.toml"].decode())["tool"]["newsgen"]
    assert (settings["host"], settings["publish"]["live"]["kind"]) == ("github", "github")
    assert "netlify.toml" not in site.files


@pytest.mark.parametrize("path", ["notes.txt", "netlify.toml", "content/news/_section.yaml", "pyproject.toml"])
def test_a_folder_that_holds_something_else_is_left_alone(path: str) -> None:
    desk = Desk({path: b"mine"})
    with pytest.raises(UsageError) as raised:
        _make(desk)
    assert [problem.rule for problem in raised.value.problems] == ["folder-not-empty"]
    assert desk.site.files == {path: b"mine"}


def test_a_site_is_not_made_twice() -> None:
    site = MemoryDisk()
    new_site(site, "Archive", WHEN, "b7c1")
    with pytest.raises(UsageError):
        new_site(site, "Archive", WHEN, "b7c1")


def test_the_first_story_is_known_while_nobody_has_touched_it() -> None:
    site = MemoryDisk()
    new_site(site, "Archive", WHEN, "b7c1")
    (path,) = (path for path in site.files if path.endswith(".md"))
    assert starter_story(site) == path
    untouched = dict(site.files)
    edited = MemoryDisk({**untouched, path: untouched[path] + b"And more.\n"})
    published = MemoryDisk({**untouched, "content/_urls.tsv": b"first-story\t/news/2026/11/26/a.html\t2026-11-26\n"})
    moved = MemoryDisk({**untouched, path: b"", "content/news/mine.md": untouched[path]})
    assert [starter_story(other) for other in (edited, published, moved, MemoryDisk())] == ["", "", "", ""]
