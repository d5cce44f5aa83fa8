"""Kill notices: an agency's message that a story is withdrawn and must not be used, read from headline and text.

A notice is recognised by its form: the tag of its headline, how its text begins, its `STORY SLUG:` lines. That a story
was withdrawn may also be news, and such a report has a dateline; what could be either counts as no notice, for a notice
removes a story. kill_match.py finds the story that is meant.
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
    """What a notice says of the story that it kills. Absent is ""."""

    slugline: str = ""
    headline: str = ""  # of the story, where the notice quotes it in full
    subject: str = ""  # what the notice's own headline calls the story: "Harwick Grain"
    date: str = ""  # of the story: ISO 8601 where it can be read, else as written ("October 6")
    time: str = ""  # of the story, as written: "1648 GMT"
    item: str = ""  # the agency's number or name of the story: "dpa 157", "V9991"
    reason: str = ""  # in the notice's words
    is_replaced: bool | None = None  # None where the notice does not say
    is_mandatory: bool = False  # "A kill is mandatory"


_LIMIT = 4000  # characters of a text that are read
_REASON_LIMIT = 600  # characters
_TAGS = frozenset(["Kill", "Withdrawal", "Withdrawn"])

# --- headlines
_STORY = r"(?:story|stories|item|report|article|brief|factbox|timeline|analysis)"
_GONE_AT_END = re.compile(
    rf"(?:^|\s){_STORY}\s(?:(?:is|are|was|has been|have been)\s)?(?:withdrawn|killed)[.!]?$", re.I
)
_SUFFIX = re.compile(r"\s{0,3}(?:/|\s-{1,2}\s?|\()(WITHDRAWN|KILLED|KILL)\)?$")
_SHOUTED = re.compile(r"(?:(?:BULLETIN|MANDATORY|STORY)\s)?KILL(?:[\s,/-]{1,3}KILL){1,3}\b[\s:.,-]*|"
                      r"(?:BULLETIN|MANDATORY|STORY)\sKILL\W*$")  # fmt: skip
# No report has such a heading, in capitals or not.
_HEADING = re.compile(r"(?:KILL|WITHDRAWAL|WITHDRAWN|STORY (?:KILLED|REMOVED|WITHDRAWN))(?:\s?:|\s-{1,2}\s|\s?[–—])\s*")

# --- texts
_LEAD = re.compile(  # may be empty, so it matches at the start of any text
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
_STORY_IS_WITHDRAWN = re.compile(
    rf"\b{_STORY}\b[^.!?]{{0,500}}\b(?:is|are|has been|have been|was|were)\s(?:\w+\s){{0,4}}?(?:withdrawn|killed)\b",
    re.I,
)
_WITHDRAWS_STORY = re.compile(rf"{_STORY_IS_WITHDRAWN.pattern}|\bwithdraws?\s(?:\w+\s){{0,3}}?{_STORY}\b", re.I)
_NAMES_A_STORY = re.compile(rf"\b{_STORY}\b", re.I)
_MANDATORY = re.compile(r"\b(?:kill|withdrawal) is mandatory\b|\bmandatory (?:kill|withdrawal)\b", re.I)
_NO_REPLACEMENT = re.compile(
    r"\bno (?:replacement|substitute|corrected)\b[^.!?]{0,60}\b(?:will|is|follow|planned|available)"
    r"|\b(?:will|is) not (?:to )?be replaced\b|\bthere (?:will be|is) no (?:replacement|substitute)\b",
    re.I,
)
_REPLACEMENT_FOLLOWS = re.compile(
    r"\b(?:replacement|substitute|corrected)(?: story| item| version| report)?\b[^.!?]{0,60}"
    r"\b(?:follows?|will (?:be|follow|move)|has (?:been|moved)|shortly)\b"
    r"|\b(?:is|has been|will be) replaced (?:by|with)\b",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:STORY[ _])?(SLUG|SLUGLINE|HEADLINE|DATE|TIME|NUMBER|ID|ITEM)[ _]?(?:NO\.?|NUMBER)?\s{0,3}:[ \t]{0,3}"
)
_FIELDS = {"SLUG": "slugline", "SLUGLINE": "slugline", "HEADLINE": "headline", "DATE": "date", "TIME": "time"}
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
_PUBLISHED = r"(?:published|issued|sent|moved|transmitted|filed)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATES = (  # a story that was sent again is known by its new dateline, not by the day it was first published
    re.compile(rf"\bwith an? ({_DAY}) dateline"),
    re.compile(rf"\bre-?(?:issued|sent|published|transmitted) (?:in error |erroneously )?(?:on )?{_WEEKDAY}({_DAY})"),
    re.compile(rf"\b({_DAY}),? {_STORY}\b"),
    re.compile(rf"\b(?:{_STORY} (?:of|from)|(?:{_PUBLISHED}|dated)(?: out)?(?: on)?) {_WEEKDAY}({_DAY})"),
)
_CLOCK = r"\d{4} [A-Z]{3,4}\b|\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4}\b)?"
_TIME = re.compile(rf"\b{_PUBLISHED}\b[^.!?]{{0,60}}?\bat ({_CLOCK})")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
# Of a labelled field; a value of another form is taken whole.
_FORMATS = {"date": re.compile(rf"{_NUMERIC.pattern}|{_DAY}"), "time": re.compile(_CLOCK)}
_REASON_WORD = re.compile(
    r"\b(?:wrong(?:ly)?|erroneous(?:ly)?|errors?|incorrect(?:ly)?|inaccura\w+|fabricat\w+|false|untrue|not true"
    r"|unfounded|plagiari\w+|hoax|by mistake|mistakenly|retract\w*|libel\w*|premature\w*|duplicates?|outdated"
    r"|embargo\w*|(?:cannot|could not) be (?:verified|confirmed))\b",
    re.I,
)
_WITHDRAWN = re.compile(r"\b(?:withdrawn|withdraws|withdrawing|killed)\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“(])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Corp|Inc|Co|Ltd|No|Gen|Sen|Rep|Gov|vs))\.$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def parse(headline: str, body: str) -> KillNotice | None:
    """What a notice says, from its headline and its text, as sent or as Markdown; None for copy that is no notice."""
    title = " ".join(headline[:500].split())
    text = _ESCAPED.sub(r"\1", body[:_LIMIT])
    labels, bare = headlines.parse(title)
    if not _is_notice(title, labels, bare, text):
        return None
    sentences = _sentences_of_notice(text)
    fields = _labelled_fields(text)
    story, subject = _read_headline(labels, bare)
    prose = " ".join(sentences)
    slugline, number = _slug_and_number(_SLUGGED.search(prose))
    quoted = _QUOTED.search(prose)
    item = _ITEM.search(prose)
    time = _TIME.search(prose)
    return KillNotice(
        slugline=fields.get("slugline", "") or slugline,
        headline=fields.get("headline", "") or (quoted.group(1).rstrip(" ,.") if quoted else "") or story,
        subject=subject,
        date=_iso(fields["date"]) if "date" in fields else _find_date(prose),
        time=fields.get("time", "") or (time.group(1) if time else ""),
        item=fields.get("item", "") or number or (item.group(1) if item else ""),
        reason=_reason(sentences),
        is_replaced=False if _NO_REPLACEMENT.search(text) else True if _REPLACEMENT_FOLLOWS.search(prose) else None,
        is_mandatory=bool(_MANDATORY.search(f"{title} {prose}")),
    )


# --- whether copy is a notice ----------------------------------------------------------------------------------------


def _is_notice(title: str, labels: tuple[str, ...], bare: str, text: str) -> bool:
    """Whether copy is a notice and not a story, by the rule at the top of this file."""
    rest = _LEAD.sub("", text, count=1).lstrip()
    first = " ".join(rest[:1500].split())
    is_ordered = bool(_ORDER.match(first)) and (
        bool(_ITEM.search(first)) or bool(_MANDATORY.search(text)) or first[:6].lower() == "please"
    )
    is_advised = bool(_ADVISED.match(first)) and bool(_NAMES_A_STORY.search(first[:200]))
    if is_ordered or (is_advised and _STORY_IS_WITHDRAWN.search(first)):
        return True
    if _SHOUTED.match(title) or _SHOUTED.match(text.lstrip().partition("\n")[0]):
        return True
    has_dateline = _has_dateline(rest)
    if has_dateline and _MANDATORY.search(text) and _ORDER.match(dateline.split(_first_paragraph(rest))[2]):
        return True
    is_headed = bool(_HEADING.match(title))
    opening = dateline.split(_first_paragraph(rest))[2] if has_dateline else _first_paragraph(rest)
    says_gone = is_headed or bool(_GONE_AT_END.search(bare))
    if says_gone and _NO_REPLACEMENT.search(text) and _WITHDRAWS_STORY.search(opening[:600]):
        return True
    if is_headed:
        return not has_dateline or title.startswith("KILL")
    is_all_capitals = bare.isupper()  # as headlines of 1987: a tag cannot be told from a word there
    if (_SUFFIX.search(title) and not title.isupper()) or (_is_tagged(title, labels) and not is_all_capitals):
        return not has_dateline or not title.startswith("WITHDRAWAL")
    if not _GONE_AT_END.search(bare):
        return False
    return not has_dateline if {"Advisory", *_TAGS}.intersection(labels) else is_advised


def _is_tagged(title: str, labels: tuple[str, ...]) -> bool:
    """Whether the headline has the tag of a notice, in capitals."""
    return any(label in _TAGS and label.upper() in title for label in labels)


def _has_dateline(text: str) -> bool:
    return dateline.split(_first_paragraph(text))[0] is not None


def _first_paragraph(text: str) -> str:
    """The first paragraph of a text, in one line."""
    return " ".join(_PARAGRAPH.split(text.strip(), 1)[0].split())


# --- what a notice says ----------------------------------------------------------------------------------------------


def _sentences_of_notice(text: str) -> list[str]:
    """The sentences of a notice, without its labelled fields and without a story that follows it."""
    notice: list[str] = []
    for number, part in enumerate(_PARAGRAPH.split(text.strip())):
        if number and _has_dateline(part):
            break
        label = _LABEL.search(part)
        whole = " ".join((part[: label.start()] if label else part).split())
        if not number and _has_dateline(whole):
            whole = dateline.split(whole)[2]
        sentences: list[str] = []
        for piece in _SENTENCE_END.split(whole):
            if sentences and _ABBREVIATION.search(sentences[-1][-8:]):
                sentences[-1] += f" {piece}"
            elif piece:
                sentences.append(piece)
        notice += sentences
        if whole.endswith(("follows:", "follows.", "follow:")):
            break
    return notice


def _labelled_fields(text: str) -> dict[str, str]:
    """The values of `STORY SLUG: … HEADLINE: … STORY_DATE: …`, all in one line or each in its own."""
    fields: dict[str, str] = {}
    labels = list(_LABEL.finditer(text))
    for index, label in enumerate(labels):
        is_last = index + 1 == len(labels)
        value = text[label.end() : label.end() + 400 if is_last else labels[index + 1].start()]
        value = value.partition("\n")[0] if is_last else _PARAGRAPH.split(value, 1)[0]
        name = _FIELDS.get(label.group(1), "item")
        whole = " ".join(value[:400].split())
        shape = _FORMATS[name].match(whole) if name in _FORMATS else None
        if whole:
            fields.setdefault(name, shape.group() if shape else whole)
    return fields


def _read_headline(labels: tuple[str, ...], bare: str) -> tuple[str, str]:
    """(headline of the story, what the story is called) from the notice's own headline; "" for what it does not say."""
    withdrawn = _GONE_AT_END.search(bare)
    if withdrawn:
        return "", bare[: withdrawn.start()].strip()
    whole = _SHOUTED.sub("", _SUFFIX.sub("", _HEADING.sub("", bare, count=1)), count=1)
    is_story = whole != bare or bool(_TAGS.intersection(labels))
    return (whole if is_story and any(map(str.isalnum, whole)) else ""), ""


