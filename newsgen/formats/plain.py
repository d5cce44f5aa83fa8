"""Plain text: pages copied from the web, `-- ` dumps, old wire messages, and bare article text.

Which of these a file is, is told from its first lines. A reader takes the copy apart into a `Copy`; `copy.compose`
makes the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen.formats import dates
from newsgen.formats.blocks import Block, blocks, decode, paragraphs_at_double_blanks, runs
from newsgen.formats.compose import Copy, compose
from newsgen.formats.item import Failure, Result
from newsgen.wire import byline, caption, dateline, furniture, names

__all__ = ["is_text", "read"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,400}$")
_MESSAGE = re.compile(r"[a-z]{3}\d{2,6}\s+(\d)\s+[a-z]{1,3}\s+\d+\s+\S.{0,60}$")
_NOTEBOOK = re.compile(r"#{0,3}\s{0,3}(?:Notebook|Note to editors)$", re.I)
_PRIVATE = re.compile(r"The following information is not (?:intended )?for publication", re.I)
_WEB_LIST_LIMIT = 200  # characters of a title in a `Next In …` list
_HEAD = 14  # lines in which a breadcrumb, a byline or a caption may stand before copy


def is_text(data: bytes) -> bool:
    """Whether the bytes are text at all."""
    return decode(data[:65536]) is not None


def read(name: str, data: bytes, fallback_day: str) -> Iterator[Result]:
    """The one item of a file of plain text; the day given is used where neither copy nor name has one."""
    text = decode(data)
    if text is None:
        yield Failure(name, "not-text")
        return
    if not any(mark.isalnum() for mark in text):
        yield Failure(name, "no-text")
        return
    text = text.lstrip()
    lines = [line.strip() for line in text.split("\n", 40)[:40] if line.strip()]
    if sum(1 for line in lines[:4] if line.startswith("--")) >= 3:
        copy = _dump(text)
    elif any(_MESSAGE.match(line) for line in lines[:2]):
        copy = _message(text)
    else:
        copy = _page(text)
    yield compose(copy, name, data, fallback_day, dates.from_name(name))


def _dump(text: str) -> Copy:
    """`-- headline / -- By … / -- date / -- address`, then the body, often as one line."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    end = start
    while end < min(start + 6, len(lines)) and lines[end].startswith("--"):
        end += 1
    head = lines[start:end]
    said = [line.lstrip("- ").strip() for line in head]
    address = next((line for line in said if _ADDRESS.match(line)), "")
    date = next((found for line in said[1:] if (found := dates.read(line))), "")
    by = [line for line in said[1:] if byline.is_byline(line) or line.startswith("By ")]
    kept = {address, *by}
    dropped = [line for line, words in zip(head[1:], said[1:], strict=True) if words and words not in kept]
    parts: list[str] = []
    for run in runs("\n".join(lines[end:])):
        joined = "".join(_joiner(line) for line in run)
        parts += paragraphs_at_double_blanks(joined)
    return Copy(
        tuple(Block((part,)) for part in parts),
        said[0] if said else "",
        date,
        byline=tuple(by),
        address=address,
        dropped=tuple(dropped),
    )


def _joiner(line: str) -> str:
    """A line of a dump, parted from the line before it by its own indent: two blanks there begin a paragraph."""
    body = line.strip()
    return f"{'  ' if len(line) - len(line.lstrip()) >= 2 else ' '}{body}"


