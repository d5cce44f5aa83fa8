"""How a citation is written: as plain text, or as HTML in which the day of access has its place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape

from newsgen.citation.days import mla_day, us_day

__all__ = ["Html", "Medium", "Text"]


class Medium(ABC):
    """What a style needs to write a citation."""

    @abstractmethod
    def text(self, text: str) -> str:
        """A text as it is."""

    @abstractmethod
    def italic(self, text: str) -> str:
        """A title in italics."""

    @abstractmethod
    def accessed(self, pattern: str) -> str:
        """The words for the day of access, of which `{us}` is `June 5, 2025` and `{mla}` is `5 June 2025`."""


class Text(Medium):
    """Plain text, without italics; with the day of access ("2025-06-05") where it is given."""

    def __init__(self, accessed: str = "") -> None:
        self._day = accessed

    def text(self, text: str) -> str:
        return text

    def italic(self, text: str) -> str:
        return text

    def accessed(self, pattern: str) -> str:
        return pattern.format(us=us_day(self._day), mla=mla_day(self._day)) if self._day else ""


class Html(Medium):
    """HTML. The place of the day of access is an empty element, which cite.js fills."""

    def text(self, text: str) -> str:
        return escape(text, quote=False)

    def italic(self, text: str) -> str:
        return f"<i>{escape(text, quote=False)}</i>"

    def accessed(self, pattern: str) -> str:
        return f'<span data-read="{escape(pattern)}"></span>'
