"""What a build is about: where from, where to, at which instant; and the digests of what a user gave it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.disk import Disk
from newsgen.model import codec
from newsgen.model.files import digest
from newsgen.model.settings import Settings
from newsgen.source.theme import ThemeFiles

if TYPE_CHECKING:  # most builds have none
    from newsgen.workers.pool import Cluster

__all__ = ["Job", "Progress", "default_jobs", "settings_digest", "theme_digest"]

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Job:
    """One build: where from, where to, at which instant."""

    site: Disk
    output: Disk
    settings: Settings
    theme: ThemeFiles
    clock: int  # the one clock, in seconds
    read_at_ns: int  # the file system's time as the build began
    stamp: str  # newsgen and its libraries
    jobs: int = 1
    is_clean: bool = False  # ignore what the record says of stories and pages
    drafts: bool = False
    progress: Progress | None = None
    cluster: Cluster | None = None  # workers elsewhere, in place of `jobs` processes


def default_jobs() -> int:
    """As many workers as processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def theme_digest(job: Job) -> str:
    """The digest of the whole theme."""
    return _digest_of(job.theme)


@lru_cache(2)
def _digest_of(theme: ThemeFiles) -> str:
    parts = [f"{name}\0{text}" for name, text in theme.templates]
    parts += [f"{name}\0{digest(data)}" for name, data in theme.assets]
    parts.append(codec.to_json(theme.problems))
    return digest("\0".join(parts).encode())


def settings_digest(job: Job) -> str:
    """The digest of what a user set for this build, the clock left out."""
    return digest(f"{codec.to_json(job.settings)}{job.drafts}".encode())
