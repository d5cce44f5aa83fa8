"""What a preview reads again beside the stories: the settings and the theme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from newsgen.engine.request import BuildRequest
from newsgen.source import project
from newsgen.source.theme import theme_files

__all__ = ["reread_inputs"]


def reread_inputs(request: BuildRequest, root: Path, paths: Collection[str] | None) -> BuildRequest:
    """A build request after something changed at some paths, anywhere for None. An equal theme stays the same object.

    UsageError for wrong settings, and for a site without content/; ContentError for a theme that cannot be read.
    """
    if paths is None or project.SETTINGS_FILE in paths:
        request = replace(request, settings=project.find(root, is_given=True).settings)
    if paths is None or any(path.startswith("templates") for path in paths):
        theme = theme_files(request.site)
        request = replace(request, theme=request.theme if theme == request.theme else theme)
    project.require_content(project.Project(root, request.settings))
    return request
