"""The SQLite database behind a store: its tables, its one connection, and what its errors mean.

It knows no seal and no meaning of a row. The parts of a store ask and write through it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from newsgen.disk.system import patiently
from newsgen.model.errors import Problem, SystemFault

__all__ = ["DamagedError", "Database"]

SCHEMA = 11  # a database of another number is forgotten: a full build
_TABLES = """
create table file (path text primary key, size integer, mtime_ns integer, ctime_ns integer, digest text, problems text)
    without rowid;
create table card (path text primary key, id text, address_key text, state text, until integer, problems text,
    data text) without rowid;
create table moment (instant integer, path text, primary key (instant, path)) without rowid;
create index moment_path on moment (path);
create table facet (kind text, name text, path text, primary key (kind, name, path)) without rowid;
create index facet_path on facet (path);
create table shelf (kind text, slug text, count integer, newest text, names text, keys text,
    primary key (kind, slug)) without rowid;
create table picture (path text primary key, size integer, mtime_ns integer, ctime_ns integer, digest text,
    picture text, published text, found text) without rowid;
create table template (key text primary key, code blob) without rowid;
create table related (number integer primary key, time_key integer, id text, terms text, threshold integer, list text,
    candidates text);
create table block (start integer primary key, bits integer, count integer);
create table bucket (number integer primary key, words text);
create table sample (path text primary key, words text) without rowid;
create table claim (pages text);
create table page (url text primary key, unit text, fingerprint text, digest text, size integer, mtime_ns integer,
    reason text) without rowid;
