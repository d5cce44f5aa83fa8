"""The ledger of addresses: bytes to lines and back, merges, and what a build adds."""

from __future__ import annotations

import pytest

from newsgen.source import ledger
from newsgen.source.ledger import Ledger, LedgerLine

GRAIN = LedgerLine("g1", "/world/grain.html", "1987-02-26")
GONE = LedgerLine("g2", "/world/gone.html", "1987-02-27", "removed", "1987-03-01T00:00:00Z")
KILLED = LedgerLine("g3", "/world/wrong.html", "1987-02-28", "killed", "1987-03-01T00:00:00Z", "It is wrong.")
NEVER_OUT = LedgerLine("g4", "", "", "killed", "1987-03-01T00:00:00Z")
TEXT = (
    "g4\t\t\tkilled\t1987-03-01T00:00:00Z\n"
    "g2\t/world/gone.html\t1987-02-27\tremoved\t1987-03-01T00:00:00Z\n"
    "g1\t/world/grain.html\t1987-02-26\n"
    "g3\t/world/wrong.html\t1987-02-28\tkilled\t1987-03-01T00:00:00Z\tIt is wrong.\n"
)


def test_bytes_and_lines() -> None:
    lines, problems = ledger.read(TEXT.encode())
    assert lines == (NEVER_OUT, GONE, GRAIN, KILLED)
    assert problems == ()
    assert ledger.to_bytes(reversed(lines)) == TEXT.encode()
    assert ledger.read(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()) == (lines, ())


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("g1", "ledger-line"),
        ("g1\t/a.html", "ledger-line"),
        ("g1\tworld/a.html\t1987-02-26", "ledger-line"),
        ("g1\t/a b.html\t1987-02-26", "ledger-line"),
        ("\t/a.html\t1987-02-26", "ledger-line"),
        ("g1\t\t", "ledger-line"),
        ("g1\t/a.html\t1987-02-26\tmoved", "ledger-state"),
        ("g1\t/a.html\t1987-02-26\tkilled\tnow\twhy\tmore", "ledger-line"),
        ("g1\t/a.html\tyesterday", "ledger-line"),
        ("g1\t/a.html\t1987-02-26\tkilled\tnow\twhy", "ledger-time"),
        ("g1\t/a.html\t1987-02-26\tkilled\t1987-03-01\twh\x01y", "ledger-line"),
        ("g\x7f1\t/a.html\t1987-02-26", "ledger-line"),
        ("<<<<<<< HEAD", "ledger-conflict"),
        ("other\t/world/grain.html\t1987-02-26", "ledger-twice"),
    ],
)
def test_wrong_lines(line: str, rule: str) -> None:
    """Each is reported with its number; the good lines count."""
    lines, problems = ledger.read(f"g1\t/world/grain.html\t1987-02-26\n{line}\n".encode())
    assert [line for line in lines if line.url] == [GRAIN]
    assert [(problem.rule, problem.path, problem.line) for problem in problems] == [(rule, ledger.PATH, 2)]


@pytest.mark.parametrize("url", [
    "/", "//", "/a//b.html", "/a/../b.html", "/a/..", "/./a.html", "/a\\b.html", "/a.html?x=1", "/a.html#top",
    "/world/2019/05/01/briefs.html#", "/world/2019/05/01/briefs.html#a b", "/world/2019/05/01/briefs.html#A",
    "/world/2019/briefs.html#a", "/tags/2019/05/01/briefs.html#a", "/world/2019/05/01/briefs.html#a#b",
    "/a\x01.html", "/a\x85.html", "https://archive.example/a.html", "//archive.example/a.html", "/index.html",
    "/world/2019/", "/2019/05/01/", "/world/2019/05/01/12/index.html", "/world/feed.xml", "/world/index.html",
    "/2019/05/01/no-time/a/", "/_redirects", "/assets/a.css", "/404.html", f"/world/{'ä' * 128}.html", "/world" * 200,
])  # fmt: skip
def test_what_is_no_address_of_a_story(url: str) -> None:
    """No page can be written there, or newsgen needs the place: named with its line, and no address."""
    for state in ("", "\tkilled", "\tremoved"):
        lines, problems = ledger.read(f"g1\t/world/grain.html\t1987-02-26\ng2\t{url}\t1987-02-26{state}\n".encode())
        assert [line for line in lines if line.url] == [GRAIN]
        assert [line.id for line in lines if line.state == "killed"] == (["g2"] if "killed" in state else [])
        assert [(problem.rule, problem.line) for problem in problems] == [("ledger-line", 2)]


