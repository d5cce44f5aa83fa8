"""A site on disk: where it is, where its output goes, and the lock that lets one command at a time change it.

Owns the folder .newsgen/ beside the content, which holds the lock, the records (one for each output folder) and the
files that were made of pictures.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import TZPATH

from newsgen import __version__
from newsgen.disk import FolderDisk
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import digest, short_digest
from newsgen.model.settings import Settings
from newsgen.pictures.darkroom import Darkroom
from newsgen.source.settings import has_settings, parse_settings

__all__ = [
    "MARKER",
    "Project",
    "darkroom",
    "environment_digest",
    "find",
    "keeps_record",
    "output_disk",
    "preview_path",
    "record_path",
    "require_content",
    "require_unpublished",
    "site_disk",
    "site_lock",
]

SETTINGS_FILE = "pyproject.toml"
PACKAGE = Path(__file__).parent.parent  # newsgen itself
STATE = ".newsgen"  # the folder of the lock and the records
MARKER = ".newsgen"  # in an output folder: newsgen made it, and may write over what stands at its own addresses
_SOURCES = ("content", "templates", "static")
_LIBRARIES = (  # those that decide what a page looks like, as their .dist-info folders begin
    "babel-", "imagesize-", "jinja2-", "markdown_it_py-", "markupsafe-", "pillow-", "pyyaml-",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """A site's folder and its settings."""

    root: Path
    settings: Settings

    @property
    def disk(self) -> FolderDisk:
        """The folder as the engine sees it."""
        return site_disk(self.root)


def site_disk(root: Path) -> FolderDisk:
    """The folder of a site as the engine sees it: its content/ and templates/ may be links, to another disk perhaps."""
    return FolderDisk(root, follows=_SOURCES)


def find(start: Path, *, is_given: bool) -> Project:
    """The site in the folder `start`, or, where that was not given by the user, in the nearest folder above it.

    UsageError where there is no site, and where its settings are wrong.
    """
    start = start.absolute()
    for folder in [start] if is_given else [start, *start.parents]:
        file = folder / SETTINGS_FILE
        try:
            if file.exists() and not file.is_file() and not file.is_dir():
                raise UsageError(Problem("settings-no-file", str(file)))
            data = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise UsageError(Problem("unreadable", str(file), values=(error.strerror or str(error),))) from error
        if has_settings(data):
            return Project(folder, parse_settings(SETTINGS_FILE, data))
    raise UsageError(Problem("no-site", str(start)))


def require_content(project: Project) -> None:
    """UsageError for a site without content/, and for a link that leads nowhere: perhaps a disk is not mounted.

    A build of it would remove every page, or make every page with the default theme.
    """
    for name in _SOURCES:
        folder = project.root / name
        if folder.is_symlink() and not folder.is_dir():
            raise UsageError(Problem("link-nowhere", name, values=(os.readlink(folder),)))
    if not (project.root / "content").is_dir():
        raise UsageError(Problem("no-content", str(project.root)))


def output_disk(project: Project, output: Path | None) -> FolderDisk:
    """The output folder, `build` by default. UsageError for one that holds the site or lies in its source folders."""
    folder = output.absolute() if output else project.root / "build"
    real = Path(os.path.realpath(folder))
    root = Path(os.path.realpath(project.root))
    sources = [Path(os.path.realpath(root / name)) for name in (*_SOURCES, STATE, ".git")]
    is_above = _lies_in(root, real)
    is_inside = any(_lies_in(real, path) for path in sources)
    if is_above or is_inside or real in (Path(real.anchor), Path.home()):
        raise UsageError(Problem("output-unsafe", str(output or folder)))
    if outer := _output_around(real):  # it would be published with that one, drafts and all
        raise UsageError(Problem("output-inside", str(output or folder), values=(str(outer),)))
    try:
        name = real.relative_to(root).as_posix()
    except ValueError:
        name = str(output or folder)
    return FolderDisk(real, name)


