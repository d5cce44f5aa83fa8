"""Requests to unpublish: what `newsgen unpublish` does to story files, and writes into the private log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from newsgen import storyfile
from newsgen.engine.changes import Changes, changes
from newsgen.engine.job import Job
from newsgen.leaks.names import ALLOWED, Veil
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger, requests
from newsgen.source.listing import classify, scan_content
from newsgen.source.requests import Request
from newsgen.store import Store
from newsgen.storyfile import YamlValue, edit_keys
from newsgen.text.address import picture_path

__all__ = ["Anonymised", "add_note", "anonymise", "delete", "delist"]


@value
class Anonymised:
    """What a name was taken out of."""

    changed: tuple[str, ...]  # files, by the names that they have now
    left: tuple[Problem, ...]  # files that have the name, or a part of it, and could not be changed without a risk


def anonymise(job: Job, name: str, instead: str, reason: str, now: Moment) -> Anonymised:
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
    veil = Veil(name, instead)
    found = _read(job)
    left = [] if _has(job, found, veil) else [Problem("name-nowhere", "NAME", values=(name,), severity="warning")]
    _log(job, Request(now.iso, "anonymise", name, instead, reason))  # first: what stays, the next build refuses
    pictures, clashes = _renamed(job, [seen[0] for seen in found.listing.pictures], veil)
    stories, stuck = _renamed(job, [seen[0] for seen in found.listing.stories], veil)
    left += [Problem("path-exists", path, values=(new,)) for path, new in sorted((clashes | stuck).items())]
    changed: list[str] = []
    for path, new in stories.items():
        try:
            if _veiled(job, found, path, new, veil, clashes.keys()):
                changed.append(new)
                left += _alone(job, new, name.split()[-1])
        except ContentError as error:
            left += error.problems
    for path, new in pictures.items():
        if new != path:
            try:
                _move(job, path, new, job.site.read(path))
                changed.append(new)
            except OSError as error:
                left.append(Problem("unreadable", path, values=(error.strerror or str(error),)))
    for path in [seen[0] for seen in found.listing.site_notes]:
        text = job.site.read(path).decode("utf-8", "replace")
        if veil.hide(text) != text:
            left.append(Problem("name-by-hand", path))
    lines = [line for line in found.ledger.lines if veil.hide_path(line.url) == line.url]
    kept = ledger.in_order(replace(line, id=veil.hide_path(line.id), reason=veil.hide(line.reason)) for line in lines)
    if kept != found.ledger.lines:
        job.site.write(ledger.PATH, ledger.to_bytes(kept))
    return Anonymised(tuple(sorted(changed)), tuple(left))


def _has(job: Job, found: Changes, veil: Veil) -> bool:
    """Whether a name is in any file, in a file's path or in an address."""
    paths = [
        seen[0] for kind in (found.listing.stories, found.listing.pictures, found.listing.site_notes) for seen in kind
    ]
    texts = (_text(job, seen[0]) for kind in (found.listing.stories, found.listing.site_notes) for seen in kind)
    lines = (f"{line.url} {line.id} {line.reason}" for line in found.ledger.lines)
    return any(veil.hide_path(path) != path for path in paths) or any(
        veil.hide(text) != text or veil.hide_path(text) != text for text in (*texts, *lines)
    )


def _text(job: Job, path: str) -> str:
    try:
        return job.site.read(path).decode("utf-8", "replace")
    except OSError:
        return ""  # the build names it


def _alone(job: Job, path: str, surname: str) -> list[Problem]:
    """A warning where a file has a surname without the first name, as copy has it after the first mention."""
    text = _text(job, path)
    found = re.search(rf"(?<!\w)(?:{re.escape(surname)}|{re.escape(surname.upper())})(?!\w)", text)
    if not found:
        return []
    line = text.count("\n", 0, found.start()) + 1
    return [Problem("name-alone", path, line, values=(surname,), severity="warning")]


