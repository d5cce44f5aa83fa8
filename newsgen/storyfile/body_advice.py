"""What a person should know of a body that is not shown as it is written: comments, HTML, marks of Windows-1252."""

from __future__ import annotations

from newsgen.model.errors import Problem, Severity
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.front_matter import Cut, place

__all__ = ["add_body_advice"]

# Of each kind of mark: the rule, and whether words may be missed. Each is said once for a body, at the first.
_RULES: dict[str, tuple[str, Severity]] = {
    "comment": ("comment-left-out", "advice"),
    "unclosed": ("comment-not-closed", "warning"),
    "tag": ("raw-html", "advice"),
    "reference": ("windows-marks", "advice"),
}


def add_body_advice(problems: ProblemCollector, data: bytes, parts: Cut) -> None:
    """Add what a person should know of the body of a story file, and of C1 characters anywhere in the file."""
    problems.add_c1_marks(data)
    body = parts.written
    if "<" in body or "&#" in body:
        _add_html_advice(problems, body, parts.body_line)
    if parts.dropped:
        values = ("The body", str(parts.dropped))
        problems.add_problem(Problem("unprintable", problems.path, parts.body_line, 0, values, severity="advice"))


def _add_html_advice(problems: ProblemCollector, body: str, first_line: int) -> None:
    from newsgen.text import html_in_body  # only here: most archives have no HTML, and it takes 5 ms to load

    if not html_in_body.may_have_html(body):
        return
    found: dict[str, list[html_in_body.HtmlMark]] = {}
    for mark in html_in_body.html_marks(body):
        found.setdefault(mark.kind, []).append(mark)
    for kind, marks in found.items():
        rule, severity = _RULES[kind]
        line, column, excerpt = place(body, marks[0].start)
        values = (body[marks[0].start : marks[0].end], str(len(marks))) if kind == "tag" else (str(len(marks)),)
        line += first_line - 1
        problems.add_problem(Problem(rule, problems.path, line, column, values, excerpt, severity))
