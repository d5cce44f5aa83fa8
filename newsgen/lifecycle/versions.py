"""Versions of one story: which is the newest, which it supersedes, and which end with it. Pure.

`updates` joins stories into chains. The newest version that is live speaks for its chain: it alone is in lists, and the
older ones, at their own addresses, point to it. What is killed or has expired takes the versions it replaced with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen.model.card import Card
from newsgen.model.value import value

__all__ = ["VersionChains", "version_chains"]


@value
class VersionChains:
    """How the versions among some cards stand to each other."""

    newest: Mapping[str, str]  # of a superseded version: the id of the newest
    versions: Mapping[str, tuple[str, ...]]  # of a newest: the ids of those that it supersedes, newest first
    ended: Mapping[str, str]  # a version that ends with a later one: the id of that one, killed or expired
    rings: frozenset[str]  # ids of stories that replace each other in a circle: their `updates` count for nothing


def version_chains(cards: Iterable[Card], states: Mapping[str, str]) -> VersionChains:
    """How versions stand to each other. `states` gives the state of each story by its id: "live", "killed"…

    Whole chains must be among the cards. A chain may pass over versions that are not live. Of two stories that replace
    the same one, the later is the newest, and supersedes the other too.
    """
    replaced = {card.item.id: card.updates for card in cards if card.updates and card.updates in states}
    rings = _rings(replaced)
    replaced = {story_id: old for story_id, old in replaced.items() if story_id not in rings}
    ended: dict[str, str] = {}
    for story_id in sorted(replaced):
        if states[story_id] in ("killed", "expired"):
            for old in _before(story_id, replaced):
                known = ended.get(old)
                if known is None or (states[known] != "killed" and states[story_id] == "killed"):
                    ended[old] = story_id
    by_id = {card.item.id: card for card in cards if card.item.id in states}
    families: dict[str, list[str]] = {}
    for story_id in sorted({*replaced, *replaced.values()}):
        if states[story_id] == "live" and story_id not in ended:
            root = [story_id, *_before(story_id, replaced)][-1]
            families.setdefault(root, []).append(story_id)
    newest: dict[str, str] = {}
    versions: dict[str, tuple[str, ...]] = {}
    for family in families.values():
        depths = {story_id: len(_before(story_id, replaced)) for story_id in family}
        inner = {old for story_id in family for old in _before(story_id, replaced)}
        order = sorted(
            family, key=lambda one: (one not in inner, depths[one], by_id[one].instant, by_id[one].path), reverse=True
        )
        if len(order) > 1:
            newest.update((old, order[0]) for old in order[1:])
            versions[order[0]] = tuple(order[1:])
    return VersionChains(newest, versions, ended, rings)


def _before(story_id: str, replaced: Mapping[str, str]) -> list[str]:
    """The versions that one replaces, directly or not, newest first."""
    found = []
    while (old := replaced.get(story_id)) is not None:
        found.append(old)
        story_id = old
    return found


def _rings(replaced: Mapping[str, str]) -> frozenset[str]:
    """The stories that come back to themselves on the way from each to the one it replaces."""
    rings: set[str] = set()
    done: set[str] = set()
    for start in replaced:
        way: list[str] = []
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way.append(at)
            at = replaced.get(at)
        if at is not None and at in way:
            rings.update(way[way.index(at) :])
        done.update(way)
    return frozenset(rings)
