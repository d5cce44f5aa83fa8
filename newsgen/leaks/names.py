"""A person's name: found on a page, and taken out of text, paths and addresses. Pure."""

from __future__ import annotations

import re

from newsgen.text.address import slug_of_name

__all__ = ["ALLOWED", "NameRemover", "pattern_on_page", "plain_words"]

# What may stand in a name's place: nothing that means anything in YAML, Markdown or an address.
ALLOWED = re.compile(r"[^\W_]+(?:[ '’.-]{1,2}[^\W_]+)*\.?")

_START = re.compile(r"(?:\A|\n\n|[.!?][\"”’]?\s+[\"“‘]?|^headline: [\"']?)\Z", re.M)  # of a sentence


# Between two words of a name: blanks, and at most one line end, for the next paragraph is about somebody else.
_GAP = r"(?:[^\S\n]+(?:\n[^\S\n]*)?|\n[^\S\n]*)"
_PAGE_GAP = r"(?:\s|&(?:amp;)?(?:nbsp|#160|#xa0);)+"
_APOSTROPHE = r"(?:['’‘ʼ]|&(?:amp;)?(?:#0?39|#x27|apos|[lr]squo|#821[67]);|\\u00?27|\\u2019)"


def _words(name: str, gap: str, apostrophe: str) -> str:
    """An expression for the words of a name."""
    words = (apostrophe.join(map(re.escape, re.split("['’‘ʼ]", word))) for word in name.split())
    return rf"(?<!\w){gap.join(words)}(?!\w)"


def _address(name: str) -> str:
    """An expression for a name in an address."""
    parts = "[-_]".join(re.escape(part) for part in slug_of_name(name).split("-"))
    return rf"(?<![a-z0-9]){parts}(?![a-z0-9])"


def pattern_on_page(name: str) -> re.Pattern[str]:
    """Finds a name on a page: in any case, as an address, over line ends, with its apostrophes written out."""
    return re.compile(f"{_words(name, _PAGE_GAP, _APOSTROPHE)}|{_address(name)}", re.I)


def plain_words(name: str) -> frozenset[str]:
    """Plain words for a quick first search: where `pattern_on_page` finds the name in a usual case, one of them is."""
    word = max(re.findall(r"[^\W_]+", name), key=len)
    address = max(slug_of_name(name).split("-"), key=len)
    return frozenset((word, word.upper(), word.lower(), word.capitalize(), address, address.capitalize()))


class NameRemover:
    """Puts other words in a name's place. It finds the name across a line end, in any case, and never within a word."""

    def __init__(self, name: str, instead: str) -> None:
        self._instead = " ".join(instead.split())
        self._slug = slug_of_name(self._instead)
        self._words = re.compile(_words(name, _GAP, _APOSTROPHE), re.I)
        self._address = re.compile(_address(name), re.I)

    def replace(self, text: str) -> str:
        """The text without the name."""
        return self._address.sub(self._slug, self._words.sub(self._like, text))

    def replace_in_path(self, text: str) -> str:
        """The same for a path, an id or an address: the result is what `replace` writes where a text names one."""
        plain = self._words.sub(lambda match: self._upper(match) or self._instead, text)
        return self._address.sub(self._slug, plain)

    def _upper(self, match: re.Match[str]) -> str:
        """The other words in capitals where the name is in capitals; else ""."""
        return self._instead.upper() if match.group().isupper() else ""

    def _like(self, match: re.Match[str]) -> str:
        """The other words, with capitals as the name has them where it stands."""
        is_first = _START.search(match.string, max(0, match.start() - 20), match.start())
        capitalised = self._instead[0].upper() + self._instead[1:]
        return self._upper(match) or (capitalised if is_first else self._instead)
