"""What the last build knew and wrote, in SQLite: the files it read, the card of each story, the manifest of pages.

A cache, and never more: a record that is lost or damaged costs a full build, not a wrong page. It is written after the
output, never before; `begin` marks it unfinished, so that a build that was killed is followed by a full comparison.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from newsgen import codec
from newsgen.errors import Problem, SystemFault
from newsgen.model import Card, Picture, Source

__all__ = ["DamagedError", "PageRow", "PictureRow", "Record", "StoryRow", "card_of", "problems_of"]

SCHEMA = 1
_TABLES = """
create table if not exists meta (key text primary key, value text not null) without rowid;
create table if not exists story (path text primary key, size integer, mtime_ns integer, ctime_ns integer, digest text,
    card text, is_shown integer, problems text) without rowid;
create table if not exists picture (path text primary key, size integer, mtime_ns integer, ctime_ns integer,
    digest text, picture text) without rowid;
create table if not exists page (url text primary key, unit text, fingerprint text, digest text, size integer,
    mtime_ns integer, reason text) without rowid;
create index if not exists page_unit on page (unit);
"""


class DamagedError(Exception):
    """What a row holds cannot be read."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story file as last read."""

    source: Source
    card: str  # JSON; "" where the file has errors
    is_shown: bool
    problems: str  # JSON; "" for none


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture file as last read; no picture where it is not one."""

    source: Source
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as last written: one line of the manifest."""

    url: str
    unit: str
    fingerprint: str  # what it was rendered from; four digests, see build.py
    digest: str  # of its bytes; "" where it must be made again
    size: int
    mtime_ns: int
    reason: str  # why it was last rendered


