"""No word of the interface that the catalogue does not give, and no key of the catalogue that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.commands.check import check
from newsgen.language.catalogue import ENGLISH, catalogue
from newsgen.messages.shown import show
from newsgen.source.theme import default_theme
from tests.support.interface import archive, empty, marks, readable
from tests.support.sites import Desk, assert_same, story

ROOT = Path(__file__).parents[2]
# Keys that are put together: what a person did, the role of a credit, the type of a story, the form of a file.
_FAMILIES = ("did_", "file_", "headline_", "role_", "type_")


@pytest.fixture(scope="module")
def output() -> dict[str, bytes]:
    """What a reader may be sent, of the archive and of a site without stories."""
    files = {**archive().output.files, **{f"empty/{path}": data for path, data in empty().output.files.items()}}
    return {path: data for path, data in files.items() if not path.startswith(".newsgen")}


def test_no_english_word_is_left(output: dict[str, bytes]) -> None:
    found: dict[str, str] = {}
    for path, data in sorted(output.items()):
        for text in readable(path, data):
            for word in re.findall(r"[A-Za-z]{2,}", text):
                found.setdefault(word, f"{path}: {text.strip()[:80]}")
    assert found == {}


def test_every_text_is_shown_somewhere(output: dict[str, bytes]) -> None:
    """The archive has every kind of page and what each may show, or the test above would say nothing of it."""
    shown = {mark for data in output.values() for mark in data.decode("utf-8", "ignore")}
    assert [key for key, mark in marks().items() if mark not in shown] == []


def texts() -> Iterator[str]:
    yield from (data.decode() for name, data in default_theme().items() if name.endswith(".j2"))
    yield from (path.read_text("utf-8") for path in (ROOT / "newsgen").rglob("*.py"))


def test_every_key_is_used_and_every_key_that_is_used_is_there() -> None:
    source = "\n".join(texts())
    keys = catalogue(ENGLISH).keys() - {"forms"}
    asked = set(re.findall(r'\bsay\(\s*"(\w+)"\s*[,)]', source))
    assert asked - keys == set()
    quoted = set(re.findall(r'"(\w+)"', source))
    assert {key for key in keys - quoted if not key.startswith(_FAMILIES)} == set()


def test_other_words_or_another_language_make_every_page_again() -> None:
    desk = Desk({"content/world/a.md": story("Порт", id="a")})
    desk.build()
    forms = ("forms", (("short_day", "y/MM/dd"),))
    steps: tuple[tuple[dict[str, object], str], ...] = (
        ({"words": (("indexes", (("", "All lists"),)),)}, "All lists"),
        ({"words": (("indexes", (("", "By name"),)), forms)}, "By name"),
        ({"language": "de", "words": ()}, "Startseite"),
        ({"language": "ar"}, "الصفحة الأولى"),
    )
    for settings, text in steps:
        desk.set(**settings)
        desk.build()
        assert text in desk.output.files["404.html"].decode() + desk.output.files["world/index.html"].decode()
        assert_same(desk.output.files, desk.clean())


def test_check_counts_the_words_that_are_english() -> None:
    desk = Desk({"content/world/a.md": story("Порт", id="a")})
    desk.set(language="fi", words=(("latest", (("", "Uusimmat"),)),))
    (problem,) = (each for each in check(desk.job(desk.output), None).problems if each.rule == "words-missing")
    whole = len(marks())
    said = f"{whole - 1} of the {whole} texts of the interface are not in fi, so they are English: skip, "
    assert show(problem).startswith(f"pyproject.toml: advice: {said}")
    desk.set(language="de", words=())
    assert not [each for each in check(desk.job(desk.output), None).problems if each.rule == "words-missing"]
