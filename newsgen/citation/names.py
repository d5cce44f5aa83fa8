"""A person's name in its parts, as far as that is certain; else, and for an organisation, one whole."""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.text.memo import cache_short_text
from newsgen.text.scripts import is_unspaced

__all__ = ["Name", "initials", "organisation", "person"]

_PARTICLES = frozenset(
    "'t af al av ben bin da das de degli dei del dela della delle den der des di do dos du e el i ibn la las le los of "
    "op te ten ter til und van vom von y zu zum zur".split()
)
_LINKS = frozenset(("y", "e", "i"))  # between two family names: Ortega y Gasset
_SUFFIX = re.compile(r"(?:,\s*|\s+)(Jr\.?|Sr\.?|Jnr\.?|Snr\.?|II|III|IV)$")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_PARTS = re.compile(r"[^\W\d_][^\s.-]*")


@value
class Name:
    """A name. Of an organisation, and of a name that is not taken apart, `family` is the whole."""

    family: str  # with particles: "von der Leyen"
    given: str = ""
    suffix: str = ""  # "Jr."
    is_whole: bool = False


def organisation(name: str) -> Name:
    """The name of an agency, a desk or any other author that is no person."""
    return Name(" ".join(name.split()), is_whole=True)


@cache_short_text
def person(name: str) -> Name:
    """A person's name: family name last, with the particles before it; "Jr." and the like behind it."""
    whole = organisation(name)
    if is_unspaced(name) or _HANGUL.search(name):
        return whole
    suffix = ""
    if match := _SUFFIX.search(whole.family):
        suffix, name = match[1], whole.family[: match.start()]
    words = name.split()
    if len(words) < 2 or "," in name:
        return whole
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    start = next((at for at, word in enumerate(words[1:start], 1) if word in _PARTICLES), start)
    if start > 1 and words[start] in _LINKS:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _is_particle(word: str) -> bool:
    """Whether a word before the last is one; a capital alone is an initial."""
    return word in _PARTICLES or (len(word) > 1 and word.lower() in _PARTICLES)


def initials(given: str) -> str:
    """`Mila Jean-Marie` as `M. J.-M.`; names in a script without capitals stay as they are."""
    if given.lower() == given.upper():
        return given
    return " ".join(filter(None, map(_initials_of_word, given.split())))


def _initials_of_word(word: str) -> str:
    return "-".join(
        " ".join(f"{letters[0].upper()}." for letters in _PARTS.findall(part)) for part in word.split("-") if part
    )
