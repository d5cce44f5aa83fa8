"""Withdrawals and kills: an agency's notice that a story is not to be used, read from headline and text.

A notice is told by its own form: what its headline is tagged, how its text begins, its `STORY SLUG:` lines. That some
story was withdrawn is news too, and such a report has a dateline; where the two cannot be told apart it is no notice,
for a notice takes a story away. `withdrawn.py` finds the story that is meant.
"""

from __future__ import annotations

import datetime
import re

from newsgen.model.value import value
from newsgen.wire import dateline
from newsgen.wire import headline as headlines
from newsgen.wire.names import MONTH, month_number

__all__ = ["KillNotice", "parse"]


@value
class KillNotice:
    """What a notice says of the story that it withdraws. Absent is ""."""

    slugline: str = ""
    headline: str = ""  # of the story, where the notice gives it whole
    subject: str = ""  # what the notice's own headline calls the story: "Harwick Grain"
    date: str = ""  # of the story: ISO 8601 where it can be read, else as written ("October 6")
    time: str = ""  # of the story, as written: "1648 GMT"
    item: str = ""  # number or name by which the agency knows the story: "dpa 157", "V9991"
    reason: str = ""  # in the notice's words
    is_replaced: bool | None = None  # None: the notice does not say
    is_mandatory: bool = False  # "A kill is mandatory"


_LIMIT = 4000  # characters of a text that are looked at
_REASON_LIMIT = 600  # characters
_TAGS = frozenset(["Kill", "Withdrawal", "Withdrawn"])

# --- headlines
_STORY = r"(?:story|stories|item|report|article|brief|factbox|timeline|analysis)"
_GONE = re.compile(rf"(?:^|\s){_STORY}\s(?:(?:is|are|was|has been|have been)\s)?(?:withdrawn|killed)[.!]?$", re.I)
_SUFFIX = re.compile(r"\s{0,3}(?:/|\s-{1,2}\s?|\()(WITHDRAWN|KILLED|KILL)\)?$")
_SHOUTED = re.compile(r"(?:(?:BULLETIN|MANDATORY|STORY)\s)?KILL(?:[\s,/-]{1,3}KILL){1,3}\b[\s:.,-]*|"
                      r"(?:BULLETIN|MANDATORY|STORY)\sKILL\W*$")  # fmt: skip
# What no report is headed with, in capitals or not.
_HEADED = re.compile(r"(?:KILL|WITHDRAWAL|WITHDRAWN|STORY (?:KILLED|REMOVED|WITHDRAWN))(?:\s?:|\s-{1,2}\s|\s?[–—])\s*")