def _slug_and_number(match: re.Match[str] | None) -> tuple[str, str]:
    """(slugline, item) of the story that an order names: `the story Harvest-Prices, V1234`, `item dpa 157`."""
    if not match:
        return "", ""
    name, number = match.group(1).strip(), match.group(2) or ""
    if re.fullmatch(_NUMBER, name):
        return "", name
    is_slug = "-" in name or all(word[:1].isupper() or word[:1].isdigit() for word in name.split())
    return (name if is_slug and len(name.split()) <= 8 else ""), number


def _iso(text: str) -> str:
    """A date as ISO 8601, else as written. Of `24/10/2012` the day comes first, where that is possible."""
    numbers = _NUMERIC.fullmatch(text.strip())
    if numbers:
        first, second, year = map(int, numbers.groups())
        return _iso_day(year, second, first) or _iso_day(year, first, second) or text
    month = re.search(MONTH, text)
    figures = [int(part) for part in re.findall(r"\d+", text)]
    if month and len(figures) == 2:
        return _iso_day(max(figures), month_number(month.group()), min(figures)) or text
    return text


def _iso_day(year: int, month: int, day: int) -> str:
    """ISO 8601; "" where there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _find_date(prose: str) -> str:
    """The date of the story in the sentences of a notice; "" for none."""
    match = next((match for shape in _DATES if (match := shape.search(prose))), None)
    return _iso(match.group(1)) if match else ""


def _reason(sentences: list[str]) -> str:
    """The sentence that says what is wrong, else the one that says that the story is withdrawn; "" for none."""
    statements = [sentence for sentence in sentences if not _ORDER.match(sentence) and not _MANDATORY.search(sentence)]
    reason = next(filter(_REASON_WORD.search, statements), "") or next(filter(_WITHDRAWN.search, statements), "")
    if len(reason) > _REASON_LIMIT:
        return ""
    reason = _LEAD.sub("", reason, count=1)
    advised = _ADVISED.match(reason)
    reason = reason[advised.end() :] if advised else reason
    return reason[:1].upper() + reason[1:]
