"""A folder of this computer, or one that is mounted: `current` is the link that a web server serves."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from newsgen.disk.releases import ReleaseFolder
from newsgen.model.errors import Problem, UsageError
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


def release_name(release: Release, clock: int) -> str:
    """The name of a release folder: when it was made, and which one it is. Names sort by time."""
    return f"{datetime.fromtimestamp(clock, UTC).strftime(_STAMP)}-{release.id[:8]}"


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
    serves_rules = False  # the web server before it has rules of its own
    is_own = True
    uploads = 4
    urls: tuple[str, ...] = ()
    limits: Limits = NO_LIMITS

    def __init__(self, root: str, clock: int) -> None:
        self.place = f"the folder {root}"
        self._folder = ReleaseFolder(root)
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
        return tuple(path for path, *_stat in self._folder.disk(name).scan() if path not in ours)

    def _manifest(self, name: str) -> Manifest | None:
        try:
            return manifests.read(self._folder.disk(name).read(manifests.PATH))
        except OSError:
            return None

    def publications(self) -> tuple[Publication, ...]:
        current = self._folder.current()
        return tuple(
            Publication(
                key=name,
                place=self._folder.disk(name).root,
                manifest=self._manifest(name),
                at=moment_of(name),
                is_standing=name == current,
            )
            for name in self._folder.names()
        )

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        partial, current = self._folder.partial(), self._folder.current()
        standing = self._manifest(current) if current else None
        there = {path for path, *_stat in partial.scan()}
        for path in sorted(there - release.by_path.keys()):
            partial.remove(path)  # a killed run was about to publish something else
        for path in self._foreign(current, standing):
            if path not in release.by_path and path not in there:
                self._folder.share(current, path)
        known = standing.files if standing else {}
        missing = []
        for file in release.whole:
            if file.path in there and self._stands(partial.read(file.path), file):
                continue
            is_known = file.path not in there and known.get(file.path) == file.digest
            if not (is_known and self._folder.share(current, file.path)):
                missing.append(file)
        return tuple(missing)

    @staticmethod
    def _stands(data: bytes, file: File) -> bool:
        return digest(data) == file.digest

    def put(self, file: File, data: bytes) -> None:
        self._folder.partial().write(file.path, data)

    def commit(self, release: Release, _sent: Sent) -> None:
        name = release_name(release, self._clock)
        if name not in self._folder.names():  # else an interrupted run came as far as this
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
