"""The file behind a record: SQLite, and a seal beside it that vouches for it by its size and times.

`begin` breaks the seal before the first change to the output, `seal` sets it again after the last: of a build that was
killed in between, SQLite takes back what was half written, and the next build compares everything.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsgen.model.errors import Problem, SystemFault
from newsgen.model.files import digest

__all__ = ["INDEXES", "DamagedError", "Database"]

SCHEMA = 7
_TABLES = """
create table file (path text primary key, size integer, mtime_ns integer, ctime_ns integer, digest text, problems text)
    without rowid;
create table card (path text primary key, id text, place text, state text, until integer, problems text, data text)
    without rowid;
create table moment (instant integer, path text, primary key (instant, path)) without rowid;
create index moment_path on moment (path);
create table holds (kind text, name text, path text, primary key (kind, name, path)) without rowid;
create index holds_path on holds (path);
create table shelf (kind text, slug text, count integer, newest text, keys text, primary key (kind, slug))
    without rowid;
create table picture (path text primary key, size integer, mtime_ns integer, ctime_ns integer, digest text,
    picture text) without rowid;
create table code (key text primary key, data blob) without rowid;
create table kin (number integer primary key, spot integer, id text, terms text, least integer, list text,
    best text);
create table part (start integer primary key, bits integer, count integer);
create table bucket (number integer primary key, words text);
create table sample (path text primary key, words text) without rowid;
create table claim (pages text);
create table page (url text primary key, unit text, fingerprint text, digest text, size integer, mtime_ns integer,
    reason text) without rowid;
