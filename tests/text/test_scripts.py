"""Which way languages are written; which texts have no spaces between words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsgen.text import scripts


@pytest.mark.parametrize("tag", "ar ckb sd ug dv syr ks ku-Arab pa-Arab fa he ur ps yi nqo az-IR uz-AF uig prs".split())
def test_languages_that_run_from_right_to_left(tag: str) -> None:
    assert scripts.direction(tag) == "rtl"
    assert scripts.direction(tag.upper()) == "rtl"


@pytest.mark.parametrize("tag", "arn fan en ku pa uz ur-Latn sd-IN ug-Cyrl ar-Latn zh-Hant el xx-x-Arab".split())
def test_languages_that_run_from_left_to_right(tag: str) -> None:
    assert scripts.direction(tag) == "ltr"


def test_english_needs_no_locale_data() -> None:
    code = "import sys; from newsgen.text import scripts; scripts.direction('en-GB'); print('babel' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


@pytest.mark.parametrize(
    ("text", "main", "expected"),
    [
        ("Harbour", "ltr", False), ("Hafenstraße", "ltr", False), ("ميناء", "ltr", True), ("Bay ميناء", "ltr", True),
        ("ميناء", "rtl", False), ("Harbour", "rtl", True), ("1987", "rtl", False), ("нефть", "rtl", True),
    ],
)  # fmt: skip
def test_texts_of_two_directions(text: str, main: str, expected: bool) -> None:
    assert scripts.has_two_directions(text, main) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港が開く。", True), ("港口开放", True), ("ท่าเรือเปิด", True), ("ທ່າເຮືອ", True), ("កំពង់ផែ", True),
        ("ဆိပ်ကမ်း", True), ("Lamp15を発売した港の話", True), ("항구가 열린다", False), ("The harbour", False),
        ("The harbour of 港 opens", False), ("гавань", False), ("", False),
    ],
)  # fmt: skip
def test_texts_without_spaces_between_words(text: str, expected: bool) -> None:
    assert scripts.is_unspaced(text) is expected
