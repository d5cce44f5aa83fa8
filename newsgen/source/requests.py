"""content/_requests.tsv: the private log of requests to unpublish. Pure: bytes in, values out, and back.

One line a request, tabs between the columns, oldest first. Nothing of it is ever published:

    date    kind    subject    value    reason

`subject` is a story's id, or the name of a person who is to be anonymous; `value` is what stands in the name's place,
or the note. The log keeps those names because every build looks for them in what it is about to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value

__all__ = ["KINDS", "PATH", "Request", "Requests", "is_ignored", "may_be_name", "read", "to_bytes"]

PATH = "content/_requests.tsv"
KINDS = ("anonymise", "delete", "delist", "note")
_COLUMNS = 5
_LETTER = re.compile(r"[^\W\d_\u115f\u1160\u3164\uffa0]")  # none of the fillers of Hangul, which look like nothing


@value
class Request:
    """One request: a line of the log."""

    date: str  # ISO 8601
    kind: str  # one of KINDS
    subject: str
    value: str  # "" for none
    reason: str


@value
class Requests:
    """The whole log."""

    rows: tuple[Request, ...]
    digest: str  # of its bytes; "" where there is no log
    problems: tuple[Problem, ...]  # of the lines that cannot be read
    doubtful: tuple[str, ...] = ()  # what may be names to look for, of lines that cannot be read

    @property
    def names(self) -> tuple[str, ...]:
        """The persons who are to be anonymous."""
        return tuple(dict.fromkeys([*(row.subject for row in self.rows if row.kind == "anonymise"), *self.doubtful]))


def read(data: bytes) -> Requests:
    """The requests in the order of the file; a line that is none becomes a problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        problem = Problem("not-utf-8", PATH, data.count(b"\n", 0, error.start) + 1, values=values)
        return Requests((), digest(data), (problem,))
    rows: list[Request] = []
    problems: list[Problem] = []
    doubtful: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        columns = line.rstrip("\r").split("\t")
        if columns == [""]:
            continue
        if _is_request(columns):
            rows.append(Request(*columns))
        else:
            problems.append(Problem("request-line", PATH, number, 1))
            doubtful += _may_be_name(columns)
    return Requests(tuple(rows), digest(data), tuple(problems), tuple(doubtful))


def _is_request(columns: list[str]) -> bool:
    """Whether a line is a request. A name to look for has two letters at least: one would be found on every page."""
    if len(columns) != _COLUMNS or columns[1] not in KINDS or not columns[2].strip():
        return False
    return columns[1] != "anonymise" or may_be_name(columns[2])


def may_be_name(text: str) -> bool:
    """Whether a text can be looked for as a name: it has two letters that a reader sees."""
    return len(_LETTER.findall(text)) > 1


def _may_be_name(columns: list[str]) -> list[str]:
    """The name in a line that is wrong otherwise: no page shows it, until somebody corrects the line."""
    kinds = [column.strip().casefold() for column in columns]
    name = "".join(columns[kinds.index("anonymise") + 1 :][:1]) if "anonymise" in kinds else ""
    return [name] if may_be_name(name) else []


def to_bytes(requests: Iterable[Request]) -> bytes:
    """The file that holds these requests. Runs of blanks in a column become one blank."""
    rows = ((request.date, request.kind, request.subject, request.value, request.reason) for request in requests)
    return "".join("\t".join(" ".join(column.split()) for column in row) + "\n" for row in rows).encode()


def is_ignored(gitignore: bytes) -> bool:
    """Whether a .gitignore, of the site or of content/, keeps the log out of Git."""
    name = PATH.rpartition("/")[2]
    lines = gitignore.decode("utf-8", "replace").splitlines()
    patterns = [line.strip().removeprefix("**/").strip("/") for line in lines]
    return any(fnmatchcase(path, pattern) for pattern in patterns for path in (PATH, name, "content"))
