"""Story to card: what other pages may know of a story, and under which names it is filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsgen.index.briefs import brief_url, is_brief
from newsgen.language.language import Language, language_of
from newsgen.model import codec
from newsgen.model.card import Card, Details, Item, Picture
from newsgen.model.settings import SectionFile, Settings
from newsgen.model.story import Caption, Credit, Link, Story
from newsgen.source.registers import Register
from newsgen.source.site_notes import SiteNotes
from newsgen.source.storylines import Storylines
from newsgen.text.address import brief_anchor, collision_key, name_key, picture_path, slug_of_name
from newsgen.text.memo import cache_short_text
from newsgen.text.opening import opening
from newsgen.text.scripts import direction
from newsgen.text.typography import Typography, typography
from newsgen.wire import caption as caption_grammar
from newsgen.wire.place_names import place_name

__all__ = [
    "ROLES",
    "CardInputs",
    "card_inputs",
    "claim_keys",
    "make_card",
    "parse_captions",
    "story_url",
    "with_pictures",
]

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


@dataclass(frozen=True, slots=True)
class CardInputs:
    """What the cards of a site depend on beside their stories. A change to any of it makes all cards again."""

    settings: Settings
    sections: Mapping[str, SectionFile]  # by the address of the section
    people: Register
    places: Register
    topics: Register
    storylines: Storylines
    agencies: frozenset[str]  # keys of the names of the site's agencies, which are no persons
    language: Language  # of the site


def card_inputs(site_notes: SiteNotes) -> CardInputs:
    """What the cards of a site depend on, made once for all of them."""
    people, places, topics = site_notes.registers()
    agencies = frozenset(name_key(agency.name) for agency in site_notes.settings.agencies)
    language = language_of(site_notes.settings.language, site_notes.settings.words)
    storylines = site_notes.storyline_finder()
    sections = site_notes.section_files()
    return CardInputs(site_notes.settings, sections, people, places, topics, storylines, agencies, language)


def make_card(story: Story, digest: str, inputs: CardInputs, terms: tuple[str, str] = ("", "")) -> Card:
    """The card of a story whose file has this digest. It has no pictures yet: see `with_pictures`.

    `terms` is what `related.terms.choose_terms` says of the story: its terms, and the words that may become some.
    """
    if story.status == "killed":
        return _killed(story, digest)
    people, places = inputs.people, inputs.places
    folder = slug_of_name(story.section)
    section_file = inputs.sections.get(folder)
    section = Link((section_file.title if section_file else "") or story.section, f"/{folder}/")
    workers = [(role, people.link(name)) for role, name in _person_roles(story, inputs.agencies)]
    subjects = [("subject", people.link(name)) for name in story.people]
    datelined = [places.link(place_name(place)) for place in (story.dateline.places if story.dateline else ())]
    marks = typography(story.language or inputs.settings.language)
    topic = inputs.topics.link if inputs.topics.names else _tag
    tags = tuple({link.url: link for link in map(topic, story.tags)}.values())
    captions = parse_captions(story)
    photographers = tuple(_photographer(caption, inputs) for caption in captions)
    language, written = _language(story, inputs.settings.language)
    url = story_url(story, inputs.settings)
    item = Item(
        id=story.id,
        url=url,
        headline=marks.set(story.headline),
        labels=story.labels,
        day=story.date.day,
        time=story.date.time,
        iso=story.date.iso,
        section=section.name,
        section_url=section.url,
        place=" / ".join(place.name for place in datelined),
        byline=inputs.language.join(story.byline),
        type=story.type,
        language=language,
        direction=written,
    )
    return Card(
        path=story.path,
        digest=digest,
        item=item,
        instant=story.date.instant,
        hour=story.date.time[:2],
        zone=story.date.zone,
        section=section,
        tags=tags,
        people=_unique([*workers, *subjects]),
        places=_unique([("dateline", p) for p in datelined] + [("about", places.link(p)) for p in story.places]),
        storylines=inputs.storylines.of(story, tags),
        related=story.related,
        photos=story.photos,
        photographers=photographers,
        modified=_modified(story),
        summary=marks.set(opening(story.body)),
        is_indexable=not story.noindex,
        is_brief=bool(brief_anchor(url)),
        dateline=story.dateline.text if story.dateline else "",
        status=story.status,
        embargo=story.embargo,
        is_on_hold=story.is_on_hold,
        expires=story.expires,
        updates=story.updates,
        aliases=story.aliases,
        corrections=tuple([replace(note, text=marks.set(note.text)) for note in story.corrections]),
        terms=terms[0],
        borderline_words=terms[1],
        details=_details(story, captions, marks),
    )


def _killed(story: Story, digest: str) -> Card:
    """The card of a killed story: nothing of it but its id, its place among its versions, and when and why it went."""
    no_item = Item(
        id=story.id, url="", headline="", labels=(), day="", time="", iso="", section="", section_url="", place="",
        byline="", type="",
    )  # fmt: skip
    return Card(
        path=story.path, digest=digest, item=no_item, instant=0, hour="", zone="", section=Link(""),
        status=story.status, updates=story.updates, kill=story.kill,
    )  # fmt: skip


def _language(story: Story, site_language: str) -> tuple[str, str]:
    """The language of a story and which way it is written; each "" where it is the site's."""
    language = story.language if story.language != site_language else ""
    written = story.direction or (direction(language) if language else "")
    return language, written if written and written != direction(site_language) else ""


