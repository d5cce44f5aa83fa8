"""What a build is asked for: from where, to where, at which instant; and the digests of what a user gave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.disk import Disk
from newsgen.model import codec
from newsgen.model.files import digest
from newsgen.model.settings import Settings
from newsgen.pictures.darkroom import Darkroom
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.source.theme import ThemeFiles

if TYPE_CHECKING:  # most builds have none
    from newsgen.workers.pool import Cluster

__all__ = ["IN_MEMORY", "BuildRequest", "Progress", "settings_digest", "theme_digest"]

IN_MEMORY = ":memory:"  # the path of a store that nobody keeps
Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """One build: from where, to where, at which instant."""

    site: Disk
    output: Disk
    settings: Settings
    theme: ThemeFiles
    clock: int  # the one clock, in seconds
    read_at_ns: int  # the file system's time as the build began
    stamp: str  # newsgen and its libraries
    workers: int = 1  # processes
    store_path: str = IN_MEMORY  # of the last build: commands that only read the archive stand on it
    is_clean: bool = False  # ignore the record and rebuild everything
    drafts: bool = False  # show drafts too; embargoes still hold
    is_preview: bool = False  # only addresses are recorded: another template or site makes no page stale
    progress: Progress | None = None
    darkroom: Darkroom | None = None  # makes the files of pictures; without one they are published as they are
    cluster: Cluster | None = None  # workers elsewhere, in place of processes here
    related_bounds: Bounds = DEFAULT_BOUNDS  # of related lists; smaller ones make a small site behave like a large one


def theme_digest(request: BuildRequest) -> str:
    """The digest of the whole theme."""
    return _digest_of(request.theme)


@lru_cache(2)
def _digest_of(theme: ThemeFiles) -> str:
    parts = [f"{name}\0{text}" for name, text in theme.templates]
    parts += [f"{name}\0{digest(data)}" for name, data in theme.assets]
    parts.append(codec.to_json(theme.problems))
    return digest("\0".join(parts).encode())


def settings_digest(request: BuildRequest) -> str:
    """The digest of what a user set for this build, the clock left out, and where it is published."""
    return digest(f"{codec.to_json(replace(request.settings, publish=()))}{request.drafts}".encode())
