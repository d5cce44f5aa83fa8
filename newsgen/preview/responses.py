"""What an address answers, as the host of the site would answer it; and the pages that were rendered lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace
from typing import Protocol, TypeVar

from newsgen.model.errors import ContentError, Problem, SystemFault
from newsgen.model.files import digest
from newsgen.model.pages import Page
from newsgen.model.value import value
from newsgen.preview.host_rules import NO_RULES, Rules, kind_of, rules

__all__ = ["Answer", "Answers", "mark_of"]

K = TypeVar("K")
V = TypeVar("V")

_KEPT = 512  # pages whose bytes are kept
_HOST_FILES = ("/_headers", "/_redirects")  # which a host reads, and does not serve


@value
class Answer:
    """What an address answers, as the host of the site would."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_page: bool = False  # an HTML page, in which the reload script may stand
    problems: tuple[Problem, ...] = ()  # why it is not the page as it should be now


class _Site(Protocol):
    """What is asked of the session."""

    @property
    def prefix(self) -> str: ...

    @property
    def is_public(self) -> bool: ...

    def raised(self) -> tuple[Problem, ...]: ...

    def page(self, url: str, at: int | None) -> Page | None: ...

    def has_page(self, url: str, at: int | None) -> bool: ...

    def render(self, page: Page, at: int | None) -> bytes: ...


class Answers:
    """The host of a site."""

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._pages: OrderedDict[tuple[int | None, str], tuple[Page, bytes]] = OrderedDict()
        # The last page that could be rendered at an address, with the files that it was rendered from.
        self._good: OrderedDict[str, tuple[frozenset[str], bytes]] = OrderedDict()
        self._rules: Rules | None = None
        self.failed: dict[str, tuple[Problem, ...]] = {}  # why pages of now could not be rendered, by their addresses

    def answer(self, path: str, at: int | None = None) -> Answer:
        """What a path of the site answers at an instant, as a host would; None for now."""
        prefix = self._site.prefix
        found = self._host_rules(at)
        if prefix and path in ("", "/", prefix):
            return _moved(f"{prefix}/", 302)
        if not path.startswith(f"{prefix}/"):
            return self._missing(path, found, at)
        url = path.removeprefix(prefix)
        rule = found.redirect_of(path)
        if rule and (rule[2] or not self._site.has_page(url, at)):
            to, status, _is_forced = rule
            if status >= 400:
                return self._answer(to.removeprefix(prefix), status, found, at) or self._missing(path, found, at)
            return _moved(to, status)
        if url in _HOST_FILES:
            return self._missing(path, found, at)
        for name in (url, url.removesuffix("index.html")):
            if told := self._answer(name, 200, found, at):
                return told
        if not url.endswith("/") and self._site.has_page(f"{url}/", at):
            return _moved(f"{path}/", 301)
        return self._missing(path, found, at)

    def _answer(self, url: str, status: int, found: Rules, at: int | None) -> Answer | None:
        kind = kind_of(url)
        headers = (("Content-Type", kind), *found.headers_of(self._site.prefix + url))
        is_page = kind.startswith("text/html")
        try:
            data = self._bytes(url, at)
        except (ContentError, SystemFault) as error:
            if at is None:
                self.failed[url] = error.problems
            _paths, good = self._good.get(url, (frozenset(), b""))
            if self._site.is_public:  # its readers see no page from before, which may show what is held now
                good = b""
            return Answer(200 if good else 500, headers, good, is_page, error.problems)
        if data is None:
            good = self._last_good(url)
            return Answer(status, headers, good, is_page, self._site.raised()) if good else None
        return Answer(status, headers, data, is_page)

    def _missing(self, path: str, found: Rules, at: int | None) -> Answer:
        told = self._answer("/404.html", 404, found, at)
        headers = (("Content-Type", kind_of(".html")), *found.headers_of(path))
        return replace(told, headers=headers) if told else Answer(404, headers, b"", is_page=True)

    def _host_rules(self, at: int | None) -> Rules:
        if self._rules is None or at is not None:
            try:
                found = rules(*((self._bytes(url, at) or b"").decode() for url in _HOST_FILES))
            except ContentError:
                return self._rules or NO_RULES
            if at is not None:
                return found
            self._rules = found
        return self._rules

    def _bytes(self, url: str, at: int | None) -> bytes | None:
        """The bytes of a page; None where there is none. ContentError where it cannot be rendered."""
        known = self._pages.get((at, url))
        if known and not known[0].unit.startswith("story/"):
            self._pages.move_to_end((at, url))
            return known[1]
        # A story's is planned each time: it may have been saved just now, or another may be related to it now.
        page = self._site.page(url, at)
        known = self._pages.get((at, url))
        if known and known[0] == page:
            self._pages.move_to_end((at, url))
            return known[1]
        if page is None:
            return None
        data = self._site.render(page, at)
        _keep(self._pages, (at, url), (page, data))
        if at is None:
            _keep(self._good, url, (frozenset(need.path for need in page.needs), data))
        return data

    def _last_good(self, url: str) -> bytes:
        """The last page at an address whose story is broken at this moment: not of one that was taken away."""
        paths, data = self._good.get(url, (frozenset(), b""))
        return data if not self._site.is_public and self._is_broken(paths) else b""

    def _is_broken(self, paths: Collection[str]) -> bool:
        return any(problem.path in paths for problem in self._site.raised())

    def forget(self, units: Collection[str] | None) -> None:
        """Forget the pages of some units, None for all, and what is not of now."""
        self._rules = None
        self.failed.clear()
        for url, (paths, _data) in list(self._good.items()):  # a page that was taken away does not come back
            if not self._is_broken(paths) and not self._site.has_page(url, None):
                del self._good[url]
        if units is None:
            self._pages.clear()
        else:
            for key in [key for key, (page, _data) in self._pages.items() if page.unit in units or key[0] is not None]:
                del self._pages[key]


def mark_of(answer: Answer) -> str:
    """A digest of an answer: another where the page is another."""
    return digest(f"{answer.status}\0".encode() + answer.body)[:16]


def _moved(to: str, status: int) -> Answer:
    return Answer(status, (("Location", to), ("Cache-Control", "no-store")), b"")


def _keep(kept: OrderedDict[K, V], key: K, what: V) -> None:
    kept[key] = what
    kept.move_to_end(key)
    if len(kept) > _KEPT:
        kept.popitem(last=False)
