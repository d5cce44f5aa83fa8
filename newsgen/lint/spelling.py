"""Names that are spelled nearly alike, and are probably one. Rather silent than noisy: editors know who is called what.

Two names are compared only where they share a key: what is left when a letter is dropped, how the name sounds, its
first and last word, its letters without blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from newsgen.model.value import value
from newsgen.text.address import name_key

__all__ = ["Spelling", "near"]


@value
class Spelling:
    """One name as the site shows it."""

    name: str
    url: str  # its address: accents and case aside, one for each name
    stories: int
    path: str  # the first story file that has it
    has_entry: bool = False  # in _people.yaml or _places.yaml


@value
class _Parts:
    """A name as it is compared."""

    words: tuple[str, ...]  # without case, accents and marks
    rest: str  # what must be equal: "jr" of a person, the region of a place


_SUFFIXES = frozenset("jr sr ii iii iv junior senior".split())
_PARTICLES = frozenset(
    "al ap ben bin da de del della den der di do dos du el ibn la le san st ten ter van von y".split()
)
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc`")
_SOUNDS = (frozenset("iy"), frozenset("sz"), frozenset("ck"))  # one letter for the other: Sergei and Sergey
_UNHEARD = re.compile(r"[aeiouyjh]")
_TWICE = re.compile(r"(.)\1+")
_ALIKE = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "x": "ks"})
_SHORTEST = 5  # letters of a word in which one may be off: Lee and Leo, Iran and Iraq are two
_LONG_WORD = 8  # letters of a word in which two may be off
_LONG_NAME = 12  # letters of a name in which two may be off
_LONGEST = 80  # characters of a name; what is longer is no name
_CROWD = 20  # names with one key that each is compared with


def near(spellings: Iterable[Spelling], *, of_persons: bool) -> Iterator[tuple[Spelling, Spelling]]:
    """(a spelling, the one that it probably stands for), each of the former once, by name.

    The second has an entry, or else more stories. Two that both have one are two: somebody has said so.
    """
    names = sorted(
        spellings, key=lambda name: (name.has_entry, name.stories, name.name, name.url)
    )  # the last: preferred
    parts = [_parts(name.name, of_persons) for name in names]
    pairs: set[tuple[int, int]] = set()
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        if len(part.words) >= (2 if of_persons else 1) and len(names[number].name) <= _LONGEST:
            groups[part.rest, tuple(word[0] for word in part.words)].append(number)
    for group in groups.values():
        for less, more in _slips(group, parts):
            if _is_slip(parts[less].words, parts[more].words, of_persons):
                pairs.add((less, more))
    numbers = [number for group in groups.values() for number in group]
    pairs.update(_pairs((key, number) for number in numbers if (key := _letters(parts[number], of_persons))))
    if of_persons:
        pairs.update(_middles(numbers, parts))
    # Of several that a name may stand for, the last is the most preferred.
    stands_for = {rare: common for rare, common in sorted(pairs) if not names[rare].has_entry}
    for less in sorted(stands_for, key=lambda number: names[number].name):
        more = stands_for[less]
        while more in stands_for:
            more = stands_for[more]
        yield names[less], names[more]


def _parts(name: str, of_person: bool) -> _Parts:
    if not of_person:
        place, _comma, region = name.partition(",")
        return _Parts(_words(place), " ".join(_words(region)))
    words = _words(name)
    end = next((at for at in range(len(words), 0, -1) if words[at - 1] not in _SUFFIXES), 0)
    return _Parts(words[:end], " ".join(words[end:]))


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name_key(text))
    spaced = [m if m.isalnum() else " " for m in plain if not unicodedata.combining(m) and m not in _APOSTROPHES]
    return tuple("".join(spaced).split())


def _letters(parts: _Parts, of_person: bool) -> tuple[str, str] | None:
    """The key that Maryann Lee and Mary Ann Lee share; None for a short name, or one with an initial: Ed B. Rook."""
    if of_person and min(map(len, parts.words)) < 2:
        return None
    whole = "".join(parts.words)
    return (whole, parts.rest) if len(whole) > _SHORTEST else None


def _pairs(keyed: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of numbers that share a key, smaller first; of a crowd, each with those next to it."""
    sharing: dict[Hashable, list[int]] = {}
    for key, number in keyed:
        sharing.setdefault(key, []).append(number)
    for numbers in sharing.values():
        if len(numbers) > 1:
            ordered = sorted(set(numbers))
            for at, number in enumerate(ordered):
                for other in ordered[at + 1 : at + 1 + _CROWD]:
                    yield number, other


