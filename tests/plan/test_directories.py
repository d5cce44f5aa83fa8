"""The alphabets of topics, people and places, in the language of the site."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import Desk, assert_same, story


def desk_of(language: str, names: list[str]) -> Desk:
    """A site in a language, whose stories name people."""
    desk = Desk(
        {
            f"content/world/{number:03}.md": story(f"Item {number}", id=f"s{number}", people=f'["{name}"]')
            for number, name in enumerate(names)
        }
    )
    desk.set(language=language)
    desk.build()
    return desk


def entries(desk: Desk, path: str) -> list[str]:
    """The names on a page of a directory, in order."""
    page = desk.output.read(path).decode().partition('<ul class="briefs">')[2].partition("</ul>")[0]
    return [re.sub("<[^>]*>", "", name) for name in re.findall("<li><a [^>]*>(.*?)</a>", page)]


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
    desk = desk_of("ru", [f"{one}{other}ин" for one in first for other in second])
    found = letters(desk, "people/index.html")
    assert list(found) == ["А", "Е", "Ж", "У", "Я"]
    assert found["Ж"] == "/people/a-z/u0416/"
    assert entries(desk, "people/a-z/u0416/index.html") == [f"Ж{other}ин" for other in second]
    assert entries(desk, "people/a-z/u0415/index.html") == [f"Ё{other}ин" for other in second]
    assert entries(desk, "people/index.html") == []
    sitemap = "".join(data.decode() for path, data in desk.output.files.items() if path.startswith("sitemaps/"))
    assert all(f"https://archive.example{url}</loc>" in sitemap for url in found.values())


def test_a_long_letter_has_pages_of_two() -> None:
    names = [f"S{one}{other}{last}" for one in "abc" for other in "bcdfghjklmnp" for last in "aei"]
    desk = desk_of("en", [*names, "S", "T", "Ünal"])
    assert letters(desk, "people/index.html") == {
        "S": "/people/a-z/s/", "T": "/people/a-z/t/", "U": "/people/a-z/u/",
    }  # fmt: skip
    assert entries(desk, "people/a-z/s/index.html") == ["S"]
    assert list(letters(desk, "people/a-z/s/index.html").values()) == [f"/people/a-z/s{x}/" for x in "abc"]
    assert entries(desk, "people/a-z/sc/index.html")[:2] == ["Scba", "Scbe"]


def test_chinese_names_are_grouped_by_radical() -> None:
    names = [f"{one}{other}" for one in "山岳王林" for other in "一二三四五六七八九十上下中大小天生白目立竹米羊耳"]
    desk = desk_of("zh", [*names, "Beijing", "!!!", "9月", "ＡＢＣ", "أحمد"])
    found = letters(desk, "people/index.html")
    assert list(found) == ["#", "9", "山", "木", "玉", "A", "B", "ا"]
    assert all(re.fullmatch(r"/people/a-z/[a-z0-9-]+/", url) for url in found.values())
    assert len(set(found.values())) == len(found)
    assert entries(desk, f"{found['山'].strip('/')}/index.html")[0] == "山一"


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
    desk = desk_of("sv", [f"{one}{other}" for one in "ABCDZ" for other in "abcdefghijklmnopqrstu"] + ["Åke"])
    assert "Å" in letters(desk, "people/index.html")
    for number in range(2):
        desk.site.write(
            f"content/world/more-{number}.md", story("More", id=f"m{number}", slug=f"m-{number}", people="[Ake]")
        )
        desk.build()
        assert_same(desk.output.files, desk.clean())
    assert "Å" not in letters(desk, "people/index.html")
    for number in range(8):
        desk.site.remove(f"content/world/{number:03}.md")
        desk.build()
        assert_same(desk.output.files, desk.clean())
    assert letters(desk, "people/index.html") == {}