@pytest.mark.parametrize(
    "url",
    [
        "/a.html",
        "/old/",
        "/news/12345/",
        "/a/2019/x/",
        "/world/.../a.html",
        "/mär/ä%20b.html",
        "/2011/03/index.php",
        "/world/2019/05/01/briefs.html#grain-talks",
        "/world/2019/05/01/briefs.html#a--1.2",
    ],
)
def test_odd_addresses_of_stories(url: str) -> None:
    lines, problems = ledger.read(f"g2\t{url}\t1987-02-26\n".encode())
    assert ([line.url for line in lines], problems) == ([url], ())


def test_the_lines_of_a_page_of_briefs() -> None:
    page = "/world/2019/05/01/briefs.html"
    rows = [f"g2\t{page}#grain\t2019-05-01", f"g3\t{page}#tea\t2019-05-01\tremoved", "g4\t/a.html\t2019-05-01"]
    book = ledger.Ledger("\n".join([*rows, f"g5\t/sport{page}#a\t2019-05-01", ""]).encode())
    assert [(line.id, line.state) for line in book.lines_on(page)] == [("g2", ""), ("g3", "removed")]
    assert book.lines_on("/world/2019/05/02/briefs.html") == ()


def test_a_control_character_in_a_reason_makes_no_line_unreadable() -> None:
    lines, problems = ledger.read(
        ledger.to_bytes([LedgerLine("g1", "/a.html", "1987-02-26", "killed", "", "a\x1b\x07 b")])
    )
    assert ([line.reason for line in lines], problems) == (["a b"], ())


def test_two_lines_of_one_address_left_by_a_merge() -> None:
    """The stronger state wins, and of equal states the earlier day."""
    text = (
        "g1\t/a.html\t1987-02-26\ng1\t/a.html\t1987-02-25\n"
        "g2\t/b.html\t1987-02-26\tremoved\t1987-03-01\ng2\t/b.html\t1987-02-27\tkilled\t1987-03-02T10:00+01:00\n"
    )
    lines, problems = ledger.read(text.encode())
    assert [(line.url, line.first, line.state) for line in lines] == [
        ("/a.html", "1987-02-25", ""),
        ("/b.html", "1987-02-27", "killed"),
    ]
    assert problems == ()


def test_what_a_build_adds() -> None:
    lines = (GRAIN, GONE, KILLED, NEVER_OUT)
    shown = {"/new.html": "n1", GRAIN.url: "g1", GONE.url: "g2", KILLED.url: "g3"}
    added = ledger.with_shown(lines, shown, "2026-11-26")
    assert added == ledger.in_order(
        [GRAIN, LedgerLine("g2", GONE.url, GONE.first), KILLED, NEVER_OUT, LedgerLine("n1", "/new.html", "2026-11-26")]
    )
    assert ledger.with_shown(lines, {GRAIN.url: "another"}, "2026-11-26") == ledger.in_order(lines)


def test_the_ledger_of_a_site() -> None:
    known = Ledger(TEXT.encode())
    assert known.killed == {"g3", "g4"}
    assert known.mentions("g1", "")
    assert known.mentions("none", "/world/grain.html")
    assert not known.mentions("none", "/none.html")
    assert not known.mentions("none", "")
    assert Ledger(b"").digest == ""


def test_bytes_that_are_no_text() -> None:
    lines, problems = ledger.read(b"g1\t/a.html\t1987-02-26\n\xff\n")
    assert lines == ()
    assert [(problem.rule, problem.line) for problem in problems] == [("not-utf-8", 2)]


def test_ids_are_compared_in_one_form() -> None:
    ledger = Ledger("cafe\u0301\t/world/cafe.html\t2020-01-01\tkilled\n".encode())
    assert ledger.killed == {"café"}
    assert ledger.mentions("café", "")
