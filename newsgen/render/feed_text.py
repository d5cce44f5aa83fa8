"""A story as a feed carries it: corrections first, then its picture, then its text; and a feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from newsgen.language.language import Language
from newsgen.model.feed_pages import FeedEntry, JsonFeed
from newsgen.model.page_parts import BodyText, FeedText
from newsgen.model.settings import Site
from newsgen.render.lazy import Lazy

__all__ = ["feed_text", "json_feed"]


def feed_text(entry: FeedEntry, body: BodyText, language: Language, base_url: str) -> FeedText:
    """What a feed shows of a story, whose body it has already; `language` is the site's."""
    return _FeedText(entry, body, language, base_url)


class _FeedText(FeedText):
    def __init__(self, entry: FeedEntry, body: BodyText, language: Language, base_url: str) -> None:
        self._entry = entry
        self._body = body
        self._language = language
        self._base_url = base_url

    @Lazy
    def title(self) -> str:
        """The headline; of a corrected story one that says so, unless the wire has put that before it."""
        item, notes = self._entry.item, self._entry.corrections
        if not notes or any(label.lower().startswith(("correct", "clarif", "refile")) for label in item.labels):
            return item.headline
        return self._language.say(f"headline_{notes[0].kind}", headline=item.headline)

    @Lazy
    def html(self) -> str:
        return self._body.html

    @Lazy
    def summary(self) -> str:
        return " ".join([*self._notes, self._body.summary])

    @Lazy
    def _notes(self) -> list[str]:
        say, day = self._language.say, self._language.long_day
        return [
            f"{say('correction_on', kind=say(note.kind), when=day(note.date.day))}: {note.text}"
            for note in self._entry.corrections
        ]

    @Lazy
    def content(self) -> str:
        notes = "".join(f"<p><em>{escape(note)}</em></p>\n" for note in self._notes)
        return f"{notes}{self._figure}{self._text}"

    @Lazy
    def _figure(self) -> str:
        picture, caption = self._entry.picture, self._entry.caption
        if not picture or not caption:
            return ""
        said = " ".join(filter(None, (caption.text, caption.credit, caption.restrictions)))
        size = f'width="{picture.width}" height="{picture.height}"'
        image = f'<img src="{escape(self._base_url + picture.url)}" {size} alt="{escape(picture.alt)}">'
        return f"<figure>{image}{f'<figcaption>{escape(said)}</figcaption>' if said else ''}</figure>\n"

    @Lazy
    def _text(self) -> str:
        """The body, with the dateline run in to its first paragraph."""
        html, dateline = self._body.html, escape(self._entry.dateline)
        if not dateline:
            return html
        return f"<p>{dateline} — {html[3:]}" if html.startswith("<p>") else f"<p>{dateline}</p>{html}"


def json_feed(site: Site, data: JsonFeed, texts: tuple[FeedText, ...]) -> str:
    """A feed as JSON Feed 1.1 (jsonfeed.org), with the same entries as the Atom feed."""
    feed, base = data.feed, site.base_url
    items = [_json_entry(base, entry, text, feed.content) for entry, text in zip(feed.entries, texts, strict=True)]
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base + feed.url,
        "feed_url": base + data.url,
        "authors": [{"name": site.title, "url": f"{base}/"}],
        "language": site.language,
        "items": items,
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


def _json_entry(base_url: str, entry: FeedEntry, text: FeedText, content: str) -> Mapping[str, object]:
    found = {
        "id": entry.uid,
        "url": base_url + entry.item.url,
        "title": text.title,
        "summary": text.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "image": base_url + entry.picture.url if entry.picture else "",
    }
    body = {"content_html": text.content} if content == "full" else {"content_text": text.summary}
    return {key: value for key, value in found.items() if value} | body