"""
# Made anew after a reading of everything: row by row they take twice as long.
INDEXES = {
    "card_id": "card (id)",
    "card_place": "card (place)",
    "card_state": "card (state) where state != ''",
    "card_problems": "card (problems) where problems != ''",
    "kin_id": "kin (id)",
    "kin_spot": "kin (spot)",
    "file_problems": "file (problems) where problems != ''",
    "file_unread": "file (digest) where digest = ''",
    "page_unmade": "page (digest) where digest = ''",
    "page_unit": "page (unit)",
}
_MANY = 500  # names in one query
# Bytes. A row of over a quarter of a page goes to pages of its own: with SQLite's 4,096, most cards would.
_PAGE = 16384
_CACHE, _HELD = 65_536, 8_192  # KiB of it in memory: for a reading of everything, and for one change after another


class DamagedError(Exception):
    """What a row holds cannot be read."""


class Database:
    """An open record, without the words of what is in it. Give it a path, or ":memory:"."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.was_damaged = False
        self._seal = f"{path.removesuffix('.sqlite')}.json"
        self._db: sqlite3.Connection | None = None
        self._meta: dict[str, Any] = {}
        self.is_held = self._is_marked = False
        if path != ":memory:":
            self._meta = self._unsealed()

    # --- the seal, and the database behind it ---

    def _unsealed(self) -> dict[str, Any]:
        """What the seal says; nothing where there is no record, or none that can be trusted."""
        try:
            with open(self._seal, "rb") as file:
                sum_, _, body = file.read().partition(b"\n")
            if sum_.decode("ascii", "replace") != digest(body):
                raise ValueError("damaged")
            found: dict[str, Any] = json.loads(body)
            if found.get("unfinished"):
                self._check()
            elif found.get("database") != self.stat():
                raise ValueError("another database")
        except FileNotFoundError:
            self.was_damaged = os.path.lexists(self.path)
        except (OSError, ValueError, RecursionError, sqlite3.Error):
            self.was_damaged = True
        else:
            return found
        self._remove()
        return {}

    def stat(self) -> list[int]:
        stat = os.stat(self.path)
        return [SCHEMA, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]

    def _check(self) -> None:
        """A build was killed: SQLite takes back what was half written, and looks at the rest."""
        if not os.path.getsize(self.path):  # which SQLite takes for a new database
            raise sqlite3.DatabaseError("empty")
        db = self.database()
        if db.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        if db.execute("pragma user_version").fetchone()[0] != SCHEMA:
            raise sqlite3.DatabaseError("another schema")

    def database(self) -> sqlite3.Connection:
        if self._db is None:
            try:
                self._db = sqlite3.connect(self.path, isolation_level=None)
                self._db.executescript(
                    f"pragma page_size = {_PAGE}; pragma cache_size = {-_HELD if self.is_held else -_CACHE};"
                    f"pragma synchronous = {'off' if self.is_held else 'normal'};"
                    "pragma secure_delete = on;"  # what was deleted may be of a killed story
                )
                if not self._db.execute("pragma user_version").fetchone()[0]:
                    made = "".join(f"create index {name} on {rows};" for name, rows in INDEXES.items())
                    self._db.executescript(f"begin; {_TABLES} {made} pragma user_version = {SCHEMA}; commit;")
            except sqlite3.OperationalError as error:
                raise self.fault(error) from error
        return self._db

    def is_gone(self) -> bool:
        """Whether somebody took the file away."""
        return bool(self._meta) and self.path != ":memory:" and not os.path.exists(self.path)

    def is_midway(self) -> bool:
        """Whether an error ended a build of this process before its transaction was over."""
        return self._db is not None and self._db.in_transaction

    def fault(self, error: Exception) -> SystemFault | DamagedError:
        """What an error means: the record is damaged, and is to be forgotten; or the system refuses something."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            return DamagedError(str(error))
        return SystemFault(Problem("record-fault", self.path, values=(str(error),)))

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.database().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self.fault(error) from error

    def each(self, sql: str, names: Iterable[str]) -> list[tuple[Any, ...]]:
        """The rows for many names: `sql` ends in `in (%s)`."""
        wanted = list(dict.fromkeys(names))
        found = []
        for start in range(0, len(wanted), _MANY):
            part = wanted[start : start + _MANY]
            found.extend(self.query(sql % ",".join("?" * len(part)), *part))
        return found

    def _remove(self) -> None:
        self.close()
        try:
            for name in (self._seal, self.path, f"{self.path}-journal"):
                if Path(name).is_dir() and not Path(name).is_symlink():
                    shutil.rmtree(name)
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise self.fault(error) from error

    def clear(self) -> None:
        """Forget everything."""
        self._meta = {}
        self._is_marked = False
        if self.path == ":memory:":
            self.close()
        else:
            self._remove()

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def meta(self) -> Mapping[str, Any]:
        """The small facts of the last build; "unfinished" is among them where it was killed."""
        return self._meta

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        if isinstance(error, DamagedError):  # that nobody could answer by reading everything anew
            raise SystemFault(Problem("record-unreadable", self.path)) from error

    def put_seal(self, meta: dict[str, Any]) -> None:
        self._meta = meta
        self._write_seal(meta)

    def _write_seal(self, meta: dict[str, Any]) -> None:
        if self.path == ":memory:":
            return
        body = json.dumps(meta, ensure_ascii=True, separators=(",", ":")).encode()
        half = f"{self._seal}.tmp"
        try:
            with open(half, "wb") as file:
                file.write(digest(body).encode() + b"\n" + body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(half, self._seal)
        except OSError as error:
            raise self.fault(error) from error

    def seal(self, meta: Mapping[str, Any]) -> None:
        """The build is finished: what is in the database is vouched for."""
        if self.path == ":memory:" or self.is_held:
            self._meta = dict(meta)
            return
        self.close()  # SQLite may touch the file until then
        self.put_seal({**meta, "database": self.stat()})

    def hold(self) -> None:
        """Seal nothing until `release`: a preview changes its record all day, and waits for no disk meanwhile.

        A preview that is killed leaves a record that counts as unfinished: the next one reads everything again.
        """
        if self.path != ":memory:":
            self.close()  # what is opened from now on waits for no disk
        self.is_held = True

    def mark_held(self) -> None:
        """Mark the record unfinished, once, before the first change while it is held."""
        if not self._is_marked:
            self._write_seal({**self._meta, "unfinished": True})
            self._is_marked = True

    def release(self, listing: str) -> None:
        """Seal what was done while the record was held; `listing` is the digest of the files that it now knows."""
        if not self.is_held:
            return
        if self._db is not None and self._db.in_transaction:
            self._db.execute("rollback")
        self.is_held = False
        self.close()
        is_other = self._is_marked or self._meta.get("listing") != listing
        if is_other and self._meta and self.path != ":memory:" and not self.is_gone():
            self._is_marked = False
            with open(self.path, "rb") as file:
                os.fsync(file.fileno())
            self.seal({**self._meta, "listing": listing})
