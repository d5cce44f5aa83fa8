"""Copy taken apart -> an item: notes, credits, bylines and dateline become front matter, the rest the body.

Every word of the copy ends up in the body or in the front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice

from newsgen.formats import dates, embargo, unread
from newsgen.formats.blocks import Block
from newsgen.formats.dateline_lines import unread_dateline
from newsgen.formats.ends import EndMatter, take_ends_off
from newsgen.formats.item import Item, sha256, without_empty
from newsgen.model.story import Dateline, Doubt
from newsgen.model.value import value
from newsgen.storyfile import YamlValue
from newsgen.text import markdown
from newsgen.text.address import slug_of_headline
from newsgen.wire import byline, dateline, dateline_weak, notes
from newsgen.wire import credits as credit_lines
from newsgen.wire import headline as headlines

__all__ = ["Copy", "compose", "fence", "markdown_of", "story_type"]

_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:St|Dr|Mr|Mrs|Ms|Jr|Sr|Gen|Sen|Rep|Gov|Inc|Corp|Co|Ltd|No|vs|U\.S))\.$")
_SENTENCE = re.compile(r"[.?!][\"”’')]{0,2}(?=\s)")
_BY = re.compile(r"(?:^|\s)(By\s+\S)")
_HEADLINE_LIMIT = 160  # characters of a headline that is taken from the first sentence
_TICKS = re.compile(r"`{3,}")
_TYPES = {
    "Factbox": "factbox", "Timeline": "timeline", "Chronology": "timeline", "Analysis": "analysis", "Brief": "brief",
    "Advisory": "advisory", "Withdrawal": "advisory", "Obituary": "obituary",
}  # fmt: skip
_CHRONOLOGY = re.compile(r"(?:an? |the )?(?:brief )?(?:chronology|timeline)\b(?: of|:|$)", re.I)


@value
class Copy:
    """Copy taken apart by the reader of its format. The blocks still hold dateline, notes and credit lines."""

    blocks: tuple[Block, ...]
    headline: str = ""  # "" where the copy has none
    date: str = ""  # ISO 8601
    section: str = ""
    bylines: tuple[str, ...] = ()  # lines, as sent
    persons: tuple[str, ...] = ()  # of bylines that hold contacts too, which are not printed
    photos: tuple[str, ...] = ()  # their captions, as sent
    slugline: str = ""
    urgency: int = 0
    address: str = ""  # of the web page that the copy came from
    next_in: tuple[str, ...] = ()  # titles in the page's list of other stories
    dropped: tuple[str, ...] = ()  # lines that are in no other field, as sent
    unparsed: tuple[str, ...] = ()  # matter for editors
    contacts: tuple[str, ...] = ()  # matter not for publication
    points: tuple[str, ...] = ()  # bullets above the text
    dateline: str = ""  # where it stands apart from the text
    agency: str = ""  # named behind the text
    unread: tuple[str, ...] = ()  # lines above the text, of deck or dropped, that nothing explains
    deck: tuple[str, ...] = ()  # lines between headline and text
    holds: tuple[str, ...] = ()  # lines that hold it back
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  # apart from the text
    doubts: tuple[Doubt, ...] = ()


def story_type(labels: tuple[str, ...], headline: str = "") -> str:
    """The type of story that the labels of a headline name, or its first words; "" for none."""
    named = next((_TYPES[label] for label in labels if label in _TYPES), "")
    return named or ("timeline" if _CHRONOLOGY.match(headline) else "")


def markdown_of(blocks: Iterable[Block]) -> str:
    """Blocks as the Markdown body of a story file."""
    return "\n\n".join(fence(block.lines) if block.is_agate else markdown.escape_line(block.text) for block in blocks)


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


def _all_of(headline: str, blocks: Iterable[Block]) -> str:
    """The words of some copy, as far as a reader of its first line needs them."""
    return " ".join([headline, *(block.text[:1000] for block in islice(blocks, 12))])


def _take_dateline(copy: Copy, blocks: list[Block]) -> tuple[Dateline | None, str, list[Block], str]:
    """(dateline, what stood before it, the blocks without it, a start of the text that may be one and was not read)."""
    if copy.dateline:
        return dateline.parse(copy.dateline), "", blocks, ""
    if not blocks or blocks[0].is_agate:
        return None, "", blocks, ""
    text = blocks[0].text
    line, before, rest = dateline.split(text)
    is_sure = line is not None and bool(line.agency or line.date)
    if not is_sure and (weak := dateline_weak.split(text, _all_of(copy.headline, blocks))):
        line, before, rest = weak[0], "", text[weak[1] :].strip()
    if not line:
        return None, "", blocks, unread_dateline(text)
    return line, before, [Block((rest,)), *blocks[1:]] if rest else blocks[1:], ""


def _note_and_byline(text: str) -> tuple[str, str]:
    """(note, byline) of what stands before a dateline."""
    starts = [match.start() for match in _BY.finditer(text)]
    if not starts:
        return text, ""
    return text[: starts[-1]].strip(), text[starts[-1] :].strip()


def _date_of_line(line: Dateline, day_of_name: str) -> str:
    """The day that a dateline gives to copy: its own, or that of the file's name if a dateline without a year says it.

    "" where it says another day than the name, which is when copy was sent: copy may wait for days.
    """
    if not day_of_name:
        return dates.find_in(line.text)
    return day_of_name if dates.find_in(f"{line.date} {day_of_name[:4]}") == day_of_name else ""


def compose(copy: Copy, name: str, data: bytes, fallback_day: str, day_of_name: str) -> Item:
    """The item of plain copy. `data` are the bytes it came from, `name` the name of their file.

    The date is that of the copy, else `day_of_name` (the day in the file's name, or ""), else `fallback_day`; a doubt
    says when the copy does not say it.
    """
    ends = EndMatter()
    doubts = list(copy.doubts)
    dropped = [*copy.dropped, *copy.bylines]
    persons = list(dict.fromkeys(person for line in copy.bylines for person in byline.parse(line)))
    persons += [person for person in copy.persons if person not in persons]
    ends.unparsed += copy.unparsed
    ends.contacts += copy.contacts
    ends.holds += copy.holds
    for text in copy.notes:
        ends.add_note(notes.note(text) or notes.Note(text, "update"))
    blocks = take_ends_off(copy.blocks, ends)
    for text in copy.credits:
        ends.add_credit(text)
    line, before, blocks, unread_start = _take_dateline(copy, blocks)
    note, by = _note_and_byline(before) if not byline.is_byline(before) else ("", before)
    if note:
        ends.add_note(notes.note(note) or notes.Note(note, "update"))
    if by:
        persons += [person for person in byline.parse(by) if person not in persons]
        dropped.append(by)
    if line and not copy.dateline:
        doubts += unread.doubts_of_dateline(line)
    elif unread_start:
        doubts.append(Doubt("dateline", "dateline-unread", unread_start))
    doubts += unread.doubts_of_head(copy.unread, copy.bylines, persons)
    doubts += unread.doubts_of_body(blocks, " ".join(ends.credit), bool(ends.notes or ends.corrections))
    doubts += unread.doubts_of_credits(ends.credit)
    doubts += unread.doubts_of_captions(copy.photos)
    dropped += ends.holds
    hold, is_guess = ends.hold()
    first = [block.text for block in blocks[:1] if len(blocks) > 1]
    if not hold and (perhaps := next(filter(embargo.may_hold, chain(copy.unread, first)), "")):
        hold, is_guess = "hold", True
        doubts.append(Doubt("embargo", "embargo-guessed", perhaps))
    elif hold and is_guess:
        doubts.append(Doubt("embargo", "embargo-guessed", ends.holds[0]))
    headline = copy.headline
    if not headline:
        headline = _first_sentence(blocks[0].text if blocks else "") or "Untitled"
        doubts.append(Doubt("headline", "headline-guessed"))
    labels, bare = headlines.parse(headline)
    agency = (line.agency if line else "") or copy.agency
    date_of_copy = copy.date or (_date_of_line(line, day_of_name) if line else "")
    date = date_of_copy or day_of_name or fallback_day
    if not date_of_copy:
        doubts.append(Doubt("date", "date-guessed", name if day_of_name else ""))
    digest = sha256(data)
    front: dict[str, YamlValue] = {
        "date": date,
        "slugline": copy.slugline,
        "type": story_type(labels, bare),
        "byline": persons[0] if len(persons) == 1 else tuple(persons),
        "dateline": line.text if line else "",
        "credit": " ".join(ends.credit),
        "editors": _editors(ends.credit),
        "agency": agency,
        "photos": tuple({"caption": caption} for caption in copy.photos),
        "corrections": tuple({"date": date, "kind": kind, "text": text} for kind, text in ends.corrections),
        "embargo": hold,
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
        body=markdown_of(chain((Block((point,)) for point in copy.points), blocks)),
        sha256=digest,
        doubts=tuple(doubts),
        is_known_by_text=True,
    )


def _source(name: str, digest: str, dropped: list[str], ends: EndMatter) -> dict[str, YamlValue]:
    """Where the item came from, and the lines of it that no other key holds."""
    lists = {"dropped": dropped, "unparsed": ends.unparsed, "contacts": ends.contacts}
    squeezed = {key: tuple(" ".join(line.split()) for line in lines) for key, lines in lists.items()}
    return {"format": "plain", "file": name.rsplit("/", 1)[-1], "sha256": digest, **without_empty(squeezed)}


def _extra(copy: Copy, ends: EndMatter) -> dict[str, YamlValue]:
    lists = {"deck": copy.deck, "keywords": tuple(ends.keywords), "next_in": copy.next_in}
    return without_empty({"address": copy.address, **lists})


def _id(address: str, digest: str) -> str:
    """The last part of the address where that can be an id; else one from the digest of the raw copy."""
    last = address.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1] if address.count("/") > 2 else ""
    if len(last) >= 8 and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{7,199}", last):
        return last
    return f"plain-{digest[:16]}"
