"""The wording of problems: every rule has a sentence, every sentence a rule, and none writes to the terminal."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.messages.guess_problems import GUESS_RULES
from newsgen.messages.own_problems import OWN_RULES
from newsgen.messages.picture_problems import PICTURE_RULES
from newsgen.messages.problems import RULES, printable, sentence
from newsgen.messages.publish_problems import PUBLISH_RULES
from newsgen.messages.shown import by_severity, in_order, show, show_all
from newsgen.messages.yaml_problems import YAML_RULES
from newsgen.model.errors import Problem
from newsgen.model.story import GUESSES

PACKAGE = Path(__file__).parents[2] / "newsgen"
TAKERS = {"Problem", "Fault", "TreeFault", "add", "refuse"}  # calls whose first argument may be a rule


def sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "theme" not in path.parts)


def rules_given() -> Iterator[tuple[str, str]]:
    """(rule, where) of every rule that the source names in a call that makes a problem."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            is_rule = isinstance(first, ast.Constant) and isinstance(first.value, str)
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if name not in TAKERS or not is_rule or (name == "add" and owner not in ("problems", "self")):
                continue  # `add` is a word of many
            assert isinstance(first, ast.Constant)
            yield str(first.value), f"{path.relative_to(PACKAGE)}:{node.lineno}"


def texts_in_source() -> set[str]:
    """Every text constant of the package outside messages/problems.py."""
    return {
        node.value
        for path in sources()
        if path.parent != PACKAGE / "messages" or not path.stem.endswith("problems")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_rule_has_a_sentence() -> None:
    given_rules = list(rules_given())
    assert len(given_rules) > 150
    assert [(rule, where) for rule, where in given_rules if rule not in RULES] == []


def test_every_sentence_belongs_to_a_rule_in_use() -> None:
    assert sorted(set(RULES) - texts_in_source()) == []


def test_rules_are_in_order_and_say_what_to_do() -> None:
    apart = {**GUESS_RULES, **OWN_RULES, **PICTURE_RULES, **PUBLISH_RULES, **YAML_RULES}
    about_the_rest = [rule for rule in RULES if rule not in apart]
    assert about_the_rest == sorted(about_the_rest)
    assert list(OWN_RULES) == sorted(OWN_RULES)
    assert list(PICTURE_RULES) == sorted(PICTURE_RULES)
    assert list(PUBLISH_RULES) == sorted(PUBLISH_RULES)
    assert list(YAML_RULES) == sorted(YAML_RULES)
    assert list(GUESS_RULES) == sorted(GUESS_RULES) == sorted(GUESSES)
    for rule, text in RULES.items():
        assert text.endswith((".", "?")), rule
        assert "\n" not in text, rule


def test_a_rule_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(KeyError):
        sentence(Problem("no-such-rule", "x.md"))


def test_every_sentence_can_be_filled() -> None:
    for rule, text in RULES.items():
        fields = {int(name) for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
        filled = sentence(
            Problem(rule, "x", values=tuple(f"<{number}>" for number in range(max(fields, default=-1) + 1)))
        )
        assert all(f"<{number}>" in filled for number in fields), rule


def test_place_sentence_line_and_caret() -> None:
    problem = Problem("wants-boolean", "content/x.md", 3, 10, ("noindex",), "noindex: perhaps")
    assert show(problem) == ("content/x.md:3:10: noindex must be true or false.\n    noindex: perhaps\n             ^")


@pytest.mark.parametrize(
    ("line", "column", "start"),
    [(0, 0, "content/x.md: The"), (3, 0, "content/x.md:3: The"), (3, 4, "content/x.md:3:4: The")],
)
def test_an_unknown_place_is_left_out(line: int, column: int, start: str) -> None:
    assert show(Problem("empty-file", "content/x.md", line, column)).startswith(start)


def test_what_is_no_error_says_so() -> None:
    assert show(Problem("empty-file", "x", severity="advice")).startswith("x: advice: The")
    assert show(Problem("empty-file", "x", severity="warning")).startswith("x: warning: The")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
        ("é日本😀", "é日本😀"),
    ],
)
def test_nothing_acts_on_a_terminal(text: str, expected: str) -> None:
    assert printable(text) == expected
    shown = show(Problem("unknown-key", text, 1, 1, (text,), text))
    assert expected in shown
    assert all(line.isprintable() for line in shown.split("\n"))


