"""What a record knows of related lists, and of the sample that says how common words are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from newsgen.store.database import DamagedError
from newsgen.store.queries import Known
from newsgen.store.rows import KinRow, Kinship

__all__ = ["Kin"]

_COLUMNS = "select number, spot, id, terms, least, list, best from kin"


class Kin(Known):
    """A record that is asked about related lists."""

    def kin(self, ids: Iterable[str]) -> list[KinRow]:
        """Some stories as related lists know them."""
        return [
            KinRow(number, spot, story_id, terms, least, _ids(told), _ids(best))
            for number, spot, story_id, terms, least, told, best in self.each(f"{_COLUMNS} where id in (%s)", ids)
        ]

    def kin_of(self, story_id: str) -> tuple[str, ...]:
        """A story's list."""
        rows = self.query("select list from kin where id = ?", story_id)
        return _ids(rows[0][0]) if rows else ()

    def all_kin(self) -> dict[str, tuple[str, ...]]:
        """Every story's list."""
        return {story_id: _ids(told) for story_id, told in self.query("select id, list from kin")}

    def all_kin_rows(self) -> list[tuple[int, str, str]]:
        """The spot, id and terms of every story."""
        return [(spot, story_id, terms) for spot, story_id, terms in self.query("select spot, id, terms from kin")]

    def least(self, ids: Iterable[str]) -> dict[str, int]:
        """The score from which on another story could change a list."""
        return dict(self.each("select id, least from kin where id in (%s)", ids))

    def kin_between(self, start: int, end: int) -> list[tuple[int, str, str]]:
        """The spots, ids and terms of the stories of a block of time, in order."""
        sql = "select spot, id, terms from kin where spot >= ? and spot < ?"
        return sorted((spot, story_id, terms) for spot, story_id, terms in self.query(sql, start, end))

    def kin_with(self, term: str) -> list[tuple[int, str, str]]:
        """The number, id and terms of the stories that may have a term: it stands somewhere among theirs."""
        rows = self.query("select number, id, terms from kin where instr(terms, ?) order by number", term)
        return [(number, story_id, terms) for number, story_id, terms in rows]

    def kin_row(self, number: int) -> tuple[int, str, str]:
        """The spot, id and terms of one story."""
        rows = self.query("select spot, id, terms from kin where number = ?", number)
        if not rows:
            raise DamagedError
        spot, story_id, terms = rows[0]
        return spot, story_id, terms

    def kin_end(self) -> int:
        """The first number that no story has."""
        return int(self.query("select coalesce(max(number), -1) + 1 from kin")[0][0])

    def parts(self) -> list[tuple[int, int, int]]:
        """The blocks of time: start, bits, stories."""
        rows = self.query("select start, bits, count from part order by start")
        return [(start, bits, count) for start, bits, count in rows]

    def bucket(self, number: int) -> str:
        """Who has which of the terms of a bucket, as JSON; "" for none."""
        rows = self.query("select words from bucket where number = ?", number)
        return str(rows[0][0]) if rows else ""

    def sample(self) -> dict[str, str]:
        """The files of the sample, with their words as JSON."""
        return dict(self.query("select path, words from sample"))

    def put_kin(self, told: Kinship) -> None:
        """Put down what is new of related lists, within a transaction."""
        db = self.database()
        if told.is_all:
            for table in ("kin", "bucket"):
                db.execute(f"delete from {table}")
        db.executemany("delete from kin where number = ?", ((number,) for number in told.gone))
        db.executemany(
            "insert or replace into kin values (?, ?, ?, ?, ?, ?, ?)",
            ((r.number, r.spot, r.id, r.terms, r.least, json.dumps(r.ids), json.dumps(r.best)) for r in told.rows),
        )
        if told.parts is not None:
            db.execute("delete from part")
            db.executemany("insert into part values (?, ?, ?)", told.parts)
        db.executemany("insert or replace into bucket values (?, ?)", told.buckets.items())

    def put_sample(self, words: Mapping[str, str]) -> None:
        """Put down the sample, within a transaction."""
        self.database().execute("delete from sample")
        self.database().executemany("insert into sample values (?, ?)", words.items())


def _ids(told: str) -> tuple[str, ...]:
    try:
        return tuple(json.loads(told))
    except (TypeError, ValueError) as error:
        raise DamagedError from error
