"""Markdown bodies into HTML, summaries and lengths; and copy escaped so that Markdown shows it as it is.

What a body can do to a page (markdown_it.py carries it out):

- Raw HTML is shown as text. Nothing in a body becomes a script, a handler, a style or an id.
- Links go to http, https, mailto or within the site. A link to another host carries `rel="nofollow noopener"`: copy
  comes in from elsewhere, and the site does not vouch for what it points at. A link without a text shows its address.
- An image of another site is never loaded: its text is shown, as a link. A picture beside the story is shown where it
  stands, as a figure if it has a paragraph to itself; `picture` says which can be, and its size. Of others, the text.
- Quotation marks, apostrophes and dashes are those of the story's language (typography.py), but in code and addresses;
  a ticker in angle brackets is a label.
- A page has one h1, its headline: a body's `#` and `##` are both h2.
- Nothing written is dropped. `[Q]: Why?` is a definition only where a link uses it; a row of a table shows the cells
  that are more than its head has; items of a list have the numbers that they were written with; what follows the
  opening ``` is shown, unless it names a language. A line of --- makes a heading only of one short line above it.
- Nesting stops at 20 quotes and lists: what opens more is text. So is a paragraph of more than 100,000 characters, and
  what follows 200,000 pieces of blocks.

Nearly all wire copy is plain paragraphs. Those are rendered here, in 26 µs for a body of 50 paragraphs and 3 KB, where
markdown-it-py 4.3 takes 840; tests/text/test_markdown.py shows that the bytes are the same. All other bodies
(CommonMark 0.31 with tables) go to markdown_it.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape as escape_html
from urllib.parse import unquote

from newsgen.model.value import value
from newsgen.text.picture_html import PictureInText
from newsgen.text.tickers import with_tickers
from newsgen.text.typography import AS_SENT, Typography

__all__ = [
    "BodyPicture", "Shown", "count_letters", "count_words", "cut", "escape", "escape_line", "first_paragraph",
    "no_picture", "pictures", "plain_text", "reader_text", "summary", "to_html",
]  # fmt: skip

SUMMARY_LIMIT = 280  # characters
# A body is plain paragraphs where every line can only be text: it begins with a letter, a digit that starts no list, or
# a mark that opens a sentence; does not end with a blank; and holds nothing that Markdown interprets but escaped marks
# and the four entities of HTML. The order of such lines does not matter.
_SPECIAL_MARKS = "".join(map(chr, (0, 9, *range(11, 32)))) + "\\`*_[<|"
_SPECIAL_BYTES = _SPECIAL_MARKS.encode()
_SPECIAL = re.compile(f"[{re.escape(_SPECIAL_MARKS)}\x85\u2028\u2029]")
_ENTITY = r"&(?:lt|gt|amp|quot);"
_OTHER_ENTITY = re.compile(rf"(?!{_ENTITY})&#?\w{{1,40}};")
_PLAIN_START = rf"[^\W_]|[\"'(“”‘’«$£€]|{_ENTITY}|\n|\Z"
_OTHER_START = re.compile(rf"\n(?:\d{{1,9}}[.)]|(?!{_PLAIN_START}))")
_BLANK_END = re.compile(r"[^\S\n]\n")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_ESCAPE_OR_ENTITY = re.compile(rf"\\(.)|{_ENTITY}")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_MARKS_ALONE = frozenset("# ## ### #### ##### ###### > - -- --- * + | = – — & \u2022 ```".split())
_LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*\)|https?://\S+")
_INLINE_MARKS = re.compile(r"[\\`*_\[\]<|]|&(?=#?\w{1,40};)|!(?=\[)", re.A)
_FIRST_OF_MARKS = tuple("\\`*_[]<|&!")
_BLOCK_START = re.compile(r"#{1,6}(?:\s|\Z)|>|[-+](?:\s|\Z)|[-=:][-=:|\s\\]*\Z|~~~")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|\Z)", re.A)
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(1)  # HTML and summary of a body are asked for in turn
def plain_text(body: str) -> str | None:
    """The text of a body of plain paragraphs, without newlines at its ends; None where it may hold anything else."""
    text = "\n" + (_ESCAPED.sub("x", body) if "\\" in body else body) + "\n"
    if text.isascii():  # 1 ns a character, the expressions 4
        if len(text.encode().translate(None, _SPECIAL_BYTES)) != len(text) or " \n" in text:
            return None
    elif _SPECIAL.search(text) or _BLANK_END.search(text):
        return None
    if _OTHER_START.search(text) or ("&" in text and _OTHER_ENTITY.search(text)):
        return None
    plain = body.strip("\n")
    if "&" in plain or "\\" in plain:
        plain = _ESCAPE_OR_ENTITY.sub(lambda match: match[1] or _ENTITIES[match[0]], plain)
    return plain or None


@value
class BodyPicture:
    """A picture as a body names it."""

    file: str
    alt: str
    title: str
    line: int  # of the body, from 0
    is_elsewhere: bool  # on another site


Shown = Callable[[str], PictureInText | None]  # the file of a picture -> that picture


def no_picture(_file: str) -> None:
    """Says of every picture that it cannot be shown."""


def to_html(
    body: str,
    address: Callable[[str], str] = str,
    picture: Shown = no_picture,
    typography: Typography = AS_SENT,
) -> str:
    """The HTML of a body, safe to print: see above for what a body may do.

    `address` makes what a link's href says of the address as written; `picture` gives the pictures of the body;
    `typography` sets its text.
    """
    plain = plain_text(body)
    if plain is None:
        from newsgen.text import markdown_it

        return markdown_it.to_html(body, address, picture, typography)
    text = with_tickers(escape_html(typography.set(plain), quote=False).replace('"', "&quot;"))
    paragraphs = _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text
    return "<p>" + paragraphs.replace("\n\n", "</p>\n<p>") + "</p>\n"


def pictures(body: str) -> Iterator[BodyPicture]:
    """The pictures of a body, in order."""
    if "![" in body:
        from newsgen.text import markdown_it

        for line, url, alt, title in markdown_it.pictures(body):
            is_elsewhere = url.lower().startswith(("http://", "https://", "//"))
            yield BodyPicture(unquote(url), alt, title, line, is_elsewhere)


def first_paragraph(body: str) -> str:
    """The text of the first paragraph, its lines as they are; one outside quotes and lists where there is one."""
    first = body.lstrip("\n").partition("\n\n")[0]  # if it is plain it is the one, whatever follows
    plain = plain_text(first) if first else None
    if plain is not None:
        return plain
    from newsgen.text import markdown_it

    return markdown_it.first_paragraph(body)


def reader_text(body: str) -> str:
    """The text of a body as a reader sees it: no mark-up, no escapes; its blocks are parted by blank lines."""
    plain = plain_text(body)
    if plain is not None:
        return plain
    from newsgen.text import markdown_it

    return markdown_it.reader_text(body)


def summary(body: str, limit: int = SUMMARY_LIMIT) -> str:
    """The first paragraph as plain text in one line, cut between words at `limit` characters."""
    return cut(" ".join(first_paragraph(body).split()), limit)


def cut(text: str, limit: int) -> str:
    """A text in one line, cut between words at `limit` characters, with an ellipsis where anything was cut."""
    if len(text) <= limit:
        return text
    beginning = text[:limit].rpartition(" ")[0] if " " in text[limit // 2 : limit] else text[: limit - 1]
    return (beginning.rstrip(" ,;:-–—") or beginning) + "…"


def count_words(body: str) -> int:
    """How many words a body has, as blanks separate them; marks that stand alone do not count."""
    words = body.split()
    return len(words) if _MARKS_ALONE.isdisjoint(words) else len(words) - sum(map(_MARKS_ALONE.__contains__, words))


def count_letters(body: str) -> int:
    """How many letters and digits a body has: its length in a script without words, such as Chinese."""
    return sum(map(str.isalnum, _LINK_TARGET.sub("", body)))


def escape(text: str) -> str:
    """Markdown that shows one paragraph of copy as it is: nothing in it is mark-up, a block or a second paragraph."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(escape_line(line) for line in lines if line)


def escape_line(line: str) -> str:
    """As `escape`, of a text in one line with no more than one blank between two words."""
    has_mark = any(mark in line for mark in _FIRST_OF_MARKS)  # most lines have none: in a third of the time
    escaped = _INLINE_MARKS.sub(r"\\\g<0>", line) if has_mark else line
    if _BLOCK_START.match(escaped):
        return f"\\{escaped}"
    return _LIST_NUMBER.sub(r"\1\\\2", escaped) if escaped[:1].isdigit() else escaped