# --- texts
_LEAD = re.compile(
    r"[(\s]{0,3}(?:(?:BULLETIN|MANDATORY|KILL|ADVISORY|WITHDRAWAL)\b\W{1,3}){0,5}"
    r"(?:(?:Eds|Editors|Attention,? editors|Note to editors|Subscribers|Clients)\s?[:,.–—-]{1,2}\s?)?",
    re.I,
)
_ADVISED = re.compile(
    r"(?:please (?:be advised|note) that"
    r"|(?:clients|subscribers|editors|members|users) (?:are|should be) advised that)\s",
    re.I,
)
_ORDER = re.compile(
    rf"(?:please )?(?:kill|withdraw|disregard|do not (?:use|publish))\s"
    rf"(?:all (?:versions|copies) of )?(?:the |our |this |an? )?(?:[\w'’-]{{1,20}} ){{0,3}}?{_STORY}\b",
    re.I,
)
_SAYS_GONE = re.compile(
    rf"\b{_STORY}\b[^.!?]{{0,500}}\b(?:is|are|has been|have been|was|were)\s(?:\w+\s){{0,4}}?(?:withdrawn|killed)\b",
    re.I,
)
_TAKES_BACK = re.compile(rf"{_SAYS_GONE.pattern}|\bwithdraws?\s(?:\w+\s){{0,3}}?{_STORY}\b", re.I)
_OF_A_STORY = re.compile(rf"\b{_STORY}\b", re.I)
_MUST = re.compile(r"\b(?:kill|withdrawal) is mandatory\b|\bmandatory (?:kill|withdrawal)\b", re.I)
_NONE_FOLLOWS = re.compile(
    r"\bno (?:replacement|substitute|corrected)\b[^.!?]{0,60}\b(?:will|is|follow|planned|available)"
    r"|\b(?:will|is) not (?:to )?be replaced\b|\bthere (?:will be|is) no (?:replacement|substitute)\b",
    re.I,
)
_FOLLOWS = re.compile(
    r"\b(?:replacement|substitute|corrected)(?: story| item| version| report)?\b[^.!?]{0,60}"
    r"\b(?:follows?|will (?:be|follow|move)|has (?:been|moved)|shortly)\b"
    r"|\b(?:is|has been|will be) replaced (?:by|with)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:STORY[ _])?(SLUG|SLUGLINE|HEADLINE|DATE|TIME|NUMBER|ID|ITEM)[ _]?(?:NO\.?|NUMBER)?\s{0,3}:[ \t]{0,3}"
)
_NAMES = {"SLUG": "slugline", "SLUGLINE": "slugline", "HEADLINE": "headline", "DATE": "date", "TIME": "time"}
_NUMBER = rf"[A-Z]{{1,3}}\d{{3,6}}|(?!(?:on|of|from|in|at|by|to|{MONTH}) )[A-Za-z]{{2,10}} \d{{1,5}}|\d{{1,6}}"
_ITEM = re.compile(rf"\bitem,? (?:no\.? |number )?({_NUMBER})\b")
_SLUGGED = re.compile(
    r"\b(?:[Kk]ill|[Ww]ithdraw|[Dd]isregard|use) (?:the |our )?(?:[a-z-]{1,20} ){0,2}?(?:story|item)(?: slugged)?,? "
    r"(?!headlined|titled|entitled)([A-Z0-9][^,;:()\"“”\n]{1,80}?)"
    rf"(?:,\s?({_NUMBER}))?(?=[,;:()\n]|\.\s|\.?$)",
)
_QUOTED = re.compile(
    rf"\b(?:{_STORY}|slugged|headlined|titled|entitled|headline),? [\"“]([^\"“”\n]{{8,250}})[\"”]", re.I
)
_DAY = rf"{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d"
_SENT = r"(?:published|issued|sent|moved|transmitted|filed)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATES = (  # a story sent out again is known by its new dateline, not by the day it was first published
    re.compile(rf"\bwith an? ({_DAY}) dateline"),
    re.compile(rf"\bre-?(?:issued|sent|published|transmitted) (?:in error |erroneously )?(?:on )?{_WEEKDAY}({_DAY})"),
    re.compile(rf"\b({_DAY}),? {_STORY}\b"),
    re.compile(rf"\b(?:{_STORY} (?:of|from)|(?:{_SENT}|dated)(?: out)?(?: on)?) {_WEEKDAY}({_DAY})"),
)
_CLOCK = r"\d{4} [A-Z]{3,4}\b|\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4}\b)?"
_TIME = re.compile(rf"\b{_SENT}\b[^.!?]{{0,60}}?\bat ({_CLOCK})")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHAPES = {"date": re.compile(rf"{_NUMERIC.pattern}|{_DAY}"), "time": re.compile(_CLOCK)}  # else as it stands
_CAUSE = re.compile(
    r"\b(?:wrong(?:ly)?|erroneous(?:ly)?|errors?|incorrect(?:ly)?|inaccura\w+|fabricat\w+|false|untrue|not true"
    r"|unfounded|plagiari\w+|hoax|by mistake|mistakenly|retract\w*|libel\w*|premature\w*|duplicates?|outdated"
    r"|embargo\w*|(?:cannot|could not) be (?:verified|confirmed))\b",
    re.I,
)
_WITHDRAWN = re.compile(r"\b(?:withdrawn|withdraws|withdrawing|killed)\b", re.I)
_BREAK = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“(])")
_SHORT = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Corp|Inc|Co|Ltd|No|Gen|Sen|Rep|Gov|vs))\.$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def parse(headline: str, body: str) -> KillNotice | None:
    """What a notice withdraws, of its headline and its text, as sent or as Markdown; None for any other copy."""
    title = " ".join(headline[:500].split())
    text = _ESCAPED.sub(r"\1", body[:_LIMIT])
    labels, bare = headlines.parse(title)
    if not _is_notice(title, labels, bare, text):
        return None
    notice = _notice(text)
    said = _labelled(text)
    story, subject = _of_headline(labels, bare)
    prose = " ".join(notice)
    slugged = _SLUGGED.search(prose)
    slugline, number = _slug(slugged)
    quoted = _QUOTED.search(prose)
    item = _ITEM.search(prose)
    time = _TIME.search(prose)
    return KillNotice(
        slugline=said.get("slugline", "") or slugline,
        headline=said.get("headline", "") or (quoted.group(1).rstrip(" ,.") if quoted else "") or story,
        subject=subject,
        date=_iso(said["date"]) if "date" in said else _date(prose),
        time=said.get("time", "") or (time.group(1) if time else ""),
        item=said.get("item", "") or number or (item.group(1) if item else ""),
        reason=_reason(notice),
        is_replaced=False if _NONE_FOLLOWS.search(text) else True if _FOLLOWS.search(prose) else None,
        is_mandatory=bool(_MUST.search(f"{title} {prose}")),
    )