"""
# A full build drops these and makes them again at its end: kept up row by row they take twice as long.
_INDEXES = {
    "card_id": "card (id)",
    "card_address_key": "card (address_key)",
    "card_state": "card (state) where state != ''",
    "card_problems": "card (problems) where problems != ''",
    "related_id": "related (id)",
    "related_time_key": "related (time_key)",
    "file_problems": "file (problems) where problems != ''",
    "file_unreadable": "file (digest) where digest = ''",
    "page_without_file": "page (digest) where digest = ''",
    "page_unit": "page (unit)",
}
# What the OperationalError of a flipped bit in a text, or in the name of a column or table, says.
_DAMAGED = ("Could not decode to UTF-8", "no such ")
_NAMES_IN_QUERY = 500
_BLOCK = 1 << 20  # bytes that are read at once
# Bytes. SQLite moves a row of more than a quarter of a page to pages of its own: with its 4,096, most cards.
_PAGE_SIZE = 16384
_CACHE, _HELD_CACHE = 65_536, 8_192  # KiB: for a reading of everything, and for one change after another


class DamagedError(Exception):
    """What the store holds cannot be read. Forgetting it costs a full build, and no wrong page."""


class Database:
    """One SQLite database, opened when it is first used. Give it a path, or ":memory:"."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_held = False  # see Store.hold
        self._connection: sqlite3.Connection | None = None

    @property
    def is_in_memory(self) -> bool:
        """Whether there is no file."""
        return self.path == ":memory:"

    def connection(self) -> sqlite3.Connection:
        """The open connection; a new database gets its tables. SystemFault where the system refuses."""
        if self._connection is None:
            try:
                self._connection = sqlite3.connect(self.path, isolation_level=None)
                self._connection.executescript(
                    f"pragma page_size = {_PAGE_SIZE}; pragma cache_size = {-_HELD_CACHE if self.is_held else -_CACHE};"
                    f"pragma synchronous = {'off' if self.is_held else 'normal'};"
                    "pragma secure_delete = on;"  # what was deleted may be of a killed story
                )
                if not self._connection.execute("pragma user_version").fetchone()[0]:
                    indexes = "".join(f"create index {name} on {columns};" for name, columns in _INDEXES.items())
                    self._connection.executescript(
                        f"begin; {_TABLES} {indexes} pragma user_version = {SCHEMA}; commit;"
                    )
            except sqlite3.OperationalError as error:
                raise self.fault(error) from error
        return self._connection

    # --- asking and writing ---

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query. DamagedError or SystemFault, as `fault` tells."""
        try:
            return self.connection().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self.fault(error) from error

    def query_names(self, sql: str, names: Iterable[str]) -> list[tuple[Any, ...]]:
        """All rows for many names: `sql` ends in `in (%s)`. Each name is asked for once."""
        wanted = list(dict.fromkeys(names))
        rows = []
        for start in range(0, len(wanted), _NAMES_IN_QUERY):
            part = wanted[start : start + _NAMES_IN_QUERY]
            rows.extend(self.query(sql % ",".join("?" * len(part)), *part))
        return rows

    def execute(self, sql: str, *values: object) -> None:
        """Run one statement. It raises what SQLite raises: callers stand in `faults`."""
        self.connection().execute(sql, values)

    def execute_many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each row. It raises what SQLite raises: callers stand in `faults`."""
        self.connection().executemany(sql, rows)

    def drop_indexes(self) -> None:
        """Drop the indexes, before everything is put in again."""
        for name in _INDEXES:
            self.execute(f"drop index {name}")

    def make_indexes(self, *tables: str) -> None:
        """Make those indexes of some tables that were dropped."""
        for name, columns in _INDEXES.items():
            if name.startswith(tables):
                self.execute(f"create index if not exists {name} on {columns}")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open: also where an error ended a build of this process in the middle of one."""
        return self._connection is not None and self._connection.in_transaction

    def rollback(self) -> None:
        """Take back an open transaction."""
        if self._connection is not None and self._connection.in_transaction:
            self._connection.execute("rollback")

    # --- what is wrong ---

    def fault(self, error: Exception) -> SystemFault | DamagedError:
        """What an error means: the database is damaged, and is to be forgotten; or the system refuses something."""
        is_refused = isinstance(error, sqlite3.OperationalError) and not str(error).startswith(_DAMAGED)
        if isinstance(error, sqlite3.DatabaseError) and not is_refused:
            return DamagedError(str(error))
        return SystemFault(Problem("record-fault", self.path, values=(str(error),)))

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def check(self) -> None:
        """Look through the whole file, after a build was killed. SQLite takes back what was half written.

        DamagedError where it is damaged, or of another version of newsgen. FileNotFoundError where it is gone.
        """
        if not os.path.getsize(self.path):  # which SQLite takes for a new database
            raise DamagedError("empty")
        try:
            connection = self.connection()
            if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise DamagedError("damaged")
            if connection.execute("pragma user_version").fetchone()[0] != SCHEMA:
                raise DamagedError("another schema")
        except sqlite3.Error as error:
            raise DamagedError(str(error)) from error

    # --- the file ---

    def stat(self) -> list[int]:
        """What a seal vouches for: the schema, and the file's size and times."""
        stat = os.stat(self.path)
        return [SCHEMA, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]

    def checksum(self) -> int:
        """The CRC-32 of the file (ITU-T V.42): 50 ms for 80 MB, the store of 20,000 stories."""
        checksum = 0
        with open(self.path, "rb") as file:
            while block := file.read(_BLOCK):
                checksum = zlib.crc32(block, checksum)
        return checksum

    def is_deleted(self) -> bool:
        """Whether there is no file where there should be one."""
        return not self.is_in_memory and not os.path.exists(self.path)

    def sync(self) -> None:
        """Wait until the file is on the disk."""
        with open(self.path, "r+b") as file:  # Windows syncs no file that is only read
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let go of the file; the next query opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def copy_from(self, path: str) -> None:
        """Have the contents of another database, to which nobody writes meanwhile. SystemFault where that fails."""
        try:
            shutil.copyfile(path, self.path)
        except OSError as error:
            raise self.fault(error) from error

    def remove(self, *others: str) -> None:
        """Delete the file, and `others` with it; a folder in the place of one, too. SystemFault where that fails."""
        self.close()
        if self.is_in_memory:
            return
        try:
            for name in (*others, self.path, f"{self.path}-journal"):
                if Path(name).is_dir() and not Path(name).is_symlink():
                    shutil.rmtree(name)
                patiently(partial(Path(name).unlink, missing_ok=True))
        except OSError as error:
            raise self.fault(error) from error
