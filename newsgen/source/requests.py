"""content/_requests.tsv: the private log of requests to unpublish. Pure: bytes in, values out, and back.

One line a request, its columns parted by tabs, oldest first. Nothing of it is ever published:

    date    kind    subject    value    reason

`subject` is a story's id, or the name of a person who is to be anonymous; `value` is what stands in the name's place,
or the note. The names are what each build looks for (`guard`).
"""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value

__all__ = ["KINDS", "PATH", "Request", "Requests", "read", "written"]

PATH = "content/_requests.tsv"
KINDS = ("anonymise", "delete", "delist", "note")
_COLUMNS = 5


@value
class Request:
    """One line."""

    date: str  # ISO 8601
    kind: str  # one of KINDS
    subject: str
    value: str  # "" for none
    reason: str


@value
class Requests:
    """The log."""

    rows: tuple[Request, ...]
    digest: str  # of its bytes; "" where there is none
    problems: tuple[Problem, ...]  # what is wrong with other lines

    @property
    def names(self) -> tuple[str, ...]:
        """The persons who are to be anonymous."""
        return tuple(dict.fromkeys(row.subject for row in self.rows if row.kind == "anonymise"))


def read(data: bytes) -> Requests:
    """The requests in their order."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        problem = Problem("not-utf-8", PATH, data.count(b"\n", 0, error.start) + 1, values=values)
        return Requests((), digest(data), (problem,))
    found: list[Request] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        row = line.split("\t")
        if row == [""]:
            continue
        if len(row) == _COLUMNS and row[1] in KINDS and row[2].strip():
            found.append(Request(*row))
        else:
            problems.append(Problem("request-line", PATH, number, 1))
    return Requests(tuple(found), digest(data), tuple(problems))


def written(requests: Iterable[Request]) -> bytes:
    """The log as bytes."""
    rows = ((one.date, one.kind, one.subject, one.value, one.reason) for one in requests)
    return "".join("\t".join(" ".join(column.split()) for column in row) + "\n" for row in rows).encode()
