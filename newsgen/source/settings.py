"""[tool.newsgen] of pyproject.toml into `Settings`. Reads bytes, never the disk; every refusal is a UsageError.

tomllib gives no places, so a problem's line is found by looking for the key in the text, within its table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import HOSTS, Agency, FeedSettings, RelatedSettings, Settings
from newsgen.text.address import is_language, is_web_address

__all__ = ["has_settings", "parse_settings"]

_PERMALINK_FIELDS = ("section", "year", "month", "day", "slug", "id")
_DEFAULTS = Settings("", "")
_PAGES = (*_DEFAULTS.pages, "ids")
_FIELD = re.compile(r"\{([^{}]*)\}")
_PLAIN_PART = re.compile(r"[a-z0-9.-]*")
_ENTRIES = range(1, 1001)
_STORIES = range(51)
_DAYS = range(100_001)
_TOML_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


class _Reader:
    """Reads single settings of one file and refuses wrong ones with their place; made anew for each file."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")

    def refuse(self, rule: str, key: str, *values: str, line: int = 0) -> NoReturn:
        """Raise UsageError with the place of a key, where it can be found in the text."""
        column = 0
        if not line:
            line, column = self._place(key)
        excerpt = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        problem = Problem(rule, self._path, line, column, (key, *values), excerpt if column else "")
        raise UsageError(problem)

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
        """Refuse a key that is not among `names`, and suggest the nearest."""
        allowed = tuple(names)
        for key in table:
            if key not in allowed:
                import difflib  # only after a mistake: it takes 5 ms

                near = difflib.get_close_matches(key.casefold().replace("-", "_"), allowed, 1, 0.6)
                if near:
                    self.refuse("unknown-setting-near", f"{prefix}{key}", f"{prefix}{near[0]}")
                self.refuse("unknown-setting", f"{prefix}{key}", ", ".join(allowed))

    def text(self, table: dict[str, Any], name: str, prefix: str = "", default: str | None = None) -> str:
        """A setting that is a text of one line; required where `default` is None."""
        key = f"{prefix}{name}"
        if name not in table:
            if default is None:
                self.refuse("missing-setting", key)
            return default
        value = table[name]
        if not isinstance(value, str):
            self.refuse("setting-type", key, "text in quotes", _kind(value))
        if not value.strip() and default is None:
            self.refuse("setting-empty", key)
        if any(not character.isprintable() for character in value):
            self.refuse("setting-control", key)
        return value.strip()


def _kind(value: object) -> str:
    """What a TOML value is, in words."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "text"}
    return names.get(type(value), "a date")


def has_settings(data: bytes) -> bool:
    """Whether a pyproject.toml is a site's. One that is no good TOML may be: its mistakes are then reported."""
    return b"tool.newsgen" in data


def parse_settings(path: str, data: bytes) -> Settings:
    """The table [tool.newsgen] of a pyproject.toml (TOML 1.0). UsageError at the first mistake, with its place."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            Problem("not-utf-8", path, line, values=(f"0x{data[error.start]:02X}", str(error.start + 1)))
        ) from None
    reader = _Reader(path, text)
    table = _table(reader, path, text)
    reader.require_known(table, "", Settings.__dataclass_fields__)
    return Settings(
        title=reader.text(table, "title"),
        base_url=_base_url(reader, table),
        language=_language(reader, table),
        timezone=_timezone(reader, table),
        description=reader.text(table, "description", default=""),
        agencies=_agencies(reader, table),
        permalink=_permalink(reader, table),
        pages=_pages(reader, table),
        feeds=_feeds(reader, table),
        related=_related(reader, table),
        host=_host(reader, table),
    )


def _table(reader: _Reader, path: str, text: str) -> dict[str, Any]:
    """The table [tool.newsgen]."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.search(message)
        line = int(place.group(1)) if place and place.group(1) else text.count("\n") + 1
        reason = message[: place.start()] if place else message
        column = int(place.group(2)) if place and place.group(2) else 0
        excerpt = text.split("\n")[line - 1] if column else ""
        raise UsageError(Problem("toml-syntax", path, line, column, (reason,), excerpt)) from None
    except RecursionError:
        raise UsageError(Problem("toml-syntax", path, values=("it is nested too deeply",))) from None
    tool = document.get("tool", {})
    table = tool.get("newsgen") if isinstance(tool, dict) else None
    if table is None:
        raise UsageError(Problem("no-settings", path))
    if not isinstance(table, dict):
        reader.refuse("setting-type", "tool.newsgen", "a table", _kind(table))
    return table


def _base_url(reader: _Reader, table: dict[str, Any]) -> str:
    url = reader.text(table, "base_url")
    if not is_web_address(url):
        reader.refuse("base-url-scheme", "base_url", url[:80])
    if "?" in url or "#" in url:
        reader.refuse("base-url-query", "base_url")
    if any(part in (".", "..") for part in url.split("/")):
        reader.refuse("base-url-scheme", "base_url", url[:80])
    return url.rstrip("/")


def _language(reader: _Reader, table: dict[str, Any]) -> str:
    language = reader.text(table, "language", default=_DEFAULTS.language)
    if not is_language(language):
        reader.refuse("bad-language", "language", language[:60])
    return language


