"""A site whose stories share words, so that they have related lists, and random edits of it."""

from __future__ import annotations

import random

from newsgen.related.bounds import Bounds
from tests.support.sites import Desk, story

__all__ = ["SMALL_BOUNDS", "Newsroom"]

TOPICS = {
    "harbour": "harbour quay dredging vessel pilot tide crane berth container ferry mooring lighthouse",
    "orchard": "orchard apple blossom frost grafting cider pruning harvest rootstock pollination beehive codling",
    "bridge": "bridge girder span toll cable pylon abutment inspection rivet walkway expansion bearing",
    "chess": "chess gambit opening tournament rook endgame grandmaster stalemate clock pairing bishop tiebreak",
    "reservoir": "reservoir dam spillway drought pumping turbine sluice catchment rainfall pipeline aqueduct silt",
}
FILLER = "council report plan budget meeting member office public statement local county review project study".split()


def _text(rng: random.Random, topic: str) -> str:
    words = TOPICS[topic].split()
    return " ".join(rng.choices(words, k=rng.randrange(2, 14)) + rng.choices(FILLER, k=8))


# So small that a site of some dozens of stories crosses all of them.
SMALL_BOUNDS = Bounds(
    block_stories=12,
    rare_stories=9,
    numpy_stories=43,  # of some 45 stories: all lists are found now with NumPy, now one by one
    sample_stories=20,
    spare_stories=4,
    everywhere=6,
    frequent=3,
    borderline=(2, 2),
    terms=9,
    weight_budget=60,  # nine terms of the usual weight: now this bound is met first, now that
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
            "body": _text(rng, topic),
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
            front_matter["body"] = _text(rng, rng.choice(list(TOPICS)))
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
