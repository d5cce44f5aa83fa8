"""What a page says about itself to programs: schema.org as JSON-LD, ready for a script element.

NewsArticle follows schema.org and Google's Article page: dates with zone, authors without "By", no person invented:
where copy names nobody, the agency is the author. The JSON is joined from encoded pieces, which costs a fifth of what
`json.dumps` of the same graph does: it is the dearest part of an article's head, and every article has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring

from newsgen.model.page_parts import StoryText
from newsgen.model.pages import Article, Corrections, Directory, Listing
from newsgen.model.settings import Site
from newsgen.model.story import Link
from newsgen.text.english import truncate

__all__ = ["article", "corrections", "directory", "home", "listing"]

Json = str  # a value as JSON text
HEADLINE_LIMIT = 110  # characters of a NewsArticle's headline

_text = (
    encode_basestring  # a string as JSON, by the function in C itself: the encoder around it costs five times as much
)


def article(site: Site, page: Article, story: StoryText, description: str, card: str) -> str:
    """An article's NewsArticle and the way to it. `card` is the image of a story without one."""
    item = page.item
    url = _text(site.base_url + item.url)
    images = [_text(site.base_url + photo.picture.url) for photo in story.photos if photo.picture] or [_text(card)]
    language = story.language or site.language
    node = [
        f'"@type":"NewsArticle","@id":{_text(f"{site.base_url}{item.url}#article")},"mainEntityOfPage":{url},"url":{url}',
        f'"identifier":{_text(item.id)},"headline":{_text(truncate(item.headline, HEADLINE_LIMIT))}',
        f'"datePublished":{_text(item.iso)},"dateModified":{_text(page.modified)},"description":{_text(description)}',
        f'"articleSection":{_text(item.section)},"inLanguage":{_text(language)},"isAccessibleForFree":true',
        f'"wordCount":{story.words},"author":{_list(_authors(site, page, story))},"publisher":{_publisher(site)}',
        f'"image":{_list(images)}',
    ]
    if story.dateline:
        node.append(f'"dateline":{_text(story.dateline)}')
    if item.place:
        places = [f'{{"@type":"Place","name":{_text(place)}}}' for place in item.place.split(" / ") if place]
        if places:
            node.append(f'"locationCreated":{_list(places)}')
    if page.places:
        node.append(f'"contentLocation":{_list(_place(site, link) for link in page.places)}')
    if page.people or story.organisations:
        people = [_person(site, link) for link in page.people]
        node.append(f'"mentions":{_list([*people, *_named("Organization", story.organisations)])}')
    if page.tags:
        node.append(f'"keywords":{_list(_text(tag.name) for tag in page.tags)}')
    editors = [_person(site, link) for role, link in page.persons if role == "editing"]
    if editors:
        node.append(f'"editor":{_list(editors)}')
    if story.corrections:
        notes = [
            f'{{"@type":"CorrectionComment","text":{_text(note.text)},"datePublished":{_text(note.date.iso)}}}'
            for note in story.corrections
        ]
        node.append(f'"correction":{_list(notes)}')
    if story.credit:
        node.append(f'"creditText":{_text(story.credit)}')
    if story.agency:
        node.append(f'"sourceOrganization":{_list(_named("NewsMediaOrganization", story.agency))}')
    if story.rights and story.rights.notice:
        node.append(f'"copyrightNotice":{_text(story.rights.notice)}')
    if year := int(item.day[:4]):
        node.append(f'"copyrightYear":{year}')
    if story.rights and story.rights.holder:
        node.append(f'"copyrightHolder":{{"@type":"Organization","name":{_text(story.rights.holder)}}}')
    return _script([f"{{{','.join(node)}}}", _trail(site, page.crumbs, item.headline, item.url)])


def _authors(site: Site, page: Article, story: StoryText) -> list[Json]:
    """Whom the byline names; else the reporters of the credit line; else the agency; else the archive."""
    names = story.byline or tuple(link for role, link in page.persons if role in ("reporting", "writing"))
    if names:
        return [_person(site, link) for link in names]
    home = _text(f"{site.base_url}/")
    if story.agency:
        return [f'{{"@type":"NewsMediaOrganization","name":{_text(name)},"url":{home}}}' for name in story.agency]
    return [_publisher(site)]


