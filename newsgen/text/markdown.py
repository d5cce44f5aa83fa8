"""Markdown bodies into HTML, summaries and word counts: plain paragraphs here, the rest by `markdown`.

What a body can do to a page is decided here, and only here:

- Raw HTML is shown as text. Nothing in a body becomes a script, a handler, a style or an id.
- Links go to http, https, mailto or within the site. A link to another host carries `rel="nofollow noopener"`: copy
  comes in from elsewhere, and the site does not vouch for what it points at.
- An image is never loaded: pictures belong to `photos`, where they have sizes, credits and rights. Its text is shown,
  as a link where its address is an absolute one.
- A page has one h1, its headline: a body's `#` and `##` are both h2.
- Nesting stops at 20 quotes and lists; a line that opens more shows the rest as text (markdown-it would drop it).

markdown-it-py 4.3 takes 840 µs for a body of 50 paragraphs and 3 KB; plain paragraphs, which nearly all wire copy is,
take 26 on the short way in `html`, which `tests/test_markup.py` proves to give the same bytes. What was found of the
last body is kept, for its summary is asked next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape as escape_html

__all__ = ["escape", "html", "summary", "words"]

SUMMARY_LIMIT = 280  # characters
# Lines that can only be text: each begins with a letter, a digit that begins no list, or a mark that opens a sentence;
# ends with no blank; holds nothing that Markdown reads, but for escaped marks and the four entities of HTML. A body of
# such lines is paragraphs, whatever comes after what.
_ODD_MARKS = "".join(map(chr, (0, 9, *range(11, 32)))) + "\\`*_[<|"
_ODD_BYTES = _ODD_MARKS.encode()
_ODD = re.compile(f"[{re.escape(_ODD_MARKS)}\x85\u2028\u2029]")
_ENTITY = r"&(?:lt|gt|amp|quot);"
_OTHER_ENTITY = re.compile(rf"(?!{_ENTITY})&#?\w{{1,40}};")
_FIRST = rf"[^\W_]|[\"'(“”‘’«$£€]|{_ENTITY}|\n|\Z"
_OTHER_START = re.compile(rf"\n(?:\d{{1,9}}[.)]|(?!{_FIRST}))")
_BLANK_END = re.compile(r"[^\S\n]\n")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_WRITTEN = re.compile(rf"\\(.)|{_ENTITY}")
_MEANT = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_LONE_MARKS = frozenset("# ## ### #### ##### ###### > - -- --- * + | = – — & \u2022 ```".split())
_MARKS = re.compile(r"[\\`*_\[\]<|]|&(?=#?\w{1,40};)|!(?=\[)", re.A)
_BLOCK_START = re.compile(r"#{1,6}(?:\s|\Z)|>|[-+](?:\s|\Z)|[-=:][-=:|\s\\]*\Z|~~~")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|\Z)", re.A)
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(1)  # html, summary and words of a body are asked in turn
def _plain(body: str) -> str | None:
    """What a body of plain paragraphs says, without the newlines at its ends; None where it may hold anything else."""
    text = "\n" + (_ESCAPED.sub("x", body) if "\\" in body else body) + "\n"
    if text.isascii():  # 1 ns a character, the expressions 4
        if len(text.encode().translate(None, _ODD_BYTES)) != len(text) or " \n" in text:
            return None
    elif _ODD.search(text) or _BLANK_END.search(text):
        return None
    if _OTHER_START.search(text) or ("&" in text and _OTHER_ENTITY.search(text)):
        return None
    said = body.strip("\n")
    if "&" in said or "\\" in said:
        said = _WRITTEN.sub(lambda found: found[1] or _MEANT[found[0]], said)
    return said or None


def html(body: str) -> str:
    """The HTML of a body."""
    said = _plain(body)
    if said is None:
        from newsgen.text import markdown_it

        return markdown_it.rendered(body)
    text = escape_html(said, quote=False).replace('"', "&quot;")
    paragraphs = _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text
    return "<p>" + paragraphs.replace("\n\n", "</p>\n<p>") + "</p>\n"


def _first_paragraph(body: str) -> str:
    said = _plain(body)
    if said is not None:
        return said.partition("\n\n")[0]
    from newsgen.text import markdown_it

    return markdown_it.first_paragraph(body)


def summary(body: str, limit: int = SUMMARY_LIMIT) -> str:
    """The first paragraph as plain text in one line, cut between words at `limit` characters."""
    text = " ".join(_first_paragraph(body).split())
    if len(text) <= limit:
        return text
    whole = text[:limit].rpartition(" ")[0] if " " in text[limit // 2 : limit] else text[: limit - 1]
    return (whole.rstrip(" ,;:-–—") or whole) + "…"


def words(body: str) -> int:
    """How many words a body has; marks that stand alone are none."""
    found = body.split()
    return len(found) if _LONE_MARKS.isdisjoint(found) else len(found) - sum(map(_LONE_MARKS.__contains__, found))


def escape(text: str) -> str:
    """Markdown that shows one paragraph of text as it is: no mark-up, no block, no second paragraph."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(_escaped_line(line) for line in lines if line)


def _escaped_line(line: str) -> str:
    done = _MARKS.sub(r"\\\g<0>", line)
    if _BLOCK_START.match(done):
        return f"\\{done}"
    return _LIST_NUMBER.sub(r"\1\\\2", done)
