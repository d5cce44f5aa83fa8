"""Picture captions: the sentence, and the agency's credit read out of its end (b.4 of the wire notes).

`FILE PHOTO: … Name/Pool via AGENCY/File Photo`, `… (AP Photo/Name, File)`, `(Photo by NAME / AFP)`. A caption whose
end is no credit is all text. Web leftovers (`Acquire Licensing Rights`) stay in `raw` only.
"""

from __future__ import annotations

import re

from newsgen.model.story import Caption
from newsgen.wire.names import is_agency

__all__ = ["parse"]

_LIMIT = 600  # characters at the end of a caption in which its credit may stand
_FILE = re.compile(r"\s*FILE(?:\s+(?:PHOTO|PICTURE|IMAGE))?\s*(?::|-{1,2}|–|—)\s*")
_JUNK = re.compile(
    r"[,\s]{0,3}\b(?:(?:Acquire|Purchase) Licensing Rights|opens? (?:in )?(?:a )?new tab"
    r"|ORG XMIT:?(?:\s[A-Z]{2,4}\d{2,12}\b)?|Read more|Enlarge(?: this)? image)",
)
_ORDERS = re.compile(
    r"\b(?:ATTENTION EDITORS|ATTENTION:|THIS (?:IMAGE|PICTURE|PHOTO)\w* (?:HAS|WAS|IS)\b|NO RESALES|NO ARCHIVES?"
    r"|NO SALES|EDITORIAL USE ONLY|FOR EDITORIAL USE|MANDATORY CREDIT|NO USE\b"
    r"|NOT FOR (?:SALE|USE)|DO NOT OBSCURE|NO COMMERCIAL)"
)
_BRACKET = re.compile(r"\(([^()]{3,200})\)\s*\.?\s*$")
_IN_BRACKET = re.compile(
    r"\b(?:AP Photo|Photo by|Photos? credit|Photograph by|Picture by|Credit:|via [A-Z]|Handout|Getty Images)"
)
_END = re.compile(r"(?<=[.?!\d)\"”'’])\s+(?=\S)|(?<=[a-z]\.)(?=[A-Z(])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Sen|Rep|Gov|Col|Lt|Sgt|Capt|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No|Ft|Mt))\.$"
)
_MARKS = frozenset(
    [
        "pool",
        "pool photo",
        "handout",
        "hand-out",
        "file photo",
        "files",
        "file",
        "illustration",
        "stringer",
        "courtesy",
        "staff",
        "file picture",
        "archive",
    ]
)
_HANDOUT_WORDS = re.compile(r"\bhand-?out (?:photo|picture|image|still|video|grab|satellite)", re.I)
_BY = re.compile(
    r"^(?:AP\s+)?(?:Photos?|Pictures?|Photographs?|Images?)(?:\s+(?:by|credit(?:\s+should\s+read)?)\s*:?|\s*:)\s*|^Credits?:\s*",
    re.I,
)


def _is_slashed(chunk: str) -> bool:
    """Whether the last words of a caption are a credit with slashes."""
    if "/" not in chunk:
        return False
    if re.search(r"(?:^|\s|/)via [A-Z]", chunk):
        return True
    parts = [part.strip() for part in chunk.strip(" .").split("/")]
    if any(part.lower() in _MARKS for part in parts[1:]):
        return True
    return (
        is_agency(parts[0])
        or is_agency(parts[-1])
        or (
            re.fullmatch(r"[A-Z][A-Z .]{1,30}", parts[0]) is not None and len(parts) == 2 and len(parts[1].split()) <= 5
        )
    )


def _find(text: str) -> tuple[str, str]:
    """(text, credit) of a caption."""
    body, credit = text.rstrip(), ""
    while found := _BRACKET.search(body[-_LIMIT:]):
        inside = found.group(1)
        if not (_IN_BRACKET.search(inside) or _is_slashed(inside)):
            break
        credit = f"{found.group().strip()} {credit}".strip()
        body = body[: len(body) - len(body[-_LIMIT:]) + found.start()].rstrip()
    if credit:
        return body, credit
    tail = body[-_LIMIT:]
    ends = [
        end.end()
        for end in _END.finditer(tail)
        if not _ABBREVIATION.search(tail[max(0, end.start() - 6) : end.start()])
    ]
    for start in [*reversed(ends), *([0] if len(body) <= 160 else [])]:
        chunk = tail[start:]
        if "/" in chunk or _BY.match(chunk):
            whole = chunk.strip(" .")
            if (
                (_is_slashed(whole) or _BY.match(whole))
                and len(whole) <= 300
                and not re.search(r"[a-z]\. [A-Z]", whole)
            ):
                return body[: len(body) - len(tail) + start].rstrip(), whole
            break
    return body, ""


