"""What a host of static files makes of a `_redirects` file."""

from __future__ import annotations

import pytest

from newsgen.publish.host_rules import parse_rules


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/a", ("/b", 301, False)),
        ("/a/", ("/b", 301, False)),
        ("/c", ("/d", 302, True)),
        ("/e", None),
        ("/f/x", None),
        ("/g", None),
        ("/h", None),
        ("/i", ("/briefs.html#i", 301, False)),
    ],
)
def test_redirects_of_a_host(path: str, wanted: tuple[str, int, bool] | None) -> None:
    text = "# rules\n/a /b # why\n/a /z 302\n/c /d 302!\n/e /x Country=us\n/f/* /x\n/g id=:id /x 301\n/h\n"
    text += "/i /briefs.html#i 301 #why\n"  # a place on a page is no remark
    assert parse_rules("", text).redirect_of(path) == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("id=12", "/b"),
        ("id=12&page=2", "/c"),
        ("page=2&id=12", "/c"),
        ("id=12&from=mail", "/b"),
        ("id=1", "/a-list"),
        ("", "/a-list"),
    ],
)
def test_rules_that_name_a_query(query: str, wanted: str) -> None:
    text = "/a id=12 page=2 /c 301!\n/a id=12 /b 301!\n/a id=13 from=:who /d 301\n/a /a-list\n/a id=12 /z\n"
    rule = parse_rules("", text).redirect_of("/a", query)
    assert rule is not None
    assert rule.to == wanted
