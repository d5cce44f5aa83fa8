"""Whether an imported item has all words of its source; texts that are odd as YAML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from newsgen.formats.item import Item
from newsgen.storyfile import YamlValue

__all__ = ["ODD_TEXTS", "lost", "words_of"]

ODD_TEXTS = [
    "NO", "null", "~", "0123", "12:30:45", "1e5", "yes", "- a", "a: b", "a #b", "@a", "'", '"', "\\", "a\nb", "é", "",
    " a", "a ", "<<", "=", "2019-06-05", "0x1F", ".inf", "[a]", "{a}", "*a", "&a", "!a", "%a", "|", ">", "?", "…",
    "\u2028", "\x85", "\ufeff", "😀", "Y", "on", "True", "a, b", "it's", "O'", "A - B", "nan",
]  # fmt: skip

_PART = re.compile(r"[^\W_]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def words_of(copy: str) -> Counter[str]:
    """How often each word is used: what has a letter or figure between blanks, without dashes at its ends."""
    bare = (word.strip("-–—_=*") for word in copy.split())
    return Counter(word for word in bare if any(mark.isalnum() for mark in word))


def _texts(value: YamlValue) -> Iterator[str]:
    if isinstance(value, str | int):
        yield str(value)
        return
    for inner in value.values() if isinstance(value, Mapping) else value:
        yield from _texts(inner)


def lost(words: Counter[str], item: Item, is_strict: bool = True) -> Counter[str]:
    """Words of a source, and runs of letters or figures, that are missing in the item, or are fewer there."""
    texts = [item.headline, _ESCAPED.sub(r"\1", item.body), item.section]
    texts += [text for value in item.front.values() for text in _texts(value)]
    text = "\n".join(texts)
    missing = Counter({word: count for word, count in (words - words_of(text)).items() if word not in text})
    parts = Counter(part for word, count in words.items() for part in _PART.findall(word) for _ in range(count))
    if not is_strict:
        missing.clear()  # of copy without a blank before its credit line the last word is cut in two
    return missing + (parts - Counter(_PART.findall(text)))
