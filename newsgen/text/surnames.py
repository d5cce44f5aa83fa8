"""Under which word of a name a person stands in a directory, and how the name is written there: `Varga, Ines`.

By the rules of library catalogues (IFLA, Names of persons; Chicago 16.71 to 16.87) as far as a name itself tells: it
does not say which of its words are given names, so a few are filed otherwise than their bearers would.
"""

from __future__ import annotations

import re

__all__ = ["filed"]

# Languages whose directories have names as they are written: the family's name comes first, or there is none.
_AS_WRITTEN = frozenset("am bo hu id is ja km ko lo ms my th ti zh".split())
_FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What goes behind the given names: `Humboldt, Alexander von`. With a capital it is of the surname: `De Luca, Anna`.
_PARTICLES = frozenset(
    "af av da das de degli dei del dell della den der des di do dos du e het la las le les lo los op s sur te ten ter "
    "till und van vom von voor zu zum zur".split()
)
# What belongs to the word after it, in any case.
_BOUND = frozenset(
    "abd abdel abdul abu aal al ap bar ben bin bint el ibn mac mc o st ste عبد أبو ابو بن ابن آل بنت".split()
)
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_DOUBLE = frozenset("ca es gl".split())  # languages in which a person has two surnames, the father's first
_JOINS = frozenset("y i e".split())  # between two surnames
_SECOND_NAMES = frozenset(
    "alberto ángel antonio carlos carmen cristina elena enrique fernando francisco ignacio isabel javier jesús jorge "
    "josé juan luis manuel mar maría mercedes miguel pablo pedro pilar teresa".split()
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)-(?=\w)", re.I)


def filed(name: str, language: str) -> tuple[str, str]:
    """What a name is sorted by, and how it is written in a directory: the same where it is filed as it is written."""
    words = name.split()
    base = language.partition("-")[0].lower()
    if len(words) < 2 or base in _AS_WRITTEN or "," in name or _FAMILY_FIRST.search(name):
        return name, name
    suffix = f", {words.pop()}" if words[-1].lower() in _SUFFIXES and len(words) > 2 else ""
    start = _start(words, base)
    comma = "،" if _ARABIC.match(name) else ","
    given = " ".join(words[:start])
    surname = " ".join(words[start:])
    return f"{_ARTICLE.sub('', surname, count=1)} {given}{suffix}", f"{surname}{comma} {given}{suffix}"


def _start(words: list[str], base: str) -> int:
    """Where the surname begins among the words of a name."""
    at = len(words) - 1
    if at > 2 and words[at - 1].lower() in _JOINS:
        at -= 2
    elif base in _DOUBLE and at > 1 and words[at - 1] not in _PARTICLES and _has_two(words):
        at -= 1
    while at > 1 and _is_of_surname(words[at - 1]):
        at -= 1
    return at


def _has_two(words: list[str]) -> bool:
    """Whether the last two of three words or more are surnames."""
    return len(words) > 3 or words[1].lower() not in _SECOND_NAMES


def _is_of_surname(word: str) -> bool:
    return word.lower() in _BOUND or (word.lower() in _PARTICLES and word[:1].isupper())
