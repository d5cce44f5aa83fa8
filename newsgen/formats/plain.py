"""Plain text: pages copied from the web, `-- ` dumps, old wire messages, and the bare text of an article.

The first lines tell which of these a file is. Each shape has a function that takes it apart into a `Copy`, from which
`compose` makes the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen.formats import dates
from newsgen.formats.blocks import Block, decode_text, line_groups, split_at_double_blanks, split_blocks
from newsgen.formats.compose import Copy, compose
from newsgen.formats.item import Failure, Result
from newsgen.storyfile import FILE_LIMIT
from newsgen.wire import byline, caption, contacts, dateline, furniture, names

__all__ = ["is_text", "read"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,400}$")
_MESSAGE = re.compile(r"[a-z]{3}\d{2,6}\s+(\d)\s+[a-z]{1,3}\s+\d+\s+\S.{0,60}$")
_NOTEBOOK = re.compile(r"#{0,3}\s{0,3}(?:Notebook|Note to editors)$", re.I)
_PRIVATE = re.compile(r"The following information is not (?:intended )?for publication", re.I)
_WEB_LIST_LIMIT = 200  # characters of a title in a list `Next In …`
_HEAD = 14  # lines above the copy in which a breadcrumb, a byline or a caption may stand


def is_text(data: bytes) -> bool:
    """Whether the bytes are text at all."""
    return decode_text(data[:65536]) is not None


def read(name: str, data: bytes, fallback_day: str) -> Iterator[Result]:
    """The one item of a file. `fallback_day` is the date where neither the copy nor the file's name has one."""
    if len(data) > FILE_LIMIT:  # its story could not be read; found here, before it takes memory and time
        yield Failure(name, "file-too-large", (f"{len(data):,}", f"{FILE_LIMIT:,}"))
        return
    text = decode_text(data)
    if text is None:
        yield Failure(name, "not-text")
        return
    if not any(character.isalnum() for character in text):
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
    yield compose(copy, name, data, fallback_day, dates.from_file_name(name))


def _dump(text: str) -> Copy:
    """`-- headline / -- By … / -- date / -- address`, then the body, often as one line."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    end = start
    while end < min(start + 6, len(lines)) and lines[end].startswith("--"):
        end += 1
    head = lines[start:end]
    fields = [line.lstrip("- ").strip() for line in head]
    address = next((field for field in fields if _ADDRESS.match(field)), "")
    date = next((date for field in fields[1:] if (date := dates.parse(field))), "")
    bylines = [field for field in fields[1:] if byline.is_byline(field) or field.startswith("By ")]
    used = {address, *bylines}
    dropped = [line for line, field in zip(head[1:], fields[1:], strict=True) if field and field not in used]
    paragraphs: list[str] = []
    for group in line_groups("\n".join(lines[end:])):
        paragraphs += split_at_double_blanks("".join(_with_gap(line) for line in group))
    return Copy(
        tuple(Block((paragraph,)) for paragraph in paragraphs),
        fields[0] if fields else "",
        date,
        bylines=tuple(bylines),
        address=address,
        dropped=tuple(dropped),
    )


def _with_gap(line: str) -> str:
    """A line of a dump behind the gap to the line before: two blanks, which begin a paragraph, where it is indented."""
    gap = "  " if len(line) - len(line.lstrip()) >= 2 else " "
    return gap + line.strip()


def _message(text: str) -> Copy:
    """A message with a one-line header, lines up to one that ends in `=`, the copy, and a stamp at the end."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if _MESSAGE.match(line.strip()))
    end = next((at for at in range(start + 1, min(start + 16, len(lines))) if lines[at].rstrip().endswith("=")), start)
    header = [line.strip() for line in lines[start + 1 : end + 1] if line.strip()]
    bylines = tuple(line.rstrip(" =") for line in header if byline.is_byline(line))
    titles = [line for line in header if not byline.is_byline(line)]
    headline = titles[-1].rstrip(" =") if titles else ""
    slugline = next((line.strip("/") for line in titles if len(line) > 2 and line[0] == line[-1] == "/"), "")
    blocks = split_blocks("\n".join(lines[end + 1 :]))
    date, dropped = "", [lines[start].strip(), *titles[:-1]]
    if blocks and (date := dates.parse_trailer(blocks[-1].text)):
        dropped.append(blocks.pop().text)
    blocks, unparsed, contacts = _split_notebook(blocks)
    urgency = _MESSAGE.match(lines[start].strip())
    return Copy(
        tuple(blocks),
        headline,
        date,
        bylines=bylines,
        slugline=slugline,
        urgency=int(urgency.group(1)) if urgency else 0,
        dropped=tuple([line.strip() for line in lines[:start] if line.strip()] + dropped),
        unparsed=unparsed,
        contacts=contacts,
    )


