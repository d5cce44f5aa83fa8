"""What stands above the text of a piece of copy, line by line. Values only; `head` fills them."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsgen.formats.dates import DateLine

__all__ = ["Head"]


@dataclass(slots=True)
class Head:
    """What stands above the text. Filled line by line; one for each piece of copy."""

    headline: str = ""
    is_headline_guess: bool = False
    deck: list[str] = field(default_factory=list)
    date: DateLine | None = None
    date_line: str = ""  # the line that it was read from
    section: str = ""
    slugline: str = ""
    address: str = ""
    dateline: str = ""  # of a label
    first: str = ""  # the first line of the text, where a label stands before it
    is_coded: bool = False  # lines begin with the codes of a data base
    bylines: list[str] = field(default_factory=list)  # lines, as sent
    guessed_byline: str = ""  # a line that is only a name
    persons: list[str] = field(default_factory=list)  # of bylines that are contacts too
    credits: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)  # bullets of the copy itself
    holds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # lines of deck and dropped that nothing explains
