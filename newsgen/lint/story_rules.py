"""Rules about one live story, each a function that looks at nothing but the story and a few facts about its site.

`newsgen check` asks them about every story, the preview's bar about the one that it shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from newsgen.lint.dateline_days import is_stale
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.errors import Problem
from newsgen.model.settings import RegisterEntry, Settings
from newsgen.model.story import Link
from newsgen.model.value import value
from newsgen.text.address import name_key, slug_of_name

__all__ = ["STORY_RULES", "LiveStory", "SiteFacts", "check_story", "entry_urls", "live_story"]

_DAY = 24 * 60 * 60  # seconds: it is tomorrow already where some copy comes from
_CORRECTED = frozenset(["Corrected", "Correction", "Clarified", "Clarification"])  # labels of headlines


@value
class LiveStory:
    """A story that readers can see."""

    card: Card
    details: Details  # of the card


@value
class SiteFacts:
    """What the rules know of the site beside its stories."""

    settings: Settings
    clock: int  # the instant at which the stories are live
    people: frozenset[str]  # addresses of the persons in _people.yaml; empty where there is no such file
    places: frozenset[str]  # the same of _places.yaml
    live_ids: Container[str]  # of the stories that are live
    sections: frozenset[str] = frozenset()  # addresses of those with a _section.yaml
    leads: tuple[tuple[str, str, str], ...] = ()  # what is to lead: (file that says so, section or "", id)


def live_story(card: Card) -> LiveStory:
    """A card with its details unfolded."""
    return LiveStory(card, codec.decode(Details, json.loads(card.details)))


def entry_urls(entries: Iterable[RegisterEntry], root: str) -> frozenset[str]:
    """The addresses of the entries of _people.yaml (root "people") or _places.yaml ("places")."""
    return frozenset(f"/{root}/{slug_of_name(entry.name)}/" for entry in entries)


def check_story(story: LiveStory, site: SiteFacts, off: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """What an editor should look at in one live story, but for the rules that are `off`.

    An old version is asked little: nobody edits it any more, and its newest version is asked everything.
    """
    for name, rule in STORY_RULES.items():
        if name not in off and (not story.card.newest or name in _ASKED_OF_OLD_VERSIONS):
            yield from rule(story, site)


def _alt_missing(story: LiveStory, _site: SiteFacts) -> Iterator[Problem]:
    for photo in story.card.photos:
        if photo and photo.file and not photo.alt:
            yield Problem("alt-missing", story.card.path, values=(photo.file,), severity="warning")


def _correction_missing(story: LiveStory, _site: SiteFacts) -> Iterator[Problem]:
    tags = _CORRECTED.intersection(story.card.item.labels)
    if tags and not story.card.corrections:
        yield Problem("correction-missing", story.card.path, values=(min(tags),))


def _date_ahead(story: LiveStory, site: SiteFacts) -> Iterator[Problem]:
    card = story.card
    if card.instant > site.clock + _DAY:
        yield Problem("date-ahead", card.path, values=(card.item.iso,), severity="warning")


def _dateline_missing(story: LiveStory, _site: SiteFacts) -> Iterator[Problem]:
    """Copy of the other types is compiled at a desk, and carries a dateline or not."""
    if not story.card.dateline and story.card.item.type == "story":
        yield Problem("dateline-missing", story.card.path, severity="advice")


def _dateline_stale(story: LiveStory, _site: SiteFacts) -> Iterator[Problem]:
    card, updated = story.card, story.details.updated
    last = max(updated.day, card.item.day) if updated else card.item.day  # an update may bring its own dateline
    if card.dateline and is_stale(card.dateline, card.item.day, last):
        yield Problem("dateline-stale", card.path, values=(card.dateline, card.item.day), severity="warning")


def _person_unknown(story: LiveStory, site: SiteFacts) -> Iterator[Problem]:
    """Only whom a story is about: those who wrote it are known to the desk."""
    subjects = (link for role, link in story.card.people if role == "subject")
    if site.people:
        yield from _without_entry("person-unknown", story.card.path, subjects, site.people)


def _place_unknown(story: LiveStory, site: SiteFacts) -> Iterator[Problem]:
    if site.places:
        places = (link for _role, link in story.card.places)
        yield from _without_entry("place-unknown", story.card.path, places, site.places)


def _without_entry(rule: str, path: str, links: Iterable[Link], entries: frozenset[str]) -> Iterator[Problem]:
    """Each name that has no entry, once."""
    for url, name in {link.url: link.name for link in links}.items():
        if url not in entries:
            yield Problem(rule, path, values=(name, "1"), severity="advice")


def _related_unknown(story: LiveStory, site: SiteFacts) -> Iterator[Problem]:
    for pin in story.card.related:
        if pin.removeprefix("-") not in site.live_ids:
            yield Problem("related-unknown", story.card.path, values=(pin,), severity="advice")


def _rights_missing(story: LiveStory, site: SiteFacts) -> Iterator[Problem]:
    """The page says the rights of the story or its section, else those of any of its agencies."""
    details = story.details
    if details.rights is not None:
        return
    keys = {name_key(name) for name in details.agency}
    if not any(agency.rights and name_key(agency.name) in keys for agency in site.settings.agencies):
        for name in {slug_of_name(name): name for name in details.agency}.values():
            yield Problem("rights-missing", story.card.path, values=(name, "1"), severity="warning")


# Of the rules that say (name, number of stories), the number is of this one story: "1". `archive_rules` adds them up.
STORY_RULES: Mapping[str, Callable[[LiveStory, SiteFacts], Iterator[Problem]]] = {
    "alt-missing": _alt_missing,
    "correction-missing": _correction_missing,
    "date-ahead": _date_ahead,
    "dateline-missing": _dateline_missing,
    "dateline-stale": _dateline_stale,
    "person-unknown": _person_unknown,
    "place-unknown": _place_unknown,
    "related-unknown": _related_unknown,
    "rights-missing": _rights_missing,
}
_ASKED_OF_OLD_VERSIONS = frozenset({"correction-missing", "related-unknown"})
