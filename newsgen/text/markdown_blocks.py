"""Blocks of Markdown where newsgen differs from markdown-it-py: nothing written is dropped, and nothing grows.

Each rule is markdown-it's own, asked first; what is said here is what is different.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim, normalizeReference
from markdown_it.rules_block import StateBlock, blockquote, lheading, list_block, reference, table
from markdown_it.rules_block.table import escapedSplit

__all__ = ["cells", "use_block_rules"]

_Rule = Callable[[StateBlock, int, int, bool], bool]

_CONTAINERS = 20  # the most quotes and lists inside each other; wire copy has three at most
_TOKENS = 200_000  # of a body, 60 MB: a list of 40,000 entries has as many
_LONGEST_HEADING = 120  # characters
_QUOTED_LINES = 50_000  # in quotes inside quotes, each counted once for each quote that it is in
_FIGURE = re.compile(r"[-+−–$£€¥(]*\d[\d.,:/'’ +\-−–½¼¾%)]*|[-–—.*]+")  # 1212-1/2, (3.5), +2%; or none
_MISSING_CELLS = 65_536  # in a table's short rows, as markdown-it has it: a small text must not give a large page
_LABEL = re.compile(r"^([ \t>]*)?\[((?:[^\[\]\\]|\\.)+)\](:)?|\[((?:[^\[\]\\]|\\.)+)\]", re.M | re.S)
_WORD = re.compile(r"[^\W\d_]+[.,;:!?…]*")


def use_block_rules(parser: MarkdownIt) -> None:
    """Put the rules of this file into effect."""
    ruler = parser.block.ruler
    ruler.at("blockquote", _not_too_deep(_quote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("list", _not_too_deep(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("reference", _reference)
    ruler.at("lheading", _underlined)
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.before("table", "rest", _rest, {"alt": ["list"]})


def _not_too_deep(rule: _Rule) -> _Rule:
    """A quote or list inside twenty others is text. markdown-it would drop what is too deep."""

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        depth = state.env.get("depth", 0)
        if depth >= _CONTAINERS:
            return False
        state.env["depth"] = depth + 1
        found = rule(state, start, end, silent)
        state.env["depth"] = depth
        return found

    return limited


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Quotes inside quotes are text where they go on for more lines than copy has: each quote reads all of them."""
    begins = state.src.startswith(">", state.bMarks[start] + state.tShift[start])
    if begins and state.env["depth"] > 1 and not silent:
        quoted = state.env.get("quoted", 0)
        if quoted < _QUOTED_LINES:
            last = next((line for line in range(start, end) if state.isEmpty(line)), end)
            quoted = state.env["quoted"] = quoted + last - start
        if quoted >= _QUOTED_LINES:
            return False
    return blockquote(state, start, end, silent)


def _rest(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What comes after so many blocks that it cannot be copy is shown as it is written."""
    if len(state.tokens) < _TOKENS:
        return False
    if silent:
        return True
    state.line = end
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, end, state.blkIndent, False) + "\n"
    return True


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of --- or === makes a heading of one line above it, not of a paragraph: there it is a rule, or text."""
    before = len(state.tokens)
    if not lheading(state, start, end, silent):
        return False
    if state.line - start == 2 and len(state.tokens[before + 1].content) <= _LONGEST_HEADING:
        return True
    del state.tokens[before:]
    state.line = start
    return False


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[label]: address` is text where no link has the label, where it has an address already, and where the address is
    a word: in an interview, `[Q]: Why?` is a question.
    """
    references = state.env.setdefault("references", {})
    known = len(references)
    if not reference(state, start, end, silent):
        return False
    used = _used_labels(state)
    if len(references) > known:
        label, found = references.popitem()
        if label in used and not _WORD.fullmatch(unquote(found["href"])):
            references[label] = found
            return True
    if used and state.line < end and state.src.startswith("[", state.bMarks[state.line] + state.tShift[state.line]):
        _paragraph(state, start)  # by itself, so that what may be a definition is not part of it
        return True
    state.line = start
    return False


def _paragraph(state: StateBlock, start: int) -> None:
    """Push a paragraph of the lines from `start` to the one that the state is at."""
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start, state.line, state.blkIndent, False))
    token.children = []
    state.push("paragraph_close", "p", -1)


def _used_labels(state: StateBlock) -> frozenset[str]:
    """What stands in square brackets anywhere, but where it could only be defined."""
    used: frozenset[str] | None = state.env.get("used_labels")
    if used is None:
        labels = (match[4] or match[2] for match in _LABEL.finditer(state.src) if not match[3])
        used = state.env["used_labels"] = frozenset(map(normalizeReference, labels))
    return used


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table is one token, which keeps its lines as they are: a cell that is a token of its own would take 1 kB."""
    if not table(state, start, end, True):
        return False
    if silent:
        return True
    sides = [_side(cell.strip()) for cell in _line(state, start + 1).strip().strip("|").split("|")]
    rows = [_line(state, start)]
    terminators = state.md.block.ruler.getRules("blockquote")
    missing = 0
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent:
        text = _line(state, line)
        if not text or state.is_code_block(line) or any(ends(state, line, end, True) for ends in terminators):
            break
        missing += max(0, len(sides) - text.count("|") - 1)
        if missing > _MISSING_CELLS:
            break
        rows.append(text)
        line += 1
    token = state.push("table", "", 0)
    token.map = [start, line]
    token.meta = {"sides": _with_figures(sides, rows[1:]), "rows": rows}
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def _side(rule: str) -> str:
    """To which side a column is set, by its `:-:`; "" for none."""
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return ""


def _with_figures(sides: list[str], rows: list[str]) -> list[str]:
    """The sides of columns: to the right too where the writer names none and every cell of a column is a figure."""
    free = {number for number, side in enumerate(sides) if not side}
    has_figures: set[int] = set()
    for row in rows if free else ():
        for number, text in enumerate(cells(row)):
            if text and number in free:
                has_figures.add(number)
                if not _FIGURE.fullmatch(text):
                    free.discard(number)
    return ["right" if number in free & has_figures else side for number, side in enumerate(sides)]


def cells(row: str) -> list[str]:
    """The cells of a row."""
    columns = escapedSplit(row)
    if columns and columns[0] == "":
        columns.pop(0)
    if columns and columns[-1] == "":
        columns.pop()
    return [mdTrim(column) for column in columns]
