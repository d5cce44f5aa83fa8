"""What a page says about itself to programs: schema.org as JSON-LD (W3C JSON-LD 1.1), ready for a script element.

NewsArticle follows schema.org and Google's guidelines for articles: dates with a zone, authors without "By", no person
invented; where copy names nobody, the agency is the author. The JSON is joined from encoded pieces, which costs a
fifth of `json.dumps` of the same graph: it is the dearest part of an article's head, and every article has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring

from newsgen.model.briefs import Briefs
from newsgen.model.page_parts import StoryText
from newsgen.model.pages import Article, Corrections, Directory, Listing
from newsgen.model.settings import Site
from newsgen.model.story import Link
from newsgen.text.address import page_url
from newsgen.text.english import truncate

__all__ = ["article", "briefs", "corrections", "directory", "home", "listing"]

Json = str  # a value as JSON text
HEADLINE_LIMIT = 110  # characters of a NewsArticle's headline

# A string as JSON (RFC 8259), by the C function itself: the encoder around it costs five times as much.
_json = encode_basestring


def article(site: Site, page: Article, story: StoryText, description: str, fallback_image: str) -> str:
    """An article's NewsArticle and BreadcrumbList. `fallback_image` is the address used where it has no photo."""
    item = page.item
    node = _article(site, page, story, description, fallback_image)
    return _script([node, _breadcrumbs(site, page.crumbs, item.headline)])


def briefs(site: Site, page: Briefs, stories: Iterable[tuple[Article, StoryText, str]], fallback_image: str) -> str:
    """A page of briefs as a CollectionPage, its BreadcrumbList, and the NewsArticle of each: with its text and its
    description.
    """
    nodes = [_article(site, *story, fallback_image) for story in stories]
    crumbs = _breadcrumbs(site, page.crumbs, page.title)
    return _script([_collection(site, page.url, page.title), crumbs, *nodes])


def _article(site: Site, page: Article, story: StoryText, description: str, fallback_image: str) -> Json:
    """A NewsArticle, known by its address; that of a brief has its place on the page that it shares.

    A version that was replaced is known by the address of the newest, as its `rel=canonical` says.
    """
    item = page.item
    address = (page.newest or item).url
    url, page_of = _json(site.base_url + address), _json(site.base_url + page_url(address))
    photos = [_json(site.base_url + photo.picture.url) for photo in story.photos if photo.picture]
    images = photos or [_json(fallback_image)]
    language = story.language or site.language
    words = "" if story.letters else f'"wordCount":{story.words},'
    authors, publisher = _authors(site, page, story), _publisher(site)
    if authors == [publisher]:  # said once
        publisher = f'{{"@id":{_json(f"{site.base_url}/#publisher")}}}'
    node = [
        f'"@type":"NewsArticle","mainEntityOfPage":{page_of},"url":{url}',
        f'"identifier":{_json(item.id)},"headline":{_json(truncate(item.headline, HEADLINE_LIMIT))}',
        f'"datePublished":{_json(item.iso)},"dateModified":{_json(page.modified)},"description":{_json(description)}',
        f'"articleSection":{_json(item.section)},"inLanguage":{_json(language)},"isAccessibleForFree":true',
        f'{words}"author":{_list(authors)},"publisher":{publisher}',
        f'"image":{_list(images)}',
    ]
    if story.dateline:
        node.append(f'"dateline":{_json(story.dateline)}')
    if item.place:
        places = [f'{{"@type":"Place","name":{_json(place)}}}' for place in item.place.split(" / ") if place]
        if places:
            node.append(f'"locationCreated":{_list(places)}')
    if page.places:
        node.append(f'"contentLocation":{_list(_place(site, link) for link in page.places)}')
    if page.people or story.organisations:
        people = [_person(site, link) for link in page.people]
        node.append(f'"mentions":{_list([*people, *_organisations("Organization", story.organisations)])}')
    if page.tags:
        node.append(f'"keywords":{_list(_json(tag.name) for tag in page.tags)}')
    editors = [_person(site, link) for role, link in page.persons if role == "editing"]
    if editors:
        node.append(f'"editor":{_list(editors)}')
    if story.corrections:
        notes = [
            f'{{"@type":"CorrectionComment","text":{_json(note.text)},"datePublished":{_json(note.date.iso)}}}'
            for note in story.corrections
        ]
        node.append(f'"correction":{_list(notes)}')
    if story.credit:
        node.append(f'"creditText":{_json(story.credit)}')
    if story.agency:
        node.append(f'"sourceOrganization":{_list(_organisations("NewsMediaOrganization", story.agency))}')
    if story.rights and story.rights.notice:
        node.append(f'"copyrightNotice":{_json(story.rights.notice)}')
    if year := int(item.day[:4]):
        node.append(f'"copyrightYear":{year}')
    if story.rights and story.rights.holder:
        node.append(f'"copyrightHolder":{{"@type":"Organization","name":{_json(story.rights.holder)}}}')
    return f"{{{','.join(node)}}}"


