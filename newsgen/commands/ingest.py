"""Imports: sources in, story files written, and a report in which every item is found exactly once.

Nothing that exists is overwritten. A story is known by its `id:`; one whose source has not changed is left with all
hand edits, one whose source has changed is a conflict that a person settles.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from newsgen.disk import Disk
from newsgen.formats import registry
from newsgen.formats.item import Failure, Item, Result, Skipped
from newsgen.formats.to_storyfile import story_file
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import short_digest
from newsgen.text.address import RESERVED_ROOTS, slug_of_name
from newsgen.wire import kill_notice
from newsgen.wire.kill_notice import KillNotice

__all__ = ["Entry", "IntakeReport", "Notice", "expand", "intake"]

DEFAULT_SECTION = "News"  # of copy that names no section, where none is given
_FRONT = 65536  # bytes of a story file in which its front matter is looked for
_ID = re.compile(rb"^id:[ \t]*(.+?)[ \t]*\r?$", re.M)
_SHA256 = re.compile(rb"^[ \t]+sha256:[ \t]*[\"']?([0-9a-f]{64})", re.M)
_END = re.compile(rb"^---[ \t]*\r?$", re.M)


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one item."""

    source: str  # file as given; of a file of many, with #id
    path: str = ""  # the story file; "" where there is none
    id: str = ""
    reason: str = ""  # rule names, parted by ", "


@dataclass(frozen=True, slots=True)
class Notice:
    """An agency's notice that a story is withdrawn: no story itself."""

    source: str  # file as given; of a file of many, with #id
    text: str  # headline and text in one line
    says: KillNotice


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """Every item of an import, in exactly one of the six lists."""

    imported: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    skipped: tuple[Entry, ...] = ()
    conflicts: tuple[Entry, ...] = ()
    failed: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()  # to be carried out: notices.py

    @property
    def items(self) -> int:
        """How many items there were."""
        lists = (self.imported, self.unchanged, self.skipped, self.conflicts, self.failed, self.notices)
        return sum(map(len, lists))

    def as_json(self) -> dict[str, object]:
        """The report as `--report FILE` has it, but for what became of the notices."""
        lists = ("imported", "unchanged", "skipped", "conflicts", "failed")
        return {"items": self.items} | {
            name: [
                {"source": one.source, "path": one.path, "id": one.id, "reason": one.reason}
                for one in getattr(self, name)
            ]
            for name in lists
        }


def _front(data: bytes) -> bytes:
    """The front matter of a story file."""
    start = data[:_FRONT].removeprefix(b"\xef\xbb\xbf")
    if not start.startswith(b"---"):
        return b""
    end = _END.search(start, 4)
    return start[: end.start()] if end else start


def _id_of(data: bytes) -> str:
    """The id that a story file has in its front matter; "" for none."""
    found = _ID.search(_front(data))
    if not found:
        return ""
    text = found.group(1).decode("utf-8", "replace")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text.split(" #")[0].rstrip()


def _read(site: Disk, path: str) -> bytes:
    try:
        return site.read(path)
    except OSError:
        return b""


class _Site:
    """Which ids and paths are taken, while an import goes on."""

    def __init__(self, disk: Disk, is_dry: bool) -> None:
        self._disk = disk
        self._is_dry = is_dry
        self._ids: dict[str, str] = {}  # id, its path
        self._paths: set[str] = set()
        self._new: dict[str, bytes] = {}  # of a dry run: what would have been written
        for path, *_stat in disk.scan("content"):
            self._paths.add(path)
            if path.endswith(".md"):
                known = _id_of(_read(disk, path)) or path.removesuffix(".md").removeprefix("content/")
                self._ids.setdefault(known, path)

    def take(self, item: Item) -> tuple[str, Entry]:
        """Write an item where nothing stands in its way: (name of the list it belongs to, entry)."""
        reason = ", ".join(item.warnings)
        section = slug_of_name(item.section)
        if section in RESERVED_ROOTS:
            return "failed", Entry(item.label, "", item.id, "reserved-section")
        there = self._ids.get(item.id)
        if there is not None:
            return self._compare(item, there)
        folder = f"content/{section}/{item.day[:4]}/{item.day[5:7]}"
        path = f"{folder}/{item.slug}.md"
        if path in self._paths:
            item = replace(item, slug=f"{item.slug}-{short_digest(item.id)}")
            path = f"{folder}/{item.slug}.md"
            reason = ", ".join([*item.warnings, "address-taken"])
            if path in self._paths:
                return "failed", Entry(item.label, path, item.id, "path-taken")
        data = story_file(item)
        if self._is_dry:
            self._new[path] = data
        else:
            self._disk.write(path, data)
        self._ids[item.id] = path
        self._paths.add(path)
        return "imported", Entry(item.label, path, item.id, reason)

    def _compare(self, item: Item, there: str) -> tuple[str, Entry]:
        """What to say of an item whose id is taken."""
        data = self._new.get(there) or _read(self._disk, there)
        known = _SHA256.search(_front(data))
        if data == story_file(item) or (known is not None and known.group(1).decode() == item.sha256):
            return "unchanged", Entry(item.label, there, item.id)
        return "conflicts", Entry(item.label, there, item.id, "source-changed" if known else "id-taken")


