"""Plain text: pages copied from the web, `-- ` dumps, old wire messages, and the bare text of an article.

The first lines tell which of these a file is. Each shape has a function that takes it apart into a `Copy`, from which
`compose` makes the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsgen.formats import dates, documents, labels
from newsgen.formats.batch import ALONE, Batch, without_furniture
from newsgen.formats.blocks import Block, line_groups, split_at_double_blanks, split_blocks
from newsgen.formats.compose import Copy, compose
from newsgen.formats.encoding import Text, read_text
from newsgen.formats.head import read_head
from newsgen.formats.item import Failure, Result
from newsgen.formats.marks import is_mark, take_marks
from newsgen.formats.sluglines import message_urgency
from newsgen.formats.tail import date_in, is_heading, take_tail
from newsgen.model.story import Doubt
from newsgen.storyfile import FILE_LIMIT
from newsgen.wire import byline, furniture

__all__ = ["read"]

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,400}$")
_NOTEBOOK = re.compile(r"#{0,3}\s{0,3}(?:Notebook|Note to editors)$", re.I)
_PRIVATE = re.compile(r"The following information is not (?:intended )?for publication", re.I)
_WEB_LIST_LIMIT = 200  # characters of a title in a list `Next In …`


def read(name: str, data: bytes, fallback_day: str, batch: Batch = ALONE) -> Iterator[Result]:
    """The items of a file. `fallback_day` is the date where neither the copy nor the file's name has one.

    `batch` is what the other files of the import say of this one.

    Of several stories in one file each is an item, labelled `file#1`, `file#2` …
    """
    if len(data) > FILE_LIMIT:  # its story could not be read; found here, before it takes memory and time
        yield Failure(name, "file-too-large", (f"{len(data):,}", f"{FILE_LIMIT:,}"))
        return
    found = read_text(data)
    if found is None:
        yield Failure(name, "not-text")
        return
    if not any(character.isalnum() for character in found.text):
        yield Failure(name, "no-text")
        return
    above, pieces = documents.split(found.text)
    for number, piece in enumerate(pieces, 1):
        label, raw = (f"{name}#{number}", piece.encode()) if len(pieces) > 1 else (name, data)
        copy = _read_copy(replace(found, text=piece), batch)
        if above and number == 1:
            copy = replace(copy, dropped=(*filter(str.strip, above.split("\n")), *copy.dropped))
        yield compose(copy, label, raw, fallback_day, dates.from_file_name(name))


def _read_copy(found: Text, batch: Batch) -> Copy:
    """The text of one story taken apart."""
    text = found.text.lstrip()
    lines = [line.strip() for line in text.split("\n", 40)[:40] if line.strip()]
    if sum(1 for line in lines[:4] if line.startswith("--")) >= 3:
        copy = _dump(text, batch.month_first)
    elif any(map(message_urgency, lines[:2])) and any(line.endswith("=") for line in lines[1:18]):
        copy = _message(text)
    else:
        copy = _page(text, batch)
    if found.guess:
        copy = replace(copy, doubts=(*copy.doubts, Doubt("body", "encoding-guessed", found.guess)))
    if found.words:
        mended = (sent for sent, read in found.words if read in text)
        copy = replace(copy, dropped=(*copy.dropped, *mended))
    return copy


def _dump(text: str, month_first: bool | None) -> Copy:
    """`-- headline / -- By … / -- date / -- address`, then the body, often as one line."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    end = start
    while end < min(start + 6, len(lines)) and lines[end].startswith("--"):
        end += 1
    head = lines[start:end]
    fields = [line.lstrip("- ").strip() for line in head]
    address = next((field for field in fields if _ADDRESS.match(field)), "")
    date = next((read for field in fields[1:] if (read := dates.read_line(field, month_first))), None)
    bylines = [field for field in fields[1:] if byline.is_byline(field) or field.startswith("By ")]
    used = {address, *bylines}
    dropped = [line for line, field in zip(head[1:], fields[1:], strict=True) if field and field not in used]
    paragraphs: list[str] = []
    for group in line_groups("\n".join(lines[end:])):
        paragraphs += split_at_double_blanks("".join(_with_gap(line) for line in group))
    return Copy(
        tuple(Block((paragraph,)) for paragraph in paragraphs),
        fields[0] if fields else "",
        date.iso if date else "",
        bylines=tuple(bylines),
        address=address,
        dropped=tuple(dropped),
        doubts=(Doubt("date", "date-guessed"),) if date and date.is_ambiguous else (),
    )


def _with_gap(line: str) -> str:
    """A line of a dump behind the gap to the line before: two blanks, which begin a paragraph, where it is indented."""
    gap = "  " if len(line) - len(line.lstrip()) >= 2 else " "
    return gap + line.strip()


