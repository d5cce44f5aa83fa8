"""A proxy on loopback before a real server, which spoils the nth request: `loopback.Fault` names how.

with FaultProxy(store.address) as proxy:
    proxy.faults = {3: Fault.CUT_AFTER}      # done by the server, and never told to the client
    ... proxy.address ...
"""

from __future__ import annotations

import http.client
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urlsplit

from tests.support.loopback import Answer, Fault, Loopback, Request

__all__ = ["FaultProxy"]

_OF_THIS_LEG = frozenset({"connection", "content-length", "transfer-encoding", "keep-alive"})


class FaultProxy:
    """A proxy to one server. Its requests are recorded, also those that fail."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream).netloc
        self.loopback = Loopback(self._forward)

    def __enter__(self) -> Self:
        self.loopback.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loopback.__exit__(kind, error, trace)

    @property
    def address(self) -> str:
        """Where clients connect."""
        return self.loopback.address

    @property
    def requests(self) -> list[Request]:
        """What was asked, in order."""
        return self.loopback.requests

    def start(self, faults: dict[int, Fault] | None = None) -> None:
        """Count from 1 again, with other faults."""
        self.loopback.requests.clear()
        self.loopback.faults = faults or {}

    def asked(self, method: str) -> list[str]:
        """The paths of the requests of a method, without bucket and query, in order; with it for what has no path."""
        return [_told(request) for request in self.requests if request.method == method]

    def _forward(self, request: Request) -> Answer:
        link = http.client.HTTPConnection(self._upstream, timeout=60)
        query = f"?{urlencode(request.query, quote_via=quote, safe='')}" if request.query else ""
        headers = {name: text for name, text in request.headers.items() if name not in _OF_THIS_LEG}
        try:
            link.request(request.method, request.path + query, request.body or None, headers)
            got = link.getresponse()
            told = tuple((name, text) for name, text in got.getheaders() if name.lower() not in _OF_THIS_LEG)
            return Answer(got.status, got.read(), told)
        finally:
            link.close()


def _told(request: Request) -> str:
    _slash, _bucket, path = request.path.split("/", 2) if request.path.count("/") > 1 else ("", request.path, "")
    return path or "?" + "&".join(
        name for name in request.query if name in ("delete", "list-type", "versions", "versioning")
    )
