"""Of which storylines of `_storylines.yaml` a story is part: by its id, its topics or its slugline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newsgen.model.settings import Storyline
from newsgen.model.story import Link, Story
from newsgen.source.registers import Register
from newsgen.text.address import slug_of_name

__all__ = ["Storylines"]

ROOT = "storylines"  # of the addresses


class Storylines:
    """The storylines of a site, by what their stories have; `topics` is the register of _topics.yaml."""

    def __init__(self, entries: Iterable[Storyline], topics: Register) -> None:
        self.entries = tuple(entries)
        self._links = tuple(Link(entry.name, f"/{ROOT}/{slug_of_name(entry.name)}/") for entry in self.entries)
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_topic: dict[str, list[int]] = defaultdict(list)  # by its address
        self._by_slugline: list[tuple[str, int]] = []
        for number, entry in enumerate(self.entries):
            for story_id in entry.stories:
                self._by_id[story_id].append(number)
            for tag in entry.tags:
                self._by_topic[topics.link(tag).url].append(number)
            if entry.slugline:
                self._by_slugline.append((entry.slugline.casefold(), number))

    def of(self, story: Story, tags: Iterable[Link]) -> tuple[Link, ...]:
        """The storylines that a story with these topics is part of, each once, in the order of the file."""
        if not self.entries:  # as in most sites
            return ()
        numbers = set(self._by_id.get(story.id, ()))
        for tag in tags if self._by_topic else ():
            numbers.update(self._by_topic.get(tag.url, ()))
        slugline = story.slugline.casefold()
        numbers.update(number for start, number in self._by_slugline if slugline.startswith(start))
        return tuple([self._links[number] for number in sorted(numbers)])

    def entry(self, slug: str) -> Storyline | None:
        """The storyline whose page has this slug; None where there is none."""
        return next((entry for entry in self.entries if slug_of_name(entry.name) == slug), None)
