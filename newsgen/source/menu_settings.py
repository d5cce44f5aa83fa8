"""[[tool.newsgen.menu]] of pyproject.toml: what the menu has, in which order."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from newsgen.model.site_files import MenuEntry
from newsgen.source.settings_reader import Refused, SettingsReader, kind_of
from newsgen.text.address import is_web_address, slug_of_name

__all__ = ["INDEXES", "read_menu"]

INDEXES = ("dates", "topics", "people", "places", "corrections", "withdrawn")
_PLACES = ("section", "page", "index", "url")  # of which an entry has one


def read_menu(reader: SettingsReader, table: dict[str, Any]) -> tuple[MenuEntry, ...]:
    """The entries in the order of the file; each wrong one is named."""
    entries = table.get("menu", [])
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        reader.refuse("setting-type", "menu", "a list of tables, each under [[tool.newsgen.menu]]", kind_of(entries))
    menu = []
    for number, entry in enumerate(entries, 1):
        with suppress(Refused):
            menu.append(_entry(reader, f"menu[{number}].", entry))
    return tuple(menu)


def _entry(reader: SettingsReader, prefix: str, entry: dict[str, Any]) -> MenuEntry:
    reader.require_known(entry, prefix, MenuEntry.__dataclass_fields__)
    values = {name: reader.text(entry, name, prefix, "") for name in MenuEntry.__dataclass_fields__}
    given = [name for name in _PLACES if values[name]]
    if len(given) != 1:
        reader.refuse("menu-entry", f"{prefix}{given[1] if given else 'name'}", ", ".join(_PLACES))
    if values["index"]:
        reader.require_choice(f"{prefix}index", values["index"], INDEXES)
    url = values["url"]
    if url and not url.startswith("/") and not is_web_address(url):
        reader.refuse("web-address", f"{prefix}url")
    if url and not values["name"]:
        reader.refuse("missing-setting", f"{prefix}name")
    values["page"] = values["page"].strip("/")
    if section := values["section"].strip("/"):
        values["section"] = slug_of_name(section)  # as stories name it, too: "World" is world
    return MenuEntry(**values)