def listing(site: Site, page: Listing, name: str) -> str:
    """A list as a CollectionPage, about its person or place; a person's own page as a ProfilePage."""
    kind, more = "CollectionPage", ""
    if page.kind == "person":
        same = f',"sameAs":{_text(page.website)}' if page.website else ""
        url = _text(site.base_url + page.url)
        person = f'{{"@type":"Person","name":{_text(page.name)},"url":{url}{same}}}'
        if page.level == "all":
            kind, more = "ProfilePage", f',"mainEntity":{person}'
        else:
            more = f',"about":{person}'
    elif page.kind == "place":
        more = f',"about":{{"@type":"Place","name":{_text(page.name)}}}'
    node = _collection(site, page.url, name, kind, more)
    return _script([node, _trail(site, page.crumbs, page.title, page.url)])


def directory(site: Site, page: Directory, name: str) -> str:
    """A directory as a CollectionPage."""
    return _script([_collection(site, page.url, name), _trail(site, page.crumbs, page.title, page.url)])


def corrections(site: Site, page: Corrections) -> str:
    """The list of corrections as a CollectionPage."""
    return _script([_collection(site, page.url, page.title), _trail(site, page.crumbs, page.title, page.url)])


def home(site: Site, description: str) -> str:
    """The site as a WebSite, and who publishes it."""
    who = _text(f"{site.base_url}/#publisher")
    website = (
        f'{{"@type":"WebSite","@id":{_text(f"{site.base_url}/#website")},"url":{_text(f"{site.base_url}/")}'
        f',"name":{_text(site.title)},"inLanguage":{_text(site.language)},"publisher":{{"@id":{who}}}}}'
    )
    return _script([website, f'{_publisher(site)[:-1]},"description":{_text(description)}}}'])


# --- pieces ---------------------------------------------------------------------------------------------------------


def _list(values: Iterable[Json]) -> Json:
    return f"[{','.join(values)}]"


def _named(kind: str, names: Iterable[str]) -> list[Json]:
    return [f'{{"@type":"{kind}","name":{_text(name)}}}' for name in names]


def _person(site: Site, link: Link) -> Json:
    return f'{{"@type":"Person","name":{_text(link.name)},"url":{_text(site.base_url + (link.url or "/"))}}}'


def _place(site: Site, link: Link) -> Json:
    url = f',"url":{_text(site.base_url + link.url)}' if link.url else ""
    return f'{{"@type":"Place","name":{_text(link.name)}{url}}}'


def _publisher(site: Site) -> Json:
    base = site.base_url
    return (
        f'{{"@type":"NewsMediaOrganization","@id":{_text(f"{base}/#publisher")},"name":{_text(site.title)}'
        f',"url":{_text(f"{base}/")}}}'
    )


def _collection(site: Site, url: str, name: str, kind: str = "CollectionPage", more: str = "") -> Json:
    address, language = _text(site.base_url + url), _text(site.language)
    return f'{{"@type":"{kind}","name":{_text(name)},"url":{address},"inLanguage":{language}{more}}}'


def _trail(site: Site, crumbs: tuple[Link, ...], title: str, url: str) -> Json:
    """The way from the front page to this page, itself included."""
    base = site.base_url
    way = [(site.title, "/"), *((link.name, link.url) for link in crumbs), (title, url)]
    items = [
        f'{{"@type":"ListItem","position":{number},"name":{_text(name)},"item":{_text(base + (at or "/"))}}}'
        for number, (name, at) in enumerate(way, 1)
    ]
    return f'{{"@type":"BreadcrumbList","itemListElement":{_list(items)}}}'


def _script(graph: list[Json]) -> str:
    """JSON-LD escaped for a script element, where entities are not read."""
    text = f'{{"@context":"https://schema.org","@graph":{_list(graph)}}}'
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
