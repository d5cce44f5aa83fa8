"""Copy that a reader of plain text has taken apart, and the item made of it: what all plain shapes share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsgen.formats import dates
from newsgen.formats.blocks import Block
from newsgen.formats.item import Fields, Item, Value, sha256
from newsgen.text import markdown
from newsgen.text.address import slug_of_headline
from newsgen.wire import byline, dateline, notes
from newsgen.wire import credits as credit_lines
from newsgen.wire import headline as headlines

__all__ = ["Copy", "compose", "editors_of", "fence", "markdown_of", "type_of"]

_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Sen|Rep|Gov|Inc|Corp|Co|Ltd|No|vs|U\.S))\.$")
_SENTENCE = re.compile(r"[.?!][\"”’')]{0,2}(?=\s)")
_BY = re.compile(r"(?:^|\s)(By\s+\S)")
_HEADLINE_LIMIT = 160  # characters of a headline that is taken from the first sentence
_TYPES = {
    "Factbox": "factbox", "Timeline": "timeline", "Chronology": "timeline", "Analysis": "analysis", "Brief": "brief",
    "Advisory": "advisory", "Withdrawal": "advisory",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """Plain copy, taken apart; blocks still hold dateline, notes and credit."""

    blocks: tuple[Block, ...]
    headline: str = ""  # "" where the copy has none
    date: str = ""  # ISO 8601
    section: str = ""
    byline: tuple[str, ...] = ()  # lines, as sent
    photos: tuple[str, ...] = ()  # captions, as sent
    slugline: str = ""
    urgency: int = 0
    address: str = ""
    next_in: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # lines that are in no other key, as sent
    unparsed: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()  # never printed


def type_of(labels: tuple[str, ...]) -> str:
    """The story type that the labels of a headline say."""
    return next((_TYPES[label] for label in labels if label in _TYPES), "")


def markdown_of(found: tuple[Block, ...]) -> str:
    """Blocks as the body of a story file."""
    return "\n\n".join(fence(block.lines) if block.is_agate else markdown.escape(block.text) for block in found)


def editors_of(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The editors whom credit lines name, in order, once each."""
    found = [one.name for line in lines for one in credit_lines.parse(line).credits if one.role == "editing"]
    return tuple(dict.fromkeys(name for name in found if name))


def _first_sentence(text: str) -> str:
    """A headline out of copy that has none; the copy keeps its words."""
    start = " ".join(text[:1000].split())
    for end in _SENTENCE.finditer(start):
        if not _ABBREVIATION.search(start[: end.start() + 1]):
            start = start[: end.end()].rstrip(".")
            break
    if len(start) <= _HEADLINE_LIMIT:
        return start.rstrip(".:")
    cut, _blank, _rest = start[:_HEADLINE_LIMIT].rpartition(" ")
    return f"{cut or start[:_HEADLINE_LIMIT]}…"


def _before(text: str) -> tuple[str, str]:
    """(note, byline) of what stands before a dateline."""
    found = list(_BY.finditer(text))[-1:]
    if not found:
        return text, ""
    return text[: found[0].start()].strip(), text[found[0].start() :].strip()


