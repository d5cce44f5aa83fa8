"""What a site is at Cloudflare: the names of its bytes, rules that keep its addresses, a script for its 410. Pure.

Workers with static assets, as Cloudflare's documentation of them has it, and as wrangler dev was seen to serve them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from newsgen.model.files import digest
from newsgen.publish import manifest as manifests
from newsgen.publish.manifest import Manifest
from newsgen.publish.release import RULE_FILES, File, Release

__all__ = ["PUBLISHED", "Part", "asset_hash", "assets_of", "form", "manifest_of", "worker_parts"]

# Which of Cloudflare's own changes hold for the script and the routing.
_COMPATIBILITY_DATE = "2026-04-01"
_SCRIPT_NAME = "gone.js"
_MANIFEST = "newsgen-manifest.json"  # a module of each version, though no script asks for it
PUBLISHED = "newsgen "  # begins the message of each version; then comes the release's id
_MOST_ROUTES = 100  # in `run_worker_first`
_LONGEST_ROUTE = 100  # characters
_NO_PAGE = "/.well-known/newsgen-gone"  # a route that no page has

# Cloudflare's rules cannot answer 410 (RFC 9110, 15.5.11), so this does, and nothing else: what it lets through is
# answered as without it. A request with If-None-Match would get a 304 instead of a 410, hence the new one.
_SCRIPT = """\
const gone = new Set({addresses});
export default {{
  async fetch(request, env) {{
    const url = new URL(request.url);
    const path = [url.pathname, `${{url.pathname}}/`].find((each) => gone.has(each));
    if (!path) return env.ASSETS.fetch(request);
    const page = await env.ASSETS.fetch(new Request(new URL(path, url), {{ method: request.method }}));
    return page.status === 200 ? new Response(page.body, {{ status: 410, headers: page.headers }}) : page;
  }},
}};
"""


class Part(NamedTuple):
    """A part of a form (RFC 7578)."""

    name: str
    data: bytes
    media_type: str
    filename: str = ""


def form(parts: Sequence[Part]) -> tuple[bytes, str]:
    """A form with these parts, and its Content-Type. The boundary is a digest, so that no part has it in it."""
    boundary = f"newsgen-{digest(b''.join(part.data for part in parts))}"
    pieces: list[bytes] = []
    for part in parts:
        filename = f'; filename="{part.filename}"' if part.filename else ""
        head = f'Content-Disposition: form-data; name="{part.name}"{filename}\r\nContent-Type: {part.media_type}'
        pieces += (f"--{boundary}\r\n{head}\r\n\r\n".encode(), part.data, b"\r\n")
    return b"".join((*pieces, f"--{boundary}--\r\n".encode())), f"multipart/form-data; boundary={boundary}"


def assets_of(release: Release) -> dict[str, File]:
    """The files that readers may ask for, by their addresses as Cloudflare keeps them: with the prefix, not escaped."""
    return {f"{release.prefix}/{file.path}": file for file in release.whole if file.path not in RULE_FILES}


def asset_hash(file: File) -> str:
    """What names a file's bytes: 32 hexadecimal digits; readers get it as ETag.

    Cloudflare keeps the type with the bytes that were uploaded first under a name, so the type is part of the name.
    """
    return digest(f"{file.media_type} {file.digest}".encode())


def worker_parts(release: Release, completion: str) -> tuple[Part, ...]:
    """The form that makes a version of the Worker: its settings, its script, and the manifest beside it.

    `completion` is the token that says which assets were uploaded.
    """
    gone = _gone(release)
    metadata = {
        "main_module": _SCRIPT_NAME,
        "compatibility_date": _COMPATIBILITY_DATE,
        "bindings": [{"type": "assets", "name": "ASSETS"}],
        "assets": {
            "jwt": completion,
            "config": {
                "html_handling": "none",
                "not_found_handling": "404-page",
                "run_worker_first": _routes(gone),
                "_headers": _header_rules(release),
                "_redirects": _redirect_rules(release),
            },
        },
        "annotations": {"workers/message": f"{PUBLISHED}{release.id}"},
    }
    script = _SCRIPT.format(addresses=json.dumps(gone, indent=1))
    return (
        Part("metadata", json.dumps(metadata).encode(), "application/json"),
        Part(_SCRIPT_NAME, script.encode(), "application/javascript+module", _SCRIPT_NAME),
        Part(_MANIFEST, release.manifest_bytes, "text/plain", _MANIFEST),
    )


def manifest_of(modules: Iterable[Mapping[str, str]]) -> Manifest | None:
    """The manifest among the modules of a version, as Cloudflare tells them; None where it has none of ours."""
    for module in modules:
        if module.get("name") == _MANIFEST:
            try:
                return manifests.read(base64.b64decode(module.get("content_base64", "")))
            except ValueError:
                return None
    return None


def _redirect_rules(release: Release) -> str:
    """The site's own `_redirects`, with rules that answer an address that ends in / with the index.html of that folder.

    One rule does for all folders of one depth: at most 100 rules may have placeholders, and those without any come
    first, or they count as such. Cloudflare's other ways to serve folders (`html_handling`) redirect /x.html to /x.
    """
    depths = sorted({f"{release.prefix}{file.url}".count("/") for file in release.files if file.url.endswith("/")})
    steps = ["/".join(f":f{step}" for step in range(1, depth)) for depth in depths]
    rules = [f"/{step}/ /{step}/index.html 200" if step else "/ /index.html 200" for step in steps]
    own = [line for line in _rule_file(release, "_redirects").splitlines() if line and not line.endswith(" 410!")]
    static, dynamic = [rule for rule in rules if ":" not in rule], [rule for rule in rules if ":" in rule]
    return "\n".join((*static, *own, *dynamic)) + "\n"


def _header_rules(release: Release) -> str:
    """The site's own `_headers`, for its addresses as Cloudflare sees them: with the prefix."""
    lines = _rule_file(release, "_headers").splitlines()
    return "".join(f"{release.prefix if line.startswith('/') else ''}{line}\n" for line in lines)


def _rule_file(release: Release, name: str) -> str:
    file = release.by_path.get(name)
    return release.read(file).decode("utf-8") if file else ""


def _gone(release: Release) -> list[str]:
    """The addresses of stories that were killed, in order: those for which the site has a rule that answers 410."""
    gone = []
    for address, rule in release.rules.redirects.items():
        if rule.status == 410:
            folder = f"{address.removeprefix(release.prefix).removeprefix('/')}/index.html"
            gone.append(quote(f"{address}/" if folder in release.by_path else address))
    return sorted(gone)


def _routes(gone: Sequence[str]) -> list[str]:
    """Which addresses the script is asked for first: those that were killed, or the deepest folders that hold them all.

    Cloudflare takes 100 routes of 100 characters. Requests that match one count against the account's plan; all others
    are free, the 404 of addresses that do not exist too. Without any route the script would be asked for these.
    """
    routes = [f"{address[:-1]}*" if address.endswith("/") else address for address in gone] or [_NO_PAGE]
    depth = max(route.count("/") for route in routes)
    while len(routes) > _MOST_ROUTES or any(len(route) > _LONGEST_ROUTE for route in routes):
        routes = sorted({"/".join((*address.split("/")[:-1][:depth], "*")) for address in gone})
        depth -= 1
    return routes
