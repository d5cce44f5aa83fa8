"""What an address answers, as the host of the site would answer it; and the pages that were rendered lately.

In two steps: `find` says where a path leads, `answer` gives the bytes. In between a session brings the site up to date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from newsgen import plan
from newsgen.model.errors import ContentError, Problem, SystemFault
from newsgen.model.files import digest
from newsgen.model.pages import Page
from newsgen.model.value import value
from newsgen.preview.site import View
from newsgen.preview.views import Views
from newsgen.publish.host_rules import NO_RULES, Rules, media_type, parse_rules
from newsgen.text.address import without_index

__all__ = ["Answer", "Responses", "Target", "digest_of"]

K = TypeVar("K")
V = TypeVar("V")

_MOST_PAGES = 512  # whose bytes are cached
_HOST_FILES = ("/_headers", "/_redirects")  # which a host reads, and does not serve
_MISSING = "/404.html"


@value
class Target:
    """Where a path of the site leads."""

    status: int
    headers: tuple[tuple[str, str], ...]
    url: str = ""  # of the page that is shown; "" for a redirect, which the headers tell
    at: int | None = None
    page: Page | None = None
    problems: tuple[Problem, ...] = ()  # why the page could not be planned
    held: View | None = None  # of the page of a story that is held, which no other view has: for the desk alone

    @property
    def files(self) -> list[str]:
        """The story files that the page is made of."""
        return [need.path for need in self.page.needs] if self.page else []


@value
class Answer:
    """What an address answers, as the host of the site would."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_page: bool = False  # an HTML page, in which the reload script may stand
    problems: tuple[Problem, ...] = ()  # why it is not the page as it should be now


