"""A rule about the words of the interface: are they all in the language of the site?"""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.language.language import Language
from newsgen.model.errors import Problem

__all__ = ["WORD_RULES", "check_words"]

WORD_RULES = frozenset(["words-missing"])

_SHOWN = 5  # keys that are named


def check_words(language: Language) -> Iterator[Problem]:
    """Advice where words are English for want of others, with their number."""
    missing, count = language.missing()
    if missing:
        named = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        values = (str(len(missing)), str(count), language.tag, named)
        yield Problem("words-missing", "pyproject.toml", values=values, severity="advice")
