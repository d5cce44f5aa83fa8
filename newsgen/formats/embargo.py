"""Lines of copy that hold it back: `EMBARGO: 00:01 GMT, May 5`, `(Embargoed until …)`, `HFR`, `Sperrfrist: …`.

Whatever reads as such a line holds the story: until the instant that it names, else until a person says otherwise.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import NamedTuple

from newsgen.formats import dates
from newsgen.text.memo import cache_short_text
from newsgen.text.months import is_weekday, month_number
from newsgen.wire.tables import phrases

__all__ = ["Hold", "may_hold", "read"]

_LIMIT = 200  # characters of such a line
_EDGES = " \t*#<>()[]{}+~|•·.!:-–—=/\"'“”«»_^$"
_AFTER = re.compile(r"(?:\W|$)")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[\s:.,/-]+")
_NUMBERED = re.compile(r"(adv|advance)\s?(\d{1,2})\b")
_NOT_BEFORE = re.compile(r"not (?:for|to be)(?: \w+){0,4} (?:until|before|till)\b")  # not for online use until May 5
_ADVANCE = re.compile(r"advance (\w+)")
_INSIDE = re.compile(
    r"(?:[\w'’]+[ ,:-]{1,3}){1,5}"
    r"(?P<ask>(?P<sure>embargoed (?:until|till|to|for)|under (?:strict )?embargo|respect (?:the |our )?embargo"
    r"|not (?:for|to be) (?:publication|published|release|released|broadcast|use|used)|do not (?:publish|use|release))"
    r"|(?:hold|held|holding)(?: this| it| the story| story| copy)? (?:until|till|for)"
    r"|(?:release|use|publish)d? (?:at|on|after|only))\b"
)
_STEM = re.compile(
    r"embarg|sperrfrist|gesperrt|эмбарго|解禁|\b(?:hold|withhold|holding|held) (?:until|till|for|pending|this|story)\b"
    r"|\bfor (?:release|publication|use)\b|^(?:release|publish|use)\b.{0,20}\d"
    r"|\b(?:not?|nicht|ne pas|non|não|niet|ikke)\b.{0,30}"
    r"\b(?:publi|releas|broadcast|use\b|veröffentl|diffus|difund|usar|pubblic)"
)
_SLIPS = (
    "embargo", "embargoed", "embargado", "sperrfrist", "gesperrt", "release", "advance", "publication", "publish",
)  # fmt: skip
_WORDS = 20  # of a line that may hold copy back in other words
_FOR_PAPERS = re.compile(r"for (?:\w{3,9}\.? )?(?:ams|pms|am|pm)\b")  # for Wednesday AMs
_COLON = (":", "：")
_VERBS = frozenset("said says was were is are has have had will".split())  # `Embargo on grain is lifted`


class Hold(NamedTuple):
    """What a line asks for."""

    until: str  # ISO 8601 with an offset, or "hold"
    is_guess: bool  # the line may say something else: its day can be read in two ways, or its words are no usual ones


@cache_short_text
def read(line: str) -> Hold | None:
    """What a line of copy says of its release; None for a line that holds nothing back."""
    text = _without_opening(" ".join(line[: _LIMIT + 1].split()))
    low = text.casefold()
    if not 2 < len(text) <= _LIMIT or any(word in low for word in phrases("holds", "free")):
        return None
    if low in phrases("holds", "whole"):
        return Hold("hold", False)
    start, is_loose = _start(low), False
    if not start and (found := _INSIDE.match(low)) and (found["sure"] or _day_in(_words_behind(low, found.end()))):
        start, is_loose = found[0], not found["sure"]
    if not start:
        return None
    latest = dates.latest_in(text)
    if latest is not None:
        iso, is_clear = latest
        return Hold(iso, is_loose or not is_clear)
    is_line = " " in start or line.lstrip()[:1] in "(*<[#" or text.isupper()
    is_line = is_line or text[len(start) :].lstrip()[:1] in _COLON
    is_line = is_line or _goes_on_with_a_day(text, low, start)
    return Hold("hold", is_loose) if is_line and _VERBS.isdisjoint(_WORD.findall(low)[2:]) else None


def may_hold(line: str) -> bool:
    """Whether a line above copy that nothing else explains has words of a hold, and a day or a time: it is one then."""
    low = line[: _LIMIT + 1].casefold().strip(_EDGES)
    words = [word for word in _BREAK.split(low) if word]
    is_free = any(word in low for word in phrases("holds", "free"))
    if is_free or not 1 < len(words) <= _WORDS or not _VERBS.isdisjoint(words):
        return False
    has_stem = _STEM.search(low) is not None
    if not _day_in(words):
        return has_stem and line.isupper() and len(words) < 6
    return has_stem or any(_is_slip(word) for word in words[:4])


@cache_short_text
def _is_slip(word: str) -> bool:
    """Whether a word is one of those that hold copy back, with a slip of the keyboard: EMABRGO, relaese."""
    if len(word) in (3, 4) and set(word) <= set("hold"):
        return word != "hold" and word != "old"
    near = difflib.get_close_matches(word, _SLIPS, 1, 0.8) if len(word) > 4 else []
    return bool(near) and word not in _SLIPS


def _goes_on_with_a_day(text: str, low: str, start: str) -> bool:
    """Whether a day or a time follows the first word, as in `HFR May 5` and `Embargo tot woensdag 6.00 uur`."""
    words = [word for word in _BREAK.split(low[len(start) :]) if word]
    is_bound = text[: len(start)].isupper() or (
        bool(words) and words[0].replace("’", "'") in phrases("holds", "joints")
    )
    return is_bound and bool(_day_in(words[:5]))


def _without_opening(text: str) -> str:
    """A line without marks around it and without words to editors before it: `(Eds: embargoed until …)`."""
    text = text.strip(_EDGES)
    opening = _openings().match(text)
    return text[opening.end() :].strip(_EDGES) if opening else text


@cache
def _longest_first(key: str) -> tuple[str, ...]:
    return tuple(sorted(phrases("holds", key), key=lambda text: (-len(text), text)))


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, _longest_first('openings')))})\b[\s:：,–—-]*){{1,3}}", re.I)


@cache
def _starts() -> tuple[str, ...]:
    return (*phrases("holds", "starts"), *phrases("holds", "with_day"))


def _start(low: str) -> str:
    """The words with which a line asks to be held, with the day behind them where that is needed; "" for none."""
    for key in ("starts", "with_day") if low.startswith(_starts()) else ():
        for start in _longest_first(key):
            behind = low[len(start) :]
            if low.startswith(start) and (_AFTER.match(behind) or not start.isascii()):
                if key == "starts":
                    return start
                if day := _day_in(_words_behind(behind)):
                    return f"{start} {day}"
    if (found := _NOT_BEFORE.match(low)) and _day_in(_words_behind(low, found.end())):
        return found[0]
    if (found := _ADVANCE.match(low)) and is_weekday(found[1]):
        return found[0]
    if paper := _FOR_PAPERS.match(low):
        return paper[0]
    if numbered := _NUMBERED.match(low):  # adv05
        return f"{numbered[1]} {numbered[2]}"
    return ""


def _words_behind(text: str, at: int = 0) -> list[str]:
    """The next five words of a text."""
    return [word for word in _BREAK.split(text[at:]) if word][:5]


def _day_in(words: list[str]) -> str:
    """The weekday, month or time among some words, or the half of the day for which papers print; "" for none."""
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        bare = word.strip(_EDGES + ",;")
        is_time = bare[:1].isdigit() and (len(bare) >= 3 or behind in ("a", "p", "am", "pm", "uhr", "uur", "h"))
        if is_time or is_weekday(bare) or month_number(bare) or bare in ("ams", "pms", "am", "pm"):
            return bare
    return ""
