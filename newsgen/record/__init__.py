"""What the last build knew and wrote: the files it read, the card of each story, the shelves, the manifest of pages.

A cache, and never more: a record that is lost or damaged costs a full build, not a wrong page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from newsgen import codec
from newsgen.model import Source
from newsgen.record.database import INDEXES, DamagedError
from newsgen.record.known import Known
from newsgen.record.rows import CardRow, PageRow, PictureRow, Saved, problems_of
from newsgen.shelves import Collection

__all__ = ["CardRow", "DamagedError", "PageRow", "PictureRow", "Record", "Saved", "problems_of"]


_CODES = 200


class Record(Known):
    """An open record. Give it a path, or ":memory:"."""

    def begin(self, new: Iterable[PageRow]) -> None:
        """Mark the record unfinished, durably, before the first change to the output.

        `new` are the addresses that are about to be written for the first time: after a kill they are known as
        newsgen's own.
        """
        db = self.database()
        was_lost = not self.meta()
        if not was_lost:
            self.put_seal({**self.meta(), "unfinished": True})
        try:
            db.execute("begin")
            self._put_pages(new)
            db.execute("commit")
        except sqlite3.Error as error:
            raise self.fault(error) from error
        if was_lost:  # until now there is none: of a build killed before, the next finds the record lost again
            self.put_seal({"unfinished": True})

    def _put_pages(self, pages: Iterable[PageRow]) -> None:
        self.database().executemany(
            "insert or replace into page values (?, ?, ?, ?, ?, ?, ?)",
            ((p.url, p.unit, p.fingerprint, p.digest, p.size, p.mtime_ns, p.reason) for p in pages),
        )

    def save(self, saved: Saved) -> None:
        """Everything that a build learned, at once. The record is not sealed yet."""
        db = self.database()
        try:
            db.execute("begin")
            if saved.is_all:
                for table in ("file", "card", "moment", "holds", "shelf"):
                    db.execute(f"delete from {table}")
                for name in INDEXES:
                    db.execute(f"drop index {name}")
            for path in saved.gone_files:
                db.execute("delete from file where path = ?", (path,))
            db.executemany(
                "insert or replace into file values (?, ?, ?, ?, ?, ?)",
                ((*_columns(source), problems) for source, problems in saved.files),
            )
            db.executemany(
                "update file set size = ?, mtime_ns = ?, ctime_ns = ? where path = ?",
                ((s.size, s.mtime_ns, s.ctime_ns, s.path) for s in saved.retimed),
            )
            self._put_cards(saved)
            self._put_shelves(saved.shelves)
            db.executemany("delete from picture where path = ?", ((path,) for path in saved.gone_pictures))
            db.executemany(
                "insert or replace into picture values (?, ?, ?, ?, ?, ?)",
                ((*_columns(r.source), codec.text(r.picture) if r.picture else "") for r in saved.pictures),
            )
            if saved.codes:
                self._put_codes(saved.codes)
            db.executemany("delete from page where url = ?", ((url,) for url in saved.gone_pages))
            self._put_pages(saved.pages)
            if saved.is_all:
                for name, rows in INDEXES.items():
                    db.execute(f"create index {name} on {rows}")
            db.execute("commit")
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def _put_codes(self, codes: Mapping[str, bytes]) -> None:
        """Keep compiled templates; a theme that is edited all day leaves no more than some hundred of them."""
        db = self.database()
        if db.execute("select count(*) from code").fetchone()[0] > _CODES:
            db.execute("delete from code")
        db.executemany("insert or replace into code values (?, ?)", sorted(codes.items()))

    def _put_cards(self, saved: Saved) -> None:
        db = self.database()
        if not saved.is_all:
            away = [*saved.gone_cards, *(card.path for card in saved.cards)]
            for table in ("card", "holds", "moment"):
                db.executemany(f"delete from {table} where path = ?", ((path,) for path in away))
        db.executemany(
            "insert into card values (?, ?, ?, ?, ?, ?, ?)",
            ((c.path, c.id, c.place, c.state, c.until, c.problems, c.data) for c in saved.cards),
        )
        moments = ((instant, card.path) for card in saved.cards for instant in card.moments)
        db.executemany("insert or ignore into moment values (?, ?)", moments)
        holds = ((kind, name, card.path) for card in saved.cards for kind, name in card.holds)
        db.executemany("insert or ignore into holds values (?, ?, ?)", holds)

    def _put_shelves(self, shelves: Iterable[tuple[Collection, list[str]]]) -> None:
        db = self.database()
        for (kind, slug), keys in shelves:
            if keys:
                newest = keys[-1].split("|", 2)[2]
                row = (kind, slug, len(keys), newest, "\n".join(keys))
                db.execute("insert or replace into shelf values (?, ?, ?, ?, ?)", row)
            else:
                db.execute("delete from shelf where kind = ? and slug = ?", (kind, slug))


def _columns(source: Source) -> tuple[str, int, int, int, str]:
    return source.path, source.size, source.mtime_ns, source.ctime_ns, source.digest
