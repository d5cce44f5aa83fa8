"""What every site has: 404, robots.txt, headers, the theme's files."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.model.pages import Asset, Headers, Manifest, NotFound, Page, Robots
from newsgen.plan import units
from newsgen.plan.kind import PageKind, nothing
from newsgen.plan.policy import policy
from newsgen.plan.scope import Scope

__all__ = ["KIND", "policy_of"]


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


KIND = PageKind(
    units.STATICS,
    _static_addresses,
    _statics,
    units=lambda _scope: (units.STATICS,),
    affected=nothing,  # planned again when the theme or the site differs
)
