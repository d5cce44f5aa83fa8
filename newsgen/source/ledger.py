"""content/_urls.tsv: every address at which a story was ever published. Pure: bytes in, values out, and back.

One line an address, in order of address, its columns parted by tabs, so that two people's ledgers merge line by line:

    id    address    first published    state    since    reason

Most lines end after three columns. A `state` says that the address may break (`removed`), or that its story was killed
(`killed`); the line of a story that was killed before it was ever published has no address, and keeps its id from being
used again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value

__all__ = ["PATH", "STATES", "Address", "Ledger", "read", "recorded", "told", "written"]

PATH = "content/_urls.tsv"
STATES = ("killed", "removed")
_COLUMNS = 6
_LINE = re.compile(r"([^\t\r]+)\t(/\S*)\t([^\t\r]+)(?:\t(killed|removed)(?:\t([^\t\r]*)(?:\t([^\t\r]*))?)?)?")


@value
class Address:
    """One line."""

    id: str
    url: str  # from the site's root: "/world/1987/02/26/grain.html"; "" of a story that never had one
    first: str  # the day on which it was first recorded as published: "2026-11-26"; "" for never
    state: str = ""  # "", or one of STATES
    since: str = ""  # ISO 8601: when it got that state
    reason: str = ""  # of a kill, as the public is told


class Ledger:
    """The ledger as bytes, read when it is asked for: 100,000 lines take a third of a second."""

    def __init__(self, data: bytes, mark: str = "", problems: tuple[Problem, ...] = ()) -> None:
        self._data = data
        self._problems = problems
        self.digest = mark or (digest(data) if data else "")  # "" where there is none

    @cached_property
    def _read(self) -> tuple[tuple[Address, ...], tuple[Problem, ...]]:
        return read(self._data)

    def mentions(self, story_id: str, url: str) -> bool:
        """Whether an id or an address may be in it: generous, and quick."""
        return f"{story_id}\t".encode() in self._data or (url != "" and f"\t{url}\t".encode() in self._data)

    @property
    def lines(self) -> tuple[Address, ...]:
        """The addresses, in order."""
        return self._read[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        return (*self._problems, *self._read[1])

    @property
    def killed(self) -> frozenset[str]:
        """The ids of killed stories."""
        return frozenset(line.id for line in self.lines if line.state == "killed")


def read(data: bytes) -> tuple[tuple[Address, ...], tuple[Problem, ...]]:
    """The lines of a ledger in order, each address once, and what is wrong with the others.

    100,000 lines take some 0.2 s.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        return (), (Problem("not-utf-8", PATH, data.count(b"\n", 0, error.start) + 1, values=values),)
    found: dict[str, Address] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        good = _LINE.fullmatch(line)
        if good is not None and good.group(2) not in found:  # nearly all
            found[good.group(2)] = Address(*good.groups(""))
            continue
        row = line.rstrip("\r").split("\t")
        if row == [""]:
            continue
        rule = _wrong(row)
        if rule:
            problems.append(Problem(rule, PATH, number, 1, excerpt=line.replace("\t", "    ")))
            continue
        address = Address(*row)
        key = address.url or f" {address.id}"
        known = found.get(key)
        if known is None:
            found[key] = address
        elif known.id != address.id:
            problems.append(Problem("ledger-twice", PATH, number, 1, (address.url, known.id, address.id)))
        else:
            found[key] = _merged(known, address)
    return told(found.values()) if list(found) != sorted(found) else tuple(found.values()), tuple(problems)


def _wrong(row: list[str]) -> str:
    """The rule that a line breaks; "" for none."""
    if row[0].startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "ledger-conflict"
    if not 3 <= len(row) <= _COLUMNS or not row[0]:
        return "ledger-line"
    state = row[3] if len(row) > 3 else ""
    if state and state not in STATES:
        return "ledger-state"
    is_reserved = state == "killed" and not row[1] and not row[2]
    is_address = row[1].startswith("/") and row[2] and not any(mark.isspace() for mark in row[1])
    return "" if is_address or is_reserved else "ledger-line"


def _merged(one: Address, other: Address) -> Address:
    """Of two lines of one address, from a merge: the one that says more, and of equals the earlier."""
    rank = {"killed": 0, "removed": 1, "": 2}
    return min(one, other, key=lambda line: (rank[line.state], line.first, line.since, line.reason))


def written(addresses: Iterable[Address]) -> bytes:
    """The ledger as bytes."""
    lines = []
    for address in sorted(addresses, key=lambda line: (line.url, line.id)):
        row = [address.id, address.url, address.first, address.state, address.since, address.reason]
        while len(row) > 3 and not row[-1]:
            row.pop()
        lines.append("\t".join(" ".join(column.split()) for column in row) + "\n")
    return "".join(lines).encode()


def recorded(ledger: Iterable[Address], shown: Mapping[str, str], day: str) -> tuple[Address, ...]:
    """A ledger with the addresses of the stories that are shown now: `shown` gives for each address its story's id.

    An address that was removed, and is shown again, is in use again. One that another story had stays as it is.
    """
    lines = {address.url or f" {address.id}": address for address in ledger}
    for url, story_id in shown.items():
        known = lines.get(url)
        if known is None or (known.id == story_id and known.state == "removed"):
            lines[url] = Address(story_id, url, known.first if known else day)
    return told(lines.values())


def told(ledger: Iterable[Address]) -> tuple[Address, ...]:
    """The lines in their order."""
    return tuple(sorted(ledger, key=lambda line: (line.url, line.id)))
