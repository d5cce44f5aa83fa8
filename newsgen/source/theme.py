"""The theme of a site: the default theme, shipped in the wheel, with the site's own files over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsgen.disk import Disk
from newsgen.model.errors import ContentError, Problem
from newsgen.source.listing import is_utf8, odd_problem, shown_path

__all__ = ["ThemeFiles", "default_theme", "theme_files"]


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """The theme: templates as text, assets as bytes, both by name, the site's own over the default's."""

    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...] = ()  # of what lies in templates/ and cannot be used


def theme_files(site: Disk) -> ThemeFiles:
    """The default theme, shipped in the wheel, with the site's templates/ over it file by file."""
    found = default_theme()
    odd: list[tuple[str, str]] = []
    for path, *_stat in site.scan_path("templates", odd):
        if path == "templates":
            odd.append((path, "file"))
        elif not is_utf8(path):
            raise ContentError(Problem("name-not-utf-8", shown_path(path)))
        else:
            found[path.removeprefix("templates/")] = site.read(path)
    rules = {"templates": "templates-unusable"}
    problems = [odd_problem(rules.get(path, "odd-file"), path, kind) for path, kind in odd]
    templates = [(name, _text(name, data)) for name, data in sorted(found.items()) if name.endswith(".j2")]
    assets = [(n.removeprefix("assets/"), data) for n, data in sorted(found.items()) if n.startswith("assets/")]
    return ThemeFiles(tuple(templates), tuple(assets), tuple(problems))


def default_theme() -> dict[str, bytes]:
    """The files of the default theme, by name."""
    return dict(_files(_default(), ""))


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        values = (f"0x{data[error.start]:02X}", str(error.start + 1))
        raise ContentError(Problem("not-utf-8", f"templates/{name}", line, values=values)) from None


def _default() -> Path:
    """The theme inside the installed package; in a checkout, the templates/ beside the package."""
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
