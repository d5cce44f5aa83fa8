"""A story's page as a work that is cited: its citations for readers, and its tags for reference managers.

The tags are Highwire's (`citation_*`), as Zotero, Mendeley and Google Scholar read them. None of them names a journal:
that would make the story a journal article, whatever else the page says.
"""

from __future__ import annotations

import json

from newsgen.citation import records, styles
from newsgen.citation.medium import Pieces
from newsgen.citation.names import Name, organisation, person
from newsgen.citation.work import Work
from newsgen.model.page_parts import Records, StoryText
from newsgen.model.pages import Article
from newsgen.model.settings import Site
from newsgen.wire.names import is_group

__all__ = ["citations_of", "highwire_tags", "records_of", "work_of"]

_to_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one for each story


def work_of(site: Site, page: Article, story: StoryText) -> Work:
    """What is cited of a story: the version on this page.

    Its authors are those of the byline; without one the reporters of the credit line, else the agency.
    """
    item = page.item
    names = [link.name for link in story.byline]
    names = names or [link.name for role, link in page.persons if role in ("reporting", "writing")]
    agency = " and ".join(story.agency)
    authors = tuple(map(_author, names)) or tuple(map(organisation, story.agency))
    return Work(
        item.id,
        item.headline,
        authors,
        site.title,
        agency if names else "",
        item.day,
        site.base_url + item.url,
        story.language or site.language,
        _version(item.iso, page.modified),
    )


def _author(name: str) -> Name:
    return organisation(name) if is_group(name) else person(name)


def _version(published: str, modified: str) -> str:
    """When the version cited was made, where that is later than the story: its day, on the same day its hour too."""
    if modified[:10] != published[:10]:
        return modified[:10]
    return modified[:16] if modified != published and "T" in modified else ""


def citations_of(work: Work) -> tuple[Pieces, Pieces, Pieces]:
    """The citations of a work, in the order of `Citations`: in pieces, for a medium to write."""
    return styles.apa(work), styles.mla(work), styles.chicago(work)


def records_of(work: Work) -> Records:
    """The records of a work."""
    return Records(records.bibtex(work), records.ris(work), _to_json([records.csl(work)]))


def highwire_tags(work: Work) -> tuple[tuple[str, str], ...]:
    """The tags of a story's page: (name, content)."""
    return (
        ("z:itemType", "newspaperArticle"),  # Zotero's own; it takes og:site_name for the newspaper
        ("citation_title", work.title),
        *(("citation_author", _inverted(name)) for name in work.authors),
        ("citation_publication_date", work.day.replace("-", "/")),
        ("citation_language", work.language),
    )


def _inverted(name: Name) -> str:
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))
