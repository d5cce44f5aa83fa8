"""A person's name taken out of text: words, capitals and addresses. Pure."""

from __future__ import annotations

import re

from newsgen.address import slug_of_name

__all__ = ["ALLOWED", "Veil", "spellings"]

# What may stand in a name's place: nothing that means anything in YAML, Markdown or an address.
ALLOWED = re.compile(r"[^\W_]+(?:[ '’.-]{1,2}[^\W_]+)*\.?")

_START = re.compile(r"(?:\A|\n\n|[.!?][\"”’]?\s+[\"“‘]?|^headline: [\"']?)\Z", re.M)  # of a sentence


def spellings(name: str) -> tuple[str, ...]:
    """How a name may stand on a page: as written, in capitals, and in an address."""
    plain = " ".join(name.split())
    return tuple(dict.fromkeys((plain, plain.upper(), slug_of_name(plain))))


class Veil:
    """Puts other words in a name's place. A name is found over line ends, in any case, and never within a word."""

    def __init__(self, name: str, instead: str) -> None:
        words = r"\s+".join(re.escape(word) for word in name.split())
        self._instead = " ".join(instead.split())
        self._slug = slug_of_name(self._instead)
        self._words = re.compile(rf"(?<!\w){words}(?!\w)", re.I)
        parts = "[-_]".join(re.escape(part) for part in slug_of_name(name).split("-"))
        self._address = re.compile(rf"(?<![a-z0-9]){parts}(?![a-z0-9])", re.I)

    def hide(self, text: str) -> str:
        """The text without the name."""
        return self.hide_address(self._words.sub(self._like, text))

    def hide_address(self, text: str) -> str:
        """The same for text that is all addresses or file names."""
        return self._address.sub(self._slug, text)

    def _like(self, found: re.Match[str]) -> str:
        if found.group().isupper():
            return self._instead.upper()
        is_first = _START.search(found.string, max(0, found.start() - 20), found.start())
        return self._instead[0].upper() + self._instead[1:] if is_first else self._instead
