"""What the store knows of stories: their files, their cards, the shelves they stand on, and picture files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from newsgen.model import codec
from newsgen.model.card import Card, Collection, Picture
from newsgen.model.errors import Problem
from newsgen.model.files import Source
from newsgen.store.database import DamagedError, Database
from newsgen.store.rows import CardRow, NewRows, PictureRow
from newsgen.store.seal import Span

__all__ = ["Stories"]

_ROWS_A_STEP = 1000  # put down at once: 5 ms
_CARDS_A_QUERY = 1000
Row = TypeVar("Row")
Value = TypeVar("Value")


class Stories:
    """The stories, shelves and pictures as last read. Answers are values; DamagedError for a row of nonsense."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._query = database.query
        self._query_names = database.query_names

    # --- story files ---

    def files(self) -> list[tuple[str, int, int, int]]:
        """Every story file as last read: path, size, times."""
        rows: list[tuple[str, int, int, int]] = self._query("select path, size, mtime_ns, ctime_ns from file")
        return rows

    def known_files(self, paths: Iterable[str]) -> dict[str, tuple[int, int, int, str]]:
        """Some story files as last read, by path: size, times, digest."""
        rows = self._query_names("select path, size, mtime_ns, ctime_ns, digest from file where path in (%s)", paths)
        return {row[0]: row[1:] for row in rows}

    def unreadable(self) -> set[str]:
        """The story and picture files that could not be read, and may be readable now."""
        sql = "select path from file where digest = '' union all select path from picture where digest = ''"
        return {path for (path,) in self._query(sql)}

    def problems(self) -> list[tuple[str, bool, Problem]]:
        """What was wrong with the stories: path; whether it is the file's own, or against others; what."""
        sql = "select path, 1, problems from file where problems != '' union all "
        rows = self._query(f"{sql} select path, 0, problems from card where problems != ''")
        try:
            return [
                (path, bool(is_own), problem)
                for path, is_own, text in rows
                for problem in codec.problems_from_json(text)
            ]
        except (TypeError, ValueError) as error:
            raise DamagedError from error

    # --- cards ---

    def cards(self, paths: Iterable[str]) -> list[tuple[Card, str]]:
        """The cards of some files, each with its state."""
        rows = self._query_names("select data, state from card where path in (%s)", paths)
        return [(_decoded(Card, data), state) for data, state in rows]

    def all_cards(self) -> list[tuple[Card, str]]:
        """Every card with its state, by path."""
        return [
            (_decoded(Card, data), state) for data, state in self._query("select data, state from card order by path")
        ]

    def cards_with(self, words: Iterable[str]) -> Iterator[Card]:
        """The cards that have one of some words anywhere in them."""
        wanted = sorted(words)
        return (
            _decoded(Card, data) for _id, _state, data in self._card_texts() if any(word in data for word in wanted)
        )

    def card_texts(self) -> Iterator[tuple[str, str]]:
        """The id of every shown story, with its card as text."""
        return ((story_id, data) for story_id, state, data in self._card_texts() if not state)

    def _card_texts(self) -> Iterator[tuple[str, str, str]]:
        """Every card, some at a time: id, state, the card as text."""
        sql = f"select path, id, state, data from card where path > ? order by path limit {_CARDS_A_QUERY}"
        last = ""
        while rows := self._query(sql, last):
            yield from (row[1:] for row in rows)
            last = rows[-1][0]

    def shown_card(self, story_id: str) -> Card | None:
        """The card with an id, where it is shown."""
        rows = self._query("select data from card where id = ? and state = ''", story_id)
        return _decoded(Card, rows[0][0]) if rows else None

    def addresses(self) -> list[tuple[str, str, str, str]]:
        """Of every story: id, address, state, file. An address is ASCII in lower case, so its key holds it whole."""
        rows = self._query("select id, address_key, state, path from card")
        return [(story_id, _address(key), state, path) for story_id, key, state, path in rows]

    # --- who may be seen ---

    def held(self) -> list[tuple[str, str, int | None]]:
        """The stories that are not shown: id, state, until."""
        rows = self._query("select path, id, state, until from card where state != ''")  # SQL's order reads every card
        return [(story_id, state, until) for _path, story_id, state, until in sorted(rows)]

    def held_at(self, address_key: str) -> list[tuple[str, str, str, int | None]]:
        """The stories that are not shown and claim an address, or a place on the page there: file, id, state, until."""
        own, places = "address_key = ?", "address_key > ? and address_key < ?"  # $ comes after #
        sql = f"select path, id, state, until from card where state != '' and ({own} or {places}) order by path"
        rows = self._query(sql, address_key, f"{address_key}#", f"{address_key}$")
        return [(path, story_id, state, until) for path, story_id, state, until in rows]

    def held_files(self) -> dict[str, tuple[str, str]]:
        """The files of the stories that are not shown: state, address ("" where the card has none)."""
        rows = self._query("select path, state, address_key from card where state != ''")
        return {path: (state, _address(key)) for path, state, key in rows}

    def shown(self, paths: Iterable[str]) -> set[str]:
        """Those of some files whose story is shown."""
        return {path for (path,) in self._query_names("select path from card where state = '' and path in (%s)", paths)}

    def stable_span(self, clock: int) -> Span:
        """The clocks around one at which no story's state is another."""
        before = self._query("select max(instant) from moment where instant <= ?", clock)[0][0]
        return Span(before, self._query("select min(instant) from moment where instant > ?", clock)[0][0])

    # --- which files a change may touch ---

    def claiming(self, ids: Iterable[str], address_keys: Iterable[str]) -> set[str]:
        """The files of the stories that have one of some ids or one of some addresses."""
        rows = self._query_names("select path from card where id in (%s)", ids)
        rows += self._query_names("select path from card where address_key in (%s)", address_keys)
        return {path for (path,) in rows}

    def updating(self, ids: Iterable[str]) -> set[str]:
        """The files of the stories that say that they replace one with some id."""
        sql = "select path from facet where kind = 'update' and name in (%s)"
        return {path for (path,) in self._query_names(sql, ids)}

    def with_pictures(self, pictures: Iterable[str]) -> set[str]:
        """The files of the stories that have some picture files."""
        sql = "select path from facet where kind = 'picture' and name in (%s)"
        return {path for (path,) in self._query_names(sql, pictures)}

    def has_alias(self, urls: Iterable[str]) -> bool:
        """Whether one of some addresses leads to a story that has another."""
        return bool(self._query_names("select path from facet where kind = 'alias' and name in (%s)", urls))

    def with_facet(self, kind: str) -> set[str]:
        """The files of the stories that have a kind of facet, shown or not: "draft", "alias", "noindex"."""
        return {path for (path,) in self._query("select path from facet where kind = ?", kind)}

    def changing_between(self, low: int, high: int) -> set[str]:
        """The files of the stories whose state or photos change after the clock `low`, up to `high`."""
        sql = "select path from moment where instant > ? and instant <= ?"
        return {path for (path,) in self._query(sql, low, high)}

    def ids_by_facet(self, kind: str, name: str | None = None) -> dict[str, set[str]]:
        """The ids of the shown stories by a kind of facet: of one name, or of all."""
        sql = "select name, id from facet join card using (path) where state = '' and kind = ?"
        rows = self._query(sql, kind) if name is None else self._query(f"{sql} and name = ?", kind, name)
        ids: dict[str, set[str]] = {}
        for each, story_id in rows:
            ids.setdefault(each, set()).add(story_id)
        return ids

    # --- pictures ---

    def pictures(self) -> dict[str, PictureRow]:
        """Every picture file as last read."""
        rows = {}
        sql = "select path, size, mtime_ns, ctime_ns, digest, picture, published, found from picture"
        for *source, text, published, found in self._query(sql):
            picture = _decoded(Picture, text) if text else None
            rows[source[0]] = PictureRow(Source(*source), picture, published, tuple(found.split()))
        return rows

    # --- shelves: the index stands on these ---

    def shelf(self, collection: Collection) -> tuple[int, str] | None:
        """How many stories a collection holds, and the id of its newest."""
        rows = self._query("select count, newest from shelf where kind = ? and slug = ?", *collection)
        return (rows[0][0], rows[0][1]) if rows else None

    def shelf_keys(self, collection: Collection) -> list[str]:
        """A collection's keys."""
        rows = self._query("select keys from shelf where kind = ? and slug = ?", *collection)
        return str(rows[0][0]).split("\n") if rows else []

    def all_shelf_keys(self) -> list[tuple[Collection, list[str]]]:
        """Every collection with its keys."""
        rows = self._query("select kind, slug, keys from shelf")
        return [((kind, slug), keys.split("\n")) for kind, slug, keys in rows]

    def shelf_names(self, collection: Collection) -> str:
        """The spellings of a collection, as JSON; "" for none."""
        rows = self._query("select names from shelf where kind = ? and slug = ?", *collection)
        return str(rows[0][0]) if rows else ""

    def all_shelf_names(self, kind: str) -> list[tuple[Collection, str]]:
        """Every collection of a kind with its spellings; of every kind for ""."""
        rows = self._query("select kind, slug, names from shelf where kind = ? or ? = ''", kind, kind)
        return [((each, slug), names) for each, slug, names in rows]

    def slugs(self, kind: str) -> list[str]:
        """The collections of a kind, in order."""
        return [slug for (slug,) in self._query("select slug from shelf where kind = ? order by slug", kind)]

    # --- putting down what was read, within a transaction ---

    def clear(self) -> None:
        """Delete stories and shelves, before all of them are put down again. Pictures stay."""
        for table in ("file", "card", "moment", "facet", "shelf"):
            self._database.execute(f"delete from {table}")

    def put(self, new: NewRows) -> Iterator[None]:
        """Put down what was read, some thousand rows at each step."""
        database = self._database
        database.execute_many("delete from file where path = ?", ((path,) for path in new.removed_files))
        for files in _batches(new.files):
            rows = ((*_columns(source), problems) for source, problems in files)
            database.execute_many("insert or replace into file values (?, ?, ?, ?, ?, ?)", rows)
            yield
        database.execute_many(
            "update file set size = ?, mtime_ns = ?, ctime_ns = ? where path = ?",
            ((s.size, s.mtime_ns, s.ctime_ns, s.path) for s in new.touched_files),
        )
        if not new.is_all:
            self._remove_cards(new.removed_cards)
        for cards in _batches(new.cards):
            if not new.is_all:
                self._remove_cards(card.path for card in cards)
            self._put_cards(cards)
            yield
        for shelves in _batches(new.shelves):
            self._put_shelves(shelves)
            yield
        database.execute_many("delete from picture where path = ?", ((path,) for path in new.removed_pictures))
        database.execute_many(
            "insert or replace into picture values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*_columns(r.source), codec.to_json(r.picture) if r.picture else "", r.published, " ".join(r.found))
                for r in new.pictures
            ),
        )

    def _remove_cards(self, paths: Iterable[str]) -> None:
        keys = [(path,) for path in paths]
        for table in ("card", "facet", "moment"):
            self._database.execute_many(f"delete from {table} where path = ?", keys)

    def _put_cards(self, cards: Sequence[CardRow]) -> None:
        self._database.execute_many(
            "insert into card values (?, ?, ?, ?, ?, ?, ?)",
            ((c.path, c.id, c.address_key, c.state, c.until, c.problems, c.data) for c in cards),
        )
        moments = ((instant, card.path) for card in cards for instant in card.moments)
        self._database.execute_many("insert or ignore into moment values (?, ?)", moments)
        facets = ((kind, name, card.path) for card in cards for kind, name in card.facets)
        self._database.execute_many("insert or ignore into facet values (?, ?, ?)", facets)

    def _put_shelves(self, shelves: Iterable[tuple[Collection, list[str], str]]) -> None:
        for (kind, slug), keys, names in shelves:
            if keys:
                newest = keys[-1].split("|", 2)[2]
                row = (kind, slug, len(keys), newest, names, "\n".join(keys))
                self._database.execute("insert or replace into shelf values (?, ?, ?, ?, ?, ?)", *row)
            else:
                self._database.execute("delete from shelf where kind = ? and slug = ?", kind, slug)


def _decoded(kind: type[Value], text: str) -> Value:
    try:
        return codec.decode(kind, json.loads(text))
    except (TypeError, ValueError) as error:
        raise DamagedError from error


def _address(address_key: str) -> str:
    """The address in a key such as "url world/2019/05/02/harbour.html"."""
    return address_key[4:]


def _columns(source: Source) -> tuple[str, int, int, int, str]:
    return source.path, source.size, source.mtime_ns, source.ctime_ns, source.digest


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _ROWS_A_STEP)):
        yield batch
