"""What a build leaves in its record for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsgen import plan
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job, settings_digest, theme_digest
from newsgen.engine.read_worker import Parsed
from newsgen.engine.reindex import Survey
from newsgen.engine.up_to_date import Files, mark_of
from newsgen.index.cards import claim_keys
from newsgen.index.shelves import holds
from newsgen.lifecycle.resolve import Fate
from newsgen.lifecycle.state import moments
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.render.fingerprint import site_mark
from newsgen.store import CardRow, Kinship, Record, Saved

__all__ = ["beside", "meta", "retime", "saved"]


def saved(found: Changes, seen: Survey, kinship: Kinship, codes: Mapping[str, bytes]) -> Saved:
    """What was read."""
    unread = [path for path, parsed in found.parsed.items() if parsed.card is None]
    return Saved(
        is_all=found.is_all,
        files=((p.source, codec.to_json(p.problems) if p.problems else "") for p in found.parsed.values()),
        gone_files=found.gone,
        retimed=found.touched_only,
        cards=(_card_row(fate, found.parsed) for fate in seen.fates),
        gone_cards=[*found.gone, *unread],
        shelves=((collection, seen.index.keys(collection)) for collection in seen.index.changed),
        pictures=[found.pictures[path] for path in sorted(found.pictures)],
        gone_pictures=found.gone_pictures,
        codes=codes,
        kinship=kinship,
        sample=None if found.sample.is_same else found.sample.words,
    )


def retime(job: Job, record: Record, found: Changes) -> None:
    """Files have other times and the same bytes: remember the times, so that the next build need not read them."""
    sealed = {
        **record.meta(),
        "read_at_ns": job.read_at_ns,
        "listing": found.listing.digest,
        "around": _text(_around(job, found)),
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
    text = read.text if read and not card.newest and not card.versions else ""
    held = tuple(holds(fate.seen or card))  # without a photo whose right has expired
    return CardRow(
        card.path, card.item.id, claim_keys(card)[1], fate.state, fate.until,
        codec.to_json(fate.problems) if fate.problems else "", moments(card), held, text or codec.to_json(card),
    )  # fmt: skip


def meta(
    job: Job,
    record: Record,
    scope: plan.Scope,
    found: Changes,
    seen: Survey,
    retry: Iterable[str],
    files: Files,
    others: Files,
    given: tuple[Problem, ...],
) -> dict[str, Any]:
    """What the seal says: what was read, `files` of the output that are as newsgen wrote them, units to `retry`.

    `others` are files of the output that newsgen did not write, `given` what these give away.
    """
    common = found.sample.common
    return {
        "stamp": job.stamp,
        "settings": settings_digest(job),
        "context": found.site_notes.digest,
        "theme": theme_digest(job),
        "site": site_mark(scope.site, job.stamp),
        "clock": job.clock,
        "stable": record.stable(job.clock),
        "retry": sorted(retry),
        "read_at_ns": job.read_at_ns,
        "listing": found.listing.digest,
        "standing": mark_of(others | files),
        "others": sorted(others.keys() - files.keys()),
        "stories": scope.index.count(("date", "")),
        "held": record.held(),
        "has_problems": bool(record.problems()),
        "has_unread": bool(record.unread()),
        "around": _text(_around(job, found)),
        "addresses": _text(seen.ways.problems),
        "ledger": found.ledger.digest,
        "requests": found.requests.digest,
        "killed": sorted(found.killed),
        "ways": seen.ways.mark,
        "given": _text(given),
        "common": [
            " ".join(sorted(words))
            for words in (common.everywhere, common.frequent, common.maybe_frequent, common.maybe_rare)
        ],
        "rank": found.sample.last,
    }


def beside(job: Job, found: Changes, seen: Survey) -> tuple[Problem, ...]:
    """What is wrong beside the stories: with other files, with addresses that were published."""
    return (*_around(job, found), *seen.ways.problems)


def _around(job: Job, found: Changes) -> tuple[Problem, ...]:
    return (*found.listing.problems, *job.theme.problems, *found.site_notes.problems, *found.requests.problems)


def _text(problems: tuple[Problem, ...]) -> str:
    return codec.to_json(problems) if problems else ""
