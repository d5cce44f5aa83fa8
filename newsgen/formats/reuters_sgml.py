"""Reuters-21578, the collection of 1987: SGML with one <REUTERS> element for each story.

Read as text, not as XML, because control characters stand in it as references and there is no root. Nothing of a story
is lost: what no key of a story file holds goes under `extra.reuters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen.formats import dates
from newsgen.formats.blocks import Block, clean_text, split_blocks
from newsgen.formats.compose import markdown_of, story_type
from newsgen.formats.item import Failure, Item, Result, sha256, without_empty
from newsgen.model.story import Doubt
from newsgen.storyfile import YamlValue
from newsgen.text.address import slug_of_headline
from newsgen.wire import byline, dateline
from newsgen.wire import headline as headlines
from newsgen.wire.names import MONTH

__all__ = ["is_reuters", "read", "unescape"]

_REFERENCE = re.compile(r"&(?:#(\d{1,6})|(lt|gt|amp|quot));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r'([A-Z]+)="([^"]*)"')
_LISTED = re.compile(r"<D>(.*?)</D>", re.S)
_KEYWORD = re.compile(r"^\s*([a-z]) ([a-z]) (\S.*?)\s+(\d\d-\d\d)(?:\s+(\d{4}))?\s*$", re.M)
_SIGN_OFF = re.compile(r"\s*\b(reuters?|R)\b[\s.;:,&]*$", re.I)
_OWN_DATELINE = re.compile(rf"\s*([A-Z][A-Za-z. ]{{2,30}}, (?:[A-Z][\w. ]{{1,20}}, )?{MONTH} \d{{1,2}}) - ")
_TAGS = re.compile(r"<[^<>]{1,40}>")
_SLUG_LIMIT = 80
_ELEMENTS = (
    "DATE", "MKNOTE", "TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES", "UNKNOWN", "TEXT"
)  # fmt: skip

# The first of these with one of a story's topics names its section. Stories without topics go by place.
_SECTIONS = (
    ("Earnings", frozenset(["earn"])),
    ("Deals", frozenset(["acq"])),
    ("Energy", frozenset("crude nat-gas gas fuel heat jet naphtha pet-chem propane".split())),
    ("Money", frozenset(
        "money-fx interest money-supply dlr yen dmk stg reserves can austdlr saudriyal rand nkr skr dkr dfl lit hk "
        "nzdlr sfr cruzado fx bfr peseta".split()
    )),
    ("Economy", frozenset(
        "trade gnp cpi bop ipi jobs wpi retail housing income lei instal-debt inventories cpu".split()
    )),
)  # fmt: skip
# ANPA 1312 priority letters as IPTC urgency: flash, bulletin, urgent, regular, deferred, hold for release.
_URGENCY = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "h": 6}


def is_reuters(data: bytes) -> bool:
    """Whether bytes begin like a file of the collection."""
    start = data[:4096].lstrip()
    return start.startswith((b"<!DOCTYPE lewis", b"<REUTERS ")) or b"\n<REUTERS " in start


def _character(reference: re.Match[str]) -> str:
    number, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(number)
    return chr(code) if code in (9, 10, 13) or 32 <= code < 127 or 128 <= code < 0xD800 else " "


def unescape(text: str) -> str:
    """The text with its character references resolved; those of control characters but C1 become blanks."""
    return clean_text(_REFERENCE.sub(_character, text))


def _field(name: str, text: str) -> str | None:
    """The text inside the first element of a name; None where there is no such element."""
    start = text.find(f"<{name}>")
    if start < 0:
        start = text.find(f"<{name} ")
        if start < 0:
            return None
    start = text.find(">", start) + 1
    end = text.find(f"</{name}>", start)
    return text[start:end] if end >= 0 else text[start:]


def _squeeze(text: str) -> str:
    """The text on one line, each run of blanks as one."""
    return " ".join(text.split())


def _list(name: str, text: str) -> tuple[str, ...]:
    """The <D> entries of the first element of a name."""
    return tuple(_squeeze(unescape(entry)) for entry in _LISTED.findall(_field(name, text) or "") if entry.strip())


def _section(topics: tuple[str, ...], places: tuple[str, ...]) -> str:
    for name, its_topics in _SECTIONS:
        if its_topics.intersection(topics):
            return name
    if topics:
        return "Commodities"
    return "Business" if "usa" in places else "World"


def _sign_off(body: str) -> tuple[str, str]:
    """(body, sign-off): the `Reuter` that ends nearly all copy."""
    tail = body[-60:]
    match = _SIGN_OFF.search(tail)
    if not match:
        return body, ""
    return body[: len(body) - len(tail) + match.start()], _squeeze(match.group())


def _slug(headline: str, number: str) -> str:
    """The slug of a headline, cut between words, with the story's number."""
    slug = slug_of_headline(headlines.parse(headline)[1])
    room = _SLUG_LIMIT - len(number) - 1
    if len(slug) > room:
        whole, hyphen, _rest = slug[: room + 1].rpartition("-")
        slug = whole if hyphen and len(whole) > room // 2 else slug[:room]
    return f"{slug.strip('-')}-{number}"


