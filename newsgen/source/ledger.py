"""content/_urls.tsv: every address at which a story was ever published. Pure: bytes in, values out, and back.

One line an address, in order of address, tabs between the columns, so that two people's ledgers merge line by line:

    id    address    first published    state    since    reason

An address is one that a page can have: it begins with /, has no empty part and neither `.` nor `..`, and is not among
those that newsgen needs itself. That of a brief has its place on the page of its day: `…/briefs.html#<slug>`. Most
lines end after three columns. The state is `removed` where the address may break, or `killed` where its story was
killed. A story that was killed before it was ever published has a line without an address, which keeps its id from
being used again.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from newsgen.disk import composed
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.text.address import is_story_address

__all__ = ["PATH", "STATES", "Ledger", "LedgerLine", "in_order", "read", "to_bytes", "with_shown"]

PATH = "content/_urls.tsv"
STATES = ("killed", "removed")
_COLUMNS = 6
_TEXT = r"[^\x00-\x1f\x7f-\x9f]"  # no tab, no control character
_LINE = re.compile(
    rf"({_TEXT}+)\t(/\S*)\t(\d{{4}}-\d\d-\d\d)(?:\t(killed|removed)(?:\t({_TEXT}*)(?:\t({_TEXT}*))?)?)?", re.A
)
_FIRST = re.compile(rb"\t(\d{4}-\d\d-\d\d)\r?$", re.M)  # of an address in use
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_TIME = re.compile(r"(?:\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?)?", re.A)


@value
class LedgerLine:
    """One line of the ledger."""

    id: str
    url: str  # from the site's root: "/world/1987/02/26/grain.html"; "" where the story never had one
    first: str  # the day on which it was first recorded as published: "2026-11-26"; "" for never published
    state: str = ""  # "", or one of STATES
    since: str = ""  # ISO 8601: when it came into that state
    reason: str = ""  # of a kill, as tombstones show it


class Ledger:
    """The bytes of the ledger, parsed only when asked for: 100,000 lines take a third of a second."""

    def __init__(self, data: bytes) -> None:
        self._data = (
            data
            if data.isascii()
            else composed(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        )  # ids are compared in NFC
        self.digest = digest(data) if data else ""  # "" where there is no ledger

    @cached_property
    def _parsed(self) -> tuple[tuple[LedgerLine, ...], tuple[Problem, ...]]:
        return read(self._data)

    def mentions(self, story_id: str, url: str) -> bool:
        """Whether the ledger may have this id or address. A quick look at the bytes: it may say yes too often."""
        return f"{story_id}\t".encode() in self._data or (url != "" and self.has_address(url))

    def has_address(self, url: str) -> bool:
        """Whether the ledger has an address as it is written here."""
        return f"\t{url}\t".encode() in self._data

    def lines_on(self, page: str) -> tuple[LedgerLine, ...]:
        """The lines of the briefs that were published on a page, without a look at the others."""
        start = f"\t{page}#".encode()
        if start not in self._data:
            return ()
        return read(b"\n".join(line for line in self._data.split(b"\n") if start in line))[0]

    def newest(self, limit: int) -> tuple[tuple[str, str], ...]:
        """(id, day) of the addresses in use that were recorded last, latest first; of one day the last by address.

        Only the lines of those days are read: 0.11 to 0.14 s of CPU time for 100,000 lines, of one day or of many.
        """
        counts = Counter(_FIRST.findall(self._data))
        days: list[bytes] = []
        found = 0
        for day in sorted(counts, reverse=True):
            days.append(day)
            found += counts[day]
            if found >= limit:
                break
        if not days:
            return ()
        lines = re.findall(rb"^([^\t\n]+)\t(/[^\t\n]*)\t(%s)\r?$" % b"|".join(days), self._data, re.M)
        last = heapq.nlargest(limit, lines, key=lambda line: (line[2], line[1]))
        return tuple((story_id.decode("utf-8", "replace"), day.decode()) for story_id, _url, day in last)

    @property
    def lines(self) -> tuple[LedgerLine, ...]:
        """The addresses, in order."""
        return self._parsed[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the file."""
        return self._parsed[1]

    @property
    def killed(self) -> frozenset[str]:
        """The ids of killed stories."""
        return frozenset(line.id for line in self.lines if line.state == "killed")


