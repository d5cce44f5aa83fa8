"""HTTP for the preview: who may ask, and what goes over the wire. Starlette does the talking."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from newsgen.model.errors import NewsgenError, UsageError
from newsgen.model.value import value
from newsgen.preview import bar as told
from newsgen.preview.responses import Answer, mark_of
from newsgen.preview.session import Session

__all__ = ["ROOT", "Client", "Desk", "Guests", "app"]

ROOT = "/_newsgen/"  # below which the preview's own addresses lie: no section or page can have this name
CLOCK = f"{ROOT}clock"
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\s:\[\]/@;,?#]+))(?::\d+)?")
_SAME = frozenset(["same-origin", "none"])
_LOOPBACK = frozenset(["localhost", "127.0.0.1", "::1"])
_INSTANT = re.compile("-?[0-9]{1,12}")
_FIRST, _LAST = -62_000_000_000, 253_400_000_000  # instants of the years 5 to 9999, in every time zone
_BEAT_S = 15.0  # a word to each browser, so that one that is gone is noticed


@value
class Guests:
    """Who may ask: a page of another site must not read drafts through a browser that can reach this machine."""

    names: frozenset[str] = frozenset()  # beside the names of this machine itself
    numbers: bool = False  # any address in figures: no name leads to it that somebody else could have set

    def may(self, scope: Scope) -> str:
        """ "" for a request that is answered, else why not."""
        heads: dict[bytes, list[str]] = {}
        for name, text in scope["headers"]:
            heads.setdefault(name, []).append(text.decode("latin-1").lower())
        hosts = heads.get(b"host", [])
        if len(hosts) != 1 or not self._knows(_name_of(hosts[0])):
            return "This host name is not served. Use localhost, or allow the name with --allow-host."
        is_foreign = any(origin != f"http://{hosts[0]}" for origin in heads.get(b"origin", []))
        # Another site may lead somebody to a page, and to nothing else.
        is_page = not scope["path"].startswith(ROOT)
        is_led = is_page and heads.get(b"sec-fetch-mode") == ["navigate"]
        if is_foreign or (not is_led and not _SAME.issuperset(heads.get(b"sec-fetch-site", []))):
            return "Another site asked for this."
        return ""

    def _knows(self, name: str) -> bool:
        if name in _LOOPBACK or name in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.numbers


def _name_of(host: str) -> str:
    """The name or number in a Host header, without its port; "" for what is neither (RFC 9110, 7.2)."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]) if found else ""


class _Door:
    """Turns away who may not ask, and whatever is no question."""

    def __init__(self, inner: ASGIApp, guests: Guests) -> None:
        self._inner = inner
        self._guests = guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal: Response | None = None
        if why := self._guests.may(scope):
            refusal = PlainTextResponse(why, 403)
        elif scope["method"] not in ("GET", "HEAD") and (scope["method"], scope["path"]) != ("POST", CLOCK):
            refusal = PlainTextResponse(
                "Pages can be read here, and nothing else.", 405, {"Allow": "GET, HEAD", "Connection": "close"}
            )
        await (refusal or self._inner)(scope, receive, send)


class Client:
    """A page that is open in a browser."""

    def __init__(self, path: str, at: int | None, mark: str) -> None:
        self.path = path
        self.at = at
        self.mark = mark  # of what the browser shows
        self.news: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()


class Desk(Protocol):
    """What HTTP needs of the preview."""

    async def ask(self, work: Callable[[Session], Any]) -> Any:
        """Let the session do something, when its turn comes."""

    async def enter(self, client: Client) -> None:
        """A page was opened: tell it now what it has missed, and from now on what changes."""

    def leave(self, client: Client) -> None:
        """It was closed."""


