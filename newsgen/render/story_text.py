"""What a page shows of a story beside its card: the body, and the details of the front matter with their links.

Each part is made when a template first asks for it: a theme that does not print it does not pay for it.
"""

from __future__ import annotations

import json

from newsgen.model import codec
from newsgen.model.card import Details
from newsgen.model.page_parts import BodyText, Revision, ShownPhoto, StoryText
from newsgen.model.pages import Article
from newsgen.model.settings import Agency, Settings
from newsgen.model.story import Correction, Credit, Link, Moment, Rights
from newsgen.render.lazy import Lazy
from newsgen.render.word_diff import changes
from newsgen.source.registers import Register
from newsgen.text import markdown
from newsgen.text.address import name_key
from newsgen.wire.credits import printable

__all__ = ["body_text", "story_text"]


def body_text(body: str) -> BodyText:
    """The body of a story as a feed carries it."""
    return _Body(body)


def story_text(page: Article, body: str, older: tuple[str, ...], people: Register, settings: Settings) -> StoryText:
    """A story as its own page shows it; `older` are the bodies of the versions that it replaces, newest first."""
    return _Story(page, body, older, people, settings)


class _Body(BodyText):
    def __init__(self, body: str) -> None:
        self._body = body

    @Lazy
    def html(self) -> str:
        return markdown.to_html(self._body)

    @Lazy
    def summary(self) -> str:
        return markdown.summary(self._body)


class _Story(_Body, StoryText):
    def __init__(self, page: Article, body: str, older: tuple[str, ...], people: Register, settings: Settings) -> None:
        self._body = body
        self._older = older
        self._page = page
        self._people = people
        self._settings = settings
        self.id = page.item.id
        self.dateline = page.dateline

    @Lazy
    def _details(self) -> Details:
        return codec.decode(Details, json.loads(self._page.details))

    @Lazy
    def _pages(self) -> frozenset[str]:
        """The addresses of the persons who have a page that lists this story."""
        page = self._page
        return frozenset([link.url for _role, link in page.persons] + [link.url for link in page.people])

    def _link(self, name: str) -> Link:
        found = self._people.link(name)
        return found if found.url in self._pages else Link(name)

    @Lazy
    def words(self) -> int:
        return markdown.count_words(self._body)

    @Lazy
    def agency(self) -> tuple[str, ...]:
        return self._details.agency

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
    def headline_raw(self) -> str:
        return self._details.headline_raw

    @Lazy
    def slugline(self) -> str:
        return self._details.slugline

    @Lazy
    def notes(self) -> tuple[str, ...]:
        return self._details.notes

    @Lazy
    def corrections(self) -> tuple[Correction, ...]:
        return self._page.corrections

    @Lazy
    def versions(self) -> tuple[Revision, ...]:
        bodies = (self._body, *self._older)
        found = []
        for number, old in enumerate(self._page.versions):
            changed = changes(bodies[number + 1], bodies[number])
            found.append(Revision(old.item, old.date, changed or (), changed is not None))
        return tuple(found)

    @Lazy
    def updated(self) -> Moment | None:
        return self._details.updated

    @Lazy
    def rights(self) -> Rights | None:
        return _rights(self._details, self._settings.agencies)

    @Lazy
    def language(self) -> str:
        language = self._details.language
        return language if language != self._settings.language else ""

    @Lazy
    def direction(self) -> str:
        return self._details.direction

    @Lazy
    def photos(self) -> tuple[ShownPhoto, ...]:
        page, read = self._page, self._details.captions
        return tuple([
            ShownPhoto(
                page.pictures[at], read[at], self._link(read[at].photographer) if read[at].photographer else None
            )
            for at in page.photos
        ])  # fmt: skip

    @Lazy
    def photo_credits(self) -> tuple[str, ...]:
        kept = self._page.photos
        return tuple([one.credit for at, one in enumerate(self._details.captions) if at not in kept and one.credit])

    @Lazy
    def contributors(self) -> tuple[tuple[str, Link], ...]:
        return tuple([(person.role, self._link(person.name)) for person in self._details.contributors])

    @Lazy
    def organisations(self) -> tuple[str, ...]:
        return self._details.organisations

    @Lazy
    def urgency(self) -> int | None:
        return self._details.urgency


def _rights(details: Details, agencies: tuple[Agency, ...]) -> Rights | None:
    """The story's own rights, else those that the settings give its agency."""
    if details.rights is not None:
        return details.rights
    if not agencies or not details.agency:
        return None
    own = {name_key(name) for name in details.agency}
    notice = next((a.rights for a in agencies if a.rights and name_key(a.name) in own), "")
    return Rights(notice=notice) if notice else None
