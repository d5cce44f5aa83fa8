"""What a target remembers of what was withdrawn, and how a name of which it knows a digest is found on a page."""

from __future__ import annotations

import pytest

from newsgen.publish.remembered import NOTHING, Remembered, mark, name_mark, names_on


def marks(*ids: str) -> frozenset[str]:
    return frozenset(map(mark, ids))


@pytest.mark.parametrize("page", [
    "<p>Gleb Stolyarov said so.</p>", "<p>said GLEB STOLYAROV.</p>", "<p>Gleb\n  Stolyarov</p>",
    "<b>Gleb</b> Stolyarov", "Gleb&nbsp;Stolyarov&#39;s boat", '<img alt="Gleb Stolyarov, a pilot">',
    '<a href="/people/gleb-stolyarov/">', "Mr. Gleb Stolyarov-Varga", "Gl\u00e9b Stoly\u00e1rov",
])  # fmt: skip
def test_a_name_is_found(page: str) -> None:
    name = name_mark("Gleb  Stolyarov")
    assert names_on(page, frozenset({name, name_mark("Ines Varga")})) == {name}


@pytest.mark.parametrize("page", [
    "Gleb Varga met Stolyarov.", "Stolyarov, Gleb", "Gleb Stolyarova", "Mr Stolyarov", "Gleb, by Stolyarov", "",
])  # fmt: skip
def test_another_name_is_not(page: str) -> None:
    assert names_on(page, frozenset({name_mark("Gleb Stolyarov")})) == set()


def test_a_mark_tells_no_name() -> None:
    assert name_mark("Gleb Stolyarov") == name_mark(" gleb STOLYAROV")
    assert name_mark("Gleb Stolyarov") != name_mark("Gleb Varga")
    assert "gleb" not in name_mark("Gleb Stolyarov")
    assert name_mark("?") == ""


def test_what_is_remembered_after_a_publication() -> None:
    before = Remembered(marks("k"), marks("d", "e"), marks("l", "m"), frozenset({"n", "o"}), marks("p"))
    assert NOTHING.joined(before, frozenset(), frozenset()) == before
    shown = NOTHING.joined(before, marks("k", "d", "l"), frozenset({"n"}))
    assert shown == Remembered(marks("k"), marks("e"), marks("m"), frozenset({"o"}), marks("p"))
    known = Remembered(deleted=marks("x", "y"), delisted=marks("z")).joined(NOTHING, marks("x", "z"), frozenset())
    assert known == Remembered(deleted=marks("y"), delisted=marks("z"))
