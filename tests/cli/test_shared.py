"""How much the console says, and which clock a command goes by."""

from __future__ import annotations

import pytest

from newsgen.cli.console import Console, Verbosity
from newsgen.cli.shared import clock
from newsgen.model.errors import Problem, UsageError

PROBLEMS = [
    Problem("empty-file", "c.md", severity="advice"),
    Problem("empty-file", "b.md", severity="warning"),
    Problem("empty-file", "a.md"),
]


@pytest.mark.parametrize(
    ("verbosity", "files", "is_said"),
    [
        (Verbosity.QUIET, ["1 error", "a.md"], False),
        (Verbosity.NORMAL, ["1 error", "a.md", "1 warning", "b.md"], True),
        (Verbosity.VERBOSE, ["1 error", "a.md", "1 warning", "b.md", "1 piece of advice", "c.md"], True),
    ],
)
def test_how_much_is_said(
    verbosity: Verbosity, files: list[str], is_said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(verbosity)
    assert console.problems(PROBLEMS)
    assert not console.problems(PROBLEMS[:2])
    console.say("Done.")
    printed = capsys.readouterr()
    assert [line.partition(":")[0] for line in printed.err.splitlines()[: len(files)]] == files
    assert printed.out == ("Done.\n" if is_said else "")


def test_the_clock_is_now_then_the_epoch_then_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert clock("1970-01-01T06:00+02:00", "UTC") == 4 * 3600
    assert clock("1970-07-01T06:00", "Europe/Paris") == clock("1970-07-01T05:00Z", "UTC")
    assert clock(None, "UTC") == 86_400
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert clock(None, "UTC") > 1_700_000_000


@pytest.mark.parametrize("now", ["", "yesterday", "1599-12-31T00:00Z", "3000-01-02"])
def test_a_clock_that_cannot_be(now: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock(now, "UTC")
    assert [problem.rule for problem in caught.value.problems] == ["bad-now"]


@pytest.mark.parametrize("epoch", ["", "-1", "1.5", "٣", "99999999999", "1" * 13])
def test_an_epoch_that_cannot_be(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError) as caught:
        clock(None, "UTC")
    assert [problem.rule for problem in caught.value.problems] == ["bad-epoch"]
