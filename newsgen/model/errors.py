"""The exception tree, and `Problem`: what is wrong with something a user wrote.

No sentence is worded here: `messages/problems.py` words them, from the rule's name and its values.

    NewsgenError              exit code
    ├── UsageError            2   an option, a folder or a setting that cannot be used
    ├── LockHeld              3   another newsgen works on this site
    ├── SystemFault           4   the disk or the system refused
    │   └── BlockedPath           one path that cannot be written; others may be
    └── ContentError          1   carries Problems: stories or templates a user can mend
"""

from __future__ import annotations

from typing import Literal

from newsgen.model.value import value

__all__ = [
    "BlockedPath",
    "ContentError",
    "LockHeld",
    "NewsgenError",
    "Problem",
    "Severity",
    "SystemFault",
    "UsageError",
]

Severity = Literal["error", "warning", "advice"]


@value
class Problem:
    """One thing that is wrong, and where. Lines and columns count from 1; 0 where unknown."""

    rule: str  # names the sentence in messages/problems.py: "unknown-key"
    path: str  # as the user knows the file: relative to the site, with /
    line: int = 0
    column: int = 0
    values: tuple[str, ...] = ()  # for the placeholders of the sentence, in order
    excerpt: str = ""  # the source line, shown with a caret under the column
    severity: Severity = "error"


class NewsgenError(Exception):
    """Something a user can act on: its `problems` say what. Any other exception is a bug of newsgen."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class ContentError(NewsgenError):
    """Stories or templates that cannot be used as they are."""

    exit_code = 1


class UsageError(NewsgenError):
    """An option, a folder or a setting that cannot be used."""

    exit_code = 2


class LockHeld(NewsgenError):
    """Another newsgen works on this site."""

    exit_code = 3


class SystemFault(NewsgenError):
    """The disk or the system refused; the problem's path says on what."""

    exit_code = 4


class BlockedPath(SystemFault):
    """One path that cannot be written or removed: permission is missing, or something else is in its way."""
