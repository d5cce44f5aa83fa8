"""Story to card: what other pages may know of a story, and under which names it is filed.

`Register` knows which spellings are one person or place (_people.yaml, _places.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from newsgen.model import codec
from newsgen.model.card import Card, Details, Item, Picture
from newsgen.model.settings import Agency, SectionFile, Settings
from newsgen.model.story import Caption, Credit, Link, Story
from newsgen.source.registers import Register
from newsgen.text.address import collision_key, name_key, picture_path, slug_of_name
from newsgen.text.english import join_names
from newsgen.text.memo import cache_short_text
from newsgen.wire import caption as caption_grammar
from newsgen.wire.dateline import place_name

__all__ = ["ROLES", "captions", "card", "claim_keys", "person_roles", "story_url", "with_pictures"]

# What a person did, in the order in which a person's page shows it, and the credit roles that count as it.
ROLES: Mapping[str, tuple[str, ...]] = {
    "reporting": ("reporting", "additional_reporting", "byline", "polling", "contributing"),
    "writing": ("writing", "additional_writing", "compiling"),
    "editing": ("editing", "additional_editing"),
    "photos": ("photographer", "photography", "photos", "photo", "pictures"),
    "graphics": ("graphics", "graphic"),
    "translation": ("translation", "translating"),
    "research": ("research",),
    "subject": (),
}
_ROLE_OF = {credit: role for role, counted in ROLES.items() for credit in counted}


def story_url(story: Story, settings: Settings) -> str:
    """A story's address from the settings' permalink."""
    year, month, day = story.date.day.split("-")
    link = settings.permalink
    return link.format(
        section=slug_of_name(story.section), year=year, month=month, day=day, slug=story.slug,
        id=slug_of_name(story.id) if "{id}" in link else "",  # 10 µs, for no id comes twice
    )  # fmt: skip


def captions(story: Story) -> tuple[Caption, ...]:
    """The captions of a story's photos, read."""
    return tuple(caption_grammar.parse(photo.caption, photo.credit) for photo in story.photos)


