"""The record of a site, open: everything that is asked of it and put down in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from newsgen.model import codec
from newsgen.model.card import Collection
from newsgen.model.files import Source
from newsgen.store.database import INDEXES, DamagedError
from newsgen.store.related_lists import Kin
from newsgen.store.rows import CardRow, PageRow, Saved

__all__ = ["Record"]


_CODES = 200
_STEP = 1000  # rows put down at once: 5 ms
Row = TypeVar("Row")


class Record(Kin):
    """An open record. Give it a path, or ":memory:"."""

    def recover(self) -> None:
        """After a build that did not finish: forget what it read, and know what it was about to write as newsgen's."""
        if "unfinished" not in self.meta() and not self.is_midway():
            return
        db = self.database()
        try:
            if db.in_transaction:
                db.execute("rollback")
            db.execute("begin")
            for (claimed,) in self.query("select pages from claim"):
                db.executemany("insert or ignore into page values (?, ?, '', '', 0, 0, 'new')", json.loads(claimed))
            db.execute("delete from claim")
            db.execute("commit")
        except ValueError as error:
            raise DamagedError from error
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def begin(self, new: Iterable[PageRow]) -> None:
        """Mark the record unfinished, durably, before the first change to the output.

        `new` are the addresses that are about to be written for the first time: after a kill they are known as
        newsgen's own. They are one row, which takes a twentieth of the time of one each.
        """
        if self.is_held:
            self.mark_held()
            return
        db = self.database()
        was_lost = not self.meta()
        if not was_lost:
            self.put_seal({**self.meta(), "unfinished": True})
        claimed = [(row.url, row.unit) for row in new]
        if claimed:
            self._do(lambda: db.execute("insert into claim values (?)", (json.dumps(claimed, ensure_ascii=False),)))
        if was_lost:  # until now there is none: of a build killed before, the next finds the record lost again
            self.put_seal({"unfinished": True})

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def learn(self, saved: Saved) -> Iterator[None]:
        """Put down what was read, some thousand rows at each step: between steps, pages are rendered.

        One transaction, which `finish` ends: of a build that is killed, nothing of it is kept.
        """
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
            for files in _parts(saved.files):
                rows = ((*_columns(source), problems) for source, problems in files)
                db.executemany("insert or replace into file values (?, ?, ?, ?, ?, ?)", rows)
                yield
            db.executemany(
                "update file set size = ?, mtime_ns = ?, ctime_ns = ? where path = ?",
                ((s.size, s.mtime_ns, s.ctime_ns, s.path) for s in saved.retimed),
            )
            if not saved.is_all:
                self._take_cards(saved.gone_cards)
            for cards in _parts(saved.cards):
                if not saved.is_all:
                    self._take_cards(card.path for card in cards)
                self._put_cards(cards)
                yield
            for shelves in _parts(saved.shelves):
                self._put_shelves(shelves)
                yield
            db.executemany("delete from picture where path = ?", ((path,) for path in saved.gone_pictures))
            db.executemany(
                "insert or replace into picture values (?, ?, ?, ?, ?, ?)",
                ((*_columns(r.source), codec.to_json(r.picture) if r.picture else "") for r in saved.pictures),
            )
            if saved.codes:
                self._put_codes(saved.codes)
            yield
            self.put_kin(saved.kinship)
            if saved.sample is not None:
                self.put_sample(saved.sample)
            self._put_indexes("card", "file", "kin")
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def finish(self, pages: Iterable[PageRow], gone: Iterable[str]) -> None:
        """Put down what was written, and end the transaction that `learn` began. The record is not sealed yet."""
        db = self.database()
        try:
            db.executemany("delete from page where url = ?", ((url,) for url in gone))
            db.executemany(
                "insert or replace into page values (?, ?, ?, ?, ?, ?, ?)",
                ((p.url, p.unit, p.fingerprint, p.digest, p.size, p.mtime_ns, p.reason) for p in pages),
            )
            db.execute("delete from claim")
            self._put_indexes("page")
            db.execute("commit")
        except sqlite3.Error as error:
            raise self.fault(error) from error

    def _put_indexes(self, *tables: str) -> None:
        for name, rows in INDEXES.items():
            if name.startswith(tables):
                self.database().execute(f"create index if not exists {name} on {rows}")

    def _put_codes(self, codes: Mapping[str, bytes]) -> None:
        """Keep compiled templates; a theme that is edited all day leaves no more than some hundred of them."""
        db = self.database()
        if db.execute("select count(*) from code").fetchone()[0] > _CODES:
            db.execute("delete from code")
        db.executemany("insert or replace into code values (?, ?)", sorted(codes.items()))

    def _take_cards(self, paths: Iterable[str]) -> None:
        away = [(path,) for path in paths]
        for table in ("card", "holds", "moment"):
            self.database().executemany(f"delete from {table} where path = ?", away)

    def _put_cards(self, cards: Sequence[CardRow]) -> None:
        db = self.database()
        db.executemany(
            "insert into card values (?, ?, ?, ?, ?, ?, ?)",
            ((c.path, c.id, c.place, c.state, c.until, c.problems, c.data) for c in cards),
        )
        moments = ((instant, card.path) for card in cards for instant in card.moments)
        db.executemany("insert or ignore into moment values (?, ?)", moments)
        holds = ((kind, name, card.path) for card in cards for kind, name in card.holds)
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


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Some at a time."""
    left = iter(rows)
    while part := list(islice(left, _STEP)):
        yield part


def _columns(source: Source) -> tuple[str, int, int, int, str]:
    return source.path, source.size, source.mtime_ns, source.ctime_ns, source.digest
