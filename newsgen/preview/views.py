"""The site at the instants that somebody looks at: which pages there are, and what is in them. Reads only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from newsgen.lifecycle.state import desk_card
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
        """The page that a story which is held now would have at an address, marked, with what it is rendered from."""
        live = self._updater.live
        for path, _id, state, _until in live.held(url):
            for card, _why in self._updater.store.stories.cards([path]):
                shown = desk_card(card, live.current.clock)
                if shown and shown.item.url == url:
                    view = live.with_held(shown)
                    page = live.page(url, view)
                    if page and isinstance(page.data, Article):
                        page = replace(page, data=replace(page.data, state=state))
                    return (page, view) if page else None
        return None

    def render_held(self, page: Page, view: View) -> bytes:
        """The bytes of a page that `held_page` gave. ContentError where it cannot be rendered."""
        self._on_render()
        return self._updater.live.render(page, view)

    def is_broken(self, path: str) -> bool:
        """Whether a story file cannot be read just now, or claims what is another's: not that its story is held."""
        self._updater.live.flush()
        return all(state == "refused" for _card, state in self._updater.store.stories.cards([path]))

    def article(self, path: str, at: int | None) -> Article | None:
        """The story whose page stands at a path."""
        page = self.page(path.removeprefix(self.prefix), at)
        return page.data if page and isinstance(page.data, Article) else None

    def hidden(self, path: str) -> list[tuple[str, str, str, int | None]]:
        """The stories whose page is going to stand, or stood, at a path: file, id, state, until."""
        return self._updater.live.held(path.removeprefix(self.prefix))
