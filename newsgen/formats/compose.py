"""Copy taken apart -> an item: notes, credits, bylines and dateline become front matter, the rest the body.

Every word of the copy ends up in the body or in the front matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsgen.formats import dates
from newsgen.formats.blocks import Block
from newsgen.formats.item import Item, sha256, without_empty
from newsgen.model.story import Doubt
from newsgen.storyfile import YamlValue
from newsgen.text import markdown
from newsgen.text.address import slug_of_headline
from newsgen.wire import byline, dateline, notes
from newsgen.wire import credits as credit_lines
from newsgen.wire import headline as headlines
from newsgen.wire.contacts import is_contact_line

__all__ = ["Copy", "compose", "fence", "markdown_of", "story_type"]

_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Sen|Rep|Gov|Inc|Corp|Co|Ltd|No|vs|U\.S))\.$")
_SENTENCE = re.compile(r"[.?!][\"”’')]{0,2}(?=\s)")
_BY = re.compile(r"(?:^|\s)(By\s+\S)")
_HEADLINE_LIMIT = 160  # characters of a headline that is taken from the first sentence
_TICKS = re.compile(r"`{3,}")
_TYPES = {
    "Factbox": "factbox", "Timeline": "timeline", "Chronology": "timeline", "Analysis": "analysis", "Brief": "brief",
    "Advisory": "advisory", "Withdrawal": "advisory",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy taken apart by the reader of its format. The blocks still hold dateline, notes and credit."""

    blocks: tuple[Block, ...]
    headline: str = ""  # "" where the copy has none
    date: str = ""  # ISO 8601
    section: str = ""
    bylines: tuple[str, ...] = ()  # lines, as sent
    photos: tuple[str, ...] = ()  # their captions, as sent
    slugline: str = ""
    urgency: int = 0
    address: str = ""  # of the web page that the copy came from
    next_in: tuple[str, ...] = ()  # titles in the page's list of other stories
    dropped: tuple[str, ...] = ()  # lines that are in no other field, as sent
    unparsed: tuple[str, ...] = ()  # matter for editors
    contacts: tuple[str, ...] = ()  # matter not for publication


def story_type(labels: tuple[str, ...]) -> str:
    """The type of story that the labels of a headline name; "" for none."""
    return next((_TYPES[label] for label in labels if label in _TYPES), "")


def markdown_of(blocks: tuple[Block, ...]) -> str:
    """Blocks as the Markdown body of a story file."""
    return "\n\n".join(fence(block.lines) if block.is_agate else markdown.escape(block.text) for block in blocks)


