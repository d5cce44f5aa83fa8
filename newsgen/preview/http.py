"""HTTP for the preview: its addresses, and what goes over the wire. Starlette does the talking."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator
from datetime import datetime
from html import escape
from importlib.resources import files
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from newsgen.model.errors import NewsgenError, UsageError
from newsgen.preview.access import CLOCK, ROOT, AccessCheck, AllowedHosts
from newsgen.preview.bar import bar_json, problems_json
from newsgen.preview.notify import Notifier, OpenPage
from newsgen.preview.responses import Answer, digest_of
from newsgen.preview.thread import SessionThread

__all__ = ["app", "policy_with_script"]

_INSTANT = re.compile("-?[0-9]{1,12}")
_FIRST, _LAST = -62_000_000_000, 253_400_000_000  # instants of the years 5 to 9999, in every time zone
_BEAT_S = 15.0  # a line to each open page, so that one that is gone is noticed
_HEADERS = {  # of the preview's own answers
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def app(thread: SessionThread, notifier: Notifier, hosts: AllowedHosts, port: int, *, is_public: bool) -> ASGIApp:
    """The preview as an ASGI application. Where it `is_public`, nobody is told more than the pages tell."""
    cookie = f"newsgen-at-{port}"
    script = files("newsgen.preview").joinpath("live.js").read_bytes()

    def at_of(request: Request) -> int | None:
        """The instant that an editor set the clock to; None for now."""
        text = "" if is_public else request.cookies.get(cookie, "")
        return int(text) if _INSTANT.fullmatch(text) and _FIRST <= int(text) <= _LAST else None

    async def page(request: Request) -> Response:
        path, at, query = request.scope["path"], at_of(request), request.url.query
        answer = await thread.ask(lambda session: session.answer(path, at, query))
        return _response(answer, request, is_public=is_public)

    async def events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_HEADERS)
        query = request.query_params
        opened = OpenPage(query.get("path", "/"), at_of(request), query.get("mark", ""))
        await notifier.enter(opened)

        async def stream() -> AsyncIterator[str]:
            try:
                yield "retry: 500\n\n"
                while True:
                    try:
                        event = await asyncio.wait_for(opened.events.get(), _BEAT_S)
                    except TimeoutError:
                        yield ": still here\n\n"
                        continue
                    if event is None:
                        return
                    yield f"event: {event[0]}\ndata: {json.dumps(event[1])}\n\n"
            finally:
                notifier.leave(opened)

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_HEADERS)

    async def bar(request: Request) -> Response:
        path, at = request.query_params.get("path", "/"), at_of(request)
        try:
            return JSONResponse(await thread.ask(lambda session: bar_json(session, path, at)), headers=_HEADERS)
        except NewsgenError:  # the overlay says what is wrong
            return PlainTextResponse("The preview cannot tell.", 500, _HEADERS)

    async def source(request: Request) -> Response:
        path = request.path_params["path"]
        try:
            data = await thread.ask(lambda session: session.source(path))
        except (UsageError, OSError):
            return PlainTextResponse("There is no such story.", 404, _HEADERS)
        return Response(data, media_type="text/plain; charset=utf-8", headers=_HEADERS)

    async def clock(request: Request) -> Response:
        response = Response(status_code=204, headers=_HEADERS)
        text = request.query_params.get("at", "")
        if not text:
            response.delete_cookie(cookie)
            return response
        zone = await thread.ask(lambda session: session.timezone)
        try:
            instant = int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())
        except (ValueError, OverflowError):
            instant = _LAST + 1
        if not _FIRST <= instant <= _LAST:
            return PlainTextResponse("No such time.", 400, _HEADERS)
        response.set_cookie(cookie, str(instant), samesite="strict", httponly=True)
        return response

    async def live(_request: Request) -> Response:
        return Response(script, media_type="text/javascript", headers=_HEADERS)

    routes = [Route(f"{ROOT}events", events), Route(f"{ROOT}live.js", live)]
    if not is_public:
        routes += [Route(f"{ROOT}bar", bar), Route(f"{ROOT}source/{{path:path}}", source)]
        routes.append(Route(CLOCK, clock, methods=["POST"]))
    return AccessCheck(Starlette(routes=[*routes, Route("/{path:path}", page)]), hosts)


def _response(answer: Answer, request: Request, *, is_public: bool) -> Response:
    """An answer as it goes to the browser: into a page goes the script that reloads it."""
    body = answer.body
    headers = dict(answer.headers)
    if answer.is_page:
        nonce = secrets.token_urlsafe(12)
        body = _with_script(
            body or _empty_page(answer, is_public=is_public), digest_of(answer), nonce, is_public=is_public
        )
        for name in headers:
            if name.lower() == "content-security-policy":
                headers[name] = policy_with_script(headers[name], f"'nonce-{nonce}'")
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if "Location" in headers:
        to, query = headers["Location"], request.url.query
        headers["Location"] = quote(to, safe="/:?&=%#") + (f"?{query}" if query and "?" not in to else "")
    return Response(body, answer.status, headers)


def _with_script(body: bytes, shown: str, nonce: str, *, is_public: bool) -> bytes:
    view = ' data-view="public"' if is_public else ""
    script = f'<script src="{ROOT}live.js" data-mark="{shown}"{view} nonce="{nonce}" defer></script>\n'.encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


def _empty_page(answer: Answer, *, is_public: bool) -> bytes:
    """A page for an address that has none, not even an older one: it says what is wrong."""
    problems = [] if is_public else problems_json(answer.problems)
    text = "\n".join(f"{row['place']}: {row['text']}" for row in problems) or "There is no page here."
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>newsgen</title></head>\n'
        f"<body><main><pre>{escape(text)}</pre></main></body>\n</html>\n"
    ).encode()


def policy_with_script(policy: str, nonce: str) -> str:
    """A content security policy that also lets the preview's own script run and listen, and nothing else.

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
            allowed = "" if parts[name].lower() == "'none'" else parts[name]
            directive = names[-2] if name == "default-src" else name
            parts[directive] = allowed if source in allowed.split() else f"{allowed} {source}".strip()
    return "; ".join(f"{name} {sources}".strip() for name, sources in parts.items())
