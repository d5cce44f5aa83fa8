"""Related lists: after any change they are those of a clean build, and only pages that differ are rendered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from newsgen.disk import MemoryDisk
from newsgen.engine import relate_changed
from newsgen.related.blocks import Span
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.in_store import ArchiveInStore
from newsgen.related.terms import CommonChange
from tests.support.newsroom import SMALL_BOUNDS, Newsroom


def test_a_history_ends_at_the_clean_build() -> None:
    assert_histories(range(1))


def test_a_history_with_the_default_bounds() -> None:
    assert_history(100, stories=40, steps=20, bounds=DEFAULT_BOUNDS)


class BusyDisk(MemoryDisk):
    """A folder in which somebody saves files right after newsgen has read one."""

    later: dict[str, list[tuple[str, bytes]]]

    def read(self, path: str) -> bytes:
        data = super().read(path)
        if waiting := self.later.get(path):
            self.write(*waiting.pop(0))
        return data


@pytest.mark.parametrize("seed", [20, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(21, 31))])
def test_files_that_are_saved_while_they_are_read(seed: int) -> None:
    """The sample has the words of the texts that were built, not of those before or after."""
    room = Newsroom(seed, 45, SMALL_BOUNDS)
    rng = room.rng
    busy = BusyDisk(room.desk.site.files, "site")
    busy.later = {}
    room.desk.site = busy
    room.desk.build()
    for step in range(12):
        before = dict(busy.files)
        for _ in range(rng.choice([1, 2, 6])):
            room.step()
        saved = [path for path, data in busy.files.items() if before.get(path) != data]
        for path in (*saved, *rng.sample(sorted(busy.files), 6)):
            now = busy.files[path]
            other = now.replace(b"headline", b"headlin", 1) if rng.random() < 0.5 else now + b"\nchess rook.\n"
            busy.later.setdefault(path, []).extend((path, data) for data in rng.choice([[other], [now], [other, now]]))
            if rng.random() < 0.5:
                busy.write(path, other)
        for path in saved:
            for other_path in rng.sample(sorted(busy.files), 3):  # edits that the listing does not have
                data = busy.files[other_path] + b"\npylon toll girder cable tide.\n"
                busy.later.setdefault(path, []).insert(0, (other_path, data))
        room.desk.build()
        busy.later.clear()
        room.desk.build()
        assert room.desk.output.files == room.desk.clean(), f"seed {seed}, step {step}"


def break_engine(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Break the engine: it does not look at what it should."""
    if fault == "the other direction":
        monkeypatch.setattr(relate_changed, "similar_stories", lambda row, source: iter(()))
    elif fault == "that a term is in too many stories":
        add_posting = ArchiveInStore._add_posting

        def silent(archive: ArchiveInStore, term: str, times: int, number: int) -> None:
            add_posting(archive, term, times, number)
            archive.crossed.clear()

        monkeypatch.setattr(ArchiveInStore, "_add_posting", silent)
    elif fault == "that blocks are divided again":

        def blind(archive: ArchiveInStore, spans: Sequence[Span]) -> list[Span]:
            return list(spans)

        monkeypatch.setattr(ArchiveInStore, "_count_blocks", blind)
    elif fault == "that words are more common":
        affects = CommonChange.affects
        monkeypatch.setattr(CommonChange, "affects", lambda change, words, borderline: affects(change, "", borderline))
    elif fault == "that words are less common":
        affects = CommonChange.affects
        monkeypatch.setattr(CommonChange, "affects", lambda change, words, borderline: affects(change, words, ""))


@pytest.mark.parametrize(
    "fault",
    [
        "the other direction",
        "that a term is in too many stories",
        "that blocks are divided again",
        "that words are more common",
        "that words are less common",
    ],
)
def test_a_broken_engine_is_caught(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    room = Newsroom(1, 45, SMALL_BOUNDS)
    room.desk.build()
    break_engine(monkeypatch, fault)
    with pytest.raises(AssertionError, match="seed"):
        assert_histories(range(12))


def assert_histories(seeds: range) -> None:
    for seed in seeds:
        assert_history(seed, stories=45, steps=25)


@pytest.mark.long
def test_long_histories() -> None:
    for seed in (1, *range(1000, 1060)):
        assert_history(seed, stories=60, steps=40)


def assert_history(seed: int, stories: int, steps: int, bounds: Bounds = SMALL_BOUNDS) -> None:
    room = Newsroom(seed, stories, bounds)
    room.desk.build()
    for step in range(steps):
        room.wrote.clear()
        room.withheld = False
        for _ in range(room.rng.choice([1, 1, 1, 3])):
            room.step()
        before = dict(room.desk.output.files)
        result = room.desk.build()
        clean = room.desk.clean()
        assert room.desk.output.files == clean, f"seed {seed}, step {step}"
        for url in [] if room.withheld else result.rendered:
            path = url.lstrip("/")
            if url.endswith(".html") and path in clean and before.get(path) == clean[path]:
                name = re.search(rb'<article data-story="(\w+)"', clean[path])
                assert name is not None, f"seed {seed}, step {step}: {url} is no story, and was rendered for nothing"
                assert name[1].decode() in room.wrote, f"seed {seed}, step {step}: {url} was rendered for nothing"
