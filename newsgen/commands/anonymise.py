"""Requests of persons who ask not to be named any more: their name is taken out of every file of a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from newsgen import storyfile
from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.request_log import log_request, read_or_none, require_logs, require_text
from newsgen.commands.urls import write_ledger
from newsgen.disk import FileStat
from newsgen.engine.request import BuildRequest
from newsgen.leaks.name_finder import NameFinder
from newsgen.leaks.names import ALLOWED, NameRemover
from newsgen.model import codec
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger
from newsgen.source.requests import Request, may_be_name
from newsgen.text.address import name_key, picture_path

__all__ = ["AnonymiseResult", "anonymise"]


@value
class AnonymiseResult:
    """What a name was taken out of."""

    changed: tuple[str, ...]  # files, by the paths that they have now
    problems: tuple[Problem, ...]  # files that have the name, or a part of it, and cannot be changed safely


@dataclass(frozen=True, slots=True)
class _Person:
    """The names of a person, and what takes them out and finds what is left."""

    names: tuple[str, ...]
    remover: NameRemover
    finder: NameFinder


def anonymise(request: BuildRequest, name: str, instead: str, reason: str, now: Moment) -> AnonymiseResult:
    """Put other words in a person's place: in every story file, in file names, ids and addresses.

    The aliases that content/_people.yaml has of the person are taken out too. The old addresses that held a name are
    forgotten: nothing leads on from them. Later builds look for the names, and write no page that shows one. Files in
    which a reader would still see one are errors. A warning says where a file that had a name has the surname alone
    too, and where no file has a name. After an interruption, the same again does the rest.

    UsageError for a name of one word, and for words that would mean something in YAML or Markdown.
    """
    require_text("--reason", reason)
    if len(name.split()) < 2 or not may_be_name(name):
        raise UsageError(Problem("name-short", "NAME", values=(name,)))
    if not ALLOWED.fullmatch(" ".join(instead.split())):
        raise UsageError(Problem("name-instead", "--as", values=(instead,)))
    with read_archive(request) as archive:
        require_logs(archive)
    names = (name, *_aliases(archive, name))
    person = _Person(names, NameRemover(names, instead), NameFinder(names))
    if person.finder.has(instead.encode()):
        raise UsageError(Problem("name-instead", "--as", values=(instead,)))
    warnings = (
        [] if _has_name(archive, person) else [Problem("name-nowhere", "NAME", values=(name,), severity="warning")]
    )
    for each in names:  # first: the next build refuses what stays
        warnings += log_request(request, Request(now.iso, "anonymise", each, instead, reason))
    files = _anonymise_files(archive, person)
    write_ledger(archive, _ledger_without_name(archive, person.remover))
    return AnonymiseResult(files.changed, (*warnings, *files.problems, *_other_files(archive, person)))


def _aliases(archive: Archive, name: str) -> list[str]:
    """The other names of a person, of two words at least, that the register of people has."""
    for entry in archive.changes.site_notes.people:
        spellings = {name_key(spelling): spelling for spelling in (entry.name, *entry.aliases)}
        if spellings.pop(name_key(name), None):
            return [spelling for spelling in spellings.values() if len(spelling.split()) > 1]
    return []


def _has_name(archive: Archive, person: _Person) -> bool:
    """Whether a name is in any file, in a file's path or in an address."""
    listing = archive.changes.listing
    pictures = "\n".join(path for path, *_stat in listing.pictures)
    addresses = ledger.to_bytes(archive.changes.ledger.lines)
    if person.finder.has(pictures.encode("utf-8", "replace")) or person.finder.has(addresses):
        return True
    files = (path for path, *_stat in (*listing.stories, *listing.site_notes))
    return any(
        person.finder.is_in_file(path.encode("utf-8", "replace") + b"\n" + _data(archive, path)) for path in files
    )


def _data(archive: Archive, path: str) -> bytes:
    """The bytes of a file; none where it cannot be read: the build says so."""
    return read_or_none(archive.snapshot.request.site, path) or b""


