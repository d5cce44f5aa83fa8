"""The names of a kind in the order of the site's language, as its directory lists them: all, or by their first letters.

A prefix is what the address of a page of letters says of them: `gr`, `u0433-u0440`; "" stands for all names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from newsgen.index.index import Index
from newsgen.text.address import letters_path
from newsgen.text.collation import Collation, collation
from newsgen.text.surnames import filed

__all__ = ["Alphabet", "alphabet"]

LIMIT = 400  # names on a page, some 30 KB; more are split by their letters
_DEPTH = 6  # letters by which a directory may split
_Row = tuple[str, str, str, int, tuple[str, ...]]  # slug, name, what it is sorted by, stories, its prefixes from "" on


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The names of one kind by their prefixes."""

    kind: str
    language: str
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
        return bool(rows) and all(self.is_split(each) for each in rows[0][4][: len(self.letters[prefix])])

    def longer(self, prefix: str) -> list[tuple[str, int]]:
        """The prefixes with one letter more, in order, each with the number of its names."""
        size = len(self.letters[prefix]) + 1
        counts = Counter(row[4][size] for row in self.rows[prefix] if len(row[4]) > size)
        return sorted(counts.items(), key=lambda each: self.order.key("".join(self.letters[each[0]])))

    def shown(self, prefix: str) -> list[tuple[str, tuple[tuple[str, str, int], ...]]]:
        """What is on the page of a prefix, in order: each longer prefix, and the slug, name and stories of its names.

        Where the prefix is split, only the names without a further letter, under the prefix itself.
        """
        rows = self.rows[prefix]
        if self.is_split(prefix):
            rows = [row for row in rows if row[4][-1] == prefix]
        size = len(self.letters[prefix]) + 1
        ordered = sorted(rows, key=lambda row: (self.order.key(row[2]), row[0]))
        groups = groupby(ordered, key=lambda row: row[4][size] if len(row[4]) > size else row[4][-1])
        return [(longer, tuple((slug, name, n) for slug, name, _key, n, _its in its)) for longer, its in groups]

    def in_order(self, names: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        """Some names (slug, name, stories) in order, each as it is filed."""
        rows = [(self.order.key(key), slug, shown, n) for slug, name, n in names for key, shown in (self.filed(name),)]
        return [(slug, shown, n) for _key, slug, shown, n in sorted(rows)]

    def filed(self, name: str) -> tuple[str, str]:
        """What a name is sorted by, and how it is written in the list: of persons by their surnames."""
        return filed(name, self.language) if self.kind == "person" else (name, name)

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
        return _prefixes(self.order.headings(self.filed(name)[0], _DEPTH))

    def resplit(self, moved: Iterable[tuple[str, int]]) -> Iterator[str]:
        """The prefixes of names whose pages come or go because a list is split anew; names came (1) or went (-1)."""
        growth: Counter[str] = Counter()
        for name, step in moved:
            for prefix in self.prefixes(name):
                growth[prefix] += step
        for prefix, delta in growth.items():
            now = self.count(prefix)
            if (now > LIMIT) != (now - delta > LIMIT):
                for row in self.rows.get(prefix, ()):
                    yield from row[4]


def _prefixes(letters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(letters_path(letters[:size]) for size in range(len(letters) + 1))


def alphabet(index: Index, kind: str, language: str) -> Alphabet:
    """The names of a kind by their prefixes in a language."""
    names = Alphabet(kind, language, collation(language), {}, {})
    rows: dict[str, list[_Row]] = defaultdict(list)
    letters_of: dict[str, tuple[str, ...]] = {"": ()}
    for slug, name, count in index.names(kind):
        key, shown = names.filed(name)
        letters = names.order.headings(key, _DEPTH)
        prefixes = _prefixes(letters)
        for size, prefix in enumerate(prefixes):
            rows[prefix].append((slug, shown, key, count, prefixes))
            letters_of[prefix] = letters[:size]
    return replace(names, rows=dict(rows), letters=letters_of)
