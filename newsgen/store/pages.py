"""The manifest: every page that newsgen wrote, by its address, and what it was rendered from."""

from __future__ import annotations

import json
from collections.abc import Iterable

from newsgen.store.database import DamagedError, Database
from newsgen.store.rows import PageRow

__all__ = ["Pages"]

_COLUMNS = "url, unit, fingerprint, digest, size, mtime_ns, reason"


class Pages:
    """The pages as last written, and the addresses that an unfinished build was about to write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def row(self, url: str) -> PageRow | None:
        """One line of the manifest."""
        rows = self._database.query(f"select {_COLUMNS} from page where url = ?", url)
        return PageRow(*rows[0]) if rows else None

    def rows(self, units: Iterable[str] | None = None) -> list[PageRow]:
        """The manifest, or the part of it that some units planned, by address."""
        if units is None:
            return [PageRow(*row) for row in self._database.query(f"select {_COLUMNS} from page order by url")]
        rows = self._database.query_names(f"select {_COLUMNS} from page where unit in (%s)", units)
        return [PageRow(*row) for row in sorted(rows)]

    def files(self) -> list[tuple[str, str, int, int, str]]:
        """Of every page: address, unit, size and time of its file, and its digest."""
        rows = self._database.query("select url, unit, size, mtime_ns, digest from page")
        return [(url, unit, size, mtime_ns, digest) for url, unit, size, mtime_ns, digest in rows]

    def without_file(self) -> dict[str, str]:
        """The pages that have no file, with their units: something stood in the way, or a build was killed."""
        return dict(self._database.query("select url, unit from page where digest = ''"))

    def units_of(self, kinds: Iterable[str]) -> list[str]:
        """The units of some kinds that planned pages."""
        bounds = [(f"{kind}/", f"{kind}0") for kind in kinds]  # 0 comes after /
        sql = "select distinct unit from page where unit >= ? and unit < ?"
        return [unit for low, high in bounds for (unit,) in self._database.query(sql, low, high)]

    # --- within a transaction of the store ---

    def put(self, rows: Iterable[PageRow], removed: Iterable[str]) -> None:
        """Put down what was written and removed; the claims are fulfilled."""
        self._database.execute_many("delete from page where url = ?", ((url,) for url in removed))
        self._database.execute_many(
            "insert or replace into page values (?, ?, ?, ?, ?, ?, ?)",
            ((p.url, p.unit, p.fingerprint, p.digest, p.size, p.mtime_ns, p.reason) for p in rows),
        )
        self._database.execute("delete from claim")

    def put_times(self, retimed: Iterable[tuple[str, int]]) -> None:
        """Put down the times of files that have other ones and the same bytes."""
        rows = ((mtime_ns, url) for url, mtime_ns in retimed)
        self._database.execute_many("update page set mtime_ns = ? where url = ?", rows)

    # --- claims ---

    def claim(self, rows: Iterable[PageRow]) -> None:
        """Remember addresses that are about to be written for the first time: after a kill they are newsgen's own.

        All are one row, which takes a twentieth of the time of one each.
        """
        claimed = [(row.url, row.unit) for row in rows]
        if claimed:
            with self._database.faults():
                self._database.execute("insert into claim values (?)", json.dumps(claimed, ensure_ascii=False))

    def settle_claims(self) -> None:
        """Put what an unfinished build claimed into the manifest, as pages without a file; within a transaction."""
        for (text,) in self._database.query("select pages from claim"):
            try:
                claimed = json.loads(text)
            except ValueError as error:
                raise DamagedError from error
            self._database.execute_many("insert or ignore into page values (?, ?, '', '', 0, 0, 'new')", claimed)
        self._database.execute("delete from claim")
