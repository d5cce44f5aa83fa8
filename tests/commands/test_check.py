"""What `check` says of a whole site beyond what a build says."""

from __future__ import annotations

import pytest

from newsgen.commands.check import check, guesses
from newsgen.commands.ingest import ingest
from newsgen.messages.problems import sentence
from newsgen.messages.results import guess_lines
from newsgen.model.errors import Problem
from tests.support.sites import Desk, story

RECORD = '[{date: "2019-05-02T09:00", text: The boat is red.}]'


def test_guesses_of_an_import_are_asked_about_until_somebody_changes_them() -> None:
    desk = Desk({})
    ingest(desk.site, [("wire/a.txt", b"The mill turned. It rained.\n\nFarmers cheered.\n", "2019-06-05")])
    (path,) = [path for path, *_ in desk.site.scan("content")]

    def guessed() -> list[tuple[str, int, tuple[str, ...]]]:
        found = guesses(desk.job(desk.output))
        assert [line.split(":")[0] for line in guess_lines(found)][:-1] == [path] * len(found)
        return [(problem.rule, problem.line, problem.values) for problem in found]

    assert guessed() == [
        ("headline-guessed", 3, ("The mill turned", "")),
        ("date-guessed", 4, ("2019-06-05", "")),
    ]
    written = desk.site.read(path)
    desk.site.write(path, written.replace(b"date: 2019-06-05", b"date: 2019-06-03", 1))
    assert [rule for rule, *_ in guessed()] == ["headline-guessed"]
    start, end = written.index(b"  doubts:"), written.index(b"---\n", 10)
    desk.site.write(path, written[:start] + written[end:])
    assert guessed() == []


def problems(**files: bytes) -> list[Problem]:
    desk = Desk({f"content/{name}.md": data for name, data in files.items()})
    return [problem for problem in check(desk.job(desk.output), None).problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("headline", "label"),
    [
        ("CORRECTED-Boat is red", "Corrected"),
        ("UPDATE 2-CORRECTED-Boat is red", "Corrected"),
        ("CORRECTED - CORRECTION: Boat is red", "Corrected"),
        ("Boat is red (CORRECTED)", "Corrected"),
        ("CLARIFICATION-Boat is red", "Clarification"),
    ],
)
def test_a_headline_tagged_corrected_needs_a_record(headline: str, label: str) -> None:
    quoted = f'"{headline}"'
    (problem,) = problems(a=story(quoted, id="a"), b=story(quoted, id="b", slug="b", corrections=RECORD))
    assert (problem.rule, problem.path, problem.values) == ("correction-missing", "content/a.md", (label,))
    assert sentence(problem).startswith(f"The headline is tagged {label}, but the story lists no corrections.")


@pytest.mark.parametrize(
    "headline", ["Boat is red", "REFILE-Boat is red", "Corrected proofs of a boat", "UPDATE 1-Boat"]
)
def test_other_headlines_need_none(headline: str) -> None:
    assert problems(a=story(f'"{headline}"', id="a")) == []


def test_what_nobody_sees_is_not_checked() -> None:
    assert problems(a=story("CORRECTED-Boat", id="a", status="draft")) == []


def test_what_a_build_says_of_a_file_can_be_switched_off() -> None:
    desk = Desk({"content/world/a.md": story("Fog", id="a", body="")})
    assert [problem.rule for problem in check(desk.job(desk.output), None).problems] == ["no-body", "dateline-missing"]
    assert check(desk.job(desk.output), None, frozenset(["no-body", "dateline-missing"])).problems == ()
    assert [problem.rule for problem in desk.build().problems] == ["no-body"]


def test_a_new_version_repeats_nothing() -> None:
    text = "The ferry came in sideways, said the harbour master, who had seen it done better by a wardrobe. " * 9
    old, new = story("Fog", id="a", body=text), story("Fog", "2019-05-02", id="b", body=text)
    for updates, rules in [(b"", ["duplicate-story"]), (b"updates: a\n", [])]:
        desk = Desk({"content/world/a.md": old, "content/world/b.md": new.replace(b"id: b\n", b"id: b\n" + updates)})
        problems = check(desk.job(desk.output), None, frozenset(["dateline-missing", "version-unlinked"])).problems
        assert [problem.rule for problem in problems] == rules
