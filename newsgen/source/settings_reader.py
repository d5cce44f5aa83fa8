"""Reads the settings of one file, one by one, and collects everything that is wrong with them, each with its place.

tomllib gives no places, so a problem's line is found by looking for the key in the text, within its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import FeedSettings, RelatedSettings
from newsgen.text.nearest import nearest
from newsgen.text.visible import is_visible

__all__ = ["Refused", "SettingsReader", "kind_of"]

# What other generators call our settings: a better guess than the nearest spelling.
_OTHER_GENERATORS = {
    "name": "title", "sitename": "title", "site_name": "title", "url": "base_url", "siteurl": "base_url",
    "site_url": "base_url", "lang": "language", "locale": "language", "default_lang": "language", "tz": "timezone",
    "tagline": "description", "subtitle": "description", "permalinks": "permalink",
}  # fmt: skip
_TABLES: Mapping[str, Collection[str]] = {
    "feeds": tuple(FeedSettings.__dataclass_fields__),
    "related": tuple(RelatedSettings.__dataclass_fields__),
}


_USER = re.compile(r"(?<=//)[^/@\s]+(?=@)")  # who may, in an address: a password perhaps, which no message shows


class Refused(Exception):
    """A setting has been refused, and its problem added."""


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "text"}
    return names.get(type(value), "a date")


class SettingsReader:
    """Reads single settings of one file and collects what is wrong with them; made anew for each file."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._problems: list[Problem] = []
        self._meant: set[str] = set()  # full names of settings that are there under a misspelt name

    def add(self, rule: str, key: str, *values: str) -> None:
        """Add a problem at the place of a key, where it can be found in the text."""
        line, column = self._place(key)
        excerpt = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        excerpt = _USER.sub(lambda user: "*" * len(user[0]), excerpt)  # the caret stays where it belongs
        self._problems.append(Problem(rule, self._path, line, column, (key, *values), excerpt if column else ""))

    def refuse(self, rule: str, key: str, *values: str) -> NoReturn:
        """Add a problem, and end the reading of this setting."""
        self.add(rule, key, *values)
        raise Refused

    def each(self, readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
        """The values of some settings, by name; one that is refused is left out."""
        values = {}
        for name, read in readers.items():
            with suppress(Refused):
                values[name] = read()
        return values

    def end(self) -> None:
        """UsageError with everything that is wrong, if something is."""
        if self._problems:
            raise UsageError(*sorted(self._problems, key=lambda problem: (problem.line, problem.column)))

    def _place(self, key: str) -> tuple[int, int]:
        """(line, column) of `key` ("feeds.entries"), else of its table, else of [tool.newsgen]; (0, 0) at worst."""
        table, _dot, name = key.rpartition(".")
        table = re.sub(r"\[\d+\]", "", table)
        wanted = f"tool.newsgen.{table}" if table else "tool.newsgen"
        number = int(match.group(1)) if (match := re.search(r"\[(\d+)\]", key)) else 1  # which of equal tables
        current, count, best = "", 0, (0, 0)
        for index, line in enumerate(self._lines):
            head = re.match(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$", line)
            if head:
                current = head.group(1).replace('"', "").replace(" ", "")
                count += current == wanted
                if current == wanted and count <= number:
                    best = (index + 1, 1)
            at = re.match(rf"\s*[\"']?({re.escape(name)})[\"']?\s*[.=]", line)
            if at and current == wanted and (count == number or not table):
                return index + 1, at.start(1) + 1
            if table and current == "tool.newsgen" and re.match(rf"\s*{re.escape(table)}\s*=", line):
                return index + 1, len(line) - len(line.lstrip()) + 1
        return best

    def require_known(self, table: dict[str, Any], prefix: str, names: Iterable[str]) -> None:
        """Add a problem for each key that is not among `names`, with the nearest."""
        allowed = tuple(names)
        for key in table:
            if key in allowed:
                continue
            folded = key.casefold().replace("-", "_")
            near = nearest(_OTHER_GENERATORS.get(folded, folded), allowed)
            elsewhere = [table for table, inner in _TABLES.items() if table in allowed and folded in inner]
            if elsewhere:
                self.add("unknown-setting-near", f"{prefix}{key}", f"{elsewhere[0]}.{folded}")
            elif near:
                self.add("unknown-setting-near", f"{prefix}{key}", f"{prefix}{near}")
                self._meant.add(f"{prefix}{near}")
            else:
                self.add("unknown-setting", f"{prefix}{key}", ", ".join(allowed))

    def text(self, table: dict[str, Any], name: str, prefix: str = "", default: str | None = None) -> str:
        """A setting that is a text of one line; required where `default` is None."""
        key = f"{prefix}{name}"
        if name not in table:
            if key in self._meant:
                raise Refused
            if default is None:
                self.refuse("missing-setting", key)
            return default
        value = table[name]
        if not isinstance(value, str):
            self.refuse("setting-type", key, "text in quotes", kind_of(value))
        if default is None and not is_visible(value):
            self.refuse("setting-empty", key)
        if any(not character.isprintable() for character in value):
            self.refuse("setting-control", key)
        return value.strip()

    def table(self, table: dict[str, Any], name: str) -> dict[str, Any]:
        """A setting that is a table; an empty one where it is absent."""
        inner = table.get(name, {})
        if not isinstance(inner, dict):
            self.refuse("setting-type", name, f"a table, under [tool.newsgen.{name}]", kind_of(inner))
        self.require_known(inner, f"{name}.", _TABLES[name])
        return inner

    def choice(self, table: dict[str, Any], key: str, default: str, words: Collection[str]) -> str:
        """A setting that is one of some words; `key` is its full name."""
        prefix, dot, name = key.rpartition(".")
        word = self.text(table, name, f"{prefix}{dot}", default)
        self.require_choice(key, word, words)
        return word

    def require_choice(self, key: str, word: str, words: Collection[str]) -> None:
        """Refuse a word that is not one of some, with the nearest."""
        if word in words:
            return
        if near := nearest(word, words):
            self.refuse("setting-choice-near", key, word[:60], near, ", ".join(words))
        self.refuse("setting-choice", key, word[:60], ", ".join(words))

    def whole(self, table: dict[str, Any], key: str, default: int, numbers: range) -> int:
        """A setting that is a whole number; `key` is its full name."""
        number = table.get(key.rpartition(".")[2], default)
        if type(number) is not int or number not in numbers:
            self.refuse("setting-range", key, str(numbers[0]), str(numbers[-1]))
        return number

    def truth(self, table: dict[str, Any], key: str, default: bool) -> bool:
        """A setting that is true or false; `key` is its full name."""
        answer = table.get(key.rpartition(".")[2], default)
        if type(answer) is not bool:
            self.refuse("setting-type", key, "true or false", kind_of(answer))
        return answer
