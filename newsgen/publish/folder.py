"""A folder of this computer, or one that is mounted: `current` is the link that a web server serves."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from newsgen.disk.releases import ReleaseFolder
from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.model.files import digest
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import NO_LIMITS, Limits, Mismatch, Publication, Sent, Standing, Surroundings
from newsgen.publish.release import File, Release

__all__ = ["KEPT", "FolderTarget", "moment_of", "open_target", "release_name"]

KEPT = 3  # releases, the standing one included: enough to go back
_STAMP = "%Y%m%dT%H%M%SZ"


def release_name(release: Release, clock: int, names: Iterable[str]) -> str:
    """The name of a new release folder: when it was made, and which one it is. It sorts behind those that are there.

    Two of one second, and one by a computer whose clock is behind, are named by the seconds after the newest.
    """
    moments = (moment_of(name) for name in names)
    after = max((moment + 1 for moment in moments if moment is not None), default=0)
    return f"{datetime.fromtimestamp(max(clock, after), UTC).strftime(_STAMP)}-{release.id[:8]}"


def moment_of(name: str) -> int | None:
    """When a release folder was made; None for a folder that is none."""
    try:
        return int(datetime.strptime(name.partition("-")[0], _STAMP).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def open_target(target: TargetSettings, _settings: Settings, surroundings: Surroundings) -> FolderTarget:
    """The folder. UsageError for one inside the site's sources or its output."""
    root = os.path.realpath(os.path.join(surroundings.folder, os.path.expanduser(target.path)))
    for name in ("content", "templates", "static", "build", ".git", ".newsgen"):
        source = os.path.realpath(os.path.join(surroundings.folder, name))
        if root == source or root.startswith(source + os.sep):
            raise UsageError(Problem("publish-inside", f"publish.{target.name}", values=(target.path, name)))
    return FolderTarget(root, surroundings.clock)


class FolderTarget:
    """A folder of releases as a target."""

    shape: Literal["whole set"] = "whole set"
    serves_rules = True  # by the web server before it, as docs/publish/folder.md sets it up
    is_own = True
    uploads = 4
    urls: tuple[str, ...] = ()
    limits: Limits = NO_LIMITS

    def __init__(self, root: str, clock: int) -> None:
        self.place = f"the folder {root}"
        self._folder = ReleaseFolder(root)
        self._partial = self._folder.disk("")
        self._clock = clock

    # --- what is there ---

    def standing(self) -> Standing:
        name = self._folder.current()
        manifest = self._manifest(name) if name else None
        return Standing(manifest, self._foreign(name, manifest))

    def _foreign(self, name: str, manifest: Manifest | None) -> tuple[str, ...]:
        """The files of a release that its manifest has not."""
        if not name:
            return ()
        ours = manifest.files if manifest else {}
        return tuple(path for path in self._folder.files(name) if path not in ours and path != manifests.PATH)

    def _manifest(self, name: str) -> Manifest | None:
        try:
            return manifests.read(self._folder.disk(name).read(manifests.PATH))
        except OSError:
            return None

    def publications(self) -> tuple[Publication, ...]:
        current = self._folder.current()
        whole = (
            Publication(name, self._folder.disk(name).root, self._manifest(name), moment_of(name), name == current)
            for name in self._folder.names()
        )
        left = (
            Publication(name, self._folder.disk(name).root, None, can_put_back=False)
            for name in self._folder.unfinished()
        )
        return (*whole, *left)

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        """Every file is read: what a disk has damaged is sent again, and is not handed from release to release."""
        current = self._folder.current()
        foreign = self._foreign(current, self._manifest(current)) if current else ()
        self._partial = self._folder.begin(release.id[:8])
        there = set(self._folder.being_made())
        for path in sorted(there - {file.path for file in release.whole}):
            self._folder.drop(path)  # of a killed run that was about to publish something else
        missing = [file for file in release.whole if not self._stands(file, there, current)]
        for path in foreign:
            if path not in release.by_path:
                self._folder.carry(current, path)
        return tuple(missing)

    def _stands(self, file: File, there: set[str], current: str) -> bool:
        """Whether a file is in the release that is being made, perhaps after taking it over from the standing one."""
        if file.path not in there and not (current and self._folder.share(current, file.path)):
            return False
        try:
            if digest(self._partial.read(file.path)) == file.digest:
                return True
        except OSError:
            pass  # a link, or something that cannot be read
        self._folder.drop(file.path)
        return False

    def put(self, file: File, data: bytes) -> None:
        self._partial.write(file.path, data)

    def commit(self, release: Release, _sent: Sent) -> None:
        lost = sorted({file.path for file in release.whole} - {*self._folder.being_made()})
        if lost:  # another computer that publishes the same was first, and has given its release this folder
            raise SystemFault(Problem("publish-not-there", self.place, values=(str(len(lost)), lost[0])))
        name = release_name(release, self._clock, self._folder.names())
        self._folder.finish(name)
        self._folder.show(name)
        for old in self._folder.names()[KEPT:]:
            if old != name:
                self._folder.delete(old)

    # --- earlier ones ---

    def forget(self, publication: Publication) -> None:
        self._folder.delete(publication.key)

    def put_back(self, publication: Publication) -> None:
        self._folder.show(publication.key)

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...]:
        name = self._folder.current()
        disk = self._folder.disk(name)
        found = []
        for path in paths:
            try:
                data = disk.read(path) if name else None
            except OSError:
                data = None
            if data is None:
                found.append(Mismatch(path, "missing"))
            elif digest(data) != release.by_path[path].digest:
                found.append(Mismatch(path, "differs"))
        return tuple(found)

    def notes(self) -> tuple[Problem, ...]:
        return ()