# --- is it one? ------------------------------------------------------------------------------------------------------


def _is_notice(title: str, labels: tuple[str, ...], bare: str, text: str) -> bool:
    """Whether copy is a notice and not a story; see the module's text."""
    start = text[: _lead(text)]
    rest = text[len(start) :].lstrip()
    first = " ".join(rest[:1500].split())
    is_ordered = bool(_ORDER.match(first)) and (
        bool(_ITEM.search(first)) or bool(_MUST.search(text)) or first[:6].lower() == "please"
    )
    is_advised = bool(_ADVISED.match(first)) and bool(_OF_A_STORY.search(first[:200]))
    if is_ordered or (is_advised and _SAYS_GONE.search(first)):
        return True
    if _SHOUTED.match(title) or _SHOUTED.match(text.lstrip().partition("\n")[0]):
        return True
    has_dateline = _has_dateline(rest)
    if has_dateline and _MUST.search(text) and _ORDER.match(dateline.split(_first(rest))[2]):
        return True
    is_headed = bool(_HEADED.match(title))
    opening = dateline.split(_first(rest))[2] if has_dateline else _first(rest)
    if (is_headed or _GONE.search(bare)) and _NONE_FOLLOWS.search(text) and _TAKES_BACK.search(opening[:600]):
        return True
    if is_headed:
        return not has_dateline or title.startswith("KILL")
    is_shouting = bare.isupper()  # copy of 1987 has all headlines in capitals, where a tag cannot be told from a word
    if (_SUFFIX.search(title) and not title.isupper()) or (_is_tagged(title, labels) and not is_shouting):
        return not has_dateline or not title.startswith("WITHDRAWAL")
    if not _GONE.search(bare):
        return False
    return not has_dateline if {"Advisory", *_TAGS}.intersection(labels) else is_advised


def _lead(text: str) -> int:
    found = _LEAD.match(text)
    return found.end() if found else 0


def _is_tagged(title: str, labels: tuple[str, ...]) -> bool:
    """Whether the headline has such a tag in capitals."""
    return any(label in _TAGS and label.upper() in title for label in labels)


def _has_dateline(text: str) -> bool:
    return dateline.split(_first(text))[0] is not None


def _first(text: str) -> str:
    """The first paragraph, as one line."""
    return " ".join(_PARAGRAPH.split(text.strip(), 1)[0].split())


