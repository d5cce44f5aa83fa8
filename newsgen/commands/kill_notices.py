"""Kills the stories that an agency's notices withdraw: where one is found without a doubt, or somebody says which."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Literal

from newsgen.commands.archive import Archive, read_some
from newsgen.commands.import_report import Notice
from newsgen.commands.kill import Withdrawal, kill_all, with_older
from newsgen.commands.urls import require_ledger
from newsgen.commands.wanted_stories import find_wanted
from newsgen.engine.request import BuildRequest
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source.listing import classify, scan_content
from newsgen.wire.kill_match import Candidate, match_notice

__all__ = ["Ask", "NoticeResult", "apply_notices"]

_DEFAULT_REASON = "The agency withdrew it."


@value
class NoticeResult:
    """What became of a notice."""

    source: str  # of the notice: file as given, with #id where the file has many items
    # done: at an earlier import; unsure: which story; doubtful: whether it is a notice; unknown: no such story is here
    state: Literal["killed", "done", "unsure", "doubtful", "unknown"]
    ids: tuple[str, ...] = ()  # of the story; where unsure, of those that may be meant, the likeliest first
    paths: tuple[str, ...] = ()  # their files, and those of the versions that went with it
    path: str = ""  # where it is doubtful, of the story file in which it is withheld


Ask = Callable[[Notice, tuple[Card, ...]], str]  # (notice, stories that it may mean) -> the id of one; "" for none


def apply_notices(
    request: BuildRequest, notices: Iterable[Notice], ask: Ask, now: Moment, *, dry_run: bool = False
) -> list[NoticeResult]:
    """Kill the story that each notice means; `ask` where it may mean several. A dry run kills nothing and asks nobody.

    Where it is doubtful whether copy is a notice, nothing is killed: the result names what it may mean.

    A notice that was applied before is recognised by its text, which the story file keeps. Every story file is looked
    into once, however many notices there are, and only those are read that one of them may mean. Every story is killed
    at the end. ContentError as of `kill_all`.
    """
    notices = tuple(notices)
    listing = classify(scan_content(request.site))
    wanted = find_wanted(request.site, (stat[0] for stat in listing.stories), notices, request.settings)
    with read_some(request, listing, wanted.files) as archive:
        desk = _Desk(archive, (lambda _notice, _cards: "") if dry_run else ask)
        results = [desk.decide(notice, near) for notice, near in zip(notices, wanted.near, strict=True)]
        if desk.withdrawals and not dry_run:
            require_ledger(archive)
            kill_all(archive, desk.withdrawals, now)
    return results


class _Desk:
    """Decides which story each notice means. Mutable: a story that one notice kills is not there for the next."""

    def __init__(self, archive: Archive, ask: Ask) -> None:
        self._ask = ask
        self._owners = archive.owners()
        self._killed_by: dict[str, Card] = {}  # by text of the notice: the newest version
        for card in sorted(self._owners.values(), key=lambda card: card.path):
            if card.kill and card.kill.notice:
                self._killed_by.setdefault(card.kill.notice, card)
        self._gone = {story_id for story_id, card in self._owners.items() if card.status == "killed"}
        self._by_path = {card.path: card for card in self._owners.values()}
        self.withdrawals: list[Withdrawal] = []

    def decide(self, notice: Notice, near: Iterable[str]) -> NoticeResult:
        """What becomes of a notice; a story that it kills is added to the withdrawals.

        `near` are the files of all stories that it may mean.
        """
        if killed := self._killed_by.get(notice.text):
            if self._unfinished(killed):  # by an import that was interrupted
                return self._kill(notice, killed)
            return NoticeResult(notice.source, "done", (killed.item.id,), (killed.path,))
        cards = (self._by_path[path] for path in near if path in self._by_path and path != notice.path)
        candidates = [_candidate(card) for card in cards if card.item.id not in self._gone]
        certain, possible = match_notice(notice.parsed, notice.text, notice.day, candidates)
        if notice.parsed.is_doubtful:
            ids = (certain,) if certain else possible
            return NoticeResult(notice.source, "doubtful", ids, self._paths(ids), notice.path)
        if certain is None and possible:
            certain = self._ask(notice, tuple(self._owners[story_id] for story_id in possible)) or None
        if certain is None:
            return NoticeResult(notice.source, "unsure" if possible else "unknown", possible, self._paths(possible))
        return self._kill(notice, self._owners[certain])

    def _unfinished(self, card: Card) -> tuple[Card, ...]:
        """A story and the versions that it replaced, without those that are killed."""
        return tuple(version for version in with_older(self._owners, card) if version.item.id not in self._gone)

    def _kill(self, notice: Notice, card: Card) -> NoticeResult:
        cards = self._unfinished(card)
        self.withdrawals.append(Withdrawal(cards, notice.parsed.reason or _DEFAULT_REASON, notice.text))
        self._gone.update(version.item.id for version in cards)
        self._killed_by.setdefault(notice.text, card)
        return NoticeResult(notice.source, "killed", (card.item.id,), tuple(version.path for version in cards))

    def _paths(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._owners[story_id].path for story_id in ids)


def _candidate(card: Card) -> Candidate:
    details = codec.decode(Details, json.loads(card.details))
    return Candidate(card.item.id, details.slugline, card.item.headline, card.item.day, card.item.labels)
