"""Where every address leads that was ever a story's: the ledger beside what is shown now. Pure.

An address is in place, leads on to where its story is now, or holds the tombstone of a story that was killed or has
expired. Every way is one step: it leads to a page, never to another way, so none can run in a circle.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TypeVar

from newsgen.model import codec
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.settings import HOSTS
from newsgen.model.value import value
from newsgen.source.ledger import PATH, Ledger, LedgerLine

__all__ = ["Gone", "Later", "Moved", "Place", "Ways", "find", "ways"]

Place = tuple[str, str, str]  # of a story: its address now, its state ("" for one that is shown), its file


@value
class Moved:
    """An address whose story is elsewhere now."""

    url: str
    to: str


@value
class Gone:
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
class Ways:
    """Every address that is not in place, in order; `units.py` names the pages that are planned from them."""

    moved: tuple[Moved, ...] = ()  # by rules of _redirects
    stubs: tuple[Moved, ...] = ()  # over the host's limit: by pages
    gone: tuple[Gone, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_410: bool = False  # whether a rule of the host may answer 410


class Later:
    """Ways that are worked out when they are asked for; where nothing of them can differ from the record, never.

    `kept` is what the record says of them: their mark, and what is wrong. In another process they are what was worked
    out before it began.
    """

    def __init__(self, work: Callable[[], Ways], ledger: Ledger, kept: tuple[str, tuple[Problem, ...]] | None) -> None:
        self._work = work
        self._ledger = ledger
        self._kept = kept

    @cached_property
    def found(self) -> Ways:
        """The ways."""
        return self._work()

    @property
    def mark(self) -> str:
        """The digest of all ways: where it is the same, so are the pages planned from them."""
        return self._kept[0] if self._kept else digest(codec.to_json(self.found).encode())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the ledger, and with the addresses that were published."""
        return self._kept[1] if self._kept else (*self._ledger.problems, *self.found.problems)

    def __reduce__(self) -> tuple[type[Later], tuple[Callable[[], Ways], Ledger, None]]:
        found = self.__dict__.get("found", Ways())
        return Later, (partial(_same, found), Ledger(b""), None)


def _same(found: Ways) -> Ways:
    return found


Way = TypeVar("Way", Moved, Gone)


def find(found: tuple[Way, ...], url: str) -> Way | None:
    """The one of some ways, in order of address, that begins at an address."""
    at = bisect_left(found, url, key=lambda one: one.url)
    return found[at] if at < len(found) and found[at].url == url else None


def ways(
    ledger: Iterable[LedgerLine],
    places: Mapping[str, Place],
    cards: Callable[[Iterable[str]], Mapping[str, Card]],
    host: str,
) -> Ways:
    """The way of each address of a ledger. `places` has every story by its id, `cards` gives cards by their files."""
    owners = {url: story_id for story_id, (url, state, _path) in places.items() if not state}
    moved: list[Moved] = []
    gone: dict[str, tuple[LedgerLine, str, str]] = {}  # address -> its line, state, file
    problems: list[Problem] = []
    for line in ledger:
        url, story_id = line.url, line.id
        if owners.get(url) == story_id or line.state == "removed" or not url:  # nearly all
            continue
        now, state, path = places.get(story_id, ("", "absent", ""))
        if url in owners:
            problems.append(Problem("address-reused", places[owners[url]][2], values=(url, story_id)))
        elif line.state == "killed" or state == "killed":
            gone[url] = (line, "killed", path)
        elif state == "":
            moved.append(Moved(url, now))
        elif state == "expired":
            if url != now:
                moved.append(Moved(url, now))
            if now not in owners:
                gone[now] = (line, "expired", path)
        elif state == "absent":
            problems.append(Problem("address-lost", PATH, values=(url, story_id)))
        else:
            problems.append(Problem("address-held", path, values=(url, state)))
    moved.sort(key=lambda one: one.url)
    read = cards(sorted({path for _line, _state, path in gone.values() if path}))
    made = tuple(_gone(url, *gone[url], read) for url in sorted(gone))
    limit, has_410 = HOSTS[host].redirect_limit, HOSTS[host].answers_gone
    room = max(0, limit - (sum(one.state == "killed" for one in made) if has_410 else 0))
    if limit and len(moved) > room:
        problems.append(Problem("redirects-over", PATH, values=(str(len(moved)), host, str(limit)), severity="warning"))
    return Ways(tuple(moved[:room]), tuple(moved[room:]), made, tuple(problems), has_410)


def _gone(url: str, line: LedgerLine, state: str, path: str, cards: Mapping[str, Card]) -> Gone:
    card = cards.get(path)
    if state == "killed":
        kill = card.kill if card else None
        since = line.since or (kill.date.iso if kill and kill.date else "")
        return Gone(url, line.id, state, since, (kill.reason if kill else "") or line.reason)
    assert card is not None
    return Gone(url, line.id, state, "", "", path, card.digest, card.item.headline, card.item.iso, card.details)