# --- what does it say? -----------------------------------------------------------------------------------------------


def _notice(text: str) -> list[str]:
    """The sentences of the notice itself, without its labelled lines and without a story that follows it."""
    found: list[str] = []
    for number, part in enumerate(_PARAGRAPH.split(text.strip())):
        if number and _has_dateline(part):
            break
        label = _LABEL.search(part)
        whole = " ".join((part[: label.start()] if label else part).split())
        if not number and _has_dateline(whole):
            whole = dateline.split(whole)[2]
        sentences: list[str] = []
        for piece in _BREAK.split(whole):
            if sentences and _SHORT.search(sentences[-1][-8:]):
                sentences[-1] += f" {piece}"
            elif piece:
                sentences.append(piece)
        found += sentences
        if whole.endswith(("follows:", "follows.", "follow:")):
            break
    return found


def _labelled(text: str) -> dict[str, str]:
    """The values of `STORY SLUG: … HEADLINE: … STORY_DATE: …`, which may be run in or a line each."""
    found: dict[str, str] = {}
    marks = list(_LABEL.finditer(text))
    for at, mark in enumerate(marks):
        is_last = at + 1 == len(marks)
        said = text[mark.end() : mark.end() + 400 if is_last else marks[at + 1].start()]
        said = said.partition("\n")[0] if is_last else _PARAGRAPH.split(said, 1)[0]
        name = _NAMES.get(mark.group(1), "item")
        whole = " ".join(said[:400].split())
        shape = _SHAPES[name].match(whole) if name in _SHAPES else None
        if whole:
            found.setdefault(name, shape.group() if shape else whole)
    return found


def _of_headline(labels: tuple[str, ...], bare: str) -> tuple[str, str]:
    """(headline of the story, what it is called) as the notice's own headline says it."""
    gone = _GONE.search(bare)
    if gone:
        return "", bare[: gone.start()].strip()
    whole = _SHOUTED.sub("", _SUFFIX.sub("", _HEADED.sub("", bare, count=1)), count=1)
    is_story = whole != bare or bool(_TAGS.intersection(labels))
    return (whole if is_story and any(map(str.isalnum, whole)) else ""), ""


def _slug(found: re.Match[str] | None) -> tuple[str, str]:
    """(slugline, item) of what an order names: `the story Harvest-Prices, V1234`, `item dpa 157`."""
    if not found:
        return "", ""
    name, number = found.group(1).strip(), found.group(2) or ""
    if re.fullmatch(_NUMBER, name):
        return "", name
    is_slug = "-" in name or all(word[:1].isupper() or word[:1].isdigit() for word in name.split())
    return (name if is_slug and len(name.split()) <= 8 else ""), number


def _iso(text: str) -> str:
    """A day as ISO 8601, else as written. Of `24/10/2012` the day comes first, where that can be."""
    numbers = _NUMERIC.fullmatch(text.strip())
    if numbers:
        one, two, year = map(int, numbers.groups())
        return _day(year, two, one) or _day(year, one, two) or text
    month = re.search(MONTH, text)
    figures = [int(part) for part in re.findall(r"\d+", text)]
    if month and len(figures) == 2:
        return _day(max(figures), month_number(month.group()), min(figures)) or text
    return text


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _date(prose: str) -> str:
    found = next((found for shape in _DATES if (found := shape.search(prose))), None)
    return _iso(found.group(1)) if found else ""


def _reason(sentences: list[str]) -> str:
    """The sentence that says what is wrong, else the one that says that the story is withdrawn."""
    told = [one for one in sentences if not _ORDER.match(one) and not _MUST.search(one)]
    found = next((one for one in told if _CAUSE.search(one)), "") or next(filter(_WITHDRAWN.search, told), "")
    if len(found) > _REASON_LIMIT:
        return ""
    found = found[_lead(found) :]
    advised = _ADVISED.match(found)
    found = found[advised.end() :] if advised else found
    return found[:1].upper() + found[1:]
