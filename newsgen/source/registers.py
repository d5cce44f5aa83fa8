"""Which spellings are one person or place: `_people.yaml` and `_places.yaml` as a look-up."""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.model.settings import RegisterEntry
from newsgen.model.story import Link
from newsgen.text.address import name_key, slug_of_name

__all__ = ["Register"]


class Register:
    """Finds the one name and address of a person or place among its spellings."""

    def __init__(self, names: Iterable[RegisterEntry], root: str) -> None:
        self.root = root  # "people" or "places"
        self.names = tuple(names)
        self._named: dict[str, RegisterEntry] = {}
        self._slugs: dict[str, RegisterEntry] = {}
        self._links: dict[str, Link] = {}
        for name in self.names:
            self._slugs.setdefault(slug_of_name(name.name), name)
            for spelling in (name.name, *name.aliases):
                self._named.setdefault(name_key(spelling), name)

    def link(self, spelling: str) -> Link:
        """The name as shown and its page."""
        found = self._links.get(spelling)
        if found is None:
            name = self._named.get(name_key(spelling))
            shown = name.name if name else spelling
            found = self._links[spelling] = Link(shown, f"/{self.root}/{slug_of_name(shown)}/")
        return found

    def entry(self, slug: str) -> RegisterEntry | None:
        """What the file says of the name with this address."""
        return self._slugs.get(slug)
