"""What happens in workers after the decision: units are planned, and pages compared, rendered, checked and written.

`RenderPages` is a value that can be sent to another process; called there it gives the function that does the work.
What goes to and fro is tuples of text and numbers: a dataclass with slots takes ten times as long to pickle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.last_good import LastGood
from newsgen.engine.page_maker import PageInputs, PageMaker
from newsgen.engine.write import put, put_first
from newsgen.model import codec
from newsgen.model.errors import BlockedPath, ContentError, Problem
from newsgen.model.pages import Page
from newsgen.model.value import value
from newsgen.render.fingerprint import Fingerprints, changed_parts
from newsgen.workers.batches import BATCH_BYTES, BATCH_SIZE, in_batches

__all__ = ["RenderPages", "RenderedPage", "Standing", "Unit"]

# A page that stands: address, fingerprint ("" where another unit planned it), digest of what was written, and whether
# it is certain that these bytes stand there.
Standing = tuple[str, str, str, bool]
Unit = tuple[str, tuple[Standing, ...]]  # a unit to plan, and what it planned before
# A page: address, state, fingerprint, digest, size, mtime_ns, reason, problems as JSON. The state is written, unchanged
# (rendered to the same bytes), current (not rendered: its fingerprint is the same), failed (what its story says may not
# be shown), and where it could not be made through no fault of its story's, kept (the last good one stays) or missing.
RenderedPage = tuple[str, str, str, str, int, int, str, str]


@value
class RenderPages:
    """Plans units, renders those of their pages that are not what they were, and writes them."""

    inputs: PageInputs
    output: Disk
    site_digest: str
    lost: frozenset[str]  # addresses of what is not shown any more
    is_clean: bool  # render whatever the fingerprints say
    is_bare: bool  # there was no store, nor any file

    def __call__(self) -> Callable[[list[Unit]], list[list[RenderedPage]]]:
        templates = self.inputs.templates()
        maker = PageMaker(self.inputs, self.inputs.renderer(templates))
        last_good = LastGood(self.inputs, self.output, self.lost)
        context = self.inputs.site_notes
        fingerprints = Fingerprints(templates, self.site_digest, context.settings, context.people)

        def planned(name: str, standing: tuple[Standing, ...]) -> list[_Page]:
            before = {row[0]: row for row in standing}
            return [_Page(page, before.get(page.url)) for page in maker.plan(name)]

        def compare(page: _Page) -> None:
            """Whether the page is what it was, and if not, why."""
            page.fingerprint = fingerprints.of(page.page)
            if page.standing is None:
                return
            _url, before, written, is_certain = page.standing
            changes = is_certain and written and changed_parts(before, page.fingerprint)
            page.reason = changes or ("output" if not self.is_clean else "whole")
            page.known = written if is_certain and not self.is_clean else ""
            if page.known and before == page.fingerprint:
                page.end("current", page.known)

        def may_stay(page: _Page) -> bool:
            """Whether the last good page stays where this one fails through no fault of its story's."""
            url, before, written, _is_certain = page.standing or ("", "", "", False)
            return bool(before and written) and last_good.may_stay(page.page, url, written)

        def read(page: _Page) -> None:
            page.sources = maker.read(page.page)

        def render(page: _Page) -> None:
            page.data = maker.render(page.page, page.sources)

        def check(page: _Page) -> None:
            maker.check(page.page, page.sources, page.data)

        def write(page: _Page) -> None:
            if self.is_bare:
                written = put_first(self.output, page.page.url, page.data)
            else:
                is_ours = page.standing is not None
                written = put(self.output, page.page.url, page.data, page.known, is_ours=is_ours)
            page.end(written.state, written.digest, written.size, written.mtime_ns, written.problems)

        def batch(tasks: list[Unit]) -> list[list[RenderedPage]]:
            by_unit = [planned(*task) for task in tasks]
            pages = [page for unit in by_unit for page in unit]
            for part in _readable(read, _through(compare, pages, may_stay)):
                _through(write, _through(check, _through(render, part, may_stay)), may_stay)
            return [[page.done for page in unit] for unit in by_unit]

        return lambda tasks: [unit for part in in_batches(tasks, _unit_weight) for unit in batch(part)]


class _Page:
    """A page on its way through the steps of `RenderPages`."""

    __slots__ = ("data", "done", "fingerprint", "is_done", "known", "page", "reason", "sources", "standing")

    def __init__(self, page: Page, standing: Standing | None) -> None:
        self.page = page
        self.standing = standing
        self.fingerprint = ""
        self.known = ""  # the digest of the bytes that stand there, where that is certain
        self.reason = "new"
        self.sources: tuple[bytes, ...] = ()
        self.data = b""
        self.is_done = False
        self.done: RenderedPage

    def end(self, state: str, made: str, size: int = 0, mtime_ns: int = 0, problems: tuple[Problem, ...] = ()) -> None:
        """What became of it; `made` is the digest of its bytes."""
        wrong = codec.to_json(problems) if problems else ""
        reason = self.reason if state != "current" else ""
        self.done = (self.page.url, state, self.fingerprint, made, size, mtime_ns, reason, wrong)
        self.is_done = True


def _through(
    step: Callable[[_Page], None], pages: Iterable[_Page], may_stay: Callable[[_Page], bool] | None = None
) -> list[_Page]:
    """Let pages take a step; gives those that are not at an end with it.

    Where it fails, the page has failed if that is its story's fault; else the one that stands `may_stay`, or it is
    missing.
    """
    left = []
    for page in pages:
        try:
            step(page)
        except (ContentError, BlockedPath) as error:
            state = "failed" if may_stay is None else "kept" if may_stay(page) else "missing"
            page.end(state, "", problems=error.problems)
        if not page.is_done:
            left.append(page)
    return left


def _readable(read: Callable[[_Page], None], pages: list[_Page]) -> Iterator[list[_Page]]:
    """Pages with what they are rendered from, as many at once as may be held."""
    part: list[_Page] = []
    size = 0
    for page in pages:
        part += _through(read, [page])
        size += sum(map(len, page.sources))
        if size > BATCH_BYTES:
            yield part
            part, size = [], 0
    yield part


def _unit_weight(task: Unit) -> int:
    return 1 if plan.is_small(task[0]) else BATCH_SIZE
