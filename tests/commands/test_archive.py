"""The archive as commands read it: the same with the store of a build as without, and without parsing it all again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.commands import kill, urls
from newsgen.commands.archive import is_name_of, read_archive, read_outline
from newsgen.disk import MemoryDisk
from newsgen.engine.request import IN_MEMORY
from newsgen.lifecycle.state import moments
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.storyfile import moment_at
from tests.support.edits import EDITS, a_site, seeded
from tests.support.sites import HOUR, NOW, PNG, Desk, many_stories, story
from tests.support.stored import StoredDesk


class CountingDisk(MemoryDisk):
    """A disk that remembers which files were read."""

    reads: list[str]

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return super().read(path)

    @classmethod
    def of(cls, files: dict[str, bytes]) -> CountingDisk:
        disk = cls(files)
        disk.reads = []
        return disk


def assert_read_alike(desk: StoredDesk) -> None:
    """Whoever reads the archive through the store learns what somebody without one does."""
    request = desk.request()
    with read_archive(request) as stored, read_archive(replace(request, store_path=IN_MEMORY)) as parsed:
        assert stored.stories == parsed.stories
        assert list(stored.stories) == list(parsed.stories) == sorted(parsed.stories)
        assert stored.shown_addresses() == parsed.shown_addresses()
        for each in (request, replace(request, store_path=IN_MEMORY)):
            with read_outline(each) as outline:
                assert outline.shown == parsed.shown_addresses()
                hidden = [card for card, state in parsed.stories.values() if not state and not card.is_indexable]
                assert outline.delisted == {card.item.id for card in hidden}
                changing = [card for card in parsed.cards() if any(at > request.clock for at in moments(card))]
                assert list(outline.changing) == changing
        assert stored.owners() == parsed.owners()
        for card in parsed.owners().values():
            assert stored.find(card.path) == parsed.find(card.path) == parsed.find(card.item.id) == card
        assert _sorted(stored.snapshot.problems) == _sorted(parsed.snapshot.problems)
        assert stored.changes.ledger.lines == parsed.changes.ledger.lines
        assert stored.changes.killed == parsed.changes.killed
        assert list(stored.snapshot.index.cards()) == list(parsed.snapshot.index.cards())


def _sorted(problems: tuple[Problem, ...]) -> list[str]:
    return sorted(map(repr, problems))


FILES = {
    "content/world/ferry.md": story("Ferry sails", id="ferry", photos="[{file: boat.png, alt: A boat}]"),
    "content/world/boat.png": PNG,
    "content/world/soon.md": story("Soon", id="soon", embargo="2020-01-01T13:00Z", expires="2020-01-01T15:00Z"),
    "content/world/quiet.md": story("Quiet", id="quiet", noindex="true"),
    "content/world/draft.md": story("Draft", id="draft", status="draft"),
    "content/world/one.md": story("Fog", id="one"),
    "content/world/shares.md": story("Harbours lead the share index", id="shares"),  # …-index.html is no folder's
    "content/world/two.md": story("UPDATE 1-Fog", id="two", updates="one"),
    "content/world/twin.md": story("Twin", id="two"),  # refused: its id is taken
    "content/world/bad.md": b"---\nheadline: [\n---\n",
}


def _rewrite(path: str, old: str, new: str) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        data = desk.site.read(path)
        assert old.encode() in data
        desk.site.write(path, data.replace(old.encode(), new.encode()))

    return edit


def _to(hours: int) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        desk.clock += hours * HOUR

    return edit


CHANGES: dict[str, Callable[[Desk], object]] = {
    "nothing": lambda desk: None,
    "a body": _rewrite("content/world/ferry.md", "Text.", "Other text."),
    "a headline": _rewrite("content/world/ferry.md", "Ferry sails", "Ferry returns"),
    "a new story": lambda desk: desk.site.write("content/world/new.md", story("New", id="new")),
    "a deletion": lambda desk: desk.site.remove("content/world/ferry.md"),
    "the owner of an id is deleted": lambda desk: desk.site.remove("content/world/twin.md"),
    "the newest version is deleted": lambda desk: desk.site.remove("content/world/two.md"),
    "the newest version becomes a draft": _rewrite("content/world/two.md", "id: two", "id: two\nstatus: draft"),
    "a draft is released": _rewrite("content/world/draft.md", "status: draft\n", ""),
    "a story becomes a draft": _rewrite("content/world/ferry.md", "id: ferry", "id: ferry\nstatus: draft"),
    "a story breaks": _rewrite("content/world/ferry.md", "headline: Ferry sails\n", ""),
    "a story is mended": lambda desk: desk.site.write("content/world/bad.md", story("Good", id="good")),
    "a picture goes": lambda desk: desk.site.remove("content/world/boat.png"),
    "an embargo ends": _to(1),
    "a story expires": _to(3),
    "the clock goes back": _to(-24),
    "a section is held": lambda desk: desk.site.write("content/world/_section.yaml", b"embargo: hold\n"),
    "the settings": lambda desk: desk.set(timezone="Asia/Tokyo"),
    "a story is killed": lambda desk: kill.kill(
        desk.job(desk.output), "one", "The source was false.", "", moment_at(NOW, "UTC")
    ),
    "the ledger": lambda desk: urls.record_addresses(desk.job(desk.output), "2020-01-01"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_with_a_store_the_archive_is_what_it_is_without(change: str, tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)
    assert_read_alike(desk)  # before there is a build
    desk.build_and_close()
    CHANGES[change](desk)
    assert_read_alike(desk)
    desk.build_and_close()
    assert_read_alike(desk)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits(seed: int, tmp_path: Path) -> None:
    pick = seeded(seed)
    desk = StoredDesk.at(tmp_path, dict(a_site(pick, 12).site.files))
    edits = random.Random(seed).sample(EDITS, len(EDITS))
    for number, edit in enumerate(edits):
        edit(desk, pick)
        assert_read_alike(desk)
        if number % 5 == 0:
            desk.build_and_close()
            assert_read_alike(desk)


def test_drafts_that_are_shown_are_shown_with_a_store_too(tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)
    desk.build_and_close()
    desk.drafts = True  # the store is of a build without
    assert_read_alike(desk)
    desk.build_and_close()
    assert_read_alike(desk)
    with read_archive(desk.request()) as archive:
        assert "draft" in archive.shown_addresses().values()


def test_with_a_store_only_changed_files_are_read(tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, {})
    files = many_stories(20)
    disk = desk.site = CountingDisk.of(files)
    with read_archive(desk.request()) as archive:
        assert len(archive.stories) == 20
    assert sorted(disk.reads) == sorted(files)
    desk.build_and_close()
    disk.reads.clear()
    with read_archive(desk.request()) as archive:
        assert len(archive.stories) == 20
    assert disk.reads == []
    disk.write("content/world/003.md", story("Other", id="s003"))
    disk.remove("content/world/004.md")
    disk.write("content/world/new.md", story("New", id="new"))
    with read_archive(desk.request()) as archive:
        assert len(archive.stories) == 20
        assert archive.find("s003").item.headline == "Other"
    assert sorted(disk.reads) == ["content/world/003.md", "content/world/new.md"]


@pytest.mark.parametrize("has_build", [False, True])
def test_nothing_is_written(has_build: bool, tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)
    if has_build:
        desk.build_and_close()
    desk.site.write("content/world/ferry.md", story("Other", id="ferry"))
    desk.site.writes.clear()
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    with read_archive(desk.request()) as archive:
        assert archive.cards()
    assert desk.site.writes == []
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("table", ["card", "file"])
def test_a_damaged_store_is_as_none(table: str, tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)
    desk.build_and_close()
    desk.damage(table)
    assert_read_alike(desk)


def test_a_story_is_found_by_its_id_and_by_its_file(tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)

    def find(name: str) -> Card:
        with read_archive(desk.request()) as archive:
            return archive.find(name)

    for name in ("ferry", "content/world/ferry.md", "./content/world/ferry.md", "world/ferry.md"):
        assert find(name).path == "content/world/ferry.md"
    with pytest.raises(UsageError) as raised:
        find("world/nothing.md")
    assert [(problem.rule, problem.path) for problem in raised.value.problems] == [
        ("story-unknown", "world/nothing.md")
    ]


def test_keys_of_a_story_are_changed_and_nothing_is_written(tmp_path: Path) -> None:
    desk = StoredDesk.at(tmp_path, FILES)
    with read_archive(desk.request()) as archive:
        data = archive.with_keys(archive.find("soon"), {"noindex": "true", "embargo": None})
    assert b'\nnoindex: "true"\n' in data
    assert b"embargo" not in data
    assert desk.site.files == FILES
    desk.site.write("content/world/soon.md", b"no story")
    with pytest.raises(ContentError):
        archive.with_keys(archive.find("soon"), {"noindex": "true"})


@pytest.mark.parametrize(
    "name",
    [
        "content/world/a.md",
        "world/a.md",
        "./content/world/a.md",
        "content\\world\\a.md",
        "world\\a.md",
        ".\\content\\world\\a.md",
    ],
)
def test_a_story_file_is_named_with_either_slash(name: str) -> None:
    assert is_name_of(name, "content/world/a.md")
    assert not is_name_of(name, "content/world/b.md")