class Record:
    """An open record. Give it a path, or ":memory:"."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.was_damaged = False
        try:
            self._open()
        except sqlite3.OperationalError as error:  # the system's word, not the file's
            if not Path(path).is_dir():
                raise SystemFault(Problem("record-fault", path, values=(str(error),))) from error
            self.was_damaged = True
            self._replace()
        except sqlite3.DatabaseError:
            self.was_damaged = True
            self._replace()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._db.execute("pragma synchronous = normal")
            found = self._db.execute("pragma user_version").fetchone()[0]
            if found not in (0, SCHEMA):
                raise sqlite3.DatabaseError("another schema")
            if found == SCHEMA and self._db.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            self._db.executescript(_TABLES)
            self._db.execute(f"pragma user_version = {SCHEMA}")
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def _replace(self) -> None:
        """Begin anew in place of a file that is no record, or a damaged one."""
        for name in (self.path, f"{self.path}-journal"):
            if Path(name).is_dir():
                shutil.rmtree(name)
            Path(name).unlink(missing_ok=True)
        self._open()

    def clear(self) -> None:
        """Forget everything."""
        self.close()
        self._replace()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def meta(self) -> dict[str, str]:
        """The small facts of the last build."""
        return dict(self._db.execute("select key, value from meta"))

    def story_sources(self) -> dict[str, Source]:
        """Every story file as last read, without its card."""
        rows = self._db.execute("select path, size, mtime_ns, ctime_ns, digest from story")
        return {row[0]: Source(*row) for row in rows}

    def story_rows(self) -> Iterator[StoryRow]:
        """Every story file with its card."""
        rows = self._db.execute(
            "select path, size, mtime_ns, ctime_ns, digest, card, is_shown, problems from story order by path"
        )
        for *source, card, is_shown, problems in rows:
            yield StoryRow(Source(*source), card, bool(is_shown), problems)

    def problems(self) -> Iterator[Problem]:
        """What was wrong with the stories as last read."""
        for (found,) in self._db.execute("select problems from story where problems != '' order by path"):
            yield from problems_of(found)

    def count_shown(self) -> int:
        """How many stories the last build showed."""
        return int(self._db.execute("select count(*) from story where is_shown").fetchone()[0])

    def pictures(self) -> dict[str, PictureRow]:
        """Every picture file as last read."""
        found = {}
        for *source, picture in self._db.execute("select path, size, mtime_ns, ctime_ns, digest, picture from picture"):
            shown = codec.decode(Picture, json.loads(picture)) if picture else None
            found[source[0]] = PictureRow(Source(*source), shown)
        return found

    def pages(self, units: Iterable[str] | None = None) -> Iterator[PageRow]:
        """The manifest, or the part of it that some units planned."""
        columns = "select url, unit, fingerprint, digest, size, mtime_ns, reason from page"
        if units is None:
            for row in self._db.execute(f"{columns} order by url"):
                yield PageRow(*row)
            return
        for unit in units:
            for row in self._db.execute(f"{columns} where unit = ? order by url", (unit,)):
                yield PageRow(*row)

    def page(self, url: str) -> PageRow | None:
        """One line of the manifest."""
        columns = "select url, unit, fingerprint, digest, size, mtime_ns, reason from page where url = ?"
        row = self._db.execute(columns, (url,)).fetchone()
        return PageRow(*row) if row else None

    def begin(self, new: Iterable[PageRow]) -> None:
        """Mark the record unfinished, durably, before the first change to the output.

        `new` are the addresses that are about to be written for the first time: after a kill they are known as
        newsgen's own.
        """
        try:
            self._db.execute("begin")
            self._db.execute("insert or replace into meta values ('unfinished', '1')")
            self._put_pages(new)
            self._db.execute("commit")
        except sqlite3.Error as error:
            raise SystemFault(Problem("record-fault", self.path, values=(str(error),))) from error

    def _put_pages(self, pages: Iterable[PageRow]) -> None:
        self._db.executemany(
            "insert or replace into page values (?, ?, ?, ?, ?, ?, ?)",
            ((p.url, p.unit, p.fingerprint, p.digest, p.size, p.mtime_ns, p.reason) for p in pages),
        )

    def save(
        self,
        meta: Mapping[str, str],
        stories: Iterable[StoryRow],
        shown: Iterable[tuple[str, bool]],
        gone_stories: Iterable[str],
        pictures: Iterable[PictureRow],
        gone_pictures: Iterable[str],
        pages: Iterable[PageRow],
        gone_pages: Iterable[str],
        retimed: Iterable[Source],
    ) -> None:
        """Everything that a build learned, at once; finished."""
        try:
            db = self._db
            db.execute("begin")
            db.executemany("delete from story where path = ?", ((path,) for path in gone_stories))
            db.executemany(
                "insert or replace into story values (?, ?, ?, ?, ?, ?, ?, ?)",
                ((*_columns(row.source), row.card, row.is_shown, row.problems) for row in stories),
            )
            db.executemany("update story set is_shown = ? where path = ?", ((is_, path) for path, is_ in shown))
            db.executemany("delete from picture where path = ?", ((path,) for path in gone_pictures))
            db.executemany(
                "insert or replace into picture values (?, ?, ?, ?, ?, ?)",
                ((*_columns(r.source), codec.text(r.picture) if r.picture else "") for r in pictures),
            )
            db.executemany(
                "update story set size = ?, mtime_ns = ?, ctime_ns = ? where path = ?",
                ((s.size, s.mtime_ns, s.ctime_ns, s.path) for s in retimed),
            )
            db.executemany("delete from page where url = ?", ((url,) for url in gone_pages))
            self._put_pages(pages)
            db.execute("delete from meta")
            db.executemany("insert into meta values (?, ?)", sorted(meta.items()))
            db.execute("commit")
        except sqlite3.Error as error:
            raise SystemFault(Problem("record-fault", self.path, values=(str(error),))) from error


def _columns(source: Source) -> tuple[str, int, int, int, str]:
    return source.path, source.size, source.mtime_ns, source.ctime_ns, source.digest


def problems_of(found: str) -> list[Problem]:
    """The problems of a story's row."""
    try:
        return [codec.decode(Problem, row) for row in json.loads(found)] if found else []
    except (TypeError, ValueError) as error:
        raise DamagedError from error


def card_of(row: StoryRow) -> Card | None:
    """The card of a story's row; None where its file has errors."""
    try:
        return codec.decode(Card, json.loads(row.card)) if row.card else None
    except (TypeError, ValueError) as error:
        raise DamagedError from error
