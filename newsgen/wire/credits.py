"""Credit lines: `(Reporting by A in X and B; Editing by C)`, and the agencies' other ways of saying it.

The line as sent is always kept (`raw`). What cannot be read goes into `rest`, never into a name; addresses and
telephone numbers go into `contacts`, which no page prints. Joint roles give one credit for each role.
"""

from __future__ import annotations

import re

from newsgen.model.story import Credit
from newsgen.model.value import value
from newsgen.wire.names import REGIONS, is_group, is_name

__all__ = ["CreditLine", "is_credit", "parse", "printable", "tail"]

_LIMIT = 4000  # characters: no credit line is longer, and a body in one line may have megabytes


@value
class CreditLine:
    """A credit line as read."""

    raw: str  # as sent
    credits: tuple[Credit, ...] = ()
    rest: str = ""  # what is no credit: "Keywords: …", "($1 = …)"
    contacts: tuple[str, ...] = ()  # e-mail addresses and telephone numbers, as sent


_ROLES = {
    "reporting": "reporting", "reported": "reporting", "writing": "writing", "written": "writing", "wrote": "writing",
    "editing": "editing", "edited": "editing", "compiled": "compiling", "compiling": "compiling",
    "compilation": "compiling", "graphics": "graphics", "graphic": "graphics", "polling": "polling",
    "research": "research", "translated": "translation", "translation": "translation", "translating": "translation",
    "photography": "photographer", "photographs": "photographer", "photos": "photographer",
}  # fmt: skip
_WORD = f"(?a:{'|'.join(_ROLES)})"  # a: `Edıting` is no role
_EXTRA = r"addit?i?onn?al|additional|further|extra"
_ONE = rf"(?:(?:with\s{{1,3}})?(?:{_EXTRA})\s{{1,3}}|with\s{{1,3}})?(?:{_WORD})"
_ROLE = re.compile(
    rf"(?<![\w-])({_ONE}(?:(?:\s{{0,3}},\s{{0,3}}|\s{{1,3}}and\s{{1,3}}|\s{{0,3}}/\s{{0,3}}|\s{{0,3}}&\s{{0,3}}){_ONE}){{0,3}})"
    rf"(?<!reported)(?<!wrote)\s{{0,3}}(:|\s(?:by|from)(?=\s))\s{{0,3}}|(?<![\w-])(reported|wrote)\s(by)\s{{1,3}}",
    re.I,
)
_STARTS = re.compile(
    rf"[\s(]*(?:{_ONE})(?:\s*(?:,|and|/|&)\s*{_ONE}){{0,3}}(?:\s{{0,3}}:|\s{{1,3}}by\s|(?<!reported)\s{{1,3}}from\s)",
    re.I,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
_PHONE = re.compile(r"(?<![\w$.,])\+?\(?\d[\d\s().-]{6,24}\d(?!\w)")
_PLACE = re.compile(r"(?:^|\s)(in|at|aboard|from)\s", re.I)
_SEPARATOR = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s+&\s+")
_SENTENCE = re.compile(r"(?<=[a-z)])\.\s+(?=[A-Z])")
_CONTRIBUTED = re.compile(r"\s+(?:also\s+)?contributed(?:\s+(?:to|from|reporting)\b[^.]{0,80})?\.?\s*$")
_WRITERS = re.compile(
    r"^(?:.{0,60}?\b)?(?:[Ww]riters?|[Rr]eporters?|[Jj]ournalists?|[Cc]orrespondents?|[Pp]roducers?|[Ee]ditors?)\s+(?=[A-Z])"
)
_NEXT_REPORTED = re.compile(r"\s+reported\s+from\s+")


def _roles(phrase: str) -> tuple[str, ...]:
    """`Additional reporting and writing` as its role ids; "additional" reaches over `and`."""
    low = phrase.lower()
    is_extra = bool(re.search(rf"\b(?:{_EXTRA})\b", low)) or low.startswith("with ")
    first = re.split(r"\band\b|,|/|&", low)[0]
    reaches = bool(re.search(rf"\b(?:{_EXTRA})\b", first)) or low.startswith("with ")
    found = []
    for part in re.split(r"\band\b|,|/|&", low):
        words = part.split()
        if words and words[-1] in _ROLES:
            role = _ROLES[words[-1]]
            extra = is_extra and (reaches or len(words) > 1)
            is_known = role in ("reporting", "writing", "editing", "research")
            found.append(f"additional_{role}" if extra and is_known else role)
    return tuple(found)


def _trim(text: str) -> str:
    """Without separators at its ends; the stop of an initial or of a region stays."""
    text = text.strip(" ,;:\n\t")
    if text.startswith("and "):
        text = text[4:]
    for ending in (" and", " with"):
        text = text.removesuffix(ending)
    text = text.strip(" ,;:\n\t")
    if text.endswith("."):
        last = text.split()[-1] if text.split() else ""
        if not re.fullmatch(r"(?:[A-Z]\.)+|Jr\.|Sr\.", last) and last.lower() not in REGIONS:
            text = text.rstrip(". ")
    return text


def _pieces(text: str) -> list[tuple[str, str]]:
    """(separator before, piece) of a list of names."""
    found, at, before = [], 0, ""
    for mark in _SEPARATOR.finditer(text):
        found.append((before, text[at : mark.start()]))
        before, at = mark.group(), mark.end()
    found.append((before, text[at:]))
    return found


def _people(text: str, role: str, is_place_only: bool = False) -> tuple[list[Credit], list[str]]:
    """Credits of one list of names, and what of it cannot be a name."""
    found: list[Credit] = []
    unread: list[str] = []
    for part in text.split(";"):
        waiting: list[str] = []  # names whose place is still to come
        placed = 0  # how many of `found` the last place covers
        for before, piece in _pieces(_trim(part)):
            piece = _trim(piece)
            if not piece:
                continue
            mark = _PLACE.search(f" {piece}")
            if is_place_only and not found and not mark:
                found.append(Credit(role, "", piece, is_group=True))
                placed = 1
                continue
            is_only_place = not mark and placed and not waiting
            if is_only_place and (piece.lower() in REGIONS or _goes_on(found[-1], piece)):
                joined = f"{found[-1].place}{before if before.strip() != ',' else ', '}{piece}"
                found[-placed:] = [Credit(c.role, c.name, joined, c.is_group) for c in found[-placed:]]
                continue
            name = _trim(piece[: mark.start()]) if mark else piece
            place = _trim(f" {piece}"[mark.end() :]) if mark else ""
            if name and not is_name(name):
                unread.append(piece)
                continue
            if name:
                waiting.append(name)
            if mark:
                found += [Credit(role, one, place, is_group(one)) for one in waiting or [""]]
                placed, waiting = max(1, len(waiting)), []
        found += [Credit(role, one, "", is_group(one)) for one in waiting]
    return found, unread


def _goes_on(last: Credit, piece: str) -> bool:
    """Whether `LUND` goes on the places of `Reuters bureaux in HARWICK`."""
    return (
        last.is_group and "bureau" in last.name.lower() and (piece.isupper() or not is_group(piece)) and len(piece) < 30
    )


def _contacts(text: str) -> tuple[str, tuple[str, ...]]:
    """The line without addresses and numbers, and those."""
    if "@" not in text and "((" not in text:
        return text, ()
    found: list[str] = []
    kept: list[str] = []
    for part in re.split(r"(;|\(\(|\)\)?)", text):
        if _MAIL.search(part) or ("@" in text and _PHONE.search(part)):
            found += [mark.group().strip() for mark in _MAIL.finditer(part)]
            found += [mark.group().strip() for mark in _PHONE.finditer(_MAIL.sub(" ", part))]
            left = _PHONE.sub(" ", _MAIL.sub(" ", part))
            left = re.sub(r"Reuters Messag\w+:?|rm://\S*|Tel:?|Phone:?|e-?mail:?", " ", left, flags=re.I)
            kept.append(left if left.strip(" ,.:/") else "")
        else:
            kept.append(part)
    return "".join(kept), tuple(found)


def printable(line: str) -> str:
    """A credit line without addresses and telephone numbers, for a page; "" where nothing else is in it."""
    text, _found = _contacts(" ".join(line[:_LIMIT].split()))
    text = re.sub(r"(?:\s*;\s*)+(?=[;)])", "", text)
    text = re.sub(r"\(\s*\)", "", text).strip(" ;")
    text = re.sub(r"\({2,}", "(", text)
    text = f"({text}" if text.endswith(")") and "(" not in text else text
    text = f"{text})" if text.startswith("(") and ")" not in text else text
    return text if any(mark.isalpha() for mark in text) else ""


def _sentences(text: str, raw: str, contacts: tuple[str, ...]) -> CreditLine:
    """AP's prose: `A in X contributed to this report.`, `A and B reported from Y.`"""
    found: list[Credit] = []
    rest: list[str] = []
    for sentence in _SENTENCE.split(text):
        done = _CONTRIBUTED.search(sentence)
        if done:
            names = sentence[: done.start()]
            lead = _WRITERS.match(names)
            people, unread = _people(names[lead.end() :] if lead else names, "contributing")
        elif _NEXT_REPORTED.search(sentence):
            people, unread = _people(_NEXT_REPORTED.sub(" from ", sentence, count=1).rstrip(". "), "reporting")
        else:
            people, unread = [], [sentence]
        found += people
        rest += unread
    return CreditLine(raw, tuple(found), "; ".join(" ".join(part.split()) for part in rest if part.strip()), contacts)


def parse(line: str) -> CreditLine:
    """Who is credited with what; an unreadable line is all `rest`."""
    raw = line.strip()
    if len(raw) > _LIMIT:
        return CreditLine(raw, (), raw)
    text, contacts = _contacts(" ".join(raw.split()))
    marks = list(_ROLE.finditer(text))
    if not marks:
        if _CONTRIBUTED.search(text) or _NEXT_REPORTED.search(text):
            return _sentences(text.strip(" ()"), raw, contacts)
        return CreditLine(raw, (), text.strip(" ;()") and text.strip(), contacts)
    found: list[Credit] = []
    rest = [text[: marks[0].start()].strip(" (;,.")]
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        part = text[mark.end() : after.start() if after else len(text)]
        part, closed, beyond = part.partition(")")
        if closed:
            rest.append(beyond.strip(" ;,." if after else " ;").removeprefix(")").strip(" ;"))
        part = part.replace("(", " ")
        is_place_only = (mark.group(2) or mark.group(4)).strip().lower() == "from"
        roles = _roles(mark.group(1) or mark.group(3))
        people, unread = _people(part, roles[0], is_place_only)
        found += _joint(people, roles)
        rest += unread
    return CreditLine(raw, tuple(found), "; ".join(part for part in rest if part), contacts)


def _joint(people: list[Credit], roles: tuple[str, ...]) -> list[Credit]:
    """The same people once for each role."""
    return [Credit(role, one.name, one.place, one.is_group) for role in roles for one in people]


def is_credit(paragraph: str) -> bool:
    """Whether a paragraph is a credit line and nothing else."""
    text = paragraph.strip()
    if not 8 < len(text) <= _LIMIT:
        return False
    if text.startswith("("):
        if _STARTS.match(text[:200]):
            return bool(parse(text).credits)
        return text.startswith("((") and "@" in text
    if _STARTS.match(text[:200]):
        line = parse(text)
        return bool(line.credits) and not line.rest
    if text.endswith("contributed to this report.") or " reported from " in text[:200]:
        line = parse(text)
        return bool(line.credits) and not line.rest and len(text) < 900
    return False


def tail(paragraph: str) -> int:
    """Where a bracketed credit line begins at the end of a paragraph; the paragraph's length where there is none.

    For bodies that come as one line. What follows the credit (`Keywords:`, `($1 = …)`) belongs to the tail.
    """
    start = max(0, len(paragraph) - _LIMIT)
    at = paragraph.rfind("(", start)
    best = len(paragraph)
    while at >= start and at != -1:
        if _STARTS.match(paragraph[at : at + 200]):
            best = at - 1 if at and paragraph[at - 1] == "(" else at
        at = paragraph.rfind("(", start, at)
    return best