def require_unpublished(path: Path, site: Project | None = None, output: FolderDisk | None = None) -> None:
    """UsageError for a path at which a command writes for the desk alone, and that readers would see, or builds read.

    It may not lie in an output folder, this one or any other; nor in the folders that the site is made of.
    """
    real = Path(os.path.realpath(path))
    root = Path(os.path.realpath(site.root)) if site else None
    names = ("build", *_SOURCES, STATE) if root else ()
    folders = [Path(os.path.realpath(root / name)) for name in names if root]
    folders += [Path(os.path.realpath(output.root))] if output else []
    inside = next((folder for folder in folders if _lies_in(real, folder)), None) or _output_around(real)
    if inside:
        raise UsageError(Problem("path-published", str(path), values=(str(inside),)))


def _lies_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it; also by a name in another case, where a system takes both for one."""
    around = (path, *path.parents)
    if folder in around:
        return True
    names = [str(each).casefold() for each in around]
    same = str(folder).casefold()
    return (
        same in names
        and folder.exists()
        and around[names.index(same)].exists()
        and os.path.samefile(around[names.index(same)], folder)
    )


def _output_around(folder: Path) -> Path | None:
    """The output folder of any site that a folder lies in; None for none. A site's own .newsgen is a folder."""
    return next((parent for parent in folder.parents if (parent / MARKER).is_file()), None)


def record_path(project: Project, output: FolderDisk) -> str:
    """The path of the record for an output folder; `site_lock` makes its folder."""
    try:
        relative = os.path.relpath(output.root, os.path.realpath(project.root)).replace(os.sep, "/")
    except ValueError:  # on another drive of Windows
        relative = output.root
    return str(project.root / STATE / f"record-{short_digest(relative)}.sqlite")


def keeps_record(project: Project, output: FolderDisk) -> bool:
    """Whether a build of an output folder leaves a record: not of one elsewhere, where the site may not be written."""
    root = os.path.realpath(project.root)
    if output.root.startswith(f"{root.rstrip(os.sep)}{os.sep}"):
        return True
    state = os.path.join(root, STATE)
    return os.access(state if os.path.isdir(state) else root, os.W_OK | os.X_OK)


def preview_path(project: Project, *, is_public: bool) -> str:
    """The path of the record of a preview."""
    return str(project.root / STATE / ("preview-public.sqlite" if is_public else "preview.sqlite"))


def darkroom(project: Project) -> Darkroom | None:
    """What makes the files of the site's pictures, and keeps them beside the records; None without Pillow."""
    if find_spec("PIL") is None:
        return None
    return Darkroom(FolderDisk(project.root / STATE / "pictures", f"{STATE}/pictures"))


@contextmanager
def site_lock(project: Project, *, is_for_reading: bool = False) -> Iterator[int]:
    """Hold the site's lock; yields the file system's time in ns. LockHeld where another command has it.

    Who only reads does without it in a site that may not be written, and may get the time 0: only who writes a record
    needs it.
    """
    disk = project.disk
    with disk.lock(f"{STATE}/lock", is_for_reading=is_for_reading):
        source = disk.stat(f"{STATE}/lock")
        yield source.mtime_ns if source else 0


def environment_digest(timezone: str, package: Path = PACKAGE) -> str:
    """A digest of newsgen's code, its libraries, Python and the rules of the time zone.

    With the same digest, the same site gives the same output.
    """
    parts = [__version__, platform.python_version(), *_versions()]
    parts += [f"{name} {digest(data)}" for name, data in _code(package)]
    zone_files = (Path(folder, timezone) for folder in TZPATH)
    parts += [digest(file.read_bytes()) for file in zone_files if file.is_file()][:1]
    return digest("\n".join(parts).encode())


def _versions() -> list[str]:
    """The versions of the libraries, from the names of their .dist-info folders: importlib.metadata takes 30 ms."""
    folders = [Path(folder) for folder in sys.path if os.path.isdir(folder)]
    names = (name.lower() for folder in folders for name in os.listdir(folder))
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")) and name.startswith(_LIBRARIES))


def _code(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every Python file and table below a folder, in order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "theme"):
            yield from _code(entry)
        elif entry.name.endswith((".py", ".toml")):
            yield entry.name, entry.read_bytes()