def _timezone(reader: _Reader, table: dict[str, Any]) -> str:
    name = reader.text(table, "timezone", default=_DEFAULTS.timezone)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # no such zone, or a name like "../x" or that of a folder
        reader.refuse("bad-timezone", "timezone", name[:60])
    return name


def _agencies(reader: _Reader, table: dict[str, Any]) -> tuple[Agency, ...]:
    entries = table.get("agencies", [])
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        reader.refuse(
            "setting-type", "agencies", "a list of tables, each under [[tool.newsgen.agencies]]", _kind(entries)
        )
    agencies: list[Agency] = []
    for index, entry in enumerate(entries):
        prefix = f"agencies[{index + 1}]."
        reader.require_known(entry, prefix, Agency.__dataclass_fields__)
        url = reader.text(entry, "url", prefix, "")
        if url and not is_web_address(url):
            reader.refuse("web-address", f"{prefix}url")
        agency = Agency(reader.text(entry, "name", prefix), reader.text(entry, "rights", prefix, ""), url)
        if any(agency.name.casefold() == other.name.casefold() for other in agencies):
            reader.refuse("agency-twice", f"{prefix}name", agency.name)
        agencies.append(agency)
    return tuple(agencies)


def _permalink(reader: _Reader, table: dict[str, Any]) -> str:
    link = reader.text(table, "permalink", default=_DEFAULTS.permalink)
    fields = _FIELD.findall(link)
    if unknown := next((field for field in fields if field not in _PERMALINK_FIELDS), None):
        reader.refuse("permalink-field", "permalink", unknown[:60], ", ".join(_PERMALINK_FIELDS))
    if not link.startswith("/{section}/"):
        reader.refuse("permalink-start", "permalink", link[:80])
    if not link.endswith((".html", "/")):
        reader.refuse("permalink-end", "permalink", link[:80])
    parts = link.strip("/").split("/")
    if "{slug}" not in parts[-1] and "{id}" not in parts[-1]:
        reader.refuse("permalink-last", "permalink", link[:80])
    if any("." in part for part in parts[:-1]) or any(
        not part or part.startswith(".") or not _PLAIN_PART.fullmatch(_FIELD.sub("", part)) for part in parts
    ):
        reader.refuse("permalink-marks", "permalink", link[:80])
    return link


def _pages(reader: _Reader, table: dict[str, Any]) -> tuple[str, ...]:
    pages = table.get("pages", list(_DEFAULTS.pages))
    if not isinstance(pages, list) or any(not isinstance(page, str) for page in pages):
        reader.refuse("setting-type", "pages", f"a list of {', '.join(_PAGES)}", _kind(pages))
    if unknown := next((page for page in pages if page not in _PAGES), None):
        reader.refuse("setting-choice", "pages", unknown[:60], ", ".join(_PAGES))
    return tuple(page for page in _PAGES if page in pages)  # always in the same order


def _host(reader: _Reader, table: dict[str, Any]) -> str:
    host = reader.text(table, "host", default=_DEFAULTS.host)
    if host not in HOSTS:
        reader.refuse("setting-choice", "host", host[:60], ", ".join(HOSTS))
    return host


def _feeds(reader: _Reader, table: dict[str, Any]) -> FeedSettings:
    feeds = table.get("feeds", {})
    if not isinstance(feeds, dict):
        reader.refuse("setting-type", "feeds", "a table, under [tool.newsgen.feeds]", _kind(feeds))
    reader.require_known(feeds, "feeds.", FeedSettings.__dataclass_fields__)
    entries = feeds.get("entries", _DEFAULTS.feeds.entries)
    if type(entries) is not int or entries not in _ENTRIES:
        reader.refuse("setting-range", "feeds.entries", str(_ENTRIES[0]), str(_ENTRIES[-1]))
    content = reader.text(feeds, "content", "feeds.", _DEFAULTS.feeds.content)
    if content not in ("full", "summary"):
        reader.refuse("setting-choice", "feeds.content", content[:60], "full, summary")
    tags = feeds.get("tags", _DEFAULTS.feeds.tags)
    if type(tags) is not bool:
        reader.refuse("setting-type", "feeds.tags", "true or false", _kind(tags))
    return FeedSettings(entries, content, tags)


def _related(reader: _Reader, table: dict[str, Any]) -> RelatedSettings:
    related = table.get("related", {})
    if not isinstance(related, dict):
        reader.refuse("setting-type", "related", "a table, under [tool.newsgen.related]", _kind(related))
    reader.require_known(related, "related.", RelatedSettings.__dataclass_fields__)
    stories = related.get("stories", _DEFAULTS.related.stories)
    if type(stories) is not int or stories not in _STORIES:
        reader.refuse("setting-range", "related.stories", str(_STORIES[0]), str(_STORIES[-1]))
    newer = related.get("newer", _DEFAULTS.related.newer)
    if type(newer) is not bool:
        reader.refuse("setting-type", "related.newer", "true or false", _kind(newer))
    days = related.get("days", _DEFAULTS.related.days)
    if type(days) is not int or days not in _DAYS:
        reader.refuse("setting-range", "related.days", str(_DAYS[0]), str(_DAYS[-1]))
    return RelatedSettings(stories, newer, days)
