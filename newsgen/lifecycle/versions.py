"""Versions of one story: which is the newest, which ones it supersedes, and which end with it. Pure.

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
    """Which stories are versions of one story."""

    newest: Mapping[str, str]  # of a superseded version: the id of the newest
    versions: Mapping[str, tuple[str, ...]]  # of a newest: the ids of those that it supersedes, newest first
    ended: Mapping[str, str]  # a version that ends with a later one: the id of that one, killed or expired
    rings: frozenset[str]  # ids of stories that replace each other in a circle: their `updates` count for nothing


def version_chains(cards: Iterable[Card], states: Mapping[str, str]) -> VersionChains:
    """Which stories are versions of one story. `states` gives the state of each story by its id: "live", "killed"…

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
        replaced_ids = {old for story_id in family for old in _before(story_id, replaced)}
        order = sorted(
            family, key=lambda v: (v not in replaced_ids, depths[v], by_id[v].instant, by_id[v].path), reverse=True
        )
        if len(order) > 1:
            newest.update((old, order[0]) for old in order[1:])
            versions[order[0]] = tuple(order[1:])
    return VersionChains(newest, versions, ended, rings)


def _before(story_id: str, replaced: Mapping[str, str]) -> list[str]:
    """The versions that a story replaces, directly or not, newest first."""
    older = []
    while (old := replaced.get(story_id)) is not None:
        older.append(old)
        story_id = old
    return older


def _rings(replaced: Mapping[str, str]) -> frozenset[str]:
    """The stories that replace themselves through others."""
    rings: set[str] = set()
    done: set[str] = set()
    for start in replaced:
        path: list[str] = []
        story_id: str | None = start
        while story_id is not None and story_id not in done and story_id not in path:
            path.append(story_id)
            story_id = replaced.get(story_id)
        if story_id is not None and story_id in path:
            rings.update(path[path.index(story_id) :])
        done.update(path)
    return frozenset(rings)
