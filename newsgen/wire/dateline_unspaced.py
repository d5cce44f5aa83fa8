"""Datelines of scripts without spaces, where agency, place and day stand together: 北方社ハーウィック, (항구=북방통신).

The agencies are those of the tables (`unspaced`), or a word that ends as the names of agencies do.
"""

from __future__ import annotations

import re
from functools import cache

from newsgen.model.story import Dateline
from newsgen.wire.tables import table

__all__ = ["split"]

_CHINESE_REPORTERS = re.compile(r"\s{0,2}([（(](?:记者|記者|通讯员)[^（）()]{2,40}[)）])\s{0,3}")
_KOREAN_REPORTERS = re.compile(r"\s{0,2}((?:[가-힣]{2,4}[·,\s]\s?){1,6}(?:기자|특파원|통신원))\s{0,2}=\s{0,2}")
_HANGUL = re.compile(
    r"\s{0,4}[(（\[](?P<place>[^\s=()（）][^=()（）]{0,30}?)\s?=\s?(?P<date>)(?P<agency>[^=()（）\]]{2,12})[)）\]]"
    r"\s{0,2}=?\s{0,2}(?=\S|$)"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Chinese (agency, place, day, 电) and Japanese (place and agency in lenticular brackets)."""
    names = "|".join(map(re.escape, sorted(table("agencies")["unspaced"], key=len, reverse=True)))
    day = r"(?P<date>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)"
    agency = rf"(?P<agency>{names}|[\u4e00-\u9fff]{{2,4}}[社網网])"
    chinese = rf"[（(]?{agency}(?:记者|記者)?(?P<place>[^\s\d（）()]{{1,20}}?){day}(?:电|電|讯|訊)[)）]?\s{{0,3}}"
    japanese = (
        rf"[【［\[](?P<place>[^】］\]\s\d０-９]{{1,24}}?)[＝=　\s]?(?P<date>[\d０-９]{{1,2}}日)?[＝=　\s]?"
        rf"(?P<agency>{names})[】］\]]\s{{0,3}}[-－―—]?\s{{0,3}}"
    )
    return tuple(re.compile(rf"\s{{0,4}}{shape}(?=\S|$)") for shape in (chinese, japanese))


def split(start: str) -> tuple[Dateline, str, int] | None:
    """(dateline, the reporters behind it, where the copy goes on) of the start of copy; None where there is none."""
    shapes = (_HANGUL,) if "=" in start[:40] and start.lstrip().startswith(("(", "（", "[")) else _patterns()
    for shape in shapes:
        if found := shape.match(start[:160]):
            text = " ".join(found.group().split()).rstrip(" =-－―—")
            end, reporters = found.end(), ""
            if who := _CHINESE_REPORTERS.match(start, end) or _KOREAN_REPORTERS.match(start, end):
                end, reporters = who.end(), who[1]
            return Dateline(text, (found["place"].strip("：: "),), found["date"] or "", found["agency"]), reporters, end
    return None
