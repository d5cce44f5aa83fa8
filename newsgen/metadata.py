"""What a page says about itself: title, description, canonical address, Open Graph (ogp.me), JSON-LD (schema.org).

NewsArticle follows schema.org and Google's Article page: dates with zone, authors without "By", no person invented:
where copy names nobody, the agency is the author.
"""

from __future__ import annotations

import json

from newsgen.model import Link
from newsgen.pages import Article, Directory, Home, Listing, NotFound, Shown
from newsgen.parts import Head, StoryText
from newsgen.site import Site
from newsgen.words import long_day, plural, short_day

__all__ = ["head"]

Node = dict[str, object]
HEADLINE_LIMIT = 110  # characters of a NewsArticle's headline
_CARD = ("card.png", 1200, 630)
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)  # inside a script element, where entities are not read
_KIND_TITLES = {"tag": "stories on the topic", "person": "work and mentions", "place": "stories by place"}


def head(site: Site, page: Shown, story: StoryText | None = None) -> Head:
    """The metadata of an HTML page; of an article, with its story."""
    match page:
        case Article():
            assert story is not None
            return _article(site, page, story)
        case Listing():
            return _listing(site, page)
        case Directory():
            name = page.title if page.letter else f"{page.title} in the archive"
            count = plural(page.count, "name", "names")
            what = f"{page.title}: {count} in {site.title}, each with its stories."
            return _plain(site, page.url, name, what, [_collection(site, page.url, name), _trail(site, page)])
        case NotFound():
            return _plain(site, "", "Page not found", "There is no page at this address.", [], robots="noindex")
        case Home():
            return _home(site, page)


def _home(site: Site, page: Home) -> Head:
    span = f" from {long_day(page.first_day)} to {long_day(page.last_day)}" if page.first_day else ""
    description = site.description or f"{plural(page.count, 'story', 'stories')}{span}."
    publisher = {**_publisher(site), "description": description}
    website: Node = {
        "@type": "WebSite",
        "@id": f"{site.base_url}/#website",
        "url": f"{site.base_url}/",
        "name": site.title,
        "inLanguage": site.language,
        "publisher": {"@id": publisher["@id"]},
    }
    return _plain(site, "/", "", description, [website, publisher])


def _listing(site: Site, page: Listing) -> Head:
    name = page.title
    if page.kind in _KIND_TITLES:
        name = f"{page.title}: {_KIND_TITLES[page.kind]}"
    span = short_day(page.first_day)
    if page.last_day != page.first_day:
        span = f"{span} to {short_day(page.last_day)}"
    what = f"{name}: {plural(page.count, 'story', 'stories')} in {site.title}, {span}."
    description = f"{_cut(page.description, 160)} {what}" if page.description and page.level == "all" else what
    node = _collection(site, page.url, name)
    if page.kind == "person":
        person = {"@type": "Person", "name": page.name, "url": site.base_url + page.url}
        if page.website:
            person["sameAs"] = page.website
        node = (
            {**node, "@type": "ProfilePage", "mainEntity": person} if page.level == "all" else {**node, "about": person}
        )
    elif page.kind == "place":
        node = {**node, "about": {"@type": "Place", "name": page.name}}
    feeds = (Link(f"{page.name} – {site.title}", page.feed_url),) if page.feed_url else ()
    og_type = "profile" if page.kind == "person" and page.level == "all" else "website"
    return _plain(site, page.url, name, description, [node, _trail(site, page)], feeds=feeds, og_type=og_type)


def _article(site: Site, page: Article, story: StoryText) -> Head:
    item = page.item
    url = site.base_url + item.url
    day = long_day(item.day)
    where = f"{item.place}, {day}" if item.place else day
    description = story.summary or f"{item.headline}. {item.section}, {where}."
    photo = next((photo for photo in story.photos if photo.picture), None)
    picture = photo.picture if photo else None
    modified = story.updated.iso if story.updated and story.updated.instant >= page.date.instant else item.iso
    properties = [
        ("article:published_time", item.iso),
        ("article:modified_time", modified),
        ("article:section", item.section),
        *(("article:tag", tag.name) for tag in page.tags),
    ]
    node = _news_article(site, page, story, description, modified)
    return Head(
        title=f"{item.headline} – {day} | {site.title}",
        description=description,
        canonical=url,
        og_type="article",
        og_title=item.headline,
        robots="noindex" if page.is_hidden else "max-image-preview:large",
        image=site.base_url + picture.url if picture else _card(site),
        image_alt=(picture.alt or (photo.caption.text if photo else "") or item.headline) if picture else site.title,
        image_width=picture.width if picture else _CARD[1],
        image_height=picture.height if picture else _CARD[2],
        feeds=(_site_feed(site), Link(f"{item.section} – {site.title}", f"{item.section_url}feed.xml")),
        properties=tuple(properties),
        jsonld=_script([node, _trail(site, page)]),
    )


