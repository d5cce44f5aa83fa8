"""HTML in the source of a body: comments, tags and references to C1 characters. What is code, or escaped, is none.

A comment reaches from `<!--` to the next `-->`, over as many paragraphs as it likes; one that is never closed reaches
to the end, as in a browser. Where it is unclear whether something is code, a comment is taken for a comment: a note of
the desk must not be published. So backticks make no code across list items, quotes and cells of tables here.

The scan reads each character a fixed number of times. `may_have_html` says, for a hundredth of its time, whether it can
find anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator, Iterator

from newsgen.model.value import value
from newsgen.text.windows_1252 import read_c1

__all__ = ["HtmlMark", "html_marks", "may_have_html", "without_html_marks"]

_TAGS = frozenset(
    "a abbr acronym address area article aside audio b base basefont bdi bdo big blockquote body br button canvas "
    "caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input "
    "ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol "
    "optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr "
    "track tt u ul var video wbr xmp".split()
)
_CANDIDATE = re.compile(rf"(?<!\\)(?:<(?:[!?]|/?(?:{'|'.join(sorted(_TAGS))})[\s/>])|&#)", re.I)
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*", re.A)
_FENCE = re.compile(r"(`{3,})[^`\n]*(?:\n|\Z)|(~{3,})[^\n]*(?:\n|\Z)")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)(?![ \t]*<!--)[ \t]*\S[^\n]*")
_LIST_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.A | re.M)
_OWN_BLOCK = re.compile(r"^[ \t]*(?:$|[-+*>#]|\d{1,9}[.)]|```|~~~)", re.M | re.A)  # ends what backticks may embrace
_BLANKS = re.compile(r"[ \t]*")
_TICKS = re.compile("`+")
_NO_QUOTE = re.compile(r"^(?![ \t]*>)", re.M)
_INLINE = re.compile(
    r"\\[!-/:-@\[-`{-~]|(?P<ticks>`+)|(?P<comment><!--)"
    r"|(?<!\]\()(?<!\]: )</?(?P<tag>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>"
    r"|(?P<other><[?!][A-Za-z\[][^<>]*>)|(?P<reference>&#(?:[xX]0*[89][0-9A-Fa-f]|0*1[2-5][0-9]);)",
    re.A,
)


@value
class HtmlMark:
    """A piece of HTML in a body."""

    kind: str  # comment; unclosed: a comment without an end; tag; reference: to a C1 character
    start: int
    end: int


def may_have_html(body: str) -> bool:
    """Whether a body may have marks: False for nearly all copy, even where it has `<` in some other meaning."""
    return ("<" in body or "&#" in body) and _CANDIDATE.search(body) is not None


def without_html_marks(body: str) -> str:
    """The body without its comments, each line where it was, and with its C1 references as characters."""
    parts: list[str] = []
    at = 0
    has_text = False  # on the line so far
    for mark in html_marks(body):
        if mark.kind == "tag":
            continue
        before, piece = body[at : mark.start], body[mark.start : mark.end]
        at = mark.end
        last_line = before.rpartition("\n")[2]
        has_text = bool(last_line.strip(" \t")) or (has_text and last_line is before)
        if mark.kind == "reference":
            parts += (before, read_c1(piece))
            has_text = True
            continue
        lines = "\n" * piece.count("\n")
        ends_line = bool(lines) or body[at : at + 1] in ("", "\n")
        parts += (before.rstrip(" \t") if ends_line else before, lines)
        if lines or not has_text or before.endswith((" ", "\t")):  # no indentation, and not two blanks
            at = _BLANKS.match(body, at).end()  # type: ignore[union-attr]  # it matches anywhere
        has_text = has_text and not lines
    parts.append(body[at:])
    return "".join(parts)


def html_marks(body: str) -> Iterator[HtmlMark]:
    """The HTML of a body, in order."""
    at = 0
    after_blank, in_list = True, False
    while at < len(body):
        if at and body[at - 1] != "\n":  # behind a comment
            at = yield from _inline_marks(body, at)
            continue
        end = _line_end(body, at)
        if not body[at:end].strip():
            after_blank, at = True, end + 1
            continue
        if after_blank and not in_list and _INDENTED.match(body, at):
            at = end + 1
            continue
        in_list = bool(_LIST_ITEM.match(body, at)) or (in_list and (not after_blank or body[at] in " \t"))
        begin = _CONTAINERS.match(body, at).end()  # type: ignore[union-attr]  # it matches anywhere
        if fence := _FENCE.match(body, begin):
            at, after_blank = _after_fence(body, at, fence), True
            continue
        after_blank = False
        at = yield from _inline_marks(body, begin)


def _line_end(body: str, at: int) -> int:
    end = body.find("\n", at)
    return end if end >= 0 else len(body)


def _after_fence(body: str, line: int, fence: re.Match[str]) -> int:
    """The index after the code that a fence opens; code in a quote ends with the quote."""
    mark = fence[1] or fence[2]
    limit = len(body)
    if ">" in body[line : fence.start()] and (outside := _NO_QUOTE.search(body, fence.end())):
        limit = outside.start()
    closing = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.M).search(body, fence.end(), limit)
    return min(closing.end() + 1, len(body)) if closing else limit


def _inline_marks(body: str, at: int) -> Generator[HtmlMark, None, int]:
    """The marks of some lines of text from `at` on; returns the index behind them, in a line after a long comment."""
    own = _OWN_BLOCK.search(body, _line_end(body, at) + 1)
    end = own.start() if own else len(body)
    runs: dict[int, list[int]] = {}  # of backticks, by their number
    for run in _TICKS.finditer(body, at, end):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    while match := _INLINE.search(body, at, end):
        at = match.end()
        kind = match.lastgroup or ""
        if kind == "comment":
            close = body.find("-->", match.start() + 2)
            at = close + 3 if close >= 0 else len(body)
            yield HtmlMark("comment" if close >= 0 else "unclosed", match.start(), at)
            if at > end:
                return at
        elif kind == "ticks":
            same = runs.get(at - match.start(), [])
            number = bisect_left(same, at)
            if number < len(same) and _is_code(body, at, same[number]):
                at = same[number] + at - match.start()
        elif kind == "reference":
            yield HtmlMark("reference", match.start(), at)
        elif kind == "other" or (kind == "tag" and match["tag"].lower() in _TAGS):
            yield HtmlMark("tag", match.start(), at)
    return end


def _is_code(body: str, start: int, end: int) -> bool:
    """Whether what backticks embrace is code: not over cells of a table, and not with half a comment."""
    comment = body.find("<!--", start, end)
    return comment < 0 or (body.find("-->", comment, end) >= 0 and "|" not in body[start:end])