def intake(
    site: Disk,
    sources: Iterable[tuple[str, bytes | None, str]],
    *,
    format: str = "",  # noqa: A002 - the word users know
    section: str = "",
    dry_run: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> IntakeReport:
    """Bring sources into a site as story files and say what became of every item.

    A source is (label, bytes, day of its file); bytes that could not be read are None. `on_progress` is told the
    number of items so far. Writes below content/, unless it is a dry run.
    """
    if format and format not in registry.FORMATS:
        raise UsageError(Problem("unknown-format", format, values=tuple(registry.FORMATS)))
    known = _Site(site, dry_run)
    lists: dict[str, list[Entry]] = {}
    notices: list[Notice] = []
    count = 0
    for label, data, day in sources:
        if data is None:
            results: Iterator[Result] = iter([Failure(label, "unreadable-file")])
        else:
            results = registry.read_items(label, data, format, day)
        for result in results:
            if notice := _notice(result):
                notices.append(notice)
            else:
                name, entry = _place(known, result, section)
                lists.setdefault(name, []).append(entry)
            count += 1
            if on_progress:
                on_progress(count)
    return IntakeReport(**{name: tuple(entries) for name, entries in lists.items()}, notices=tuple(notices))


def _notice(result: Result) -> Notice | None:
    """What an item says where it is a notice: such is never a story of the site."""
    if not isinstance(result, Item):
        return None
    dateline = result.front.get("dateline", "")
    body = f"{dateline} - {result.body}" if dateline else result.body
    says = kill_notice.parse(result.headline, body)
    return Notice(result.label, " ".join(f"{result.headline}. {body}".split()), says) if says else None


def _place(known: _Site, result: Result, section: str) -> tuple[str, Entry]:
    if isinstance(result, Failure):
        return "failed", Entry(result.label, reason=result.rule)
    if isinstance(result, Skipped):
        return "skipped", Entry(result.label, reason=result.rule)
    if not section and not result.section:
        result = replace(result, warnings=(*result.warnings, "no-section"))
    return known.take(replace(result, section=section or result.section or DEFAULT_SECTION))


def _day(mtime_ns: int) -> str:
    """The day of a file, in UTC so that it does not depend on the machine."""
    try:
        return datetime.datetime.fromtimestamp(mtime_ns // 1_000_000_000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "1970-01-01"


def expand(paths: Iterable[str], folder: Callable[[str], Disk]) -> Iterator[tuple[str, bytes | None, str]]:
    """The sources that paths name: files, and all files below folders in order; dot files and links are passed over.

    `folder` opens a folder as a disk. UsageError for a path at which there is nothing.
    """
    for path in paths:
        parent, _slash, name = path.rstrip("/").rpartition("/")
        start = parent or ("/" if path.startswith("/") else ".")
        above = folder(start)
        one = above.stat(name) if name not in ("", ".", "..") else None
        if one:
            yield path, _content(above, name), _day(one.mtime_ns)
            continue
        below = folder(path.rstrip("/") or "/")
        if below.is_empty():
            raise UsageError(Problem("nothing-to-import", path))
        for inner, _size, mtime_ns, _ctime_ns in sorted(below.scan(), key=lambda seen: seen[0].split("/")):
            yield f"{path.rstrip('/')}/{inner}", _content(below, inner), _day(mtime_ns)


def _content(disk: Disk, path: str) -> bytes | None:
    try:
        return disk.read(path)
    except OSError:
        return None
