"""What becomes of each story: which are shown, which is the newest version, and who has an id or an address that two
of them claim. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from newsgen.index.cards import claim_keys, with_pictures
from newsgen.lifecycle.state import public_card, state, until
from newsgen.lifecycle.versions import version_chains
from newsgen.model.card import Card, Picture
from newsgen.model.errors import Problem
from newsgen.model.value import value
from newsgen.text.address import picture_path

__all__ = ["Resolved", "resolve"]


@value
class Resolved:
    """What became of a story that could be read."""

    card: Card  # as its file says, and with its place in a chain
    public: Card | None  # as the public may see it; None for one that is not shown
    state: str = ""  # "" for a story that is shown, else why not
    until: int | None = None
    problems: tuple[Problem, ...] = ()


def resolve(
    cards: Iterable[Card], clock: int, pictures: Mapping[str, Picture], *, drafts: bool, killed: Collection[str] = ()
) -> list[Resolved]:
    """Which cards are live, and with which pictures.

    Of two stories that claim one id or one address, the live one with the smaller path has it; the other is named and
    kept out. The id of a killed story is never used again: `killed` are those that the ledger names. A pure function of
    the cards, so that the order of edits cannot matter; and cards that claim nothing in common, and are not of one
    chain, do not change what becomes of each other.
    """
    entries = sorted(cards, key=lambda card: card.path)
    resolved: list[Resolved] = []
    owners: dict[str, Card] = {}
    owners.update((claim_keys(entry)[0], entry) for entry in reversed(entries) if entry.status == "killed")
    waiting: list[Card] = []
    for entry in entries:
        seen = public_card(entry, clock, drafts=drafts)
        if seen is None:
            waiting.append(entry)
            continue
        own_id, own_url = claim_keys(seen)
        if own_id in owners or own_url in owners:
            clash = own_id if own_id in owners else own_url
            resolved.append(Resolved(entry, None, "refused", None, (_claimed(seen, clash, owners[clash]),)))
            continue
        if seen.item.id in killed:
            resolved.append(
                Resolved(entry, None, "refused", None, (Problem("id-killed", entry.path, values=(entry.item.id,)),))
            )
            continue
        owners[own_id] = owners[own_url] = seen
        resolved.append(Resolved(entry, seen))
    for entry in waiting:  # an id is never used twice, whatever the state; an address may wait for its turn
        key = claim_keys(entry)[0]
        problems: tuple[Problem, ...] = ()
        if key in owners and owners[key] is not entry:
            problems = (_claimed(entry, key, owners[key]),)
        elif entry.item.id in killed and entry.status != "killed":
            problems = (Problem("id-killed", entry.path, values=(entry.item.id,)),)
        owners.setdefault(key, entry)
        resolved.append(Resolved(entry, None, state(entry, clock), until(entry, clock), problems))
    resolved = _chained(resolved)
    resolved.sort(key=lambda story: story.card.path)
    return [_pictured(story, pictures) if story.public and story.public.photos else story for story in resolved]


def _chained(resolved: list[Resolved]) -> list[Resolved]:
    """The stories with the newest version and the older ones told apart."""
    if not any(story.card.updates or story.card.newest or story.card.versions for story in resolved):  # nearly always
        return resolved
    owners = [story for story in resolved if story.state != "refused" and not story.problems]
    states = {story.card.item.id: story.state or "live" for story in owners}
    found = version_chains([story.card for story in owners], states)

    def one(story: Resolved) -> Resolved:
        own = story.card.item.id
        is_owner = story.state != "refused" and not story.problems
        newest, versions = (found.newest.get(own, ""), found.versions.get(own, ())) if is_owner else ("", ())
        card, seen = story.card, story.public
        if (card.newest, card.versions) != (newest, versions):
            card = replace(card, newest=newest, versions=versions)
        if not is_owner:
            return replace(story, card=card)
        if seen is not None and own in found.ended:
            return Resolved(card, None, states[found.ended[own]])
        if seen is not None:
            seen = replace(seen, newest=newest, versions=versions)
        problems = story.problems
        if own in found.rings:
            problems = (*problems, Problem("updates-ring", card.path, values=(card.updates,)))
        return replace(story, card=card, public=seen, problems=problems)

    return [one(story) for story in resolved]


def _pictured(story: Resolved, pictures: Mapping[str, Picture]) -> Resolved:
    assert story.public is not None
    missing = _missing_pictures(story.public, pictures)
    return replace(story, public=with_pictures(story.public, pictures), problems=(*story.problems, *missing))


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
