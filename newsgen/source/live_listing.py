"""The files of content/ and static/ during a preview: scanned whole once, then where the system reports a change.

To scan all of 20,000 files takes a fifth of a second: too long for each of an editor's saves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from newsgen.disk import Disk, FileStat, is_hidden
from newsgen.source.listing import FOLDERS, Listing, RawListing, classify, is_story, scan_content

__all__ = ["ChangedFiles", "LiveListing"]

_ROOTS = tuple(f"{folder}/" for folder in FOLDERS)
ChangedFiles = dict[str, FileStat | None]  # by path: each file that differs, as it is now; None where it is gone


class LiveListing:
    """The files of a site's content/ and static/, kept up to date. Mutable; belongs to one preview."""

    def __init__(self, raw: RawListing) -> None:
        self._replace_all(raw)

    def _replace_all(self, raw: RawListing) -> None:
        self._stories: dict[str, FileStat] = {}
        self._others: dict[str, FileStat] = {}
        for stat in raw.files:
            self._shelf_of(stat[0])[stat[0]] = stat
        self._odd = dict(raw.odd)
        self._names = [stat[0] for stat in raw.files]
        self._sorted_stories: tuple[FileStat, ...] | None = None

    def _shelf_of(self, path: str) -> dict[str, FileStat]:
        """The dictionary that a file belongs to: nearly all are plainly stories, which need not be sorted each time."""
        is_plainly_story = path.endswith(".md") and path.isascii() and "/_" not in path and path[0] == "c"
        return self._stories if is_plainly_story else self._others

    def raw(self) -> RawListing:
        """All files, exactly as one scan of content/ would give them."""
        return RawListing.of(sorted([*self._stories.values(), *self._others.values()]), sorted(self._odd.items()))

    def rescan_all(self, site: Disk) -> ChangedFiles:
        """Scan all of content/ again; the files that are new, changed or gone."""
        before = {**self._stories, **self._others}
        odd_before = self._odd
        self._replace_all(scan_content(site))
        after = {**self._stories, **self._others}
        names = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        return {name: after.get(name) for name in [*names, *(odd_before.keys() ^ self._odd.keys())]}

    def rescan(self, site: Disk, paths: Iterable[str]) -> ChangedFiles:
        """Scan some files and folders again; the files that are new, changed or gone.

        Passes over what lies outside content/ and every name that begins with a dot. OSError where a folder cannot be
        read; then nothing here has changed.
        """
        scans: list[tuple[str, dict[str, FileStat], dict[str, str]]] = []
        for path in sorted(set(paths)):
            if (path in FOLDERS or path.startswith(_ROOTS)) and not is_hidden(path):
                odd: list[tuple[str, str]] = []
                scans.append((path, {stat[0]: stat for stat in site.scan_path(path, odd)}, dict(odd)))
        changed: ChangedFiles = {}  # filled only after every scan has succeeded
        name_changes = 0
        for path, now, odd_now in scans:
            before = self._below(path)
            for name in before.keys() | now.keys():
                if before.get(name) == now.get(name):
                    continue
                changed[name] = now.get(name)
                name_changes += (name in before) != (name in now)
                shelf = self._shelf_of(name)
                if name in now:
                    shelf[name] = now[name]
                else:
                    del shelf[name]
            changed.update((name, now.get(name)) for name in self._update_odd(path, odd_now))
        if changed:
            self._sorted_stories = None
        if name_changes:
            self._stories = dict(sorted(self._stories.items()))
            self._names = sorted([*self._stories, *self._others])
        return changed

    def differs(self, site: Disk, paths: Iterable[str]) -> bool:
        """Whether one of some files has changed since it was last scanned. False where the system cannot say."""
        try:
            return any(site.scan_path(path, []) != [self._shelf_of(path).get(path)] for path in paths)
        except OSError:
            return False

    def has_story(self, path: str) -> bool:
        """Whether there is a story file at this path."""
        return is_story(path) and path in self._shelf_of(path)

    @property
    def is_bare(self) -> bool:
        """Whether no file is plainly a story, as nearly all are."""
        return not self._stories

    def _update_odd(self, path: str, now: dict[str, str]) -> set[str]:
        """Record the links, pipes and devices at a path and below it; those that are new or gone."""
        before = {name: kind for name, kind in self._odd.items() if name == path or name.startswith(f"{path}/")}
        for name in before:
            del self._odd[name]
        self._odd.update(now)
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    def _below(self, path: str) -> dict[str, FileStat]:
        """The file at a path, or the files below it."""
        if stat := self._shelf_of(path).get(path):
            return {path: stat}
        start = bisect_left(self._names, f"{path}/")
        end = bisect_left(self._names, f"{path}0", start)  # 0 comes after /
        stats = ((name, self._shelf_of(name).get(name)) for name in self._names[start:end])
        return {name: stat for name, stat in stats if stat is not None}

    def listing(self) -> Listing:
        """Every file by kind, as `classify` gives it, but without a digest: `raw` has that."""
        rest = classify(RawListing(sorted(self._others.values()), sorted(self._odd.items())))
        if self._sorted_stories is None:
            self._sorted_stories = tuple(self._stories.values())
        stories = tuple(sorted([*self._sorted_stories, *rest.stories])) if rest.stories else self._sorted_stories
        return replace(rest, stories=stories)
