"""[tool.newsgen.words] of pyproject.toml: words of the interface that a site says otherwise than its language does."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from newsgen.language.catalogue import ENGLISH, FORMS, catalogue, placeholders
from newsgen.language.locale_data import plural_categories
from newsgen.model.settings import Words
from newsgen.source.settings_reader import Refused, SettingsReader, kind_of
from newsgen.text.nearest import nearest
from newsgen.text.visible import is_visible

__all__ = ["read_words"]


def read_words(reader: SettingsReader, table: dict[str, Any]) -> Words:
    """The words in the order of their keys; each wrong one is named. They are texts, or tables by plural category."""
    words = table.get("words", {})
    if not isinstance(words, dict):
        reader.refuse("setting-type", "words", "a table, under [tool.newsgen.words]", kind_of(words))
    language = str(table.get("language", ENGLISH))
    found = []
    for key in sorted(words):
        with suppress(Refused):
            texts = _forms(reader, words[key]) if key == "forms" else _texts(reader, words[key], key, language)
            found.append((key, texts))
    return tuple(found)


def _forms(reader: SettingsReader, forms: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(forms, dict):
        reader.refuse("setting-type", "words.forms", "a table, under [tool.newsgen.words.forms]", kind_of(forms))
    reader.require_known(forms, "words.forms.", FORMS)
    return tuple((form, _text(reader, forms[form], f"words.forms.{form}")) for form in sorted(forms) if form in FORMS)


def _texts(reader: SettingsReader, given: object, key: str, language: str) -> tuple[tuple[str, str], ...]:
    name, english = f"words.{key}", catalogue(ENGLISH)
    if key not in english:
        if near := nearest(key, english):
            reader.refuse("unknown-setting-near", name, f"words.{near}")
        reader.refuse("word-unknown", name)
    values = {value for text in english[key].values() for _literal, value in placeholders(text) if value}
    if not isinstance(given, dict):
        return (("", _checked(reader, given, name, values)),)
    categories = plural_categories(language)
    if "n" not in values:
        reader.refuse("setting-type", name, "text in quotes", kind_of(given))
    if wrong := next((each for each in given if each not in categories), ""):
        reader.refuse("word-category", f"{name}.{wrong}", ", ".join(categories))
    if "other" not in given:
        reader.refuse("missing-setting", f"{name}.other")
    return tuple(
        (each, _checked(reader, given[each], f"{name}.{each}", values)) for each in categories if each in given
    )


def _checked(reader: SettingsReader, given: object, name: str, values: set[str]) -> str:
    """A text with nothing in braces but what it is given."""
    text = _text(reader, given, name)
    wanted = ", ".join(f"{{{value}}}" for value in sorted(values)) or "nothing"
    try:
        used = {value for _literal, value in placeholders(text) if value}
    except ValueError:
        reader.refuse("word-braces", name, wanted)
    if stray := sorted(used - values):
        reader.refuse("word-value", name, f"{{{stray[0]}}}", wanted)
    return text


def _text(reader: SettingsReader, given: object, name: str) -> str:
    """A text as it is written, blanks at its ends too: `comma` has one."""
    if not isinstance(given, str):
        reader.refuse("setting-type", name, "text in quotes", kind_of(given))
    if not is_visible(given):
        reader.refuse("setting-empty", name)
    if not given.isprintable():
        reader.refuse("setting-control", name)
    return given
