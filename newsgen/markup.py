"""Markdown bodies into HTML, summaries and word counts. The only owner of markdown-it-py.

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
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

__all__ = ["escape", "html", "summary", "words"]

SUMMARY_LIMIT = 280  # characters
_CONTAINERS = 20  # quotes and lists within each other; wire copy has three at the most
_NESTING = (
    50  # markdown-it's own levels; a list and its item are two. It costs hostile input time, so no more than needed
)
_SUMMARY_PART = 4000  # characters of a body in which its first paragraph is looked for

_SAFE_LINK = re.compile(r"https?://|mailto:|[^:/?#]*(?:[/?#]|\Z)", re.I)
_OUTWARD = re.compile(r"https?://|//", re.I)
_MARKER = r"[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_DEEP = re.compile(rf"^(?:{_MARKER}){{{_CONTAINERS}}}[ \t]*(?:\d{{1,9}})?(?=[>*+\-.)])", re.M | re.A)
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1)*[ \t]*(?:\n|\Z)")

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


class _Renderer(RendererHTML):
    """The blocks that scroll by themselves can be reached by keyboard (WCAG 2.1.1)."""

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre>\n'

    fence = code_block

    def table_open(self, *_rest: object) -> str:
        return '<div class="table" role="group" aria-label="Table" tabindex="0">\n<table>\n'

    def table_close(self, *_rest: object) -> str:
        return "</table>\n</div>\n"


def _is_safe_link(url: str) -> bool:
    return _SAFE_LINK.match(url) is not None


def _text(tokens: list[Token] | None) -> str:
    """What inline tokens say, without marks."""
    parts: list[str] = []
    for token in tokens or ():
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_text(token.children))
    return "".join(parts)


def _link(url: str) -> Token:
    attributes: dict[str, str | int | float] = {"href": url}
    if _OUTWARD.match(url):
        attributes["rel"] = "nofollow noopener"
    return Token("link_open", "a", 1, attrs=attributes)


def _inline(tokens: list[Token]) -> list[Token]:
    """Links with their `rel`, images as text."""
    found: list[Token] = []
    links = 0
    for token in tokens:
        if token.type == "link_open":
            links += 1
            found.append(_link(str(token.attrs["href"])))
        elif token.type == "image":
            url = str(token.attrs["src"])
            text = Token("text", "", 0, content=_text(token.children) or url)
            if links or not url.lower().startswith(("http://", "https://")):
                found.append(text)
            else:
                found += [_link(url), text, Token("link_close", "a", -1)]
        else:
            links -= token.type == "link_close"
            found.append(token)
    return found


def _house_rules(state: StateCore) -> None:
    for token in state.tokens:
        kind = token.type
        if kind == "inline":
            token.children = _inline(token.children or [])
        elif token.tag == "h1" and kind.startswith("heading"):
            token.tag = "h2"
        elif kind in ("th_open", "td_open"):
            # A class, not markdown-it's style attribute: a site's content security policy forbids those.
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if side in ("right", "center"):
                token.attrs["class"] = side


def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "xhtmlOut": False, "maxNesting": _NESTING}, renderer_cls=_Renderer
    ).enable("table")
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    parser.core.ruler.push("house_rules", _house_rules)
    return parser


_MARKDOWN = _parser()  # never changed after this; what a body defines goes into an env of its own


def _flattened(body: str) -> str:
    """`body` with the markers beyond the twentieth of a line made text."""

    def keep(found: re.Match[str]) -> str:
        return found.group() if _RULE.match(body, found.start()) else f"{found.group()}\\"

    return _DEEP.sub(keep, body)


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


@lru_cache(1)
def _tokens(body: str) -> list[Token]:
    return _MARKDOWN.parse(_flattened(body), {})


def _rendered(body: str) -> str:
    """By markdown-it, whatever the body."""
    tokens = _tokens(body) if len(body) <= _SUMMARY_PART else _tokens.__wrapped__(body)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def html(body: str) -> str:
    """The HTML of a body."""
    said = _plain(body)
    if said is None:
        return _rendered(body)
    text = escapeHtml(said)
    paragraphs = _BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text
    return "<p>" + paragraphs.replace("\n\n", "</p>\n<p>") + "</p>\n"


def _first_paragraph(body: str) -> str:
    said = _plain(body)
    if said is not None:
        return said.partition("\n\n")[0]
    tokens = _tokens(body[:_SUMMARY_PART])
    paragraphs = [at for at, token in enumerate(tokens) if token.type == "paragraph_open"]
    # One of the story itself before one in a quote or a list.
    at = next((at for at in paragraphs if tokens[at].level == 0), paragraphs[0] if paragraphs else -1)
    return _text(tokens[at + 1].children) if at >= 0 else ""


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
