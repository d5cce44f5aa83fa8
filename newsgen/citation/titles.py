"""Headlines as the titles of citations: capitals as English styles have them, quotation marks, what ends a title."""

from __future__ import annotations

import re

__all__ = ["ended", "in_quotes", "title_case"]

# Words that English title case leaves small, but for the first and last: those of CSL 1.0.2.
_SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with without yet".split()
)
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’][^\W_]+)*")
_STRAIGHT = re.compile(r'(?:(?<=\s)|(?<=[(\[\u2014\u2013-])|(?<![\s\S]))"')
_ENDS = ("?", "!", ".", "…")


def title_case(headline: str) -> str:
    """An English headline with capitals: its first, last and chief words. A headline in capitals stays as it is."""
    if headline.isupper():
        return headline
    words = list(_WORD.finditer(headline))
    capitals = []
    for number, word in enumerate(words):
        text, start = word[0], word.start()
        is_inside = start > 0 and headline[start - 1] in "’'-@/." and headline[start - 1 : start] != "-"
        is_chief = number in (0, len(words) - 1) or text not in _SMALL or headline[:start].rstrip().endswith((":", "?"))
        if text.islower() and is_chief and not is_inside:
            capitals.append(start)
    if not capitals:
        return headline
    letters = list(headline)
    for at in capitals:
        letters[at] = letters[at].upper()
    return "".join(letters)


def in_quotes(title: str) -> str:
    """A title in double quotation marks; those within it become single ones."""
    if '"' in title:
        title = _STRAIGHT.sub("‘", title).replace('"', "’")
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def ended(title: str, mark: str = ".") -> str:
    """A title with the mark that ends it, unless one of its own does; as American styles have it, within quotes."""
    bare = title.rstrip('"”')
    return title if bare.endswith(_ENDS) else f"{bare}{mark}{title[len(bare) :]}"
