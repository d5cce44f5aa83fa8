"""Markdown by markdown-it-py, which nothing else of newsgen knows; what a body may do to a page is said in `markup`."""

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

__all__ = ["PART", "first_paragraph", "rendered"]

_CONTAINERS = 20  # quotes and lists within each other; wire copy has three at the most
_NESTING = (
    50  # markdown-it's own levels; a list and its item are two. It costs hostile input time, so no more than needed
)
_SAFE_LINK = re.compile(r"https?://|mailto:|[^:/?#]*(?:[/?#]|\Z)", re.I)
_OUTWARD = re.compile(r"https?://|//", re.I)
_MARKER = r"[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_DEEP = re.compile(rf"^(?:{_MARKER}){{{_CONTAINERS}}}[ \t]*(?:\d{{1,9}})?(?=[>*+\-.)])", re.M | re.A)
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1)*[ \t]*(?:\n|\Z)")
PART = 4000  # characters of a body in which its first paragraph is looked for


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


@lru_cache(1)
def _tokens(body: str) -> list[Token]:
    return _MARKDOWN.parse(_flattened(body), {})


def rendered(body: str) -> str:
    """The HTML of a body, whatever it is."""
    tokens = _tokens(body) if len(body) <= PART else _tokens.__wrapped__(body)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def first_paragraph(body: str) -> str:
    """What the first paragraph of a body says; one of the story itself before one in a quote or a list."""
    tokens = _tokens(body[:PART])
    paragraphs = [at for at, token in enumerate(tokens) if token.type == "paragraph_open"]
    at = next((at for at in paragraphs if tokens[at].level == 0), paragraphs[0] if paragraphs else -1)
    return _text(tokens[at + 1].children) if at >= 0 else ""