def app(desk: Desk, guests: Guests, port: int, *, is_public: bool) -> ASGIApp:
    """The preview as an ASGI application. Where it `is_public`, nobody is told more than the pages tell."""
    cookie = f"newsgen-at-{port}"
    script = files("newsgen.preview").joinpath("live.js").read_bytes()

    def at_of(request: Request) -> int | None:
        told = "" if is_public else request.cookies.get(cookie, "")
        return int(told) if _INSTANT.fullmatch(told) and _FIRST <= int(told) <= _LAST else None

    async def page(request: Request) -> Response:
        path, at = request.scope["path"], at_of(request)
        answer: Answer = await desk.ask(lambda session: session.answer(path, at))
        return _response(answer, request, is_public=is_public)

    async def events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_OWN)
        asked = request.query_params
        client = Client(asked.get("path", "/"), at_of(request), asked.get("mark", ""))
        await desk.enter(client)

        async def stream() -> AsyncIterator[str]:
            try:
                yield "retry: 500\n\n"
                while True:
                    try:
                        news = await asyncio.wait_for(client.news.get(), _BEAT_S)
                    except TimeoutError:
                        yield ": still here\n\n"
                        continue
                    if news is None:
                        return
                    yield f"event: {news[0]}\ndata: {json.dumps(news[1])}\n\n"
            finally:
                desk.leave(client)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_OWN)

    async def bar(request: Request) -> Response:
        path, at = request.query_params.get("path", "/"), at_of(request)
        try:
            return JSONResponse(await desk.ask(lambda session: told.bar(session, path, at)), headers=_OWN)
        except NewsgenError:  # told over the page
            return PlainTextResponse("The preview cannot tell.", 500, _OWN)

    async def source(request: Request) -> Response:
        path = request.path_params["path"]
        try:
            data = await desk.ask(lambda session: session.source(path))
        except (UsageError, OSError):
            return PlainTextResponse("There is no such story.", 404, _OWN)
        return Response(data, media_type="text/plain; charset=utf-8", headers=_OWN)

    async def clock(request: Request) -> Response:
        response = Response(status_code=204, headers=_OWN)
        text = request.query_params.get("at", "")
        if not text:
            response.delete_cookie(cookie)
            return response
        zone = await desk.ask(lambda session: session.timezone)
        try:
            instant = int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())
        except (ValueError, OverflowError):
            instant = _LAST + 1
        if not _FIRST <= instant <= _LAST:
            return PlainTextResponse("No such time.", 400, _OWN)
        response.set_cookie(cookie, str(instant), samesite="strict", httponly=True)
        return response

    async def live(_request: Request) -> Response:
        return Response(script, media_type="text/javascript", headers=_OWN)

    own = [Route(f"{ROOT}events", events), Route(f"{ROOT}live.js", live)]
    if not is_public:
        own += [Route(f"{ROOT}bar", bar), Route(f"{ROOT}source/{{path:path}}", source)]
        own.append(Route(CLOCK, clock, methods=["POST"]))
    return _Door(Starlette(routes=[*own, Route("/{path:path}", page)]), guests)


_OWN = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def _response(answer: Answer, request: Request, *, is_public: bool) -> Response:
    """An answer as it goes to the browser: into a page goes the script that reloads it."""
    body = answer.body
    headers = dict(answer.headers)
    if answer.is_page:
        nonce = secrets.token_urlsafe(12)
        body = _with_script(body or _nothing(answer, is_public=is_public), mark_of(answer), nonce, is_public=is_public)
        for name in headers:
            if name.lower() == "content-security-policy":
                headers[name] = _allowing(headers[name], f"'nonce-{nonce}'")
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if "Location" in headers:
        to, query = headers["Location"], request.url.query
        headers["Location"] = quote(to, safe="/:?&=%#") + (f"?{query}" if query and "?" not in to else "")
    return Response(body, answer.status, headers)


def _with_script(body: bytes, mark: str, nonce: str, *, is_public: bool) -> bytes:
    view = ' data-view="public"' if is_public else ""
    script = f'<script src="{ROOT}live.js" data-mark="{mark}"{view} nonce="{nonce}" defer></script>\n'.encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


def _nothing(answer: Answer, *, is_public: bool) -> bytes:
    """A page where there is none, not even an older one: what is wrong stands in it."""
    problems = [] if is_public else told.problems_json(answer.problems)
    lines = [f"{one['place']}: {one['text']}" for one in problems]
    said = "\n".join(lines) or "There is no page here."
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>newsgen</title></head>\n'
        f"<body><main><pre>{escape(said)}</pre></main></body>\n</html>\n"
    ).encode()


def _allowing(policy: str, nonce: str) -> str:
    """A content security policy that lets the preview's own script run and listen, and nothing else more.

    By a nonce, for no policy can name an IPv6 address (Content Security Policy Level 3).
    """
    parts: dict[str, str] = {}
    for part in policy.split(";"):
        name, _, sources = part.strip().partition(" ")
        parts.setdefault(name.lower(), sources.strip())  # of two directives with one name the first holds
    parts.pop("", None)
    for names, source in (
        (("script-src-elem", "script-src", "default-src"), nonce),
        (("connect-src", "default-src"), "'self'"),
    ):
        name = next((name for name in names if name in parts), "")
        if name:  # else nothing is forbidden
            told = "" if parts[name].lower() == "'none'" else parts[name]
            wanted = names[-2] if name == "default-src" else name
            parts[wanted] = told if source in told.split() else f"{told} {source}".strip()
    return "; ".join(f"{name} {sources}".strip() for name, sources in parts.items())