def fence(lines: tuple[str, ...]) -> str:
    """Agate as a fenced code block (CommonMark 4.5), so that its columns stay."""
    longest = max((len(ticks) for line in lines for ticks in _TICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([f"{ticks}text", *(line.rstrip() for line in lines), ticks])


def _editors(lines: list[str]) -> tuple[str, ...]:
    """The editors whom credit lines name, in order, each once."""
    names = [credit.name for line in lines for credit in credit_lines.parse(line).credits if credit.role == "editing"]
    return tuple(dict.fromkeys(name for name in names if name))


def _first_sentence(text: str) -> str:
    """A headline for copy that has none: its first sentence, at most 160 characters. The copy keeps it too."""
    start = " ".join(text[:1000].split())
    for end in _SENTENCE.finditer(start):
        if not _ABBREVIATION.search(start[: end.start() + 1]):
            start = start[: end.end()].rstrip(".")
            break
    if len(start) <= _HEADLINE_LIMIT:
        return start.rstrip(".:")
    cut, _blank, _rest = start[:_HEADLINE_LIMIT].rpartition(" ")
    return f"{cut or start[:_HEADLINE_LIMIT]}…"


def _note_and_byline(text: str) -> tuple[str, str]:
    """(note, byline) of what stands before a dateline."""
    starts = [match.start() for match in _BY.finditer(text)]
    if not starts:
        return text, ""
    return text[: starts[-1]].strip(), text[starts[-1] :].strip()


class _EndMatter:
    """The notes and credits at both ends of some copy, collected as they are taken off. Mutable; one for each item."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.corrections: list[tuple[str, str]] = []  # (kind, text)
        self.credit: list[str] = []
        self.contacts: list[str] = []
        self.keywords: list[str] = []
        self.unparsed: list[str] = []

    def add_note(self, note: notes.Note) -> None:
        """A note to the list that it belongs to."""
        text = note.text.strip()
        if note.is_public:
            self.corrections.append((note.kind, text))
        elif note.kind == "contacts":
            self.contacts.append(text)
        elif note.kind == "keywords":
            self.keywords.append(text)
        elif note.kind == "code":
            self.unparsed.append(text)
        else:
            self.notes.append(text)

    def add_credit(self, text: str) -> None:
        """A credit line, and whatever follows its bracket."""
        line = credit_lines.parse(text)
        if line.contacts:
            self.contacts.append(text.strip())
            printable = credit_lines.printable(text)
            if printable:
                self.credit.append(printable)
            return
        head, closed, rest = text.partition(")")
        rest = rest.strip()
        if text.lstrip().startswith("(") and closed and rest.strip(" ).;,"):
            self.credit.append(f"{head})".strip())
            after = notes.after(rest)
            if after:
                self.add_note(after)
            elif credit_lines.is_credit(rest):
                self.add_credit(rest)
            else:
                self.unparsed.append(rest)
        else:
            self.credit.append(text.strip())


def _take_ends_off(blocks: tuple[Block, ...], ends: _EndMatter) -> list[Block]:
    """The blocks without the notes at the start, and without credit and notes at the end, which `ends` gets."""
    start, stop = 0, len(blocks)
    while start < stop - 1 and not blocks[start].is_agate:
        text = blocks[start].text
        first = notes.Note(text, "contacts") if is_contact_line(text) else notes.note(text)
        if not first:
            break
        ends.add_note(first)
        start += 1
    tail: list[tuple[bool, str]] = []  # (whether it is a note, text), the last first
    head = ""  # of the last paragraph, where the credit begins inside it
    while start < stop and not head and not blocks[stop - 1].is_agate:
        text = blocks[stop - 1].text
        is_note = notes.after(text) is not None
        at = 0 if is_note or credit_lines.is_credit(text) else credit_lines.start_of_credit(text)
        if at and (at >= len(text) or not credit_lines.is_credit(text[at:])):
            break
        tail.append((is_note, text[at:]))
        head = text[:at].strip()
        stop -= 1
    for is_note, text in reversed(tail):
        after = notes.after(text) if is_note else None
        if after:
            ends.add_note(after)
        else:
            ends.add_credit(text)
    return [*blocks[start:stop], *([Block((head,))] if head else [])]


def compose(copy: Copy, name: str, data: bytes, fallback_day: str, day_of_name: str) -> Item:
    """The item of plain copy. `data` are the bytes it came from, `name` the name of their file.

    The date is that of the copy, else `day_of_name` (the day in the file's name, or ""), else `fallback_day`; a doubt
    says when it is not that of the copy.
    """
    ends = _EndMatter()
    doubts: list[Doubt] = []
    dropped = list(copy.dropped)
    persons = [person for line in copy.bylines for person in byline.parse(line)]
    dropped += copy.bylines
    ends.unparsed += copy.unparsed
    ends.contacts += copy.contacts
    blocks = _take_ends_off(copy.blocks, ends)
    line = None
    if blocks and not blocks[0].is_agate:
        line, before, rest = dateline.split(blocks[0].text)
        if line:
            note, by = _note_and_byline(before)
            if note:
                ends.add_note(notes.note(note) or notes.Note(note, "update"))
            if by:
                persons += [person for person in byline.parse(by) if person not in persons]
                dropped.append(by)
            blocks = [Block((rest,)), *blocks[1:]] if rest else blocks[1:]
    headline = copy.headline
    if not headline:
        headline = _first_sentence(blocks[0].text if blocks else "") or "Untitled"
        doubts.append(Doubt("headline", "headline-guessed"))
    labels, bare = headlines.parse(headline)
    date_of_copy = copy.date or (dates.find_in(line.text) if line and not day_of_name else "")
    date = date_of_copy or day_of_name or fallback_day
    if not date_of_copy:
        doubts.append(Doubt("date", "date-guessed", name if day_of_name else ""))
    digest = sha256(data)
    front: dict[str, YamlValue] = {
        "date": date,
        "slugline": copy.slugline,
        "type": story_type(labels),
        "byline": persons[0] if len(persons) == 1 else tuple(persons),
        "dateline": line.text if line else "",
        "credit": " ".join(ends.credit),
        "editors": _editors(ends.credit),
        "agency": line.agency if line else "",
        "photos": tuple({"caption": caption} for caption in copy.photos),
        "corrections": tuple({"date": date, "kind": kind, "text": text} for kind, text in ends.corrections),
        "note": ends.notes[0] if len(ends.notes) == 1 else tuple(ends.notes),
        "source": _source(name, digest, dropped, ends),
        "extra": _extra(copy, ends),
    }
    if copy.urgency:
        front["urgency"] = copy.urgency
    return Item(
        format="plain",
        label=name,
        id=_id(copy.address, digest),
        section=copy.section,
        headline=headline,
        slug=slug_of_headline(bare),
        day=date[:10],
        front=without_empty(front),
        body=markdown_of(tuple(blocks)),
        sha256=digest,
        doubts=tuple(doubts),
    )


def _source(name: str, digest: str, dropped: list[str], ends: _EndMatter) -> dict[str, YamlValue]:
    """Where the item came from, and the lines of it that no other key holds."""
    lists = {"dropped": dropped, "unparsed": ends.unparsed, "contacts": ends.contacts}
    squeezed = {key: tuple(" ".join(line.split()) for line in lines) for key, lines in lists.items()}
    return {"format": "plain", "file": name.rsplit("/", 1)[-1], "sha256": digest, **without_empty(squeezed)}


def _extra(copy: Copy, ends: _EndMatter) -> dict[str, YamlValue]:
    return without_empty({"address": copy.address, "keywords": tuple(ends.keywords), "next_in": copy.next_in})


def _id(address: str, digest: str) -> str:
    """The last part of the address where that can be an id; else one from the digest of the raw copy."""
    last = address.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1] if address.count("/") > 2 else ""
    if len(last) >= 8 and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{7,199}", last):
        return last
    return f"plain-{digest[:16]}"
