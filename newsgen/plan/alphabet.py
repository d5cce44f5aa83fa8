"""The names of a kind in the order of the site's language, as its directory lists them: all, or by their first letters.

A prefix is what the address of a page of letters says of them: `gr`, `u0433-u0440`; "" stands for all names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsgen.index.index import Index
from newsgen.index.shelves import LIMIT
from newsgen.text.address import letters_path
from newsgen.text.collation import Collation, collation

__all__ = ["Alphabet", "alphabet"]

_DEPTH = 3  # letters by which a directory may split
_Row = tuple[str, str, tuple[str, ...]]  # slug, name, its prefixes from "" on


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The names of one kind by their prefixes."""

    order: Collation
    rows: Mapping[str, list[_Row]]  # by prefix, in no order
    letters: Mapping[str, tuple[str, ...]]  # of each prefix

    def count(self, prefix: str) -> int:
        """How many names begin with a prefix."""
        return len(self.rows.get(prefix, ()))

    def is_split(self, prefix: str) -> bool:
        """Whether the names of a prefix are on pages of longer ones."""
        return self.count(prefix) > LIMIT and len(self.letters[prefix]) < _DEPTH

    def has_page(self, prefix: str) -> bool:
        """Whether a prefix has names, and every shorter one is split."""
        rows = self.rows.get(prefix, [])
        return bool(rows) and all(self.is_split(each) for each in rows[0][2][: len(self.letters[prefix])])

    def longer(self, prefix: str) -> list[tuple[str, int]]:
        """The prefixes with one letter more, in order, each with the number of its names."""
        size = len(self.letters[prefix]) + 1
        counts = Counter(row[2][size] for row in self.rows[prefix] if len(row[2]) > size)
        return sorted(counts.items(), key=lambda each: self.order.key("".join(self.letters[each[0]])))

    def shown(self, prefix: str) -> list[tuple[str, str]]:
        """Slugs and names on the page of a prefix, in order; where it is split, those without a further letter."""
        rows = self.rows[prefix]
        if self.is_split(prefix):
            rows = [row for row in rows if row[2][-1] == prefix]
        return sorted(((slug, name) for slug, name, _ in rows), key=lambda row: (self.order.key(row[1]), row[0]))

    def title(self, prefix: str) -> str:
        """The letters of a prefix; of Chinese characters and kana those, without the group that comes first."""
        letters = self.letters[prefix]
        is_group = len(letters) > 1 and len(self.order.headings(letters[0], 2)) > 1
        return "".join(letters[1:] if is_group else letters)

    def pages(self, prefix: str = "") -> Iterator[str]:
        """Every prefix that has a page, from one on."""
        if self.count(prefix):
            yield prefix
            if self.is_split(prefix):
                for longer, _count in self.longer(prefix):
                    yield from self.pages(longer)

    def prefixes(self, name: str) -> tuple[str, ...]:
        """The prefixes of any name."""
        return _prefixes(self.order.headings(name, _DEPTH))

    def resplit(self, moved: Iterable[tuple[str, int]]) -> Iterator[str]:
        """The prefixes of names whose pages come or go because a list is split anew; names came (1) or went (-1)."""
        growth: Counter[str] = Counter()
        for name, step in moved:
            for prefix in self.prefixes(name):
                growth[prefix] += step
        for prefix, delta in growth.items():
            now = self.count(prefix)
            if (now > LIMIT) != (now - delta > LIMIT):
                for _slug, _name, prefixes in self.rows.get(prefix, ()):
                    yield from prefixes


def _prefixes(letters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(letters_path(letters[:size]) for size in range(len(letters) + 1))


def alphabet(index: Index, kind: str, language: str) -> Alphabet:
    """The names of a kind by their prefixes in a language."""
    order = collation(language)
    rows: dict[str, list[_Row]] = defaultdict(list)
    letters_of: dict[str, tuple[str, ...]] = {"": ()}
    for slug, name in index.names(kind):
        letters = order.headings(name, _DEPTH)
        prefixes = _prefixes(letters)
        for size, prefix in enumerate(prefixes):
            rows[prefix].append((slug, name, prefixes))
            letters_of[prefix] = letters[:size]
    return Alphabet(order, dict(rows), letters_of)
