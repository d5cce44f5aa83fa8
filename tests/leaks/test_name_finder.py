"""Names as a reader sees them on a page, and in a story file, however they are written."""

from __future__ import annotations

import pytest

from newsgen.leaks.name_finder import NameFinder
from newsgen.leaks.names import NameRemover

LONG, SHORT, ACCENTED, MARKED = "Mika Brandvold", "Ida Moe", "Renée Núñez", "Una O'Dae"

# What a reader reads as the name, in a page.
ON_PAGES = [
    (LONG, "Held <em>Mika</em> Brandvold."),
    (LONG, 'Held Mika <a href="/x" title="y">Brandvold</a>.'),
    (LONG, "Held Mika<br>\nBrandvold."),
    (LONG, "<td>Mika</td>\n<td>Brandvold</td>"),
    (LONG, "<dt>Mika</dt><dd>Brandvold</dd>"),
    (LONG, "Mika Brand<strong>vold</strong>"),
    (LONG, "Mika Brand\u00advold"),
    (LONG, "Mika Brand&shy;vold"),
    (LONG, "Mika\u200b Brandvold"),
    (LONG, "Mi&#107;a Bran&#x64;vold"),
    (LONG, "ＭＩＫＡ Brandvold"),
    (LONG, "mIKA bRANDVOLD"),
    (LONG, "Mika Brandvolds Anwalt"),
    (LONG, "Mika Brandvold’s lawyer"),
    (LONG, "Brandvold, Mika"),
    (LONG, "#MikaBrandvold"),
    (LONG, "mika.brandvold@mail.example"),
    (LONG, "/people/mika-brandvold/"),
    (LONG, "/media/mika_brandvold2.jpg"),
    (LONG, '<a href="/x?q=Mika%20Brandvold">x</a>'),
    (LONG, '<img alt="Mika Brandvold">'),
    (LONG, '<summary type="html">&lt;p&gt;Mika &lt;em&gt;Brandvold&lt;/em&gt;</summary>'),
    (LONG, r'{"text": "Mika Brand\u00advold"}'),
    (MARKED, "Una O’Dae said"),
    (MARKED, "Una O&#39;Dae said"),
    (MARKED, "‘Una O’Dae’s’"),
    (MARKED, '"Una O\\u2019Dae"'),
    (SHORT, "Ida <em>Moe</em>"),
    (SHORT, "IDA&nbsp;MOE"),
    (SHORT, "<th>Ida</th><td>Moe</td>"),
    (ACCENTED, "Rene\u0301e Nu\u0301n\u0303ez"),
    (ACCENTED, "RENÉE NÚÑEZ"),
    (ACCENTED, "/people/renee-nunez/"),
    (ACCENTED, "Ren&eacute;e N&uacute;&ntilde;ez"),
    ("Lars Moss", "Lars Moss’ lawyer"),
    ("Jo O'Dell", "Jo O&#39;Dell"),
    ("Jo O'Dell", "Jo O’Dell"),
    ("Ana-Lu Moe", "Ana Lu Moe"),
    ("Ana-Lu Moe", "Ana‑Lu Moe"),
    ("Иван Петров", "Выступил <b>Иван</b> ПЕТРОВ."),
]
OTHERS = [
    (LONG, "Mika Brandvoldsen"),
    (LONG, "Annmika Brandvold"),
    (LONG, "<p>He met Mika</p>\n<p>Brandvold came.</p>"),
    (LONG, "<li>Mika</li><li>Brandvold</li>"),
    (LONG, "Mika and Brandvold"),
    (SHORT, "Ida Moen"),
    (SHORT, "idamoe"),
    ("Иван Петров", "Иван Петровский"),
]


@pytest.mark.parametrize(("name", "text"), ON_PAGES)
@pytest.mark.parametrize("around", ["{}", "<p>Other words, and more&#39;s.</p>\n{}\n<p>—</p>"])
def test_what_a_reader_reads_as_the_name(name: str, text: str, around: str) -> None:
    page = around.format(text).encode()
    assert NameFinder([name, "Else Body"], thorough=True).has(page)
    assert NameFinder([name, "Else Body"]).has(page)


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_what_a_reader_does_not_read_as_the_name(name: str, text: str) -> None:
    assert not NameFinder([name], thorough=True).has(text.encode())


def test_marks_all_over_a_word_are_found_by_the_story_that_has_them() -> None:
    """Parts of a short word are on every page, so nothing looks for them."""
    assert NameFinder([LONG]).has(b"B<b>ra</b>nd<i>vo</i>ld, Mika", [b"B**ra**nd*vo*ld, Mika"])
    page, story = b"Held Id<em>a</em> Moe.", b"Held Id*a* Moe."
    assert NameFinder([SHORT]).has(page, [story])
    assert not NameFinder([SHORT]).has(b"Held nobody.", [story])


@pytest.mark.parametrize("text", [
    "Held *Mika* Brandvold.", "Held Mika **Brandvold**.", "Held `Mika` Brandvold.", "Held Mika\\\nBrandvold.",
    "> Held Mika\n> Brandvold.", "Mika  \nBrandvold", "Mika Brand\u00advold", "Mika\u200b Brandvold",
    "_Mika Brandvold_", "Mika&nbsp;Brandvold", "Mika Brandvold's and Mika Brandvold’s", "mika_brandvold-2.jpg",
    "M\u2060i\u2060k\u2060a Brandvold",
])  # fmt: skip
def test_forms_that_are_changed(text: str) -> None:
    changed = NameRemover([LONG], "a man").replace(text)
    assert NameFinder([LONG]).is_in_file(text.encode())
    assert not NameFinder([LONG]).is_in_file(changed.encode())
    assert "man" in changed
    assert not set("*`").intersection(changed)


@pytest.mark.parametrize("text", [
    "Held Mika [Brandvold](/x).", "[Mika](/x) Brandvold", "Mika Brandvolds Anwalt", "Mik&#97; Brandvold",
    "#MikaBrandvold",
    "| Mika | Brandvold |", "Mika [Brandvold][1]", "Mika\\ Brandvold",
])  # fmt: skip
def test_forms_that_a_person_changes(text: str) -> None:
    assert NameFinder([LONG]).is_in_file(NameRemover([LONG], "a man").replace(text).encode())


def test_names_are_removed_longest_first() -> None:
    remover = NameRemover(["Mika Brandvold", "Mika Brandvold Lie"], "a man")
    assert remover.replace("It was Mika Brandvold Lie, mika-brandvold-lie.") == "It was a man, a-man."
