"""How Netlify serves one deploy: its `_headers` and `_redirects`, its 404 page, folders and names without `.html`.

Only as far as newsgen writes them. Rules may stand in a netlify.toml of the deploy too, as the official client does.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from newsgen.publish.host_rules import Rules, media_type, parse_rules

__all__ = ["Deployed", "Served"]

UNSERVED = ("_headers", "_redirects", "netlify.toml")  # read by the host, and asked for in vain
PAGE_CACHE = "public,max-age=0,must-revalidate"  # of what no rule speaks of


@dataclass(frozen=True, slots=True)
class Served:
    """An answer."""

    status: int
    headers: dict[str, str]  # by names as the rules spell them
    body: bytes = b""


@dataclass(frozen=True)
class Deployed:
    """The files of a deploy, by path without a slash at its front."""

    files: Mapping[str, bytes]

    def serve(self, target: str, *, takes_gzip: bool = False) -> Served:
        """What a reader gets for the target of a request."""
        path, _mark, query = target.partition("?")
        path = unquote(path)
        rule = self._rules.redirect_of(path, query)
        file = self._file(path)
        if rule and (rule.is_forced or file is None):
            if rule.status in (301, 302, 303, 307, 308):
                return Served(rule.status, {"Location": f"{rule.to}?{query}" if query else rule.to})
            return self._answer(rule.status, self._file(rule.to) or "404.html", rule.to, takes_gzip)
        if file is not None:
            return self._answer(200, file, path, takes_gzip)
        if f"{path.strip('/')}/index.html" in self.files:
            return Served(301, {"Location": quote(path) + "/"})
        return self._answer(404, "404.html", path, takes_gzip)

    def _file(self, path: str) -> str | None:
        """The file that is served at a path."""
        name = path.removeprefix("/")
        if path.endswith("/"):
            name += "index.html"
        if name in UNSERVED:
            return None
        return next((file for file in (name, f"{name}.html") if file in self.files), None)

    def _answer(self, status: int, file: str, path: str, takes_gzip: bool) -> Served:
        body = self.files.get(file, b"Not Found")
        headers = {"Content-Type": media_type(f"/{file}"), "Cache-Control": PAGE_CACHE}
        for name, text in self._rules.headers_of(path):
            headers = {old: value for old, value in headers.items() if old.lower() != name.lower()} | {name: text}
        if takes_gzip and headers["Content-Type"].startswith(("text/", "application/json", "application/xml")):
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body, mtime=0)
        return Served(status, headers, body)

    @cached_property
    def _rules(self) -> Rules:
        headers, redirects = (self.files.get(name, b"").decode() for name in ("_headers", "_redirects"))
        config = tomllib.loads(self.files.get("netlify.toml", b"").decode())
        for rule in config.get("headers", ()):
            headers += f"{rule['for']}\n" + "".join(f"  {name}: {text}\n" for name, text in rule["values"].items())
        for rule in config.get("redirects", ()):
            redirects += f"{rule['from']} {rule['to']} {rule.get('status', 301)}{'!' if rule.get('force') else ''}\n"
        return parse_rules(headers, redirects)
