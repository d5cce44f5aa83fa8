"""The places of a dateline: `HARWICK, France/LUND`, `Port of Spain, Trinidad and Tobago`, `Lund (Skåne) [Sweden]`."""

from __future__ import annotations

import re

from newsgen.wire.place_names import LOWER_CASE_WORDS, is_in_capitals

__all__ = ["places_of", "read_places"]

_BRACKETS = re.compile(r"\s[(\[]([^()\[\]]{1,40})[)\]]")  # a region behind a city


def places_of(text: str) -> tuple[str, ...]:
    """The places of `HARWICK, France/LUND`; a region stays with the place before it."""
    places: list[str] = []
    for part in text.split("/"):
        pieces = part.split(" and ")
        place = pieces[0]
        for piece in pieces[1:]:
            first = piece.split()[0] if piece.split() else ""
            if "," in place and not is_in_capitals(first):
                place = f"{place} and {piece}"  # Port of Spain, Trinidad and Tobago
            else:
                places.append(place)
                place = piece
        places.append(place)
    return tuple(place for place in (" ".join(piece.split()).strip(" ,;،-–—") for piece in places) if place)


def _is_place(text: str, in_capitals: bool) -> bool:
    """Whether a text reads as one place of a dateline, with its region; `in_capitals` asks that of the city."""
    city, *regions = [part.strip() for part in re.split("[,،]", text)]
    if city.endswith((")", "]")):
        regions = [*_BRACKETS.findall(city), *regions]
        city = _BRACKETS.sub("", city)
    words = city.split()
    if words[:1] in (["By"], ["BY"]) or any(mark.isdigit() or mark in "()" for mark in city):
        return False
    if not (city[:1].isalpha() or city[:1] in "'’"):
        return False
    if not 0 < len(words) <= (6 if in_capitals else 4) or len(regions) > 2:
        return False
    is_allowed = is_in_capitals if in_capitals else _is_capitalised
    if not is_allowed(words[0]) or not all(is_allowed(word) or word in LOWER_CASE_WORDS for word in words):
        return False
    if not in_capitals and len(words) > 1 and len(words[-1]) > 3 and words[-1].isupper() and not words[0].isupper():
        return False  # Northern Wire Writer HARWICK
    if in_capitals and not any(mark.isalpha() and mark.isupper() for mark in words[-1]):
        return False
    return all(
        0 < len(region.split()) <= 4
        and all(_is_capitalised(word) or word in LOWER_CASE_WORDS for word in region.split())
        for region in regions
    )


def _is_capitalised(word: str) -> bool:
    """Whether a word begins with a capital, or with a letter of a script that has none."""
    return word[:1].isalpha() and not word[0].islower() and not any(mark.isdigit() or mark in '":;?!' for mark in word)


def read_places(where: str, in_capitals: bool) -> tuple[str, ...] | None:
    """The places that a text consists of; None where it is anything else. `in_capitals` asks that of each city."""
    if len(where) > 120:
        return None
    places = places_of(where)
    return places if places and all(_is_place(place, in_capitals) for place in places) else None