def _names(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("/") if part.strip()]


def _read(credit: str, found: dict[str, str], marks: set[str]) -> None:
    """Put what one credit says into `found` (photographer, agency, source) and `marks`."""
    text = _BY.sub("", credit.strip(" ()."))
    left, via, right = text.partition("via ")
    if via and (not left or left[-1] in " /"):
        parts = _names(right)
        found.setdefault("agency", parts[0] if parts else "")
        people = [part for part in _names(left) if not _mark(part, marks)]
        people += [part for part in parts[1:] if not _mark(part, marks)]
        if len(people) == 1 and "/" not in left and "," in people[0]:
            people = [part.strip() for part in people[0].split(",")]
            people = [people[0], ", ".join(people[1:])]
            for ending in (" Pool Photo", " Pool", " Handout", " Photo"):
                if people[1].endswith(ending):
                    _mark(ending.strip(), marks)
                    people[1] = people[1].removesuffix(ending)
        _people(people, found, marks)
        return
    parts = _names(text)
    if parts and parts[0] in ("AP Photo", "AP", "AP Images"):
        found.setdefault("agency", "AP")
        people = [part.strip() for part in ",".join(parts[1:]).split(",")]
        people = [part for part in people if part and not _mark(part, marks)]
        if len(people) > 1:
            found.setdefault("source", ", ".join(people[:-1]))
        if people:
            found.setdefault("photographer", people[-1])
        return
    plain = [part for part in parts if not _mark(part, marks)]
    agencies = [part for part in plain if is_agency(part)] or (
        plain[:1] if plain and plain[0].isupper() and len(plain) == 2 else []
    )
    if agencies:
        found.setdefault("agency", agencies[0])
        at = plain.index(agencies[0])
        if at == 0:
            _people(plain[1:], found, marks)
        else:
            _people(plain[:at], found, marks)
            if plain[at + 1 :]:
                found.setdefault("source", "/".join(plain[at + 1 :]))
    else:
        _people(plain, found, marks)


def _mark(part: str, marks: set[str]) -> bool:
    word = part.lower().strip(" .")
    if word not in _MARKS:
        return False
    marks.add(word.split()[0].replace("-", "").replace("files", "file").replace("archive", "file"))
    return True


def _people(people: list[str], found: dict[str, str], marks: set[str]) -> None:
    """The first is the photographer and the second the source; of a hand-out, one alone is the source."""
    if len(people) == 1 and "handout" in marks:
        found.setdefault("source", people[0])
    elif people:
        found.setdefault("photographer", people[0])
        if people[1:]:
            found.setdefault("source", "/".join(people[1:]))


def parse(text: str, credit: str = "") -> Caption:
    """A caption with its credit read; `credit` is one that came beside the caption."""
    whole = " ".join(text.split())
    shown = _FILE.sub("", whole, count=1) if _FILE.match(whole) else whole
    marks = {"file"} if shown != whole else set()
    shown = " ".join(_JUNK.sub("", shown).split()).strip(" ,")
    orders = _ORDERS.search(shown)
    restrictions = ""
    if orders:
        restrictions = shown[orders.start() :]
        shown = shown[: orders.start()].rstrip(" -–.") + ("." if shown[: orders.start()].rstrip().endswith(".") else "")
    shown, written = _find(shown)
    if orders and not written:
        restrictions, written = _find(restrictions)
    written = written or " ".join(credit.split())
    found: dict[str, str] = {}
    for part in re.split(r"\)\s*\(", written):
        if part.strip():
            _read(part, found, marks)
    if _HANDOUT_WORDS.search(shown):
        marks.add("handout")
    return Caption(
        text=shown,
        raw=text,
        photographer=found.get("photographer", ""),
        agency=found.get("agency", ""),
        is_pool="pool" in marks,
        is_handout="handout" in marks,
        is_file="file" in marks,
        source=found.get("source", ""),
        credit=written,
        restrictions=restrictions,
        no_archives="NO ARCHIVE" in restrictions,
    )
