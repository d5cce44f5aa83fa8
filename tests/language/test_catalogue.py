"""The catalogues: which keys, values and plural categories each language has, and from which one takes a word."""

from __future__ import annotations

import pytest

from newsgen.language.catalogue import ENGLISH, FORMS, catalogue, languages, missing, placeholders
from newsgen.language.locale_data import fallbacks, plural_categories
from newsgen.text.address import is_language

WHOLE = [language for language in languages() if "-" not in language]


def values_of(text: str) -> set[str]:
    return {name for _literal, name in placeholders(text) if name}


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_keys_values_and_categories_that_there_are(language: str) -> None:
    assert is_language(language)
    english = catalogue(ENGLISH)
    for key, texts in catalogue(language).items():
        assert key in english, key
        if key == "forms":
            assert set(texts) <= set(FORMS)
            continue
        known = {name for text in english[key].values() for name in values_of(text)}
        for text in texts.values():
            assert values_of(text) <= known, key
            assert text.isprintable(), key
        if "" not in texts:
            assert "n" in known, key
            assert tuple(texts) == plural_categories(language), key


@pytest.mark.parametrize("language", WHOLE)
def test_a_language_has_every_word(language: str) -> None:
    assert missing(fallbacks(language), {}) == ()


@pytest.mark.parametrize(
    ("language", "chain"),
    [
        ("de", ("de",)),
        ("de-AT", ("de-AT", "de")),
        ("en", ("en",)),
        ("en-AU", ("en-AU", "en-001", "en")),
        ("pt-AO", ("pt-AO", "pt-PT", "pt")),
        ("zh-TW", ("zh-TW", "zh-Hant-TW", "zh-Hant", "zh")),
        ("ar-EG-u-nu-latn", ("ar-EG", "ar")),
        ("no", ("no",)),
    ],
)
def test_a_language_takes_words_from_its_parents(language: str, chain: tuple[str, ...]) -> None:
    assert fallbacks(language) == chain


def test_words_that_are_missing_are_counted() -> None:
    known = {"latest": {"": "Uusimmat"}}
    assert len(missing(fallbacks("fi"), known)) == len(catalogue(ENGLISH)) - 2
    assert "latest" not in missing(fallbacks("fi"), known)
    assert missing(fallbacks("en-NZ"), {}) == ()


@pytest.mark.parametrize("text", ["{", "a } b", "{0}", "{a!r}", "{a:>3}", "{a.b}"])
def test_a_stray_brace_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(placeholders(text))
