"""The tables of the wire grammar: words of agencies and languages, in TOML beside this file. Code says what they mean.

To teach newsgen another agency, add its name to `tables/agencies.toml`: one row, which tests/wire/test_tables.py then
tries. So it is with every table: with "sperrefrist til" in the list `starts` of `tables/holds.toml`, the line
`Sperrefrist til 5. mai` holds a story back, and that test has a case for it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["phrases", "table"]


@cache
def table(name: str) -> dict[str, Any]:
    """A table by its name: `agencies`. Read once a process, when it is first asked for."""
    data: dict[str, Any] = tomllib.loads((files(__package__) / f"tables/{name}.toml").read_text("utf-8"))
    return data


@cache
def phrases(name: str, key: str) -> frozenset[str]:
    """The entries of a list in a table, in small letters."""
    return frozenset(str(text).casefold() for text in table(name)[key])
