"""The theme of a site: the default theme, in which files of the site's templates/ replace those of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsgen.disk import Disk
from newsgen.model.errors import ContentError, Problem
from newsgen.source.listing import is_utf8, odd_problem, printable_path

__all__ = ["ThemeFiles", "default_theme", "theme_files"]

_ASSETS = "assets/"


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """A theme: (name, text) of each template and (name, bytes) of each asset, in order of name."""

    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...] = ()  # warnings about what lies in templates/ and cannot be used


def theme_files(site: Disk) -> ThemeFiles:
    """The default theme, each file replaced by the one of that name in the site's templates/, if there is one.

    ContentError for a file name or a template that is not UTF-8.
    """
    files = default_theme()
    odd: list[tuple[str, str]] = []
    for path, *_stat in site.scan_path("templates", odd):
        if path == "templates":
            odd.append((path, "file"))
        elif not is_utf8(path):
            raise ContentError(Problem("name-not-utf-8", printable_path(path)))
        else:
            files[path.removeprefix("templates/")] = site.read(path)
    rules = {"templates": "templates-unusable"}
    problems = [odd_problem(rules.get(path, "odd-file"), path, kind) for path, kind in odd if kind != "folder"]
    templates = [(name, _text(name, data)) for name, data in sorted(files.items()) if name.endswith(".j2")]
    assets = [(name.removeprefix(_ASSETS), files[name]) for name in sorted(files) if name.startswith(_ASSETS)]
    return ThemeFiles(tuple(templates), tuple(assets), tuple(problems))


def default_theme() -> dict[str, bytes]:
    """The files of the default theme, by name: "article.html.j2", "assets/site.css"."""
    return dict(_files(_default_folder(), ""))


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        raise ContentError(Problem("not-utf-8", f"templates/{name}", line, values=values)) from None


def _default_folder() -> Path:
    """theme/ in the installed package; in a checkout, templates/ beside the package."""
    shipped = Path(__file__).parent.parent / "theme"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent.parent / "templates"


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()
