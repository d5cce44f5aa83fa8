"""Related lists: after any change they are those of a clean build, and only pages that differ are rendered."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from newsgen.disk import MemoryDisk
from newsgen.engine import relate_changed
from newsgen.related.blocks import Span
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.in_store import ArchiveInStore
from newsgen.related.terms import CommonChange
from tests.support.sites import Desk, story

TOPICS = {
    "harbour": "harbour quay dredging vessel pilot tide crane berth container ferry mooring lighthouse",
    "orchard": "orchard apple blossom frost grafting cider pruning harvest rootstock pollination beehive codling",
    "bridge": "bridge girder span toll cable pylon abutment inspection rivet walkway expansion bearing",
    "chess": "chess gambit opening tournament rook endgame grandmaster stalemate clock pairing bishop tiebreak",
    "reservoir": "reservoir dam spillway drought pumping turbine sluice catchment rainfall pipeline aqueduct silt",
}
FILLER = "council report plan budget meeting member office public statement local county review project study".split()


def text(rng: random.Random, topic: str) -> str:
    words = TOPICS[topic].split()
    return " ".join(rng.choices(words, k=rng.randrange(2, 14)) + rng.choices(FILLER, k=8))


# So small that a site of some dozens of stories crosses all of them.
SMALL_BOUNDS = Bounds(
    block_stories=12,
    rare_stories=9,
    numpy_stories=43,  # of some 45 stories: all lists are found now this way, now that
    sample_stories=20,
    spare_stories=4,
    everywhere=6,
    frequent=3,
    borderline=(2, 2),
    terms=9,
    weight_budget=60,  # nine of the weight that most have: either bound ends a story's terms
)


class Newsroom:
    """A site whose stories are about a few topics, and the random things that happen to it."""

    def __init__(self, seed: int, stories: int, bounds: Bounds) -> None:
        self.rng = random.Random(seed)
        self.desk = Desk(related_bounds=bounds)
        self.count = 0
        self.live: dict[str, dict[str, str]] = {}
        self.wrote: set[str] = set()
        self.withheld = False  # a story: then pages that have words of it are rendered again
        for _ in range(stories):
            self.add()

    def write(self, name: str) -> None:
        self.wrote.add(name)
        front_matter = dict(self.live[name])
        body = front_matter.pop("body")
        headline, date = front_matter.pop("headline"), front_matter.pop("date")
        self.desk.site.write(f"content/world/{name}.md", story(headline, date, body=body, id=name, **front_matter))

    def add(self) -> None:
        rng = self.rng
        self.count += 1
        name = f"s{self.count}"
        topic = rng.choice(list(TOPICS))
        day, month, year = rng.randrange(1, 28), rng.randrange(1, 13), rng.choice([1988, 2018, 2019])
        self.live[name] = {
            "headline": f"{topic} {rng.choice(TOPICS[topic].split())} {rng.choice(FILLER)} {self.count}",
            "date": f"{year}-{month:02}-{day:02}T10:00",
            "body": text(rng, topic),
        }
        if rng.random() < 0.1 and len(self.live) > 3:
            self.live[name]["related"] = "[" + ", ".join(rng.sample(list(self.live), 2)) + "]"
        if rng.random() < 0.1 and len(self.live) > 3:
            self.live[name]["related"] = "[-" + rng.choice(list(self.live)) + "]"
        if rng.random() < 0.1:
            self.live[name]["embargo"] = f"2020-01-{rng.randrange(1, 20):02}T10:00:00Z"
        if rng.random() < 0.05:
            self.live[name]["expires"] = f"2020-01-{rng.randrange(3, 20):02}T10:00:00Z"
        if rng.random() < 0.1:
            self.live[name]["body"] = self.live[rng.choice(list(self.live))]["body"]  # the same text sent again
        self.write(name)

    def step(self) -> None:
        rng = self.rng
        name = rng.choice(list(self.live))
        what = rng.choice("add add edit retopic headline delete redate kill draft pin clock".split())
        front_matter = self.live[name]
        if what == "add":
            self.add()
            return
        if what == "clock":
            self.desk.clock += rng.randrange(1, 4 * 86_400)
            return
        if what == "delete":
            self.desk.site.remove(f"content/world/{name}.md")
            del self.live[name]
            return
        if what == "edit":
            front_matter["body"] += f" {rng.choice(TOPICS[rng.choice(list(TOPICS))].split())}"
        elif what == "retopic":
            front_matter["body"] = text(rng, rng.choice(list(TOPICS)))
        elif what == "headline":
            front_matter["headline"] += " again"
        elif what == "redate":
            front_matter["date"] = f"{rng.choice([1988, 2018, 2019])}-{rng.randrange(1, 13):02}-11T09:00"
        elif what == "kill":
            front_matter["status"] = "withheld"
            self.withheld = True
        elif what == "draft":
            front_matter["status"] = rng.choice(["draft", "live"])
            self.withheld = True
        elif what == "pin":
            front_matter["related"] = (
                "[" + ", ".join(rng.choice(["", "-"]) + pin for pin in rng.sample(list(self.live), 1)) + "]"
            )
        self.write(name)


def test_a_history_ends_at_the_clean_build() -> None:
    assert_histories(range(2))


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


def test_files_that_are_saved_while_they_are_read() -> None:
    """The sample has the words of what was built, not of what came before or after."""
    for seed in (20, 21):
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
                busy.later.setdefault(path, []).extend(
                    (path, data) for data in rng.choice([[other], [now], [other, now]])
                )
                if rng.random() < 0.5:
                    busy.write(path, other)
            for path in saved:
                for other_path in rng.sample(sorted(busy.files), 3):  # that nobody knows of yet
                    data = busy.files[other_path] + b"\npylon toll girder cable tide.\n"
                    busy.later.setdefault(path, []).insert(0, (other_path, data))
            room.desk.build()
            busy.later.clear()
            room.desk.build()
            assert room.desk.output.files == room.desk.clean(), f"seed {seed}, step {step}"


def break_engine(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Break the engine: what it would look at is not there."""
    if fault == "the other direction":
        monkeypatch.setattr(relate_changed, "similar_stories", lambda row, source: iter(()))
    elif fault == "that a term is in too many stories":
        add_posting = ArchiveInStore._add_posting

        def silent(archive: ArchiveInStore, term: str, times: int, number: int) -> None:
            add_posting(archive, term, times, number)
            archive.crossed.clear()

        monkeypatch.setattr(ArchiveInStore, "_add_posting", silent)
    elif fault == "that blocks are cut anew":

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
        "that blocks are cut anew",
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
    for seed in range(1000, 1060):
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
        outcome = room.desk.build()
        clean = room.desk.clean()
        assert room.desk.output.files == clean, f"seed {seed}, step {step}"
        for url in [] if room.withheld else outcome.rendered:
            path = url.lstrip("/")
            if url.endswith(".html") and path in clean and before.get(path) == clean[path]:
                name = re.search(rb'<article data-story="(\w+)"', clean[path])
                assert name is not None, f"seed {seed}, step {step}: {url} is no story, and was rendered for nothing"
                assert name[1].decode() in room.wrote, f"seed {seed}, step {step}: {url} was rendered for nothing"
