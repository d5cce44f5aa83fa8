"""What a record knows: questions to it, and their answers as values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from newsgen.model import codec
from newsgen.model.card import Card, Collection, Picture
from newsgen.model.errors import Problem
from newsgen.model.files import Source
from newsgen.store.database import DamagedError, Database
from newsgen.store.rows import PageRow, PictureRow

__all__ = ["Known"]


class Known(Database):
    """A record that is read."""

    def files(self) -> list[tuple[str, int, int, int]]:
        """Every story file as last read: path, size, times."""
        rows: list[tuple[str, int, int, int]] = self.query("select path, size, mtime_ns, ctime_ns from file")
        return rows

    def known(self, paths: Iterable[str]) -> dict[str, tuple[int, int, int, str]]:
        """Some story files as last read."""
        rows = self.each("select path, size, mtime_ns, ctime_ns, digest from file where path in (%s)", paths)
        return {row[0]: row[1:] for row in rows}

    def codes(self) -> dict[str, bytes]:
        """The compiled templates. None where a build was killed: what nobody vouches for is not run."""
        if not self.meta() or "unfinished" in self.meta():
            return {}
        return {key: bytes(data) for key, data in self.query("select key, data from code")}

    def unread(self) -> set[str]:
        """The story and picture files that could not be read, and may be readable now."""
        sql = "select path from file where digest = '' union all select path from picture where digest = ''"
        return {path for (path,) in self.query(sql)}

    def problems(self) -> list[tuple[str, bool, Problem]]:
        """What was wrong with the stories: their paths; whether it is the file's own, or against others; what."""
        sql = "select path, 1, problems from file where problems != '' union all "
        rows = self.query(f"{sql} select path, 0, problems from card where problems != ''")
        try:
            read = ((path, bool(own), row) for path, own, found in rows for row in json.loads(found))
            return [(path, own, codec.decode(Problem, row)) for path, own, row in read]
        except (TypeError, ValueError) as error:
            raise DamagedError from error

    def held(self) -> list[tuple[str, str, int | None]]:
        """The stories that are not shown: id, state, until."""
        rows = self.query("select path, id, state, until from card where state != ''")  # in order, it reads every card
        return [(story_id, state, until) for _path, story_id, state, until in sorted(rows)]

    def stable(self, clock: int) -> tuple[int | None, int | None]:
        """The span around an instant in which no story's state changes: [from, to), None for no bound."""
        before = self.query("select max(instant) from moment where instant <= ?", clock)[0][0]
        return before, self.query("select min(instant) from moment where instant > ?", clock)[0][0]

    def card_rows(self, paths: Iterable[str]) -> list[tuple[Card, str]]:
        """The cards of some files, each with its state."""
        rows = self.each("select data, state from card where path in (%s)", paths)
        return [(_card(data), state) for data, state in rows]

    def all_card_rows(self) -> list[tuple[Card, str]]:
        """Every card with its state."""
        return [(_card(data), state) for data, state in self.query("select data, state from card order by path")]

    def cards_with(self, words: Iterable[str]) -> Iterator[Card]:
        """The cards that have one of some words anywhere in them."""
        wanted = sorted(words)
        return (_card(data) for _path, _id, _state, data in self._cards() if any(word in data for word in wanted))

    def texts(self) -> Iterator[tuple[str, str]]:
        """The id of every shown story, with its card as text."""
        return ((story_id, data) for _path, story_id, state, data in self._cards() if not state)

    def _cards(self) -> Iterator[tuple[str, str, str, str]]:
        """Every card, some at a time: file, id, state, the card as text."""
        last = ""
        while rows := self.query(
            "select path, id, state, data from card where path > ? order by path limit 1000", last
        ):
            yield from rows
            last = rows[-1][0]

    def held_at(self, place: str) -> list[tuple[str, str, str, int | None]]:
        """The stories that are not shown and claim an address: file, id, state, until."""
        sql = "select path, id, state, until from card where place = ? and state != '' order by path"
        return [(path, story_id, state, until) for path, story_id, state, until in self.query(sql, place)]

    def held_files(self) -> dict[str, tuple[str, str]]:
        """The files of the stories that are not shown: state, address ("" where the card has none)."""
        rows = self.query("select path, state, place from card where state != ''")
        return {path: (state, place[4:]) for path, state, place in rows}

    def shown(self, paths: Iterable[str]) -> set[str]:
        """Those of some files whose story is shown."""
        return {path for (path,) in self.each("select path from card where state = '' and path in (%s)", paths)}

    def claiming(self, ids: Iterable[str], places: Iterable[str]) -> set[str]:
        """The files of the stories that have one of some ids or one of some addresses."""
        rows = self.each("select path from card where id in (%s)", ids)
        rows += self.each("select path from card where place in (%s)", places)
        return {path for (path,) in rows}

    def updating(self, ids: Iterable[str]) -> set[str]:
        """The files of the stories that say that they replace one with some id."""
        return {p for (p,) in self.each("select path from holds where kind = 'update' and name in (%s)", ids)}

    def addresses(self) -> list[tuple[str, str, str, str]]:
        """Of every story: id, address, state, file. An address is ASCII in lower case, so `place` holds it whole."""
        rows = self.query("select id, place, state, path from card")
        return [(story_id, place[4:], state, path) for story_id, place, state, path in rows]

    def changing(self, low: int, high: int) -> set[str]:
        """The files of the stories whose state or photos change after `low`, up to `high`."""
        return {p for (p,) in self.query("select path from moment where instant > ? and instant <= ?", low, high)}

    def with_pictures(self, pictures: Iterable[str]) -> set[str]:
        """The files of the stories that have some picture files."""
        return {p for (p,) in self.each("select path from holds where kind = 'picture' and name in (%s)", pictures)}

    def pictures(self) -> dict[str, PictureRow]:
        """Every picture file as last read."""
        found = {}
        for *source, picture in self.query("select path, size, mtime_ns, ctime_ns, digest, picture from picture"):
            shown = codec.decode(Picture, json.loads(picture)) if picture else None
            found[source[0]] = PictureRow(Source(*source), shown)
        return found

    # --- shelves (`shelves.Stored` is made of these) ---

    def card_of_id(self, story_id: str) -> Card | None:
        """The shown card with an id."""
        rows = self.query("select data from card where id = ? and state = ''", story_id)
        return _card(rows[0][0]) if rows else None

    def shelf(self, collection: Collection) -> tuple[int, str] | None:
        """How many stories a collection holds, and the id of its newest."""
        rows = self.query("select count, newest from shelf where kind = ? and slug = ?", *collection)
        return (rows[0][0], rows[0][1]) if rows else None

    def keys(self, collection: Collection) -> list[str]:
        """A collection's keys."""
        rows = self.query("select keys from shelf where kind = ? and slug = ?", *collection)
        return str(rows[0][0]).split("\n") if rows else []

    def all_keys(self) -> list[tuple[Collection, list[str]]]:
        """Every collection with its keys."""
        rows = self.query("select kind, slug, keys from shelf")
        return [((kind, slug), keys.split("\n")) for kind, slug, keys in rows]

    def slugs(self, kind: str) -> list[str]:
        """The collections of a kind, in order."""
        return [slug for (slug,) in self.query("select slug from shelf where kind = ? order by slug", kind)]

    def holders(self, kind: str, name: str | None = None) -> dict[str, set[str]]:
        """The ids of the shown stories that hold something of a kind, by its name."""
        sql = "select name, id from holds join card using (path) where state = '' and kind = ?"
        rows = self.query(sql, kind) if name is None else self.query(f"{sql} and name = ?", kind, name)
        found: dict[str, set[str]] = {}
        for held, story_id in rows:
            found.setdefault(held, set()).add(story_id)
        return found

    # --- the manifest ---

    def standing(self) -> list[tuple[str, str, int, int, str]]:
        """Of every page: address, unit, size and time of its file, and its digest."""
        return [(u, n, s, t, d) for u, n, s, t, d in self.query("select url, unit, size, mtime_ns, digest from page")]

    def unmade(self) -> dict[str, str]:
        """The pages that have no file, with their units: something stood in the way, or a build was killed."""
        return dict(self.query("select url, unit from page where digest = ''"))

    def pages(self, units: Iterable[str] | None = None) -> list[PageRow]:
        """The manifest, or the part of it that some units planned, in order."""
        columns = "select url, unit, fingerprint, digest, size, mtime_ns, reason from page"
        if units is None:
            return [PageRow(*row) for row in self.query(f"{columns} order by url")]
        return [PageRow(*row) for row in sorted(self.each(f"{columns} where unit in (%s)", units))]

    def units_of(self, kinds: Iterable[str]) -> list[str]:
        """The units of some kinds that planned pages."""
        bounds = [(f"{kind}/", f"{kind}0") for kind in kinds]  # 0 comes after /
        sql = "select distinct unit from page where unit >= ? and unit < ?"
        return [unit for low, high in bounds for (unit,) in self.query(sql, low, high)]

    def page(self, url: str) -> PageRow | None:
        """One line of the manifest."""
        columns = "select url, unit, fingerprint, digest, size, mtime_ns, reason from page where url = ?"
        rows = self.query(columns, url)
        return PageRow(*rows[0]) if rows else None


def _card(data: str) -> Card:
    try:
        return codec.decode(Card, json.loads(data))
    except (TypeError, ValueError) as error:
        raise DamagedError from error
