"""Requests to unpublish: what `newsgen unpublish` changes in story files, and adds to the private log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from newsgen import storyfile
from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.urls import write_ledger
from newsgen.disk import Disk, FileStat
from newsgen.engine.request import BuildRequest
from newsgen.leaks.names import ALLOWED, NameRemover
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger, requests
from newsgen.source.requests import Request
from newsgen.text.address import picture_path

__all__ = ["AnonymiseResult", "Answer", "add_note", "anonymise", "delete", "delist"]


@value
class AnonymiseResult:
    """What a name was taken out of."""

    changed: tuple[str, ...]  # files, by the paths that they have now
    problems: tuple[Problem, ...]  # files that have the name, or a part of it, and cannot be changed safely


@value
class Answer:
    """What was done about one story."""

    path: str  # its file
    problems: tuple[Problem, ...]


def anonymise(request: BuildRequest, name: str, instead: str, reason: str, now: Moment) -> AnonymiseResult:
    """Put other words in a person's place: in every story file, in file names, ids and addresses.

    The old addresses that held the name are forgotten: nothing leads on from them. Later builds look for the name, and
    write no page that has it. A warning says where a file that had the name has the surname alone too, and where no
    file has the name. UsageError for a name of one word, and for words that would mean something in YAML or Markdown.
    """
    _require_text("--reason", reason)
    if len(name.split()) < 2:
        raise UsageError(Problem("name-short", "NAME", values=(name,)))
    if not ALLOWED.fullmatch(" ".join(instead.split())):
        raise UsageError(Problem("name-instead", "--as", values=(instead,)))
    remover = NameRemover(name, instead)
    with read_archive(request) as archive:
        _require_logs(archive)
    nowhere = Problem("name-nowhere", "NAME", values=(name,), severity="warning")
    warnings = () if _has_name(archive, remover) else (nowhere,)
    logged = _log(request, Request(now.iso, "anonymise", name, instead, reason))  # the next build refuses what stays
    files = _anonymise_files(archive, remover, name.split()[-1])
    notes = _notes_with_name(archive, remover)
    write_ledger(archive, _ledger_without_name(archive, remover))
    return AnonymiseResult(files.changed, (*logged, *warnings, *files.problems, *notes))


def _has_name(archive: Archive, remover: NameRemover) -> bool:
    """Whether a name is in any file, in a file's path or in an address."""
    listing = archive.changes.listing
    paths = [path for path, *_stat in (*listing.stories, *listing.pictures, *listing.site_notes)]
    if any(remover.replace_in_path(path) != path for path in paths):
        return True
    files = (_text(archive, path) for path, *_stat in (*listing.stories, *listing.site_notes))
    lines = (f"{line.url} {line.id} {line.reason}" for line in archive.changes.ledger.lines)
    return any(
        remover.replace(text) != text or remover.replace_in_path(text) != text
        for texts in (files, lines)
        for text in texts
    )


def _text(archive: Archive, path: str) -> str:
    """The text of a file; "" where it cannot be read."""
    return (_read(archive.snapshot.request.site, path) or b"").decode("utf-8", "replace")


def _anonymise_files(archive: Archive, remover: NameRemover, surname: str) -> AnonymiseResult:
    """Take a name out of the story files, and out of the paths of stories and pictures."""
    listing = archive.changes.listing
    pictures, picture_clashes = _new_paths(archive, listing.pictures, remover)
    stories, story_clashes = _new_paths(archive, listing.stories, remover)
    clashes = sorted((picture_clashes | story_clashes).items())
    problems = [Problem("path-exists", path, values=(new_path,)) for path, new_path in clashes]
    changed: list[str] = []
    for path, new_path in stories.items():
        try:
            if _anonymise_story(archive, path, new_path, remover, picture_clashes.keys()):
                changed.append(new_path)
                problems += _surname_alone(new_path, _text(archive, new_path), surname)
        except ContentError as error:
            problems += error.problems
    for path, new_path in pictures.items():
        if new_path != path:
            try:
                _move(archive, path, new_path, archive.snapshot.request.site.read(path))
                changed.append(new_path)
            except OSError as error:
                problems.append(Problem("unreadable", path, values=(error.strerror or str(error),)))
    return AnonymiseResult(tuple(sorted(changed)), tuple(problems))


def _new_paths(
    archive: Archive, files: Iterable[FileStat], remover: NameRemover
) -> tuple[dict[str, str], dict[str, str]]:
    """(files with the paths that they get, those that cannot get theirs because another file has or gets it)."""
    new_paths = {path: remover.replace_in_path(path) for path, *_stat in files}
    counts = Counter(new_paths.values())
    has = archive.snapshot.request.site.has
    clashes = {path: new for path, new in new_paths.items() if new != path and (counts[new] > 1 or has(new))}
    return {path: new for path, new in new_paths.items() if path not in clashes}, clashes


def _anonymise_story(
    archive: Archive, path: str, new_path: str, remover: NameRemover, picture_clashes: Collection[str]
) -> bool:
    """Take a name out of a story file and its path; whether there was one. ContentError where that would do harm."""
    request, sections = archive.snapshot.request, archive.changes.site_notes.section_defaults()
    try:
        data = request.site.read(path)
        new_data = remover.replace(data.decode()).encode()
    except (OSError, UnicodeDecodeError):
        return False  # no story: the build says so
    if (new_path, new_data) == (path, data):
        return False
    before, _problems = storyfile.read_story(path, data, request.settings, sections)
    after, problems = storyfile.read_story(new_path, new_data, request.settings, sections)
    if before and not after:
        raise ContentError(Problem("name-by-hand", path, problems[0].line if problems else 0))
    if before and any(photo.file and picture_path(path, photo.file) in picture_clashes for photo in before.photos):
        raise ContentError(Problem("name-by-hand", path))  # it would show another picture, or none
    _move(archive, path, new_path, new_data)
    return True


