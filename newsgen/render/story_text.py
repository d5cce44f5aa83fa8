"""What a page shows of a story beside its card: the body, and the details of the front matter with their links.

Each part is worked out when a template first asks for it: a theme that does not print it does not pay for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from newsgen.citation.medium import Pieces, as_html, as_text
from newsgen.citation.work import Work
from newsgen.model import codec
from newsgen.model.card import Details, Picture
from newsgen.model.page_parts import BodyText, Citations, Records, Revision, ShownPhoto, StoryText
from newsgen.model.pages import Article
from newsgen.model.settings import Agency, Settings, Site
from newsgen.model.story import Caption, Credit, Link, Rights
from newsgen.render.cited import citations_of, highwire_tags, records_of, work_of
from newsgen.render.lazy import Lazy
from newsgen.render.word_diff import word_changes
from newsgen.source.registers import Register
from newsgen.text import markdown, scripts
from newsgen.text.address import brief_anchor, name_key
from newsgen.text.links import in_brief, in_feed, in_page
from newsgen.text.picture_html import PictureInText
from newsgen.text.typography import Typography, typography
from newsgen.wire import caption as caption_grammar
from newsgen.wire.credits import printable

__all__ = ["body_text", "page_text", "story_text"]


def body_text(body: str, address: Callable[[str], str], language: str) -> BodyText:
    """The body of a story as a feed carries it; `address` writes its links. `language` is the story's."""
    return _Body(body, address, typography(language))


def page_text(body: str, pictures: Mapping[str, Picture], site: Site) -> BodyText:
    """The text of a page of the site's own; `pictures` are those of static/, by their names in the text."""
    return _PageBody(body, pictures, site)


def story_text(
    page: Article,
    bodies: tuple[str, ...],
    people: Register,
    settings: Settings,
    site: Site,
) -> StoryText:
    """A story as its own page shows it; `bodies` are its own and those of the versions that it replaces, newest first.

    `people` is the register of `_people.yaml`: it says which name has which page.
    """
    return _Story(page, bodies, people, settings, site)


class _Body(BodyText):
    def __init__(self, body: str, address: Callable[[str], str], typography: Typography) -> None:
        self._body = body
        self._address = address
        self._typography = typography

    @Lazy
    def html(self) -> str:
        return markdown.to_html(self._body, self._address, self._picture, self._typography)

    def _picture(self, _file: str) -> PictureInText | None:
        """The picture of the body that a file is. A feed carries none, as it carries no photos."""
        return None

    @Lazy
    def summary(self) -> str:
        return self._typography.set(markdown.summary(self._body))


_AS_THEY_ARE = ("agency", "headline_raw", "notes", "organisations", "slugline", "updated", "urgency")  # of the details


class _PageBody(_Body):
    def __init__(self, body: str, pictures: Mapping[str, Picture], site: Site) -> None:
        super().__init__(body, in_page(site.prefix), typography(site.language))
        self._pictures = {name: PictureInText(found, "", site.prefix) for name, found in pictures.items()}

    def _picture(self, file: str) -> PictureInText | None:
        return self._pictures.get(file)


