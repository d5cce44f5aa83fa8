"""The files of content/ and static/: scanned once, then sorted into stories, pictures and the rest. Reads no file.

`is_trusted` decides from sizes and times alone whether a file must be read again.
"""

from __future__ import annotations

import marshal
import unicodedata
from dataclasses import dataclass

from newsgen.disk import Disk, FileStat, composed
from newsgen.model.errors import Problem
from newsgen.model.files import digest, is_leftover
from newsgen.model.value import value
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.note_names import is_in_place, meant_kind
from newsgen.source.requests import PATH as REQUESTS

__all__ = [
    "FOLDERS",
    "SETTLE_NS",
    "KnownFile",
    "Listing",
    "RawListing",
    "StrayNote",
    "classify",
    "is_story",
    "is_trusted",
    "is_utf8",
    "odd_problem",
    "printable_path",
    "scan_content",
]

FOLDERS = ("content", "static")
_PAGES, _STATIC = "content/_pages/", "static/"
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
KnownFile = tuple[int, int, int, str]  # a file when it was last read: size, mtime_ns, ctime_ns, digest
SETTLE_NS = 2_000_000_000  # a file younger than this when it was read may change again within the same time stamp


@value
class StrayNote:
    """What a person may take for a _section.yaml, _people.yaml or _places.yaml, and newsgen does not read as one."""

    kind: str  # what it may be: one of `note_names.KINDS`; "" for another _name.yaml; "folder" of a section
    stat: FileStat  # of what is no file, the path alone
    odd: str = ""  # what it is where it is no file: "link", "folder", "device or pipe"

    @property
    def path(self) -> str:
        """Where it is."""
        return self.stat[0]


@dataclass(frozen=True, slots=True)
class Listing:
    """Every file of content/ and static/ by kind, each kind in order of path."""

    stories: tuple[FileStat, ...]
    pictures: tuple[FileStat, ...]
    own_pages: tuple[FileStat, ...]  # content/_pages/**.md
    statics: tuple[FileStat, ...]  # all below static/
    site_notes: tuple[FileStat, ...]  # _section.yaml, _people.yaml, _places.yaml, _storylines.yaml
    stray_notes: tuple[StrayNote, ...]  # what may be meant as one of them
    ledger: FileStat | None  # _urls.tsv
    requests: FileStat | None  # _requests.tsv
    problems: tuple[Problem, ...]
    digest: str  # of the RawListing it was made from


@dataclass(frozen=True, slots=True)
class RawListing:
    """Every file of content/ and static/ as the system reports it, not sorted yet."""

    files: list[FileStat]
    odd: list[tuple[str, str]]  # links, pipes, devices, and folders with a dot in their names: (path, kind)
    digest: str = ""  # of every file's path, size and times
    newest_ns: int = 0  # the latest of their times

    @classmethod
    def of(cls, files: list[FileStat], odd: list[tuple[str, str]]) -> RawListing:
        """These files, with their digest and latest time."""
        newest_ns = max((max(mtime_ns, ctime_ns) for _path, _size, mtime_ns, ctime_ns in files), default=0)
        return cls(files, odd, digest(marshal.dumps((files, odd), 0)), newest_ns)


def scan_content(site: Disk) -> RawListing:
    """Ask the system for the size and times of every file of FOLDERS. OSError where a folder cannot be read."""
    odd: list[tuple[str, str]] = []
    return RawListing.of([stat for folder in FOLDERS for stat in site.scan(folder, odd)], odd)