# --- one or two letters off -----------------------------------------------------------------------------------------


def _slips(group: list[int], parts: list[_Parts]) -> Iterator[tuple[int, int]]:
    """Pairs, of names with the same initials, that may be a letter or two apart."""
    if len(group) < 2:
        return
    yield from _pairs((key, number) for number in group for key in _shortened(parts[number].words))
    yield from _pairs((tuple(map(_sound, parts[number].words)), number) for number in group)


def _shortened(words: tuple[str, ...]) -> Iterator[str]:
    """The name, and the name without each of the letters that may be off."""
    whole = " ".join(words)
    yield whole
    start = 0
    for word in words:
        if len(word) >= _SHORTEST:
            for at in range(start + 1, start + len(word)):
                yield whole[:at] + whole[at + 1 :]
        start += len(word) + 1


def _sound(word: str) -> str:
    """The consonants of a word, roughly as they sound, after its first letter."""
    rest = word[1:].replace("ph", "f").translate(_ALIKE)
    return word[0] + _TWICE.sub(r"\1", _UNHEARD.sub("", rest))


def _is_slip(one: tuple[str, ...], other: tuple[str, ...], of_persons: bool) -> bool:
    """Whether two names with as many words are probably one."""
    edits = 0
    for place, (a, b) in enumerate(zip(one, other, strict=True)):
        if a == b:
            continue
        here = _distance(a, b)
        shorter = min(len(a), len(b))
        if shorter < (_SHORTEST if here == 1 else _LONG_WORD) or not (a + b).isalpha():
            return False
        if of_persons and place < len(one) - 1 and _are_two_given(a, b):
            return False
        edits += here
    if edits == 2:
        is_long = min(sum(map(len, one)), sum(map(len, other))) >= _LONG_NAME
        return is_long and all(_sound(a) == _sound(b) for a, b in zip(one, other, strict=True))
    return edits == 1


def _are_two_given(one: str, other: str) -> bool:
    """Whether two given names are those of two persons: Anna and Arno, Maria and Mario, Paul and Paula."""
    if len(one) == len(other):
        return len(one) <= _SHORTEST or any(a != b and {a, b} not in _SOUNDS for a, b in zip(one, other, strict=True))
    return one.startswith(other) or other.startswith(one)


def _distance(one: str, other: str) -> int:
    """How many letters must be changed, put in, left out or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


# --- a middle name more or less -------------------------------------------------------------------------------------


def _middles(numbers: Iterable[int], parts: list[_Parts]) -> Iterator[tuple[int, int]]:
    """Pairs that differ in middle names alone: John Smith, John A. Smith; none where it might be John B. Smith."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        words = parts[number].words
        if len(words[0]) > 1 and len(words[-1]) > 1:  # J. Smith may be Jane
            groups[words[0], words[-1], parts[number].rest].append(number)
    for group in groups.values():
        if not 1 < len(group) <= _CROWD:
            continue
        middle = {number: parts[number].words[1:-1] for number in group}
        fits = {
            one: [other for other in group if other != one and _is_shorter(middle[one], middle[other])] for one in group
        }
        for one, others in fits.items():
            if all(a == b or b in fits[a] or a in fits[b] for a in others for b in others):
                yield from ((min(one, other), max(one, other)) for other in others if middle[one] != middle[other])


def _is_shorter(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names are some of the others, or their initials."""
    rest = iter(other)
    if (_PARTICLES & set(one)) != (_PARTICLES & set(other)):
        return False  # Jan Berg and Jan van Berg are two
    return all(any(b == a or (len(a) == 1 and b.startswith(a)) for b in rest) for a in one)