class _Ends:
    """What notes, credits and end matter add to the front matter, while it is collected."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.corrections: list[tuple[str, str]] = []  # (kind, text)
        self.credit: list[str] = []
        self.contacts: list[str] = []
        self.keywords: list[str] = []
        self.unparsed: list[str] = []

    def note(self, found: notes.Note) -> None:
        text = found.text.strip()
        if found.is_public:
            self.corrections.append((found.kind, text))
        elif found.kind == "contacts":
            self.contacts.append(text)
        elif found.kind == "keywords":
            self.keywords.append(text)
        elif found.kind == "code":
            self.unparsed.append(text)
        else:
            self.notes.append(text)

    def credit_line(self, text: str) -> None:
        """A credit, and what follows its bracket."""
        line = credit_lines.parse(text)
        if line.contacts:
            self.contacts.append(text.strip())
            shown = credit_lines.printable(text)
            if shown:
                self.credit.append(shown)
            return
        head, closed, rest = text.partition(")")
        rest = rest.strip()
        if text.lstrip().startswith("(") and closed and rest.strip(" ).;,"):
            self.credit.append(f"{head})".strip())
            after = notes.after(rest)
            if after:
                self.note(after)
            elif credit_lines.is_credit(rest):
                self.credit_line(rest)
            else:
                self.unparsed.append(rest)
        else:
            self.credit.append(text.strip())


def _peel(found: list[Block], ends: _Ends) -> list[Block]:
    """Blocks without notes at the start, and without credit and end matter at the end."""
    while found and not found[0].is_agate and len(found) > 1 and (first := notes.note(found[0].text)):
        ends.note(first)
        found = found[1:]
    tail: list[tuple[str, str]] = []
    while found and not found[-1].is_agate:
        text = found[-1].text
        if notes.after(text):
            tail.append(("note", text))
            found = found[:-1]
        elif credit_lines.is_credit(text):
            tail.append(("credit", text))
            found = found[:-1]
        else:
            at = credit_lines.tail(text)
            if at >= len(text) or not credit_lines.is_credit(text[at:]):
                break
            tail.append(("credit", text[at:]))
            head = text[:at].strip()
            found = [*found[:-1], Block((head,))] if head else found[:-1]
            break
    for kind, text in reversed(tail):
        after = notes.after(text) if kind == "note" else None
        if after:
            ends.note(after)
        else:
            ends.credit_line(text)
    return found


def compose(copy: Copy, name: str, data: bytes, fallback_day: str, day_of_name: str) -> Item:
    """The item of some plain copy. Every word of the copy is in the body or in the front matter."""
    ends = _Ends()
    warnings: list[str] = []
    dropped = list(copy.dropped)
    persons = [person for line in copy.byline for person in byline.parse(line)]
    dropped += copy.byline
    ends.unparsed += copy.unparsed
    ends.contacts += copy.contacts
    found = _peel(list(copy.blocks), ends)
    line = None
    if found and not found[0].is_agate:
        line, before, rest = dateline.split(found[0].text)
        if line:
            note, by = _before(before)
            if note:
                ends.note(notes.note(note) or notes.Note(note, "update"))
            if by:
                persons += [person for person in byline.parse(by) if person not in persons]
                dropped.append(by)
            found = [Block((rest,)), *found[1:]] if rest else found[1:]
    headline = copy.headline
    if not headline:
        headline = _first_sentence(found[0].text if found else "") or "Untitled"
        warnings.append("headline-from-text")
    labels, bare = headlines.parse(headline)
    told = copy.date or (dates.within(line.text) if line and not day_of_name else "")
    date = told or day_of_name or fallback_day
    if not told:
        warnings.append("date-from-name" if day_of_name else "date-from-file")
    digest = sha256(data)
    front: list[tuple[str, Value]] = [
        ("date", date),
        ("slugline", copy.slugline),
        ("type", type_of(labels)),
        ("byline", persons[0] if len(persons) == 1 else tuple(persons)),
        ("dateline", line.text if line else ""),
        ("credit", " ".join(ends.credit)),
        ("editors", editors_of(tuple(ends.credit))),
        ("agency", line.agency if line else ""),
        ("photos", tuple(Fields((("caption", caption),)) for caption in copy.photos)),
        (
            "corrections",
            tuple(Fields((("date", date), ("kind", kind), ("text", text))) for kind, text in ends.corrections),
        ),
        ("note", ends.notes[0] if len(ends.notes) == 1 else tuple(ends.notes)),
        ("source", _source(name, digest, dropped, ends)),
        ("extra", _extra(copy, ends)),
    ]
    if copy.urgency:
        front.append(("urgency", copy.urgency))
    return Item(
        format="plain",
        label=name,
        id=_id(copy.address, digest),
        section=copy.section,
        headline=headline,
        slug=slug_of_headline(bare),
        day=date[:10],
        front=tuple((key, value) for key, value in front if value not in ("", ())),
        body=markdown_of(tuple(found)),
        sha256=digest,
        warnings=tuple(warnings),
    )


def _source(name: str, digest: str, dropped: list[str], ends: _Ends) -> Fields:
    pairs: list[tuple[str, Value]] = [("format", "plain"), ("file", name.rsplit("/", 1)[-1]), ("sha256", digest)]
    lists = (("dropped", dropped), ("unparsed", ends.unparsed), ("contacts", ends.contacts))
    pairs += [(key, tuple(" ".join(line.split()) for line in lines)) for key, lines in lists if lines]
    return Fields(tuple(pairs))


def _extra(copy: Copy, ends: _Ends) -> Value:
    pairs: list[tuple[str, Value]] = [
        ("address", copy.address),
        ("keywords", tuple(ends.keywords)),
        ("next_in", copy.next_in),
    ]
    kept = tuple((key, value) for key, value in pairs if value)
    return Fields(kept) if kept else ""


def _id(address: str, digest: str) -> str:
    """The last part of the address, where it has one; else the digest of the raw copy."""
    last = address.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1] if address.count("/") > 2 else ""
    if len(last) >= 8 and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{7,199}", last):
        return last
    return f"plain-{digest[:16]}"


_TICKS = re.compile(r"`{3,}")


def fence(lines: tuple[str, ...]) -> str:
    """Agate as a fenced block: columns stay as they came."""
    longest = max((len(found) for line in lines for found in _TICKS.findall(line)), default=0)
    marks = "`" * max(3, longest + 1)
    return "\n".join([f"{marks}text", *(line.rstrip() for line in lines), marks])
