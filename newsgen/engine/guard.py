"""The proof in a build: what is held, and where its words and pictures are looked for beside the pages rendered.

Those are: the site's own templates, which somebody may have typed a headline into; the pages that stand, when a story
is taken back that was shown; and the files in the output that newsgen did not write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job
from newsgen.engine.reindex import Survey
from newsgen.index.index import Index
from newsgen.leaks import phrases
from newsgen.leaks.finder import Finder, Proof, Secret
from newsgen.lifecycle import state as lifecycle
from newsgen.lifecycle.resolve import Fate
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.source.requests import PATH as REQUESTS
from newsgen.source.theme import default_theme
from newsgen.store import Store
from newsgen.text.address import output_path, picture_path
from newsgen.workers import pool

__all__ = ["Guard", "guard"]

_OPEN = ("", "refused")  # states in which a story has no secret: it is shown, or an error keeps it out


@dataclass(frozen=True, slots=True)
class Guard:
    """What a build must not give away, and what it looks through for that."""

    finder: Finder | None = None  # None where nothing is held
    withdrawn: Proof | None = None  # of what the last build may have shown
    is_named: bool = False  # a template of the site has words of a held story: every page is rendered, and looked at

    def standing(self, job: Job, store: Store) -> dict[str, str]:
        """The pages of the last build that hold words of a story which has been taken back since, with their units."""
        if not self.withdrawn:
            return {}
        pages = {row.url: row.unit for row in store.pages.rows() if row.digest}
        found = pool.map_tasks(_Look(job.output, self.withdrawn), list(pages), job.jobs, job.cluster)
        return {url: pages[url] for url, is_hit in zip(pages, found, strict=True) if is_hit}

    def others(self, job: Job, found: Changes, paths: Iterable[str]) -> tuple[Problem, ...]:
        """What files in the output that newsgen did not write give away."""
        if not self.finder:
            return ()
        problems = []
        for path in sorted(paths):
            try:
                data = job.output.read(path)
            except OSError:  # nobody else can read it either
                continue
            given = self.finder.given_away(data)
            if given:  # a live story may say the same
                given = self.finder.given_away(data, self._live(job, found))
            if picture := self.finder.pictured(data):
                given.add(picture)
            where = f"{job.output.name}/{path}" if job.output.name else path
            for held in sorted(given):
                is_name = held == REQUESTS
                problems.append(
                    Problem("name-in-file", where) if is_name else Problem("held-in-file", where, 0, 0, (held,))
                )
        return tuple(problems)

    def _live(self, job: Job, found: Changes) -> Iterator[bytes]:
        """The files of all stories that are not held."""
        assert self.finder is not None
        held = self.finder.paths
        for path, *_seen in found.listing.stories:
            if path not in held:
                yield job.site.read(path)


@dataclass(frozen=True, slots=True)
class _Look:
    """Whether pages that stand hold words of a held story."""

    output: Disk
    proof: Proof

    def __call__(self) -> Callable[[list[str]], list[bool]]:
        finder = Finder(self.proof, Index())

        def is_hit(url: str) -> bool:
            try:
                return bool(finder.given_away(url.encode() + b"\n" + self.output.read(output_path(url))))
            except OSError:  # it is gone, and nothing stands there
                return False

        return lambda batch: [is_hit(url) for url in batch]


def guard(job: Job, store: Store, found: Changes, seen: Survey, scope: plan.Scope) -> Guard:
    """What is held at the job's clock, from the story files themselves: a record keeps nothing of a killed story."""
    held = _held(job, store, found, seen)
    names = found.requests.names
    if not held and not names:
        return Guard()
    same: dict[str, list[str]] = {}
    for picture, known in sorted(found.pictures.items()):
        same.setdefault(known.source.digest, []).append(picture)
    secrets = tuple(_secret(job, found, same, path, *row) for path, row in sorted(held.items()))
    own, common = _theme(job)
    around = (found.site_notes.settings, found.site_notes.sections, found.site_notes.people, found.site_notes.places)
    words = "\n".join((*common, *map(codec.to_json, around)))
    finder = Finder(Proof(secrets, names, words, job.clock, job.drafts), scope.index)
    fresh = names if store.seal.last.exists and not found.is_same_requests else ()
    taken = _withdrawn(store, secrets)
    withdrawn = Proof(taken, fresh, "", job.clock, job.drafts) if taken or fresh else None
    return Guard(finder, withdrawn, any(finder.given_away(data) for data in own))


def _held(job: Job, store: Store, found: Changes, seen: Survey) -> dict[str, tuple[str, str]]:
    """The files of the stories that are held: state, address."""
    states = {} if found.is_all else store.stories.held_files()
    for path in (*found.gone, *(path for path, parsed in found.parsed.items() if parsed.card is None)):
        states.pop(path, None)
    states.update((f.card.path, (_state(job, f), f.card.item.url)) for f in seen.fates)
    return {path: row for path, row in states.items() if row[0] not in _OPEN}


def _state(job: Job, fate: Fate) -> str:
    """The state of a story, asked again where it is shown: a proof takes nobody's word."""
    if fate.state or lifecycle.seen(fate.card, job.clock, drafts=job.drafts):
        return fate.state
    return lifecycle.state(fate.card, job.clock)


def _secret(job: Job, found: Changes, same: Mapping[str, list[str]], path: str, state: str, url: str) -> Secret:
    """`same` has the pictures by the digests of their bytes."""
    try:
        told = phrases.told(job.site.read(path))
    except OSError:  # told elsewhere
        return Secret(path, state, (), (), url, ())
    pictures = {picture_path(path, name) for name in told.pictures}
    portraits = {f"content/{name.photo.removeprefix('/')}" for name in found.site_notes.people}  # which are public
    digests = sorted({found.pictures[name].source.digest for name in pictures if name in found.pictures})
    marks = tuple((mark, tuple(same[mark])) for mark in digests if mark and portraits.isdisjoint(same[mark]))
    return Secret(path, state, told.headline, told.text, url, marks)


def _theme(job: Job) -> tuple[list[bytes], list[str]]:
    """The files of the theme that are the site's own; and the text of the default theme, which is nobody's secret."""
    default = default_theme()
    shown: Mapping[str, bytes] = {name: text.encode() for name, text in job.theme.templates}
    shown = {**shown, **{f"assets/{name}": data for name, data in job.theme.assets}}
    own = [data for name, data in shown.items() if default.get(name) != data]
    return own, [data.decode("utf-8", "replace") for data in default.values()]


def _withdrawn(store: Store, secrets: tuple[Secret, ...]) -> tuple[Secret, ...]:
    """The held stories that the last build may have shown. Not the expired: their time was known from the first."""
    seal = store.seal.last
    if not seal.exists:
        return ()
    taken = [secret for secret in secrets if secret.state != "expired"]
    if seal.is_unfinished:
        return tuple(taken)
    shown = store.stories.shown(secret.path for secret in taken)
    return tuple(secret for secret in taken if secret.path in shown)
