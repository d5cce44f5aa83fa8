"""Where every address leads that was ever a story's: the ledger compared with what is shown now. Pure.

An address still has its story's page, leads on to where its story is now, or has the tombstone of a story that was
killed or has expired. Every redirect leads to a page, never to another redirect, so none can run in a circle.

No host is told of the place on a page that a browser asks for: what became of a brief, its page says itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TypeVar

from newsgen.lifecycle.aliases import Alias, alias_redirects
from newsgen.model import codec
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.settings import HOSTS
from newsgen.model.value import value
from newsgen.source.ledger import PATH, Ledger, LedgerLine
from newsgen.text.address import brief_anchor, collision_key, page_url
from newsgen.text.queries import has_query, most_asked_first

__all__ = ["LazyRedirects", "Location", "Redirect", "Redirects", "Removed", "find", "redirects"]

_Recorded = tuple[tuple[str, str], ...]
Location = tuple[str, str, str]  # of a story: its address now, its state ("" for one that is shown), its file


@value
class Redirect:
    """An address whose story is elsewhere now."""

    url: str
    to: str


@value
class Removed:
    """An address at which a tombstone stands."""

    url: str
    id: str
    state: str  # killed, expired
    since: str = ""  # of a kill: ISO 8601
    reason: str = ""  # of a kill: as given
    path: str = ""  # the story file of an expired one
    digest: str = ""  # and the digest of its bytes, as its card has it
    headline: str = ""  # of an expired one
    iso: str = ""
    details: str = ""


@value
class Redirects:
    """Every address of the ledger that no longer has its story's page, and the aliases; in order of address."""

    rules: tuple[Redirect, ...] = ()  # for the host's _redirects
    asked: tuple[Redirect, ...] = ()  # the same with a query; those with more parameters first
    stubs: tuple[Redirect, ...] = ()  # beyond the host's limit: a page at the address leads on
    removed: tuple[Removed, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: tuple[Redirect, ...] = ()  # from places on pages of briefs, which lead on themselves
    has_410: bool = False  # whether a rule of the host may answer 410


class LazyRedirects:
    """Redirects that are worked out when they are first asked for: half a second for 100,000 addresses.

    `stored` is their digest, problems and `pages` as the store has them, where no redirect can differ from the last
    build: then these answers need no working out. `recorded` is what the method gave, where the ledger is the same: no
    line of it is read. A worker process receives the redirects as worked out, or none.
    """

    def __init__(
        self,
        work: Callable[[], Redirects],
        ledger: Ledger,
        stored: tuple[str, tuple[Problem, ...], tuple[str, ...]] | None,
        recorded: _Recorded | None = None,
    ) -> None:
        self._work = work
        self._ledger = ledger
        self._stored = stored
        self._recorded = recorded

    @cached_property
    def value(self) -> Redirects:
        """The redirects."""
        return self._work()

    @property
    def digest(self) -> str:
        """The digest of all redirects: where it is the same, so are the pages planned from them."""
        return self._stored[0] if self._stored else digest(codec.to_json(self.value).encode())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the ledger, and with the addresses that were published."""
        return self._stored[1] if self._stored else (*self._ledger.problems, *self.value.problems)

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of briefs on which a place leads on or has a tombstone, in order."""
        if self._stored:
            return self._stored[2]
        urls = [*(redirect.url for redirect in self.value.places), *(removed.url for removed in self.value.removed)]
        return tuple(sorted({page_url(url) for url in urls if brief_anchor(url)}))

    def places(self, page: str, address_of: Callable[[str], str]) -> tuple[tuple[Redirect, ...], tuple[Removed, ...]]:
        """What became of the places on a page of briefs that have none now; `address_of` gives that of a shown story.

        Where all that the ledger has of the page is in place, nothing is worked out.
        """
        if self._ledger.digest and "value" not in self.__dict__:  # a worker has no ledger, and what it needs of one
            lines = self._ledger.lines_on(page)
            if all(line.state == "removed" or address_of(line.id) == line.url for line in lines):
                return (), ()
        return _on_page(self.value.places, page), _on_page(self.value.removed, page)

    def recorded(self, limit: int) -> tuple[tuple[str, str], ...]:
        """(id, day) of the addresses that were recorded last, as `Ledger.newest` gives them."""
        if self._recorded is None:
            self._recorded = self._ledger.newest(limit)
        return self._recorded

    @property
    def last_recorded(self) -> tuple[tuple[str, str], ...] | None:
        """What `recorded` gave, or would give; None where it was never asked."""
        return self._recorded

    def __reduce__(self) -> tuple[type[LazyRedirects], tuple[Callable[[], Redirects], Ledger, None, _Recorded | None]]:
        worked_out = self.__dict__.get("value", Redirects())
        return LazyRedirects, (partial(_as_given, worked_out), Ledger(b""), None, self._recorded)


def _as_given(redirects: Redirects) -> Redirects:
    return redirects


Entry = TypeVar("Entry", Redirect, Removed)


def find(entries: tuple[Entry, ...], url: str) -> Entry | None:
    """The entry for an address, of entries in order of address."""
    at = bisect_left(entries, url, key=lambda entry: entry.url)
    return entries[at] if at < len(entries) and entries[at].url == url else None


def _on_page(entries: tuple[Entry, ...], page: str) -> tuple[Entry, ...]:
    """The entries for the places on a page, of entries in order of address."""
    start = bisect_left(entries, f"{page}#", key=lambda entry: entry.url)
    return entries[start : bisect_left(entries, f"{page}$", start, key=lambda entry: entry.url)]  # $ comes after #


def redirects(
    ledger: Iterable[LedgerLine],
    locations: Mapping[str, Location],
    cards: Callable[[Iterable[str]], Mapping[str, Card]],
    host: str,
    aliases: tuple[Alias, ...] = (),
    own: Iterable[str] = (),
) -> Redirects:
    """Where each address of a ledger leads, and each alias.

    `locations` has every story by its id; `cards` gives the cards of story files, by path. `host` is a key of HOSTS,
    `own` are the addresses of the site's own pages and files.
    """
    owners = {url: story_id for story_id, (url, state, _path) in locations.items() if not state}
    moved: list[Redirect] = []
    tombstones: dict[str, tuple[LedgerLine, str, str]] = {}  # address -> its line, state, file
    problems: list[Problem] = []
    taken: dict[str, str] = {}  # what a strict host takes for one address -> the address of a page; by need
    published: set[str] = set()
    for line in ledger:
        url, story_id = line.url, line.id
        published.add(url)
        if owners.get(url) == story_id or line.state == "removed" or not url:  # nearly all
            continue
        now, state, path = locations.get(story_id, ("", "absent", ""))
        taken = taken or _taken(owners)
        page = taken.get(collision_key(url), "")
        if page and page not in owners:
            problems.append(Problem("address-of-list", PATH, values=(url, story_id)))
        elif page:
            if owners[page] != story_id:
                problems.append(Problem("address-reused", locations[owners[page]][2], values=(url, story_id)))
        elif line.state == "killed" or state == "killed":
            tombstones[url] = (line, "killed", path)
        elif state == "":
            moved.append(Redirect(url, now))
        elif state == "expired":
            if url != now:
                moved.append(Redirect(url, now))
            if now not in owners:
                tombstones[now] = (line, "expired", path)
        elif state == "absent":
            problems.append(Problem("address-lost", PATH, values=(url, story_id)))
        else:
            # A warning: who holds a story back wants it gone, and an error would keep the site from being published.
            problems.append(Problem("address-held", path, values=(url, state), severity="warning"))
    if aliases:
        taken = (taken or _taken(owners)) | {collision_key(url): url for url in own}
        urls = {story_id: url for url, story_id in owners.items()}
        pairs, wrong = alias_redirects(aliases, urls, taken, published, HOSTS[host])
        moved += [Redirect(url, to) for url, to in pairs]
        problems += wrong
    asked = [redirect for redirect in moved if has_query(redirect.url)]
    asked.sort(key=lambda redirect: most_asked_first(redirect.url))
    moved = sorted((redirect for redirect in moved if not has_query(redirect.url)), key=lambda redirect: redirect.url)
    places = tuple(redirect for redirect in moved if brief_anchor(redirect.url))
    moved = [redirect for redirect in moved if not brief_anchor(redirect.url)]
    by_path = cards(sorted({path for _line, _state, path in tombstones.values() if path}))
    removed = tuple(_removed(url, *tombstones[url], by_path) for url in sorted(tombstones))
    rules = HOSTS[host]
    limit, has_410 = rules.redirect_limit, rules.answers_gone
    killed = sum(entry.state == "killed" and not brief_anchor(entry.url) for entry in removed)
    room = max(0, limit - (killed if has_410 and rules.gone_is_a_rule else 0))
    if len(asked) > room:
        values = (str(len(asked)), host, str(room), asked[room].to)
        problems.append(Problem("alias-queries-over", PATH, values=values, severity="warning"))
        asked = asked[:room]
    room -= len(asked)
    if limit and len(moved) > room:
        problems.append(Problem("redirects-over", PATH, values=(str(len(moved)), host, str(limit)), severity="warning"))
    return Redirects(tuple(moved[:room]), tuple(asked), tuple(moved[room:]), removed, tuple(problems), places, has_410)


def _taken(owners: Iterable[str]) -> dict[str, str]:
    """The addresses of stories shown, of their sections and pages of briefs, as a strict host takes them."""
    lists = {url[: url.find("/", 1) + 1] for url in owners} | {page_url(url) for url in owners if brief_anchor(url)}
    return {collision_key(url): url for url in (*lists, *owners)}


def _removed(url: str, line: LedgerLine, state: str, path: str, cards: Mapping[str, Card]) -> Removed:
    card = cards.get(path)
    if state == "killed":
        kill = card.kill if card else None
        since = line.since or (kill.date.iso if kill and kill.date else "")
        return Removed(url, line.id, state, since, (kill.reason if kill else "") or line.reason)
    assert card is not None
    return Removed(url, line.id, state, "", "", path, card.digest, card.item.headline, card.item.iso, card.details)
