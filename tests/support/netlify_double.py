"""A double of Netlify's API on loopback, from its public description: github.com/netlify/open-api and docs.netlify.com.

It keeps what was deployed and serves it: the published deploy at the site's address, each deploy at one of its own.
tests/clients/ runs the official client against it.

Time passes for deploys with the requests that the API gets, not by the clock: each request moves those that prepare or
process one step on. `settle` moves them as far as they come by themselves, for clients that went away.

Where the description is silent: what was uploaded for a deploy is known to later ones, whatever became of it; GET tells
of an unfinished deploy what is still missing (`tells_all_required`: what was at first).
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.netlify_serving import PAGE_CACHE, Deployed, Served

__all__ = ["Asked", "Deploy", "Fault", "NetlifyDouble"]

REQUESTS_A_MINUTE = 500
DEPLOYS_A_MINUTE = 3
PAGE_SIZE = 100  # of lists, at most

Kind = Literal["422", "429", "500", "502", "html", "cut", "cut-after", "hang", "expired", "call", "call-after"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the API got."""

    method: str
    path: str  # below /api/v1, as it was sent: escaped
    query: dict[str, str]
    headers: dict[str, str]  # by names in lower case
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """What was sent as JSON; empty where something else was sent."""
        return dict(json.loads(self.body)) if self.headers.get("content-type") == "application/json" else {}


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at the nth request that the API gets, and at those after it, as often as is said.

    cut: the line is closed before anything is done; cut-after: when it is done, without an answer. hang: no answer
    comes until the client goes away. html: a page of somebody between answers. expired: the token is none from now on.
    call, call-after: `on_call` is called, and the line closed.
    """

    kind: Kind
    first: int  # 1 is the next request
    times: int = 1

    def hits(self, number: int) -> bool:
        """Whether the nth request is hit."""
        return self.first <= number < self.first + self.times


@dataclass
class Deploy:
    """A deploy. `files` has the digests by path, as they were sent."""

    id: str
    title: str
    draft: bool
    port: int
    state: str = "new"
    files: dict[str, str] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    created_at: str = ""
    published_at: str | None = None
    locked: bool = False


Answer = tuple[int, Any, dict[str, str]]  # status, JSON or None, headers


class NetlifyDouble:
    """Netlify with one site. `api` and `url` are the addresses of its API and of the site."""

    def __init__(self, *, token: str = "a-token", clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.on_call: Callable[[], None] = lambda: None
        self.after_each: Callable[[], None] = lambda: None  # called when a request has done what it does
        self.deploys: dict[str, Deploy] = {}
        self.published = ""  # the id of the deploy that the site shows
        self.tells_all_required = False
        self.has_password = False  # readers must give one, here as at every deploy
        self.build_settings: dict[str, Any] = {}  # of the repository that Netlify builds the site from
        self.limits = (REQUESTS_A_MINUTE, DEPLOYS_A_MINUTE)
        self.now = clock
        self._blobs: dict[str, bytes] = {}
        self._lock = threading.RLock()
        self._counted = 0  # requests since `fail` was called
        self._moments: tuple[deque[float], deque[float]] = (deque(), deque())  # of requests, of deploys
        self._connections: set[socket.socket] = set()
        self._servers: list[ThreadingHTTPServer] = []
        self.read: list[tuple[int, str]] = []  # what readers asked for: port and target
        self.uploaded: list[str] = []  # the paths of the files that it took
        self.ports: list[int] = []  # of the site, and of every deploy that there ever was
        self.api = f"http://127.0.0.1:{self._listen(_ApiHandler)}/api/v1"
        self.url = f"http://127.0.0.1:{self._listen(_SiteHandler)}"
        self.site_id = "11111111-2222-4333-8444-555555555555"
        self.name = "northern-wire"

    def __enter__(self) -> NetlifyDouble:
        return self

    def __exit__(self, _type: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _listen(self, handler: type[_Handler]) -> int:
        """Listen at a free port, with a thread of its own."""
        bound = type(handler.__name__, (handler,), {"double": self})
        server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        self._servers.append(server)
        if handler is _SiteHandler:
            self.ports.append(server.server_port)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server.server_port

    # --- for tests ---

    def fail(self, *faults: Fault) -> None:
        """Let requests go wrong, counted from the next one. Without any: none from now on."""
        with self._lock:
            self.faults = list(faults)
            self._counted = 0

    def settle(self) -> None:
        """Let time pass: deploys come as far as they do without their client."""
        with self._lock:
            for _ in range(6):
                self._tick()

    def state(self) -> tuple[dict[str, Deploy], str, dict[str, bytes]]:
        """What was deployed until now, to come back to."""
        with self._lock:
            return {key: replace(deploy) for key, deploy in self.deploys.items()}, self.published, dict(self._blobs)

    def return_to(self, state: tuple[dict[str, Deploy], str, dict[str, bytes]]) -> None:
        """Have only that deployed; nothing was asked yet, and nothing fails."""
        with self._lock:
            deploys, self.published, blobs = state
            self.deploys = {key: replace(deploy) for key, deploy in deploys.items()}
            self._blobs = dict(blobs)
            self.ports = self.ports[:1] + [deploy.port for deploy in deploys.values()]
            self.asked.clear()
            self.uploaded.clear()
            self.fail()

    def puts(self, since: int = 0) -> list[str]:
        """The paths that were uploaded, after the first requests."""
        found = (re.fullmatch(r"/deploys/[^/]+/files/(.*)", ask.path) for ask in self.asked[since:])
        return [unquote(match[1]) for match in found if match]

    def address_of(self, deploy: Deploy) -> str:
        """A deploy's own address."""
        return f"http://127.0.0.1:{deploy.port}"

    def files_of(self, deploy: Deploy) -> dict[str, bytes]:
        """The files of a deploy by path, without a slash in front."""
        with self._lock:
            return {path.lstrip("/"): self._blobs[digest] for path, digest in deploy.files.items()}

    def keep(self, data: bytes) -> str:
        """Know some bytes as if they had been uploaded; their digest."""
        made = sha1(data).hexdigest()
        self._blobs[made] = data
        return made

    # --- what readers get ---

    def serve(self, port: int, target: str, *, takes_gzip: bool) -> Served:
        """An answer at the address of the site, or of a deploy."""
        with self._lock:
            self.read.append((port, target))
            at_own = next((deploy for deploy in self.deploys.values() if deploy.port == port), None)
            deploy = at_own or (self.deploys.get(self.published) if self.url.endswith(f":{port}") else None)
            if deploy is None or deploy.state != "ready":
                return Served(404, {"Content-Type": "text/plain", "Cache-Control": PAGE_CACHE}, b"Not Found")
            if self.has_password:
                return Served(401, {"Content-Type": "text/plain", "Cache-Control": PAGE_CACHE}, b"Password, please")
            files = self.files_of(deploy)
        return Deployed(files).serve(target, takes_gzip=takes_gzip)

    # --- the API ---

    def ask(self, asked: Asked) -> tuple[Kind | None, Answer]:
        """Answer a request, or say in which way not to."""
        with self._lock:
            self.asked.append(asked)
            self._counted += 1
            number = self._counted
            fault = next((fault.kind for fault in self.faults if fault.hits(number)), None)
            if fault == "expired":
                self.token = "another token"
            if fault in ("cut", "hang", "call"):
                return fault, (0, None, {})
            if fault == "html":
                return None, (200, "<html>Please log in to this network", {})
            if fault and fault.isdigit():
                return None, self._with_limits(int(fault), {"code": int(fault), "message": "a fault"})
            self._tick()
            answer = self._with_limits(*self._answer(asked))
            self.after_each()
            return fault, answer

    def _with_limits(self, status: int, data: Any, headers: dict[str, str] | None = None) -> Answer:
        moments = self._moments[0]
        reset = int((moments[0] if moments else self.now()) + 60)
        left = max(0, self.limits[0] - len(moments))
        told = {"X-RateLimit-Limit": self.limits[0], "X-RateLimit-Remaining": left, "X-RateLimit-Reset": reset}
        return status, data, {name: str(number) for name, number in told.items()} | (headers or {})

    def _instant(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _is_over(self, which: int) -> bool:
        """Count a request or a deploy of this minute; whether it is one too many."""
        moments, now = self._moments[which], self.now()
        while moments and moments[0] <= now - 60:
            moments.popleft()
        if len(moments) >= self.limits[which]:
            return True
        moments.append(now)
        return False

    def _answer(self, asked: Asked) -> tuple[int, Any] | tuple[int, Any, dict[str, str]]:
        if self._is_over(0):
            return _error(429, "Too many requests")
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "Access Denied")
        for method, pattern, answer in _ROUTES:
            match = re.fullmatch(pattern, asked.path)
            if match and method == asked.method:
                ids = match.groupdict()
                if ids.get("site", self.site_id) not in (self.site_id, f"{self.name}.netlify.app"):
                    return _error(404, "Not Found")
                if "deploy" in ids and ids["deploy"] not in self.deploys:
                    return _error(404, "Not Found")
                result: tuple[int, Any] | tuple[int, Any, dict[str, str]] = answer(self, asked, ids)
                return result
        return _error(404, "Not Found")

    def _user(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        return 200, {"id": "u1", "email": "desk@northernwire.example", "full_name": "Desk"}

    def _accounts(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        return 200, [{"id": "a1", "slug": "northern", "name": "Northern", "default": True}]

    def _nothing(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        return 200, []

    def _sites(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        return 200, [self._site_json()]

    def _create_site(self, asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        if self.name == asked.json["name"]:
            return _error(422, "subdomain must be unique")
        self.name = asked.json["name"]
        return 201, self._site_json()

    def _site(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        return 200, self._site_json()

    def _site_json(self) -> dict[str, Any]:
        published = self.deploys.get(self.published)
        return {
            "id": self.site_id,
            "name": self.name,
            "custom_domain": None,
            "domain_aliases": [],
            "default_domain": f"{self.name}.netlify.app",
            "url": self.url,
            "ssl_url": self.url,
            "admin_url": "https://app.netlify.com/projects/" + self.name,
            "account_id": "a1",
            "account_slug": "northern",
            "build_settings": self.build_settings,
            "published_deploy": self._deploy_json(published) if published else None,
        }

    def _deploy_json(self, deploy: Deploy) -> dict[str, Any]:
        missing = [digest for digest in deploy.required if self.tells_all_required or digest not in self._blobs]
        own = self.address_of(deploy)
        return {
            "id": deploy.id,
            "site_id": self.site_id,
            "name": self.name,
            "state": deploy.state,
            "draft": deploy.draft,
            "title": deploy.title or None,
            "context": "deploy-preview" if deploy.draft else "production",
            "url": self.url,
            "ssl_url": self.url,
            "deploy_url": own,
            "deploy_ssl_url": own,
            "admin_url": "https://app.netlify.com/projects/" + self.name,
            "required": missing if deploy.state in ("prepared", "uploading") else [],
            "required_functions": [],
            "created_at": deploy.created_at,
            "published_at": deploy.published_at,
            "locked": deploy.locked,
            "error_message": None,
        }

    def _list(self, asked: Asked, _ids: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        page, size = int(asked.query.get("page", 1)), min(int(asked.query.get("per_page", PAGE_SIZE)), PAGE_SIZE)
        state = asked.query.get("state")
        newest = [deploy for deploy in reversed(self.deploys.values()) if state in (None, deploy.state)]
        if asked.query.get("latest-published") == "true":
            newest = [deploy for deploy in newest if deploy.id == self.published]
        last = max(1, -(-len(newest) // size))
        pages = ((page + 1, "next"), (last, "last"))
        link = ", ".join(f'<{self.api}{asked.path}?page={n}&per_page={size}>; rel="{rel}"' for n, rel in pages)
        headers = {"Link": link} if page < last else {}
        return 200, [self._deploy_json(deploy) for deploy in newest[(page - 1) * size : page * size]], headers

    def _create(self, asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        if self._is_over(1):
            return _error(429, "Too many deploys")
        number = len(self.asked)
        port = self._listen(_SiteHandler)
        deploy = Deploy(f"6{number:023x}", asked.query.get("title", ""), False, port, created_at=self._instant())
        answer = self._fill(deploy, asked.json)
        if answer[0] == 200:
            self.deploys[deploy.id] = deploy
        return answer

    def _update(self, asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        return self._fill(self.deploys[ids["deploy"]], asked.json)

    def _fill(self, deploy: Deploy, sent: dict[str, Any]) -> tuple[int, Any]:
        deploy.draft = bool(sent.get("draft", deploy.draft))
        files = sent.get("files")
        if files is not None:
            if not files or not all(re.fullmatch("[0-9a-f]{40}", digest) for digest in files.values()):
                return _error(422, "files must be a hash of paths and SHA1 digests")
            if wrong := [path for path in files if set(path) & set("#?")]:
                return _error(422, f"Invalid filename {wrong[0]}")
            deploy.files = {f"/{path.lstrip('/')}": digest for path, digest in files.items()}
            deploy.state = "preparing"
            if not sent.get("async"):
                self._prepare(deploy)
        return 200, self._deploy_json(deploy)

    def _prepare(self, deploy: Deploy) -> None:
        deploy.required = [digest for digest in dict.fromkeys(deploy.files.values()) if digest not in self._blobs]
        deploy.state = "uploading" if deploy.required else "uploaded"

    def _tick(self) -> None:
        """Let the deploys that wait for nothing come one step on."""
        for deploy in self.deploys.values():
            if deploy.state == "preparing":
                self._prepare(deploy)
            elif deploy.state == "uploaded":
                deploy.state = "processing"
            elif deploy.state == "processing":
                deploy.state = "ready"
                shown = self.deploys.get(self.published)
                if not deploy.draft and not (shown and shown.locked):
                    self.published, deploy.published_at = deploy.id, self._instant()

    def _deploy(self, _asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        return 200, self._deploy_json(self.deploys[ids["deploy"]])

    def _upload(self, asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        deploy, path = self.deploys[ids["deploy"]], "/" + unquote(ids["path"])
        digest = sha1(asked.body).hexdigest()
        if deploy.files.get(path) != digest:
            return _error(422, f"{path} is not a file of the deploy, or not with these bytes")
        self.keep(asked.body)
        self.uploaded.append(path[1:])
        if deploy.state == "uploading" and all(each in self._blobs for each in deploy.required):
            deploy.state = "uploaded"
        return 200, {"id": path, "path": path, "sha": digest, "size": len(asked.body)}

    def _delete(self, _asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        if ids["deploy"] == self.published:
            return _error(422, "the published deploy cannot be deleted")
        del self.deploys[ids["deploy"]]
        return 204, None

    def _restore(self, _asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        deploy = self.deploys[ids["deploy"]]
        if deploy.state != "ready":
            return _error(422, f"the deploy is {deploy.state}")
        self.published, deploy.published_at = deploy.id, self._instant()
        return 201, self._deploy_json(deploy)

    def _cancel(self, _asked: Asked, ids: dict[str, str]) -> tuple[int, Any]:
        deploy = self.deploys[ids["deploy"]]
        if deploy.state != "ready":
            deploy.state = "error"
        return 201, self._deploy_json(deploy)

    def _files(self, _asked: Asked, _ids: dict[str, str]) -> tuple[int, Any]:
        published = self.deploys.get(self.published)
        files = published.files if published else {}
        rows = [{"id": path, "path": path, "sha": sha, "size": len(self._blobs[sha])} for path, sha in files.items()]
        return 200, rows

    def connected(self, connection: socket.socket, is_open: bool) -> None:
        """Know a line that must be closed in the end."""
        (self._connections.add if is_open else self._connections.discard)(connection)


def _error(code: int, message: str) -> tuple[int, Any]:
    return code, {"code": code, "message": message}


Route = Callable[[NetlifyDouble, Asked, dict[str, str]], Any]


def _routes() -> Iterator[tuple[str, str, Route]]:
    site, deploy = r"/sites/(?P<site>[^/]+)", r"/deploys/(?P<deploy>[^/]+)"
    one = NetlifyDouble
    yield from [
        ("GET", "/user", one._user),
        ("GET", "/accounts", one._accounts),
        ("GET", "/accounts/[^/]+/env", one._nothing),
        ("GET", f"{site}/service-instances", one._nothing),
        ("GET", "/sites", one._sites),
        ("POST", "/sites", one._create_site),
        ("GET", site, one._site),
        ("GET", f"{site}/files", one._files),
        ("GET", f"{site}/deploys", one._list),
        ("POST", f"{site}/deploys", one._create),
        ("POST", f"{site}{deploy}/restore", one._restore),
        ("PUT", f"{deploy}/files/(?P<path>.+)", one._upload),
        ("POST", f"{deploy}/cancel", one._cancel),
    ]
    for path in (deploy, f"{site}{deploy}"):
        yield from [("GET", path, one._deploy), ("PUT", path, one._update), ("DELETE", path, one._delete)]


_ROUTES = list(_routes())


class _Handler(BaseHTTPRequestHandler):
    double: NetlifyDouble
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # an answer in one packet: in two, the second waits 40 ms for a word of the first

    def setup(self) -> None:
        super().setup()
        self.double.connected(self.connection, True)

    def finish(self) -> None:
        self.double.connected(self.connection, False)
        with suppress(OSError):  # the client went away
            super().finish()

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(self.double.now() if timestamp is None else timestamp)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _SiteHandler(_Handler):
    def do_GET(self) -> None:
        takes_gzip = "gzip" in self.headers.get("Accept-Encoding", "")
        served = self.double.serve(self.connection.getsockname()[1], self.path, takes_gzip=takes_gzip)
        self.reply(served.status, served.headers, served.body)

    def do_HEAD(self) -> None:
        self.do_GET()


class _ApiHandler(_Handler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        headers = {name.lower(): text for name, text in self.headers.items()}
        path = url.path.removeprefix("/api/v1")
        asked = Asked(self.command, path, dict(parse_qsl(url.query)), headers, self._body())
        fault, (status, data, more) = self.double.ask(asked)
        if fault in ("call", "call-after"):
            self.double.on_call()
        if fault == "hang":
            self.connection.recv(1)  # until the client goes away
        if fault in ("cut", "cut-after", "hang", "call", "call-after"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if data is None:  # without a type: Netlify's client reads what is JSON by its type
            self.reply(status, more, b"")
        elif isinstance(data, str):
            self.reply(status, {"Content-Type": "text/html"}, data.encode())
        else:
            headers = {"Content-Type": "application/json; charset=utf-8"} | more
            self.reply(status, headers, json.dumps(data).encode())

    def do_POST(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)