def _split_notebook(blocks: list[Block]) -> tuple[list[Block], tuple[str, ...], tuple[str, ...]]:
    """(copy, matter for editors, matter not for publication) of a message; a notebook may stand behind the copy."""
    texts = [block.text for block in blocks]
    private = next((at for at, text in enumerate(texts) if _PRIVATE.match(text)), len(texts))
    notebook = next((at for at, text in enumerate(texts[:private]) if _NOTEBOOK.match(text)), private)
    return blocks[:notebook], tuple(texts[notebook:private]), tuple(texts[private:])


def _is_headline(line: str, group: tuple[str, ...], has_more: bool) -> bool:
    """Whether the first line of a page, which begins a group of lines, is a headline above the copy."""
    if not has_more or len(line) > 220 or line.endswith((".", ",", ";")) or dateline.split(" ".join(group)[:700])[0]:
        return False
    is_short = len(group[0].strip()) + 25 < max(len(other) for other in group)
    return len(group) == 1 or is_short or len(group[1].strip()) > 100


def _page(text: str) -> Copy:
    """A page of the web as copied, or the bare text of an article."""
    first = line_groups(text[:20000])[0]
    line = first[0].strip()
    headline = ""
    rest = text
    if _is_headline(line, first, len(text.strip()) > len(line)) and not furniture.kind(line) and not dates.parse(line):
        headline = " ".join(line.split())
        rest = text[text.index(first[0]) + len(first[0]) :]
    page = _Page()
    for part in rest.split("\n"):
        page.add_line(part)
    blocks = split_blocks("\n".join(page.copy))
    photos: list[str] = []
    at = 0
    while at < len(blocks) and at < _HEAD and not blocks[at].is_agate and len(blocks) > 1:
        block = blocks[at].text
        if dateline.split(block)[0]:
            break
        if _is_caption(block):
            photos.append(block)
            del blocks[at]
        else:
            at += 1
    return Copy(
        tuple(blocks), headline, page.date, page.section, tuple(page.bylines), tuple(photos),
        address=page.address, next_in=tuple(page.next_in), dropped=tuple(page.dropped),
        contacts=tuple(page.contacts),
    )  # fmt: skip


def _is_caption(text: str) -> bool:
    """Whether a paragraph above the copy is a picture's caption."""
    if len(text) > 1500:
        return False
    if text.startswith(("FILE PHOTO:", "FILE PHOTO -")):
        return True
    parsed = caption.parse(text)
    return bool(parsed.credit and (parsed.agency or parsed.photographer))


class _Page:
    """Sorts the lines of a page, one after another, into its copy and everything else. Mutable; one for each page."""

    def __init__(self) -> None:
        self.copy: list[str] = []
        self.dropped: list[str] = []
        self.next_in: list[str] = []
        self.bylines: list[str] = []
        self.contacts: list[str] = []
        self.date = ""
        self.section = ""
        self.address = ""
        self._line_count = 0  # without blank lines
        self._has_copy = False
        self._in_list = False

    def add_line(self, line: str) -> None:
        """Sort one line."""
        text = line.strip()
        if not text:
            self.copy.append("")
            return
        self._line_count += 1
        kind = furniture.kind(text)
        is_head = not self._has_copy and self._line_count <= _HEAD
        if is_head and self._take_head(text, kind):
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
            self.copy.append(line)
            self._has_copy = self._has_copy or len(text) > 100 or dateline.split(text[:700])[0] is not None

    def _take_head(self, text: str, kind: str) -> bool:
        """Take a line that stands above the copy; False, and nothing taken, where it is part of the copy."""
        words = furniture.bullet(text) or text
        date = dates.parse(words)
        by, found = contacts.take_out(text) if contacts.may_hold(text) else (text, ())
        by = " ".join(by.split()).strip(" ,;()<>[]")
        if date and not self.date:
            self.date = date
            self.dropped.append(text)
        elif kind == "breadcrumb" and len(words) <= 60:
            if not self.section and names.is_name(words):
                self.section = words
            self.dropped.append(text)
        elif byline.is_byline(by):
            self.bylines.append(by)
            if found:
                self.contacts.append(text)
        elif _ADDRESS.match(text):
            if self.address:
                self.dropped.append(text)
            else:
                self.address = text
        else:
            return False
        return True
