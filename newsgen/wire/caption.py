"""Picture captions: the sentence, and the agency's credit at its end.

`FILE PHOTO: … Name/Pool via AGENCY/File Photo`, `… (AP Photo/Name, File)`, `(Photo by NAME / AFP)`. A caption
without a credit at its end is all text. Leftovers of web pages (`Acquire Licensing Rights`) stay only in `raw`.
"""

from __future__ import annotations

import re

from newsgen.model.story import Caption
from newsgen.wire.names import is_agency
from newsgen.wire.tables import phrases

__all__ = ["is_caption", "parse"]

_LIMIT = 600  # characters at the end of a caption in which a credit is looked for
_FILE = re.compile(r"\s*FILE(?:\s+(?:PHOTO|PICTURE|IMAGE))?\s*(?::|-{1,2}|–|—)\s*")
_WEB_LEFTOVERS = re.compile(
    r"[,\s]{0,3}\b(?:(?:Acquire|Purchase) Licensing Rights|opens? (?:in )?(?:a )?new tab"
    r"|ORG XMIT:?(?:\s[A-Z]{2,4}\d{2,12}\b)?|Read more|Enlarge(?: this)? image)",
)
_RESTRICTIONS = re.compile(
    r"\b(?:ATTENTION EDITORS|ATTENTION:|THIS (?:IMAGE|PICTURE|PHOTO)\w* (?:HAS|WAS|IS)\b|NO RESALES|NO ARCHIVES?"
    r"|NO SALES|EDITORIAL USE ONLY|FOR EDITORIAL USE|MANDATORY CREDIT|NO USE\b"
    r"|NOT FOR (?:SALE|USE)|DO NOT OBSCURE|NO COMMERCIAL)"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,200})[)\]]\s*\.?\s*$")
_IN_BRACKET = re.compile(
    r"\b(?:AP Photo|[Pp]hotos? by|[Pp]ictures? by|Photos? credit|Photograph by|Picture by|Credit:"
    r"|Source:|Fotos?:|Bild:|Photos?:|Pictures?:|Images?:|[Cc]ourtesy|via [A-Z]|Handout|Getty Images)"
)
_SENTENCE_END = re.compile(r"(?<=[.?!\d)\"”'’])\s+(?=\S)|(?<=[a-z]\.)(?=[A-Z(])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Sen|Rep|Gov|Col|Lt|Sgt|Capt|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No|Ft|Mt))\.$"
)
_CREDIT_MARKS = frozenset(
    "pool|pool photo|handout|hand-out|file photo|files|file|illustration|stringer|courtesy|staff"
    "|file picture|archive|photo|photos".split("|")
)
_HANDOUT_WORDS = re.compile(r"\bhand-?out (?:photo|picture|image|still|video|grab|satellite)", re.I)
_PHOTO_BY = re.compile(
    r"^(?:(?-i:[A-Z]{2,4})\s+)?(?:Photos?|Source|Cr[eé]dit[eo]?|Pictures?|Photographs?|Images?|Fotos?|Bild(?:er)?|Imagen|Immagine|Photographer|Fotograf\w*)"
    r"(?:\s+(?:by|von|de|di|par|credits?(?:\s+should\s+read)?|courtesy(?:\s+of)?)\s*:?|\s*photo\s*:|\s*:)\s*"
    r"|^(?:Image|Photo) (?:source|credits?)\s?[,:]\s*|^Credits?\s*:\s*|^©\s*"
    r"|^(?:copyright\s)(?=\S)|^courtesy(?:\sof)?:?\s+|^(?-i:PHOTOS?)\s(?=(?-i:[^\W\d_a-z]))",
    re.I,
)
_AGENCY_PHOTO = re.compile(r"([A-Z][\w.]{1,14}(?:\s[A-Z]\w{1,14})?)\s+(?:[Pp]hotos?|[Pp]ictures?)\s+by\s")
_LABELLED = re.compile(r"^(?:Photo|Foto|Picture|Image|Caption)\s*:\s+(?=.{12,}[.!?]\s*\()", re.I)  # the caption itself
_KIND = re.compile(r"\s+(?:pic|pix|photos?|foto|file pic|file photo|images?)$", re.I)
_MARKED = re.compile(r"(?:^|\s)(©\s?[^©]{2,80}|(?<=\s)\|\s[^|\d]{2,60}|(?<=\s)[-–—]{1,2}\s[A-Z][\w .:-]{1,30})$")
_NAME_ALONE = re.compile(r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,2}")
_PAIR = re.compile(
    r"([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})(?:\s?(?:,|—|–|-)|\svia)\s([A-Z][\w.'’ -]{1,40})"
)  # Mila Hart, AP
_NAME_AND_AGENCY = re.compile(rf"(?<=[.!?\"”’)])\s+((?:PHOTO\s)?{_PAIR.pattern})$")
_AGENCIES_BEFORE = re.compile(r"(?<=[.!?\"”’)])\s+([\w.'’ -]{2,24}(?:/[\w.'’ -]{2,24})?)\s$")
_BEHIND_SENTENCE = re.compile(r"(?<=[.!?\"”’)])\s+([A-Z][\w.'’ -]{1,60}?)\.?$")
_FOR_PAPER = re.compile(r"([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3}) for (?:The )?[A-Z][\w.'’ -]{2,40}$")


