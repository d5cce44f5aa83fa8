"""What every site has whatever its stories: 404, robots.txt, headers, the theme's files; and the pictures of stories."""

from __future__ import annotations

from newsgen.model.pages import Asset, Copied, Headers, Manifest, Need, NotFound, Page, Robots
from newsgen.plan.scope import Scope

__all__ = ["CSP", "picture", "picture_address", "static_addresses", "statics"]

CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; manifest-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def static_addresses(scope: Scope) -> tuple[str, ...]:
    """Where what does not depend on any story goes."""
    return (
        "/404.html",
        "/robots.txt",
        "/_headers",
        "/manifest.webmanifest",
        *(url for _name, url in scope.site.assets),
    )


def statics(unit: str, scope: Scope) -> tuple[Page, ...]:
    """What does not depend on any story."""
    fixed = (
        Page("/404.html", "404.html.j2", NotFound(scope.site.nav, scope.site.indexes), unit),
        Page("/robots.txt", "robots.txt.j2", Robots("/sitemap.xml"), unit),
        Page("/_headers", "_headers.j2", Headers(CSP), unit),
        Page("/manifest.webmanifest", "manifest.webmanifest.j2", Manifest(), unit),
    )
    assets = (Page(url, "", Asset(name), unit) for name, url in scope.site.assets)
    return (*fixed, *assets)


def picture_address(path: str, scope: Scope) -> str:
    """Where a picture goes; "" for one that no live story shows."""
    found = scope.pictures.get(path)
    return found[0].url if found and scope.index.ids_showing(path) else ""


def picture(unit: str, path: str, scope: Scope) -> tuple[Page, ...]:
    """A picture that a live story shows."""
    url = picture_address(path, scope)
    return (Page(url, "", Copied(path), unit, (Need(path, scope.pictures[path][1]),)),) if url else ()
