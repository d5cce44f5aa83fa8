"""What a build leaves in its record for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsgen import codec, plan
from newsgen.cards import claim_keys
from newsgen.fates import Fate
from newsgen.fingerprint import site_mark
from newsgen.job import Job, settings_digest, theme_digest
from newsgen.lifecycle import moments
from newsgen.record import CardRow, Record, Saved
from newsgen.shelves import holds
from newsgen.standing import Files, mark_of
from newsgen.state import Changes
from newsgen.survey import Survey
from newsgen.workers import Parsed

__all__ = ["meta", "retime", "saved"]


def saved(found: Changes, seen: Survey, codes: Mapping[str, bytes]) -> Saved:
    """What was read."""
    unread = [path for path, parsed in found.parsed.items() if parsed.card is None]
    return Saved(
        is_all=found.is_all,
        files=((p.source, codec.text(p.problems) if p.problems else "") for p in found.parsed.values()),
        gone_files=found.gone,
        retimed=found.touched_only,
        cards=(_card_row(fate, found.parsed) for fate in seen.fates),
        gone_cards=[*found.gone, *unread],
        shelves=((collection, seen.index.keys(collection)) for collection in seen.index.changed),
        pictures=[found.pictures[path] for path in sorted(found.pictures)],
        gone_pictures=found.gone_pictures,
        codes=codes,
    )


def retime(job: Job, record: Record, found: Changes) -> None:
    """Files have other times and the same bytes: remember the times, so that the next build need not read them."""
    sealed = {
        **record.meta(),
        "read_at_ns": job.read_at_ns,
        "listing": found.listing.digest,
        "around": _around(found),
    }
    record.begin(())
    pictures = [found.pictures[path] for path in sorted(found.pictures)]
    for _step in record.learn(Saved(is_all=False, retimed=found.touched_only, pictures=pictures)):
        pass
    record.finish((), ())
    record.seal(sealed)


def _card_row(fate: Fate, parsed: Mapping[str, Parsed]) -> CardRow:
    card = fate.card
    read = parsed.get(card.path)
    text = read.text if read else ""
    held = tuple(holds(fate.seen or card))  # without a photo whose right has expired
    return CardRow(
        card.path, card.item.id, claim_keys(card)[1], fate.state, fate.until,
        codec.text(fate.problems) if fate.problems else "", moments(card), held, text or codec.text(card),
    )  # fmt: skip


def meta(
    job: Job, record: Record, scope: plan.Scope, found: Changes, retry: Iterable[str], files: Files, others: list[str]
) -> dict[str, Any]:
    """What the seal says: what was read, `files` of the output that are as newsgen wrote them, units to `retry`."""
    return {
        "stamp": job.stamp,
        "settings": settings_digest(job),
        "context": found.context.digest,
        "theme": theme_digest(job),
        "site": site_mark(scope.site, job.stamp),
        "clock": job.clock,
        "stable": record.stable(job.clock),
        "retry": sorted(retry),
        "read_at_ns": job.read_at_ns,
        "listing": found.listing.digest,
        "standing": mark_of(files),
        "others": [path for path in others if path not in files],
        "stories": scope.index.count(("date", "")),
        "held": record.held(),
        "has_problems": bool(record.problems()),
        "has_unread": bool(record.unread()),
        "around": _around(found),
    }


def _around(found: Changes) -> str:
    """What is wrong with files that are no stories."""
    problems = (*found.listing.problems, *found.context.problems)
    return codec.text(problems) if problems else ""
