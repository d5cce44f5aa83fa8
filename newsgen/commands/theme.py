"""The files of the theme: which there are, which of them the site has replaced, and a copy of one to change."""

from __future__ import annotations

from newsgen.disk import Disk
from newsgen.model.errors import Problem, UsageError
from newsgen.model.value import value
from newsgen.source.theme import default_theme
from newsgen.text.nearest import nearest

__all__ = ["ThemeFile", "eject", "theme_list"]


@value
class ThemeFile:
    """A file of the default theme."""

    name: str  # "article.html.j2"
    is_replaced: bool  # the site has one of this name


def theme_list(site: Disk) -> tuple[ThemeFile, ...]:
    """Every file of the default theme, in order of name."""
    return tuple(ThemeFile(name, site.stat(f"templates/{name}") is not None) for name in sorted(default_theme()))


def eject(site: Disk, name: str) -> str:
    """Copy a file of the default theme into the site's templates/; its path. UsageError where that cannot be done."""
    files = default_theme()
    name = name.removeprefix("templates/")
    if name not in files:
        near = nearest(name, files)
        values = (name, near) if near else (name,)
        raise UsageError(Problem("theme-file-near" if near else "theme-file", "newsgen theme eject", values=values))
    path = f"templates/{name}"
    if site.has(path):
        raise UsageError(Problem("theme-file-there", path))
    site.write(path, files[name])
    return path
