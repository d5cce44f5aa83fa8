"""Versions of one story that nobody joined, as `chains` finds them: advice of `check`, and what `link` writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from newsgen.lint.chains import Proposals, Telling, propose
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.errors import Problem
from newsgen.wire.versions import story_number

__all__ = ["proposals", "unlinked"]


def proposals(cards: Iterable[Card]) -> Proposals:
    """What stories, their old versions with them, look like chains that `updates` does not tell of."""
    return propose([_telling(card) for card in cards])


def _telling(card: Card) -> Telling:
    details = codec.decode(Details, json.loads(card.details))
    item = card.item
    return Telling(
        item.id, card.path, item.headline, item.labels, card.instant, details.slugline, item.section, card.updates,
        details.agency[0] if details.agency else "", story_number(item.id),
    )  # fmt: skip


def unlinked(cards: Iterable[Card], off: frozenset[str]) -> Iterator[Problem]:
    """Advice on versions that are not joined, and on chains in which some are missing."""
    if {"version-unlinked", "version-missing"} <= off:
        return
    found = proposals(cards)
    for link in found.links if "version-unlinked" not in off else ():
        rule = "version-unlinked" if link.is_certain else "version-likely"
        yield Problem(rule, link.path, values=(link.replaced_path,), severity="advice")
    for gap in found.gaps if "version-missing" not in off else ():
        missing = ", ".join(str(number) if number else "the first" for number in gap.missing)
        yield Problem("version-missing", gap.paths[-1], values=(missing,), severity="advice")
