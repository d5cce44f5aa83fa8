"""An HTTP server on loopback that answers as a function says, and fails where a test wants it to.

Doubles of hosts stand on it. Requests to their interfaces are counted and recorded; those of readers are not, so that
a reader may ask all the time while a test puts a fault at the nth request.
"""

from __future__ import annotations

import enum
import http.client
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Answer", "Fault", "Loopback", "Request", "read"]


class Fault(enum.Enum):
    """What goes wrong with a request."""

    UNAUTHORISED = 401
    TOO_MANY = 429
    SERVER_ERROR = 500
    BAD_GATEWAY = 502
    TIME_OUT = "no answer until the client gives up"
    CUT = "the connection ends before anything is done"
    CUT_AFTER = "it is done, and the connection ends within the answer"
    CALL = "a function of the test is called: to end the client's process, or to let time pass"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks."""

    method: str
    path: str  # without the query, still escaped
    query: Mapping[str, str]
    headers: Mapping[str, str]  # by their names in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What it is told."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


def read(port: int, path: str, *, method: str = "GET", **headers: str) -> Answer | None:
    """What a reader gets; names of headers in lower case, in order. None where nobody answers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        link.request(method, path, headers=headers)
        answer = link.getresponse()
        names = sorted((name.lower(), text) for name, text in answer.getheaders())
        return Answer(answer.status, answer.read(), tuple(names))
    except OSError:
        return None
    finally:
        link.close()


@dataclass
class Loopback:
    """A server on a free port of 127.0.0.1, while its `with` block runs.

    `answer` is called for each request, by several threads at once. `is_counted` says which requests are recorded and
    may fail; `faults` has the fault of the nth of those, counted from 1.
    """

    answer: Callable[[Request], Answer]
    is_counted: Callable[[Request], bool] = lambda _request: True
    faults: dict[int, Fault] = field(default_factory=dict)
    call: Callable[[], None] = lambda: None  # what Fault.CALL calls
    requests: list[Request] = field(default_factory=list)  # those that are counted, in order
    port: int = 0

    def __enter__(self) -> Loopback:
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        with self._lock:
            for connection in self._connections:  # a thread that waits for a client that will not come
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fault_of(self, request: Request) -> Fault | None:
        """Record a request, and say what goes wrong with it."""
        if not self.is_counted(request):
            return None
        with self._lock:
            self.requests.append(request)
            return self.faults.get(len(self.requests))

    def track(self, connection: socket.socket, is_open: bool) -> None:
        with self._lock:
            (self._connections.add if is_open else self._connections.discard)(connection)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # joined when the server closes: no socket is left to the collector
    request_queue_size = 64


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer: with two, Nagle's algorithm adds 40 ms to each

        def setup(self) -> None:
            super().setup()
            loopback.track(self.connection, True)

        def handle(self) -> None:
            with suppress(OSError):  # a client that ends with its connection
                super().handle()

        def finish(self) -> None:
            loopback.track(self.connection, False)
            with suppress(OSError):
                super().finish()

        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            setattr(self, f"do_{self.command}", self._serve)
            return True

        def _serve(self) -> None:
            url = urlsplit(self.path)
            headers = {name.lower(): text for name, text in self.headers.items()}
            query = dict(parse_qsl(url.query, keep_blank_values=True))
            request = Request(self.command, url.path, query, headers, self._body(headers))
            fault = loopback.fault_of(request)
            if fault is Fault.CALL:
                loopback.call()
                fault = None
            if fault is Fault.TIME_OUT:
                with suppress(OSError):
                    self.connection.recv(1, socket.MSG_PEEK)  # until the client hangs up, or the server closes
            if fault in (Fault.TIME_OUT, Fault.CUT):
                self.close_connection = True
            elif fault in (None, Fault.CUT_AFTER):
                self._send(loopback.answer(request), is_cut=fault is not None)
            else:
                self._send(_failure(fault), is_cut=False)

        def _body(self, headers: Mapping[str, str]) -> bytes:
            if headers.get("transfer-encoding", "").lower() == "chunked":
                parts = []
                while size := int(self.rfile.readline().partition(b";")[0], 16):
                    parts.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)
            return self.rfile.read(int(headers.get("content-length", "0")))

        def _send(self, answer: Answer, *, is_cut: bool) -> None:
            with suppress(OSError):
                self.send_response(answer.status)
                for name, text in answer.headers:
                    self.send_header(name, text)
                if answer.status not in (204, 304):
                    self.send_header("Content-Length", str(len(answer.body) + is_cut))
                self.end_headers()
                if self.command != "HEAD" and answer.status not in (204, 304):
                    self.wfile.write(answer.body)
                self.wfile.flush()
            if is_cut:
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


def _failure(fault: Fault | None) -> Answer:
    assert fault is not None
    wait = (("Retry-After", "1"),) if fault is Fault.TOO_MANY else ()
    return Answer(int(fault.value), b"It is not your day.", (("Content-Type", "text/plain"), *wait))