class _Detail:
    """An attribute of `_Story` that its details have as it is: they are read when the first of these is asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: _Story, owner: type | None = None) -> Any:
        return getattr(instance._details, self._name)


class _Story(_Body, StoryText):
    agency = _Detail()
    headline_raw = _Detail()
    notes = _Detail()
    organisations = _Detail()
    slugline = _Detail()
    updated = _Detail()
    urgency = _Detail()

    def __init__(
        self, page: Article, bodies: tuple[str, ...], people: Register, settings: Settings, site: Site
    ) -> None:
        url = page.item.url
        address = in_brief(site.prefix, url) if brief_anchor(url) else in_page(site.prefix)
        super().__init__(bodies[0], address, typography(page.item.language or settings.language))
        self._bodies = bodies
        self._site = site
        self._page = page
        self._people = people
        self._settings = settings
        self.id = page.item.id
        self.dateline = page.dateline
        self.corrections = page.corrections

    @Lazy
    def html_elsewhere(self) -> str:
        if markdown.plain_text(self._body) is not None:  # which has no address
            return self.html
        site = self._site
        address = in_feed(site.base_url, site.prefix, self._page.item.url)
        return markdown.to_html(self._body, address, self._pictures_under(site.base_url).get, self._typography)

    @Lazy
    def _details(self) -> Details:
        details = codec.decode(Details, json.loads(self._page.details))
        self.__dict__.update([(name, getattr(details, name)) for name in _AS_THEY_ARE])
        return details

    @Lazy
    def _person_urls(self) -> frozenset[str]:
        """The addresses of the persons' pages that list this story: only to these it links."""
        page = self._page
        return frozenset([link.url for _role, link in page.persons] + [link.url for link in page.people])

    def _link(self, name: str) -> Link:
        link = self._people.link(name)
        return link if link.url in self._person_urls else Link(name)

    @Lazy
    def words(self) -> int:
        return 0 if self._is_unspaced else markdown.count_words(self._body)

    @Lazy
    def letters(self) -> int:
        return markdown.count_letters(self._body) if self._is_unspaced else 0

    @Lazy
    def _is_unspaced(self) -> bool:
        return scripts.is_unspaced(self._body)

    @Lazy
    def byline(self) -> tuple[Link, ...]:
        return tuple([self._link(name) for name in self._details.byline])

    @Lazy
    def credits(self) -> tuple[tuple[Credit, Link], ...]:
        return tuple([(credit, self._link(credit.name)) for credit in self._details.credits])

    @Lazy
    def credit(self) -> str:
        line = self._details.credit
        return printable(line) if line else ""

    @Lazy
    def versions(self) -> tuple[Revision, ...]:
        bodies = self._bodies
        revisions = []
        for number, old in enumerate(self._page.versions):
            changes = word_changes(bodies[number + 1], bodies[number], self._typography)
            revisions.append(Revision(old.item, old.date, changes or (), is_compared=changes is not None))
        return tuple(revisions)

    @Lazy
    def rights(self) -> Rights | None:
        return _rights(self._details, self._settings.agencies)

    @Lazy
    def language(self) -> str:
        language = self._details.language
        return language if language != self._settings.language else ""

    @Lazy
    def direction(self) -> str:
        return self._details.direction or (scripts.direction(self.language) if self.language else "")

    @Lazy
    def _work(self) -> Work:
        return work_of(self._site, self._page, self)

    @Lazy
    def text(self) -> str:
        return markdown.reader_text(self._body)

    @Lazy
    def _citations(self) -> tuple[Pieces, Pieces, Pieces]:
        return citations_of(self._work)

    @Lazy
    def cite_text(self) -> Citations:
        return Citations(*map(as_text, self._citations))

    @Lazy
    def records(self) -> Records:
        return records_of(self._work)

    @Lazy
    def cite(self) -> Citations:
        return Citations(*map(as_html, self._citations))

    @Lazy
    def highwire(self) -> tuple[tuple[str, str], ...]:
        return highwire_tags(self._work)

    @Lazy
    def photos(self) -> tuple[ShownPhoto, ...]:
        in_body = self._details.body_pictures
        shown = [at for at in self._page.photos if not (in_body and in_body[at])]
        return tuple(map(self._shown_photo, shown))

    @Lazy
    def _body_pictures(self) -> dict[str, PictureInText]:
        return self._pictures_under(self._site.prefix)

    def _pictures_under(self, root: str) -> dict[str, PictureInText]:
        """Those of the body whose files are at hand, by their names; `root` goes before their addresses."""
        pictures, details = self._page.pictures, self._details
        shown = [(at, pictures[at]) for at in self._page.photos] if details.body_pictures else []
        return {
            details.body_pictures[at]: PictureInText(found, _caption_line(self._caption(at)), root)
            for at, found in shown
            if found and details.body_pictures[at]
        }

    def _picture(self, file: str) -> PictureInText | None:
        return self._body_pictures.get(file)

    def _caption(self, at: int) -> Caption:
        """The caption of a photo; what its file says, where the story says neither what it shows nor whose it is."""
        caption, picture = self._details.captions[at], self._page.pictures[at]
        if picture and picture.said and not (caption.text or caption.credit):
            return caption_grammar.parse(picture.said.caption, picture.said.credit_line)
        return caption

    def _shown_photo(self, at: int) -> ShownPhoto:
        picture, caption = self._page.pictures[at], self._caption(at)
        return ShownPhoto(picture, caption, self._link(caption.photographer) if caption.photographer else None)

    @Lazy
    def photo_credits(self) -> tuple[str, ...]:
        shown, captions = self._page.photos, self._details.captions
        return tuple([caption.credit for at, caption in enumerate(captions) if at not in shown and caption.credit])

    @Lazy
    def contributors(self) -> tuple[tuple[str, Link], ...]:
        return tuple([(person.role, self._link(person.name)) for person in self._details.contributors])


def _caption_line(caption: Caption) -> str:
    """A caption with its credit and restrictions, in a line."""
    return " ".join(part for part in (caption.text, caption.credit, caption.restrictions) if part)


def _rights(details: Details, agencies: tuple[Agency, ...]) -> Rights | None:
    """The story's own rights, else those that the settings give its agency."""
    if details.rights is not None:
        return details.rights
    if not agencies or not details.agency:
        return None
    names = {name_key(name) for name in details.agency}
    notice = next((agency.rights for agency in agencies if agency.rights and name_key(agency.name) in names), "")
    return Rights(notice=notice) if notice else None