def _message(text: str) -> Copy:
    """A message with a one-line header, lines up to one that ends in `=`, the copy, and a stamp at the end."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if message_urgency(line))
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
    if len(blocks) > 1 and is_mark(blocks[-1].text):
        dropped.append(blocks.pop().text)
    blocks, unparsed, contacts = _split_notebook(blocks)
    return Copy(
        tuple(blocks),
        headline,
        date,
        bylines=bylines,
        slugline=slugline,
        urgency=message_urgency(lines[start]),
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


def _page(text: str, batch: Batch) -> Copy:
    """A page of the web as copied, a download of a data base, or the bare text of an article."""
    lines = _unquoted(text.split("\n")) if "\n>" in text else text.split("\n")
    left_out: list[str] = []
    if batch.above or batch.below:
        lines, left_out = _without_furniture(lines, batch)
    head, start = read_head(lines, batch.month_first)
    page = _Page()
    lines, codes = _without_codes(lines[start:]) if head.is_coded else (lines[start:], [])
    for line in [head.first, *lines] if head.first else lines:
        page.add_line(line)
    text_lines, marks = take_marks(page.copy)
    copy = "\n".join(text_lines)
    page.copy.clear()  # a large page has millions of lines
    blocks, tail = take_tail(split_blocks(copy))
    headings = {text for block in blocks if is_heading(text := block.text) and furniture.kind(text)}
    blocks = [block for block in blocks if block.text not in headings] if headings else blocks
    date = head.date.iso if head.date else date_in([*tail.dropped, *marks], batch.month_first)
    doubts = []
    if head.is_headline_guess:
        doubts.append(Doubt("headline", "headline-guessed", head.headline))
    if head.guessed_byline:
        doubts.append(Doubt("byline", "byline-guessed", head.guessed_byline))
    if head.date and (head.date.is_ambiguous or head.date.is_update):
        doubts.append(Doubt("date", "date-guessed", head.date_line))
    return Copy(
        tuple(blocks), head.headline, date, head.section,
        bylines=(*head.bylines, *(() if head.bylines else tail.bylines)),
        persons=tuple(head.persons),
        photos=tuple(head.photos),
        slugline=head.slugline,
        address=head.address,
        dateline=head.dateline,
        agency=tail.agency,
        deck=tuple(head.deck),
        unread=tuple(head.unread),
        holds=tuple(head.holds),
        notes=tuple(head.notes),
        credits=tuple(head.credits),
        points=tuple(head.points),
        contacts=(*head.contacts, *tail.contacts),
        next_in=tuple(page.next_in),
        dropped=(*left_out, *head.dropped, *page.dropped, *sorted(headings), *tail.dropped, *marks, *codes),
        doubts=tuple(doubts),
    )  # fmt: skip


def _without_furniture(lines: list[str], batch: Batch) -> tuple[list[str], list[str]]:
    """(the lines of a page, lines that other files have in the same place). A line without which no headline is left
    is one: the title of a column, the name of a table that comes each day.
    """
    kept, above, below = without_furniture(lines, batch)
    if above:
        head, with_all = read_head(kept)[0], read_head(lines)[0]
        if not head.headline or (head.is_headline_guess and not with_all.is_headline_guess):
            kept, above, below = without_furniture(lines, replace(batch, above=frozenset()))
    return kept, [*above, *below]


def _unquoted(lines: list[str]) -> list[str]:
    """The lines of a mail without the marks of a quotation, where its whole text is one."""
    start = next((at for at, line in enumerate(lines) if line.startswith(">")), len(lines))
    if not all(line.startswith(">") or not line.strip() for line in lines[start:]):
        return lines
    return [*lines[:start], *(line.lstrip("> ") for line in lines[start:])]


def _without_codes(lines: list[str]) -> tuple[list[str], list[str]]:
    """(the lines of a text, the codes within and behind it) of a download that has codes in place of labels."""
    stop = len(lines)
    while stop and (not lines[stop - 1].strip() or labels.read_code(lines[stop - 1])):
        stop -= 1
    within = [line for line in lines[:stop] if (label := labels.read_code(line)) and label == ("body", "")]
    kept = ["" if line in within else line for line in lines[:stop]]
    return kept, [line.strip() for line in (*within, *lines[stop:]) if line.strip()]


class _Page:
    """Sorts the lines of a page below its head into its copy and everything else. Mutable; one for each page."""

    def __init__(self) -> None:
        self.copy: list[str] = []
        self.dropped: list[str] = []
        self.next_in: list[str] = []
        self._in_list = False

    def add_line(self, line: str) -> None:
        """Sort one line. A heading of other stories stays: whether a list follows to the end, `take_tail` sees."""
        text = line.strip()
        kind = furniture.kind(text) if text else ""
        if not text:
            self.copy.append("")
        elif kind == "next":
            self._in_list = True
            self.dropped.append(text)
        elif kind and is_heading(text):
            self._in_list = False
            self.copy += ["", text, ""]
        elif kind and kind != "breadcrumb":
            self._in_list = False
            self.dropped.append(text)
        elif self._in_list and len(text) <= _WEB_LIST_LIMIT:
            self.next_in.append(text)
        else:
            self._in_list = False
            self.copy.append(line)
