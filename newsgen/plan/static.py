"""What every site has: 404, robots.txt, headers, the theme's files. And the pictures of stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgen.index.shelves import picture_files
from newsgen.model.pages import Asset, Copied, Headers, Manifest, Need, NotFound, Page, Robots
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind, nothing
from newsgen.plan.policy import policy
from newsgen.plan.scope import Scope

__all__ = ["KIND", "PICTURE_KIND", "policy_of"]


def _static_addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the files go that depend on no story."""
    return (
        "/404.html",
        "/robots.txt",
        "/_headers",
        "/manifest.webmanifest",
        *(url for _name, url in scope.site.assets),
    )


def policy_of(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """The Content Security Policy: the sources of each directive."""
    files = [name for name, _url in scope.site.assets] + [file.path for file in scope.own.statics]
    return policy(files, dict(scope.settings.csp))


def _csp(scope: Scope) -> str:
    """The value of the header Content-Security-Policy."""
    return "; ".join(" ".join((directive, *given)) for directive, given in policy_of(scope).items())


def _statics(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The files that depend on no story."""
    fixed = (
        Page("/404.html", "404.html.j2", NotFound(scope.site.nav, scope.site.indexes), unit),
        Page("/robots.txt", "robots.txt.j2", Robots("/sitemap.xml"), unit),
        Page("/_headers", "_headers.j2", Headers(_csp(scope)), unit),
        Page("/manifest.webmanifest", "manifest.webmanifest.j2", Manifest(), unit),
    )
    assets = (Page(url, "", Asset(name), unit) for name, url in scope.site.assets)
    return (*fixed, *assets)


def _picture_addresses(path: str, scope: Scope) -> tuple[str, ...]:
    """Where a picture goes; nowhere if no live story shows it."""
    row = scope.pictures.get(path)
    return (row[0].url,) if row and scope.index.ids_showing(path) else ()


def _picture(unit: str, path: str, scope: Scope) -> tuple[Page, ...]:
    """A picture that a live story shows."""
    return tuple(
        Page(url, "", Copied(path), unit, (Need(path, scope.pictures[path][1]),))
        for url in _picture_addresses(path, scope)
    )


def _affected_pictures(change: ShelfChange) -> Iterator[str]:
    return (units.picture(path) for card, _step in change.diff.moved for path in picture_files(card))


KIND = PageKind(
    units.STATICS,
    _static_addresses,
    _statics,
    units=lambda _scope: (units.STATICS,),
    affected=nothing,  # planned again when the theme or the site differs
)
PICTURE_KIND = PageKind(
    "picture",
    _picture_addresses,
    _picture,
    units=lambda scope: map(units.picture, scope.index.facet_names("picture")),
    affected=_affected_pictures,
)
