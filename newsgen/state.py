"""From what lies in the folder to what the public may see: the engine's first half.

`survey` reads what changed, asks the lifecycle for every card, settles who has an id or an address that two stories
claim, and puts the live cards on their shelves. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from newsgen import lifecycle, pool
from newsgen.cards import claim_keys, picture_path, with_pictures
from newsgen.context import Context, context
from newsgen.discover import Listing, ThemeFiles, is_trusted, listing
from newsgen.disk import Disk
from newsgen.errors import Problem
from newsgen.model import Card, Picture, Source
from newsgen.record import PictureRow, Record, card_of, problems_of
from newsgen.site import Settings
from newsgen.workers import Parsed, ReadPictures, ReadStories

__all__ = ["Changes", "Job", "Live", "Progress", "Survey", "changes", "resolve", "survey"]

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Job:
    """One build: where from, where to, at which instant."""

    site: Disk
    output: Disk
    settings: Settings
    theme: ThemeFiles
    clock: int  # the one clock, in seconds
    read_at_ns: int  # the file system's time as the build began
    stamp: str  # newsgen and its libraries
    jobs: int = 1
    is_clean: bool = False  # ignore what the record says of stories and pages
    drafts: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the record in the files read."""

    listing: Listing
    context: Context
    parsed: Mapping[str, Parsed]  # story files read in this build, by path, those that were the same left out
    touched_only: tuple[Source, ...]  # same bytes, other times
    gone: tuple[str, ...]  # story files
    pictures: Mapping[str, PictureRow]  # all, as they are now
    changed_pictures: frozenset[str]
    gone_pictures: tuple[str, ...]
    is_all: bool  # every story was read again: a new record, other settings, or another newsgen

    @property
    def is_nothing(self) -> bool:
        """Whether every input is what it was."""
        return not (self.is_all or self.parsed or self.gone or self.changed_pictures or self.gone_pictures)


def changes(job: Job, record: Record) -> Changes:
    """Compare the folder with the record, and read what is new."""
    found = listing(job.site)
    meta = record.meta()
    around = context(job.site, found.notes, job.settings, drafts=job.drafts)
    is_all = job.is_clean or meta.get("stamp") != job.stamp or meta.get("context") != around.digest
    read_at = int(meta.get("read_at_ns", "0"))
    known = {} if is_all else record.story_sources()
    suspects = []
    for source in found.stories:
        old = known.get(source.path)
        if not is_trusted(source, old, read_at):
            suspects.append(replace(source, digest=old.digest if old else ""))
    parsed: dict[str, Parsed] = {}
    same = []
    work = pool.run(ReadStories(job.site, around), suspects, job.jobs)
    for number, one in enumerate(work, 1):
        if one.is_same:
            same.append(one.source)
        else:
            parsed[one.source.path] = one
        if job.progress:
            job.progress("read", number, len(suspects))
    pictures, changed, gone_pictures = _pictures(job, record, found.pictures, read_at)
    here = {source.path for source in found.stories}
    gone = tuple(path for path in record.story_sources() if path not in here)
    return Changes(found, around, parsed, tuple(same), gone, pictures, changed, gone_pictures, is_all)


def _pictures(
    job: Job, record: Record, found: tuple[Source, ...], read_at: int
) -> tuple[dict[str, PictureRow], frozenset[str], tuple[str, ...]]:
    known = record.pictures()
    rows: dict[str, PictureRow] = {}
    suspects = []
    for source in found:
        old = known.get(source.path)
        if old is not None and not job.is_clean and is_trusted(source, old.source, read_at):
            rows[source.path] = old
        else:
            suspects.append(source)
    changed = set()
    for source, picture in pool.run(ReadPictures(job.site), suspects, job.jobs):
        row = PictureRow(source, picture)
        rows[source.path] = row
        before = known.get(source.path)
        if before is None or (before.source.digest, before.picture) != (source.digest, picture):
            changed.add(source.path)
    gone = tuple(path for path in known if path not in rows)
    return rows, frozenset(changed), gone


@dataclass(frozen=True, slots=True)
class Live:
    """What the public may see at the clock, and what became of the rest."""

    cards: Mapping[str, Card]  # live, by path
    held: tuple[tuple[str, str, int | None], ...]  # id, state, until
    stable: tuple[int | None, int | None]  # the span of the clock in which this holds
    problems: tuple[Problem, ...]


