"""The engine: changes -> touched shelves -> pages -> fingerprint differs -> render -> write -> record."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import dataclass, field
from time import perf_counter

from newsgen import codec, pool
from newsgen.address import file_of
from newsgen.decide import Decision, decide, scope_of, site_mark, theme_digest
from newsgen.errors import BlockedPath, Problem, UsageError
from newsgen.index import Index
from newsgen.record import DamagedError, PageRow, Record, StoryRow, problems_of
from newsgen.site import Site
from newsgen.state import Changes, Job, Survey, changes, survey
from newsgen.workers import Render
from newsgen.write import MARKER

__all__ = ["Outcome", "build"]


@dataclass(slots=True)
class Outcome:
    """What a build did; `report.py` words it."""

    stories: int = 0  # live
    pages: int = 0
    held: tuple[tuple[str, str, int | None], ...] = ()  # id, state, until
    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_rss_bytes: int = 0
    jobs: int = 1

    @property
    def has_errors(self) -> bool:
        """Whether something a user must mend was found."""
        return any(problem.severity == "error" for problem in self.problems)


class _Watch:
    """Seconds by stage, for the report only."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._at = perf_counter()

    def stage(self, name: str) -> None:
        now = perf_counter()
        self._seconds[name] = round(self._seconds.get(name, 0.0) + now - self._at, 4)
        self._at = now


def build(job: Job, record: Record) -> Outcome:
    """Bring the output up to date with the site at the job's clock. SystemFault where the disk refuses.

    A record that cannot be read is forgotten, which costs a full build.
    """
    _claim_output(job, record)
    try:
        return _build(job, record)
    except DamagedError:
        record.clear()
        outcome = _build(job, record)
        outcome.problems.append(Problem("record-damaged", record.path, severity="warning"))
        return outcome


def _build(job: Job, record: Record) -> Outcome:
    outcome = Outcome(jobs=job.jobs)
    watch = _Watch(outcome.seconds)
    found = changes(job, record)
    watch.stage("read")
    outcome.problems.extend((*found.listing.problems, *found.context.problems))
    damaged = _damaged(job, record)
    watch.stage("verify")
    if _is_current(job, record, found) and not damaged:
        _finish_unchanged(job, record, found, outcome)
        watch.stage("record")
        return outcome
    seen = survey(job, record, found)
    outcome.problems.extend(seen.problems)
    index = Index(seen.live.cards.values())
    scope = scope_of(job, found, index)
    watch.stage("index")
    decision = decide(job, record, found, seen, scope, damaged)
    watch.stage("plan")
    record.begin(_new_pages(job, decision))
    done = _perform(job, scope.site, found, decision, outcome)
    watch.stage("render")
    _record(job, record, found, seen, scope.site, done)
    outcome.stories, outcome.held = len(seen.live.cards), seen.live.held
    outcome.pages = decision.planned - done.failed
    outcome.unchanged = decision.planned - len(outcome.written)
    watch.stage("record")
    outcome.peak_rss_bytes = _peak_rss_bytes()
    return outcome


# --- what is there --------------------------------------------------------------------------------------------------


def _mark(job: Job) -> bytes:
    """What the marker says: whose folder this is."""
    told = "newsgen wrote this folder, and may write again what it put here. Other files in it are left alone."
    return f"{told}\n{job.settings.base_url}\n".encode()


def _claim_output(job: Job, record: Record) -> None:
    """Refuse a folder that holds something and that newsgen did not make for this site."""
    job.output.sweep()
    if job.output.is_empty():
        return
    if job.output.stat(MARKER) is None:
        raise UsageError(Problem("output-not-ours", job.output.name))
    marked = job.output.read(MARKER)
    if not record.meta() and marked != _mark(job):
        owner = marked.decode("utf-8", "replace").splitlines()[-1:]
        raise UsageError(Problem("output-of-another", job.output.name, values=(*owner, "unknown")[:1]))


def _damaged(job: Job, record: Record) -> list[PageRow]:
    """Pages of the manifest whose file is not the one that was written."""
    here = {source.path: (source.size, source.mtime_ns) for source in job.output.walk()}
    return [row for row in record.pages() if not row.digest or here.get(file_of(row.url)) != (row.size, row.mtime_ns)]


def _is_current(job: Job, record: Record, found: Changes) -> bool:
    """Whether nothing can differ: no input, no template, and no story's state between the two clocks."""
    meta = record.meta()
    if not found.is_nothing or "unfinished" in meta or meta.get("theme") != theme_digest(job):
        return False
    if meta["retry"] != "[]":
        return False
    start, end = json.loads(meta["stable"])
    return (start is None or start <= job.clock) and (end is None or job.clock < end)


# --- doing it -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Done:
    """What a build leaves for the record."""

    rows: list[PageRow] = field(default_factory=list)  # new lines of the manifest
    gone: list[str] = field(default_factory=list)  # addresses to strike out
    retry: set[str] = field(default_factory=set)  # units whose page or removal was blocked
    failed: int = 0  # pages that are not in place


