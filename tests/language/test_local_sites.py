"""Archives in German, Arabic and Japanese, with the catalogues as they are shipped: no English word is left."""

from __future__ import annotations

import re

import pytest

from newsgen.language.catalogue import ENGLISH, catalogue, languages, placeholders
from tests.support.interface import readable
from tests.support.local_sites import LOCAL, local_site

# What is the same word in the language, or an international one, by language and key.
_SAME = {
    "ar": {"file_json"},
    "de": {"feeds", "file_json", "name_in_place", "north", "person", "region", "south", "west"},
    "es": {"east", "file_json", "north", "pool", "south"},
    "fr": {"dates", "did_photos", "east", "file_json", "north", "organisations", "pool", "south", "type_photo"},
    "he": {"file_json"},
    "hi": {"file_json"},
    "it": {"east", "file_json", "north", "pool", "south"},
    "ja": {"file_json"},
    "nl": {"feeds", "file_json", "later", "letters", "name_in_place", "pool"},
    "pt": {"east", "feeds", "file_json", "north", "pool", "south"},
    "ru": {"file_json"},
    "zh": {"file_json"},
}
# Formats, and the name of a zone, have these names everywhere.
_NAMES = {"Atom", "BibTeX", "JSON", "RIS", "UTC"}


def _letters(text: str) -> str:
    """The letters of a text of a catalogue, without those of its values' names."""
    return re.sub(r"\W|\d|_", "", "".join(literal for literal, _name in placeholders(text)))


@pytest.mark.parametrize("language", [language for language in languages() if not language.startswith(ENGLISH)])
def test_no_text_is_left_in_english(language: str) -> None:
    english = catalogue(ENGLISH)
    left = {
        key
        for key, texts in catalogue(language).items()
        if key != "forms" and any(_letters(text) for text in set(texts.values()) & set(english[key].values()))
    }
    assert left - {"forms"} == _SAME.get(language, set())


@pytest.fixture(scope="module", params=LOCAL)
def site(request: pytest.FixtureRequest) -> tuple[str, dict[str, bytes]]:
    """A language, and what a reader may be sent of its archive."""
    files = local_site(request.param).output.files
    return request.param, {path: data for path, data in files.items() if not path.startswith(".newsgen")}


def test_no_english_text_is_on_a_page(site: tuple[str, dict[str, bytes]]) -> None:
    language, output = site
    english = {
        text.strip().lower()
        for key, texts in catalogue(ENGLISH).items()
        if key != "forms" and key not in _SAME[language]
        for text in texts.values()
        if _letters(text) and "{" not in text
    }
    shown = {(text.strip(), path) for path, data in output.items() for text in readable(path, data)}
    assert {(text, path) for text, path in shown if text.lower() in english} == set()
    if language != "de":
        words = {word: path for text, path in shown for word in re.findall(r"[A-Za-z]{2,}", text)}
        assert {word: path for word, path in words.items() if word not in _NAMES} == {}
