"""The decision carried out: what is gone is taken away, then pages are rendered and written in workers.

What goes out of view goes first: a page that cannot be written must not keep it published. What only stands elsewhere
now goes last, and stays where its new page could not be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.decide import Decision
from newsgen.engine.last_good import LastGood
from newsgen.engine.own_files import mark_output
from newsgen.engine.page_maker import PageInputs
from newsgen.engine.render_worker import RenderedPage, RenderPages, Unit
from newsgen.engine.snapshot import Snapshot
from newsgen.engine.up_to_date import Files, OutputFiles
from newsgen.model import codec
from newsgen.model.errors import BlockedPath, Problem
from newsgen.model.files import is_leftover
from newsgen.plan import units
from newsgen.render.fingerprint import site_digest
from newsgen.store import PageRow
from newsgen.text.address import brief_anchor, is_beside, output_path
from newsgen.workers import pool

__all__ = ["Produced", "produce", "unclaimed"]

_PICTURE_WEIGHT = 32  # four pictures are worth a second process


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of the pages."""

    files: Files  # of the output, that are as newsgen wrote them
    rows: tuple[PageRow, ...]  # new lines of the manifest
    struck: tuple[str, ...]  # addresses to strike out of the manifest
    retry: frozenset[str]  # units whose page or removal was blocked
    kept: int  # pages that could not be made anew: the last good ones stand
    failed: int  # pages that are not in place
    missing: int  # of these, the pages that have no line in the manifest
    rendered: tuple[str, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


def unclaimed(decision: Decision, output: Disk) -> list[PageRow]:
    """The addresses that are about to be written for the first time, where nothing of anybody's stands."""
    return [row for row in decision.new if not output.has(output_path(row.url))]


def produce(
    snapshot: Snapshot,
    decision: Decision,
    files: OutputFiles,
    compiled: Mapping[str, bytes],
    claimed: Iterable[PageRow],
    meanwhile: Iterator[object],
) -> Produced:
    """Take away what is gone, then plan, render and write what is stale; `meanwhile` as for `pool.map_tasks`.

    `files` is the output as it was, `compiled` the templates, `claimed` the addresses that are new and free.
    """
    ledger = _Ledger(snapshot.request.output, files)
    request = snapshot.request
    mark_output(request)
    if not decision.units and not decision.gone:
        return ledger.produced()
    _remove(snapshot, decision, [row for row in decision.gone if row.url not in decision.moved], ledger)
    inputs = PageInputs.of(snapshot, compiled)
    if sum(map(_weight, decision.units)) >= pool.MIN_FOR_WORKERS:  # workers cannot reach the store, which will change
        snapshot.index.load_all()
        snapshot.scope.related.load()
    work = RenderPages(
        inputs,
        request.output,
        site_digest(snapshot.scope.site, request.stamp),
        decision.lost,
        is_clean=request.is_clean or snapshot.leaks.is_in_theme,
        is_bare=decision.is_lost and not files.ours and not files.others,
    )
    ours = {standing[0] for _unit, pages in decision.units for standing in pages}.union(row.url for row in claimed)
    results = pool.map_tasks(work, decision.units, request.workers, request.cluster, meanwhile, _weight)
    for number, ((unit, _pages), rendered) in enumerate(zip(decision.units, results, strict=True), 1):
        for page in rendered:
            ledger.enter(unit, page, is_ours=page[0] in ours)
        if request.progress:
            request.progress("render", number, len(decision.units))
    _remove_moved(snapshot, decision, LastGood(inputs, request.output, decision.lost), ledger)
    places = sorted(filter(brief_anchor, _missed(snapshot, decision)))
    ledger.problems += [Problem("address-gone", url, severity="warning") for url in places]
    if decision.is_lost:
        ledger.problems.extend(_left_over(snapshot, decision.urls, files))
    return ledger.produced()


def _weight(task: Unit) -> int:
    """How much longer a unit takes than a story: the files of a picture that is new take a second."""
    unit, standing = task
    return _PICTURE_WEIGHT if unit.startswith("picture/") and not standing else 1


class _Ledger:
    """What became of the pages, while it is collected."""

    def __init__(self, output: Disk, files: OutputFiles) -> None:
        self._output = output
        self.damaged = files.damaged
        self.files = dict(files.ours)
        self.rows: list[PageRow] = []
        self.struck: list[str] = []
        self.retry: set[str] = set()
        self.kept: list[str] = []
        self.unmade: set[str] = set()  # units of which a page is missing through no fault of their stories'
        self.failed = 0
        self.missing = 0
        self.rendered: list[str] = []
        self.written: list[str] = []
        self.removed: list[str] = []
        self.problems: list[Problem] = []

    def enter(self, unit: str, page: RenderedPage, *, is_ours: bool) -> None:
        """Enter what became of one page."""
        url, state, fingerprint, made, size, mtime_ns, reason, wrong = page
        if wrong:
            self.problems.extend(codec.problems_from_json(wrong))
        if state == "current":
            return
        if state == "kept":
            self.keep(unit, url)
            return
        if state == "missing":
            self.unmade.add(unit)
        elif state != "failed":
            self.rendered.append(url)
            self.rows.append(PageRow(url, unit, fingerprint, made, size, mtime_ns, reason))
            self.files[output_path(url)] = (size, mtime_ns)
            if state == "written":
                self.written.append(url)
            return
        self.failed += 1
        self.retry.add(unit)
        self.missing += 1
        self.files.pop(output_path(url), None)
        if not is_ours:  # somebody's file stands there: no line of the manifest may say that it is newsgen's
            return
        if self._output.has(output_path(url)):
            if not self.take_away(url):  # it still is newsgen's, to be taken away at the next build
                self.missing -= 1
                self.rows.append(PageRow(url, unit, "", "", 0, 0, reason))
                return
            self.removed.append(url)
        self.struck.append(url)

    def keep(self, unit: str, url: str) -> None:
        """Leave a page as it stands, and try again at the next build."""
        self.retry.add(unit)
        self.kept.append(url)

    def take_away(self, url: str) -> bool:
        """Remove a page's file; whether nothing stood in the way."""
        try:
            self._output.remove(output_path(url))
        except BlockedPath as error:
            self.problems.extend(error.problems)
            return False
        return True

    def produced(self) -> Produced:
        """What was entered."""
        here = {row.url for row in self.rows}
        return Produced(
            self.files,
            tuple(sorted(self.rows, key=lambda row: row.url)),
            tuple(url for url in self.struck if url not in here),
            frozenset(self.retry),
            len(self.kept),
            self.failed,
            self.missing,
            tuple(self.rendered),
            tuple(self.written),
            tuple(self.removed),
            tuple(dict.fromkeys(self.problems)),  # of a story that cannot be read, each of its files says so
        )


def _remove_moved(snapshot: Snapshot, decision: Decision, last_good: LastGood, ledger: _Ledger) -> None:
    """Take away the pages that stand elsewhere now; not where the new page could not be made.

    Nor a style sheet or picture that pages which stay are shown with.
    """
    moved = [row for row in decision.gone if row.url in decision.moved]
    parts = [row for row in moved if row.unit == units.STATICS or row.unit.startswith("picture/")]
    stay: set[str] = set()
    for row in moved:
        planned = plan.plan(row.unit, snapshot.scope) if row.unit in ledger.unmade else ()
        if row.digest and planned and row not in parts and last_good.may_stay(planned[0], row.url, row.digest):
            ledger.keep(row.unit, row.url)
            ledger.failed -= 1
            stay.add(row.url)
    named = last_good.named_by(ledger.kept) if parts else set()
    for row in parts:
        if row.url in named:
            ledger.retry.add(row.unit)
            ledger.rows.append(row)  # with the unit of the picture that takes its place
            stay.add(row.url)
    ledger.missing -= len(stay)
    _remove(snapshot, decision, [row for row in moved if row.url not in stay], ledger)


def _remove(snapshot: Snapshot, decision: Decision, rows: Iterable[PageRow], ledger: _Ledger) -> None:
    """Take away pages that are no longer planned."""
    output = snapshot.request.output
    kept = {output_path(url) for url in decision.urls}
    missed = _missed(snapshot, decision)
    for row in rows:
        path = output_path(row.url)
        if path not in kept:
            was_edited = row.digest != "" and row.url in ledger.damaged and output.has(path)
            if not ledger.take_away(row.url):
                ledger.retry.add(row.unit)
                continue
            ledger.removed.append(row.url)
            ledger.files.pop(path, None)
            if was_edited:
                ledger.problems.append(Problem("edited-page-removed", row.url, severity="warning"))
            if row.url in missed:
                ledger.problems.append(Problem("address-gone", row.url, severity="warning"))
        ledger.struck.append(row.url)


def _missed(snapshot: Snapshot, decision: Decision) -> set[str]:
    """The addresses that no story has any more, though nobody meant it; those of briefs, too, whose page may stay."""
    if decision.is_reset:
        return set()
    missed = {row.url for row in decision.gone if row.unit.startswith("story/") and not is_beside(row.url)}
    missed |= {url for url in (*decision.lost, *(url for url, _id in decision.former)) if brief_anchor(url)}
    if missed:  # of an address in the ledger it is known where it leads, and said where it leads nowhere
        missed.difference_update(line.url for line in snapshot.changes.ledger.lines)
        missed.difference_update(held.card.item.url for held in snapshot.resolved if held.state)  # on purpose
    return missed


def _left_over(snapshot: Snapshot, urls: Iterable[str], files: OutputFiles) -> list[Problem]:
    """Without a store, what lies beside the pages may be of an earlier build or a user's own: name it."""
    planned = {output_path(url) for url in urls}
    others = sorted(path for path in files.others.keys() - planned if not is_leftover(path))
    if not others:
        return []
    shown = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    name = snapshot.request.output.name
    return [Problem("left-over", name, values=(str(len(others)), shown), severity="warning")]
