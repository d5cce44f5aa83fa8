"""A page to its bytes: pure, and the same in every worker.

The bytes of the files that a page needs come in with it, in the order of `page.needs`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsgen import codec, markup, metadata, parse
from newsgen.address import name_key
from newsgen.cards import Register
from newsgen.model import Details, Link, Rights
from newsgen.pages import Article, Asset, Copied, Feed, Page, Shown
from newsgen.parts import BodyText, ShownPhoto, StoryText
from newsgen.site import Agency, Settings, Site
from newsgen.templates import Theme
from newsgen.wire.credits import printable

__all__ = ["Renderer"]


class Renderer:
    """Turns pages of one site into bytes."""

    def __init__(
        self,
        site: Site,
        settings: Settings,
        people: Register,
        theme: Theme,
        assets: Mapping[str, bytes],
    ) -> None:
        self._site = site
        self._settings = settings
        self._people = people
        self._theme = theme
        self._assets = assets
        theme.use(site)

    def render(self, page: Page, sources: tuple[bytes, ...]) -> bytes:
        """The bytes of a page. ContentError where a template fails."""
        data = page.data
        if isinstance(data, Asset):
            return self._assets[data.name]
        if isinstance(data, Copied):
            return sources[0]
        if isinstance(data, Article):
            text = self._story_text(page, data, sources[0])
            return self._fill(page, metadata.head(self._site, data, text), (text,))
        if isinstance(data, Feed):
            bodies = tuple(_body_text(source) for source in sources)
            return self._fill(page, None, bodies)
        return self._fill(page, metadata.head(self._site, data) if isinstance(data, Shown) else None, ())

    def _fill(self, page: Page, head: object, stories: tuple[object, ...]) -> bytes:
        owner = page.needs[0].path if isinstance(page.data, Article) else page.url
        text = self._theme.render(page.template, owner, page=page.data, head=head, stories=stories)
        return text.encode("utf-8")

    def _story_text(self, page: Page, data: Article, source: bytes) -> StoryText:
        body = parse.body(source, page.needs[0].path)
        details = codec.decode(Details, json.loads(data.details))
        by_url = {link.url for _role, link in data.persons} | {link.url for link in data.people}

        def link(name: str) -> Link:
            found = self._people.link(name)
            return found if found.url in by_url else Link(name)

        read = details.captions
        photos = tuple(
            ShownPhoto(data.pictures[at], read[at], link(read[at].photographer) if read[at].photographer else None)
            for at in data.photos
        )
        return StoryText(
            id=data.item.id,
            html=markup.html(body),
            summary=markup.summary(body),
            words=markup.words(body),
            dateline=data.dateline,
            agency=details.agency,
            byline=tuple(link(name) for name in details.byline),
            credits=tuple((credit, link(credit.name)) for credit in details.credits),
            credit=printable(details.credit) if details.credit else "",
            headline_raw=details.headline_raw,
            slugline=details.slugline,
            notes=details.notes,
            corrections=details.corrections,
            updated=details.updated,
            rights=_rights(details, self._settings.agencies),
            language=details.language if details.language != self._site.language else "",
            direction=details.direction,
            photos=photos,
            contributors=tuple((person.role, link(person.name)) for person in details.contributors),
            organisations=details.organisations,
            urgency=details.urgency,
        )


def _body_text(source: bytes) -> BodyText:
    body = parse.body(source)
    return BodyText(markup.html(body), markup.summary(body))


def _rights(details: Details, agencies: tuple[Agency, ...]) -> Rights | None:
    """The story's own rights, else those that the settings give its agency."""
    if details.rights is not None:
        return details.rights
    if not agencies or not details.agency:
        return None
    own = {name_key(name) for name in details.agency}
    notice = next((a.rights for a in agencies if a.rights and name_key(a.name) in own), "")
    return Rights(notice=notice) if notice else None
