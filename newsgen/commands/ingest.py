"""Imports: wire copy in, story files written, and a report that has every item exactly once.

Nothing that exists is overwritten. A story is known by its `id:`. Where its source has not changed, the story is left
as it is, with all hand edits; where it has changed, that is a conflict for a person to settle.
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
from newsgen.model.settings import Settings
from newsgen.model.story import Doubt
from newsgen.storyfile import read_story
from newsgen.text.address import RESERVED_ROOTS, slug_of_name
from newsgen.text.languages import detect
from newsgen.text.scripts import direction
from newsgen.wire import kill_notice
from newsgen.wire.kill_notice import KillNotice

__all__ = ["Entry", "ImportOptions", "IngestReport", "Notice", "SourceFile", "expand", "ingest"]

SourceFile = tuple[str, bytes | None, str]  # label, bytes (None where they cannot be read), day of the file

DEFAULT_SECTION = "News"  # of copy that names no section, where none is given
_FRONT_BYTES = 65536  # of a story file: its front matter is looked for in these
_ID = re.compile(rb"^id:[ \t]*(.+?)[ \t]*\r?$", re.M)
_SHA256 = re.compile(rb"^[ \t]+sha256:[ \t]*[\"']?([0-9a-f]{64})", re.M)
_END = re.compile(rb"^---[ \t]*\r?$", re.M)
_MAY_BE_NOTICE = Doubt("status", "may-be-notice")
_ANY_SETTINGS = Settings("", "")  # whether a story file can be read does not depend on its site


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one item."""

    source: str  # file as given, with #id where it has many items
    path: str = ""  # the story file; "" where there is none
    id: str = ""
    reason: str = ""  # rule names, parted by ", "
    values: tuple[str, ...] = ()  # fill the sentence of the rule


@dataclass(frozen=True, slots=True)
class Notice:
    """An agency's notice that a story is withdrawn. It is no story itself."""

    source: str  # file as given, with #id where it has many items
    text: str  # headline and text in one line
    day: str  # "2012-10-25"
    parsed: KillNotice
    path: str = ""  # of the story file of one that may as well be a story


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Every item of an import, in exactly one of the first six lists."""

    imported: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    skipped: tuple[Entry, ...] = ()
    conflicts: tuple[Entry, ...] = ()
    failed: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()  # for kill_notices.py
    doubtful: tuple[Notice, ...] = ()  # may be notices; they are among those imported too, as stories that are withheld

    @property
    def items(self) -> int:
        """How many items there were."""
        lists = (self.imported, self.unchanged, self.skipped, self.conflicts, self.failed, self.notices)
        return sum(map(len, lists))

    def as_json(self) -> dict[str, object]:
        """The report as `--report FILE` has it, without what became of the notices."""
        lists = ("imported", "unchanged", "skipped", "conflicts", "failed")
        return {"items": self.items} | {
            name: [
                {"source": entry.source, "path": entry.path, "id": entry.id, "reason": entry.reason}
                for entry in getattr(self, name)
            ]
            for name in lists
        }


def _front(data: bytes) -> bytes:
    """The front matter of a story file."""
    start = data[:_FRONT_BYTES].removeprefix(b"\xef\xbb\xbf")
    if not start.startswith(b"---"):
        return b""
    end = _END.search(start, 4)
    return start[: end.start()] if end else start


def _id_of(data: bytes) -> str:
    """The id that a story file has in its front matter; "" for none."""
    match = _ID.search(_front(data))
    if not match:
        return ""
    text = match.group(1).decode("utf-8", "replace")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text.split(" #")[0].rstrip()


def _content(disk: Disk, path: str) -> bytes | None:
    """The bytes of a file; None where it cannot be read."""
    try:
        return disk.read(path)
    except OSError:
        return None


class _Importer:
    """Writes items as story files, and knows which ids and paths are taken."""

    def __init__(self, disk: Disk, is_dry: bool) -> None:
        self._disk = disk
        self._is_dry = is_dry
        self._path_of_id: dict[str, str] = {}
        self._paths: set[str] = set()
        self._unwritten: dict[str, bytes] = {}  # of a dry run: what would have been written
        for path, *_stat in disk.scan("content"):
            self._paths.add(path)
            if path.endswith(".md"):
                story_id = _id_of(_content(disk, path) or b"") or path.removesuffix(".md").removeprefix("content/")
                self._path_of_id.setdefault(story_id, path)

    def add(self, item: Item) -> tuple[str, Entry]:
        """Write an item, unless its id or path is taken: (the list of the report that it belongs to, its entry)."""
        notes = [doubt.reason for doubt in item.doubts]
        if not item.section:
            item = replace(item, section=DEFAULT_SECTION)
            notes.append("no-section")
        section = slug_of_name(item.section)
        if section in RESERVED_ROOTS:
            return "failed", Entry(item.label, "", item.id, "reserved-section")
        known_path = self._path_of_id.get(item.id)
        if known_path is not None:
            return self._compare(item, known_path)
        folder = f"content/{section}/{item.day[:4]}/{item.day[5:7]}"
        path = f"{folder}/{item.slug}.md"
        if path in self._paths:
            item = replace(item, slug=f"{item.slug}-{short_digest(item.id)}")
            path = f"{folder}/{item.slug}.md"
            notes.append("address-taken")
            if path in self._paths:
                return "failed", Entry(item.label, path, item.id, "path-taken")
        data = story_file(item)
        for problem in read_story(path, data, _ANY_SETTINGS, None)[1]:
            if problem.severity == "error":  # as each build would say
                return "failed", Entry(item.label, "", item.id, problem.rule, problem.values)
        if self._is_dry:
            self._unwritten[path] = data
        else:
            self._disk.write(path, data)
        self._path_of_id[item.id] = path
        self._paths.add(path)
        return "imported", Entry(item.label, path, item.id, ", ".join(notes))

    def _compare(self, item: Item, path: str) -> tuple[str, Entry]:
        """What to say of an item whose id the story file at `path` has."""
        data = self._unwritten.get(path) or _content(self._disk, path) or b""
        digest = _SHA256.search(_front(data))  # of the source that the file was imported from
        if data == story_file(item) or (digest is not None and digest.group(1).decode() == item.sha256):
            return "unchanged", Entry(item.label, path, item.id)
        return "conflicts", Entry(item.label, path, item.id, "source-changed" if digest else "id-taken")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import is made."""

    format: str = ""  # one of `registry.FORMATS`; "" to recognise it
    section: str = ""  # of all items; "" for each item's own, or News
    language: str = "en"  # of the site: a story in another language says so
    is_dry: bool = False  # write nothing, and give the same report