def _has_slashed_credit(chunk: str) -> bool:
    """Whether the last words of a caption are a credit with slashes: `Mila Hart/Pool via NORTHERN WIRE`."""
    if "/" not in chunk:
        return False
    if re.search(r"(?:^|\s|/)via [A-Z]", chunk):
        return True
    parts = [part.strip() for part in chunk.strip(" .").split("/")]
    if any(part.lower() in _CREDIT_MARKS for part in parts[1:]):
        return True
    return (
        _is_agency(parts[0])
        or _is_agency(parts[-1])
        or (
            re.fullmatch(r"[A-Z][A-Z .]{1,30}", parts[0]) is not None and len(parts) == 2 and len(parts[1].split()) <= 5
        )
    )


def _split_credit(text: str) -> tuple[str, str]:
    """(text, credit) of a caption; the credit is "" where there is none."""
    body, credit = text.rstrip(), ""
    while bracket := _BRACKET.search(body[-_LIMIT:]):
        inside = bracket.group(1)
        if not (
            _IN_BRACKET.search(inside)
            or _has_slashed_credit(inside)
            or _is_agency(inside)
            or _FOR_PAPER.fullmatch(inside)
        ):
            break
        credit = f"{bracket.group().strip()} {credit}".strip()
        body = body[: len(body) - len(body[-_LIMIT:]) + bracket.start()].rstrip()
    if credit:
        return body, credit
    tail = body[-_LIMIT:]
    if found := _bare_credit(tail):
        return body[: len(body) - len(tail) + found[0]].rstrip(" ,"), found[1]
    ends = [
        end.end()
        for end in _SENTENCE_END.finditer(tail)
        if not _ABBREVIATION.search(tail[max(0, end.start() - 6) : end.start()])
    ]
    for start in [*reversed(ends), *([0] if len(body) <= 160 else [])]:
        chunk = tail[start:]
        if "/" in chunk or _PHOTO_BY.match(chunk):
            whole = chunk.strip(" .")
            if (
                (_has_slashed_credit(whole) or _PHOTO_BY.match(whole))
                and len(whole) <= 300
                and not re.search(r"[a-z]\. [A-Z]", whole)
            ):
                return body[: len(body) - len(tail) + start].rstrip(), whole
            break
    return body, ""


def _is_agency(text: str) -> bool:
    """Whether a text is an agency, also of pictures, with what it took: `AFP pic`, `BERNAMA PIX`, `Getty Images`."""
    name = text.strip(" .-–—")
    return name.casefold() in phrases("agencies", "pictures") or is_agency(_KIND.sub("", name))


def _agency_name(part: str) -> str:
    """The name of an agency without what it took: `AFP pic` is AFP. Any other text as it is."""
    bare = _KIND.sub("", part)
    return part if part.casefold() in phrases("agencies", "pictures") or not is_agency(bare) else bare


def _bare_credit(tail: str) -> tuple[int, str] | None:
    """(where it begins, credit) of a credit without brackets: behind ©, a bar, a dash or the last sentence."""
    if marked := _MARKED.search(tail):
        credit = marked[1].strip(" .|-–—")
        start = marked.start(1)
        before = _AGENCIES_BEFORE.search(tail[:start])
        if marked[1][0] == "|" and before and all(map(_is_agency, before[1].split("/"))):
            return before.start(1), tail[before.start(1) :]  # picture alliance/dpa | Mila Hart
        if marked[1][0] in "©|" or _PHOTO_BY.match(credit):
            return marked.start(1), credit
    if (pair := _NAME_AND_AGENCY.search(tail)) and _is_agency(pair[3]):
        return pair.start(1), tail[pair.start(1) :].rstrip(". ")
    if marked and _is_agency(credit):
        return marked.start(1), credit
    behind = _BEHIND_SENTENCE.search(tail)
    if behind and (_is_agency(behind[1]) or _FOR_PAPER.fullmatch(behind[1])):
        return behind.start(1), behind[1]
    return None


def _names(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"/|\s\|\s", text) if part.strip()]


