"""Rules about the archive as a whole, and every rule about one story asked of all.

What many stories have in common is said once: a name with the number of its stories, a missing dateline with the number
of stories that lack one where these are many. An archive of 100,000 stories must not get 20,000 lines of advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsgen.lint.duplicates import Duplicates, Sketch
from newsgen.lint.spelling import Spelling, near
from newsgen.lint.story_rules import SiteFacts, check_story, live_story
from newsgen.lint.versions import check_versions
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.story import Link
from newsgen.text.address import slug_of_name

__all__ = ["ARCHIVE_RULES", "check_archive", "check_names", "check_sections"]

ARCHIVE_RULES = frozenset(
    {
        "duplicate-story",
        "lead-unknown",
        "name-near",
        "place-near",
        "section-near",
        "version-missing",
        "version-unlinked",
    }
)

_ADDED_UP = frozenset({"person-unknown", "place-unknown", "rights-missing"})  # their values: name, number of stories
_FEW = 20  # stories without a dateline, or unknown persons, that are each named
_NAMED = 5  # unknown persons that are named where they are many


def check_archive(
    cards: Sequence[Card], sketches: Mapping[str, Sketch], site: SiteFacts, off: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """What an editor should look at in the live stories of an archive, but for the rules that are `off`.

    `cards` are those of all live stories, old versions too, in any order; `sketches` are of their bodies, by path, and
    are needed for duplicate-story alone.
    """
    problems = (problem for card in cards for problem in check_story(live_story(card), site, off))
    yield from _summed_up(_added_up(problems))
    newest = [card for card in cards if not card.newest]
    yield from check_names(newest, site, off)
    if "section-near" not in off:
        sections = _Tally()
        for card in newest:
            sections.add(card.path, [card.section])
        yield from check_sections(sections.spellings(site.sections))
    if "duplicate-story" not in off:
        yield from _duplicates(newest, sketches)
    yield from check_versions(cards, off)
    if "lead-unknown" not in off:
        yield from _leads(cards, site)


def _leads(cards: Iterable[Card], site: SiteFacts) -> Iterator[Problem]:
    """Stories that are to lead a page and cannot. A version stands for its newest."""
    by_id = {card.item.id: card for card in cards}
    for path, section, story_id in site.leads:
        card = by_id.get(story_id)
        newest = by_id.get(card.newest or story_id) if card else None
        if newest is None or (section and newest.section.url != f"/{section}/"):
            where = "of this section" if section else "of the site"
            yield Problem("lead-unknown", path, values=(story_id, where), severity="warning")


def check_names(cards: Iterable[Card], site: SiteFacts, off: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Names of these stories that are probably one name, spelled in two ways."""
    persons, places = _Tally(), _Tally()
    for card in cards:
        persons.add(card.path, [link for _role, link in card.people])
        places.add(card.path, [link for _role, link in card.places])
    if "name-near" not in off:
        yield from _near("name-near", persons.spellings(site.people), of_persons=True)
    if "place-near" not in off:
        yield from _near("place-near", places.spellings(site.places), of_persons=False)


def check_sections(sections: Iterable[Spelling]) -> Iterator[Problem]:
    """Sections of one story whose names are nearly those of others."""
    for rare, common in near(sections, of_persons=False):
        if rare.stories == 1:
            yield Problem(
                "section-near", rare.path, values=(rare.name, common.name, str(common.stories)), severity="advice"
            )


def _near(rule: str, spellings: Iterable[Spelling], *, of_persons: bool) -> Iterator[Problem]:
    for rare, common in near(spellings, of_persons=of_persons):
        yield Problem(rule, rare.path, values=(rare.name, common.name, str(common.stories)), severity="advice")


def _duplicates(cards: Iterable[Card], sketches: Mapping[str, Sketch]) -> Iterator[Problem]:
    duplicates = Duplicates()
    for card in cards:
        if card.path in sketches:
            duplicates.add(card, sketches[card.path])
    for later, earlier in duplicates.pairs():
        yield Problem("duplicate-story", later, values=(earlier,), severity="warning")


class _Tally:
    """How many stories have each name, and which of their files comes first."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, int, str]] = {}  # by address: the name, stories, path

    def add(self, path: str, links: Iterable[Link]) -> None:
        """Count a story for each of its names, however often it has it."""
        for url, name in {link.url: link.name for link in links}.items():
            shown, stories, first = self._names.get(url, (name, 0, path))
            self._names[url] = min(name, shown), stories + 1, min(path, first)

    def spellings(self, entries: frozenset[str] = frozenset()) -> list[Spelling]:
        """The names in order; `entries` are the addresses of those in _people.yaml or _places.yaml."""
        return sorted(
            (Spelling(name, url, stories, path, url in entries) for url, (name, stories, path) in self._names.items()),
            key=lambda spelling: (spelling.name, spelling.url),
        )


def _added_up(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What is said of a name in one story after another, once for each name, at the first file."""
    tallies: dict[str, _Tally] = {}
    example: dict[str, Problem] = {}
    for problem in problems:
        if problem.rule not in _ADDED_UP:
            yield problem
            continue
        example[problem.rule] = problem
        name = problem.values[0]
        tallies.setdefault(problem.rule, _Tally()).add(problem.path, [Link(name, slug_of_name(name))])
    for rule, tally in tallies.items():
        for shown in tally.spellings():
            yield Problem(rule, shown.path, values=(shown.name, str(shown.stories)), severity=example[rule].severity)


def _summed_up(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One piece of advice instead of many of one kind."""
    datelines: list[Problem] = []
    persons: list[Problem] = []
    for problem in problems:
        if problem.rule == "dateline-missing":
            datelines.append(problem)
        elif problem.rule == "person-unknown":
            persons.append(problem)
        else:
            yield problem
    if len(datelines) > _FEW:
        first = min(problem.path for problem in datelines)
        datelines = [Problem("datelines-missing", first, values=(f"{len(datelines):,}",), severity="advice")]
    if len(persons) > _FEW:
        by_stories = sorted(persons, key=lambda problem: (-int(problem.values[1]), problem.values[0]))
        named = ", ".join(f"{name} ({stories})" for name, stories in (p.values for p in by_stories[:_NAMED]))
        many = f"{len(persons):,}", named
        persons = [Problem("persons-unknown", "content/_people.yaml", values=many, severity="advice")]
    yield from datelines
    yield from persons
