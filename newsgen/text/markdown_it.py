"""Markdown by markdown-it-py, which only this file imports. What a body may do to a page is said in markdown.py."""

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

__all__ = ["first_paragraph", "reader_text", "to_html"]

_CONTAINERS = 20  # the most quotes and lists inside each other; wire copy has three at most
_NESTING = 50  # the same in levels of markdown-it, of which a list and its item are two: more would slow hostile input
_SAFE_LINK = re.compile(r"https?://|mailto:|[^:/?#]*(?:[/?#]|\Z)", re.I)
_TO_ANOTHER_HOST = re.compile(r"https?://|//", re.I)
_MARKER = r"[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_TOO_DEEP = re.compile(rf"^(?:{_MARKER}){{{_CONTAINERS}}}[ \t]*(?:\d{{1,9}})?(?=[>*+\-.)])", re.M | re.A)
_THEMATIC_BREAK = re.compile(r" {0,3}([-*_])(?:[ \t]*\1)*[ \t]*(?:\n|\Z)")
_BEGINNING = 4000  # characters of a body in which its first paragraph is looked for


class _Renderer(RendererHTML):
    """Blocks that scroll by themselves get a tabindex, so that they can be reached by keyboard (WCAG 2.1.1)."""

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
    """The text of inline tokens, without mark-up."""
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
    if _TO_ANOTHER_HOST.match(url):
        attributes["rel"] = "nofollow noopener"
    return Token("link_open", "a", 1, attrs=attributes)


def _inline(tokens: list[Token]) -> list[Token]:
    """The inline tokens of a paragraph with links by our rules, and images as their text."""
    replaced: list[Token] = []
    links = 0
    for token in tokens:
        if token.type == "link_open":
            links += 1
            replaced.append(_link(str(token.attrs["href"])))
        elif token.type == "image":
            url = str(token.attrs["src"])
            text = Token("text", "", 0, content=_text(token.children) or url)
            if links or not url.lower().startswith(("http://", "https://")):
                replaced.append(text)
            else:
                replaced += [_link(url), text, Token("link_close", "a", -1)]
        else:
            links -= token.type == "link_close"
            replaced.append(token)
    return replaced


def _apply_rules(state: StateCore) -> None:
    """Put into effect what markdown.py says that a body may do."""
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
    parser.core.ruler.push("newsgen", _apply_rules)
    return parser


_MARKDOWN = _parser()  # never changed after this: what one body defines goes into that body's own env


def _limit_nesting(body: str) -> str:
    """`body` with the marker after the twentieth of a line escaped, so that the rest is text."""

    def escape(markers: re.Match[str]) -> str:
        return markers.group() if _THEMATIC_BREAK.match(body, markers.start()) else f"{markers.group()}\\"

    return _TOO_DEEP.sub(escape, body)


@lru_cache(1)
def _tokens(body: str) -> list[Token]:
    return _MARKDOWN.parse(_limit_nesting(body), {})


def to_html(body: str) -> str:
    """The HTML of any body: CommonMark with tables, by the rules of markdown.py."""
    tokens = _tokens(body) if len(body) <= _BEGINNING else _tokens.__wrapped__(body)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def first_paragraph(body: str) -> str:
    """The text of the first paragraph of a body: one outside quotes and lists, else one inside them; "" for none."""
    tokens = _tokens(body[:_BEGINNING])
    paragraphs = [at for at, token in enumerate(tokens) if token.type == "paragraph_open"]
    at = next((at for at in paragraphs if tokens[at].level == 0), paragraphs[0] if paragraphs else -1)
    return _text(tokens[at + 1].children) if at >= 0 else ""


def reader_text(body: str) -> str:
    """The text of a body without mark-up: its blocks, parted by blank lines; code as it is."""
    parts = (_text(token.children) if token.type == "inline" else token.content for token in _tokens(body))
    return "\n\n".join(part.strip("\n") for part in parts if part)
