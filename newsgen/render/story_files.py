"""The files beside a story's page: its text for people and their programs, and its data as ninjs.

ninjs 3.1 is the IPTC's JSON for news. Its schema may be extended by properties of a provider's own; ours are `issued`
(the day, for stories without an hour), `dateline`, `section`, `credit`, `newestVersion`, and `citation`, which has the
story's citations in every style and format. A page of briefs is one object with a list of such stories.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from newsgen.language.language import Language, language_of
from newsgen.model.page_parts import StoryText
from newsgen.model.pages import Article, StoryFile
from newsgen.model.settings import Site
from newsgen.model.story import Link, Moment, Rights

__all__ = ["make_story_file"]

_STANDARD = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}
_LINE = "-" * 72  # between two stories
_to_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one for each story


def make_story_file(site: Site, data: StoryFile, stories: tuple[StoryText, ...]) -> str:
    """A file with some stories and their texts."""
    return _FORMS[data.form](site, data, stories)


def _text_file(site: Site, data: StoryFile, stories: tuple[StoryText, ...]) -> str:
    """UTF-8 text: one paragraph a line, blank lines between; after each story how to cite it."""
    told = ["\n\n".join(_told(site, *pair)) for pair in zip(data.stories, stories, strict=True)]
    return f"\n\n{_LINE}\n\n".join([*([data.title] if data.title else []), *told]) + "\n"


def _told(site: Site, page: Article, story: StoryText) -> Iterator[str]:
    """A story in pieces of text."""
    item, language = page.item, language_of(site.language, site.words)
    say = language.say
    yield item.headline
    names = language.join([link.name for link in story.byline])
    head = [
        say("by", names=names) if names else "",
        language.join(story.agency),
        say("published_on", when=_when(page.date, language)),
        say("updated_at", when=_when(story.updated, language)) if story.updated else "",
        f"{site.title}, {item.section}",
        site.base_url + item.url,
    ]
    yield "\n".join(filter(None, head))
    if page.newest:
        yield say("newer_version_at", url=site.base_url + page.newest.url)
    for note in story.corrections:
        yield f"{say('correction_on', kind=say(note.kind), when=_when(note.date, language))}: {note.text}"
    yield f"{story.dateline} — {story.text}" if story.dateline else story.text
    yield from story.notes
    if story.credit:
        yield story.credit
    if rights := _rights(story.rights):
        yield rights
    cite = story.cite_text
    yield f"APA: {cite.apa}\n\nMLA: {cite.mla}\n\nChicago: {cite.chicago}"
    yield story.records.bibtex
    yield story.records.ris


def _when(moment: Moment, language: Language) -> str:
    return language.when(moment.day, moment.time, moment.zone)


def _rights(rights: Rights | None) -> str:
    parts = (rights.holder, rights.notice, rights.usage, rights.restrictions) if rights else ()
    return ". ".join(filter(None, parts)).replace("..", ".")


def _data_file(site: Site, data: StoryFile, stories: tuple[StoryText, ...]) -> str:
    """ninjs: one story, or those of a page of briefs."""
    items = [_ninjs(site, *pair) for pair in zip(data.stories, stories, strict=True)]
    if not data.title:
        return f"{items[0]}\n"
    start = _to_json({"uri": site.base_url + data.url, "title": data.title})
    return f'{start[:-1]}, "stories": [{", ".join(items)}]}}\n'


def _ninjs(site: Site, page: Article, story: StoryText) -> str:
    """A story as a ninjs object in JSON; what is not known of it is left out."""
    item, rights = page.item, story.rights
    language = story.language or site.language
    found = {
        "uri": site.base_url + item.url,
        "standard": _STANDARD,
        "type": "text",
        "altIds": [{"role": "id", "value": item.id}],
        "language": language,
        "firstCreated": item.iso if "T" in item.iso else "",
        "versionCreated": page.modified if "T" in page.modified else "",
        "urgency": story.urgency,
        "slugline": story.slugline,
        "headlines": [
            {"role": "main", "value": item.headline},
            *([{"role": "raw", "value": story.headline_raw}] if story.headline_raw else []),
        ],
        "by": language_of(site.language, site.words).join([link.name for link in story.byline]),
        "located": item.place,
        "descriptions": [
            *({"role": note.kind, "value": f"{note.date.iso}: {note.text}"} for note in story.corrections),
            *({"role": "note", "value": note} for note in story.notes),
        ],
        "bodies": [{"role": "main", "contentType": "text/html", "value": story.html_elsewhere}],
        "subjects": _named(site, page.tags),
        "people": [
            *({"rel": role, **_entry(site, link)} for role, link in page.persons),
            *({"rel": "about", **_entry(site, link)} for link in page.people),
        ],
        "organisations": [{"name": name} for name in story.organisations],
        "places": _named(site, page.places),
        "infoSources": [{"name": name} for name in story.agency],
        "copyrightHolder": rights.holder if rights else "",
        "copyrightNotice": rights.notice if rights else "",
        "usageTerms": ". ".join(filter(None, (rights.usage, rights.restrictions))) if rights else "",
        "associations": list(_pictures(site, story)),
        "issued": item.day,
        "dateline": story.dateline,
        "section": item.section,
        "credit": story.credit,
        "newestVersion": site.base_url + page.newest.url if page.newest else "",
    }
    known = _to_json({key: value for key, value in found.items() if value})
    return f'{known[:-1]}, "citation": {_citation(story)}}}'


def _entry(site: Site, link: Link) -> dict[str, str]:
    return {"name": link.name, "uri": site.base_url + link.url} if link.url else {"name": link.name}


def _named(site: Site, links: tuple[Link, ...]) -> list[dict[str, str]]:
    return [_entry(site, link) for link in links]


def _pictures(site: Site, story: StoryText) -> Iterator[Mapping[str, object]]:
    """The photos that are shown, as associated items."""
    for number, photo in enumerate((photo for photo in story.photos if photo.picture), 1):
        picture = photo.picture
        assert picture is not None
        href = site.base_url + picture.url
        rendition = {"name": "main", "href": href, "contentType": picture.type}
        found = {
            "name": f"picture {number}",
            "uri": href,
            "type": "picture",
            "descriptions": [{"role": "caption", "value": photo.caption.text}] if photo.caption.text else [],
            "by": photo.caption.credit,
            "usageTerms": photo.caption.restrictions,
            "renditions": [{**rendition, "width": picture.width, "height": picture.height}],
        }
        yield {key: value for key, value in found.items() if value}


def _citation(story: StoryText) -> str:
    """The citations of a story in JSON, as its record for citeproc is already."""
    cite, records = story.cite_text, story.records
    found = {
        "apa": cite.apa,
        "mla": cite.mla,
        "chicago": cite.chicago,
        "bibtex": records.bibtex,
        "ris": records.ris,
    }
    return f'{_to_json(found)[:-1]}, "csl": {records.csl}}}'


_FORMS: Mapping[str, Callable[[Site, StoryFile, tuple[StoryText, ...]], str]] = {"txt": _text_file, "json": _data_file}
