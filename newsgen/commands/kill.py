"""Withdraws a story for good, with the versions that it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.urls import require_ledger, write_ledger
from newsgen.engine.request import BuildRequest
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine
from newsgen.storyfile import YamlValue

__all__ = ["Withdrawal", "kill", "kill_all", "with_older"]


@value
class Withdrawal:
    """Why some stories are withdrawn: one, and the versions that it replaced."""

    cards: tuple[Card, ...]
    reason: str
    notice: str = ""  # the agency's text


def kill(
    request: BuildRequest, name: str, reason: str, notice: str, now: Moment
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Withdraw a story, by its id or file, and the versions that it replaced. `notice` is the agency's text, or "".

    Gives the files that were changed, the story's own first, and the addresses that the stories had.

    UsageError where there is no such story, its id is another file's, or it and its versions were killed before;
    ContentError where a file cannot be edited safely.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    with read_archive(request) as archive:
        require_ledger(archive)
        card = archive.find(name)
        cards = [version for version in with_older(archive.owners(), card) if version.status != "killed"]
        if not cards:
            raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
        lines = kill_all(archive, [Withdrawal(tuple(cards), reason, notice)], now)
    return tuple(card.path for card in cards), tuple(line.url for line in lines if line.url)


def kill_all(archive: Archive, withdrawals: Iterable[Withdrawal], now: Moment) -> list[LedgerLine]:
    """Withdraw stories that are not killed yet, each named once; their lines in the ledger.

    The files say `status: killed` and why, and keep their text, because each build looks for it in what it writes; the
    ledger keeps the ids. A story that is shown now but not in the ledger counts as published. Every edit is worked out
    before the first file is written, and the ledger is written first: after an interruption, the same again does the
    rest.

    ContentError for the files that cannot be edited safely, when all others are done.
    """
    files: list[tuple[str, bytes]] = []
    reasons: dict[str, str] = {}
    problems: list[Problem] = []
    for withdrawal in withdrawals:
        entry = {"date": now.iso, "reason": withdrawal.reason}
        if withdrawal.notice.strip():
            entry["notice"] = withdrawal.notice
        keys: dict[str, YamlValue | None] = {"status": "killed", "kill": entry}
        try:
            edited = [(card.path, archive.with_keys(card, keys)) for card in withdrawal.cards]
        except ContentError as error:
            problems += error.problems
            continue
        files += edited
        reasons.update((card.item.id, withdrawal.reason) for card in withdrawal.cards)
    lines = _mark_killed(archive, reasons, now) if reasons else []
    for path, data in files:
        archive.snapshot.request.site.edit(path, data)
    if problems:
        raise ContentError(*problems)
    return lines


def _mark_killed(archive: Archive, reasons: Mapping[str, str], now: Moment) -> list[LedgerLine]:
    """Write into the ledger that stories were killed; their lines. A story without an address gets a line too."""
    shown = {url: story_id for url, story_id in archive.shown_addresses().items() if story_id in reasons}
    lines = ledger.with_shown(archive.changes.ledger.lines, shown, now.day)
    live = [line for line in lines if line.id in reasons]
    live += [LedgerLine(story_id, "", "") for story_id in sorted(reasons.keys() - {line.id for line in live})]
    killed = [
        line if line.state == "killed" else replace(line, state="killed", since=now.iso, reason=reasons[line.id])
        for line in live
    ]
    write_ledger(archive, ledger.in_order([*(line for line in lines if line.id not in reasons), *killed]))
    return killed


def with_older(owners: Mapping[str, Card], card: Card) -> list[Card]:
    """A story and the versions that it replaced, newest first, killed ones too. `owners`: as of `Archive`."""
    chain = {card.path: card}
    version = owners.get(card.updates)
    while version is not None and version.path not in chain:
        chain[version.path] = version
        version = owners.get(version.updates)
    return list(chain.values())
