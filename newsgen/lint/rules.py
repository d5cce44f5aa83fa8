"""Every rule of the editor's over all live stories, in one pass: which are asked, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newsgen.lint.dateline_days import is_stale
from newsgen.lint.duplicates import Duplicates, Sketch
from newsgen.lint.spelling import Spelling, near
from newsgen.model.card import Card, Details
from newsgen.model.errors import Problem
from newsgen.model.settings import RegisterEntry, Settings
from newsgen.model.story import Link
from newsgen.model.value import value
from newsgen.text.address import name_key, slug_of_name

__all__ = ["EDITOR_RULES", "Look", "proofread"]

EDITOR_RULES: Mapping[str, str] = {
    "alt-missing": "a photo with a file has no alt text",
    "date-ahead": "a story is dated more than a day ahead of now, and no embargo holds it",
    "dateline-stale": "the dateline's day is not that of the story: at most 3 days before, or 1 after",
    "duplicate-story": "two stories have nearly the same text, or the same headline, section and day",
    "name-near": "two names of persons are spelled nearly alike",
    "place-near": "two names of places are spelled nearly alike",
    "place-unknown": "there is a _places.yaml, and it does not have the place",
    "rights-missing": "an agency's stories say no rights, nor does their section, nor do the settings",
    "version-missing": "versions of a story are missing, to judge by their numbers",
    "version-unlinked": "a story looks like the next version of another, and updates does not say so",
}


_DAY = 24 * 60 * 60  # seconds: it is tomorrow already where some copy comes from


@value
class Look:
    """One live story, as an editor sees it among all others."""

    card: Card
    details: Details  # of the card
    text: Sketch | None = None  # of the body: `sketch(body)`; None where nobody asks for duplicate-story
    chain: str = ""  # the key of the versions that it belongs to, which are no duplicates of each other; "" for none


def proofread(
    looks: Iterable[Look],
    settings: Settings,
    people: tuple[RegisterEntry, ...],
    places: tuple[RegisterEntry, ...],
    clock: int,
    off: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """What an editor would ask about these stories, which are live at `clock`, but for the rules that are `off`.

    `people` and `places` are the entries of _people.yaml and _places.yaml with which the cards were made.
    """
    wanted = EDITOR_RULES.keys() - off
    persons, spots, unclaimed, texts = _Tally(), _Tally(), _Tally(), Duplicates()
    for look in looks:
        card = look.card
        if "date-ahead" in wanted and card.instant > clock + _DAY:
            yield Problem("date-ahead", card.path, values=(card.item.iso,), severity="warning")
        if "dateline-stale" in wanted and card.dateline and is_stale(card.dateline, card.item.day, _last_day(look)):
            yield Problem("dateline-stale", card.path, values=(card.dateline, card.item.day), severity="warning")
        if "alt-missing" in wanted and card.photos:
            for photo in card.photos:
                if photo and photo.file and not photo.alt:
                    yield Problem("alt-missing", card.path, values=(photo.file,), severity="warning")
        if "rights-missing" in wanted and look.details.agency and not _has_rights(look.details, settings):
            unclaimed.add(card.path, [Link(name, slug_of_name(name)) for name in look.details.agency])
        if "name-near" in wanted:
            persons.add(card.path, [link for _role, link in card.people])
        if "place-near" in wanted or "place-unknown" in wanted:
            spots.add(card.path, [link for _role, link in card.places])
        if "duplicate-story" in wanted and look.text:
            texts.add(card, look.text, look.chain)
    for agency in unclaimed.all():
        yield Problem("rights-missing", agency.path, values=(agency.name, str(agency.stories)), severity="warning")
    if "name-near" in wanted:
        for rare, common in near(persons.all(_addresses(people, "people")), of_persons=True):
            said = rare.name, common.name, str(common.stories)
            yield Problem("name-near", rare.path, values=said, severity="advice")
    known = _addresses(places, "places")
    if "place-near" in wanted:
        for rare, common in near(spots.all(known), of_persons=False):
            said = rare.name, common.name, str(common.stories)
            yield Problem("place-near", rare.path, values=said, severity="advice")
    if "place-unknown" in wanted and places:
        for spot in spots.all(known):
            if not spot.has_entry:
                yield Problem("place-unknown", spot.path, values=(spot.name, str(spot.stories)), severity="advice")
    for later, earlier in texts.pairs():
        yield Problem("duplicate-story", later, values=(earlier,), severity="warning")


class _Tally:
    """How many stories have each name, and which of their files comes first."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int, str]] = {}  # by address: the name, stories, path

    def add(self, path: str, links: Iterable[Link]) -> None:
        for url, name in {link.url: link.name for link in links}.items():
            shown, stories, first = self._found.get(url, (name, 0, path))
            self._found[url] = min(name, shown), stories + 1, min(path, first)

    def all(self, entered: frozenset[str] = frozenset()) -> list[Spelling]:
        """The names in order; `entered` are the addresses of those that have an entry."""
        return sorted(
            (Spelling(name, url, stories, path, url in entered) for url, (name, stories, path) in self._found.items()),
            key=lambda one: (one.name, one.url),
        )


def _addresses(names: Iterable[RegisterEntry], root: str) -> frozenset[str]:
    return frozenset(f"/{root}/{slug_of_name(name.name)}/" for name in names)


def _last_day(look: Look) -> str:
    """The last day that a dateline may follow: an updated story may have an updated dateline."""
    updated = look.details.updated
    return max(updated.day, look.card.item.day) if updated else look.card.item.day


def _has_rights(details: Details, settings: Settings) -> bool:
    """Whether the story's page says its rights: its own or its section's, else those of any of its agencies."""
    if details.rights is not None:
        return True
    own = {name_key(name) for name in details.agency}
    return any(agency.rights and name_key(agency.name) in own for agency in settings.agencies)
