"""Markdown by markdown-it-py, which only this file, markdown_blocks.py and markdown_inline.py import. What a body may
do to a page is said in markdown.py.

Text is read when it is rendered, paragraph by paragraph and cell by cell: only the blocks of a body are in memory at
once, and the marks of one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from newsgen.text.markdown_blocks import cells, use_block_rules
from newsgen.text.markdown_inline import links_by_our_rules, shown_picture, text_of, typeset
from newsgen.text.picture_html import PictureInText
from newsgen.text.tickers import with_tickers
from newsgen.text.typography import Typography

__all__ = ["first_paragraph", "pictures", "reader_text", "to_html"]

_BLOCK_LEVELS = 50  # more than twenty quotes and lists have, of which a list and its item are two
_INLINE_LEVELS = 20  # of brackets and emphasis: more would slow hostile input
_SAFE_LINK = re.compile(r"https?://|mailto:|[^:/?#]*(?:[/?#]|\Z)", re.I)
_LANGUAGE = re.compile(r"[a-z][a-z0-9+#.-]*")
_MARKED = re.compile(r"[\\`*_\[\]<&!\n]")  # what a cell without any of it shows is what it is
_BEGINNING = 4000  # characters of a body in which its first paragraph is looked for
_PRE = '<pre role="group" aria-label="Fixed-width text" tabindex="0"><code>'
_LONG_TEXT = 100_000  # characters of a paragraph, beyond which it is shown as it is written


class _Renderer(RendererHTML):
    """Blocks that scroll by themselves get a tabindex, so that they can be reached by keyboard (WCAG 2.1.1)."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        out: list[str] = []
        following = 0
        for at, token in enumerate(tokens):
            if at < following:
                continue
            if token.type == "paragraph_open" and (figure := _figure(token, tokens[at + 1].content, env)):
                out.append(figure)
                following = at + 3
            elif token.type == "inline":
                out.append(self._text(token.content, options, env))
            elif token.type in self.rules:
                out.append(self.rules[token.type](tokens, at, options, env))
            else:
                out.append(self.renderToken(tokens, at, options, env))
        return "".join(out)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{_PRE}{escapeHtml(tokens[idx].content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """What follows the opening fence is shown, unless it is the name of a language, such as `text`."""
        info = unescapeAll(tokens[idx].info).strip()
        words = f"{escapeHtml(info)}\n" if info and not _LANGUAGE.fullmatch(info) else ""
        return f"{_PRE}{words}{escapeHtml(tokens[idx].content)}</code></pre>\n"

    def picture(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        shown: PictureInText = tokens[idx].meta["shown"]
        return shown.html()

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return with_tickers(escapeHtml(tokens[idx].content))

    def address(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escapeHtml(tokens[idx].content)

    def table(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A row with more cells than the first shows all of them; one with fewer has empty ones."""
        sides: list[str] = tokens[idx].meta["sides"]
        rows: list[str] = tokens[idx].meta["rows"]
        classes = [f' class="{side}"' if side else "" for side in sides]

        def row(line: str, tag: str) -> str:
            texts = cells(line)
            texts += [""] * (len(sides) - len(texts))
            styled = zip(texts, classes + [""] * (len(texts) - len(sides)), strict=True)
            shown = "".join(f"<{tag}{style}>{self._cell(text, options, env)}</{tag}>\n" for text, style in styled)
            return f"<tr>\n{shown}</tr>\n"

        body = f"<tbody>\n{''.join(row(line, 'td') for line in rows[1:])}</tbody>\n" if rows[1:] else ""
        return (
            '<div class="table" role="group" aria-label="Table" tabindex="0">\n<table>\n'
            f"<thead>\n{row(rows[0], 'th')}</thead>\n{body}</table>\n</div>\n"
        )

    def _cell(self, text: str, options: OptionsDict, env: EnvType) -> str:
        if not _MARKED.search(text):
            return with_tickers(escapeHtml(env["typography"].set(text)))
        return self._text(text, options, env)

    def _text(self, text: str, options: OptionsDict, env: EnvType) -> str:
        """The HTML of a paragraph, a heading or a cell."""
        tokens = typeset(links_by_our_rules(_read(text, env), env), env["typography"])
        return self.renderInline(tokens, options, env)


def _is_safe_link(url: str) -> bool:
    return _SAFE_LINK.match(url) is not None


def _read(text: str, env: EnvType) -> list[Token]:
    """The inline tokens of a text."""
    if len(text) > _LONG_TEXT:
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    has_links = "](" in text or ("]" in text and bool(env["references"]))
    return _INLINE.inline.parse(text, _INLINE, {**env, "has_links": has_links}, tokens)


def _figure(paragraph: Token, text: str, env: EnvType) -> str:
    """The figure that a paragraph is; "" where it is more than a picture, or the picture cannot be shown."""
    if paragraph.hidden or not text.startswith("![") or not env["picture"]:
        return ""
    tokens = _read(text, env)
    shown = shown_picture(tokens[0], env) if len(tokens) == 1 and tokens[0].type == "image" else None
    return shown.figure() if shown else ""


def _apply_rules(state: StateCore) -> None:
    """Put into effect what markdown.py says of blocks: a page has one h1, and the numbers of a list are as written."""
    lists: list[list[Token]] = []  # the items of each list that is open
    for token in state.tokens:
        kind = token.type
        if kind == "heading_open" or kind == "heading_close":
            token.tag = "h2" if token.tag == "h1" else token.tag
        elif kind == "ordered_list_open":
            lists.append([])
        elif kind == "list_item_open" and token.info:
            lists[-1].append(token)
        elif kind == "ordered_list_close":
            _number(lists.pop())


def _number(items: list[Token]) -> None:
    """Give the items of a list the numbers that they were written with, unless all have the same: then they count."""
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) == 1:
        return
    following = numbers[0]
    for item, number in zip(items, numbers, strict=True):
        if number != following:
            item.attrs["value"] = number
        following = number + 1


def _parser(levels: int) -> MarkdownIt:
    options: dict[str, Any] = {"html": False, "xhtmlOut": False, "maxNesting": levels}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.core.ruler.push("newsgen", _apply_rules)
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    parser.inline.ruler.at("link", _where_links_are(link))
    parser.inline.ruler.at("image", _where_links_are(image))
    use_block_rules(parser)
    return parser


def _where_links_are(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, but for a text in which no bracket can be a link's: looking for its end at each is slow."""
    return lambda state, silent: state.env["has_links"] and rule(state, silent)


# Never changed after this: what one body defines goes into that body's own env.
_BLOCKS = _parser(_BLOCK_LEVELS)
_INLINE = _parser(_INLINE_LEVELS)


@lru_cache(1)
def _blocks(body: str) -> tuple[list[Token], dict[str, Any]]:
    """The blocks of a body, and what it defines."""
    env: dict[str, Any] = {}
    return _BLOCKS.parse(body, env), {"references": env.get("references", {})}


def to_html(
    body: str, address: Callable[[str], str], picture: Callable[[str], PictureInText | None], typography: Typography
) -> str:
    """The HTML of any body: CommonMark with tables, by the rules of markdown.py."""
    tokens, env = _blocks(body) if len(body) <= _BEGINNING else _blocks.__wrapped__(body)
    env = {**env, "address": address, "picture": picture, "typography": typography}
    return str(_BLOCKS.renderer.render(tokens, _BLOCKS.options, env))


def first_paragraph(body: str) -> str:
    """The text of the first paragraph of a body: of text if there is one, outside quotes and lists if there is one."""
    tokens, env = _blocks(body[:_BEGINNING])
    paragraphs = [at for at, token in enumerate(tokens) if token.type == "paragraph_open"]
    paragraphs.sort(key=lambda at: (_is_picture(tokens[at + 1].content, env), tokens[at].level > 0))
    return text_of(_read(tokens[paragraphs[0] + 1].content, env)) if paragraphs else ""


def _is_picture(text: str, env: EnvType) -> bool:
    return text.startswith("![") and all(token.type in ("image", "softbreak") for token in _read(text, env))


def pictures(body: str) -> Iterator[tuple[int, str, str, str]]:
    """The line (from 0), address, text and title of each picture of a body."""
    tokens, env = _blocks(body)
    for block in tokens:
        texts = [block.content] if block.type == "inline" else []
        if block.type == "table":
            texts = [cell for row in block.meta["rows"] for cell in cells(row)]
        for text in texts:
            for token in _read(text, env) if "![" in text else ():
                if token.type == "image":
                    title = str(token.attrs.get("title", ""))
                    yield block.map[0] if block.map else 0, str(token.attrs["src"]), text_of(token.children), title


def reader_text(body: str) -> str:
    """The text of a body without mark-up: its blocks, parted by blank lines; code as it is."""
    tokens, env = _blocks(body)
    parts: list[str] = []
    for token in tokens:
        if token.type == "table":
            parts += ("\n".join(text_of(_read(cell, env)) for cell in cells(row)) for row in token.meta["rows"])
        else:
            parts.append(text_of(_read(token.content, env)) if token.type == "inline" else token.content)
    return "\n\n".join(part.strip("\n") for part in parts if part)
