"""The site at the instants that somebody looks at: which pages there are, and what is in them. Reads only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from newsgen.lifecycle.state import desk_card
from newsgen.model.briefs import Briefs
from newsgen.model.pages import Article, Page
from newsgen.preview.site import View
from newsgen.preview.update import Updater

__all__ = ["Views"]

_MOST_VIEWS = 4  # other instants than now of which the site is kept in memory


class Views:
    """Pages of the site. Every `at` is an instant in seconds since 1970, None for now."""

    def __init__(self, updater: Updater, on_render: Callable[[], object]) -> None:
        """`on_render` is called for each page that is rendered."""
        self._updater = updater
        self._on_render = on_render
        self._others: OrderedDict[int, View] = OrderedDict()

    def forget(self) -> None:
        """Forget the site at other instants than now: it was updated."""
        self._others.clear()

    def view(self, at: int | None) -> View:
        """The site at an instant."""
        live = self._updater.live
        if at is None:
            assert live.now is not None
            return live.now
        if at not in self._others:
            self._others[at] = live.at(at)
            if len(self._others) > _MOST_VIEWS:
                self._others.popitem(last=False)
        return self._others[at]

    @property
    def prefix(self) -> str:
        """What goes before every address of the site: "/archive", or ""."""
        return self.view(None).scope.site.prefix

    def has_page(self, url: str, at: int | None) -> bool:
        """Whether there is a page at an address."""
        return bool(self._updater.live.unit(url, self.view(at)))

    def page(self, url: str, at: int | None) -> Page | None:
        """The page at an address, not rendered; None where there is none."""
        return self._updater.live.page(url, self.view(at))

    def render(self, page: Page, at: int | None) -> bytes:
        """The bytes of a page. ContentError where it cannot be rendered."""
        self._on_render()
        return self._updater.live.render(page, self.view(at))

    def held_page(self, url: str) -> tuple[Page, View] | None:
        """The page at an address with the stories that are held now, marked, and what it is rendered from; None where
        none is held there. Briefs that are shown stand beside those that are held. A file of a picture is a page too.
        """
        live = self._updater.live
        paths = {path for path, _id, _state, _until in live.held(url)} | live.with_picture(url)
        rows = [(card, state) for card, state in self._updater.store.stories.cards(paths) if state]
        states = {card.path: state for card, state in rows}
        held = (desk_card(card, live.current.clock) for card, _state in rows)
        cards = {card.item.id: card for card in held if card}
        if not cards:
            return None
        view = live.with_held([*cards.values()])
        page = live.page(url, view)

        def marked(article: Article) -> Article:
            card = cards.get(article.item.id)
            return replace(article, state=states[card.path]) if card else article

        if page and isinstance(page.data, Article):
            page = replace(page, data=marked(page.data))
        elif page and isinstance(page.data, Briefs):
            page = replace(page, data=replace(page.data, stories=tuple(map(marked, page.data.stories))))
        return (page, view) if page else None

    def render_held(self, page: Page, view: View) -> bytes:
        """The bytes of a page that `held_page` gave. ContentError where it cannot be rendered."""
        self._on_render()
        return self._updater.live.render(page, view)

    def address(self, story_id: str, at: int | None, *, with_held: bool) -> str:
        """The address of a story; "" where there is none, or it is held (but for `with_held`, and now)."""
        card = self.view(at).scope.index.card(story_id)
        if card is None and with_held and at is None:
            self._updater.live.flush()
            stories = self._updater.store.stories
            card = next((card for card, _state in stories.cards(stories.claiming([story_id], ()))), None)
        return card.item.url if card else ""

    def is_broken(self, path: str) -> bool:
        """Whether a story file cannot be read just now, or claims what is another's: not that its story is held."""
        self._updater.live.flush()
        return all(state == "refused" for _card, state in self._updater.store.stories.cards([path]))

    def articles(self, path: str, at: int | None) -> tuple[Article, ...]:
        """The stories that stand whole on the page at a path: one on its own page, or briefs."""
        page = self.page(path.removeprefix(self.prefix), at)
        if page and isinstance(page.data, Article):
            return (page.data,)
        return page.data.stories if page and isinstance(page.data, Briefs) else ()

    def hidden(self, path: str) -> list[tuple[str, str, str, int | None]]:
        """The stories whose page is going to stand, or stood, at a path: file, id, state, until."""
        return self._updater.live.held(path.removeprefix(self.prefix))
