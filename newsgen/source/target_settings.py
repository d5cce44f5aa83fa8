"""[tool.newsgen.publish.NAME] of pyproject.toml into `TargetSettings`: where a site is published."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from newsgen.model.targets import TARGET_KINDS, TargetSettings
from newsgen.source.base_url import read_base_url
from newsgen.source.settings_reader import Refused, SettingsReader, kind_of

__all__ = ["read_targets"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PORTS = range(1, 65_536)
# user:password@ in an address; and of one for HTTP any user, for hosts take tokens for that
_SECRET = re.compile(r"//[^/@\s]*:[^/@\s]*@|https?://[^/@\s]+@", re.I)


def read_targets(reader: SettingsReader, table: dict[str, Any]) -> tuple[TargetSettings, ...]:
    """The targets in order of name; each wrong one is named, and the others are read."""
    tables = table.get("publish", {})
    if not isinstance(tables, dict) or any(not isinstance(inner, dict) for inner in tables.values()):
        wanted = "a table for each place, under [tool.newsgen.publish.NAME]"
        reader.refuse("setting-type", "publish", wanted, kind_of(tables))
    targets = []
    for name in sorted(tables):
        with suppress(Refused):
            targets.append(_target(reader, name, tables[name]))
    return tuple(targets)


def _target(reader: SettingsReader, name: str, table: dict[str, Any]) -> TargetSettings:
    prefix = f"publish.{name}."
    if not _NAME.fullmatch(name):
        reader.refuse("target-name", f"publish.{name}", name[:60])
    kind = reader.text(table, "kind", prefix)
    reader.require_choice(f"{prefix}kind", kind, tuple(TARGET_KINDS))
    rules = TARGET_KINDS[kind]
    names = (*rules.required, *(name for name in rules.optional if name != "port"))
    reader.require_known(table, prefix, ("kind", "url", *rules.required, *rules.optional))
    texts = {key: reader.text(table, key, prefix, None if key in rules.required else "") for key in names}
    for key, text in texts.items():
        if _SECRET.search(text):
            reader.refuse("target-secret", f"{prefix}{key}")
        if text.startswith("-"):  # ssh and git would take it for an option
            reader.refuse("target-dash", f"{prefix}{key}", text[:60])
    port = reader.whole(table, f"{prefix}port", _PORTS[0], _PORTS) if "port" in table else 0
    return TargetSettings(name, kind, _url(reader, table, prefix), port=port, **texts)


def _url(reader: SettingsReader, table: dict[str, Any], prefix: str) -> str:
    text = reader.text(table, "url", prefix, "")
    if not text:
        return ""
    read = read_base_url(text)
    if read.rule:
        reader.refuse(read.rule, f"{prefix}url", *read.values)
    return read.url