def _move(archive: Archive, path: str, new_path: str, data: bytes) -> None:
    site = archive.snapshot.request.site
    site.edit(new_path, data, path)
    if new_path != path:
        site.remove(path)


def _surname_alone(path: str, text: str, surname: str) -> list[Problem]:
    """A warning where a text has a surname without the first name, as copy has it after the first mention."""
    match = re.search(rf"(?<!\w)(?:{re.escape(surname)}|{re.escape(surname.upper())})(?!\w)", text)
    if not match:
        return []
    line = text.count("\n", 0, match.start()) + 1
    return [Problem("name-alone", path, line, values=(surname,), severity="warning")]


def _notes_with_name(archive: Archive, remover: NameRemover) -> list[Problem]:
    """The notes on sections, people and places that have a name: a person edits them."""
    problems = []
    for path, *_stat in archive.changes.listing.site_notes:
        text = archive.snapshot.request.site.read(path).decode("utf-8", "replace")
        if remover.replace(text) != text:
            problems.append(Problem("name-by-hand", path))
    return problems


def _ledger_without_name(archive: Archive, remover: NameRemover) -> tuple[ledger.LedgerLine, ...]:
    """The ledger without the addresses that have a name, and without the name in ids and reasons."""
    return ledger.in_order(
        replace(line, id=remover.replace_in_path(line.id), reason=remover.replace(line.reason))
        for line in archive.changes.ledger.lines
        if remover.replace_in_path(line.url) == line.url
    )


def delist(request: BuildRequest, name: str, reason: str, now: Moment) -> Answer:
    """Keep a story out of feeds, sitemaps and search engines; its page stays.

    UsageError and ContentError as for `kill`, here and below; a reason must be given.
    """
    with _story_to_change(request, name, reason) as (archive, card):
        request.site.edit(card.path, archive.with_keys(card, {"noindex": "true"}))
        problems = _log(request, Request(now.iso, "delist", card.item.id, "", reason))
    return Answer(card.path, problems)


def add_note(request: BuildRequest, name: str, text: str, reason: str, now: Moment) -> Answer:
    """Put a note for readers under a story."""
    _require_text("TEXT", text)
    with _story_to_change(request, name, reason) as (archive, card):
        story, _problems = storyfile.read_story(card.path, request.site.read(card.path), request.settings, None)
        notes = story.notes if story else ()
        if text not in notes:  # else an interrupted command has written it
            request.site.edit(card.path, archive.with_keys(card, {"note": [*notes, text]}))
        problems = _log(request, Request(now.iso, "note", card.item.id, text, reason))
    return Answer(card.path, problems)


def delete(request: BuildRequest, name: str, reason: str, now: Moment) -> Answer:
    """Delete a story's file and give its addresses up, so that nothing tells that it was there.

    The request is logged first, and the file goes last: after an interruption, the same again does the rest.
    """
    with _story_to_change(request, name, reason) as (archive, card):
        problems = _log(request, Request(now.iso, "delete", card.item.id, "", reason))
        lines = (
            replace(line, state="removed", since=now.iso) if line.id == card.item.id and not line.state else line
            for line in archive.changes.ledger.lines
        )
        write_ledger(archive, ledger.in_order(lines))
        request.site.remove(card.path)
    return Answer(card.path, problems)


@contextmanager
def _story_to_change(request: BuildRequest, name: str, reason: str) -> Iterator[tuple[Archive, Card]]:
    """The story that a request is about. UsageError where there is none, or no reason."""
    _require_text("--reason", reason)
    with read_archive(request) as archive:
        _require_logs(archive)
        try:
            card = archive.find(name)
        except UsageError as error:
            if any((row.kind, row.subject) == ("delete", name) for row in archive.changes.requests.rows):
                raise UsageError(Problem("deleted-already", name, values=(name,))) from error
            raise
        yield archive, card


def _require_logs(archive: Archive) -> None:
    """UsageError where the ledger or the log has errors: nothing is written over what cannot be read."""
    changes = archive.changes
    if problems := (*changes.ledger.problems, *changes.requests.problems):
        raise UsageError(*problems)


def _require_text(option: str, text: str) -> None:
    if not text.strip():
        raise UsageError(Problem("empty-argument", option))


def _log(request: BuildRequest, entry: Request) -> tuple[Problem, ...]:
    """Add a line to the log of requests, unless an earlier, interrupted command has logged the same.

    The first line of a log is the time to say that Git does not ignore it.
    """
    site = request.site
    old = _read(site, requests.PATH)
    rows = requests.read(old or b"").rows
    if replace(entry, date="") not in (replace(row, date="") for row in rows):
        site.edit(requests.PATH, requests.to_bytes((*rows, entry)), is_private=True)
    ignored = _read(site, ".gitignore")
    is_safe = old is not None or not (ignored or site.has(".git"))
    if is_safe or any(map(requests.is_ignored, (ignored or b"", _read(site, "content/.gitignore") or b""))):
        return ()
    return (Problem("log-not-ignored", ".gitignore", values=(requests.PATH,), severity="warning"),)


def _read(site: Disk, path: str) -> bytes | None:
    """The bytes of a file; None where it cannot be read: the build says so."""
    try:
        return site.read(path)
    except OSError:
        return None
