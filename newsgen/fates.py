"""What becomes of each story: which are shown, and who has an id or an address that two of them claim. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen import lifecycle
from newsgen.address import picture_path
from newsgen.cards import claim_keys, with_pictures
from newsgen.errors import Problem
from newsgen.model import Card, Picture
from newsgen.value import value

__all__ = ["Fate", "resolve"]


@value
class Fate:
    """What became of a story that could be read."""

    card: Card  # as its file says
    seen: Card | None  # as the public may see it; None for one that is not shown
    state: str = ""  # "" for a story that is shown, else why not
    until: int | None = None
    problems: tuple[Problem, ...] = ()


def resolve(cards: Iterable[Card], clock: int, pictures: Mapping[str, Picture], *, drafts: bool) -> list[Fate]:
    """Which cards are live, and with which pictures.

    Of two stories that claim one id or one address, the live one with the smaller path has it; the other is named and
    kept out. The id of a killed story is never used again. A pure function of the cards, so that the order of edits
    cannot matter; and cards that claim nothing in common do not touch each other's fate.
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
        owners[own_id] = owners[own_url] = seen
        if seen.photos:
            fates.append(Fate(entry, with_pictures(seen, pictures), problems=_missing_pictures(seen, pictures)))
        else:
            fates.append(Fate(entry, seen))
    for entry in waiting:  # an id is never used twice, whatever the state; an address may wait for its turn
        key = claim_keys(entry)[0]
        problems = (_claimed(entry, key, owners[key]),) if key in owners and owners[key] is not entry else ()
        owners.setdefault(key, entry)
        fates.append(Fate(entry, None, lifecycle.state(entry, clock), lifecycle.until(entry, clock), problems))
    fates.sort(key=lambda fate: fate.card.path)
    return fates


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
