"""How to reach those who made the copy: e-mail addresses, telephone numbers, names on messaging services.

Copy carries them at both ends, for editors: `((mara.quill@wire.example; +44 20 7946 0123))`, `CONTACT: Mia Holt, …`,
`Northern Wire newsroom, +44 …`. No page prints them. Inside a story a number may be the news: a line of help, a box
office. So only lines that are nothing else count there, and a number without a plus sign needs a word before it.
"""

from __future__ import annotations

import re

from newsgen.text.memo import cache_short_text
from newsgen.wire.names import is_name

__all__ = ["first_in", "is_contact_line", "is_label", "may_hold", "part_off", "take_out"]

_LIMIT = 400  # characters of a line that is nothing but contacts
_MAIL = re.compile(r"[\w.+-]{1,64}(?:@|\s?[(\[]at[)\]]\s?)[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}", re.I)
_PHONE = re.compile(r"(?<![\w$.,/=-])\+?\(?\d[\d\s().-]{6,24}\d(?!\w)")
_LABEL = (
    r"(?:tel(?:ephone)?|phones?|ph|fax|mobile|mob|cell|newsroom|desk|hotline|switchboard"
    r"|whatsapp|signal|sms|text|[tpmf])"
)
_SURE_PHONE = re.compile(  # behind a plus sign, or a word that says what it is
    r"(?<![\w$.,/=+-])(?:\+\(?\d[\d\s().-]{6,24}\d"
    rf"|(?i:{_LABEL})(?:\s(?:no|number))?[.:]{{0,2}}\s{{0,3}}\(?\d[\d\s().-]{{5,24}}\d)(?!\w)"
)
_SERVICE = (
    r"(?:twitter|telegram|whatsapp|skype|wechat|weixin|instagram|facebook|linkedin|bluesky|mastodon|threads|messaging)"
)
_HANDLE = re.compile(
    r"\brm://\S{1,120}|(?<!\w)@\w[\w.]{1,40}"
    rf"|\b(?:Reuters )?{_SERVICE}(?: (?:id|name|handle))?\s?[:=]\s?@?[\w.@-]{{2,80}}",
    re.I,
)
# What a line of contacts begins with, whatever else it says.
_OPENING = re.compile(
    r"[\s(\[*–—-]{0,4}(?:(?:media|press|investor|editorial|news|further|for|pr)\s){0,2}"
    r"(?:contacts?(?:\s(?:information|details|us))?"
    r"|(?:more|further|additional|media) (?:information|details|enquiries|inquiries)"
    r"|to contact (?:the )?(?:reporters?|editors?|writers?|authors?)"
    r"|(?:[\w.'’-]{1,30}\s){1,4}can be (?:reached|contacted)|(?:[a-z]{2,4}/){1,4}(?=\S{1,64}@)"
    r"|enquiries|inquiries|press office|media relations|investor relations|follow .{1,40} on)(?:\b|(?<=/))",
    re.I,
)
_FIGURES = re.compile(r"\d[\d\s().-]{5,24}\d")  # of a number: the slower expression is tried only where there are some
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LABELS = frozenset(
    "tel telephone phone phones ph fax mobile mob cell email e-mail mail twitter telegram whatsapp skype signal wechat "
    "messaging reuters newsroom desk contact contacts or and at on x t p m f e id the for bureau editor editors".split()
)
_NAMES = 10  # words that a line of contacts may have besides


def may_hold(text: str) -> bool:
    """Whether a text may hold contacts: asked first, because nearly none does."""
    if "@" in text or "((" in text or "(at)" in text or "[at]" in text:
        return True
    if _DIGIT.search(text) is None:
        return False
    return _PHONE.search(text) is not None or ((":" in text or "=" in text) and _HANDLE.search(text) is not None)


def is_label(text: str) -> bool:
    """Whether a text says no more than what a contact beside it is: `newsroom`, `Tel:`."""
    return all(word.lower().strip(".") in _LABELS for word in _WORD.findall(text))


def take_out(text: str) -> tuple[str, tuple[str, ...]]:
    """(the text without e-mail addresses, telephone numbers and names on services, those as written)."""
    found: list[tuple[int, str]] = []

    def take(match: re.Match[str]) -> str:
        found.append((match.start(), match.group().strip()))
        return " " * len(match.group())  # what follows stays where it is

    for shape in (_HANDLE, _MAIL, _PHONE):
        text = shape.sub(take, text)
    return text, tuple(contact for _at, contact in sorted(found))


def part_off(text: str) -> tuple[str, tuple[str, ...]]:
    """(a credit line without its e-mail addresses and telephone numbers and their labels, those)."""
    if not may_hold(text):
        return text, ()
    taken: list[str] = []
    remaining: list[str] = []
    for part in re.split(r"(;|\(\(|\)\)?)", text):
        left, found = take_out(part)
        taken += found
        remaining.append("" if found and is_label(left) else left)
    return "".join(remaining), tuple(taken)


@cache_short_text
def is_contact_line(text: str) -> bool:
    """Whether a paragraph is there for editors: contacts with the names of whom they reach, and no sentence."""
    line = text.strip()
    if not 6 <= len(line) <= _LIMIT or not may_hold(line):
        return False
    is_sure = _MAIL.search(line) or _SURE_PHONE.search(line) or _HANDLE.search(line)
    if _OPENING.match(line):
        return bool(is_sure or _PHONE.search(line))
    if line.startswith("(("):
        return bool(is_sure)
    words = [word for word in _WORD.findall(take_out(line)[0]) if not is_label(word)]
    return bool(is_sure) and len(words) <= _NAMES and all(map(is_name, words))


def first_in(text: str) -> tuple[int, str]:
    """(where, what) of the first address in a text, or number that can be nothing else; (-1, "") for none."""
    mail = _MAIL.search(text) if "@" in text or "at)" in text or "at]" in text else None
    phone = _SURE_PHONE.search(text) if _FIGURES.search(text) else None
    first = min(filter(None, (mail, phone)), key=lambda match: match.start(), default=None)
    return (first.start(), first.group().strip()) if first else (-1, "")
