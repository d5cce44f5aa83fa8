"""What a build leaves in the store for the next one. Written after the output, never before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from newsgen.engine.changes import SourceChanges
from newsgen.engine.own_files import owner
from newsgen.engine.read_worker import Parsed
from newsgen.engine.request import BuildRequest, settings_digest, theme_digest
from newsgen.engine.snapshot import Snapshot
from newsgen.engine.up_to_date import Files, digest_of
from newsgen.index.cards import claim_keys
from newsgen.index.shelves import facets_of
from newsgen.lifecycle.holds import section_problems
from newsgen.lifecycle.resolve import Resolved
from newsgen.lifecycle.state import moments
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.render.fingerprint import site_digest
from newsgen.store import CardRow, NewRows, PictureRow, Seal, Store

__all__ = ["learn", "seal_of", "touch_times", "with_output"]


def learn(snapshot: Snapshot, store: Store, compiled: Mapping[str, bytes]) -> Iterator[None]:
    """Put down what was read, in steps that are taken while pages are rendered. `compiled` are new templates."""
    changes, index = snapshot.changes, snapshot.index
    unread = [path for path, parsed in changes.parsed.items() if parsed.card is None]
    return store.learn(
        NewRows(
            is_all=changes.is_all,
            files=((p.source, codec.problems_to_json(p.problems)) for p in changes.parsed.values()),
            removed_files=changes.gone,
            touched_files=changes.touched,
            cards=(_card_row(story, changes.parsed) for story in snapshot.resolved),
            removed_cards=[*changes.gone, *unread],
            shelves=((each, index.keys(each), index.spellings.text(each)) for each in index.changed_collections),
            pictures=_pictures(changes),
            removed_pictures=changes.gone_pictures,
            templates=compiled,
            related=snapshot.related.rows,
            sample=None if changes.sample.is_same else changes.sample.words,
        )
    )


def _card_row(story: Resolved, parsed: Mapping[str, Parsed]) -> CardRow:
    card = story.card
    read = parsed.get(card.path)
    text = read.text if read and not card.newest and not card.versions else ""
    held = tuple(facets_of(story.public or card))  # without a photo whose right has expired
    return CardRow(
        card.path, card.item.id, claim_keys(card)[1], story.state, story.until,
        codec.problems_to_json(story.problems), moments(card), held, text or codec.to_json(card),
    )  # fmt: skip


def _pictures(changes: SourceChanges) -> list[PictureRow]:
    return [changes.pictures[path] for path in sorted(changes.pictures)]


def touch_times(request: BuildRequest, store: Store, changes: SourceChanges) -> None:
    """Files have other times and the same bytes: remember the times, so that the next build need not read them."""

    def shown(section: str) -> int:
        return (store.stories.shelf(("section", section)) or (0, ""))[0]

    seal = replace(
        store.seal.last,
        read_at_ns=request.read_at_ns,
        listing_digest=changes.listing.digest,
        input_problems=(
            *section_problems(changes.site_notes, changes.listing, store.stories.held_files(), shown),
            *changes.problems(request.theme),
        ),
    )
    store.begin(())
    for _step in store.learn(NewRows(is_all=False, touched_files=changes.touched, pictures=_pictures(changes))):
        pass
    store.finish((), ())
    store.seal.write(seal)


def seal_of(snapshot: Snapshot, store: Store, page_count: int, list_digest: str = "") -> Seal:
    """The seal for what was read, of a store that has learned it; nothing yet of the output.

    `list_digest` is that of the list of newsgen's files in the output; "" where there is no output.
    """
    request, changes = snapshot.request, snapshot.changes
    common = changes.sample.common
    return Seal(
        state="finished",
        stamp=request.stamp,
        settings_digest=settings_digest(request),
        site_notes_digest=changes.site_notes.digest,
        theme_digest=theme_digest(request),
        site_digest=site_digest(snapshot.scope.site, request.stamp),
        ledger_digest=changes.ledger.digest,
        requests_digest=changes.requests.digest,
        own_digest=changes.own.digest,
        listing_digest=changes.listing.digest,
        read_at_ns=request.read_at_ns,
        clock=request.clock,
        drafts=request.drafts,
        stable=store.stories.stable_span(request.clock),
        story_count=snapshot.index.count(("date", "")),
        held=tuple(store.stories.held()),
        killed=tuple(sorted(changes.killed)),
        has_problems=bool(store.stories.problems()),
        has_unreadable=bool(store.stories.unreadable()) or changes.site_notes.has_unreadable,
        common_words=tuple(
            " ".join(sorted(words))
            for words in (common.everywhere, common.frequent, common.borderline_everywhere, common.borderline_frequent)
        ),
        sample_rank=changes.sample.last,
        redirects_digest=snapshot.redirects.digest,
        brief_pages=snapshot.redirects.pages,
        recorded=snapshot.redirects.last_recorded,
        owner=owner(request),
        list_digest=list_digest,
        page_count=page_count,
        input_problems=snapshot.input_problems,
        address_problems=snapshot.redirects.problems,
    )


def with_output(
    seal: Seal,
    files: Files,
    others: Files,
    retry: Iterable[str],
    former: tuple[tuple[str, str], ...],
    leaks: tuple[Problem, ...],
) -> Seal:
    """The seal with the output as the build leaves it.

    `files` are those that newsgen wrote, `retry` the units to plan again, `leaks` what the files of `others` give away;
    `former` as `Decision` has it.
    """
    return replace(
        seal,
        output_digest=digest_of({**others, **files}),
        output_ns=max((seal.read_at_ns, *(mtime_ns for _size, mtime_ns in files.values()))),
        other_files=tuple(sorted(others.keys() - files.keys())),
        retry=tuple(sorted(retry)),
        former=former,
        leak_problems=leaks,
    )
