"""What differs from the record in the files that a build reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen.disk import FileStat
from newsgen.engine.job import Job
from newsgen.engine.read_worker import Parsed, ReadPictures, Task
from newsgen.engine.sample import Sample, read_all, read_some
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import Source
from newsgen.source import requests
from newsgen.source.ledger import Ledger
from newsgen.source.listing import SETTLE_NS, Listing, is_story, is_trusted
from newsgen.source.requests import Requests
from newsgen.source.site_notes import SiteNotes, read_site_notes
from newsgen.store import PictureRow, Store
from newsgen.workers import pool

__all__ = ["Changes", "changes"]


@dataclass(frozen=True)
class Changes:
    """What differs from the record in the files read."""

    listing: Listing
    site_notes: SiteNotes
    parsed: Mapping[str, Parsed]  # story files read in this build, by path, those that were the same left out
    touched_only: tuple[Source, ...]  # same bytes, other times
    gone: tuple[str, ...]  # story files
    pictures: Mapping[str, PictureRow]  # all, as they are now
    changed_pictures: frozenset[str]  # new, other than before, or gone
    gone_pictures: tuple[str, ...]
    ledger: Ledger
    is_same_ledger: bool
    requests: Requests
    is_same_requests: bool
    killed: frozenset[str]  # the ids that the ledger says are those of killed stories
    sample: Sample  # what says which words are common
    is_all: bool  # every story was read again: a new record, other settings, or another newsgen

    @property
    def is_nothing(self) -> bool:
        """Whether every input is what it was, whatever its times."""
        is_same = self.is_same_ledger and self.is_same_requests
        return is_same and not (self.is_all or self.parsed or self.gone or self.changed_pictures)

    def unchanged(self) -> Changes:
        """The same files, of which none is other than the record has it."""
        return replace(
            self,
            parsed={},
            touched_only=(),
            gone=(),
            changed_pictures=frozenset(),
            gone_pictures=(),
            is_same_ledger=True,
            is_same_requests=True,
            is_all=False,
            sample=replace(self.sample, is_same=True),
        )

    def named(self, wanted: str) -> Card:
        """A story that was read, by its id or file. UsageError where there is none."""
        names = (wanted, wanted.removeprefix("./"), f"content/{wanted}")
        for parsed in self.parsed.values():
            if parsed.card and (parsed.card.item.id == wanted or parsed.card.path in names):
                return parsed.card
        raise UsageError(Problem("story-unknown", wanted))


def changes(
    job: Job,
    store: Store,
    found: Listing,
    meanwhile: Iterator[object] = pool.NO_STEPS,
    *,
    among: Mapping[str, FileStat | None] | None = None,
    before: Changes | None = None,
) -> Changes:
    """Compare the folder with the record, and read what is new; `meanwhile` as for `pool.map_tasks`.

    With `among`, only these files may be other than the record has them; they are read whatever their times say. It
    has how each is now, or None where it is gone.
    `before` is what a job with the same settings found earlier: what it knows of files that are as they were then, the
    stories aside, is not read again.
    """
    seal = store.seal.last
    if before and before.listing.site_notes == found.site_notes:
        around = before.site_notes
    else:
        around = read_site_notes(job.site, found.site_notes, job.settings, drafts=job.drafts)
    # A record that no build finished says which pages are newsgen's, and is believed in nothing else.
    is_all = job.is_clean or not seal.is_finished or seal.stamp != job.stamp or seal.site_notes_digest != around.digest
    read_at = seal.read_at_ns
    if among is None or is_all:
        listed = set(store.stories.files()) if seal.exists else set()
        fresh = [seen for seen in found.stories if seen not in listed]  # new, or other than when last read
        gone = {seen[0] for seen in listed.difference(found.stories)}.difference(seen[0] for seen in fresh)
    else:
        fresh = [seen for path, seen in sorted(among.items()) if seen and is_story(path)]
        gone = store.stories.known_files(filter(is_story, among)).keys() - {seen[0] for seen in fresh}
    sample: Sample | None = None
    read: Iterable[Parsed] = ()
    if not is_all:
        suspects = _suspects(store, found.stories, fresh, read_at) if among is None else _named(store, fresh)
        read, sample = read_some(job, store, around, suspects, gone, found.stories)
    if sample is None:
        is_all = True
        suspects = [(*seen, "") for seen in found.stories]
        read, sample = read_all(job, around, suspects, meanwhile)
    parsed: dict[str, Parsed] = {}
    same = []
    for number, one in enumerate(read, 1):
        if one.is_same:
            same.append(one.source)
        else:
            parsed[one.source.path] = one
        if job.progress:
            job.progress("read", number, len(suspects))
    parsed = dict(sorted(parsed.items()))
    pictures, changed, gone_pictures = _pictures(job, store, found.pictures, among, is_all=is_all)
    is_kept = before is not None and before.listing.ledger == found.ledger
    ledger = before.ledger if before and is_kept else _ledger(job, found.ledger)
    asked = _requests(job, found.requests)
    is_same = ledger.digest == seal.ledger_digest
    killed = frozenset(seal.killed) if is_same else ledger.killed
    return Changes(
        found, around, parsed, tuple(same), tuple(sorted(gone)), pictures, changed, gone_pictures,
        ledger, is_same, asked, asked.digest == seal.requests_digest, killed, sample, is_all,
    )  # fmt: skip


def _ledger(job: Job, seen: FileStat | None) -> Ledger:
    if seen is None:
        return Ledger(b"")
    try:
        return Ledger(job.site.read(seen[0]))
    except OSError as error:
        problem = Problem("unreadable", seen[0], values=(error.strerror or str(error),))
        return Ledger(b"", problem)


def _requests(job: Job, seen: FileStat | None) -> Requests:
    if seen is None:
        return Requests((), "", ())
    try:
        return requests.read(job.site.read(seen[0]))
    except OSError as error:
        problem = Problem("unreadable", seen[0], values=(error.strerror or str(error),))
        return Requests((), "unreadable", (problem,))


def _suspects(store: Store, stories: Iterable[FileStat], fresh: Iterable[FileStat], read_at: int) -> list[Task]:
    """The files that may be other than when they were last read, each with the digest that it had then."""
    young = read_at - SETTLE_NS
    unread = store.stories.unreadable()
    unsure = {*fresh, *(seen for seen in stories if seen[2] >= young or seen[3] >= young or seen[0] in unread)}
    known = store.stories.known_files(seen[0] for seen in unsure)
    found = []
    for seen in sorted(unsure):
        old = known.get(seen[0])
        if not is_trusted(seen, old, read_at):
            found.append((*seen, old[3] if old else ""))
    return found


def _named(store: Store, fresh: Iterable[FileStat]) -> list[Task]:
    """Files of which it is known that they may have changed."""
    known = store.stories.known_files(seen[0] for seen in fresh)
    return [(*seen, known[seen[0]][3] if seen[0] in known else "") for seen in fresh]


def _pictures(
    job: Job, store: Store, found: tuple[FileStat, ...], among: Mapping[str, FileStat | None] | None, *, is_all: bool
) -> tuple[dict[str, PictureRow], frozenset[str], tuple[str, ...]]:
    seal = store.seal.last
    known = store.stories.pictures() if seal.exists else {}
    rows: dict[str, PictureRow] = {}
    suspects = []
    for seen in found:
        old = known.get(seen[0])
        was = (old.source.size, old.source.mtime_ns, old.source.ctime_ns, old.source.digest) if old else None
        if among is not None and not is_all:
            is_same = seen[0] not in among
        else:
            is_same = is_trusted(seen, was, seal.read_at_ns)
        if old is not None and not is_all and is_same:
            rows[seen[0]] = old
        else:
            suspects.append(Source(*seen))
    changed = set()
    for source, picture in pool.map_tasks(ReadPictures(job.site), suspects, job.jobs, job.cluster):
        row = PictureRow(source, picture)
        rows[source.path] = row
        before = known.get(source.path)
        if before is None or (before.source.digest, before.picture) != (source.digest, picture):
            changed.add(source.path)
    gone = tuple(path for path in known if path not in rows)
    return rows, frozenset(changed.union(gone)), gone
