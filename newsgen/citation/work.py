"""What is known of a story that is cited."""

from __future__ import annotations

from newsgen.citation.names import Name
from newsgen.model.value import value

__all__ = ["Work"]


@value
class Work:
    """A story as a citation sees it."""

    id: str
    title: str  # the headline
    authors: tuple[Name, ...]
    site: str
    publisher: str  # the agency; "" where that is the author, or there is none
    day: str  # "1987-02-26": when it was published
    url: str  # absolute, of the version cited
    language: str
    version: str = ""  # of a story that was updated or corrected since: "1987-02-27", with "T15:01" on the same day
