"""The theme of a site: the default theme, in which files of the site's templates/ replace those of the same name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from newsgen.disk import Disk, composed
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import is_leftover
from newsgen.source import style_sheets
from newsgen.source.listing import is_utf8, odd_problem, printable_path
from newsgen.source.text_files import read_text
from newsgen.source.unused_templates import unused_templates

__all__ = ["ThemeFiles", "default_theme", "theme_files", "unused_files"]

_ASSETS = "assets/"
DEFAULT = "theme/"  # before the name of a file of the default theme: {% extends "theme/base.html.j2" %}
_OTHER_FOLDERS = ("Templates", "_layouts", "_templates", "layouts", "template", "theme", "themes")


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """A theme: (name, text) of each template and (name, bytes) of each asset, in order of name."""

    templates: tuple[tuple[str, str], ...]
    assets: tuple[tuple[str, bytes], ...]
    own: tuple[str, ...] = ()  # names of the files that are the site's own, and can be used
    problems: tuple[Problem, ...] = ()  # about what lies in templates/ and cannot be used
    broken: tuple[tuple[str, Problem], ...] = ()  # files that templates may name and that cannot be used, and why


def theme_files(site: Disk) -> ThemeFiles:
    """The default theme, each file replaced by the one of that name in the site's templates/, if there is one.

    The default theme's own templates have the names "theme/…" too, where the site has templates.

    One of the site's that cannot be used takes the place of the default theme's all the same: what needs it fails, and
    does not look otherwise than its author wanted. OSError where a folder cannot be looked into.
    """
    default = default_theme()
    files = dict(default)
    odd: list[tuple[str, str]] = []
    found = {path.removeprefix("templates/"): path for path, *_stat in site.scan_path("templates", odd)}
    broken: dict[str, Problem] = {}
    problems: list[Problem] = []
    for path, kind in [*odd, *(("templates", "file") for path in found.values() if path == "templates")]:
        name = path.removeprefix("templates/")
        if path == "templates":
            problems.append(odd_problem("templates-unusable", path, kind))
        elif is_leftover(name) or (kind == "folder" and name not in files and not name.endswith(".j2")):
            continue
        elif name.endswith(".j2") or name.startswith(_ASSETS):
            broken[name] = replace(odd_problem("odd-file", path, kind), severity="error")
        else:
            problems.append(odd_problem("odd-file", path, kind))
    found = {name: path for name, path in found.items() if path != "templates" and not is_leftover(name)}
    for name, path in found.items():
        problem = _read_into(files, site, name, path)
        if problem:
            broken[name] = problem
    problems.extend(broken.values())
    sound = {name: data for name, data in sorted(files.items()) if name not in broken}
    texts = {name: read_text(name, data) for name, data in sound.items() if name.endswith(".j2")}
    if any(name.endswith(".j2") for name in found):  # so that one of the site's can extend the one that it replaces
        texts |= {f"{DEFAULT}{name}": data.decode() for name, data in default.items() if name.endswith(".j2")}
    templates = tuple(sorted(texts.items()))
    of_assets = {name.removeprefix(_ASSETS): data for name, data in sound.items() if name.startswith(_ASSETS)}
    linked_assets, missing = style_sheets.linked(of_assets)
    assets = tuple(linked_assets.items())
    problems.extend(missing)
    told = {problem.path.removeprefix("templates/") for problem in problems}
    own = tuple(sorted(found.keys() - broken.keys() - told))
    if not found:
        problems.extend(_elsewhere(site))
    return ThemeFiles(templates, assets, own, tuple(problems), tuple(sorted(broken.items())))


def unused_files(theme: ThemeFiles, used: Collection[str]) -> Iterator[Problem]:
    """A warning for each file of a site's templates/ that no page uses; `used` are templates that pages ask for."""
    return unused_templates(theme.own, dict(theme.templates), (*default_theme(), *used)) if theme.own else iter(())


def _elsewhere(site: Disk) -> Iterator[Problem]:
    """A warning for each folder that is called otherwise than templates/ and holds templates of ours."""
    for folder in _OTHER_FOLDERS:
        if any(path.endswith(".j2") for path, *_stat in site.scan_path(folder, [])):
            yield Problem("templates-elsewhere", folder, severity="warning")


def _read_into(files: dict[str, bytes], site: Disk, name: str, path: str) -> Problem | None:
    """Read a file of the site's templates/; what is wrong with it, if it cannot be used."""
    if not is_utf8(path):
        return Problem("name-not-utf-8", printable_path(path))
    if composed(path) != path:
        return Problem("name-twice", composed(path), values=(ascii(composed(path)), ascii(path)))
    try:
        files[name] = site.read(path)
    except OSError as error:
        return Problem("unreadable", path, values=(error.strerror or str(error),))
    return _not_text(path, files[name]) if name.endswith(".j2") else None


def default_theme() -> dict[str, bytes]:
    """The files of the default theme, by name: "article.html.j2", "assets/site.css"."""
    return dict(_files(_default_folder(), ""))


def _not_text(path: str, data: bytes) -> Problem | None:
    try:
        read_text(path, data)
    except ContentError as error:
        return error.problems[0]
    return None


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
