"""A site on disk: where it is, where its output goes, who may build it now.

Owns the folder .newsgen/ beside the content: the lock and the records. One record an output folder.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import TZPATH

from newsgen import __version__
from newsgen.disk import FolderDisk
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import digest, short_digest
from newsgen.model.settings import Settings
from newsgen.source import settings as config

__all__ = ["Project", "find", "output_disk", "preview_path", "record_path", "require_content", "stamp", "working"]

SETTINGS_FILE = "pyproject.toml"
STATE = ".newsgen"
_LIBRARIES = ("imagesize-", "jinja2-", "markdown_it_py-", "markupsafe-", "pyyaml-")


@dataclass(frozen=True, slots=True)
class Project:
    """A site's folder and its settings."""

    root: Path
    settings: Settings

    @property
    def disk(self) -> FolderDisk:
        """The folder as the engine sees it."""
        return FolderDisk(self.root)


def find(start: Path, *, is_given: bool) -> Project:
    """The site in a folder, or in the nearest one upwards. UsageError for none, and for wrong settings."""
    start = start.absolute()
    for folder in [start] if is_given else [start, *start.parents]:
        file = folder / SETTINGS_FILE
        try:
            data = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise UsageError(Problem("unreadable", str(file), values=(error.strerror or str(error),))) from error
        if config.has_site(data):
            return Project(folder, config.read(SETTINGS_FILE, data))
    raise UsageError(Problem("no-site", str(start)))


def require_content(project: Project) -> None:
    """UsageError for a site without content/: to build it would take every page away."""
    if not (project.root / "content").is_dir():
        raise UsageError(Problem("no-content", str(project.root)))


def output_disk(project: Project, output: Path | None) -> FolderDisk:
    """The output folder, `build` unless told. UsageError for one that holds, or is, something else."""
    folder = output.absolute() if output else project.root / "build"
    real = Path(os.path.realpath(folder))
    root = Path(os.path.realpath(project.root))
    kept = [Path(os.path.realpath(root / name)) for name in ("content", "templates", STATE, ".git")]
    is_above = real == root or real in root.parents
    is_inside = any(real == path or path in real.parents for path in kept)
    if is_above or is_inside or real in (Path("/"), Path.home()):
        raise UsageError(Problem("output-unsafe", str(output or folder)))
    try:
        name = real.relative_to(root).as_posix()
    except ValueError:
        name = str(output or folder)
    return FolderDisk(real, name)


def record_path(project: Project, output: FolderDisk) -> str:
    """Where the record for an output folder is kept; the folder is made."""
    folder = project.root / STATE
    folder.mkdir(exist_ok=True)
    relative = os.path.relpath(output.root, os.path.realpath(project.root))
    return str(folder / f"record-{short_digest(relative)}.sqlite")


def preview_path(project: Project, *, is_public: bool) -> str:
    """Where the record of a preview is kept, beside the lock that it holds."""
    return str(project.root / STATE / ("preview-public.sqlite" if is_public else "preview.sqlite"))


@contextmanager
def working(project: Project) -> Iterator[int]:
    """Hold the site's lock; gives the file system's time in nanoseconds. LockHeld where another has it."""
    disk = project.disk
    with disk.lock(f"{STATE}/lock"):
        source = disk.stat(f"{STATE}/lock")
        yield source.mtime_ns if source else 0


def stamp(timezone: str) -> str:
    """What the same input gives the same output with: newsgen's own code, its libraries, Python, the zone's rules."""
    parts = [__version__, platform.python_version(), *_versions()]
    parts += [f"{name} {digest(data)}" for name, data in _code(Path(__file__).parent.parent)]
    zone = (Path(folder, timezone) for folder in TZPATH)
    parts += [digest(file.read_bytes()) for file in zone if file.is_file()][:1]
    return digest("\n".join(parts).encode())


def _versions() -> list[str]:
    """The versions of the libraries, as their folders beside them are named: importlib.metadata takes 30 ms."""
    folders = [Path(folder) for folder in sys.path if os.path.isdir(folder)]
    names = (name.lower() for folder in folders for name in os.listdir(folder))
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")) and name.startswith(_LIBRARIES))


def _code(folder: Path) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "theme"):
            yield from _code(entry)
        elif entry.name.endswith(".py"):
            yield entry.name, entry.read_bytes()
