"""Problems as a person reads them: in order, many of a kind as one, each with its line and a caret.

`path:line:column: sentence` is a promise to other programs (editors go to the place). An error has no word before its
sentence, so errors stand first, under their number and that word.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsgen.messages.problems import printable, sentence
from newsgen.model.errors import Problem, Severity
from newsgen.text.columns import columns
from newsgen.text.english import plural

__all__ = ["by_severity", "in_order", "quoted", "show", "show_all"]

_LINE_SHOWN = 100  # characters of a source line
_WINDOWS_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_KIND_SHOWN = 20  # problems of one rule that are each shown
_UNREAD = {
    "address-gone": "address-gone-unread",
    "address-lost": "address-lost-unread",
}  # rules, while files have errors
# Errors of story files that could be read all the same.
_OF_READ_STORIES = frozenset(
    "address-reused address-taken broken-fragment broken-link correction-missing id-killed id-taken picture-missing "
    "picture-missing-near picture-unusable updates-ring".split()
)
_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "advice": ("piece of advice", "pieces of advice"),
}


def show(problem: Problem) -> str:
    """`path:line:column: sentence`; then the source line with a caret under the column, where they are known."""
    place = printable(problem.path)
    if problem.line:
        place += f":{problem.line}"
        place += f":{problem.column}" if problem.column else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    first = f"{place}: {severity}{sentence(problem)}"
    if not problem.excerpt or not problem.column:
        return first
    return f"{first}\n{_with_caret(problem.excerpt, problem.column)}"


def quoted(argument: str) -> str:
    """A path or word as it is typed into a terminal: in quotes where it needs them. Those of Windows are double."""
    if _WINDOWS_PATH.match(argument):
        return f'"{argument}"' if re.search(r"[^\w.:\\/~-]", argument) else argument
    return shlex.quote(argument)


def _with_caret(line: str, column: int) -> str:
    """A source line, cut to what lies around a column, and a caret under that column."""
    at = min(column - 1, len(line))
    start = max(0, at - _LINE_SHOWN // 2) if len(line) > _LINE_SHOWN else 0
    end = start + _LINE_SHOWN
    before = ("…" if start else "") + _in_one_line(line[start:at])
    after = _in_one_line(line[at:end]) + ("…" if end < len(line) else "")
    return f"    {before}{after}\n    {' ' * columns(before)}^"


def _in_one_line(text: str) -> str:
    return printable(text.replace("\t", " "))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as they are reported: by file, line and column, each once; one fault of a template is one problem.

    Where a story file has errors, no address is said to be lost or gone for good.
    """
    by_place = sorted(
        _without_hasty_advice(tuple(problems)),
        key=lambda problem: (problem.path, problem.line, problem.column, problem.rule, problem.values),
    )
    once: dict[object, Problem] = {}
    pages: Counter[object] = Counter()  # on which one line of a template failed
    for problem in dict.fromkeys(by_place):
        key = (problem.path, problem.line) if problem.rule == "template-failed" else problem
        once.setdefault(key, problem)
        pages[key] += problem.rule == "template-failed"
    return tuple(_on_pages(problem, pages[key]) for key, problem in once.items())


def _without_hasty_advice(problems: tuple[Problem, ...]) -> Iterable[Problem]:
    """Problems in which nobody is told to give up a story that may be in a file with errors."""
    errors = (p for p in problems if p.severity == "error" and p.path.endswith(".md"))
    if all(problem.rule in _OF_READ_STORIES for problem in errors):
        return problems
    return (replace(p, rule=_UNREAD[p.rule]) if p.rule in _UNREAD else p for p in problems)


def _on_pages(problem: Problem, pages: int) -> Problem:
    """The fault of a template, with the number of pages that it spoils where these are many."""
    if pages < 2:
        return problem
    return replace(problem, rule="template-failed-often", values=(*problem.values, f"{pages:,}"))


def show_all(problems: Iterable[Problem], least: Severity, *, is_whole: bool) -> Iterator[str]:
    """Problems at least as grave as `least`, errors first: under their number, and so are the others beside them.

    The theme's come first, since one of them spoils many pages. A kind of more than 20 comes last, and only 20 of it
    are shown and the rest counted, unless `is_whole`.
    """
    order = list(_WORDS)
    severities = order[: order.index(least) + 1]
    shown = [problem for problem in in_order(problems) if problem.severity in severities]
    shown.sort(key=lambda problem: not problem.path.startswith("templates/"))
    counts = Counter(problem.severity for problem in shown)
    for severity in severities:
        if counts[severity] and (severity == "error" or len(counts) > 1):
            yield f"{plural(counts[severity], *_WORDS[severity])}:"
        kinds: dict[str, list[Problem]] = {}
        for problem in shown:
            if problem.severity == severity:
                kinds.setdefault(problem.rule, []).append(problem)
        large = {} if is_whole else {rule: kind for rule, kind in sorted(kinds.items()) if len(kind) > _KIND_SHOWN}
        yield from (show(problem) for problem in shown if problem.severity == severity and problem.rule not in large)
        for rule, kind in large.items():
            yield from map(show, kind[:_KIND_SHOWN])
            yield f"… and {len(kind) - _KIND_SHOWN:,} more of this kind ({rule}); --verbose shows all."


def by_severity(problems: Iterable[Problem]) -> str:
    """How many problems of each severity there are, in words."""
    counts = Counter(problem.severity for problem in in_order(problems))
    return ", ".join(plural(counts[severity], *words) for severity, words in _WORDS.items())