def read(name: str, data: bytes, fallback_day: str) -> Iterator[Result]:
    """The stories of a file in order; one that cannot be read is a Failure and does not stop the others.

    `fallback_day` is the date where neither a story nor the one before it has a readable date.
    """
    text = data.decode("latin-1")
    at, date, count, end = 0, "", 0, 0
    while (start := text.find("<REUTERS ", at)) >= 0:
        if 0 <= end < start:  # searched for once, however many elements are left open
            end = text.find("</REUTERS>", start)
        following = text.find("<REUTERS ", start + 9)
        count += 1
        if end < 0 or 0 <= following < end:
            yield Failure(f"{name}#{count}", "unclosed-element", ("REUTERS",))
            if following < 0:
                return
            at = following
            continue
        at = end + len("</REUTERS>")
        result = _item(name, text[start:at], date, fallback_day, count)
        if isinstance(result, Item):
            date = str(result.front.get("date", date))
        yield result
    if not count:
        yield Failure(name, "no-stories")


def _item(name: str, raw: str, date_before: str, fallback_day: str, count: int) -> Result:
    """One story. `date_before`, the date of the story before it, stands in for a date that cannot be read."""
    attributes = dict(_ATTRIBUTE.findall(raw[: raw.find(">")]))
    number = attributes.get("NEWID", "")
    if not number.isascii() or not number.isdigit():
        return Failure(f"{name}#{count}", "no-newid")
    label = f"{name}#{number}"
    text = _field("TEXT", raw)
    if text is None:
        return Failure(label, "no-text")
    doubts: list[Doubt] = []
    sent = unescape(_field("DATE", raw) or "")
    date = dates.parse_reuters(sent)
    if not date:
        date = date_before or fallback_day
        doubts.append(Doubt("date", "date-guessed", sent.strip()))
    kind = next(iter(_ATTRIBUTE.findall(raw[raw.find("<TEXT") : raw.find("<TEXT") + 40])), ("", ""))[1]
    headline, blocks, dropped = _copy(text)
    if not headline:
        return Failure(label, "no-text")
    labels, _bare = headlines.parse(headline)
    author = _squeeze(unescape(_field("AUTHOR", text) or ""))
    persons = byline.parse(author)
    if author:
        dropped.append(author)
    line, blocks = _dateline(_squeeze(unescape(_field("DATELINE", text) or "")), blocks)
    own = _OWN_DATELINE.match(blocks[0].lines[0]) if blocks and not line else None
    if own:  # a story without elements inside TEXT
        line = _squeeze(own.group(1))
        blocks = (Block((blocks[0].lines[0][own.end() :], *blocks[0].lines[1:])), *blocks[1:])
    unknown = unescape(_field("UNKNOWN", raw) or "")
    loose = _outside(raw[raw.find(">") + 1 :], _ELEMENTS)  # 326 stories of the eleventh file have UNKNOWN twice
    unknown += f"\n{loose}" if loose.strip() else ""
    header = _KEYWORD.search(unknown)
    lists = {key: _list(key, raw) for key in ("TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES")}
    digest = sha256(raw.encode("latin-1"))
    front: dict[str, YamlValue] = {
        "date": date,
        "slugline": _squeeze(header.group(3)) if header else "",
        "type": "brief" if kind == "BRIEF" else story_type(labels),
        "byline": persons[0] if len(persons) == 1 else persons,
        "dateline": line,
        "agency": "Reuters",
        "tags": lists["TOPICS"],
        "people": lists["PEOPLE"],
        "places": lists["PLACES"],
        "organisations": lists["ORGS"],
        "source": {"format": "reuters-sgml", "file": name.rsplit("/", 1)[-1], "sha256": digest}
        | without_empty({"dropped": tuple(dropped)}),
        "extra": {"reuters": _extra(attributes, raw, sent, unknown, kind, lists)},
    }
    if header and header.group(1) in _URGENCY:
        front["urgency"] = _URGENCY[header.group(1)]
    return Item(
        format="reuters-sgml",
        label=label,
        id=f"reuters-21578-{number}",
        section=_section(lists["TOPICS"], lists["PLACES"]),
        headline=headline,
        slug=_slug(headline, number),
        day=date[:10],
        front=without_empty(front),
        body=markdown_of(blocks),
        sha256=digest,
        doubts=tuple(doubts),
    )


