"""Which stories are shown: of two that claim one id or address, one; of versions of a story, the newest. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    """Whether a story is shown, and as what."""

    card: Card  # as its file says, with its newest version and the versions that it replaces
    public: Card | None  # as the public may see it; None for one that is not shown
    state: str = ""  # "" for a story that is shown, else why not
    until: int | None = None
    problems: tuple[Problem, ...] = ()


def resolve(
    cards: Iterable[Card], clock: int, pictures: Mapping[str, Picture], *, drafts: bool, killed: Collection[str] = ()
) -> list[Resolved]:
    """Each story as it is at `clock`, in order of path. `pictures` are those of the site by path.

    Of two stories that claim one id or one address, the live one with the smaller path has it; the other is refused,
    with an error. The id of a killed story is never used again: `killed` are the ids that the ledger names. The result
    depends on nothing but the cards, so that the order of edits cannot matter. Cards that claim nothing in common, and
    are not versions of one story, do not influence each other.
    """
    ordered = sorted(cards, key=lambda card: card.path)
    resolved: list[Resolved] = []
    owners: dict[str, Card] = {}  # by what they claim
    owners.update((claim_keys(card)[0], card) for card in reversed(ordered) if card.status == "killed")
    not_live: list[Card] = []
    for card in ordered:
        public = public_card(card, clock, drafts=drafts)
        if public is None:
            not_live.append(card)
            continue
        id_key, url_key = claim_keys(public)
        if id_key in owners or url_key in owners:
            key = id_key if id_key in owners else url_key
            resolved.append(Resolved(card, None, "refused", None, (_claimed(public, key, owners[key]),)))
        elif card.item.id in killed:
            resolved.append(Resolved(card, None, "refused", None, (_id_killed(card),)))
        else:
            owners[id_key] = owners[url_key] = public
            resolved.append(Resolved(card, public))
    # An id is never used twice, whatever the state; an address may wait for its turn. An expired story has it before
    # others that are held: the versions that it replaced must not come back because of a draft.
    for card in sorted(not_live, key=lambda card: state(card, clock) != "expired"):
        id_key = claim_keys(card)[0]
        problems: tuple[Problem, ...] = ()
        if id_key in owners and owners[id_key] is not card:
            problems = (_claimed(card, id_key, owners[id_key]),)
        elif card.item.id in killed and card.status != "killed":
            problems = (_id_killed(card),)
        owners.setdefault(id_key, card)
        resolved.append(Resolved(card, None, state(card, clock), until(card, clock), problems))
    resolved = _with_versions(resolved)
    resolved.sort(key=lambda story: story.card.path)
    return [_with_pictures(story, pictures) if story.public and story.public.photos else story for story in resolved]


def _with_versions(resolved: list[Resolved]) -> list[Resolved]:
    """The stories with their newest version and the ones they replace; a version that ends with it is not shown."""
    if not any(story.card.updates or story.card.newest or story.card.versions for story in resolved):  # nearly always
        return resolved
    owners = [story for story in resolved if story.state != "refused" and not story.problems]
    states = {story.card.item.id: story.state or "live" for story in owners}
    chains = version_chains([story.card for story in owners], states)

    def with_versions(story: Resolved) -> Resolved:
        card, public, story_id = story.card, story.public, story.card.item.id
        is_owner = story.state != "refused" and not story.problems
        newest = chains.newest.get(story_id, "") if is_owner else ""
        versions = chains.versions.get(story_id, ()) if is_owner else ()
        if (card.newest, card.versions) != (newest, versions):
            card = replace(card, newest=newest, versions=versions)
        if not is_owner:
            return replace(story, card=card)
        if public is not None and story_id in chains.ended:
            return Resolved(card, None, states[chains.ended[story_id]])
        if public is not None:
            public = replace(public, newest=newest, versions=versions)
        problems = story.problems
        if story_id in chains.rings:
            problems = (*problems, Problem("updates-ring", card.path, values=(card.updates,)))
        return replace(story, card=card, public=public, problems=problems)

    return [with_versions(story) for story in resolved]


def _with_pictures(story: Resolved, pictures: Mapping[str, Picture]) -> Resolved:
    assert story.public is not None
    missing = _missing_pictures(story.public, pictures)
    public = with_pictures(story.public, pictures)
    return replace(story, public=public, problems=(*story.problems, *missing, *_said_by_files(public)))


def _claimed(card: Card, key: str, owner: Card) -> Problem:
    rule = "id-taken" if key.startswith("id ") else "address-taken"
    value = card.item.id if rule == "id-taken" else card.item.url
    return Problem(rule, card.path, values=(value, owner.path))


def _id_killed(card: Card) -> Problem:
    return Problem("id-killed", card.path, values=(card.item.id,))


def _said_by_files(card: Card) -> Iterator[Problem]:
    """Advice on what readers see of a photo that only its file says: nobody may have looked at it."""
    for photo, picture in zip(card.photos, card.pictures, strict=True):
        if photo and picture and picture.said and not (photo.caption or photo.credit):
            said = picture.said
            for field, text in (("caption", said.caption), ("credit", said.credit_line)):
                if text:
                    values = (photo.file, said.kind, field, text)
                    yield Problem("photo-said", card.path, values=values, severity="advice")


def _missing_pictures(card: Card, pictures: Mapping[str, Picture]) -> tuple[Problem, ...]:
    return tuple(
        Problem("picture-missing", card.path, values=(photo.file, picture_path(card.path, photo.file)))
        for photo in card.photos
        if photo and photo.file and picture_path(card.path, photo.file) not in pictures
    )