@given(st.text(max_size=300), st.integers(0, 400), st.text(max_size=400))
def test_any_problem_can_be_shown(excerpt: str, column: int, value: str) -> None:
    lines = show(Problem("choice-near", value, 1, column, (value, value, "{x}", "{0}"), excerpt)).split("\n")
    assert all(line.isprintable() for line in lines)
    assert len(lines) in (1, 3)


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x2FF), min_size=1, max_size=400), st.data())
def test_the_caret_stands_under_its_mark(excerpt: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(excerpt)))
    _first, line, caret = show(Problem("empty-file", "x", 1, column, excerpt=excerpt)).split("\n")
    assert line[caret.index("^")] == excerpt[column - 1]
    assert len(line) <= 110


def test_the_caret_stands_under_wide_marks() -> None:
    _first, line, caret = show(Problem("empty-file", "x", 1, 3, excerpt="日本x")).split("\n")
    assert (line, caret) == ("    日本x", "        ^")


def test_a_tab_is_one_column() -> None:
    assert show(Problem("empty-file", "x", 1, 2, excerpt="\ta")).split("\n")[1:] == ["     a", "     ^"]


def test_long_values_are_cut() -> None:
    assert len(sentence(Problem("unknown-key", "x", values=("k" * 5000,)))) < 500


def test_problems_are_sorted_and_said_once() -> None:
    first, second = Problem("empty-file", "a", 2, 1), Problem("empty-file", "a", 10, 1)
    third = Problem("empty-file", "b", 1, 1)
    assert in_order([third, second, first, second]) == (first, second, third)


def test_one_fault_of_a_template_is_said_once() -> None:
    problems = [
        Problem("template-failed", "templates/base.html.j2", 4, values=("'x' is undefined", f"content/{name}.md"))
        for name in ("b", "a", "c")
    ]
    elsewhere = Problem("template-failed", "templates/base.html.j2", 9, values=("no", "/"))
    said = in_order([*problems, elsewhere, *problems])
    assert [(problem.rule, problem.line, problem.values[1:]) for problem in said] == [
        ("template-failed-often", 4, ("content/a.md", "3")),
        ("template-failed", 9, ("/",)),
    ]
    assert "on 3 pages" in show(said[0])
    assert by_severity([*problems, elsewhere]) == "2 errors, 0 warnings, 0 pieces of advice"


def test_errors_come_first_each_severity_under_its_number() -> None:
    advice = [Problem("no-id", f"{number:02}.md", values=("x",), severity="advice") for number in range(22)]
    errors = [Problem("empty-file", "z.md"), Problem("utf-16", "a.md")]
    warning = Problem("no-archives", "b.md", severity="warning")
    lines = list(show_all([*advice, warning, *errors], "advice", is_whole=False))
    assert [line for line in lines if line.endswith(":") or line.startswith("…")] == [
        "2 errors:",
        "1 warning:",
        "22 pieces of advice:",
        "… and 2 more of this kind (no-id); --verbose shows all.",
    ]
    assert [line[:4] for line in lines[1:3]] == ["a.md", "z.md"]
    assert len(list(show_all(advice, "advice", is_whole=True))) == 22  # one severity needs no number above it
    assert list(show_all([*advice, warning], "error", is_whole=False)) == []


def test_the_themes_problems_come_first_and_large_kinds_last() -> None:
    pictures = [Problem("unreadable", f"content/{number:02}.md", values=("x",)) for number in range(21)]
    others = [Problem("utf-16", "content/z.md"), Problem("utf-16", "templates/a")]
    lines = list(show_all([*pictures, *others], "error", is_whole=False))
    assert lines[0] == "23 errors:"
    assert [line.partition(":")[0] for line in lines[1:4]] == ["templates/a", "content/z.md", "content/00.md"]
    assert lines[-1].startswith("… and 1 more of this kind (unreadable)")


def test_no_address_is_given_up_while_a_story_file_has_errors() -> None:
    lost = Problem("address-lost", "content/_urls.tsv", 1, values=("/world/a.html", "nw-1"))
    assert "urls --remove" in show(in_order([lost])[0])
    for broken in (Problem("yaml-tab", "content/world/a.md", 2, 1), Problem("utf-16", "content/b.md")):
        (said,) = (problem for problem in in_order([lost, broken]) if problem.path == lost.path)
        assert "--remove" not in show(said)
        assert "nw-1" in show(said)
    gone = Problem("address-gone", "/world/a.html", severity="warning")
    assert "kill" not in show(in_order([gone, Problem("utf-16", "content/b.md")])[0])
    warning = Problem("no-archives", "content/world/a.md", severity="warning")
    assert lost in in_order([lost, warning, Problem("picture-missing", "content/world/a.md", values=("a", "b"))])
