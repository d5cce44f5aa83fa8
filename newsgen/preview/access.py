"""Who may ask the preview: this machine by its own names, and nothing that another site has a browser ask.

A page of another site must not read drafts through a browser that can reach this machine, be it by an address of its
own that leads here (DNS rebinding) or by a request across sites.
"""

from __future__ import annotations

import ipaddress
import re

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from newsgen.model.value import value

__all__ = ["CLOCK", "ROOT", "AccessCheck", "AllowedHosts"]

ROOT = "/_newsgen/"  # below which the preview's own addresses lie: no section or page can have this name
CLOCK = f"{ROOT}clock"
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\s:\[\]/@;,?#]+))(?::\d+)?")
_SAME_SITE = frozenset(["same-origin", "none"])
_LOOPBACK = frozenset(["localhost", "127.0.0.1", "::1"])


@value
class AllowedHosts:
    """The host names by which the preview may be asked for."""

    names: frozenset[str] = frozenset()  # beside those of this machine itself
    any_ip: bool = False  # any IP address: unlike a name, nobody else can have one lead here

    def refusal(self, scope: Scope) -> str:
        """Why a request is not answered; "" for one that is."""
        headers: dict[bytes, list[str]] = {}
        for name, text in scope["headers"]:
            headers.setdefault(name, []).append(text.decode("latin-1").lower())
        hosts = headers.get(b"host", [])
        if len(hosts) != 1 or not self._allows(_name_of(hosts[0])):
            return "This host name is not served. Use localhost, or allow the name with --allow-host."
        is_foreign = any(origin != f"http://{hosts[0]}" for origin in headers.get(b"origin", []))
        # Another site may link to a page, and to nothing else.
        is_page = not scope["path"].startswith(ROOT)
        is_link = is_page and headers.get(b"sec-fetch-mode") == ["navigate"]
        if is_foreign or (not is_link and not _SAME_SITE.issuperset(headers.get(b"sec-fetch-site", []))):
            return "Another site asked for this."
        return ""

    def _allows(self, name: str) -> bool:
        if name in _LOOPBACK or name in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.any_ip


def _name_of(host: str) -> str:
    """The name or number in a Host header, without its port; "" for what is neither (RFC 9110, 7.2)."""
    match = _HOST.fullmatch(host)
    return (match[1] or match[2]) if match else ""


class AccessCheck:
    """Middleware that refuses whoever may not ask, and every method that could write."""

    def __init__(self, inner: ASGIApp, hosts: AllowedHosts) -> None:
        self._inner = inner
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal: Response | None = None
        if reason := self._hosts.refusal(scope):
            refusal = PlainTextResponse(reason, 403)
        elif scope["method"] not in ("GET", "HEAD") and (scope["method"], scope["path"]) != ("POST", CLOCK):
            refusal = PlainTextResponse(
                "Pages can be read here, and nothing else.", 405, {"Allow": "GET, HEAD", "Connection": "close"}
            )
        await (refusal or self._inner)(scope, receive, send)