def classify(raw: RawListing) -> Listing:
    """Sort the files by kind, judging by their names alone; a file that newsgen cannot use becomes a problem."""
    stories: list[FileStat] = []
    pictures: list[FileStat] = []
    own_pages: list[FileStat] = []
    statics: list[FileStat] = []
    site_notes: list[FileStat] = []
    stray_notes: list[StrayNote] = []
    ledger: FileStat | None = None
    requests: FileStat | None = None
    problems: list[Problem] = []
    for stat in raw.files:
        path = stat[0]
        if path.endswith(".md") and path.isascii() and "/_" not in path and path[0] == "c":  # nearly all
            stories.append(stat)
            continue
        name = path.rpartition("/")[2]
        lower = name.lower()
        if not is_utf8(path):
            problems.append(Problem("name-not-utf-8", printable_path(path), severity="error"))
        elif (one := composed(path)) != path:  # else the disk would have called it so
            problems.append(Problem("name-twice", one, values=(ascii(one), ascii(path)), severity="error"))
            stray_notes.extend([StrayNote(meant, stat)] if (meant := meant_kind(path)) else [])
        elif path.startswith(_STATIC):
            if not is_leftover(path):
                statics.append(stat)
        elif path.startswith(_PAGES) and name.endswith(".md"):
            own_pages.append(stat)
        elif name.endswith(".md") and not name.startswith("_"):
            stories.append(stat)
        elif lower.endswith(PICTURES):
            pictures.append(stat)
        elif is_in_place(path):
            site_notes.append(stat)
        elif path == LEDGER:
            ledger = stat
        elif path == REQUESTS:
            requests = stat
        elif is_leftover(path):
            continue
        elif (meant := meant_kind(path)) or (name.startswith("_") and lower.endswith((".yaml", ".yml"))):
            stray_notes.append(StrayNote(meant, stat))
        elif register := _meant_register(name):
            problems.append(Problem("register-elsewhere", path, values=(register,)))
        else:
            problems.append(Problem("not-a-story", path, severity="warning"))
    for path, kind in raw.odd:
        meant = meant_kind(path)
        if path.startswith(_STATIC):
            if kind != "folder":
                problems.append(odd_problem("odd-file", path, kind))
        elif meant and is_utf8(path):
            stray_notes.append(StrayNote(meant, (path, 0, 0, 0), kind))
        elif kind == "link" and path.count("/") == 1 and "." not in path and is_utf8(path):
            stray_notes.append(StrayNote("folder", (path, 0, 0, 0), kind))
        elif kind != "folder" or is_story(path) or path in (LEDGER, REQUESTS):
            problems.append(odd_problem("odd-file", path, kind))
    return Listing(
        tuple(stories), tuple(pictures), tuple(own_pages), tuple(statics), tuple(site_notes), tuple(stray_notes),
        ledger, requests, tuple(problems), raw.digest,
    )  # fmt: skip


def _meant_register(name: str) -> str:
    """The ledger or the log of requests, where a file's name is meant as one of them; "" for another file."""
    stem = unicodedata.normalize("NFKC", name).casefold().strip().partition(".")[0]
    return {"_urls": LEDGER, "_url": LEDGER, "_requests": REQUESTS, "_request": REQUESTS}.get(stem, "")


def is_story(path: str) -> bool:
    """Whether a file of content/ is a story, by its name alone."""
    is_one = path.endswith(".md") and not path.startswith((_PAGES, _STATIC))
    return is_one and "/_" not in f"/{path.rpartition('/')[2]}" and is_utf8(path)


def odd_problem(rule: str, path: str, kind: str) -> Problem:
    """What is wrong with a link, folder, pipe or device in place of a file: an error where stories depend on it."""
    is_needed = path in (LEDGER, REQUESTS) or is_story(path)
    return Problem(rule, printable_path(path), values=(kind,), severity="error" if is_needed else "warning")


def printable_path(path: str) -> str:
    """A path for messages: bytes that are not UTF-8 become question marks."""
    return path.encode("utf-8", "replace").decode()


def is_utf8(path: str) -> bool:
    """Whether the bytes of a file's name are UTF-8."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_trusted(now: FileStat, known: KnownFile | None, read_at_ns: int) -> bool:
    """Whether size and times prove that a file still has the bytes of its known digest.

    A file that was changed less than SETTLE_NS before it was read may have changed again without its times showing it.
    """
    return (
        known is not None
        and known[3] != ""  # it could be read
        and now[1:] == known[:3]
        and max(now[2], now[3]) < read_at_ns - SETTLE_NS
    )