def _authors(site: Site, page: Article, story: StoryText) -> list[Json]:
    """The names of the byline; without one the reporters of the credit line, else the agency, else the archive."""
    names = story.byline or tuple(link for role, link in page.persons if role in ("reporting", "writing"))
    if names:
        return [_person(site, link) for link in names]
    home = _json(f"{site.base_url}/")
    if story.agency:
        return [f'{{"@type":"NewsMediaOrganization","name":{_json(name)},"url":{home}}}' for name in story.agency]
    return [_publisher(site)]


def listing(site: Site, page: Listing, name: str) -> str:
    """A list called `name` as a CollectionPage about its person or place; a person's page as a ProfilePage."""
    kind, more = "CollectionPage", ""
    if page.kind == "person":
        same_as = f',"sameAs":{_json(page.website)}' if page.website else ""
        url = _json(site.base_url + page.url)
        person = f'{{"@type":"Person","name":{_json(page.name)},"url":{url}{same_as}}}'
        if page.level == "all":
            kind, more = "ProfilePage", f',"mainEntity":{person}'
        else:
            more = f',"about":{person}'
    elif page.kind == "place":
        more = f',"about":{{"@type":"Place","name":{_json(page.name)}}}'
    node = _collection(site, page.url, name, kind, more)
    return _script([node, _breadcrumbs(site, page.crumbs, page.title)])


def directory(site: Site, page: Directory, name: str) -> str:
    """A directory as a CollectionPage."""
    return _script([_collection(site, page.url, name), _breadcrumbs(site, page.crumbs, page.title)])


def corrections(site: Site, page: Corrections) -> str:
    """The list of corrections as a CollectionPage."""
    return _script([_collection(site, page.url, page.title), _breadcrumbs(site, page.crumbs, page.title)])


def home(site: Site, description: str) -> str:
    """The site as a WebSite, and who publishes it."""
    publisher = _json(f"{site.base_url}/#publisher")
    website = (
        f'{{"@type":"WebSite","@id":{_json(f"{site.base_url}/#website")},"url":{_json(f"{site.base_url}/")}'
        f',"name":{_json(site.title)},"inLanguage":{_json(site.language)},"publisher":{{"@id":{publisher}}}}}'
    )
    return _script([website, f'{_publisher(site)[:-1]},"description":{_json(description)}}}'])


# --- pieces ---------------------------------------------------------------------------------------------------------


def _list(values: Iterable[Json]) -> Json:
    return f"[{','.join(values)}]"


def _organisations(kind: str, names: Iterable[str]) -> list[Json]:
    return [f'{{"@type":"{kind}","name":{_json(name)}}}' for name in names]


def _person(site: Site, link: Link) -> Json:
    return f'{{"@type":"Person","name":{_json(link.name)},"url":{_json(site.base_url + (link.url or "/"))}}}'


def _place(site: Site, link: Link) -> Json:
    url = f',"url":{_json(site.base_url + link.url)}' if link.url else ""
    return f'{{"@type":"Place","name":{_json(link.name)}{url}}}'


def _publisher(site: Site) -> Json:
    return _publisher_of(site.base_url, site.title)


@lru_cache(16)  # every article has it, and often twice
def _publisher_of(base: str, title: str) -> Json:
    return (
        f'{{"@type":"NewsMediaOrganization","@id":{_json(f"{base}/#publisher")},"name":{_json(title)}'
        f',"url":{_json(f"{base}/")}}}'
    )


def _collection(site: Site, url: str, name: str, kind: str = "CollectionPage", more: str = "") -> Json:
    address, language = _json(site.base_url + url), _json(site.language)
    return f'{{"@type":"{kind}","name":{_json(name)},"url":{address},"inLanguage":{language}{more}}}'


def _breadcrumbs(site: Site, crumbs: tuple[Link, ...], title: str) -> Json:
    """The path from the home page to this page as a BreadcrumbList.

    Where less than two pages lead to it, its last item is the page itself, whose address nobody has to be told: a list
    of one item is none (Google, Breadcrumb).
    """
    base = site.base_url
    path = [(site.title, "/"), *((link.name, link.url) for link in crumbs)]
    items = [
        f'{{"@type":"ListItem","position":{number},"name":{_json(name)},"item":{_json(base + (link or "/"))}}}'
        for number, (name, link) in enumerate(path, 1)
    ]
    if len(path) < 2:
        items.append(f'{{"@type":"ListItem","position":{len(path) + 1},"name":{_json(title)}}}')
    return f'{{"@type":"BreadcrumbList","itemListElement":{_list(items)}}}'


def _script(graph: list[Json]) -> str:
    """A graph as JSON-LD, escaped for a script element, in which HTML entities are not decoded."""
    text = f'{{"@context":"https://schema.org","@graph":{_list(graph)}}}'
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
