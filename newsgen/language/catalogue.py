"""The catalogues: TOML files beside this one, a language each, which give the words of the interface by their keys.

A text has `{name}` where a value goes. Where the words depend on a number, `{n}`, it is a table by CLDR's plural
categories (zero, one, two, few, many, other). The table `[forms]` says how dates and numbers are written where papers
in the language do it otherwise than CLDR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

__all__ = ["ENGLISH", "FORMS", "Texts", "catalogue", "languages", "merged", "missing", "placeholders"]

ENGLISH = "en"
# The keys of [forms]: patterns of dates and times (UTS 35), and the digits (`latn`, `arab`, `deva`…).
FORMS = ("long_day", "short_day", "month_day", "month", "year", "time", "digits")
Texts = Mapping[str, Mapping[str, str]]  # by key: the texts by category, a text that depends on no number under ""


@cache
def languages() -> tuple[str, ...]:
    """The languages (BCP 47) that have a catalogue."""
    folder = files(__package__) / "catalogue"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def catalogue(language: str) -> Texts:
    """The words of one file, `[forms]` among them; read once a process, when it is first asked for."""
    if language not in languages():
        return {}
    data: dict[str, Any] = tomllib.loads((files(__package__) / f"catalogue/{language}.toml").read_text("utf-8"))
    return {key: text if isinstance(text, dict) else {"": text} for key, text in data.items()}


def merged(chain: Iterable[str], own: Texts) -> dict[str, Mapping[str, str]]:
    """Each word as the first of `own` and the languages of a chain has it, and English has the rest.

    The forms of dates and numbers are never English ones: what no language of the chain says, CLDR does.
    """
    sources = [own, *map(catalogue, chain)]
    texts = {key: text for source in (catalogue(ENGLISH), *reversed(sources)) for key, text in source.items()}
    texts["forms"] = {key: form for source in reversed(sources) for key, form in source.get("forms", {}).items()}
    return texts


def missing(chain: Sequence[str], own: Texts) -> tuple[str, ...]:
    """The keys of the words that are English for want of others, in the order of the English file."""
    if ENGLISH in chain:
        return ()
    known = {key for source in (own, *map(catalogue, chain)) for key in source}
    return tuple(key for key in catalogue(ENGLISH) if key not in known and key != "forms")


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces: what stands before each placeholder, and its name; "" at the end.

    ValueError for a stray brace.
    """
    for literal, name, form, conversion in Formatter().parse(text):
        if form or conversion or (name is not None and not name.isidentifier()):
            raise ValueError(text)
        yield literal, name or ""
