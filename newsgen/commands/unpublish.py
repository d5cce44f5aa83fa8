"""Requests to unpublish: what `newsgen unpublish` does to story files, and writes into the private log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from newsgen import storyfile
from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.changes import SourceChanges
from newsgen.engine.request import BuildRequest
from newsgen.leaks.names import ALLOWED, NameRemover
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger, requests
from newsgen.source.requests import Request
from newsgen.storyfile import YamlValue, edit_keys
from newsgen.text.address import picture_path

__all__ = ["Anonymised", "add_note", "anonymise", "delete", "delist"]


@value
class Anonymised:
    """What a name was taken out of."""

    changed: tuple[str, ...]  # files, by the names that they have now
    left: tuple[Problem, ...]  # files that have the name, or a part of it, and could not be changed without a risk


def anonymise(request: BuildRequest, name: str, instead: str, reason: str, now: Moment) -> Anonymised:
    """Put other words in a person's place: in every story file, in file names, ids and addresses.

    The old addresses that held the name are forgotten: nothing leads on from them. Later builds look for the name, and
    write no page that has it. A warning says where a file that had it has the surname alone too, and that a name is
    nowhere. UsageError for a name of one word, and for words that could break a file.
    """
    _require("--reason", reason)
    if len(name.split()) < 2:
        raise UsageError(Problem("name-short", "NAME", values=(name,)))
    if not ALLOWED.fullmatch(" ".join(instead.split())):
        raise UsageError(Problem("name-instead", "--as", values=(instead,)))
    remover = NameRemover(name, instead)
    with read_archive(request) as archive:
        changes = _require_logs(archive)
    left = (
        []
        if _has_name(request, changes, remover)
        else [Problem("name-nowhere", "NAME", values=(name,), severity="warning")]
    )
    _log(request, Request(now.iso, "anonymise", name, instead, reason))  # first: what stays, the next build refuses
    pictures, clashes = _renamed(request, [seen[0] for seen in changes.listing.pictures], remover)
    stories, stuck = _renamed(request, [seen[0] for seen in changes.listing.stories], remover)
    left += [Problem("path-exists", path, values=(new,)) for path, new in sorted((clashes | stuck).items())]
    changed: list[str] = []
    for path, new in stories.items():
        try:
            if _without_name(request, changes, path, new, remover, clashes.keys()):
                changed.append(new)
                left += _alone(request, new, name.split()[-1])
        except ContentError as error:
            left += error.problems
    for path, new in pictures.items():
        if new != path:
            try:
                _move(request, path, new, request.site.read(path))
                changed.append(new)
            except OSError as error:
                left.append(Problem("unreadable", path, values=(error.strerror or str(error),)))
    for path in [seen[0] for seen in changes.listing.site_notes]:
        text = request.site.read(path).decode("utf-8", "replace")
        if remover.replace(text) != text:
            left.append(Problem("name-by-hand", path))
    lines = [line for line in changes.ledger.lines if remover.replace_in_path(line.url) == line.url]
    kept = ledger.in_order(
        replace(line, id=remover.replace_in_path(line.id), reason=remover.replace(line.reason)) for line in lines
    )
    if kept != changes.ledger.lines:
        request.site.write(ledger.PATH, ledger.to_bytes(kept))
    return Anonymised(tuple(sorted(changed)), tuple(left))


def _has_name(request: BuildRequest, changes: SourceChanges, remover: NameRemover) -> bool:
    """Whether a name is in any file, in a file's path or in an address."""
    paths = [
        seen[0]
        for kind in (changes.listing.stories, changes.listing.pictures, changes.listing.site_notes)
        for seen in kind
    ]
    texts = (_text(request, seen[0]) for kind in (changes.listing.stories, changes.listing.site_notes) for seen in kind)
    lines = (f"{line.url} {line.id} {line.reason}" for line in changes.ledger.lines)
    return any(remover.replace_in_path(path) != path for path in paths) or any(
        remover.replace(text) != text or remover.replace_in_path(text) != text for text in (*texts, *lines)
    )


def _text(request: BuildRequest, path: str) -> str:
    try:
        return request.site.read(path).decode("utf-8", "replace")
    except OSError:
        return ""  # the build names it


def _alone(request: BuildRequest, path: str, surname: str) -> list[Problem]:
    """A warning where a file has a surname without the first name, as copy has it after the first mention."""
    text = _text(request, path)
    found = re.search(rf"(?<!\w)(?:{re.escape(surname)}|{re.escape(surname.upper())})(?!\w)", text)
    if not found:
        return []
    line = text.count("\n", 0, found.start()) + 1
    return [Problem("name-alone", path, line, values=(surname,), severity="warning")]


