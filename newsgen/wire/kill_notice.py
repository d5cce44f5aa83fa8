"""Kill notices: an agency's message that a story is withdrawn and must not be used, read from headline and text.

notice_form.py recognises one, notice_words.py one in another language than English. kill_match.py finds the story that
is meant.
"""

from __future__ import annotations

import datetime
import re

from newsgen.model.value import value
from newsgen.wire import dateline
from newsgen.wire import notice_form as form
from newsgen.wire.names import MONTH, month_number
from newsgen.wire.notice_words import without_foreign_heading

__all__ = ["KillNotice", "parse"]


@value
class KillNotice:
    """What a notice says of the story that it kills. Absent is ""."""

    slugline: str = ""
    headline: str = ""  # of the story, where the notice quotes it in full
    subject: str = ""  # what the notice's headline, else its text, calls the story: "Harwick Grain"
    date: str = ""  # of the story: ISO 8601 where it can be read, else as written ("October 6")
    time: str = ""  # of the story, as written: "1648 GMT"
    item: str = ""  # the agency's number or name of the story: "dpa 157", "V9991"
    reason: str = ""  # in the notice's words
    is_replaced: bool | None = None  # None where the notice does not say
    is_mandatory: bool = False  # "A kill is mandatory"
    is_doubtful: bool = False  # it may as well be a story about a withdrawal


_LIMIT = 4000  # characters of a text that are read
_REASON_LIMIT = 600  # characters
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
    r"\b(?:[Kk]ill|[Ww]ithdraw|[Dd]isregard|use) (?:the |our )?(?:[a-z-]{1,20} ){0,2}?"
    r"(?:(?:story|item)(?: slugged)?,? |(?=(?:BC|AM|PM)-|[A-Z]\w+-))"
    r"(?!headlined|titled|entitled)([A-Z0-9][^,;:()\"“”\n]{1,80}?)"
    rf"(?:,\s?({_NUMBER}))?(?=[,;:()\n]|\.\s|\.?$)",
)
_QUOTED = re.compile(
    rf"\b(?:{form.STORY}|slugged|headlined|titled|entitled|headline),? [\"“]([^\"“”\n]{{8,250}})[\"”]", re.I
)
# In another language the words before a headline may be any.
_QUOTATION = re.compile(r"«[^«»\n]{8,250}»|‘[^‘\n]{8,250}?’(?!\w)|[„“][^„“”\n]{8,250}[“”]|\"[^\"\n]{16,250}\"")
_ABOUT = re.compile(
    rf"\b{form.STORY} (?:on|about|of|regarding|concerning|saying(?: that)?|that (?:said|says)(?: that)?) "
    r"([^,.;:!?\n]{4,150}?)(?=[,.;:!?\n]|\s(?:is|are|was|were|has|have)\s|$)",
    re.I,
)
_DAY = rf"{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d"
_PUBLISHED = r"(?:published|issued|sent|moved|transmitted|filed)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATES = (  # a story that was sent again is known by its new dateline, not by the day it was first published
    re.compile(rf"\bwith an? ({_DAY}) dateline"),
    re.compile(rf"\bre-?(?:issued|sent|published|transmitted) (?:in error |erroneously )?(?:on )?{_WEEKDAY}({_DAY})"),
    re.compile(rf"\b({_DAY}),? {form.STORY}\b"),
    re.compile(rf"\b(?:{form.STORY} (?:of|from)|(?:{_PUBLISHED}|dated)(?: out)?(?: on)?) {_WEEKDAY}({_DAY})"),
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
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def parse(headline: str, body: str) -> KillNotice | None:
    """What a notice says, from its headline and its text, as sent or as Markdown; None for copy that is no notice."""
    title = " ".join(headline[:500].split())
    text = body[:_LIMIT]
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    certainty = form.certainty(title, text)
    if certainty == "none":
        return None
    labels, bare = form.read_title(title)
    sentences = _sentences_of_notice(text)
    fields = _labelled_fields(text)
    story, subject = _read_headline(labels, bare)
    prose = " ".join(sentences)
    slugline, number = _slug_and_number(_SLUGGED.search(prose))
    slugline = fields.get("slugline", "") or slugline
    headline = fields.get("headline", "") or _unquoted(_QUOTED.search(prose) or _QUOTATION.search(prose)) or story
    item = _ITEM.search(prose)
    number = fields.get("item", "") or number or (item.group(1) if item else "")
    about = None if subject or headline or slugline or number else _ABOUT.search(prose)
    time = _TIME.search(prose)
    return KillNotice(
        slugline=slugline,
        headline=headline,
        subject=about.group(1) if about else subject,
        date=_iso(fields["date"]) if "date" in fields else _find_date(prose),
        time=fields.get("time", "") or (time.group(1) if time else ""),
        item=number,
        reason=_reason(sentences),
        is_replaced=False if form.NO_REPLACEMENT.search(text) else True if _REPLACEMENT_FOLLOWS.search(prose) else None,
        is_mandatory=bool(form.MANDATORY.search(f"{title} {prose}")),
        is_doubtful=certainty == "doubtful",
    )


# --- what a notice says ----------------------------------------------------------------------------------------------


def _sentences_of_notice(text: str) -> list[str]:
    """The sentences of a notice, without its labelled fields and without a story that follows it."""
    notice: list[str] = []
    for number, part in enumerate(_PARAGRAPH.split(text.strip())):
        if number and form.has_dateline(part):
            break
        label = _LABEL.search(part)
        whole = " ".join((part[: label.start()] if label else part).split())
        if not number and form.has_dateline(whole):
            whole = dateline.split(whole)[2]
        notice += form.sentences_of(whole)
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
    story_on = form.STORY_ON.match(bare)
    if story_on:
        return "", story_on.group(1).strip()
    withdrawn = form.GONE_AT_END.search(bare)
    if withdrawn:
        return "", bare[: withdrawn.start()].strip(" -–—")
    whole = form.SHOUTED.sub("", form.SUFFIX.sub("", form.HEADING.sub("", bare, count=1)), count=1)
    whole = whole if whole != bare or form.TAGS.intersection(labels) else without_foreign_heading(bare)
    return (whole if any(map(str.isalnum, whole)) else ""), ""


def _unquoted(quoted: re.Match[str] | None) -> str:
    """The headline that a notice quotes; "" for none."""
    return (quoted[1] if quoted.re is _QUOTED else quoted[0]).strip(" «»„“”‘’'\"").rstrip(" ,.") if quoted else ""


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
    statements = [
        sentence for sentence in sentences if not form.ORDER.match(sentence) and not form.MANDATORY.search(sentence)
    ]
    reason = next(filter(_REASON_WORD.search, statements), "") or next(filter(_WITHDRAWN.search, statements), "")
    if len(reason) > _REASON_LIMIT:
        return ""
    reason = form.LEAD.sub("", reason, count=1)
    advised = form.ADVISED.match(reason)
    reason = reason[advised.end() :] if advised else reason
    return reason[:1].upper() + reason[1:]