def _renamed(job: Job, paths: list[str], veil: Veil) -> tuple[dict[str, str], dict[str, str]]:
    """Files with the paths that they get, and those that cannot have theirs, for another file has or gets it."""
    wanted = {path: veil.hide_path(path) for path in paths}
    counts = Counter(wanted.values())
    stuck = {
        path: new for path, new in wanted.items() if new != path and (counts[new] > 1 or job.site.has(new))
    }  # fmt: skip
    return {path: new for path, new in wanted.items() if path not in stuck}, stuck


def _veiled(job: Job, found: Changes, path: str, new: str, veil: Veil, clashes: Collection[str]) -> bool:
    """Take a name out of a story file and its path; whether there was one. ContentError where that would do harm."""
    try:
        data = job.site.read(path)
        done = veil.hide(data.decode()).encode()
    except (OSError, UnicodeDecodeError):
        return False  # no story: the build names it
    if (new, done) == (path, data):
        return False
    sections = found.site_notes.section_files()
    was, _problems = storyfile.read_story(path, data, job.settings, sections)
    now, problems = storyfile.read_story(new, done, job.settings, sections)
    if was and not now:
        raise ContentError(Problem("name-by-hand", path, problems[0].line if problems else 0))
    if was and any(photo.file and picture_path(path, photo.file) in clashes for photo in was.photos):
        raise ContentError(Problem("name-by-hand", path))  # it would show another picture, or none
    _move(job, path, new, done)
    return True


def _move(job: Job, path: str, new: str, data: bytes) -> None:
    job.site.write(new, data)
    if new != path:
        job.site.remove(path)


def delist(job: Job, wanted: str, reason: str, now: Moment) -> str:
    """Keep a story out of feeds, sitemaps and search engines; its page stays. Its file."""
    return _change(job, wanted, "delist", "", reason, now, lambda _path: {"noindex": "true"})


def add_note(job: Job, wanted: str, text: str, reason: str, now: Moment) -> str:
    """Put a note for readers under a story. Its file."""
    _require("TEXT", text)

    def noted(path: str) -> dict[str, YamlValue | None]:
        story, _problems = storyfile.read_story(path, job.site.read(path), job.settings, None)
        return {"note": [*(story.notes if story else ()), text]}

    return _change(job, wanted, "note", text, reason, now, noted)


def _change(
    job: Job,
    wanted: str,
    kind: str,
    said: str,
    reason: str,
    now: Moment,
    change: Callable[[str], dict[str, YamlValue | None]],
) -> str:
    _require("--reason", reason)
    found = _read(job)
    card = found.named(wanted)
    data = job.site.read(card.path)
    done = edit_keys(card.path, data, change(card.path), job.settings, found.site_notes.section_files())
    job.site.write(card.path, done)
    _log(job, Request(now.iso, kind, card.item.id, said, reason))
    return card.path


def delete(job: Job, wanted: str, reason: str, now: Moment) -> str:
    """Delete a story's file, and give its addresses up: nothing tells that it was there. The file that it was."""
    _require("--reason", reason)
    found = _read(job)
    card = found.named(wanted)
    lines = ledger.in_order(
        replace(line, state="removed", since=now.iso) if line.id == card.item.id and line.state != "killed" else line
        for line in found.ledger.lines
    )
    if lines != found.ledger.lines:
        job.site.write(ledger.PATH, ledger.to_bytes(lines))
    job.site.remove(card.path)
    _log(job, Request(now.iso, "delete", card.item.id, "", reason))
    return card.path


def _read(job: Job) -> Changes:
    """UsageError where the ledger or the log has errors: nothing is written over what cannot be read."""
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
    if problems := (*found.ledger.problems, *found.requests.problems):
        raise UsageError(*problems)
    return found


def _require(option: str, text: str) -> None:
    if not text.strip():
        raise UsageError(Problem("empty-argument", option))


def _log(job: Job, request: Request) -> None:
    try:
        known = requests.read(job.site.read(requests.PATH)).rows
    except OSError:
        known = ()
    job.site.write(requests.PATH, requests.to_bytes((*known, request)))