def read(data: bytes) -> tuple[tuple[LedgerLine, ...], tuple[Problem, ...]]:
    """The good lines in order, each address once, and the problems of the others. 100,000 lines take some 0.2 s.

    Of a line with a problem that says killed, the id stays: no story with it is shown.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        return (), (Problem("not-utf-8", PATH, data.count(b"\n", 0, error.start) + 1, values=values),)
    lines: dict[str, LedgerLine] = {}  # by address; by " id" where there is none
    problems: list[Problem] = []
    for number, text_line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(text_line)
        if match and match[2] not in lines and not match[5] and is_story_address(match[2]):  # nearly all
            lines[match.group(2)] = LedgerLine(*match.groups(""))
            continue
        row = text_line.rstrip("\r").split("\t")
        if row == [""]:
            continue
        rule = _broken_rule(row)
        if rule:
            problems.append(Problem(rule, PATH, number, 1, excerpt=text_line.replace("\t", "    ")))
            if row[0] and len(row) > 3 and row[3].strip().lower() == "killed":  # the story stays withdrawn
                lines.setdefault(f" {row[0]}", LedgerLine(row[0], "", "", "killed"))
            continue
        line = LedgerLine(*row)
        key = _key(line)
        known = lines.get(key)
        if known is None:
            lines[key] = line
        elif known.id != line.id:
            problems.append(Problem("ledger-twice", PATH, number, 1, (line.url, known.id, line.id)))
        else:
            lines[key] = _merged(known, line)
    is_sorted = list(lines) == sorted(lines)
    return tuple(lines.values()) if is_sorted else in_order(lines.values()), tuple(problems)


def _key(line: LedgerLine) -> str:
    """What a line is about: its address, or the id where it has none."""
    return line.url or f" {line.id}"


def _broken_rule(row: list[str]) -> str:
    """The rule that a line breaks; "" for a good line."""
    if row[0].startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "ledger-conflict"
    if not 3 <= len(row) <= _COLUMNS or not row[0] or any(map(_CONTROL.search, row)):
        return "ledger-line"
    state = row[3] if len(row) > 3 else ""
    if state and state not in STATES:
        return "ledger-state"
    if len(row) > 4 and not _TIME.fullmatch(row[4]):
        return "ledger-time"
    is_reserved = state == "killed" and not row[1] and not row[2]
    is_published = is_story_address(row[1]) and _DAY.fullmatch(row[2])
    return "" if is_published or is_reserved else "ledger-line"


def _merged(one: LedgerLine, other: LedgerLine) -> LedgerLine:
    """Of two lines of one address, left by a merge: the one with the stronger state, and of equals the earlier."""
    rank = {"killed": 0, "removed": 1, "": 2}
    return min(one, other, key=lambda line: (rank[line.state], line.first, line.since, line.reason))


def to_bytes(ledger: Iterable[LedgerLine]) -> bytes:
    """The file that holds these lines, in order. Blanks and control characters in a row become one blank."""
    rows = []
    for line in in_order(ledger):
        row = [line.id, line.url, line.first, line.state, line.since, line.reason]
        while len(row) > 3 and not row[-1]:
            row.pop()
        rows.append("\t".join(" ".join(_CONTROL.sub(" ", column).split()) for column in row) + "\n")
    return "".join(rows).encode()


def with_shown(ledger: Iterable[LedgerLine], shown: Mapping[str, str], day: str) -> tuple[LedgerLine, ...]:
    """The ledger with the addresses of the stories that are public now, in order.

    `shown` has the id of the story at each address; `day` ("2026-11-26") is when a new address counts as first
    published. An address that was removed, and whose story is shown again, is in use again. The line of an address that
    belongs to another story stays as it is.
    """
    lines = {_key(line): line for line in ledger}
    for url, story_id in shown.items():
        known = lines.get(url)
        if known is None or (known.id == story_id and known.state == "removed"):
            lines[url] = LedgerLine(story_id, url, known.first if known else day)
    return in_order(lines.values())


def in_order(ledger: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """The lines in the order of the file: by address, then by id."""
    return tuple(sorted(ledger, key=lambda line: (line.url, line.id)))
