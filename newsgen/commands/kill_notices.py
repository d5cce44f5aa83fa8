"""Carrying out an agency's notices: a story that is withdrawn is killed where it is found without a doubt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Literal

from newsgen.commands import kill
from newsgen.commands.ingest import Notice
from newsgen.engine.changes import changes
from newsgen.engine.job import Job
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store
from newsgen.wire.kill_match import Candidate, match_notice

__all__ = ["Ask", "Carried", "carry_out"]

_UNSAID = "The agency withdrew it."


@value
class Carried:
    """What became of a notice."""

    source: str
    state: Literal["killed", "done", "unsure", "unknown"]  # done: at an earlier import; unknown: no such story is here
    ids: tuple[str, ...] = ()  # of the story; where unsure, of those that may be meant, the likeliest first
    paths: tuple[str, ...] = ()  # their files, and those of the versions that went with it


Ask = Callable[[Notice, tuple[Card, ...]], str]  # which of some stories a notice means: its id; "" for none of them


def carry_out(job: Job, notices: Iterable[Notice], ask: Ask, now: Moment, *, dry_run: bool = False) -> list[Carried]:
    """Kill the story that each notice means; `ask` where several may be meant. A dry run kills nothing, asks nobody.

    A notice that was carried out before is told by its text, which the story file keeps.
    """
    return [_one(job, notice, ask, now, dry_run=dry_run) for notice in notices]


def _one(job: Job, notice: Notice, ask: Ask, now: Moment, *, dry_run: bool) -> Carried:
    cards = _cards(job)
    done = [card for card in cards if card.kill and card.kill.notice == notice.text]
    if done:
        return Carried(notice.source, "done", (done[0].item.id,), (done[0].path,))
    alive = {card.item.id: card for card in cards if card.status != "killed"}
    sure, maybe = match_notice(notice.says, notice.text, (_candidate(card) for card in alive.values()))
    if sure is None and maybe and not dry_run:
        sure = ask(notice, tuple(alive[story_id] for story_id in maybe)) or None
    if sure is None:
        paths = tuple(alive[story_id].path for story_id in maybe)
        return Carried(notice.source, "unsure" if maybe else "unknown", maybe, paths)
    if dry_run:
        return Carried(notice.source, "killed", (sure,), (alive[sure].path,))
    gone, _urls = kill.kill(job, sure, notice.says.reason or _UNSAID, notice.text, now)
    return Carried(notice.source, "killed", (sure,), gone)


def _cards(job: Job) -> list[Card]:
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
    return [parsed.card for parsed in found.parsed.values() if parsed.card]


def _candidate(card: Card) -> Candidate:
    details = codec.decode(Details, json.loads(card.details))
    return Candidate(card.item.id, details.slugline, card.item.headline, card.item.day, card.item.labels)
