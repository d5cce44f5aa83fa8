"""Which spellings are one person, place or topic: look-ups in `_people.yaml`, `_places.yaml` and `_topics.yaml`.

The look-up ignores case and spacing. Spellings that differ in accents share one address too, but are shown as they are
written unless an alias joins them.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.model.settings import RegisterEntry
from newsgen.model.story import Link
from newsgen.text.address import name_key, slug_of_name

__all__ = ["Register"]


class Register:
    """The name and address of each person, place or topic, by any of its spellings."""

    def __init__(self, names: Iterable[RegisterEntry], root: str) -> None:
        self.root = root  # of the addresses: "people", "places" or "tags"
        self.names = tuple(names)
        self._by_key: dict[str, RegisterEntry] = {}
        self._by_slug: dict[str, RegisterEntry] = {}
        self._links: dict[str, Link] = {}
        for name in self.names:
            self._by_slug.setdefault(slug_of_name(name.name), name)
            for spelling in (name.name, *name.aliases):
                self._by_key.setdefault(name_key(spelling), name)

    def link(self, spelling: str) -> Link:
        """The name as shown, and the address of its page; a name that the register does not know is shown as it is."""
        link = self._links.get(spelling)
        if link is None:
            entry = self._by_key.get(name_key(spelling))
            shown = entry.name if entry else spelling
            link = self._links[spelling] = Link(shown, f"/{self.root}/{slug_of_name(shown)}/")
        return link

    def entry(self, slug: str) -> RegisterEntry | None:
        """The entry whose page has this slug; None where the register has none."""
        return self._by_slug.get(slug)

    def above(self, slug: str) -> list[RegisterEntry]:
        """The entries that one is part of, the nearest first: its parent, the parent of this, and so on."""
        found: list[RegisterEntry] = []
        entry = self._by_slug.get(slug)
        while entry and entry.parent and (entry := self._by_key.get(name_key(entry.parent))):
            found.append(entry)
        return found

    def below(self, slug: str) -> list[RegisterEntry]:
        """The entries whose parent is one, in the order of the file."""
        entry = self._by_slug.get(slug)
        return [name for name in self.names if name.parent and self._by_key.get(name_key(name.parent)) is entry]
