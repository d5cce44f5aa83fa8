"""The build of a site, step by step. Each step is a file of this folder, and is taken once:

    compile      templates.TemplateCompiler   the theme, while stories are read
    read         changes.read_changes         which files are new, other or gone; the story files among them, parsed
    reindex      reindex.reindex              who may be seen; the shelves with the changes; what is shown otherwise
    relate       relate.relate                the related lists that the changes can touch
    guard        guard.guard                  what is held, and must be in no output
    compare      up_to_date.compare_output    the files of the output that are not as newsgen wrote them
    look         guard.leaking_pages          pages that stand and hold words of a story that was taken back
    look         guard.leaking_site_files      the site's own pages and files that have words of a held story
    decide       decide.decide                which units to plan again, which pages are new, which are gone
    look         guard.leaking_files          files of others in the output that give a held story away
    begin        store.begin                  the seal is broken, and the addresses that are new are put down, durably
    produce      produce.produce              what is gone is taken away; pages are planned, compared, rendered, checked
                                              and written in workers (render_worker), or stay as they were
                                              (last_good); meanwhile the store learns what was read (save.learn)
    finish       store.finish, save.seal_of   the manifest, the list in the output (own_files), then the seal

A snapshot goes from step to step, and each gives a fuller one. Nothing here decides anything.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from newsgen.engine.changes import read_changes
from newsgen.engine.decide import decide
from newsgen.engine.guard import guard, leaking_files, leaking_pages, leaking_site_files
from newsgen.engine.own_files import adopted, update_list
from newsgen.engine.produce import produce, unclaimed
from newsgen.engine.reindex import reindex
from newsgen.engine.relate import relate
from newsgen.engine.request import BuildRequest
from newsgen.engine.result import BuildResult, Timer, is_of_theme, unchanged
from newsgen.engine.save import learn, seal_of, touch_times, with_output
from newsgen.engine.templates import TemplateCompiler
from newsgen.engine.up_to_date import OutputSnapshot, compare_output, rest_is_up_to_date
from newsgen.model.errors import BlockedPath, Problem
from newsgen.plan import units
from newsgen.source.listing import Listing
from newsgen.store import Store
from newsgen.text.address import output_path
from newsgen.workers import pool
from newsgen.workers.system import peak_memory

__all__ = ["bring_up_to_date"]


def bring_up_to_date(
    request: BuildRequest, store: Store, listing: Listing, output: OutputSnapshot, timer: Timer
) -> BuildResult:
    """Bring the output up to date with the files of a listing; `output` is the output as it was."""
    with _patient_garbage_collector():
        templates = TemplateCompiler(request, store)
        changes = read_changes(request, store, listing, templates.steps)
        timer.stage("read")
        if changes.is_nothing and rest_is_up_to_date(request, store, output):
            touch_times(request, store, changes)
            timer.stage("record")
            return unchanged(store, timer, request.workers)
        snapshot = reindex(request, store, changes)
        compiled, new_templates = templates.compiled()
        timer.stage("index")
        snapshot = relate(snapshot, store)
        timer.stage("relate")
        snapshot = guard(snapshot, store)
        own = () if store.seal.last.exists else adopted(request.output, output.files)
        files = compare_output(request.output, store, output, own)
        leaking = {**leaking_pages(snapshot, store), **leaking_site_files(snapshot, store)}
        decision = decide(snapshot, store, {**files.damaged, **leaking}, own)
        leaks = leaking_files(snapshot, files.others.keys() - {output_path(url) for url in decision.urls})
        timer.stage("plan")
        stamp = store.seal.last.stamp
        is_first = not store.seal.last.exists
        known_list = store.seal.last.list_digest if store.seal.last.is_finished else ""
        is_of_another = store.seal.last.exists and stamp not in ("", request.stamp)
        claimed = unclaimed(decision, request.output)
        store.begin((*claimed, *own))  # a build that is killed after this must not take its own pages for foreign
        learning = learn(snapshot, store, new_templates)
        produced = produce(snapshot, decision, files, compiled, claimed, learning)
        timer.stage("render")
        for _step in learning:
            pass
        store.finish(produced.rows, produced.struck, files.retimed)
        new = {row.url for row in produced.rows} & {row.url for row in decision.new}
        blocked: tuple[Problem, ...] = ()
        try:
            list_digest = update_list(request.output, store, known_list, new, produced.struck)
        except BlockedPath as error:
            list_digest, blocked = "", error.problems
        request.output.remove_temporary_files()
        if request.darkroom and changes.changed_pictures:
            request.darkroom.forget({row.source.digest for row in changes.pictures.values()})
        seal = seal_of(snapshot, store, decision.planned - produced.missing, list_digest)
        retry = {*produced.retry, *([units.STATICS] if templates.problems or blocked else ())}  # until that is mended
        seal = with_output(seal, produced.files, files.others, retry, decision.former if retry else (), leaks)
        store.seal.write(seal)
        timer.stage("record")
    another = [Problem("record-of-another", store.path, severity="warning")] if is_of_another else []
    problems = (
        *another, *snapshot.site_problems, *snapshot.problems, *leaks, *templates.problems, *produced.problems,
        *blocked,
    )  # fmt: skip
    return BuildResult(
        stories=seal.story_count,
        pages=decision.planned - produced.failed,
        held=seal.held,
        rendered=produced.rendered,
        written=produced.written,
        unchanged=decision.planned - len(produced.written),
        removed=produced.removed,
        kept=produced.kept,
        is_theme_broken=not is_first and any(is_of_theme(problem) for problem in problems),
        problems=(*problems, *_kept(produced.kept, request.output.name)),
        seconds=timer.seconds,
        peak_rss_bytes=peak_memory(),
        workers=request.workers,
    )


def _kept(count: int, output: str) -> list[Problem]:
    """What is said of pages that could not be made anew."""
    return [Problem("pages-kept", output, values=(f"{count:,}",), severity="warning")] if count else []


@contextmanager
def _patient_garbage_collector() -> Iterator[None]:
    """Look for garbage as rarely as workers do: what a build makes it keeps."""
    before = gc.get_threshold()
    gc.set_threshold(*pool.GC_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
