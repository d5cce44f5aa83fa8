"""What differs from the store in the files that a build reads: the one place where files are compared and parsed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen import storyfile
from newsgen.disk import FileStat
from newsgen.engine.read_worker import Parsed, ReadPictures, Task
from newsgen.engine.request import BuildRequest
from newsgen.engine.sample import Sample, read_all, read_some
from newsgen.lint.picture_rules import PictureFile, check_pictures
from newsgen.model.errors import ContentError, Problem, SystemFault
from newsgen.model.files import Source
from newsgen.source import requests
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.ledger import Ledger
from newsgen.source.listing import SETTLE_NS, Listing, is_story, is_trusted
from newsgen.source.near_pictures import missing_portraits
from newsgen.source.requests import PATH as REQUESTS
from newsgen.source.requests import Requests
from newsgen.source.site_files import SiteFiles, read_site_files
from newsgen.source.site_notes import SiteNotes, read_site_notes
from newsgen.source.theme import ThemeFiles, unused_files
from newsgen.store import PictureRow, Store
from newsgen.workers import pool

__all__ = ["SourceChanges", "read_changes"]


@dataclass(frozen=True)
class SourceChanges:
    """The files as they are, and what differs from the store."""

    listing: Listing
    site_notes: SiteNotes
    parsed: Mapping[str, Parsed]  # story files that were read and are new or other than before, by path
    touched: tuple[Source, ...]  # story files with the same bytes and other times
    gone: tuple[str, ...]  # story files
    pictures: Mapping[str, PictureRow]  # all, and the files of static/, as they are now
    known_pictures: Mapping[str, PictureRow]  # all, as the store has them
    changed_pictures: frozenset[str]  # new, other than before, or gone
    gone_pictures: tuple[str, ...]
    own: SiteFiles  # pages and files of the site's own
    is_same_own: bool
    ledger: Ledger
    is_same_ledger: bool
    requests: Requests
    is_same_requests: bool
    killed: frozenset[str]  # the ids that the ledger says are those of killed stories
    sample: Sample  # which words are common
    is_all: bool  # every story was read again: a new store, other settings, or another newsgen
    is_made_smaller: bool  # whether there is a darkroom, which makes the files of pictures

    @property
    def is_nothing(self) -> bool:
        """Whether every input is what it was, whatever its times."""
        is_same = self.is_same_ledger and self.is_same_requests and self.is_same_own
        return is_same and not (self.is_all or self.parsed or self.gone or self.changed_pictures)

    def problems(self, theme: ThemeFiles) -> tuple[Problem, ...]:
        """What is wrong with files beside the stories, those of the theme among them."""
        pictures = check_pictures(self._picture_files(), is_made_smaller=self.is_made_smaller)
        templates = (*theme.problems, *unused_files(theme, {page.template for page in self.own.pages}))
        notes = (*self.site_notes.problems, *self.requests.problems, *self.own.problems)
        shown = {path for path, row in self.pictures.items() if row.picture}
        portraits = missing_portraits(self.site_notes.people, shown)
        return (*self.listing.problems, *templates, *notes, *pictures, *portraits)

    def _picture_files(self) -> Iterator[PictureFile]:
        for path, row in sorted(self.pictures.items()):
            if row.picture or row.found:
                is_copied = row.picture is not None and not row.picture.widths
                yield PictureFile(path, row.source.size, row.found, is_copied)

    def as_unchanged(self) -> SourceChanges:
        """The same files, when the store has learned all that differed."""
        return replace(
            self,
            parsed={},
            touched=(),
            gone=(),
            changed_pictures=frozenset(),
            gone_pictures=(),
            known_pictures=self.pictures,
            is_same_own=True,
            is_same_ledger=True,
            is_same_requests=True,
            is_all=False,
            sample=replace(self.sample, is_same=True),
        )


def read_changes(
    request: BuildRequest,
    store: Store,
    listing: Listing,
    meanwhile: Iterator[object] = pool.NO_STEPS,
    *,
    among: Mapping[str, FileStat | None] | None = None,
    before: SourceChanges | None = None,
) -> SourceChanges:
    """Compare the files with the store, and read what is new; `meanwhile` as for `pool.map_tasks`.

    With `among`, only these files may be other than the store has them, and they are read whatever their times say: it
    has how each is now, or None where it is gone.
    `before` is what a request with the same settings gave earlier: files beside the stories that are as they were then
    are not read again.
    """
    seal = store.seal.last
    if before and _is_same_notes(before, listing):
        site_notes = before.site_notes
    else:
        site_notes = read_site_notes(request.site, listing, request.settings)
    # A store that no build finished says which pages are newsgen's, and is believed in nothing else.
    is_all = (
        request.is_clean
        or not seal.is_finished
        or seal.stamp != request.stamp
        or seal.site_notes_digest != site_notes.digest
    )
    among = None if is_all else among
    fresh, gone = _fresh_and_gone(store, listing, among)
    sample: Sample | None = None
    stories: Iterable[Parsed] = ()
    tasks: list[Task] = []
    if not is_all:
        tasks = _tasks(store, fresh) if among is not None else _suspects(store, listing, fresh)
        stories, sample = read_some(request, store, site_notes, tasks, gone, listing.stories)
    if sample is None:
        is_all = True
        tasks = [(*stat, "") for stat in listing.stories]
        stories, sample = read_all(request, site_notes, tasks, meanwhile)
    parsed: dict[str, Parsed] = {}
    touched = []
    for number, story in enumerate(stories, 1):
        if story.is_same:
            touched.append(story.source)
        else:
            parsed[story.source.path] = story
        if request.progress:
            request.progress("read", number, len(tasks))
    files = (*listing.pictures, *listing.statics)
    known_pictures = store.stories.pictures() if seal.exists else {}
    trusted: Collection[str] = ()
    if not is_all:
        trusted = _trusted_pictures(files, known_pictures, among, seal.read_at_ns)
    pictures = _read_pictures(request, files, {path: known_pictures[path] for path in trusted})
    own = _own_files(request, listing, pictures, before)
    gone_pictures = tuple(path for path in known_pictures if path not in pictures)
    is_known = before is not None and before.listing.ledger == listing.ledger
    ledger = before.ledger if before and is_known else Ledger(_register(request, listing, listing.ledger, LEDGER))
    log = _register(request, listing, listing.requests, REQUESTS)
    asked = requests.read(log) if log else Requests((), "", ())
    is_same_ledger = ledger.digest == seal.ledger_digest
    is_same_requests = asked.digest == seal.requests_digest
    differing = {*_changed_pictures(pictures, known_pictures), *gone_pictures}
    if not is_same_requests:  # what a file says of itself may be shown, or not, from now on
        differing.update(path for path, row in pictures.items() if row.picture and row.picture.said)
    killed = frozenset(seal.killed) if is_same_ledger else ledger.killed
    return SourceChanges(
        listing,
        site_notes,
        dict(sorted(parsed.items())),
        tuple(touched),
        tuple(sorted(gone)),
        pictures,
        known_pictures,
        frozenset(differing),
        gone_pictures,
        own,
        own.digest == seal.own_digest,
        ledger,
        is_same_ledger,
        asked,
        is_same_requests,
        killed,
        sample,
        is_all,
        request.darkroom is not None,
    )


def _own_files(
    request: BuildRequest, listing: Listing, pictures: Mapping[str, PictureRow], before: SourceChanges | None
) -> SiteFiles:
    statics = {path: pictures[path] for path, *_stat in listing.statics}
    if before and before.listing.own_pages == listing.own_pages:
        was = {path: before.pictures[path] for path, *_stat in before.listing.statics}
        if statics == was:
            return before.own
    return read_site_files(request.site, listing.own_pages, statics)


def _is_same_notes(before: SourceChanges, listing: Listing) -> bool:
    """Whether the files beside the stories are as they were."""
    was = before.listing
    is_same = (was.site_notes, was.stray_notes) == (listing.site_notes, listing.stray_notes)
    return is_same and not before.site_notes.has_unreadable


def _register(request: BuildRequest, listing: Listing, stat: FileStat | None, path: str) -> bytes:
    """The bytes of the ledger or the log of requests; none where there is no such file.

    Whoever went on without the one that cannot be read would take redirects and tombstones away, and show killed
    stories and names again. SystemFault where the system refuses it, ContentError where it is no file or no text.
    """
    if odd := [problem for problem in listing.problems if (problem.path, problem.rule) == (path, "odd-file")]:
        raise ContentError(*odd)
    if stat is None:
        return b""
    try:
        data = request.site.read(stat[0])
    except OSError as error:
        raise SystemFault(Problem("unreadable", stat[0], values=(error.strerror or str(error),))) from error
    if not data.isascii():
        storyfile.read_text(path, data)
    return data


def _fresh_and_gone(
    store: Store, listing: Listing, among: Mapping[str, FileStat | None] | None
) -> tuple[list[FileStat], set[str]]:
    """The story files that are new or other than when last read, as they are; and those that are no more."""
    if among is None:
        listed = set(store.stories.files()) if store.seal.last.exists else set()
        fresh = [stat for stat in listing.stories if stat not in listed]
        return fresh, {stat[0] for stat in listed.difference(listing.stories)}.difference(stat[0] for stat in fresh)
    fresh = [stat for path, stat in sorted(among.items()) if stat and is_story(path)]
    return fresh, store.stories.known_files(filter(is_story, among)).keys() - {stat[0] for stat in fresh}


def _suspects(store: Store, listing: Listing, fresh: Iterable[FileStat]) -> list[Task]:
    """The files that may be other than when they were last read, each with the digest that it had then."""
    read_at = store.seal.last.read_at_ns
    young = read_at - SETTLE_NS
    unread = store.stories.unreadable()
    unsure = {*fresh, *(s for s in listing.stories if s[2] >= young or s[3] >= young or s[0] in unread)}
    known = store.stories.known_files(stat[0] for stat in unsure)
    tasks = []
    for stat in sorted(unsure):
        old = known.get(stat[0])
        if not is_trusted(stat, old, read_at):
            tasks.append((*stat, old[3] if old else ""))
    return tasks


def _tasks(store: Store, fresh: Iterable[FileStat]) -> list[Task]:
    """Files of which it is known that they may have changed."""
    known = store.stories.known_files(stat[0] for stat in fresh)
    return [(*stat, known[stat[0]][3] if stat[0] in known else "") for stat in fresh]


def _trusted_pictures(
    stats: Iterable[FileStat],
    known: Mapping[str, PictureRow],
    among: Mapping[str, FileStat | None] | None,
    read_at_ns: int,
) -> list[str]:
    """The picture files that are what they were when they were last read."""
    if among is not None:
        return [stat[0] for stat in stats if stat[0] in known and stat[0] not in among]
    sources = {path: row.source for path, row in known.items()}
    return [
        stat[0]
        for stat in stats
        if (source := sources.get(stat[0]))
        and is_trusted(stat, (source.size, source.mtime_ns, source.ctime_ns, source.digest), read_at_ns)
    ]


def _read_pictures(
    request: BuildRequest, stats: Iterable[FileStat], trusted: Mapping[str, PictureRow]
) -> dict[str, PictureRow]:
    """Every picture file as it is now; those that are not `trusted` are read."""
    rows = dict(trusted)
    suspects = [Source(*stat) for stat in stats if stat[0] not in trusted]
    work = ReadPictures(request.site, request.darkroom is not None)
    for row in pool.map_tasks(work, suspects, request.workers, request.cluster):
        rows[row.source.path] = row
    return rows


def _changed_pictures(now: Mapping[str, PictureRow], known: Mapping[str, PictureRow]) -> Iterator[str]:
    """The picture files that are new, or show something else than before."""
    for path, row in now.items():
        before = known.get(path)
        if before is None or (before.source.digest, before.picture) != (row.source.digest, row.picture):
            yield path
