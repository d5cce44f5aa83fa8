"""The alphabets of topics, people and places, in the language of the site."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.sites import Desk, assert_same, story


def desk_of(language: str, names: list[str]) -> Desk:
    """A site in a language, whose stories name people, 60 each."""
    starts = range(0, len(names), 60)
    desk = Desk(
        {
            f"content/world/{n:03}.md": story(f"Item {n}", id=f"s{n}", people=json.dumps(names[n : n + 60]))
            for n in starts
        }
    )
    desk.set(language=language)
    desk.build()
    return desk


def entries(desk: Desk, path: str) -> list[str]:
    """The names on a page of a directory, in order."""
    page = desk.output.read(path).decode().rpartition('class="letters"')[2]
    return [re.sub("<[^>]*>", "", name) for name in re.findall(r"<li><a [^>]*>(.*?)</a> \d+</li>", page)]


def letters(desk: Desk, path: str) -> dict[str, str]:
    """The letters of a page of a directory, each with its address."""
    page = desk.output.read(path).decode().partition('class="letters"')[2].partition("</nav>")[0]
    return {name: url for url, name in re.findall('<a href="([^"]*)"[^>]*>(.*?)</a>', page)}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ru", ["Абрам", "Борис", "Ёлкин", "Жуков", "Adam"]),
        ("ar", ["أحمد", "باسم", "جمال", "محمد"]),
        ("sv", ["Ask", "Zorn", "Åberg", "Östlund"]),
        ("en", ["Åberg", "Ask", "Östlund", "Zorn"]),
        ("ja", ["あべ", "かとう", "さとう", "山田"]),
    ],
)
def test_a_directory_is_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    assert entries(desk_of(language, names[::-1]), "people/index.html") == names


def test_a_long_directory_has_the_letters_of_its_script() -> None:
    first, second = "ЯЁЖАУ", "бвгдежзиклмнопрстуфхцч"
    desk = desk_of("ru", [f"{one}{other}ин{last}" for one in first for other in second for last in ("", "а", "б", "в")])
    found = letters(desk, "people/index.html")
    assert list(found) == ["А", "Е", "Ж", "У", "Я"]
    assert found["Ж"] == "/people/a-z/u0416/"
    assert entries(desk, "people/a-z/u0416/index.html") == [
        f"Ж{other}ин{last}" for other in second for last in ("", "а", "б", "в")
    ]
    assert entries(desk, "people/a-z/u0415/index.html")[::4] == [f"Ё{other}ин" for other in second]
    assert entries(desk, "people/index.html") == []
    sitemap = "".join(data.decode() for path, data in desk.output.files.items() if path.startswith("sitemaps/"))
    assert all(f"https://archive.example{url}</loc>" in sitemap for url in found.values())


def test_a_long_letter_has_pages_of_two() -> None:
    names = [f"S{one}{other}{last}" for one in "abc" for other in "bcdfghjklmnp" for last in "aeioukmnrstz"]
    desk = desk_of("en", [*names, "S", "T", "Ünal"])
    assert letters(desk, "people/index.html") == {
        "S": "/people/a-z/s/", "T": "/people/a-z/t/", "U": "/people/a-z/u/",
    }  # fmt: skip
    assert entries(desk, "people/a-z/s/index.html") == ["S"]
    assert list(letters(desk, "people/a-z/s/index.html").values()) == [f"/people/a-z/s{x}/" for x in "abc"]
    assert entries(desk, "people/a-z/sc/index.html")[:2] == ["Scba", "Scbe"]


_SIGNS = [f"{one}{other}" for one in "一二三四五六七八九十" for other in "上下中大小天生白目立竹"]


def test_chinese_names_are_grouped_by_radical() -> None:
    names = [f"{one}{other}" for one in "山岳王林" for other in _SIGNS]
    desk = desk_of("zh", [*names, "Beijing", "!!!", "9月", "ＡＢＣ", "أحمد"])
    found = letters(desk, "people/index.html")
    assert list(found) == ["#", "9", "山", "木", "玉", "A", "B", "ا"]
    assert all(re.fullmatch(r"/people/a-z/[a-z0-9-]+/", url) for url in found.values())
    assert len(set(found.values())) == len(found)
    assert entries(desk, f"{found['山'].strip('/')}/index.html")[0] == "山一上"


def test_sections_are_in_the_order_of_the_language() -> None:
    desk = Desk({f"content/{n}.md": story("A", section=name) for n, name in enumerate(["Zoo", "Åland", "Mord"])})
    desk.set(language="sv")
    desk.build()
    assert re.findall(r">(Zoo|Åland|Mord)</a></li>", desk.output.read("404.html").decode())[:3] == [
        "Mord",
        "Zoo",
        "Åland",
    ]


def test_a_name_that_most_stories_spell_otherwise_moves_to_another_letter() -> None:
    vowels = "abcdefghijklmnopqrstu"
    desk = desk_of("sv", [f"{one}{other}{last}" for one in "ABCDZ" for other in vowels for last in "bdgm"] + ["Åke"])
    assert "Å" in letters(desk, "people/index.html")
    for number in range(2):
        desk.site.write(
            f"content/world/more-{number}.md", story("More", id=f"m{number}", slug=f"m-{number}", people="[Ake]")
        )
        desk.build()
        assert_same(desk.output.files, desk.clean())
    assert "Å" not in letters(desk, "people/index.html")
    for number in (0, 60):
        desk.site.remove(f"content/world/{number:03}.md")
        desk.build()
        assert_same(desk.output.files, desk.clean())
    assert all(url.startswith("#") for url in letters(desk, "people/index.html").values())


def test_writers_stand_apart_from_those_in_the_news() -> None:
    desk = Desk(
        {
            "content/a.md": story("A", id="a", byline="Ines Varga", people='["Tom Arkell", "Ines Varga"]'),
            "content/b.md": story("B", id="b", byline="Tom Arkell"),
            "content/c.md": story("C", id="c", people="[Ruth Oyelaran]"),
        }
    )
    desk.build()
    page = desk.output.read("people/index.html").decode()
    writers, _, named = page.partition("In the news")
    row = r"<li><a [^>]*>(.*?)</a> (\d+)</li>"
    assert re.findall(row, writers) == [("Arkell, Tom", "1"), ("Varga, Ines", "1")]
    assert re.findall(row, named) == [("Arkell, Tom", "1"), ("Oyelaran, Ruth", "1")]
    for data in (
        story("B", id="b", byline="Tom Arkell", people="[Ruth Oyelaran]"),
        story("B", id="b", people="[Tom Arkell]"),
        story("B", id="b"),
    ):
        desk.site.write("content/b.md", data)
        desk.build()
        assert_same(desk.output.files, desk.clean())


def test_many_names_begin_with_the_most_frequent() -> None:
    files = {f"content/{n}.md": story(f"A {n}", id=f"s{n}", tags=f"[t{n}, t{n // 2}, grain]") for n in range(90)}
    desk = Desk(files)
    desk.build()
    page = desk.output.read("tags/index.html").decode()
    frequent = page[page.index("Most frequent") : page.index('class="letters"')]
    assert re.findall(r"<a [^>]*>(.*?)</a> (\d+)</li>", frequent)[:2] == [("grain", "90"), ("t1", "3")]
    assert frequent.count("<li>") == 30
    assert len(entries(desk, "tags/index.html")) == 91
    assert list(letters(desk, "tags/index.html").items()) == [("G", "#L1"), ("T", "#L2")]
