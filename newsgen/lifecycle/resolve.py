"""What becomes of each story: which are shown, which is the newest version, and who has an id or an address that two
of them claim. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from newsgen.index.cards import claim_keys, with_pictures
from newsgen.lifecycle import state as lifecycle
from newsgen.lifecycle.versions import lineage
from newsgen.model.card import Card, Picture
from newsgen.model.errors import Problem
from newsgen.model.value import value
from newsgen.text.address import picture_path

__all__ = ["Fate", "resolve"]


@value
class Fate:
    """What became of a story that could be read."""

    card: Card  # as its file says, and with its place in a chain
    seen: Card | None  # as the public may see it; None for one that is not shown
    state: str = ""  # "" for a story that is shown, else why not
    until: int | None = None
    problems: tuple[Problem, ...] = ()


def resolve(
    cards: Iterable[Card], clock: int, pictures: Mapping[str, Picture], *, drafts: bool, killed: Collection[str] = ()
) -> list[Fate]:
    """Which cards are live, and with which pictures.

    Of two stories that claim one id or one address, the live one with the smaller path has it; the other is named and
    kept out. The id of a killed story is never used again: `killed` are those that the ledger names. A pure function of
    the cards, so that the order of edits cannot matter; and cards that claim nothing in common, and are not of one
    chain, do not touch each other's fate.
    """
    entries = sorted(cards, key=lambda card: card.path)
    fates: list[Fate] = []
    owners: dict[str, Card] = {}
    owners.update((claim_keys(entry)[0], entry) for entry in reversed(entries) if entry.status == "killed")
    waiting: list[Card] = []
    for entry in entries:
        seen = lifecycle.seen(entry, clock, drafts=drafts)
        if seen is None:
            waiting.append(entry)
            continue
        own_id, own_url = claim_keys(seen)
        if own_id in owners or own_url in owners:
            clash = own_id if own_id in owners else own_url
            fates.append(Fate(entry, None, "refused", None, (_claimed(seen, clash, owners[clash]),)))
            continue
        if seen.item.id in killed:
            fates.append(
                Fate(entry, None, "refused", None, (Problem("id-killed", entry.path, values=(entry.item.id,)),))
            )
            continue
        owners[own_id] = owners[own_url] = seen
        fates.append(Fate(entry, seen))
    for entry in waiting:  # an id is never used twice, whatever the state; an address may wait for its turn
        key = claim_keys(entry)[0]
        problems: tuple[Problem, ...] = ()
        if key in owners and owners[key] is not entry:
            problems = (_claimed(entry, key, owners[key]),)
        elif entry.item.id in killed and entry.status != "killed":
            problems = (Problem("id-killed", entry.path, values=(entry.item.id,)),)
        owners.setdefault(key, entry)
        fates.append(Fate(entry, None, lifecycle.state(entry, clock), lifecycle.until(entry, clock), problems))
    fates = _chained(fates)
    fates.sort(key=lambda fate: fate.card.path)
    return [_pictured(fate, pictures) if fate.seen and fate.seen.photos else fate for fate in fates]


def _chained(fates: list[Fate]) -> list[Fate]:
    """The fates with the newest version and the older ones told apart."""
    if not any(fate.card.updates or fate.card.newest or fate.card.versions for fate in fates):  # nearly always
        return fates
    owners = [fate for fate in fates if fate.state != "refused" and not fate.problems]
    states = {fate.card.item.id: fate.state or "live" for fate in owners}
    found = lineage([fate.card for fate in owners], states)

    def one(fate: Fate) -> Fate:
        own = fate.card.item.id
        is_owner = fate.state != "refused" and not fate.problems
        newest, versions = (found.newest.get(own, ""), found.versions.get(own, ())) if is_owner else ("", ())
        card, seen = fate.card, fate.seen
        if (card.newest, card.versions) != (newest, versions):
            card = replace(card, newest=newest, versions=versions)
        if not is_owner:
            return replace(fate, card=card)
        if seen is not None and own in found.ended:
            return Fate(card, None, states[found.ended[own]])
        if seen is not None:
            seen = replace(seen, newest=newest, versions=versions)
        problems = fate.problems
        if own in found.rings:
            problems = (*problems, Problem("updates-ring", card.path, values=(card.updates,)))
        return replace(fate, card=card, seen=seen, problems=problems)

    return [one(fate) for fate in fates]


def _pictured(fate: Fate, pictures: Mapping[str, Picture]) -> Fate:
    assert fate.seen is not None
    missing = _missing_pictures(fate.seen, pictures)
    return replace(fate, seen=with_pictures(fate.seen, pictures), problems=(*fate.problems, *missing))


def _claimed(card: Card, key: str, owner: Card) -> Problem:
    rule = "id-taken" if key.startswith("id ") else "address-taken"
    value = card.item.id if rule == "id-taken" else card.item.url
    return Problem(rule, card.path, values=(value, owner.path))


def _missing_pictures(card: Card, pictures: Mapping[str, Picture]) -> tuple[Problem, ...]:
    return tuple(
        Problem("picture-missing", card.path, values=(photo.file, picture_path(card.path, photo.file)))
        for photo in card.photos
        if photo and photo.file and picture_path(card.path, photo.file) not in pictures
    )