def _news_article(site: Site, page: Article, story: StoryText, description: str, modified: str) -> Node:
    item = page.item
    url = site.base_url + item.url
    node: Node = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "url": url,
        "identifier": item.id,
        "headline": _cut(item.headline, HEADLINE_LIMIT),
        "datePublished": item.iso,
        "dateModified": modified,
        "description": description,
        "articleSection": item.section,
        "inLanguage": story.language or site.language,
        "isAccessibleForFree": True,
        "wordCount": story.words,
        "author": _authors(site, page, story),
        "publisher": _publisher(site),
        "image": [site.base_url + p.picture.url for p in story.photos if p.picture] or [_card(site)],
    }
    editors = [_person(site, link) for role, link in page.persons if role == "editing"]
    optional: Node = {
        "dateline": story.dateline,
        "locationCreated": [{"@type": "Place", "name": place} for place in item.place.split(" / ") if place],
        "contentLocation": [_place(site, link) for link in page.places],
        "mentions": [_person(site, link) for link in page.people]
        + [{"@type": "Organization", "name": name} for name in story.organisations],
        "keywords": [tag.name for tag in page.tags],
        "editor": editors,
        "correction": [
            {"@type": "CorrectionComment", "text": c.text, "datePublished": c.date.iso} for c in story.corrections
        ],
        "creditText": story.credit,
        "sourceOrganization": [{"@type": "NewsMediaOrganization", "name": name} for name in story.agency],
        "copyrightNotice": story.rights.notice if story.rights else "",
        "copyrightYear": int(item.day[:4]),
    }
    if story.rights and story.rights.holder:
        optional["copyrightHolder"] = {"@type": "Organization", "name": story.rights.holder}
    return {**node, **{key: value for key, value in optional.items() if value}}


def _authors(site: Site, page: Article, story: StoryText) -> list[Node]:
    """Whom the byline names; else the reporters of the credit line; else the agency; else the archive."""
    names = story.byline or tuple(link for role, link in page.persons if role in ("reporting", "writing"))
    if names:
        return [_person(site, link) for link in names]
    if story.agency:
        return [{"@type": "NewsMediaOrganization", "name": name, "url": f"{site.base_url}/"} for name in story.agency]
    return [_publisher(site)]


def _person(site: Site, link: Link) -> Node:
    return {"@type": "Person", "name": link.name, "url": site.base_url + (link.url or "/")}


def _place(site: Site, link: Link) -> Node:
    node: Node = {"@type": "Place", "name": link.name}
    return {**node, "url": site.base_url + link.url} if link.url else node


def _publisher(site: Site) -> Node:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{site.base_url}/#publisher",
        "name": site.title,
        "url": f"{site.base_url}/",
    }


def _collection(site: Site, url: str, name: str) -> Node:
    return {"@type": "CollectionPage", "name": name, "url": site.base_url + url, "inLanguage": site.language}


def _trail(site: Site, page: Article | Listing | Directory) -> Node:
    last = Link(page.item.headline, page.item.url) if isinstance(page, Article) else Link(page.title, page.url)
    links = [Link(site.title, "/"), *page.crumbs, last]
    items = [
        {"@type": "ListItem", "position": number, "name": link.name, "item": site.base_url + (link.url or "/")}
        for number, link in enumerate(links, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _plain(
    site: Site,
    url: str,
    name: str,
    description: str,
    graph: list[Node],
    *,
    feeds: tuple[Link, ...] = (),
    robots: str = "max-image-preview:large",
    og_type: str = "website",
) -> Head:
    return Head(
        title=f"{name} | {site.title}" if name else site.title,
        description=_cut(description, 300),
        canonical=site.base_url + url if url else "",
        og_type=og_type,
        og_title=name or site.title,
        robots=robots,
        image=_card(site),
        image_alt=site.title,
        image_width=_CARD[1],
        image_height=_CARD[2],
        feeds=(*feeds, _site_feed(site)),
        jsonld=_script(graph) if graph else "",
    )


def _site_feed(site: Site) -> Link:
    return Link(site.title, "/feed.xml")


def _card(site: Site) -> str:
    return next((site.base_url + url for name, url in site.assets if name == _CARD[0]), "")


def _cut(text: str, limit: int) -> str:
    """`text` within a limit of characters, cut at a word."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rpartition(' ')[0] or text[: limit - 1]}…"


def _script(graph: list[Node]) -> str:
    data = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
