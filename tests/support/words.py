"""The words of a source and of the item made of it: none may be missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsgen.formats.item import Fields, Item, Value

__all__ = ["lost", "words_of"]

_PART = re.compile(r"[^\W_]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def words_of(copy: str) -> Counter[str]:
    """Words between blanks that have a letter or figure in them, how often each; dashes at their ends apart."""
    bare = (word.strip("-–—_=*") for word in copy.split())
    return Counter(word for word in bare if any(mark.isalnum() for mark in word))


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Fields):
        for _key, inner in value.pairs:
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def lost(words: Counter[str], item: Item, is_strict: bool = True) -> Counter[str]:
    """Words of a source that are missing in body and front matter, and runs of letters or figures as often as so."""
    texts = [item.headline, _ESCAPED.sub(r"\1", item.body), item.section]
    texts += [text for _key, value in item.front for text in _texts(value)]
    kept = "\n".join(texts)
    missing = Counter({word: count for word, count in (words - words_of(kept)).items() if word not in kept})
    parts = Counter(part for word, count in words.items() for part in _PART.findall(word) for _ in range(count))
    if not is_strict:
        missing.clear()  # copy without a blank before its credit line is parted there
    return missing + (parts - Counter(_PART.findall(kept)))
