"""Values as YAML that every reader of YAML 1.1 or 1.2 reads back as the same values.

Whatever newsgen writes as YAML comes from here: imported stories, new ones, edited keys. A text is plain only where
nothing else could be meant; any other is in double quotes, as JSON writes it (JSON is YAML).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from newsgen.text.memo import cache_short_text

__all__ = ["YamlValue", "entry_lines", "map_lines", "scalar"]

YamlValue: TypeAlias = "str | int | Sequence[YamlValue] | Mapping[str, YamlValue]"

_SAFE = "[A-Za-z0-9 ./()+_-]*+"
_PLAIN = re.compile(rf"[A-Za-z]{_SAFE}(?:(?:(?<=\w)'(?=\w)|,(?= )){_SAFE})*+(?<! )")
_PLAIN_LIMIT = 2000  # characters
_WORDS = frozenset("y n yes no on off true false null none nan inf".split())  # some reader takes them for no text
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_DATES = frozenset(["date", "updated", "embargo", "expires"])  # keys whose values need no quotes
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?", re.A)
_WIDTH = 110  # characters of a list in brackets; a longer one has a line for each entry


def scalar(text: str) -> str:
    """A text as YAML in one line: plain where that is safe, else in double quotes."""
    if len(text) <= _PLAIN_LIMIT and _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda character: f"\\u{ord(character.group()):04x}", quoted)


_key = cache_short_text(scalar)  # the same few come in every story


def map_lines(values: Mapping[str, YamlValue], indent: str = "") -> list[str]:
    """The lines of a map that is not empty, in its order."""
    return [line for key, value in values.items() for line in entry_lines(key, value, indent)]


def entry_lines(key: str, value: YamlValue, indent: str = "", spelling: str = "") -> list[str]:
    """The lines of one entry of a map: `key: value`, or `key:` with the value in the lines below.

    `indent` is the blanks before the key; `spelling` is the key as the file has it, in quotes perhaps.
    """
    start = f"{indent}{spelling or _key(key)}:"
    if text := _in_one_line(value, is_date=key in _DATES):
        return [f"{start} {text}"]
    return [start, *_block(value, f"{indent}  ")]


def _in_one_line(value: YamlValue, is_date: bool = False) -> str:
    """A value as it stands after `key: ` or `- `; "" where it needs lines of its own."""
    if isinstance(value, str):
        return value if is_date and _ISO.fullmatch(value) else scalar(value)
    if isinstance(value, int):
        return str(value)
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    return "" if isinstance(value, Mapping) else _in_brackets(value)


def _in_brackets(values: Sequence[YamlValue]) -> str:
    """A list of short plain texts on one line; "" for any other."""
    parts = []
    for value in values:
        if not isinstance(value, str) or "," in value or (text := scalar(value)).startswith('"'):
            return ""
        parts.append(text)
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= _WIDTH else ""


def _block(value: YamlValue, indent: str) -> list[str]:
    """The lines of a list or map that is not empty."""
    if isinstance(value, Mapping):
        return map_lines(value, indent)
    assert isinstance(value, Sequence)
    lines: list[str] = []
    for item in value:
        if text := _in_one_line(item):
            lines.append(f"{indent}- {text}")
        else:
            first, *more = _block(item, f"{indent}  ")
            lines += [f"{indent}- {first.lstrip(' ')}", *more]
    return lines
