"""What a build leaves in its record for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from newsgen import plan
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job, settings_digest, theme_digest
from newsgen.engine.read_worker import Parsed
from newsgen.engine.reindex import Survey
from newsgen.engine.up_to_date import Files, mark_of
from newsgen.index.cards import claim_keys
from newsgen.index.shelves import facets_of
from newsgen.lifecycle.resolve import Fate
from newsgen.lifecycle.state import moments
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.render.fingerprint import site_mark
from newsgen.store import CardRow, NewRows, RelatedRows, Seal, Store

__all__ = ["beside", "retime", "saved", "seal_of"]


def saved(found: Changes, seen: Survey, related: RelatedRows, codes: Mapping[str, bytes]) -> NewRows:
    """What was read."""
    unread = [path for path, parsed in found.parsed.items() if parsed.card is None]
    return NewRows(
        is_all=found.is_all,
        files=((p.source, codec.problems_to_json(p.problems)) for p in found.parsed.values()),
        removed_files=found.gone,
        touched_files=found.touched_only,
        cards=(_card_row(fate, found.parsed) for fate in seen.fates),
        removed_cards=[*found.gone, *unread],
        shelves=((collection, seen.index.keys(collection)) for collection in seen.index.changed_collections),
        pictures=[found.pictures[path] for path in sorted(found.pictures)],
        removed_pictures=found.gone_pictures,
        templates=codes,
        related=related,
        sample=None if found.sample.is_same else found.sample.words,
    )


def retime(job: Job, store: Store, found: Changes) -> None:
    """Files have other times and the same bytes: remember the times, so that the next build need not read them."""
    sealed = replace(
        store.seal.last,
        read_at_ns=job.read_at_ns,
        listing_digest=found.listing.digest,
        input_problems=_around(job, found),
    )
    store.begin(())
    pictures = [found.pictures[path] for path in sorted(found.pictures)]
    for _step in store.learn(NewRows(is_all=False, touched_files=found.touched_only, pictures=pictures)):
        pass
    store.finish((), ())
    store.seal.write(sealed)


def _card_row(fate: Fate, parsed: Mapping[str, Parsed]) -> CardRow:
    card = fate.card
    read = parsed.get(card.path)
    text = read.text if read and not card.newest and not card.versions else ""
    held = tuple(facets_of(fate.seen or card))  # without a photo whose right has expired
    return CardRow(
        card.path, card.item.id, claim_keys(card)[1], fate.state, fate.until,
        codec.problems_to_json(fate.problems), moments(card), held, text or codec.to_json(card),
    )  # fmt: skip


def seal_of(
    job: Job,
    store: Store,
    scope: plan.Scope,
    found: Changes,
    seen: Survey,
    retry: Iterable[str],
    files: Files,
    others: Files,
    given: tuple[Problem, ...],
) -> Seal:
    """What the seal says: what was read, `files` of the output that are as newsgen wrote them, units to `retry`.

    `others` are files of the output that newsgen did not write, `given` what these give away.
    """
    common = found.sample.common
    return Seal(
        state="finished",
        stamp=job.stamp,
        settings_digest=settings_digest(job),
        site_notes_digest=found.site_notes.digest,
        theme_digest=theme_digest(job),
        site_digest=site_mark(scope.site, job.stamp),
        ledger_digest=found.ledger.digest,
        requests_digest=found.requests.digest,
        listing_digest=found.listing.digest,
        read_at_ns=job.read_at_ns,
        clock=job.clock,
        stable=store.stories.stable_span(job.clock),
        story_count=scope.index.count(("date", "")),
        held=tuple(store.stories.held()),
        killed=tuple(sorted(found.killed)),
        has_problems=bool(store.stories.problems()),
        has_unreadable=bool(store.stories.unreadable()),
        common_words=tuple(
            " ".join(sorted(words))
            for words in (common.everywhere, common.frequent, common.maybe_frequent, common.maybe_rare)
        ),
        sample_rank=found.sample.last,
        redirects_digest=seen.ways.mark,
        output_digest=mark_of(others | files),
        other_files=tuple(sorted(others.keys() - files.keys())),
        retry=tuple(sorted(retry)),
        input_problems=_around(job, found),
        address_problems=seen.ways.problems,
        leak_problems=given,
    )


def beside(job: Job, found: Changes, seen: Survey) -> tuple[Problem, ...]:
    """What is wrong beside the stories: with other files, with addresses that were published."""
    return (*_around(job, found), *seen.ways.problems)


def _around(job: Job, found: Changes) -> tuple[Problem, ...]:
    return (*found.listing.problems, *job.theme.problems, *found.site_notes.problems, *found.requests.problems)
