"""The Content Security Policy of a site (W3C, CSP Level 3): what its pages load, and nothing else.

Nothing inline: no script and no style. JSON-LD is data, and passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["policy"]

_BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "img-src": ("'self'",),
    "style-src": ("'self'",),
    "manifest-src": ("'self'",),
    "connect-src": ("'self'",),
}
_ENDS: Mapping[str, tuple[str, ...]] = {
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
    "frame-ancestors": ("'none'",),
}
_BY_ENDING = {
    "font-src": (".woff2", ".woff", ".ttf", ".otf"),
    "script-src": (".js", ".mjs"),
    "media-src": (".mp3", ".m4a", ".mp4", ".webm", ".wav", ".ogg"),
}


def policy(files: Iterable[str], added: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The sources of each directive. `files` are the names of the theme's assets and of the files of static/.

    A directive for fonts, scripts, sound and film is there only where the site has such files; `added` are those of the
    settings.
    """
    names = [name.lower() for name in files]
    found = {
        directive: ("'self'",)
        for directive, endings in _BY_ENDING.items()
        if any(name.endswith(endings) for name in names)
    }
    sources = {**_BASE, **found, **_ENDS}
    for directive, more in added.items():
        known = [source for source in sources.get(directive, ()) if source != "'none'"]
        sources[directive] = tuple(dict.fromkeys((*known, *more)))
    return sources
