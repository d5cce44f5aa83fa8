"""What the store knows of related lists, and of the sample of files that says how common words are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from newsgen.store.database import DamagedError, Database
from newsgen.store.rows import RelatedRow, RelatedRows

__all__ = ["Related"]

_COLUMNS = "number, time_key, id, terms, threshold, list, candidates"


class Related:
    """The related lists, and what they are found in: the terms of stories, blocks of time, buckets of terms.

    A story's *terms* is its time key, its id and its terms: a related.blocks.Row.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- lists ---

    def rows(self, ids: Iterable[str]) -> list[RelatedRow]:
        """Some stories with their lists."""
        rows = self._database.query_names(f"select {_COLUMNS} from related where id in (%s)", ids)
        return [
            RelatedRow(number, time_key, story_id, terms, threshold, _ids(listed), _ids(candidates))
            for number, time_key, story_id, terms, threshold, listed, candidates in rows
        ]

    def list_of(self, story_id: str) -> tuple[str, ...]:
        """A story's list."""
        rows = self._database.query("select list from related where id = ?", story_id)
        return _ids(rows[0][0]) if rows else ()

    def all_lists(self) -> dict[str, tuple[str, ...]]:
        """Every story's list."""
        return {story_id: _ids(listed) for story_id, listed in self._database.query("select id, list from related")}

    def thresholds(self, ids: Iterable[str]) -> dict[str, int]:
        """The score from which on another story could change a list."""
        return dict(self._database.query_names("select id, threshold from related where id in (%s)", ids))

    # --- terms ---

    def terms(self, number: int) -> tuple[int, str, str]:
        """The terms of one story, by its number. DamagedError where there is none."""
        rows = self._database.query("select time_key, id, terms from related where number = ?", number)
        if not rows:
            raise DamagedError
        time_key, story_id, terms = rows[0]
        return time_key, story_id, terms

    def all_terms(self) -> list[tuple[int, str, str]]:
        """The terms of every story."""
        rows = self._database.query("select time_key, id, terms from related")
        return [(time_key, story_id, terms) for time_key, story_id, terms in rows]

    def terms_between(self, start: int, end: int) -> list[tuple[int, str, str]]:
        """The terms of the stories of a block of time, in order."""
        sql = "select time_key, id, terms from related where time_key >= ? and time_key < ?"
        return sorted(
            (time_key, story_id, terms) for time_key, story_id, terms in self._database.query(sql, start, end)
        )

    def stories_with(self, term: str) -> list[tuple[int, str, str]]:
        """The number, id and terms of the stories that may have a term: it stands somewhere among theirs."""
        sql = "select number, id, terms from related where instr(terms, ?) order by number"
        return [(number, story_id, terms) for number, story_id, terms in self._database.query(sql, term)]

    def next_number(self) -> int:
        """The first number that no story has."""
        return int(self._database.query("select coalesce(max(number), -1) + 1 from related")[0][0])

    def blocks(self) -> list[tuple[int, int, int]]:
        """The blocks of time: start, bits, stories."""
        rows = self._database.query("select start, bits, count from block order by start")
        return [(start, bits, count) for start, bits, count in rows]

    def bucket(self, number: int) -> str:
        """Who has which of the terms of a bucket, as JSON; "" for none."""
        rows = self._database.query("select words from bucket where number = ?", number)
        return str(rows[0][0]) if rows else ""

    def sample(self) -> dict[str, str]:
        """The files of the sample, with their words as JSON."""
        return dict(self._database.query("select path, words from sample"))

    # --- within a transaction of the store ---

    def put(self, new: RelatedRows) -> None:
        """Put down what is new of related lists."""
        database = self._database
        if new.is_all:
            for table in ("related", "bucket"):
                database.execute(f"delete from {table}")
        database.execute_many("delete from related where number = ?", ((number,) for number in new.removed))
        database.execute_many(
            "insert or replace into related values (?, ?, ?, ?, ?, ?, ?)",
            (
                (r.number, r.time_key, r.id, r.terms, r.threshold, json.dumps(r.ids), json.dumps(r.candidates))
                for r in new.rows
            ),
        )
        if new.blocks is not None:
            database.execute("delete from block")
            database.execute_many("insert into block values (?, ?, ?)", new.blocks)
        database.execute_many("insert or replace into bucket values (?, ?)", new.buckets.items())

    def put_sample(self, words: Mapping[str, str]) -> None:
        """Put down the sample in the place of the last."""
        self._database.execute("delete from sample")
        self._database.execute_many("insert into sample values (?, ?)", words.items())


def _ids(text: str) -> tuple[str, ...]:
    try:
        return tuple(json.loads(text))
    except (TypeError, ValueError) as error:
        raise DamagedError from error
