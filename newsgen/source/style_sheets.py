"""Style sheets of a theme: what they name with url() and @import gets the address with its digest. Pure.

CSS Syntax Level 3 and CSS Cascade: comments and strings are passed over; data: and absolute addresses stay as they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote

from newsgen.model.errors import Problem
from newsgen.text.address import asset_url
from newsgen.text.nearest import nearest

__all__ = ["linked"]

_TOKEN = re.compile(
    r"/\*.*?\*/"
    r"|(?P<open>\burl\(\s*)(?P<quote>[\"']?)(?P<url>[^\"')\s]+)(?P=quote)(?=\s*\))"
    r"|(?P<at>@import\s+)(?P<mark>[\"'])(?P<sheet>[^\"']+)(?P=mark)"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
    re.S | re.I,
)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.I)


def linked(assets: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The assets with the addresses in their style sheets, and a problem for each name that no asset has.

    `assets` are by name, relative to assets/. A sheet that is changed has another digest, and so has one that imports
    it: sheets are linked from the imported ones up. Of two sheets that import each other, one is left as it is.
    """
    done: dict[str, bytes] = {name: data for name, data in assets.items() if not name.lower().endswith(".css")}
    problems: list[Problem] = []
    for name in sorted(assets):
        _link(name, assets, done, problems, ())
    return {name: done[name] for name in assets}, tuple(sorted(problems, key=lambda each: (each.path, each.line)))


def _link(
    name: str, assets: Mapping[str, bytes], done: dict[str, bytes], problems: list[Problem], above: tuple[str, ...]
) -> None:
    if name in done or name in above:
        return
    text = assets[name].decode("utf-8", "surrogateescape")
    folder = posixpath.dirname(name)

    def write(match: re.Match[str]) -> str:
        written = match["url"] or match["sheet"]
        if not written or _ELSEWHERE.match(written):
            return match[0]
        path, mark, rest = _parts(written)
        target = posixpath.normpath(posixpath.join(folder, unquote(path)))
        if target not in assets:
            problems.append(_missing(name, text, match, written, assets))
            return match[0]
        _link(target, assets, done, problems, (*above, name))
        address = asset_url(target, done.get(target, assets[target])).removeprefix("/assets/")
        here = posixpath.relpath(address, folder or ".")
        return match[0].replace(written, f"{here}{mark}{rest}")

    done[name] = _TOKEN.sub(write, text).encode("utf-8", "surrogateescape")


def _parts(written: str) -> tuple[str, str, str]:
    """The path of an address, and what follows it: `fonts/x.eot?#iefix`."""
    match = re.search(r"[?#]", written)
    return (written[: match.start()], match[0], written[match.end() :]) if match else (written, "", "")


def _missing(name: str, text: str, match: re.Match[str], written: str, assets: Mapping[str, bytes]) -> Problem:
    line, start = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1
    near = nearest(written.rpartition("/")[2], {each.rpartition("/")[2]: each for each in assets})
    rule = "style-missing-near" if near else "style-missing"
    return Problem(
        rule, f"templates/assets/{name}", line, match.start() - start + 1, (written, *([near] if near else []))
    )
