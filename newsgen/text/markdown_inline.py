"""The text of a paragraph that markdown-it-py read, as it is shown: links by our rules, images as text, marks set.

What a body may do to a page is said in markdown.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.utils import EnvType

from newsgen.text.picture_html import PictureInText
from newsgen.text.typography import OPAQUE, Typography

__all__ = ["links_by_our_rules", "shown_picture", "text_of", "typeset"]

_TO_ANOTHER_HOST = re.compile(r"https?://|//", re.I)


def text_of(tokens: list[Token] | None) -> str:
    """The text of inline tokens, without mark-up."""
    parts: list[str] = []
    for token in tokens or ():
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(text_of(token.children))
    return "".join(parts)


def _link(url: str, title: str, env: EnvType) -> Token:
    address: Callable[[str], str] = env["address"]
    attributes: dict[str, str | int | float] = {"href": address(url)}
    if title:
        attributes["title"] = title
    if _TO_ANOTHER_HOST.match(url):
        attributes["rel"] = "nofollow noopener"
    return Token("link_open", "a", 1, attrs=attributes)


def shown_picture(image: Token, env: EnvType) -> PictureInText | None:
    """The picture that an image is; None where it cannot be shown."""
    picture: Callable[[str], PictureInText | None] = env["picture"]
    return picture(unquote(str(image.attrs["src"])))


def links_by_our_rules(tokens: list[Token], env: EnvType) -> list[Token]:
    """The inline tokens of a text with links by our rules, and images as their text."""
    replaced: list[Token] = []
    links = 0
    is_address = False  # what is shown of the link is its address
    for token in tokens:
        if token.type == "link_open":
            links += 1
            is_address = token.info == "auto"
            replaced.append(_link(str(token.attrs["href"]), str(token.attrs.get("title", "")), env))
        elif token.type == "image":
            url, title = str(token.attrs["src"]), str(token.attrs.get("title", ""))
            alt = text_of(token.children) or url
            if shown := shown_picture(token, env):
                replaced.append(Token("picture", "", 0, meta={"shown": shown}))
            elif links or not url.lower().startswith(("http://", "https://")):
                replaced.append(Token("text", "", 0, content=f"{alt} ({title})" if title else alt))
            else:
                closing = Token("link_close", "a", -1)
                replaced += [_link(url, title, env), Token("text", "", 0, content=alt), closing]
        else:
            if token.type == "link_close":
                links -= 1
                if replaced[-1].type == "link_open":  # without a text of its own
                    replaced.append(Token("address", "", 0, content=str(replaced[-1].attrs["href"])))
                is_address = False
            replaced.append(Token("address", "", 0, content=token.content) if is_address else token)
    return replaced


def typeset(tokens: list[Token], typography: Typography) -> list[Token]:
    """The inline tokens of a text, set as one text in which code, pictures and addresses are not looked at."""
    joined: list[Token] = []
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("text", "text_special", "softbreak"):
            content = "\n" if token.type == "softbreak" else token.content
            if joined and joined[-1].type == "text":
                pieces[-1] += content
            else:
                joined.append(Token("text", "", 0))
                pieces.append(content)
            continue
        joined.append(token)
        shown = token.type in ("code_inline", "picture", "address")
        pieces.append(OPAQUE if shown else "\n" if token.type == "hardbreak" else "")
    for token, piece in zip(joined, typography.set_pieces(pieces), strict=True):
        if token.type == "text":
            token.content = piece
    return joined