def _message(text: str) -> Copy:
    """A message with a one-line header, lines up to one that ends in `=`, the copy, and a stamp at the end."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if _MESSAGE.match(line.strip()))
    end = next((at for at in range(start + 1, min(start + 16, len(lines))) if lines[at].rstrip().endswith("=")), start)
    header = [line.strip() for line in lines[start + 1 : end + 1] if line.strip()]
    by = tuple(line.rstrip(" =") for line in header if byline.is_byline(line))
    titles = [line for line in header if not byline.is_byline(line)]
    headline = titles[-1].rstrip(" =") if titles else ""
    slugline = next((line.strip("/") for line in titles if len(line) > 2 and line[0] == line[-1] == "/"), "")
    found = blocks("\n".join(lines[end + 1 :]))
    date, dropped = "", [lines[start].strip(), *titles[:-1]]
    if found and (date := dates.trailer(found[-1].text)):
        dropped.append(found.pop().text)
    found, unparsed, contacts = _behind(found)
    urgency = _MESSAGE.match(lines[start].strip())
    return Copy(
        tuple(found),
        headline,
        date,
        byline=by,
        slugline=slugline,
        urgency=int(urgency.group(1)) if urgency else 0,
        dropped=tuple([line.strip() for line in lines[:start] if line.strip()] + dropped),
        unparsed=unparsed,
        contacts=contacts,
    )


def _behind(found: list[Block]) -> tuple[list[Block], tuple[str, ...], tuple[str, ...]]:
    """(copy, matter for editors, matter not for publication) of a message that has a notebook behind its copy."""
    texts = [block.text for block in found]
    private = next((at for at, text in enumerate(texts) if _PRIVATE.match(text)), len(texts))
    notebook = next((at for at, text in enumerate(texts[:private]) if _NOTEBOOK.match(text)), private)
    return found[:notebook], tuple(texts[notebook:private]), tuple(texts[private:])


def _is_headline(line: str, run: tuple[str, ...], has_more: bool) -> bool:
    """Whether the first line of a page stands above its copy."""
    if not has_more or len(line) > 220 or line.endswith((".", ",", ";")) or dateline.split(" ".join(run)[:700])[0]:
        return False
    return len(run) == 1 or len(run[0].strip()) + 25 < max(len(part) for part in run) or len(run[1].strip()) > 100


def _page(text: str) -> Copy:
    """A page of the web as copied, or bare text."""
    first = runs(text[:20000])[0]
    line = first[0].strip()
    headline = ""
    rest = text
    if _is_headline(line, first, len(text.strip()) > len(line)) and not furniture.kind(line) and not dates.read(line):
        headline = " ".join(line.split())
        rest = text[text.index(first[0]) + len(first[0]) :]
    page = _Page()
    for part in rest.split("\n"):
        page.line(part)
    found = blocks("\n".join(page.kept))
    photos: list[str] = []
    at = 0
    while at < len(found) and at < _HEAD and not found[at].is_agate and len(found) > 1:
        block = found[at].text
        if dateline.split(block)[0]:
            break
        if _is_caption(block):
            photos.append(block)
            del found[at]
        else:
            at += 1
    return Copy(
        tuple(found), headline, page.date, page.section, tuple(page.by), tuple(photos),
        address=page.address, next_in=tuple(page.next_in), dropped=tuple(page.dropped),
    )  # fmt: skip


def _is_caption(text: str) -> bool:
    """Whether a paragraph above the copy is a picture's caption."""
    if len(text) > 1500:
        return False
    found = caption.parse(text)
    return bool(found.credit and (found.agency or found.photographer)) or text.startswith(
        ("FILE PHOTO:", "FILE PHOTO -")
    )


class _Page:
    """The lines of a page, sorted into copy and the rest as they come."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.dropped: list[str] = []
        self.next_in: list[str] = []
        self.by: list[str] = []
        self.date = ""
        self.section = ""
        self.address = ""
        self._seen = 0  # lines of text so far
        self._has_copy = False
        self._in_list = False

    def line(self, line: str) -> None:
        """Sort one line."""
        text = line.strip()
        if not text:
            self.kept.append("")
            return
        self._seen += 1
        kind = furniture.kind(text)
        is_head = not self._has_copy and self._seen <= _HEAD
        if is_head and self._head(text, kind):
            return
        if kind == "next" and self._has_copy:
            self._in_list = True
            self.dropped.append(text)
        elif kind and kind not in ("next", "breadcrumb") and (self._has_copy or is_head):
            self._in_list = False
            self.dropped.append(text)
        elif self._in_list and len(text) <= _WEB_LIST_LIMIT:
            self.next_in.append(text)
        else:
            self._in_list = False
            self.kept.append(line)
            self._has_copy = self._has_copy or len(text) > 100 or dateline.split(text[:700])[0] is not None

    def _head(self, text: str, kind: str) -> bool:
        """Take a line that stands above copy; False where it is copy."""
        words = furniture.bullet(text) or text
        date = dates.read(words)
        if date and not self.date:
            self.date = date
            self.dropped.append(text)
        elif kind == "breadcrumb" and len(words) <= 60:
            if not self.section and names.is_name(words):
                self.section = words
            self.dropped.append(text)
        elif byline.is_byline(text):
            self.by.append(text)
        elif _ADDRESS.match(text):
            if self.address:
                self.dropped.append(text)
            else:
                self.address = text
        else:
            return False
        return True
