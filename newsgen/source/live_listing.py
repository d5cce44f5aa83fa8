"""The files of content/ as they were last looked at, looked at again where something happened.

To look at all of 20,000 files takes a fifth of a second: too long for each of an editor's saves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from newsgen.disk import Disk, FileStat
from newsgen.source.listing import Listing, Look, is_story, listing, look

__all__ = ["Folder", "Found"]

_ROOT = "content/"
Found = dict[str, FileStat | None]  # files that are other than they were: how each is now, None where it is gone


class Folder:
    """The files of a site's content/, kept up to date."""

    def __init__(self, seen: Look) -> None:
        self._keep(seen)

    def _keep(self, seen: Look) -> None:
        self._stories: dict[str, FileStat] = {}
        self._others: dict[str, FileStat] = {}
        for one in seen.files:
            self._home(one[0])[one[0]] = one
        self._odd = dict(seen.odd)
        self._names = [one[0] for one in seen.files]
        self._known: tuple[FileStat, ...] | None = None

    def _home(self, path: str) -> dict[str, FileStat]:
        """Where a file is kept: nearly all are stories, and need not be judged again each time."""
        is_story = path.endswith(".md") and path.isascii() and "/_" not in path
        return self._stories if is_story else self._others

    def look(self) -> Look:
        """Everything, as one look at all of it would have found it."""
        return Look.of(sorted([*self._stories.values(), *self._others.values()]), sorted(self._odd.items()))

    def all_again(self, site: Disk) -> Found:
        """Look at everything again; gives the files that are other than they were, new or gone."""
        before = {**self._stories, **self._others}
        odd = self._odd
        self._keep(look(site))
        after = {**self._stories, **self._others}
        names = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        return {name: after.get(name) for name in [*names, *(odd.keys() ^ self._odd.keys())]}

    def again(self, site: Disk, paths: Iterable[str]) -> Found:
        """Look at some files and folders again; gives the files that are other than they were, new or gone.

        What lies outside content/, and whatever has a name that begins with a dot, is passed over.
        """
        seen: list[tuple[str, dict[str, FileStat], dict[str, str]]] = []
        for path in sorted(set(paths)):
            if path.startswith(_ROOT) and "/." not in path:
                odd: list[tuple[str, str]] = []
                seen.append((path, {one[0]: one for one in site.scan_path(path, odd)}, dict(odd)))
        changed: Found = {}  # only now: where one of them cannot be looked at, nothing was looked at
        names = 0
        for path, now, strange in seen:
            before = self._below(path)
            for name in before.keys() | now.keys():
                if before.get(name) == now.get(name):
                    continue
                changed[name] = now.get(name)
                names += (name in before) != (name in now)
                home = self._home(name)
                if name in now:
                    home[name] = now[name]
                else:
                    del home[name]
            changed.update((name, now.get(name)) for name in self._strange(path, strange))
        if changed:
            self._known = None
        if names:
            self._stories = dict(sorted(self._stories.items()))
            self._names = sorted([*self._stories, *self._others])
        return changed

    def differs(self, site: Disk, paths: Iterable[str]) -> bool:
        """Whether one of some files is other than it was when it was last looked at. No, where that cannot be told."""
        try:
            return any(site.scan_path(path, []) != [self._home(path).get(path)] for path in paths)
        except OSError:
            return False

    def has_story(self, path: str) -> bool:
        """Whether there is such a story file."""
        return is_story(path) and path in self._home(path)

    def _strange(self, path: str, now: dict[str, str]) -> set[str]:
        """Links and the like at a path or below it: those that are new or gone."""
        before = {name: kind for name, kind in self._odd.items() if name == path or name.startswith(f"{path}/")}
        for name in before:
            del self._odd[name]
        self._odd.update(now)
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    def _below(self, path: str) -> dict[str, FileStat]:
        """The file of a path, or the files below it."""
        if found := self._home(path).get(path):
            return {path: found}
        start = bisect_left(self._names, f"{path}/")
        end = bisect_left(self._names, f"{path}0", start)  # 0 comes after /
        known = ((name, self._home(name).get(name)) for name in self._names[start:end])
        return {name: one for name, one in known if one is not None}

    def listing(self) -> Listing:
        """Every file by what it is. Its digest is not taken: `look` has it."""
        rest = listing(Look(sorted(self._others.values()), sorted(self._odd.items())))
        if self._known is None:
            self._known = tuple(self._stories.values())
        stories = tuple(sorted([*self._known, *rest.stories])) if rest.stories else self._known
        return replace(rest, stories=stories)
