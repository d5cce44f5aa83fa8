"""[tool.newsgen] of pyproject.toml into `Settings`. Reads bytes, never the disk; every refusal is a UsageError."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.settings import CSP_DIRECTIVES, HOSTS, Agency, FeedSettings, RelatedSettings, Settings
from newsgen.source.base_url import read_base_url
from newsgen.source.menu_settings import read_menu
from newsgen.source.settings_reader import Refused, SettingsReader, kind_of
from newsgen.source.target_settings import read_targets
from newsgen.source.text_files import read_text
from newsgen.source.word_settings import read_words
from newsgen.text.address import is_language, is_web_address
from newsgen.text.language_tags import tag_of
from newsgen.text.nearest import nearest

__all__ = ["has_settings", "parse_settings"]

_PERMALINK_FIELDS = ("section", "year", "month", "day", "slug", "id")
_DEFAULTS = Settings("", "")
_STORY_FILES = ("txt", "json")
_PAGES = (*_DEFAULTS.pages, "ids")
_FIELD = re.compile(r"\{([^{}]*)\}")
# A host source, a scheme, a keyword, or a hash (CSP Level 3, 2.3.1); never 'unsafe-inline' or 'unsafe-eval'.
_CSP_SOURCE = re.compile(
    r"(?:https?://)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:/[^\s;,'\"]*)?|data:|blob:|'self'"
    r"|'wasm-unsafe-eval'|'sha(?:256|384|512)-[A-Za-z0-9+/=_-]+'",
    re.I,
)
_PLAIN_PART = re.compile(r"[a-z0-9.-]*")
_ENTRIES = range(1, 1001)
_STORIES = range(51)
_DAYS = range(100_001)
_BRIEF_WORDS = 60  # of `group_briefs = true`: a paragraph or two
_MOST_BRIEF_WORDS = 200
_LIKE_OUR_TABLE = re.compile(
    rb"^[ \t]*\[+[ \t]*(?:tools?[ \t]*\.[ \t]*)?[\"']?news?[-_ ]?gen[\"']?[ \t]*[.\]]", re.I | re.M
)
_TOML_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")


def has_settings(data: bytes) -> bool:
    """Whether a pyproject.toml is a site's. One with mistakes is too: they are reported then."""
    if any("tool.newsgen".encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
        return True
    return bool(_LIKE_OUR_TABLE.search(data))


def parse_settings(path: str, data: bytes) -> Settings:
    """The table [tool.newsgen] of a pyproject.toml (TOML 1.0). UsageError with all that is wrong, each in its place."""
    try:
        text = read_text(path, data)
    except ContentError as error:
        raise UsageError(*error.problems) from None
    reader = SettingsReader(path, text)
    table = _table(path, text)
    reader.require_known(table, "", Settings.__dataclass_fields__)
    values = reader.each({name: partial(read, reader, table) for name, read in _SETTINGS.items()})
    reader.end()
    return Settings(**values)


def _table(path: str, text: str) -> dict[str, Any]:
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
        found = _LIKE_OUR_TABLE.search(text.encode())
        line = text.encode().count(b"\n", 0, found.start()) + 1 if found else 0
        raise UsageError(Problem("no-settings", path, line))
    if not isinstance(table, dict):
        raise UsageError(Problem("setting-type", path, values=("tool.newsgen", "a table", kind_of(table))))
    return table


def _base_url(reader: SettingsReader, table: dict[str, Any]) -> str:
    read = read_base_url(reader.text(table, "base_url"))
    if read.rule:
        reader.refuse(read.rule, "base_url", *read.values)
    return read.url


def _language(reader: SettingsReader, table: dict[str, Any]) -> str:
    language = reader.text(table, "language", default=_DEFAULTS.language)
    if not is_language(language):
        if near := tag_of(language):
            reader.refuse("bad-language-near", "language", language[:60], near)
        reader.refuse("bad-language", "language", language[:60])
    return language


def _timezone(reader: SettingsReader, table: dict[str, Any]) -> str:
    name = reader.text(table, "timezone", default=_DEFAULTS.timezone)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # no such zone, or a name like "../x" or that of a folder
        if near := _near_zone(name):
            reader.refuse("bad-timezone-near", "timezone", name[:60], near)
        reader.refuse("bad-timezone", "timezone", name[:60])
    return name


def _near_zone(name: str) -> str:
    """The zone of the tz database that was probably meant, perhaps by its city alone; "" for none."""
    zones = sorted(available_timezones(), reverse=True)
    folded = name.strip().replace(" ", "_")
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
    return nearest(folded, zones, 0.8) or cities.get(nearest(folded, cities, 0.8), "")


def _agencies(reader: SettingsReader, table: dict[str, Any]) -> tuple[Agency, ...]:
    entries = table.get("agencies", [])
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        reader.refuse(
            "setting-type", "agencies", "a list of tables, each under [[tool.newsgen.agencies]]", kind_of(entries)
        )
    agencies: dict[str, Agency] = {}
    for index, entry in enumerate(entries):
        prefix = f"agencies[{index + 1}]."
        reader.require_known(entry, prefix, Agency.__dataclass_fields__)
        readers = {name: partial(read, reader, entry, prefix) for name, read in _AGENCY.items()}
        values = reader.each(readers)
        name = values.get("name", "")
        if name and name.casefold() in agencies:
            reader.add("agency-twice", f"{prefix}name", name)
        agencies.setdefault(name.casefold(), Agency(**{"name": "", **values}))
    return tuple(agencies.values())


def _agency_url(reader: SettingsReader, entry: dict[str, Any], prefix: str) -> str:
    url = reader.text(entry, "url", prefix, "")
    if url and not is_web_address(url):
        reader.refuse("web-address", f"{prefix}url")
    return url


_AGENCY: Mapping[str, Callable[[SettingsReader, dict[str, Any], str], str]] = {
    "name": lambda reader, entry, prefix: reader.text(entry, "name", prefix),
    "rights": lambda reader, entry, prefix: reader.text(entry, "rights", prefix, ""),
    "url": _agency_url,
}


def _permalink(reader: SettingsReader, table: dict[str, Any]) -> str:
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


def _some_of(reader: SettingsReader, given: object, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """A list of some known words, always in the same order."""
    if not isinstance(given, list) or any(not isinstance(word, str) for word in given):
        reader.refuse("setting-type", key, f"a list of {', '.join(known)}", kind_of(given))
    for word in given:
        with suppress(Refused):  # each wrong one is named
            reader.require_choice(key, word, known)
    return tuple(word for word in known if word in given)


def _pages(reader: SettingsReader, table: dict[str, Any]) -> tuple[str, ...]:
    return _some_of(reader, table.get("pages", list(_DEFAULTS.pages)), "pages", _PAGES)


def _story_files(reader: SettingsReader, table: dict[str, Any]) -> tuple[str, ...] | None:
    return _some_of(reader, table["story_files"], "story_files", _STORY_FILES) if "story_files" in table else None


def _feeds(reader: SettingsReader, table: dict[str, Any]) -> FeedSettings:
    feeds, usual = reader.table(table, "feeds"), _DEFAULTS.feeds
    values = reader.each(
        {
            "entries": lambda: reader.whole(feeds, "feeds.entries", usual.entries, _ENTRIES),
            "content": lambda: reader.choice(feeds, "feeds.content", usual.content, ("full", "summary")),
            "tags": lambda: reader.truth(feeds, "feeds.tags", usual.tags),
        }
    )
    return FeedSettings(**values)


def _related(reader: SettingsReader, table: dict[str, Any]) -> RelatedSettings:
    related, usual = reader.table(table, "related"), _DEFAULTS.related
    values = reader.each(
        {
            "stories": lambda: reader.whole(related, "related.stories", usual.stories, _STORIES),
            "newer": lambda: reader.truth(related, "related.newer", usual.newer),
            "days": lambda: reader.whole(related, "related.days", usual.days, _DAYS),
        }
    )
    return RelatedSettings(**values)


def _csp(reader: SettingsReader, table: dict[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    added = table.get("csp", {})
    if not isinstance(added, dict):
        reader.refuse("setting-type", "csp", "a table, under [tool.newsgen.csp]", kind_of(added))
    reader.require_known(added, "csp.", CSP_DIRECTIVES)
    found = []
    for directive in CSP_DIRECTIVES:
        sources = added.get(directive, [])
        if not isinstance(sources, list) or any(not isinstance(source, str) for source in sources):
            reader.refuse("setting-type", f"csp.{directive}", "a list of sources in quotes", kind_of(sources))
        if wrong := next((source for source in sources if not _CSP_SOURCE.fullmatch(source)), None):
            reader.refuse("csp-source", f"csp.{directive}", wrong[:60])
        found += [(directive, tuple(sources))] if sources else []
    return tuple(found)


def _group_briefs(reader: SettingsReader, table: dict[str, Any]) -> int:
    words = table.get("group_briefs", False)
    if type(words) is bool:
        return _BRIEF_WORDS if words else 0
    if type(words) is not int or words not in range(1, _MOST_BRIEF_WORDS + 1):
        reader.refuse("setting-words", "group_briefs", str(_MOST_BRIEF_WORDS))
    return words


_SETTINGS: Mapping[str, Callable[[SettingsReader, dict[str, Any]], Any]] = {
    "title": lambda reader, table: reader.text(table, "title"),
    "base_url": _base_url,
    "id": lambda reader, table: reader.text(table, "id", default=""),
    "language": _language,
    "timezone": _timezone,
    "description": lambda reader, table: reader.text(table, "description", default=""),
    "agencies": _agencies,
    "permalink": _permalink,
    "pages": _pages,
    "feeds": _feeds,
    "related": _related,
    "host": lambda reader, table: reader.choice(table, "host", _DEFAULTS.host, tuple(HOSTS)),
    "csp": _csp,
    "menu": read_menu,
    "words": read_words,
    "publish": read_targets,
    "story_files": _story_files,
    "lead": lambda reader, table: reader.text(table, "lead", default=""),
    "group_briefs": _group_briefs,
}