def _perform(job: Job, site: Site, found: Changes, decision: Decision, outcome: Outcome) -> _Done:
    """Take away what is gone, then render and write what is stale.

    What goes out of view goes first: a page that cannot be written must not keep it published.
    """
    if job.output.stat(MARKER) is None or job.output.read(MARKER) != _mark(job):
        job.output.write(MARKER, _mark(job))
    done = _Done()
    _remove(job, decision, outcome, done)
    work = Render(job.site, job.output, site, found.context, job.theme)
    results = pool.run(work, (task for task, _fingerprint, _reason in decision.stale), job.jobs)
    for number, (written, (task, fingerprint, reason)) in enumerate(zip(results, decision.stale, strict=True), 1):
        outcome.problems.extend(written.problems)
        if written.state != "failed":
            outcome.rendered.append(written.url)
            stands = (written.digest, written.size, written.mtime_ns)
            done.rows.append(PageRow(written.url, task.page.unit, fingerprint, *stands, reason))
        elif task.is_ours:
            done.rows.append(PageRow(written.url, task.page.unit, "", "", 0, 0, reason))
            if job.output.has(file_of(written.url)) and _take_away(job, written.url, outcome):
                outcome.removed.append(written.url)
        else:  # somebody's file stands there: no line of the manifest may say that it is newsgen's
            done.retry.add(task.page.unit)
        done.failed += written.state == "failed"
        if written.state == "written":
            outcome.written.append(written.url)
        if job.progress:
            job.progress("render", number, len(decision.stale))
    job.output.sweep()
    if decision.is_lost:
        outcome.problems.extend(_left_over(job, decision.urls))
    return done


def _remove(job: Job, decision: Decision, outcome: Outcome, done: _Done) -> None:
    """Take away the pages that are no longer planned."""
    kept = {file_of(task.page.url) for task, _mark, _reason in decision.stale}
    for row in decision.gone:
        path = file_of(row.url)
        if path not in kept:
            was_edited = row.digest != "" and row.url in decision.broken and job.output.has(path)
            if not _take_away(job, row.url, outcome):
                done.retry.add(row.unit)
                continue
            outcome.removed.append(row.url)
            if was_edited:
                outcome.problems.append(Problem("edited-page-removed", row.url, severity="warning"))
            if row.unit.startswith("story/") and not decision.is_all:
                outcome.problems.append(Problem("address-gone", row.url, severity="warning"))
        done.gone.append(row.url)


def _take_away(job: Job, url: str, outcome: Outcome) -> bool:
    """Remove a page's file; whether nothing stood in the way."""
    try:
        job.output.remove(file_of(url))
    except BlockedPath as error:
        outcome.problems.extend(error.problems)
        return False
    return True


def _new_pages(job: Job, decision: Decision) -> list[PageRow]:
    """The addresses that are about to be written for the first time, where nothing of anybody's stands."""
    new = []
    for task, _fingerprint, reason in decision.stale:
        page = task.page
        if not task.known and (task.is_ours or not job.output.has(file_of(page.url))):
            new.append(PageRow(page.url, page.unit, "", "", 0, 0, reason))
    return new


def _left_over(job: Job, urls: set[str]) -> list[Problem]:
    """Without a record, what an earlier build may have left cannot be told from a user's own files: name it."""
    ours = {file_of(url) for url in urls}
    others = [source.path for source in job.output.walk() if source.path not in ours]
    if not others:
        return []
    shown = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    return [Problem("left-over", job.output.name, values=(str(len(others)), shown), severity="warning")]


def _record(job: Job, record: Record, found: Changes, seen: Survey, site: Site, done: _Done) -> None:
    live = seen.live.cards
    stories = [
        StoryRow(
            parsed.source,
            codec.text(parsed.card) if parsed.card else "",
            path in live,
            codec.text(parsed.problems) if parsed.problems else "",
        )
        for path, parsed in found.parsed.items()
    ]
    here = {row.url for row in done.rows}
    record.save(
        {
            **_meta(job, found, site_mark(job, site), seen.live.stable),
            "held": codec.text(seen.live.held),
            "problems": codec.text(seen.live.problems),
            "retry": json.dumps(sorted(done.retry)),
        },
        stories,
        [(path, is_shown) for path, is_shown in seen.flips if path not in found.parsed],
        found.gone,
        [found.pictures[path] for path in sorted(found.pictures)],
        found.gone_pictures,
        done.rows,
        [url for url in done.gone if url not in here],
        found.touched_only,
    )


def _meta(job: Job, found: Changes, site: str, stable: tuple[int | None, int | None]) -> dict[str, str]:
    return {
        "stamp": job.stamp,
        "context": found.context.digest,
        "theme": theme_digest(job),
        "site": site,
        "clock": str(job.clock),
        "stable": json.dumps(stable),
        "read_at_ns": str(job.read_at_ns),
    }


def _finish_unchanged(job: Job, record: Record, found: Changes, outcome: Outcome) -> None:
    """Nothing to do: report what stands, and remember the times of files that were only touched."""
    meta = record.meta()
    outcome.stories = record.count_shown()
    outcome.held = tuple((i, s, u) for i, s, u in json.loads(meta["held"]))
    outcome.problems.extend((*record.problems(), *problems_of(meta["problems"])))
    outcome.pages = outcome.unchanged = sum(1 for _row in record.pages())
    if found.touched_only:
        stable = json.loads(meta["stable"])
        fresh = {**meta, **_meta(job, found, meta["site"], (stable[0], stable[1]))}
        record.save(fresh, (), (), (), (), (), (), (), found.touched_only)
    outcome.peak_rss_bytes = _peak_rss_bytes()


def _peak_rss_bytes() -> int:
    """The largest resident size of this process and its workers, added up."""
    unit = 1 if sys.platform == "darwin" else 1024
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss * unit for kind in kinds)