def _outside(text: str, elements: tuple[str, ...]) -> str:
    """The text outside the first element of each of these names, without tags."""
    for element in elements:
        start = text.find(f"<{element}>")
        if start < 0:
            start = text.find(f"<{element} ")
        if start >= 0:
            end = text.find(f"</{element}>", start)
            text = text[:start] + "\n" + (text[end + len(element) + 3 :] if end >= 0 else "")
    return unescape(_TAGS.sub(" ", text))


def _dateline(sent: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """(dateline, blocks) of a DATELINE element. Copy that stands in it, up to a later dash, goes to the body."""
    if blocks and not blocks[0].is_agate and " - " in sent.rstrip(" -"):
        glue = "" if sent.endswith("-") and not sent.endswith(" -") else " "
        read, before, rest = dateline.split(f"{sent}{glue}{blocks[0].text}")
        if read and read.date and not before:
            return read.text, (Block((rest,)), *blocks[1:])
    return sent.rstrip(" -"), blocks


def _copy(text: str) -> tuple[str, tuple[Block, ...], list[str]]:
    """(headline, blocks, pieces that are in neither) of the content of a TEXT element."""
    title, body = _field("TITLE", text), _field("BODY", text)
    rest = _outside(text, ("TITLE", "AUTHOR", "DATELINE", "BODY"))
    dropped = []
    if body is None:  # BRIEF: title and `Blah blah blah.`; UNPROC: raw lines without elements
        if title is not None:
            dropped = [_squeeze(line) for line in rest.split("\n") if line.strip()]
            rest = ""
        copy, sign_off = _sign_off(rest.rstrip())
    else:
        dropped = [_squeeze(line) for line in rest.split("\n") if line.strip()]
        copy, sign_off = _sign_off(unescape(body).rstrip())
    if sign_off:
        dropped.append(sign_off)
    headline = _squeeze(unescape(title or ""))
    if not headline:
        lines = copy.strip().split("\n")
        start = next((at for at, line in enumerate(lines[1:5], 1) if _OWN_DATELINE.match(line)), 1)
        headline = _squeeze(" ".join(lines[:start]))
        if body is None:
            copy = "\n".join(lines[start:])
    lead = len((_field("DATELINE", text) or "").strip("\n")) if body is not None else 0
    return headline, tuple(split_blocks(copy, lead=lead)), dropped


def _extra(
    attributes: dict[str, str], raw: str, sent: str, unknown: str, kind: str, lists: dict[str, tuple[str, ...]]
) -> dict[str, YamlValue]:
    """What no key of a story file holds, under the collection's own names."""
    values: dict[str, YamlValue] = {key.lower(): unescape(value) for key, value in attributes.items()}
    values |= {
        "sent": _squeeze(sent),
        "text_type": kind,
        "note": _squeeze(unescape(_field("MKNOTE", raw) or "")),
        "exchanges": lists["EXCHANGES"],
        "companies": lists["COMPANIES"],
        "unknown": tuple(_squeeze(line) for line in unknown.split("\n") if line.strip()),
    }
    return without_empty(values)
