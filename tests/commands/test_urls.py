"""The ledger of addresses, as commands write it, and what a build says of an address that is lost or held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsgen.commands import urls
from newsgen.commands.check import check
from newsgen.disk import MemoryDisk
from newsgen.model.errors import UsageError
from tests.support.published import BRIDGE, URL, a_desk, files_with, kill, record
from tests.support.sites import assert_same, story, world


def test_a_ledger_is_sorted_and_merges_line_by_line() -> None:
    desk = a_desk()
    record(desk)
    lines = desk.site.read("content/_urls.tsv").decode().splitlines()
    assert lines == [f"bridge\t{URL}\t2020-01-01", "ferry\t/world/2019/05/01/ferry.html\t2020-01-01"]
    record(desk)
    assert desk.site.read("content/_urls.tsv").decode().splitlines() == lines


def test_an_address_that_is_in_no_ledger_cannot_be_given_up() -> None:
    desk = a_desk()
    record(desk)
    with pytest.raises(UsageError) as raised:
        urls.remove_address(desk.job(desk.output), "/nothing.html", "2020-01-02")
    assert [(problem.rule, problem.values) for problem in raised.value.problems] == [
        ("address-unknown", ("/nothing.html",))
    ]


def test_a_ledger_with_errors_is_not_written_over() -> None:
    desk = a_desk()
    desk.site.write("content/_urls.tsv", b"<<<<<<< HEAD\n")
    files = dict(desk.site.files)
    commands: list[Callable[[], None]] = [
        lambda: record(desk),
        lambda: urls.remove_address(desk.job(desk.output), URL, "2020-01-02"),
        lambda: kill(desk, "bridge"),
    ]
    for command in commands:
        with pytest.raises(UsageError) as raised:
            command()
        assert [problem.rule for problem in raised.value.problems] == ["ledger-conflict"]
    assert desk.site.files == files


def test_an_address_that_would_vanish_is_an_error_that_names_it_until_it_is_given_up() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.remove(BRIDGE)
    result = desk.build()
    assert result.has_errors
    lost = f"content/_urls.tsv: The story bridge was published at {URL}"
    assert any(line.startswith(lost) for line in desk.build_messages()), desk.build_messages()
    assert any(line.startswith(lost) for line in desk.build_messages()), "an unchanged build says it again"
    urls.remove_address(desk.job(desk.output), URL, "2020-01-02")
    assert not desk.build().has_errors
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("status", ["draft", "withheld"])
def test_a_published_story_that_is_held_back_is_a_warning(status: str) -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", status=status))
    result = desk.build()
    assert [(problem.rule, problem.severity) for problem in result.problems] == [("address-held", "warning")]
    assert files_with(desk, "quillfeather") == []
    assert_same(desk.output.files, desk.clean())


def test_another_story_at_an_old_address_is_an_error() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="arch"))
    desk.site.write("content/world/other.md", story("Other", id="other", slug="bridge"))
    assert any("belonged to the story bridge" in line for line in desk.build_messages())


def test_an_address_is_its_owners_whoever_else_claims_the_id() -> None:
    """An expired story that claims the id of a live one does not lead the reader away from it."""
    desk = a_desk()
    record(desk)
    other = story("Other", id="bridge", slug="other", expires='"2019-06-01T00:00:00Z"')
    desk.site.write("content/world/2019/05/z.md", other)
    desk.build()
    assert b"Vintner" in desk.output.files[URL.lstrip("/")]
    assert desk.output.files == desk.clean()


def test_a_ledger_that_cannot_be_read_is_named_by_line() -> None:
    desk = a_desk()
    desk.site.write("content/_urls.tsv", b"a\t/a.html\t2020-01-01\n<<<<<<< HEAD\nb\t/a.html\t2020-01-01\nx\n")
    lines = [line for line in desk.build_messages() if line.startswith("content/_urls.tsv:") and ":1:" in line]
    assert [line.split(": ")[0] for line in lines] == [f"content/_urls.tsv:{n}:1" for n in (2, 3, 4)]


@pytest.mark.parametrize("url", ["/a/../../b.html", "/world//b.html", "/world\\b.html"])
@pytest.mark.parametrize("state", ["", "\tkilled\t2020-01-01\tWrong."])
def test_a_line_that_is_no_address_stops_nothing(url: str, state: str) -> None:
    """It is named by build and check; every other page is written."""
    desk = world(a=story("One", id="one", slug="one"))
    good = b"one\t/world/2019/05/01/one.html\t2020-01-01\n"
    desk.site.write("content/_urls.tsv", good + f"b\t{url}\t2020-01-01{state}\n".encode())
    assert ("ledger-line", "content/_urls.tsv", 2) in {(p.rule, p.path, p.line) for p in desk.build().problems}
    assert "world/2019/05/01/one.html" in desk.output.files
    assert desk.output.files == desk.clean()
    found = check(replace(desk.job(desk.output), output=MemoryDisk()), None)
    assert ("ledger-line", 2) in {(problem.rule, problem.line) for problem in found.problems}