def _renamed(request: BuildRequest, paths: list[str], remover: NameRemover) -> tuple[dict[str, str], dict[str, str]]:
    """Files with the paths that they get, and those that cannot have theirs, for another file has or gets it."""
    wanted = {path: remover.replace_in_path(path) for path in paths}
    counts = Counter(wanted.values())
    stuck = {
        path: new for path, new in wanted.items() if new != path and (counts[new] > 1 or request.site.has(new))
    }  # fmt: skip
    return {path: new for path, new in wanted.items() if path not in stuck}, stuck


def _without_name(
    request: BuildRequest, changes: SourceChanges, path: str, new: str, remover: NameRemover, clashes: Collection[str]
) -> bool:
    """Take a name out of a story file and its path; whether there was one. ContentError where that would do harm."""
    try:
        data = request.site.read(path)
        done = remover.replace(data.decode()).encode()
    except (OSError, UnicodeDecodeError):
        return False  # no story: the build names it
    if (new, done) == (path, data):
        return False
    sections = changes.site_notes.section_files()
    was, _problems = storyfile.read_story(path, data, request.settings, sections)
    now, problems = storyfile.read_story(new, done, request.settings, sections)
    if was and not now:
        raise ContentError(Problem("name-by-hand", path, problems[0].line if problems else 0))
    if was and any(photo.file and picture_path(path, photo.file) in clashes for photo in was.photos):
        raise ContentError(Problem("name-by-hand", path))  # it would show another picture, or none
    _move(request, path, new, done)
    return True


def _move(request: BuildRequest, path: str, new: str, data: bytes) -> None:
    request.site.write(new, data)
    if new != path:
        request.site.remove(path)


def delist(request: BuildRequest, wanted: str, reason: str, now: Moment) -> str:
    """Keep a story out of feeds, sitemaps and search engines; its page stays. Its file."""
    with _story_to_change(request, wanted, reason) as (archive, card):
        _edit(archive, card, {"noindex": "true"})
        _log(request, Request(now.iso, "delist", card.item.id, "", reason))
    return card.path


def add_note(request: BuildRequest, wanted: str, text: str, reason: str, now: Moment) -> str:
    """Put a note for readers under a story. Its file."""
    _require("TEXT", text)
    with _story_to_change(request, wanted, reason) as (archive, card):
        story, _problems = storyfile.read_story(card.path, request.site.read(card.path), request.settings, None)
        _edit(archive, card, {"note": [*(story.notes if story else ()), text]})
        _log(request, Request(now.iso, "note", card.item.id, text, reason))
    return card.path


def delete(request: BuildRequest, wanted: str, reason: str, now: Moment) -> str:
    """Delete a story's file, and give its addresses up: nothing tells that it was there. The file that it was."""
    with _story_to_change(request, wanted, reason) as (archive, card):
        before = archive.changes.ledger.lines
        lines = ledger.in_order(
            replace(line, state="removed", since=now.iso)
            if line.id == card.item.id and line.state != "killed"
            else line
            for line in before
        )
        if lines != before:
            request.site.write(ledger.PATH, ledger.to_bytes(lines))
        request.site.remove(card.path)
        _log(request, Request(now.iso, "delete", card.item.id, "", reason))
    return card.path


@contextmanager
def _story_to_change(request: BuildRequest, wanted: str, reason: str) -> Iterator[tuple[Archive, Card]]:
    """The story that a request is about. UsageError where there is none, or no reason."""
    _require("--reason", reason)
    with read_archive(request) as archive:
        _require_logs(archive)
        yield archive, archive.named(wanted)


def _edit(archive: Archive, card: Card, change: dict[str, YamlValue | None]) -> None:
    request = archive.snapshot.request
    sections = archive.changes.site_notes.section_files()
    data = edit_keys(card.path, request.site.read(card.path), change, request.settings, sections)
    request.site.write(card.path, data)


def _require_logs(archive: Archive) -> SourceChanges:
    """UsageError where the ledger or the log has errors: nothing is written over what cannot be read."""
    changes = archive.changes
    if problems := (*changes.ledger.problems, *changes.requests.problems):
        raise UsageError(*problems)
    return changes


def _require(option: str, text: str) -> None:
    if not text.strip():
        raise UsageError(Problem("empty-argument", option))


def _log(request: BuildRequest, entry: Request) -> None:
    try:
        known = requests.read(request.site.read(requests.PATH)).rows
    except OSError:
        known = ()
    request.site.write(requests.PATH, requests.to_bytes((*known, entry)))
