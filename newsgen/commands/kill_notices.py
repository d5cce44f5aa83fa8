"""Kills the stories that an agency's notices withdraw: where one is found without a doubt, or somebody says which."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Literal

from newsgen.commands import kill
from newsgen.commands.archive import read_archive
from newsgen.commands.import_report import Notice
from newsgen.engine.request import BuildRequest
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.story import Moment
from newsgen.model.value import value
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

    A notice that was applied before is recognised by its text, which the story file keeps.
    """
    return [_apply(request, notice, ask, now, dry_run=dry_run) for notice in notices]


def _apply(request: BuildRequest, notice: Notice, ask: Ask, now: Moment, *, dry_run: bool) -> NoticeResult:
    reason = notice.parsed.reason or _DEFAULT_REASON
    with read_archive(request) as archive:
        cards = sorted(archive.owners().values(), key=lambda card: card.path)
        killed_by_it = [card for card in cards if card.kill and card.kill.notice == notice.text]
        unfinished = [  # by an import that was interrupted
            card for card in killed_by_it if any(old.status != "killed" for old in kill.older_versions(archive, card))
        ]
    if unfinished and not dry_run:
        files, _urls = kill.kill(request, unfinished[0].item.id, reason, notice.text, now)
        return NoticeResult(notice.source, "killed", (unfinished[0].item.id,), files)
    if killed_by_it:
        return NoticeResult(notice.source, "done", (killed_by_it[0].item.id,), (killed_by_it[0].path,))
    by_id = {card.item.id: card for card in cards if card.status != "killed" and card.path != notice.path}
    candidates = (_candidate(card) for card in by_id.values())
    certain, possible = match_notice(notice.parsed, notice.text, notice.day, candidates)
    if notice.parsed.is_doubtful:
        ids = (certain,) if certain else possible
        return NoticeResult(notice.source, "doubtful", ids, tuple(by_id[id_].path for id_ in ids), notice.path)
    if certain is None and possible and not dry_run:
        certain = ask(notice, tuple(by_id[story_id] for story_id in possible)) or None
    if certain is None:
        paths = tuple(by_id[story_id].path for story_id in possible)
        return NoticeResult(notice.source, "unsure" if possible else "unknown", possible, paths)
    if dry_run:
        return NoticeResult(notice.source, "killed", (certain,), (by_id[certain].path,))
    files, _urls = kill.kill(request, certain, reason, notice.text, now)
    return NoticeResult(notice.source, "killed", (certain,), files)


def _candidate(card: Card) -> Candidate:
    details = codec.decode(Details, json.loads(card.details))
    return Candidate(card.item.id, details.slugline, card.item.headline, card.item.day, card.item.labels)
