"""The files beside a page that shows stories whole: each story as text, and as data. The setting `story_files`.

A page of briefs has one of each for all that stand on it, so that they stay as few files as they are pages. A page that
search engines are asked to leave out has none: they would find the text in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgen.model.card import Card
from newsgen.model.pages import Article, Page, StoryFile, alone
from newsgen.plan.scope import Scope
from newsgen.text.address import beside

__all__ = ["file_pages", "file_urls"]


def file_urls(url: str, cards: Iterable[Card], scope: Scope) -> Iterator[str]:
    """Where the files beside the page at an address go, which shows some stories whole."""
    if all(card.is_indexable for card in cards):
        yield from (beside(url, form) for form in scope.site.story_files)


def file_pages(page: Page, stories: tuple[Article, ...], scope: Scope, title: str = "") -> Iterator[Page]:
    """The files beside a page. They say nothing of other stories, so that none but their own changes them."""
    if not scope.site.story_files or any(story.is_hidden for story in stories):
        return
    shown = tuple(map(alone, stories))
    for form in scope.site.story_files:
        data = StoryFile(form, page.url, title, shown)
        yield Page(beside(page.url, form), "", data, page.unit, page.needs[: len(stories)])
