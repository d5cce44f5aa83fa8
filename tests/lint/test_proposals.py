"""Chains of versions: what is proposed, and above all what is not."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats.item import Item
from newsgen.formats.registry import read_items
from newsgen.lint.proposals import Proposals, VersionFacts, propose
from newsgen.wire import headline, versions
from tests.support.material import shared

HOUR = 3600


def read_rows(rows: str) -> list[VersionFacts]:
    """Stories from lines `id hour | headline as sent | slugline | more`; more is `key=value` with blanks between."""
    stories = []
    for row in rows.strip().splitlines():
        head, sent, slugline, more = (part.strip() for part in (row + "||||").split("|")[:4])
        name, hour = head.split()
        labels, shown = headline.parse(sent)
        keys = dict(pair.split("=") for pair in more.split())
        stories.append(
            VersionFacts(
                name, f"{name}.md", shown, labels, round(float(hour) * HOUR), slugline,
                updates=keys.get("updates", ""), agency=keys.get("agency", ""), number=keys.get("number", ""),
            )
        )  # fmt: skip
    return stories


def links(proposals: Proposals) -> str:
    """`b>a slugline`, with `?` behind where it is only likely."""
    return ", ".join(f"{one.id}>{one.replaces} {one.rule}{'' if one.is_certain else '?'}" for one in proposals.links)


def gaps(proposals: Proposals) -> str:
    return ", ".join(f"{'+'.join(one.ids)}: {' '.join(map(str, one.missing))}" for one in proposals.gaps)


# name: (stories, links, gaps)
CASES = {
    "updates by headline": ("""
        a 0 | Harwick mill turns again
        b 2 | UPDATE 1-Harwick mill turns again
        c 5 | UPDATE 2-Harwick mill turns again
    """, "b>a headline, c>b headline", ""),
    "updates by slugline": ("""
        a 0 | Fire reported at mill | BC-EU--Harwick-Mill
        b 2 | Four saved from blaze | BC-EU--Harwick-Mill 1stLd-Writethru
        c 5 | Mill of Harwick is lost, owner says | BC-EU--Harwick-Mill, 2nd Ld-Writethru
    """, "b>a slugline?, c>b slugline?", ""),
    "slugline and headline": ("""
        a 0 | Fire reported at Harwick mill | HARWICK-FIRE/
        b 2 | Fire reported at Harwick mill, four saved | HARWICK-FIRE/ (UPDATE 1, PICTURE)
    """, "b>a slugline", ""),
    "words added": ("""
        a 0 | Harwick mill profit rises
        b 2 | UPDATE 1-Harwick mill profit rises, shares jump
    """, "b>a headline?", ""),
    "a correction after six days": ("""
        a 0 | Harwick mill turns again
        b 144 | CORRECTED: Harwick mill turns again
    """, "b>a headline", ""),
    "a correction after eight days": ("""
        a 0 | Harwick mill turns again
        b 192 | CORRECTED: Harwick mill turns again
    """, "", ""),
    "an update after three days": ("""
        a 0 | Harwick mill turns again
        b 72 | UPDATE 1-Harwick mill turns again
    """, "", "b: 0"),
    "corrected, updated, refiled": ("""
        a 0 | Harwick mill turns again
        b 1 | CORRECTED-Harwick mill turns again
        c 2 | UPDATE 1-Harwick mill turns again
        d 3 | REFILE-UPDATE 1-Harwick mill turns again
        e 4 | RPT-UPDATE 1-Harwick mill turns again
    """, "b>a headline, c>b headline, d>c headline, e>d headline", ""),
    "plain dates: tags alone give the order": ("""
        b 0 | UPDATE 2-Harwick mill turns again
        c 0 | UPDATE 1-Harwick mill turns again
        d 0 | Harwick mill turns again
    """, "c>d headline, b>c headline", ""),
    "a number is missing": ("""
        a 0 | Harwick mill turns again
        b 2 | UPDATE 1-Harwick mill turns again
        c 5 | UPDATE 4-Harwick mill turns again
    """, "b>a headline, c>b headline", "a+b+c: 2 3"),
    "no first version": ("a 0 | UPDATE 2-Harwick mill turns again", "", "a: 0 1"),
    "wrap-ups have none": ("""
        a 0 | WRAPUP 1-Mills turn in Harwick
        b 3 | WRAPUP 3-Mills turn in Harwick
    """, "b>a headline", "a+b: 2"),
    "a wrap-up is not a version of the story": ("""
        a 0 | Mills turn in Harwick
        b 3 | WRAPUP 1-Mills turn in Harwick
    """, "", ""),
    "a factbox is not a version of the story": ("""
        a 0 | FACTBOX-Mills that turn in Harwick
        b 3 | UPDATE 1-Mills that turn in Harwick
        c 4 | CORRECTED-FACTBOX-Mills that turn in Harwick
    """, "c>a headline", "b: 0"),
    "a correction by notice replaces nothing": ("""
        a 0 | HARWICK MILL TURNS | | number=NW12345
        b 1 | CORRECTION - HARWICK MILL TURNS | | number=NW12345
    """, "", ""),
    "nor does a notice of withdrawal": ("""
        a 0 | Harwick mill to supply flour to Lund
        b 1 | CORRECTED: Harwick mill to supply flour to Lund story withdrawn
    """, "", ""),
    "daily reports without tags": ("""
        a 0 | Grain markets close | BC-Grain
        b 24 | Grain markets close | BC-Grain
        c 48 | Grain markets close | BC-Grain
    """, "", ""),
    "a daily report whose first version is missing one day": ("""
        a 0 | Grain markets close | BC-Grain
        b 24 | Grain markets close | BC-Grain
        c 26 | UPDATE 1-Grain markets close | BC-Grain
        d 47 | UPDATE 1-Grain markets close | BC-Grain
        e 48 | Grain markets close | BC-Grain
        f 73 | UPDATE 2-Grain markets close | BC-Grain
    """, "c>b slugline", "d: 0, f: 0 1"),
    "a daily report without a slugline": ("""
        a 0 | Grain markets close
        b 24 | Grain markets close
        d 47 | UPDATE 1-Grain markets close
    """, "", "d: 0"),
    "a slugline of every day needs a like headline": ("""
        a 0 | Barley falls on rain | BC-Grain
        b 20 | Wheat up in Lund | BC-Grain
        c 21 | Oats unchanged, dealers say | BC-Grain, 1st Ld
        d 22 | Wheat up in Lund, barley too | BC-Grain, 2nd Ld
    """, "d>b slugline", "b+d: 1, c: 0"),
    "one headline, twice within hours": ("""
        a 0 | Harwick mill turns again | BC-Mill
        b 2 | Harwick mill turns again | BC-Mill
    """, "", ""),
    "one update, twice": ("""
        a 0 | Harwick mill turns again
        b 1 | UPDATE 1-Harwick mill turns again
        c 2 | UPDATE 1-Harwick mill turns again
    """, "b>a headline", "c: 0"),
    "times and tags disagree": ("""
        a 0 | UPDATE 2-Harwick mill turns again
        b 2 | UPDATE 1-Harwick mill turns again
    """, "", "a: 0 1, b: 0"),
    "two agencies": ("""
        a 0 | Harwick mill turns again | | agency=Northern
        b 2 | UPDATE 1-Harwick mill turns again | | agency=Southern
        c 3 | UPDATE 1-Harwick mill turns again | | agency=NORTHERN
    """, "c>a headline", "b: 0"),
    "names exchanged": ("""
        a 0 | Bank of Harwick raises its key rate by half
        b 2 | UPDATE 1-Bank of Lund raises its key rate by half
    """, "", "b: 0"),
    "sluglines cut from headlines": ("""
        a 0 | HARWICK MILLING CORP <HMI> QTLY DIV | BC-HARWICK-MILLING-CORP
        b 2 | CORRECTED - HARWICK MILLING CORP <HMI> 4TH QTR LOSS | BC-HARWICK-MILLING-CORP
    """, "", ""),
    "a slugline cut from one headline": ("""
        a 0 | Milling stopped by rain | BC-HARWICK-MILLING-CORP
        b 2 | CORRECTED - HARWICK MILLING CORP <HMI> 4TH QTR LOSS | BC-HARWICK-MILLING-CORP
    """, "", ""),
    "joined already": ("""
        a 0 | Harwick mill turns again
        b 1 | UPDATE 1-Harwick mill turns again | | updates=a
        c 2 | Sacks full at last | | updates=b
        d 3 | UPDATE 2-Harwick mill turns again
        e 4 | UPDATE 3-Harwick mill turns again
    """, "d>c headline, e>d headline", ""),
    "joined to what is not here": ("""
        b 1 | UPDATE 2-Harwick mill turns again | | updates=gone
        d 3 | UPDATE 4-Harwick mill turns again
    """, "d>b headline", "b+d: 3"),
    "joined to each other in a circle": ("""
        a 0 | Harwick mill turns again | | updates=b
        b 1 | UPDATE 1-Harwick mill turns again | | updates=a
        c 2 | UPDATE 2-Harwick mill turns again | | updates=c
    """, "", "c: 0 1"),
    "a fork by hand has one newest": ("""
        a 0 | Harwick mill turns again
        b 1 | Harwick mill turns once more | | updates=a
        c 2 | Harwick mill turns for good | | updates=a
        d 3 | UPDATE 1-Harwick mill turns again
    """, "d>c headline", ""),
    "one story number": ("""
        a 0 | Harwick mill turns again | | number=NW12345
        b 1 | CORRECTED: Harwick mill turns again | | number=NW12345
        c 2 | SCENARIOS: Harwick mill turns again | | number=NW12345
        d 20 | Flour at last, shares jump | | number=NW12345
    """, "b>a number, c>b number, d>c number?", ""),
    "numbers are used again": ("""
        a 0 | Harwick mill turns again | | number=NW12345
        b 720 | Rain in Lund | | number=NW12345
    """, "", ""),
    "copies of one number": ("""
        a 0 | Harwick mill turns again | | number=NW12345
        b 0 | Harwick mill turns | | number=NW12345
        c 3 | Harwick mill turns again | | number=NW12345
    """, "c>b number", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    rows, expected_links, expected_gaps = CASES[name]
    proposals = propose(read_rows(rows))
    assert (links(proposals), gaps(proposals)) == (expected_links, expected_gaps)


def test_a_proposal_names_files() -> None:
    (link,) = propose(read_rows(CASES["words added"][0])).links
    assert (link.path, link.replaced_path) == ("b.md", "a.md")
    (gap,) = propose(read_rows(CASES["no first version"][0])).gaps
    assert (gap.paths, gap.is_wrapup) == (("a.md",), False)


def test_no_stories() -> None:
    assert propose([]) == Proposals()


STORIES = st.builds(
    lambda hour, tag, words, slug, updates, number: (hour, f"{tag}{words}", slug, updates, number),
    st.integers(0, 90),
    st.sampled_from(["", "", "UPDATE 1-", "UPDATE 2-", "CORRECTED-", "REFILE-UPDATE 1-", "WRAPUP 1-"]),
    st.sampled_from(["Harwick mill turns again", "Harwick mill turns", "Rain falls in Lund"]),
    st.sampled_from(["", "BC-Mill", "BC-Mill, 1st Ld", "BC-Rain, 2nd Ld-Writethru"]),
    st.sampled_from(["", "", "", "0", "1", "5", "gone"]),
    st.sampled_from(["", "", "NW12345"]),
)


@given(st.lists(STORIES, max_size=12), st.randoms())
def test_whatever_is_given_the_chains_are_lines(
    rows: list[tuple[int, str, str, str, str]], chance: random.Random
) -> None:
    stories = []
    for at, (hour, sent, slug, updates, number) in enumerate(rows):
        labels, shown = headline.parse(sent)
        stories.append(
            VersionFacts(str(at), f"{at:02}.md", shown, labels, hour * HOUR, slug, updates=updates, number=number)
        )
    proposals = propose(stories)
    shuffled = list(stories)
    chance.shuffle(shuffled)
    assert propose(shuffled) == proposals
    by_id = {version.id: version for version in stories}
    replaced = [link.replaces for link in proposals.links]
    assert len(set(replaced)) == len(replaced)
    assert len({link.id for link in proposals.links}) == len(proposals.links)
    for version in stories:
        if version.updates in replaced:  # of a circle any may be the newest
            assert _is_circular(by_id, version.id)
    before = {link.id: link.replaces for link in proposals.links}
    for later, earlier in before.items():
        assert not by_id[later].updates
        assert by_id[earlier].instant <= by_id[later].instant
    before |= {v.id: v.updates for v in stories if v.updates and not _is_circular(by_id, v.id)}
    for start, older in before.items():
        visited = {start}
        while older in before:
            assert older not in visited, "a circle"
            visited.add(older)
            older = before[older]


def _is_circular(by_id: dict[str, VersionFacts], start: str) -> bool:
    """Whether the `updates` behind a story come back upon themselves."""
    visited: set[str] = set()
    while start in by_id and by_id[start].updates:
        if start in visited:
            return True
        visited.add(start)
        start = by_id[start].updates
    return False


def test_a_million_pairs_are_never_looked_at() -> None:
    """Each story looks at some dozens of others at most, though all have one slugline and nearly one headline."""
    stories = []
    for minute in range(6000):
        tag = ("", "UPDATE 1-", "UPDATE 2-")[minute % 3]
        labels, shown = headline.parse(f"{tag}Harwick mill turns {minute // 3} sacks of grain")
        stories.append(VersionFacts(str(minute), f"{minute}.md", shown, labels, minute * 60, "BC-Mill"))
    proposals = propose(stories)
    assert len(proposals.links) == 4000
    assert all(int(link.id) // 3 == int(link.replaces) // 3 for link in proposals.links)
    assert not proposals.gaps


# --- agency copy that lies beside the project -----------------------------------------------------------------------


def imported(paths: list[Path], *, has_numbers: bool) -> list[VersionFacts]:
    stories = []
    for path in paths:
        for item in read_items(path.name, path.read_bytes()):
            if not isinstance(item, Item):
                continue
            front = item.front
            date = datetime.datetime.fromisoformat(str(front.get("date", item.day)))
            labels, shown = headline.parse(item.headline)
            source = front["source"]
            assert isinstance(source, Mapping)
            number = versions.story_number(str(source["file"])) if has_numbers else ""
            instant = int((date if date.tzinfo else date.replace(tzinfo=datetime.UTC)).timestamp())
            slugline, agency = str(front.get("slugline", "")), str(front.get("agency", ""))
            stories.append(
                VersionFacts(f"{path.parent.name}/{path.name[:1]}" if has_numbers else item.id, item.label, shown,
                             labels, instant, slugline, item.section, agency=agency, number=number)
            )  # fmt: skip
    return stories


LIFE_CYCLE = """versions-usbre90n186/2>1 number?, versions-usl1338631/2>1 number, versions-ussp73785/2>1 number?
versions-ussp73785/3>2 number?, versions-ustre5366xp/2>1 number, versions-ustre56s0uo/2>1 number
versions-ustre58t7wk/2>1 number, versions-ustre5ad1av/2>1 number, versions-ustre5ad1av/3>2 number"""


def test_the_chains_of_the_life_cycle_samples() -> None:
    """All seven chains (nine links), none wrong; without the story numbers, the two that a tag and headline tell."""
    paths = sorted(shared("wire-samples/life-cycle").glob("*/*.txt"))
    stories = imported(paths, has_numbers=True)
    proposals = propose(stories)
    within = sorted(
        f"{link.id}>{link.replaces[-1]} {link.rule}{'' if link.is_certain else '?'}"
        for link in proposals.links
        if link.id[:-1] == link.replaces[:-1]
    )
    assert len(within) == len(proposals.links), "a link between two chains"
    assert within == LIFE_CYCLE.replace("\n", ", ").split(", ")
    assert not proposals.gaps
    unnumbered = propose([replace(version, number="") for version in stories])
    assert sorted(link.id for link in unnumbered.links) == ["versions-usl1338631/2", "versions-ustre56s0uo/2"]
