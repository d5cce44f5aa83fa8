"""Finds the few files of an archive that decide what becomes of some notices. Each story file is looked into once.

How long that takes does not depend on the number of notices; of a story that no notice means, a few names are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsgen.commands.import_report import Notice
from newsgen.commands.known_stories import read_or_empty
from newsgen.disk import Disk
from newsgen.model.settings import Settings
from newsgen.storyfile import Head, read_head
from newsgen.text.address import slug_of_name
from newsgen.wire.kill_match import Candidate, WantedStories

__all__ = ["Wanted", "find_wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be read to know what some notices mean."""

    near: Sequence[Sequence[str]]  # for each notice, the files of the stories that it may mean, in order
    # These, what was killed before, and every file on which their state depends: those of the same id or slug, and
    # versions of one story.
    files: frozenset[str]


def find_wanted(site: Disk, paths: Iterable[str], notices: Sequence[Notice], settings: Settings) -> Wanted:
    """The stories that notices may mean, among those of some files."""
    index = WantedStories((notice.parsed, notice.text) for notice in notices)
    near: list[list[str]] = [[] for _notice in notices]
    names = _Names()
    wanted: list[str] = []
    for path in paths:
        head = read_head(path, read_or_empty(site, path), settings)
        if head is None:
            continue
        meant_by = index.meant_by(Candidate(head.id, head.slugline, head.headline))
        for number in meant_by:
            near[number].append(path)
        names.add(path, _names_of(head, settings))
        if meant_by or head.is_killed:
            wanted.append(path)
    return Wanted(near, names.closure(wanted))


def _names_of(head: Head, settings: Settings) -> tuple[str, ...]:
    """What a story has in common with those on which its state may depend."""
    names = [f"id {head.id}"]
    if head.updates:
        names.append(f"id {head.updates}")
    names.append(f"slug {head.slug if '{slug}' in settings.permalink else slug_of_name(head.id)}")
    return tuple(names)


@dataclass(slots=True)
class _Names:
    """Which files have a name in common. Mutable; one for each search."""

    of_file: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)  # by name: a file that has it
    others: dict[str, list[str]] = field(default_factory=dict)  # and the others

    def add(self, path: str, names: tuple[str, ...]) -> None:
        """Take in a file."""
        self.of_file[path] = names
        for name in names:
            if self.first.setdefault(name, path) != path:
                self.others.setdefault(name, []).append(path)

    def closure(self, paths: Iterable[str]) -> frozenset[str]:
        """Some files, all that have a name in common with one of them, and so on."""
        found = set(paths)
        fresh, names = list(found), set()
        while fresh:
            new = [name for name in self.of_file[fresh.pop()] if name not in names]
            names.update(new)
            fresh += {
                path for name in new for path in (self.first[name], *self.others.get(name, ())) if path not in found
            }
            found.update(fresh)
        return frozenset(found)