def _anonymise_files(archive: Archive, person: _Person) -> AnonymiseResult:
    """Take a name out of the story files, and out of the paths of stories and pictures."""
    listing, remover = archive.changes.listing, person.remover
    pictures = _Moves.of(archive, listing.pictures, remover)
    stories = _Moves.of(archive, listing.stories, remover)
    clashes = sorted((pictures.clashes | stories.clashes).items())
    problems = [Problem("path-exists", path, values=(new_path,)) for path, new_path in clashes]
    changed: list[str] = []
    for path, new_path in stories.new_paths.items():
        try:
            if _anonymise_story(archive, path, new_path, remover, pictures.clashes.keys()):
                changed.append(new_path)
                problems += _surname_alone(new_path, _data(archive, new_path), person.names)
        except ContentError as error:
            problems += error.problems
        else:
            problems += _left_over(new_path, _data(archive, new_path), person)
    for path, new_path in pictures.new_paths.items():
        if new_path != path:
            try:
                _move(archive, path, new_path, archive.snapshot.request.site.read(path))
                changed.append(new_path)
            except OSError as error:
                problems.append(Problem("unreadable", path, values=(error.strerror or str(error),)))
    return AnonymiseResult(tuple(sorted(changed)), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where files go whose paths have a name."""

    new_paths: dict[str, str]  # those of all files, by path
    clashes: dict[str, str]  # the files that cannot get theirs, because another file has or gets it

    @classmethod
    def of(cls, archive: Archive, files: Iterable[FileStat], remover: NameRemover) -> _Moves:
        """The moves of some files. A file that stands in its new place already was moved by an interrupted command."""
        new_paths = {path: remover.replace_in_path(path) for path, *_stat in files}
        moving = {path: new for path, new in new_paths.items() if new != path}
        done = {path for path, new in moving.items() if _is_moved(archive, path, new, remover)}
        counts = Counter(new for path, new in new_paths.items() if path not in done)
        has = archive.snapshot.request.site.has
        clashes = {path: new for path, new in moving.items() if path not in done and (counts[new] > 1 or has(new))}
        taken = {moving[path] for path in done}
        return cls({path: new for path, new in new_paths.items() if path not in clashes and path not in taken}, clashes)


def _is_moved(archive: Archive, path: str, new_path: str, remover: NameRemover) -> bool:
    """Whether a file stands at its new path too, with the bytes that it gets there."""
    new = read_or_none(archive.snapshot.request.site, new_path)
    old = _data(archive, path)
    return new is not None and new in (old, remover.replace(old.decode("utf-8", "replace")).encode())


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


def _surname_alone(path: str, data: bytes, names: Iterable[str]) -> Iterator[Problem]:
    """A warning where a text has a surname without the first name, as copy has it after the first mention."""
    text = data.decode("utf-8", "replace")
    for surname in dict.fromkeys(name.split()[-1] for name in names):
        match = re.search(rf"(?<!\w)(?:{re.escape(surname)}|{re.escape(surname.upper())})(?!\w)", text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            yield Problem("name-alone", path, line, values=(surname,), severity="warning")


def _left_over(path: str, data: bytes, person: _Person) -> list[Problem]:
    """An error where a reader of a file would still see a name, with the first of the lines."""
    if not person.finder.is_in_file(data):
        return []
    lines = data.split(b"\n")
    pairs = (b"\n".join(lines[at : at + 2]) for at in range(len(lines)))
    line = next((number for number, pair in enumerate(pairs, 1) if person.finder.is_in_file(pair)), 0)
    if line and line < len(lines) and person.finder.is_in_file(lines[line]):
        line += 1
    return [Problem("name-by-hand", path, line)]


def _other_files(archive: Archive, person: _Person) -> Iterator[Problem]:
    """Errors for the files beside the stories that have a name: notes, settings, templates. A person edits them."""
    notes = (path for path, *_stat in archive.changes.listing.site_notes)
    templates = (path for path, *_stat in archive.snapshot.request.site.scan("templates"))
    for path in (*notes, ledger.PATH, *templates):
        yield from _left_over(path, _data(archive, path), person)
    if person.finder.has(codec.to_json(archive.snapshot.request.settings).encode()):  # not who wrote the project
        yield Problem("name-by-hand", "pyproject.toml")


def _ledger_without_name(archive: Archive, remover: NameRemover) -> tuple[ledger.LedgerLine, ...]:
    """The ledger without the addresses that have a name, and without the name in ids and reasons."""
    return ledger.in_order(
        replace(line, id=remover.replace_in_path(line.id), reason=remover.replace(line.reason))
        for line in archive.changes.ledger.lines
        if remover.replace_in_path(line.url) == line.url
    )
