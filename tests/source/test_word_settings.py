"""[tool.newsgen.words]: what a site says otherwise, and what is wrong with it."""

from __future__ import annotations

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import UsageError
from newsgen.source.settings import parse_settings

START = '[tool.newsgen]\ntitle = "Archive"\nbase_url = "https://a.example"\nlanguage = "ru"\n\n[tool.newsgen.words]\n'


def test_words_are_texts_or_tables_and_keep_their_blanks() -> None:
    text = """comma = " / "
stories = { one = "{n} репортаж", few = "{n} репортажа", many = "{n} репортажей", other = "{n} репортажа" }

[tool.newsgen.words.forms]
time = "HH.mm"
"""
    settings = parse_settings("pyproject.toml", (START + text).encode())
    assert dict(settings.words)["comma"] == (("", " / "),)
    assert [category for category, _text in dict(settings.words)["stories"]] == ["one", "few", "many", "other"]
    assert dict(settings.words)["forms"] == (("time", "HH.mm"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('lattest = "Новое"', "pyproject.toml:7:1: newsgen does not know the setting words.lattest. Did you mean"),
        ('quokka = "Новое"', "pyproject.toml:7:1: newsgen has no word words.quokka. docs/reference/words.md"),
        ("latest = 3", "pyproject.toml:7:1: words.latest must be text in quotes; this is a number."),
        ('latest = " "', "words.latest"),
        ('latest = "а\\nб"', "words.latest"),
        ('latest = { one = "Новое", other = "Новые" }', "words.latest must be text in quotes; this is a table."),
        ('latest = "Новое {n}"', "words.latest is not given {n}. It can show nothing."),
        ('later_in = "Ещё {раздел}"', "words.later_in is not given {раздел}. It can show {section}."),
        ('later_in = "Ещё {section"', "words.later_in has a brace that nothing belongs to. In braces goes {section};"),
        ('stories = { one = "1", two = "2", other = "3" }', "words.stories.two: in the language of this site"),
        ('stories = { one = "1" }', "words.stories.other"),
        ("forms = 3", "words.forms must be a table, under [tool.newsgen.words.forms]; this is a number."),
        ('forms = { short = "d" }', "words.forms.short"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_word_is_said_in_its_place(line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_settings("pyproject.toml", (START + line + "\n").encode())
    (problem,) = caught.value.problems
    assert message in show(problem)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        parse_settings("pyproject.toml", (START + 'latest = 3\nlater_in = "{x}"\n').encode())
    assert [problem.line for problem in caught.value.problems] == [7, 8]


def test_words_are_a_table() -> None:
    text = START.replace("[tool.newsgen.words]\n", "") + 'words = "x"\n'
    with pytest.raises(UsageError, match="setting-type"):
        parse_settings("pyproject.toml", text.encode())
