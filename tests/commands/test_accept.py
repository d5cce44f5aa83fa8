"""Taking guesses of an import for right: what is deleted, what stays, and what is refused."""

from __future__ import annotations

import pytest

from newsgen.commands.accept import accept
from newsgen.commands.check import guesses
from newsgen.model.errors import UsageError
from tests.support.sites import Desk, assert_same

FILE = """\
---
# as it came
id: {id}
headline: Ferry sails late
date: 1931-03-04
section: Harbour
dateline: HARBOUR TOWN
status: {status}
source:
  format: plain
  file: "{id}.txt"
  dropped: ["12: 30", "no"]
  doubts:
    - {{field: date, reason: date-guessed, copy: March 4, value: "1931-03-04"}}
    - {{field: dateline, reason: dateline-guessed, value: HARBOUR TOWN}}
    - {{field: status, reason: may-be-notice, value: withheld}}
    - {{field: headline, reason: headline-guessed, value: another}}  # edited since
tags: [ferries]
---

It sailed.
"""


def a_desk() -> Desk:
    stories = (("a", "live", "harbour/1931"), ("b", "live", "harbour/1932"), ("c", "withheld", "harbour/1931"))
    return Desk(
        {
            f"content/{folder}/{name}.md": FILE.format(id=name, status=status).encode()
            for name, status, folder in stories
        }
    )


def asked(desk: Desk) -> set[tuple[str, str]]:
    """What `check --guesses` asks: story, rule."""
    return {(problem.path[-4:-3], problem.rule) for problem in guesses(desk.job(desk.output))}


def test_all_but_what_may_be_a_notice() -> None:
    desk = a_desk()
    desk.build()
    assert len(asked(desk)) == 7
    done = accept(desk.job(desk.output), ["content"], ())
    assert (done.guesses, len(done.paths), done.problems) == (6, 3, ())
    assert asked(desk) == {("c", "may-be-notice")}
    text = desk.site.read("content/harbour/1931/a.md").decode()
    before = FILE.format(id="a", status="live")
    assert text.partition("source:")[0] == before.partition("source:")[0]
    assert text.partition("tags:")[2] == before.partition("tags:")[2]
    for kept in ("format: plain", "a.txt", '"12: 30"', '"no"', "headline-guessed"):
        assert kept in text
    desk.build()
    assert_same(desk.output.files, desk.clean())
    assert accept(desk.job(desk.output), ["content"], ()).guesses == 0


@pytest.mark.parametrize(
    ("names", "rules", "left"),
    [
        (
            ["a"],
            (),
            {("b", "date-guessed"), ("b", "dateline-guessed"), ("c", "date-guessed"), ("c", "dateline-guessed")},
        ),
        (["harbour/1931"], (), {("b", "date-guessed"), ("b", "dateline-guessed")}),
        (["content/harbour/1932/b.md"], ("date-guessed",), None),
        ([], ("date-guessed",), {(name, "dateline-guessed") for name in "abc"}),
    ],
)
def test_some_stories_and_some_rules(
    names: list[str], rules: tuple[str, ...], left: set[tuple[str, str]] | None
) -> None:
    desk = a_desk()
    everything = asked(desk)
    accept(desk.job(desk.output), names, rules)
    expected = everything - {("b", "date-guessed")} if left is None else left | {("c", "may-be-notice")}
    assert asked(desk) == expected


def test_a_notice_that_is_named_is_accepted_and_stays_withheld() -> None:
    desk = a_desk()
    assert accept(desk.job(desk.output), ["c"], ("may-be-notice",)).guesses == 1
    assert ("c", "may-be-notice") not in asked(desk)
    assert b"status: withheld" in desk.site.read("content/harbour/1931/c.md")


def test_who_is_not_there_is_told() -> None:
    desk = a_desk()
    before = dict(desk.site.files)
    with pytest.raises(UsageError):
        accept(desk.job(desk.output), ["a", "nobody"], ())
    assert desk.site.files == before


def test_a_file_that_cannot_be_edited_safely_is_named_and_the_rest_is_accepted() -> None:
    desk = a_desk()
    path = "content/harbour/1931/a.md"
    text = desk.site.read(path).decode().replace("source:\n", "? source\n:\n")
    desk.site.write(path, text.encode())
    done = accept(desk.job(desk.output), ["content"], ())
    assert [problem.rule for problem in done.problems] == ["edit-by-hand"]
    assert desk.site.read(path) == text.encode()
    assert done.guesses == 4