def resolve(cards: Iterable[Card], clock: int, pictures: Mapping[str, Picture], *, drafts: bool) -> Live:
    """Which cards are live, and with which pictures.

    Of two stories that claim one id or one address, the live one with the smaller path has it; the other is named and
    kept out. The id of a killed story is never used again. A pure function of the cards, so that the order of edits
    cannot matter.
    """
    entries = sorted(cards, key=lambda card: card.path)
    start, end = lifecycle.stable_interval(entries, clock)
    live: dict[str, Card] = {}
    held: list[tuple[str, str, int | None]] = []
    owners: dict[str, Card] = {}
    problems: list[Problem] = []
    waiting: list[Card] = []
    owners.update((claim_keys(entry)[0], entry) for entry in reversed(entries) if entry.status == "killed")
    for entry in entries:
        seen = lifecycle.seen(entry, clock, drafts=drafts)
        if seen is None:
            held.append((entry.item.id, lifecycle.state(entry, clock), lifecycle.until(entry, clock)))
            waiting.append(entry)
            continue
        clash = next(((key, owners[key]) for key in claim_keys(seen) if key in owners), None)
        if clash is not None:
            problems.append(_claimed(seen, *clash))
            continue
        owners.update(dict.fromkeys(claim_keys(seen), seen))
        live[seen.path] = with_pictures(seen, pictures) if seen.photos else seen
        problems.extend(_missing_pictures(seen, pictures))
    for entry in waiting:  # an id is never used twice, whatever the state; an address may wait for its turn
        key = claim_keys(entry)[0]
        if key in owners and owners[key] is not entry:
            problems.append(_claimed(entry, key, owners[key]))
        owners[key] = owners.get(key, entry)
    return Live(live, tuple(held), (start, end), tuple(problems))


def _claimed(card: Card, key: str, owner: Card) -> Problem:
    rule = "id-taken" if key.startswith("id ") else "address-taken"
    value = card.item.id if rule == "id-taken" else card.item.url
    return Problem(rule, card.path, values=(value, owner.path))


def _missing_pictures(card: Card, pictures: Mapping[str, Picture]) -> Iterable[Problem]:
    for photo in card.photos:
        if photo and photo.file and picture_path(card.path, photo.file) not in pictures:
            yield Problem("picture-missing", card.path, values=(photo.file, picture_path(card.path, photo.file)))


def _located(site: Disk, problem: Problem) -> Problem:
    """A problem that no reader of one file can see, with the line of the file that it is about."""
    try:
        lines = site.read(problem.path).decode("utf-8", "replace").splitlines()
    except OSError:
        return problem
    marks = {"id-taken": ("id:",), "address-taken": ("slug:", "headline:")}.get(problem.rule, problem.values[:1])
    for mark in marks:
        for number, line in enumerate(lines, 1):
            if line.startswith(mark) if mark.endswith(":") else mark in line:
                return replace(problem, line=number, column=line.index(mark) + 1, excerpt=line)
    return problem


@dataclass(frozen=True, slots=True)
class Survey:
    """The shelves' input now and before: what the engine's second half decides from."""

    live: Live
    removed: tuple[Card, ...]
    added: tuple[Card, ...]
    flips: tuple[tuple[str, bool], ...]  # story files that came into view or went out of it
    problems: tuple[Problem, ...]


def survey(job: Job, record: Record, found: Changes) -> Survey:
    """All live cards, and those that differ from what the last build showed."""
    old_clock = int(record.meta().get("clock", "0"))
    pictures = {path: row.picture for path, row in found.pictures.items() if row.picture}
    old_pictures = {path: row.picture for path, row in record.pictures().items() if row.picture}
    moving = found.changed_pictures | set(found.gone_pictures)
    again = found.parsed.keys() | set(found.gone)
    rows = [] if found.is_all else [(row, card_of(row)) for row in record.story_rows()]
    problems = [problem for row, _card in rows if row.source.path not in again for problem in problems_of(row.problems)]
    problems.extend(problem for parsed in found.parsed.values() for problem in parsed.problems)
    cards = [card for row, card in rows if card and row.source.path not in again]
    cards.extend(parsed.card for parsed in found.parsed.values() if parsed.card)
    live = resolve(cards, job.clock, pictures, drafts=job.drafts)
    live = replace(live, problems=tuple(_located(job.site, problem) for problem in live.problems))
    removed: list[Card] = []
    added: list[Card] = []
    was_shown = {row.source.path for row, _card in rows if row.is_shown}
    for row, card in rows:
        path = row.source.path
        now = live.cards.get(path)
        if card is None or not row.is_shown:
            continue
        if path in again or now is None or _may_differ(card, old_clock, job.clock, moving):
            seen = lifecycle.seen(card, old_clock, drafts=job.drafts)
            old = with_pictures(seen, old_pictures) if seen else None
            if old != now:
                removed.extend([old] if old else [])
                added.extend([now] if now else [])
    if not found.is_all:
        added.extend(card for path, card in live.cards.items() if path not in was_shown)
    flips = [(path, True) for path in live.cards if path not in was_shown]
    flips += [(path, False) for path in sorted(was_shown) if path not in live.cards]
    return Survey(live, tuple(removed), tuple(added), tuple(flips), (*problems, *live.problems))


def _may_differ(card: Card, old_clock: int, clock: int, moving: frozenset[str] | set[str]) -> bool:
    """Whether a card that was not read again may be seen differently now: by the clock, or by another picture."""
    low, high = sorted((old_clock, clock))
    moments = (card.embargo, card.expires, *(photo.expires for photo in card.photos if photo))
    if any(moment is not None and low < moment <= high for moment in moments):
        return True
    return bool(moving) and any(p and p.file and picture_path(card.path, p.file) in moving for p in card.photos)