class Responses:
    """The host of a site. Every `at` is an instant in seconds since 1970, None for now."""

    def __init__(self, views: Views, current_errors: Callable[[], Collection[Problem]], *, is_public: bool) -> None:
        self._views = views
        self._current_errors = current_errors
        self._is_public = is_public
        self._pages: OrderedDict[tuple[int | None, str], tuple[Page, bytes]] = OrderedDict()
        # The last page that could be rendered at an address, with the files that it was rendered from.
        self._last_good: OrderedDict[str, tuple[frozenset[str], bytes]] = OrderedDict()
        self._rules: Rules | None = None
        self._failed: dict[str, tuple[Problem, ...]] = {}  # why pages of now could not be rendered, by their addresses

    def failures(self) -> tuple[Problem, ...]:
        """Why pages that somebody asked for since the last change could not be rendered, each reason once."""
        return tuple(dict.fromkeys(problem for problems in self._failed.values() for problem in problems))

    # --- where a path leads ---

    def find(self, path: str, at: int | None, query: str = "") -> Target:
        """Where a path of the site leads at an instant. `query` is what follows its ?: only redirects look at it."""
        prefix = self._views.prefix
        host = self._host_rules(at)
        if prefix and path in ("", "/", prefix):
            return _redirect(f"{prefix}/", 302)
        if not path.startswith(f"{prefix}/"):
            return self._missing(path, host, at)
        url = path.removeprefix(prefix)
        rule = host.redirect_of(path, query)
        if rule and (rule.is_forced or not self._views.has_page(url, at)):
            if rule.status < 400:
                return _redirect(rule.to, rule.status)
            return self._target(rule.to.removeprefix(prefix), rule.status, host, at) or self._missing(path, host, at)
        if url in _HOST_FILES:
            return self._missing(path, host, at)
        if url.endswith("/briefs.html") and (target := self._held_target(url, host, at)):  # beside those that are shown
            return replace(target, status=200) if self._views.has_page(url, at) else target
        for name in (url, without_index(url)):
            if target := self._target(name, 200, host, at):
                return target
        if not url.endswith("/") and self._views.has_page(f"{url}/", at):
            return _redirect(f"{path}/", 301)
        return self._held_target(url, host, at) or self._missing(path, host, at)

    def _held_target(self, url: str, host: Rules, at: int | None) -> Target | None:
        """The page of stories that are held now, for the desk."""
        held = None if self._is_public or at is not None else self._views.held_page(url)
        if not held:
            return None
        headers = (("Content-Type", media_type(url)), *host.headers_of(self._views.prefix + url))
        return Target(404, headers, url, None, held[0], held=held[1])  # as the host says: it has no such page

    def _target(self, url: str, status: int, host: Rules, at: int | None) -> Target | None:
        """The page at an address; None where there is none, and none that is broken just now."""
        page: Page | None = None
        problems: tuple[Problem, ...] = ()
        try:
            page = self._page(url, at)
        except (ContentError, SystemFault) as error:
            problems = error.problems
        if page is None and not problems and not self._broken_page(url):
            return None
        headers = (("Content-Type", media_type(url)), *host.headers_of(self._views.prefix + url))
        return Target(status, headers, url, at, page, problems)

    def _missing(self, path: str, host: Rules, at: int | None) -> Target:
        headers = (("Content-Type", media_type(".html")), *host.headers_of(path))
        target = self._target(_MISSING, 404, host, at) or Target(404, headers, _MISSING, at)
        return replace(target, headers=headers)

    def _host_rules(self, at: int | None) -> Rules:
        if self._rules is not None and at is None:
            return self._rules
        try:
            pages = [self._page(url, at) for url in _HOST_FILES]
            host = parse_rules(*((self._bytes(page, at) if page else b"").decode() for page in pages))
        except ContentError:
            return self._rules or NO_RULES
        if at is None:
            self._rules = host
        return host

    def _page(self, url: str, at: int | None) -> Page | None:
        """The page at an address as it is planned now; None where there is none.

        One with related stories is planned each time, for others may be related now; the rest come from the cache.
        """
        cached = self._pages.get((at, url))
        return cached[0] if cached and not plan.has_related(cached[0].unit) else self._views.page(url, at)

    # --- what stands there ---

    def answer(self, target: Target) -> Answer:
        """What is answered for what a path leads to."""
        if not target.url:
            return Answer(target.status, target.headers, b"")
        is_page = media_type(target.url).startswith("text/html")
        problems = target.problems
        if target.page is not None:
            try:
                page, held = target.page, target.held
                data = self._views.render_held(page, held) if held else self._bytes(page, target.at)
                return Answer(target.status, target.headers, data, is_page)
            except (ContentError, SystemFault) as error:
                problems = error.problems
        if problems:
            if target.at is None:
                self._failed[target.url] = problems
            # Readers see no page from before, which may show what is held back now.
            body = b"" if self._is_public else self._last_good.get(target.url, (frozenset(), b""))[1]
            return Answer(200 if body else 500, target.headers, body, is_page, problems)
        body = self._broken_page(target.url)
        return Answer(target.status, target.headers, body, is_page, tuple(self._current_errors()) if body else ())

    def _bytes(self, page: Page, at: int | None) -> bytes:
        """The bytes of a page. ContentError where it cannot be rendered."""
        cached = self._pages.get((at, page.url))
        if cached and cached[0] == page:
            self._pages.move_to_end((at, page.url))
            return cached[1]
        data = self._views.render(page, at)
        _cache(self._pages, (at, page.url), (page, data))
        if at is None:
            _cache(self._last_good, page.url, (frozenset(need.path for need in page.needs), data))
        return data

    def _broken_page(self, url: str) -> bytes:
        """The last good page at an address whose story is broken just now; not of one that was taken away."""
        paths, data = self._last_good.get(url, (frozenset(), b""))
        return data if not self._is_public and self._is_broken(paths) else b""

    def _is_broken(self, paths: Collection[str]) -> bool:
        wrong = {problem.path for problem in self._current_errors()}.intersection(paths)
        return any(map(self._views.is_broken, wrong))

    # --- after a change ---

    def forget(self, units: Collection[str] | None) -> None:
        """Forget the pages of some units, None for all, and whatever is not of now."""
        self._rules = None
        self._failed.clear()
        for url, (paths, _data) in list(self._last_good.items()):  # a page that was taken away does not come back
            if not self._is_broken(paths) and not self._views.has_page(url, None):
                del self._last_good[url]
        if units is None:
            self._pages.clear()
        else:
            for key in [key for key, (page, _data) in self._pages.items() if page.unit in units or key[0] is not None]:
                del self._pages[key]


def digest_of(answer: Answer) -> str:
    """The digest of what is answered: another where the page is another."""
    return digest(f"{answer.status}\0".encode() + answer.body)[:16]


def _redirect(to: str, status: int) -> Target:
    return Target(status, (("Location", to), ("Cache-Control", "no-store")))


def _cache(cache: OrderedDict[K, V], key: K, content: V) -> None:
    cache[key] = content
    cache.move_to_end(key)
    if len(cache) > _MOST_PAGES:
        cache.popitem(last=False)
