"""The pipeline: changes -> touched shelves -> units -> pages -> fingerprint differs -> render -> write -> record."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from newsgen import plan
from newsgen.engine.changes import Changes, changes
from newsgen.engine.decide import Decision, decide, scope_of
from newsgen.engine.guard import Guard, guard
from newsgen.engine.job import Job
from newsgen.engine.outcome import Outcome, Watch, report_unchanged
from newsgen.engine.reindex import survey
from newsgen.engine.relate import relate
from newsgen.engine.render_worker import Done, Render
from newsgen.engine.save import beside, retime, saved, seal_of
from newsgen.engine.templates import compiling
from newsgen.engine.up_to_date import Files, Standing, broken, marker, stands
from newsgen.engine.write import MARKER
from newsgen.model import codec
from newsgen.model.errors import BlockedPath, Problem
from newsgen.render.fingerprint import site_mark
from newsgen.source.listing import Listing
from newsgen.store import PageRow, Store
from newsgen.text.address import output_path
from newsgen.workers import pool

__all__ = ["bring"]


def bring(job: Job, store: Store, listed: Listing, here: Standing, outcome: Outcome, watch: Watch) -> None:
    """Bring the output up to date, all steps in order; `outcome` tells what was done."""
    before = gc.get_threshold()
    gc.set_threshold(*pool.GC_THRESHOLDS)
    try:
        _bring(job, store, listed, here, outcome, watch)
    finally:
        gc.set_threshold(*before)


def _bring(job: Job, store: Store, listed: Listing, here: Standing, outcome: Outcome, watch: Watch) -> None:
    codes: dict[str, bytes] = {}
    new_codes: dict[str, bytes] = {}
    templates = compiling(job, store, codes, new_codes)
    found = changes(job, store, listed, templates)
    watch.stage("read")
    if found.is_nothing and found.site_notes.digest == store.seal.last.site_notes_digest and stands(job, store, here):
        retime(job, store, found)
        report_unchanged(store, outcome)
        watch.stage("record")
        return
    damaged, ours, others = broken(store, here)
    seen = survey(job, store, found)
    for _template in templates:
        pass
    watch.stage("index")
    relations = relate(job, store, found, seen)
    scope = scope_of(job, found, seen, relations.lists)
    watch.stage("relate")
    guarded = guard(job, store, found, seen, scope)
    doubted = damaged | guarded.standing(job, store)
    decision = decide(job, store, found, seen, scope, doubted, is_whole=guarded.is_named)
    given = guarded.others(job, found, others.keys() - {output_path(url) for url in decision.urls})
    watch.stage("plan")
    if store.seal.last.stamp not in ("", job.stamp):
        outcome.problems.append(Problem("record-of-another", store.path, severity="warning"))
    outcome.problems.extend((*beside(job, found, seen), *seen.problems, *given))
    done = _Done(ours)
    claimed = _unclaimed(job, decision)
    store.begin(claimed)
    learned = store.learn(saved(found, seen, relations.saved, new_codes))
    if decision.units or decision.gone:
        _perform(
            job,
            scope,
            found,
            decision,
            claimed,
            damaged.keys(),
            codes,
            outcome,
            done,
            learned,
            here.files,
            guarded,
        )
    watch.stage("render")
    for _step in learned:
        pass
    here_now = {row.url for row in done.rows}
    store.finish(sorted(done.rows, key=lambda row: row.url), [url for url in done.gone if url not in here_now])
    sealed = seal_of(job, store, scope, found, seen, done.retry, done.files, others, given)
    sealed = replace(sealed, page_count=decision.planned - done.missing)
    store.seal.write(sealed)
    outcome.stories, outcome.held = sealed.story_count, sealed.held
    outcome.pages = decision.planned - done.failed
    outcome.unchanged = decision.planned - len(outcome.written)
    watch.stage("record")
    outcome.weigh()


# --- doing it -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Done:
    """What a build leaves for the record."""

    files: Files  # of the output, that are as newsgen wrote them
    rows: list[PageRow] = field(default_factory=list)  # new lines of the manifest
    gone: list[str] = field(default_factory=list)  # addresses to strike out
    retry: set[str] = field(default_factory=set)  # units whose page or removal was blocked
    failed: int = 0  # pages that are not in place
    missing: int = 0  # of them those that have no line in the manifest
    struck: set[str] = field(default_factory=set)


def _perform(
    job: Job,
    scope: plan.Scope,
    found: Changes,
    decision: Decision,
    claimed: Iterable[PageRow],
    damaged: Collection[str],
    codes: Mapping[str, bytes],
    outcome: Outcome,
    done: _Done,
    learned: Iterator[None],
    here: Files,
    guarded: Guard,
) -> None:
    """Take away what is gone, then plan, render and write what is stale; meanwhile put down what was `learned`.

    What goes out of view goes first: a page that cannot be written must not keep it published.
    """
    if job.output.stat(MARKER) is None or job.output.read(MARKER) != marker(job):
        job.output.write(MARKER, marker(job))
    _remove(job, found, decision, damaged, outcome, done)
    if len(decision.units) >= pool.MIN_FOR_WORKERS:  # workers cannot reach the record, and it is about to change
        scope.index.load_all()
        scope.related.load()
    mark = site_mark(scope.site, job.stamp)
    is_bare = decision.is_lost and not here
    is_clean = job.is_clean or guarded.is_named
    work = Render(
        job.site, job.output, scope, found.site_notes, job.theme, codes, mark, is_clean, decision.is_lost, is_bare,
        guarded.finder,
    )  # fmt: skip
    ours = {row[0] for _unit, rows in decision.units for row in rows}.union(row.url for row in claimed)
    results = pool.map_tasks(work, decision.units, job.jobs, job.cluster, learned)
    for number, ((unit, _rows), pages) in enumerate(zip(decision.units, results, strict=True), 1):
        for page in pages:
            _note(job, unit, page, outcome, done, is_ours=decision.is_lost or page[0] in ours)
        if job.progress:
            job.progress("render", number, len(decision.units))
    job.output.remove_temporary_files()
    if decision.is_lost:
        outcome.problems.extend(_left_over(job, decision.urls, here))


def _note(job: Job, unit: str, page: Done, outcome: Outcome, done: _Done, *, is_ours: bool) -> None:
    """What became of one page."""
    url, state, mark, made, size, mtime_ns, reason, wrong = page
    if wrong:
        outcome.problems.extend(codec.problems_from_json(wrong))
    if state == "current":
        return
    if state != "failed":
        outcome.rendered.append(url)
        done.rows.append(PageRow(url, unit, mark, made, size, mtime_ns, reason))
        done.files[output_path(url)] = (size, mtime_ns)
        if state == "written":
            outcome.written.append(url)
        return
    done.failed += 1
    done.retry.add(unit)
    done.missing += 1
    done.files.pop(output_path(url), None)
    if not is_ours:  # somebody's file stands there: no line of the manifest may say that it is newsgen's
        return
    if job.output.has(output_path(url)):
        if not _take_away(job, url, outcome):  # it still is newsgen's, to be taken away at the next build
            done.missing -= 1
            done.rows.append(PageRow(url, unit, "", "", 0, 0, reason))
            return
        outcome.removed.append(url)
    done.gone.append(url)


def _remove(
    job: Job, found: Changes, decision: Decision, damaged: Collection[str], outcome: Outcome, done: _Done
) -> None:
    """Take away the pages that are no longer planned."""
    kept = {output_path(url) for url in decision.urls}
    missed = {row.url for row in decision.gone if row.unit.startswith("story/") and not decision.is_reset}
    if missed:  # of an address in the ledger it is known where it leads, and told where it leads nowhere
        missed.difference_update(line.url for line in found.ledger.lines)
    for row in decision.gone:
        path = output_path(row.url)
        if path not in kept:
            was_edited = row.digest != "" and row.url in damaged and job.output.has(path)
            if not _take_away(job, row.url, outcome):
                done.retry.add(row.unit)
                continue
            outcome.removed.append(row.url)
            done.files.pop(path, None)
            if was_edited:
                outcome.problems.append(Problem("edited-page-removed", row.url, severity="warning"))
            if row.url in missed:
                outcome.problems.append(Problem("address-gone", row.url, severity="warning"))
        done.gone.append(row.url)


def _take_away(job: Job, url: str, outcome: Outcome) -> bool:
    """Remove a page's file; whether nothing stood in the way."""
    try:
        job.output.remove(output_path(url))
    except BlockedPath as error:
        outcome.problems.extend(error.problems)
        return False
    return True


def _unclaimed(job: Job, decision: Decision) -> list[PageRow]:
    """The addresses that are about to be written for the first time, where nothing of anybody's stands."""
    return [row for row in decision.new if decision.is_lost or not job.output.has(output_path(row.url))]


def _left_over(job: Job, urls: Iterable[str], here: Files) -> list[Problem]:
    """Without a record, what an earlier build may have left cannot be told from a user's own files: name it."""
    ours = {output_path(url) for url in urls}
    others = sorted(here.keys() - ours)
    if not others:
        return []
    shown = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    return [Problem("left-over", job.output.name, values=(str(len(others)), shown), severity="warning")]
