"""Credit lines: `(Reporting by A in X and B; Editing by C)`, and the agencies' other ways of saying it.

The line as sent is always kept (`raw`). What cannot be read goes into `rest`, never into a name; e-mail addresses and
telephone numbers go into `contacts`, which no page prints. Joint roles give one credit for each role.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsgen.model.story import Credit
from newsgen.model.value import value
from newsgen.wire import contacts, credit_forms
from newsgen.wire.names import REGIONS, is_agency, is_group, is_name

__all__ = ["CreditLine", "is_credit", "parse", "printable", "start_of_credit"]

_LIMIT = 4000  # characters: no credit line is longer, while a body in one line may have megabytes


@value
class CreditLine:
    """A credit line, read."""

    raw: str  # as sent
    credits: tuple[Credit, ...] = ()
    rest: str = ""  # what is not a credit: "Keywords: …", "($1 = …)"
    contacts: tuple[str, ...] = ()  # e-mail addresses and telephone numbers, as sent


_ROLES = {
    "report": "reporting",
    "reporting": "reporting", "reported": "reporting", "writing": "writing", "written": "writing", "wrote": "writing",
    "editing": "editing", "edited": "editing", "compiled": "compiling", "compiling": "compiling",
    "compilation": "compiling", "graphics": "graphics", "graphic": "graphics", "polling": "polling",
    "research": "research", "translated": "translation", "translation": "translation", "translating": "translation",
    "photography": "photographer", "photographs": "photographer", "photos": "photographer", "produced": "producing",
}  # fmt: skip
_ROLE_WORD = f"(?a:{'|'.join(_ROLES)})"  # (?a: ASCII, for `Edıting` is no role
_EXTRA = r"addit?i?onn?al|additional|further|extra"
_ROLE_PHRASE = rf"(?:(?:with\s{{1,3}})?(?:{_EXTRA})\s{{1,3}}|with\s{{1,3}})?(?:{_ROLE_WORD})"
_ROLE = re.compile(
    rf"(?<![\w-])({_ROLE_PHRASE}(?:(?:\s{{0,3}},\s{{0,3}}|\s{{1,3}}and\s{{1,3}}|\s{{0,3}}/\s{{0,3}}|\s{{0,3}}&\s{{0,3}}){_ROLE_PHRASE}){{0,3}})"
    rf"(?<!reported)(?<!wrote)\s{{0,3}}(:|\s(?:by|from)(?=\s|:)):?\s{{0,3}}|(?<![\w-])(reported|wrote)\s(by)\s{{1,3}}",
    re.I,
)
_CREDIT_START = re.compile(
    rf"[\s(]*(?:{_ROLE_PHRASE})(?:\s*(?:,|and|/|&)\s*{_ROLE_PHRASE}){{0,3}}(?:\s{{0,3}}:|\s{{1,3}}by[\s:]|(?<!reported)\s{{1,3}}from\s)",
    re.I,
)
_PLACE = re.compile(r"(?:^|\s)(in|at|aboard|from)\s", re.I)
_SEPARATOR = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s+&\s+")
_SENTENCE = re.compile(r"(?<=[a-z)])\.\s+(?=[A-Z])")
_THIS_STORY = re.compile(r"(?:This|The)\s\w{4,8}\s(?:was|is|has been)\s(?=[a-z]{5,10}\sby\s)")
_CONTRIBUTED = re.compile(r"\s+(?:also\s+)?contributed(?:\s+(?:to|from|reporting)\b[^.]{0,80})?\.?\s*$")
_JOB_TITLE = re.compile(
    r"^(?:.{0,60}?\b)?(?:[Ww]riters?|[Rr]eporters?|[Jj]ournalists?|[Cc]orrespondents?|[Pp]roducers?|[Ee]ditors?)\s+(?=[A-Z])"
)
_OF_AGENCY = re.compile(r"[A-Z][\w.&-]{1,20}['’]s\s+(?=[A-Z])")  # CNN's Ann Lee
_OF_PAPER = re.compile(
    r"(,)?\s(?:of|from|for|with)\s(?:[Tt]he\s)?([A-Z][\w.' -]{2,40}?),?$"
)  # Ann Lee, of the Harwick Post,
_EDGES = " \t—–-*_/|"  # marks around a line of credits
_BY = re.compile(r"[\s(]*By\s+(?=\S)")
_REPORTED_FROM = re.compile(r"\s+reported\s+from\s+")


def _roles(phrase: str) -> tuple[str, ...]:
    """The ids of the roles in a phrase: `Additional reporting and writing`, where "additional" goes for both."""
    low = phrase.lower()
    has_extra = bool(re.search(rf"\b(?:{_EXTRA})\b", low)) or low.startswith("with ")
    first = re.split(r"\band\b|,|/|&", low)[0]
    covers_all = bool(re.search(rf"\b(?:{_EXTRA})\b", first)) or low.startswith("with ")
    roles = []
    for part in re.split(r"\band\b|,|/|&", low):
        words = part.split()
        if words and words[-1] in _ROLES:
            role = _ROLES[words[-1]]
            extra = has_extra and (covers_all or len(words) > 1)
            can_be_additional = role in ("reporting", "writing", "editing", "research")
            roles.append(f"additional_{role}" if extra and can_be_additional else role)
    return tuple(roles)


def _strip_separators(text: str) -> str:
    """A text without separators at its ends; the full stop of an initial or of a region (`Calif.`) stays."""
    text = text.strip(" ,;:/\n\t")
    if text.startswith("and "):
        text = text[4:]
    for ending in (" and", " with"):
        text = text.removesuffix(ending)
    text = text.strip(" ,;:/\n\t")
    if text.endswith("."):
        last = text.split()[-1] if text.split() else ""
        if not re.fullmatch(r"(?:[A-Z]\.)+|Jr\.|Sr\.", last) and last.lower() not in REGIONS:
            text = text.rstrip(". ")
    return text


def _split_names(text: str) -> list[tuple[str, str]]:
    """The parts of a list of names, each as (the separator before it, the part)."""
    pieces, start, before = [], 0, ""
    for separator in _SEPARATOR.finditer(text):
        pieces.append((before, text[start : separator.start()]))
        before, start = separator.group(), separator.end()
    pieces.append((before, text[start:]))
    return pieces


def _people(text: str, role: str, is_place_only: bool = False) -> tuple[list[Credit], list[str]]:
    """The credits of one list of names, and the parts of it that cannot be names.

    `is_place_only`: the list follows `from`, as in `Reporting from Lund and Ardle`, and begins with a place.
    """
    credited: list[Credit] = []
    unread: list[str] = []
    for part in text.split(";"):
        names: list[str] = []  # whose place is still to come
        placed = 0  # how many of `credits` the last place goes for
        for before, piece in _split_names(_strip_separators(part)):
            piece = _strip_separators(piece)
            if not piece:
                continue
            mark = _PLACE.search(f" {piece}")
            if is_place_only and not credited and not mark:
                credited.append(Credit(role, "", piece, is_group=True))
                placed = 1
                continue
            may_be_place = not mark and placed and not names
            if may_be_place and (piece.lower() in REGIONS or _continues_places(credited[-1], piece)):
                joined = f"{credited[-1].place}{before if before.strip() != ',' else ', '}{piece}"
                credited[-placed:] = [Credit(c.role, c.name, joined, c.is_group) for c in credited[-placed:]]
                continue
            name = _strip_separators(piece[: mark.start()]) if mark else piece
            place = _strip_separators(f" {piece}"[mark.end() :]) if mark else ""
            if name and not is_name(name):
                unread.append(piece)
                continue
            if name:
                names.append(name)
            if mark:
                credited += [Credit(role, name, place, is_group(name)) for name in names or [""]]
                placed, names = max(1, len(names)), []
        credited += [Credit(role, name, "", is_group(name)) for name in names]
    return credited, unread


def _continues_places(last: Credit, piece: str) -> bool:
    """Whether a part is one more place of the last credit: `LUND` after `Reuters bureaux in HARWICK`."""
    return (
        last.is_group and "bureau" in last.name.lower() and (piece.isupper() or not is_group(piece)) and len(piece) < 30
    )


def printable(line: str) -> str:
    """A credit line without e-mail addresses and telephone numbers, for a page; "" where it holds nothing else."""
    text, _taken = contacts.part_off(" ".join(line[:_LIMIT].split()))
    text = re.sub(r"(?:\s*[;,])+\s*(?=[;)]|$)", "", " ".join(text.split()))
    text = re.sub(r"\((?:\s*\()+", "(", re.sub(r"\)(?:\s*\))+", ")", text))
    text = re.sub(r"\(\s*\)", "", text).strip(" ;")
    text = f"({text}" if text.endswith(")") and "(" not in text else text
    text = f"{text})" if text.startswith("(") and ")" not in text else text
    return text if any(mark.isalpha() for mark in text) else ""


def _parse_sentences(text: str, raw: str, taken: tuple[str, ...]) -> CreditLine:
    """Credits in sentences, as AP writes them: `A in X contributed to this report.`, `A and B reported from Y.`"""
    credited: list[Credit] = []
    rest: list[str] = []
    for sentence in _SENTENCE.split(text):
        contributed = _CONTRIBUTED.search(sentence)
        if contributed:
            names = sentence[: contributed.start()]
            if (paper := _OF_PAPER.search(names)) and (paper[1] or is_agency(paper[2])):
                names = names[: paper.start()]
            title = _JOB_TITLE.match(names) or _OF_AGENCY.match(names)
            people, unread = _people(names[title.end() :] if title else names, "contributing")
        elif _REPORTED_FROM.search(sentence):
            people, unread = _people(_REPORTED_FROM.sub(" from ", sentence, count=1).rstrip(". "), "reporting")
        else:
            people, unread = [], [sentence]
        credited += people
        rest += unread
    return CreditLine(raw, tuple(credited), "; ".join(" ".join(part.split()) for part in rest if part.strip()), taken)


def _parse_forms(text: str, raw: str, taken: tuple[str, ...]) -> CreditLine:
    """Credits in other words than `Reporting by`."""
    credited: list[Credit] = []
    rest: list[str] = []
    for role, names in credit_forms.parts(text):
        first, *sentences = _SENTENCE.split(names)
        people, unread = _people(first, role)
        credited += people
        rest += [*unread, *sentences]
    return CreditLine(raw, tuple(credited), "; ".join(rest), taken)


@lru_cache(8)  # is_credit, the importer and the reader of its story file ask for one line in turn
def parse(line: str) -> CreditLine:
    """Who is credited with what in a credit line; one that cannot be read is all `rest`."""
    raw = line.strip()
    if len(raw) > _LIMIT:
        return CreditLine(raw, (), raw)
    text, taken = contacts.part_off(" ".join(raw.split()).strip(_EDGES).replace(" | ", "; "))
    text = _THIS_STORY.sub("", text, count=1) if text.startswith("Th") else text
    if text.startswith("[") and text.endswith("]"):
        text = f"({text[1:-1]})"
    marks = list(_ROLE.finditer(text))
    if not marks and credit_forms.may_begin(text):
        return _parse_forms(text, raw, taken)
    if not marks:
        if _CONTRIBUTED.search(text) or _REPORTED_FROM.search(text):
            return _parse_sentences(text.strip(" ()"), raw, taken)
        return CreditLine(raw, (), text.strip(" ;()") and text.strip(), taken)
    credited: list[Credit] = []
    before = text[: marks[0].start()].strip(" (;,.")
    rest = [before]
    by = _BY.match(before)
    if by or (text.startswith("(") and len(before.split()) > 1):  # (Ann Lee, editing by Bo Dahl)
        credited, rest = _people(before[by.end() :] if by else before, "reporting")
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        part = text[mark.end() : after.start() if after else len(text)]
        part, bracket, beyond = part.partition(")")
        if bracket:
            rest.append(beyond.strip(" ;,." if after else " ;").removeprefix(")").strip(" ;"))
        part = part.replace("(", " ")
        is_place_only = (mark.group(2) or mark.group(4)).strip().lower() == "from" and not (
            mark.group().lower().startswith("with") and len(part.split()) > 1
        )  # With reporting from Ann Lee
        roles = _roles(mark.group(1) or mark.group(3))
        people, unread = _people(part, roles[0], is_place_only)
        credited += _once_for_each_role(people, roles)
        rest += unread
    return CreditLine(raw, tuple(credited), "; ".join(part for part in rest if part), taken)


def _once_for_each_role(people: list[Credit], roles: tuple[str, ...]) -> list[Credit]:
    """The same people, once for each role."""
    return [Credit(role, person.name, person.place, person.is_group) for role in roles for person in people]


def is_credit(paragraph: str) -> bool:
    """Whether a paragraph is nothing but a credit line."""
    text = paragraph.strip(_EDGES)
    if not 8 < len(text) <= _LIMIT:
        return False
    if by := _BY.match(text):
        return is_credit(f"Reporting by {text[by.end() :]}") and len(parse(text).credits) > 1
    if text.startswith("[") and text.endswith("]"):
        text = f"({text[1:-1]})"
    text = _THIS_STORY.sub("", text, count=1) if text.startswith("Th") else text
    if not _CREDIT_START.match(text[:200]) and credit_forms.may_begin(text):
        line = parse(text)
        return bool(line.credits) and (not line.rest or text.startswith("(")) and len(text) < 600
    if text.startswith("("):
        if _CREDIT_START.match(text[:200]):
            return bool(parse(text).credits)
        return text.startswith("((") and contacts.may_hold(text[2:])
    if _CREDIT_START.match(text[:200]):
        line = parse(text)
        return bool(line.credits) and not line.rest
    if _ends_as_contribution(text) or " reported from " in text[:200]:
        line = parse(text)
        return bool(line.credits) and not line.rest and len(text) < 900
    return False


def _ends_as_contribution(text: str) -> bool:
    """Whether a paragraph ends with `contributed to this report.`, or with `contributed.` where writers are named."""
    if "contributed" not in text[-60:]:
        return False
    found = _CONTRIBUTED.search(text)
    return found is not None and (
        " to this " in found.group() or " reporting" in found.group() or bool(_JOB_TITLE.match(text))
    )


def start_of_credit(paragraph: str) -> int:
    """Where a bracketed credit line begins at the end of a paragraph; the paragraph's length where there is none.

    For bodies that come as one line. What follows the credit (`Keywords:`, `($1 = …)`) goes with it.
    """
    start = max(0, len(paragraph) - _LIMIT)
    at = paragraph.rfind("(", start)
    first = len(paragraph)
    while at >= start and at != -1:
        beginning = paragraph[at : at + 200]
        is_of_contacts = beginning.startswith("((") and contacts.may_hold(beginning[2:])
        if is_of_contacts or _CREDIT_START.match(beginning):
            first = at - 1 if at and paragraph[at - 1] == "(" else at
        at = paragraph.rfind("(", start, at)
    return first