def story_url(story: Story, settings: Settings) -> str:
    """A story's address, by the settings `permalink` and `group_briefs`."""
    year, month, day = story.date.day.split("-")
    permalink, section = settings.permalink, slug_of_name(story.section)
    url = permalink.format(
        section=section, year=year, month=month, day=day, slug=story.slug,
        id=slug_of_name(story.id) if "{id}" in permalink else "",  # takes 10 µs, for no id comes twice
    )  # fmt: skip
    return brief_url(section, story.date.day, url) if is_brief(story, settings) else url


def parse_captions(story: Story) -> tuple[Caption, ...]:
    """The captions of a story's photos, in order."""
    return tuple(caption_grammar.parse(photo.caption, photo.credit) for photo in story.photos)


def _person_roles(story: Story, agencies: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """(role, name as written) of everybody who worked on a story's text, each once in a role.

    A byline counts as reporting unless the credit line says what its person did. Agencies and desks are no persons.
    """
    roles: dict[tuple[str, str], None] = {}
    no_persons = agencies.union(map(name_key, story.agency)) if story.agency else agencies

    def add(role: str, name: str) -> None:
        if name and name_key(name) not in no_persons:
            roles.setdefault((role, name))

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
    return tuple(roles)


def _photographer(caption: Caption, inputs: CardInputs) -> Link | None:
    name = caption.photographer
    return inputs.people.link(name) if name and name_key(name) not in inputs.agencies else None


@cache_short_text
def _tag(tag: str) -> Link:
    return Link(tag, f"/tags/{slug_of_name(tag)}/")


def _unique(pairs: Iterable[tuple[str, Link]]) -> tuple[tuple[str, Link], ...]:
    """(role, person or place), the first of each role and address."""
    unique: dict[tuple[str, str], tuple[str, Link]] = {}
    for role, link in pairs:
        unique.setdefault((role, link.url), (role, link))
    return tuple(unique.values())


def _modified(story: Story) -> str:
    """When a story last changed, as it says itself: published, updated, or corrected."""
    if not story.updated and not story.corrections:  # nearly all
        return story.date.iso
    changes = [story.date, *([story.updated] if story.updated else []), *(note.date for note in story.corrections)]
    return max(changes, key=lambda moment: moment.instant).iso


def _details(story: Story, captions: tuple[Caption, ...], marks: Typography) -> str:
    details = Details(
        byline=story.byline,
        agency=story.agency,
        credit=story.credit,
        credits=story.credits or tuple(Credit("editing", name) for name in story.editors),
        headline_raw=story.headline_raw if story.headline_raw != story.headline else "",
        slugline=story.slugline,
        notes=tuple(map(marks.set, story.notes)),
        updated=story.updated,
        rights=story.rights,
        language=story.language,
        direction=story.direction,
        body_pictures=tuple([photo.file if photo.file in story.body_pictures else "" for photo in story.photos])
        if story.body_pictures
        else (),
        captions=tuple([replace(caption, text=marks.set(caption.text)) for caption in captions]) if captions else (),
        contributors=story.contributors,
        organisations=story.organisations,
        urgency=story.urgency,
    )
    return codec.to_json(details)


def claim_keys(card: Card) -> tuple[str, str]:
    """What only one story may have: its id, and its address as the strictest file system takes it."""
    return f"id {card.item.id}", f"url {collision_key(card.item.url)}"


def with_pictures(card: Card, pictures: Mapping[str, Picture]) -> Card:
    """The card with the pictures and photographers of the photos that it may show; the first picture is the item's.

    `pictures` are by path.
    """
    shown: list[Picture | None] = []
    people = list(card.people)
    for photo, photographer in zip(card.photos, card.photographers, strict=True):
        picture = pictures.get(picture_path(card.path, photo.file)) if photo and photo.file else None
        shown.append(replace(picture, alt=photo.alt) if picture and photo else None)
        if photo and photographer:
            people.append(("photos", photographer))
    first = next((picture for picture in shown if picture), None)
    item = replace(card.item, picture=replace(first, said=None) if first and first.said else first)
    return replace(card, pictures=tuple(shown), people=_unique(people), item=item)