def _read_credit(credit: str, fields: dict[str, str], marks: set[str]) -> None:
    """Add what one credit says to `fields` (photographer, agency, source) and to `marks` (pool, handout, file)."""
    text = credit.strip(" ()[].")
    if (agency := _AGENCY_PHOTO.match(text)) and _is_agency(agency[1]):  # AP Photo by Mila Hart
        fields.setdefault("agency", agency[1])
        text = text[agency.end() :]
    if text.casefold().startswith(("file:", "file photo:")):
        marks.add("file")
        text = text.partition(":")[2].strip()
    text = _PHOTO_BY.sub("", text)
    text = _PHOTO_BY.sub("", text) if text.startswith("©") else text
    if paper := _FOR_PAPER.fullmatch(text):
        fields.setdefault("photographer", paper[1])
        fields.setdefault("source", text[paper.end(1) + 5 :])
        return
    first, _blank, rest = text.partition(" ")
    if first.isupper() and _is_agency(first) and _NAME_ALONE.fullmatch(rest):  # AFP Mila Hart
        fields.setdefault("agency", first)
        fields.setdefault("photographer", rest)
        return
    if (pair := _PAIR.fullmatch(text)) and _is_agency(pair[2]):
        fields.setdefault("agency", _agency_name(pair[2]))
        fields.setdefault("photographer", pair[1])
        return
    left, via, right = text.partition("via ")
    if via and (not left or left[-1] in " /"):
        parts = [
            name for part in _names(right) for name in (part.split(", ") if _is_agency(part.split(", ")[0]) else [part])
        ]
        fields.setdefault("agency", parts[0] if parts else "")
        people = [part for part in _names(left) if not _take_mark(part, marks)]
        people += [part for part in parts[1:] if not _take_mark(part, marks)]
        if len(people) == 1 and "/" not in left and "," in people[0]:
            people = [part.strip() for part in people[0].split(",")]
            people = [people[0], ", ".join(people[1:])]
            for ending in (" Pool Photo", " Pool", " Handout", " Photo"):
                if people[1].endswith(ending):
                    _take_mark(ending.strip(), marks)
                    people[1] = people[1].removesuffix(ending)
        _set_people(people, fields, marks)
        return
    parts = _names(text)
    if parts and parts[0] in ("AP Photo", "AP", "AP Images"):
        fields.setdefault("agency", "AP")
        people = [part.strip() for part in ",".join(parts[1:]).split(",")]
        people = [part for part in people if part and not _take_mark(part, marks)]
        if len(people) > 1:
            fields.setdefault("source", ", ".join(people[:-1]))
        if people:
            fields.setdefault("photographer", people[-1])
        return
    plain = [part for part in parts if not _take_mark(part, marks)]
    plain = [_agency_name(part) for part in plain]
    agencies = [part for part in plain if _is_agency(part)] or (
        plain[:1] if plain and plain[0].isupper() and len(plain) == 2 else []
    )
    if agencies:
        fields.setdefault("agency", agencies[0])
        position = plain.index(agencies[0])
        if position == 0:
            _set_people([part for part in plain[1:] if part not in agencies], fields, marks)
        else:
            _set_people(plain[:position], fields, marks)
            if plain[position + 1 :]:
                fields.setdefault("source", "/".join(plain[position + 1 :]))
    else:
        _set_people(plain, fields, marks)


def _take_mark(part: str, marks: set[str]) -> bool:
    """Add a part of a credit to `marks` where it is one of them, and say whether it was."""
    word = part.lower().strip(" .")
    if word not in _CREDIT_MARKS:
        return False
    marks.add(word.split()[0].replace("-", "").replace("files", "file").replace("archive", "file"))
    return True


def _set_people(people: list[str], fields: dict[str, str], marks: set[str]) -> None:
    """Add names to `fields`: the first is the photographer, the others the source; a single one of a hand-out is it."""
    if len(people) == 1 and "handout" in marks:
        fields.setdefault("source", people[0])
    elif people:
        fields.setdefault("photographer", people[0])
        if people[1:]:
            fields.setdefault("source", "/".join(people[1:]))


def parse(text: str, credit: str = "") -> Caption:
    """A caption with its credit read out of it; `credit` is one given beside the caption, used where it has none."""
    whole = _LABELLED.sub("", " ".join(text.split()))
    shown = _FILE.sub("", whole, count=1) if _FILE.match(whole) else whole
    marks = {"file"} if shown != whole else set()
    shown = " ".join(_WEB_LEFTOVERS.sub("", shown).split()).strip(" ,")
    restricted = _RESTRICTIONS.search(shown)
    restrictions = ""
    if restricted:
        restrictions = shown[restricted.start() :]
        before = shown[: restricted.start()].rstrip()
        shown = before.rstrip(" -–.") + ("." if before.endswith(".") else "")
    shown, written = _split_credit(shown)
    if restricted and not written:
        restrictions, written = _split_credit(restrictions)
    written = written or " ".join(credit.split())
    fields: dict[str, str] = {}
    for part in re.split(r"[)\]]\s*[(\[]", written):
        if part.strip():
            _read_credit(part, fields, marks)
    if _HANDOUT_WORDS.search(shown):
        marks.add("handout")
    return Caption(
        text=shown,
        raw=text,
        photographer=fields.get("photographer", ""),
        agency=fields.get("agency", ""),
        is_pool="pool" in marks,
        is_handout="handout" in marks,
        is_file="file" in marks,
        source=fields.get("source", ""),
        credit=written,
        restrictions=restrictions,
        no_archives="NO ARCHIVE" in restrictions,
    )


def is_caption(text: str) -> bool:
    """Whether a paragraph above copy is a picture's caption: it says so, or ends with a credit."""
    if len(text) > 1500:
        return False
    if text.startswith(("FILE PHOTO:", "FILE PHOTO -", "FILE - ", "FILE – ", "FILE — ")):
        return True
    parsed = parse(text)
    return bool(parsed.credit and (parsed.agency or parsed.photographer))
