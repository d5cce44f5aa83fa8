"""What lies in a site's folder: stories, pictures, the files about sections and names, the theme."""

from __future__ import annotations

import marshal
from dataclasses import dataclass

from newsgen.disk import Disk, FileStat
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.requests import PATH as REQUESTS

__all__ = [
    "SETTLE_NS",
    "Listing",
    "Look",
    "is_story",
    "is_trusted",
    "is_utf8",
    "listing",
    "look",
    "odd_problem",
    "shown_path",
]

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_IGNORED = ("~", ".bak", ".orig", ".swp", ".tmp", "Thumbs.db")
Known = tuple[int, int, int, str]  # of a file as last read: size, mtime_ns, ctime_ns, digest
SETTLE_NS = 2_000_000_000  # a file younger than this when it was read may change again within its own time stamp


@dataclass(frozen=True, slots=True)
class Listing:
    """Every file of content/ by what it is, in order of path."""

    stories: tuple[FileStat, ...]
    pictures: tuple[FileStat, ...]
    notes: tuple[FileStat, ...]  # _section.yaml, _people.yaml, _places.yaml
    ledger: FileStat | None  # _urls.tsv
    requests: FileStat | None  # _requests.tsv
    problems: tuple[Problem, ...]
    digest: str  # of the look it is made of


@dataclass(frozen=True, slots=True)
class Look:
    """Every file of content/ as the system tells of it, nothing judged yet."""

    files: list[FileStat]
    odd: list[tuple[str, str]]
    digest: str = ""  # of every file's path, size and times
    newest_ns: int = 0  # the latest of their times

    @classmethod
    def of(cls, files: list[FileStat], odd: list[tuple[str, str]]) -> Look:
        """What was found, with its digest."""
        newest_ns = max((max(mtime_ns, ctime_ns) for _path, _size, mtime_ns, ctime_ns in files), default=0)
        return cls(files, odd, digest(marshal.dumps((files, odd), 0)), newest_ns)


def look(site: Disk) -> Look:
    """Look at everything below content/."""
    odd: list[tuple[str, str]] = []
    return Look.of(site.scan("content", odd), odd)


def listing(look: Look) -> Listing:
    """Every file by what it is; what cannot be used is named."""
    stories: list[FileStat] = []
    pictures: list[FileStat] = []
    notes: list[FileStat] = []
    ledger: FileStat | None = None
    requests: FileStat | None = None
    problems: list[Problem] = []
    for seen in look.files:
        path = seen[0]
        if path.endswith(".md") and path.isascii() and "/_" not in path:  # nearly all
            stories.append(seen)
            continue
        name = path.rpartition("/")[2]
        lower = name.lower()
        if not is_utf8(path):
            problems.append(Problem("name-not-utf-8", shown_path(path), severity="error"))
        elif name.endswith(".md") and not name.startswith("_"):
            stories.append(seen)
        elif lower.endswith(PICTURES):
            pictures.append(seen)
        elif _is_note(path, name):
            notes.append(seen)
        elif path == LEDGER:
            ledger = seen
        elif path == REQUESTS:
            requests = seen
        elif name.startswith("_") and lower.endswith((".yaml", ".yml")):
            problems.append(Problem("unknown-note", path))  # it may be meant to hold stories back
        elif not lower.endswith(_IGNORED) and not name.startswith("#"):
            problems.append(Problem("not-a-story", path, severity="warning"))
    problems.extend(odd_problem("odd-file", path, kind) for path, kind in look.odd)
    return Listing(tuple(stories), tuple(pictures), tuple(notes), ledger, requests, tuple(problems), look.digest)


def is_story(path: str) -> bool:
    """Whether a file of content/ is taken for a story, by its name alone."""
    return path.endswith(".md") and "/_" not in f"/{path.rpartition('/')[2]}" and is_utf8(path)


def odd_problem(rule: str, path: str, kind: str) -> Problem:
    return Problem(rule, shown_path(path), values=(kind,), severity="warning")


def shown_path(path: str) -> str:
    return path.encode("utf-8", "replace").decode()


def is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_note(path: str, name: str) -> bool:
    depth = path.count("/")
    return (name == "_section.yaml" and depth == 2) or (name in ("_people.yaml", "_places.yaml") and depth == 1)


def is_trusted(now: FileStat, known: Known | None, read_at_ns: int) -> bool:
    """Whether a file is what it was when its digest was taken, to judge by its size and times alone.

    A file that was changed within SETTLE_NS before it was read may have changed again without its times showing it.
    """
    return (
        known is not None
        and known[3] != ""  # it could be read
        and now[1:] == known[:3]
        and max(now[2], now[3]) < read_at_ns - SETTLE_NS
    )