def ingest(
    site: Disk,
    sources: Iterable[SourceFile],
    options: ImportOptions = ImportOptions(),
    on_item: Callable[[int, Item | None], None] | None = None,
) -> IngestReport:
    """Write the items of sources into a site as story files below content/, and say what became of each item.

    `on_item` receives how many items there were so far, and the one that was just made a story: None where it was not.
    UsageError for an unknown format.
    """
    if options.format and options.format not in registry.FORMATS:
        raise UsageError(Problem("unknown-format", options.format, values=tuple(registry.FORMATS)))
    importer = _Importer(site, options.is_dry)
    lists: dict[str, list[Entry]] = {}
    notices: list[Notice] = []
    doubtful: list[Notice] = []
    count = 0
    for label, data, day in sources:
        if data is None:
            results: Iterator[Result] = iter([Failure(label, "unreadable-file")])
        else:
            results = registry.read_items(label, data, options.format, day)
        for result in results:
            name = ""
            notice = _notice(result)
            copy = _with_language(_withheld(result) if notice else result, options.language)
            if notice and not notice.parsed.is_doubtful:
                notices.append(notice)
            else:
                name, entry = _add(importer, copy, options)
                lists.setdefault(name, []).append(entry)
                if notice and name == "imported":
                    doubtful.append(replace(notice, path=entry.path))
            count += 1
            if on_item:
                on_item(count, copy if name == "imported" and isinstance(copy, Item) else None)
    of_stories = {name: tuple(entries) for name, entries in lists.items()}
    return IngestReport(**of_stories, notices=tuple(notices), doubtful=tuple(doubtful))


def _notice(result: Result) -> Notice | None:
    """The notice that an item is or may be; None for a story."""
    if not isinstance(result, Item):
        return None
    dateline = result.front.get("dateline", "")
    body = f"{dateline} - {result.body}" if dateline else result.body
    parsed = kill_notice.parse(result.headline, body)
    text = " ".join(f"{result.headline}. {body}".split()) if parsed else ""
    return Notice(result.label, text, result.day, parsed) if parsed else None


def _withheld(result: Result) -> Result:
    """An item that may be a notice, as a story that nobody sees before a person has decided."""
    if not isinstance(result, Item):
        return result
    return replace(result, front={**result.front, "status": "withheld"}, doubts=(*result.doubts, _MAY_BE_NOTICE))


def _with_language(result: Result, of_site: str) -> Result:
    """An item that says its language, where that is surely not the site's."""
    if not isinstance(result, Item) or "language" in result.front:
        return result
    language = detect(result.body)
    if not language or language == of_site.partition("-")[0].lower():
        return result
    right_to_left = {"direction": "rtl"} if direction(language) == "rtl" else {}
    return replace(result, front={**result.front, "language": language, **right_to_left})


def _add(importer: _Importer, result: Result, options: ImportOptions) -> tuple[str, Entry]:
    """(the list of the report that an item belongs to, its entry); where it can be imported, it is."""
    if isinstance(result, Failure):
        return "failed", Entry(result.label, reason=result.rule, values=result.values)
    if isinstance(result, Skipped):
        return "skipped", Entry(result.label, reason=result.rule)
    return importer.add(replace(result, section=options.section or result.section))


def _day(mtime_ns: int) -> str:
    """The day of a file, in UTC so that it does not depend on the machine."""
    try:
        return datetime.datetime.fromtimestamp(mtime_ns // 1_000_000_000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "1970-01-01"


def expand(paths: Iterable[str], open_folder: Callable[[str], Disk]) -> Iterator[SourceFile]:
    """The sources that paths name: files, and all files below folders in order. Dot files and links are left out.

    UsageError for a path at which there is nothing.
    """
    for path in paths:
        parent_path, _slash, name = path.rstrip("/").rpartition("/")
        parent = open_folder(parent_path or ("/" if path.startswith("/") else "."))
        file = parent.stat(name) if name not in ("", ".", "..") else None
        if file:
            yield path, _content(parent, name), _day(file.mtime_ns)
            continue
        folder = open_folder(path.rstrip("/") or "/")
        if folder.is_empty():
            raise UsageError(Problem("nothing-to-import", path))
        for inner, _size, mtime_ns, _ctime_ns in sorted(folder.scan(), key=lambda stat: stat[0].split("/")):
            yield f"{path.rstrip('/')}/{inner}", _content(folder, inner), _day(mtime_ns)
