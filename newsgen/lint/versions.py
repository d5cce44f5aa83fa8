"""Versions of one story that `updates` does not join: advice of `newsgen check`, and what `newsgen link` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgen.lint.proposals import Proposals, VersionFacts, propose
from newsgen.lint.story_rules import live_story
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.wire.versions import story_number

__all__ = ["check_versions", "propose_links"]


def propose_links(cards: Iterable[Card]) -> Proposals:
    """Which of these stories, old versions included, look like versions of one story that `updates` does not join."""
    return propose([_facts(card) for card in cards])


def _facts(card: Card) -> VersionFacts:
    details, item = live_story(card).details, card.item
    return VersionFacts(
        item.id, card.path, item.headline, item.labels, card.instant, details.slugline, item.section, card.updates,
        details.agency[0] if details.agency else "", story_number(item.id),
    )  # fmt: skip


def check_versions(cards: Iterable[Card], off: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Advice on versions that are not joined, and on chains in which some are missing."""
    if {"version-unlinked", "version-missing"} <= off:
        return
    proposals = propose_links(cards)
    for link in proposals.links if "version-unlinked" not in off else ():
        rule = "version-unlinked" if link.is_certain else "version-likely"
        yield Problem(rule, link.path, values=(link.replaced_path,), severity="advice")
    for gap in proposals.gaps if "version-missing" not in off else ():
        missing = ", ".join(str(number) if number else "the first" for number in gap.missing)
        yield Problem("version-missing", gap.paths[-1], values=(missing,), severity="advice")