def person_roles(story: Story, agencies: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """(role, name as written) of everybody who worked on a story's text, each once a role.

    A byline counts as reporting unless the credit line says what its person did. Agencies and desks are no persons.
    """
    found: dict[tuple[str, str], None] = {}
    own = agencies.union(map(name_key, story.agency)) if story.agency else agencies

    def add(role: str, name: str) -> None:
        if name and name_key(name) not in own:
            found.setdefault((role, name))

    credited = {name_key(c.name) for c in story.credits if _ROLE_OF.get(c.role) in ("reporting", "writing")}
    for name in story.byline:
        if name_key(name) not in credited:
            add("reporting", name)
    for credit in story.credits:
        if not credit.is_group and credit.role in _ROLE_OF:
            add(_ROLE_OF[credit.role], credit.name)
    for name in story.editors:
        add("editing", name)
    for contributor in story.contributors:
        add(_ROLE_OF.get(contributor.role.casefold().replace(" ", "_"), "reporting"), contributor.name)
    return tuple(found)


@lru_cache(8)  # of the one site that is built, and those of a test
def _agency_keys(agencies: tuple[Agency, ...]) -> frozenset[str]:
    return frozenset(name_key(agency.name) for agency in agencies)


def _unique(pairs: Iterable[tuple[str, Link]]) -> tuple[tuple[str, Link], ...]:
    kept: dict[tuple[str, str], tuple[str, Link]] = {}
    for role, link in pairs:
        kept.setdefault((role, link.url), (role, link))
    return tuple(kept.values())


def card(
    story: Story,
    digest: str,
    settings: Settings,
    sections: Mapping[str, SectionFile],
    people: Register,
    places: Register,
    about: tuple[str, str] = ("", ""),
) -> Card:
    """The card of a story whose file has this digest; its pictures are filled in by the index.

    `about` is what `terms.choose` says of it.
    """
    if story.status == "killed":
        return _killed(story, digest)
    folder = slug_of_name(story.section)
    titled = sections.get(folder)
    section = Link(titled.title if titled and titled.title else story.section, f"/{folder}/")
    agencies = _agency_keys(settings.agencies)
    workers = [(role, people.link(name)) for role, name in person_roles(story, agencies)]
    subjects = [("subject", people.link(name)) for name in story.people]
    datelined = [places.link(place_name(place)) for place in (story.dateline.places if story.dateline else ())]
    read = captions(story)
    photographers = tuple(_photographer(caption, agencies, people) for caption in read)
    url = story_url(story, settings)
    item = Item(
        id=story.id,
        url=url,
        headline=story.headline,
        labels=story.labels,
        day=story.date.day,
        time=story.date.time,
        iso=story.date.iso,
        section=section.name,
        section_url=section.url,
        place=" / ".join(place.name for place in datelined),
        byline=join_names(story.byline),
        type=story.type,
    )
    return Card(
        path=story.path,
        digest=digest,
        item=item,
        instant=story.date.instant,
        hour=story.date.time[:2] or "00",
        zone=story.date.zone,
        section=section,
        tags=tuple({link.url: link for link in (_tag(tag) for tag in story.tags)}.values()),
        people=_unique([*workers, *subjects]),
        places=_unique([("dateline", p) for p in datelined] + [("about", places.link(p)) for p in story.places]),
        related=story.related,
        photos=story.photos,
        photographers=photographers,
        modified=_modified(story),
        is_indexable=not story.noindex,
        dateline=story.dateline.text if story.dateline else "",
        language=story.language,
        status=story.status,
        embargo=story.embargo,
        is_on_hold=story.is_on_hold,
        expires=story.expires,
        updates=story.updates,
        corrections=story.corrections,
        terms=about[0],
        borderline_words=about[1],
        details=_details(story, read),
    )


def _killed(story: Story, digest: str) -> Card:
    """The card of a story that was killed: nothing of it but its id, its place in a chain, and when and why it went."""
    nothing = Item(
        id=story.id, url="", headline="", labels=(), day="", time="", iso="", section="", section_url="", place="",
        byline="", type="",
    )  # fmt: skip
    return Card(
        path=story.path, digest=digest, item=nothing, instant=0, hour="", zone="", section=Link(""),
        status=story.status, updates=story.updates, kill=story.kill,
    )  # fmt: skip


def _modified(story: Story) -> str:
    """When a story last changed, by its own word: first published, updated, or corrected."""
    if not story.updated and not story.corrections:  # nearly all
        return story.date.iso
    changes = [story.date, *([story.updated] if story.updated else []), *(note.date for note in story.corrections)]
    return max(changes, key=lambda moment: moment.instant).iso


def _details(story: Story, read: tuple[Caption, ...]) -> str:
    details = Details(
        byline=story.byline,
        agency=story.agency,
        credit=story.credit,
        credits=story.credits or tuple(Credit("editing", name) for name in story.editors),
        headline_raw=story.headline_raw if story.headline_raw != story.headline else "",
        slugline=story.slugline,
        notes=story.notes,
        updated=story.updated,
        rights=story.rights,
        language=story.language,
        direction=story.direction,
        captions=read,
        contributors=story.contributors,
        organisations=story.organisations,
        urgency=story.urgency,
    )
    return codec.to_json(details)


@cache_short_text
def _tag(tag: str) -> Link:
    return Link(tag, f"/tags/{slug_of_name(tag)}/")


def claim_keys(card: Card) -> tuple[str, str]:
    """What only one story may have: its id, and its address as the strictest file system sees it."""
    return f"id {card.item.id}", f"url {collision_key(card.item.url)}"


def _photographer(caption: Caption, agencies: frozenset[str], people: Register) -> Link | None:
    name = caption.photographer
    return people.link(name) if name and name_key(name) not in agencies else None


def with_pictures(card: Card, pictures: Mapping[str, Picture]) -> Card:
    """The card with the pictures and photographers of the photos that it may show; the first picture is the item's."""
    shown: list[Picture | None] = []
    people = list(card.people)
    for photo, photographer in zip(card.photos, card.photographers, strict=True):
        found = pictures.get(picture_path(card.path, photo.file)) if photo and photo.file else None
        shown.append(replace(found, alt=photo.alt) if found and photo else None)
        if photo and photographer:
            people.append(("photos", photographer))
    first = next((picture for picture in shown if picture), None)
    item = replace(card.item, picture=first)
    return replace(card, pictures=tuple(shown), people=_unique(people), item=item)
