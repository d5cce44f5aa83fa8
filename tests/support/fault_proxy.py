"""A proxy on loopback before a real server, which spoils the nth request: `loopback.Fault` names how.

with FaultProxy(store.address) as proxy:
    proxy.faults = {3: Fault.CUT_AFTER}      # done by the server, and never told to the client
    ... proxy.address ...
"""

from __future__ import annotations

import http.client
import re
from dataclasses import replace
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urlsplit

from tests.support.loopback import Answer, Fault, Loopback, Request

__all__ = ["ClockedProxy", "FaultProxy"]

_OF_THIS_LEG = frozenset({"connection", "content-length", "transfer-encoding", "keep-alive"})


class FaultProxy:
    """A proxy to one server. Its requests are recorded, also those that fail."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream).netloc
        self.loopback = Loopback(self.forward)

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

    def forward(self, request: Request) -> Answer:
        """What the server answers."""
        if len(request.body) < int(request.headers.get("content-length", "0")):  # its sender is gone
            return Answer(400)
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


class ClockedProxy(FaultProxy):
    """A proxy to a store with versions that were made when a test says: what was put between two ticks, in one second.

    Stores tell times in whole seconds, and a test publishes several times in one.
    """

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self._second = 0
        self._seconds: dict[str, int] = {}  # by version

    def tick(self) -> None:
        """A second passes."""
        self._second += 1

    def forward(self, request: Request) -> Answer:
        """What the server answers, with our times of versions."""
        if request.method == "POST":  # it shall tell of each mark of a deletion which version that is
            request = replace(request, body=request.body.replace(b"<Quiet>true", b"<Quiet>false"))
            request.headers["content-length"] = str(len(request.body))  # type: ignore[index]
        answer = super().forward(request)
        made = [text for name, text in answer.headers if name.lower() == "x-amz-version-id" and request.method == "PUT"]
        made += [text.decode() for text in _MARKER.findall(answer.body)]
        self._seconds |= dict.fromkeys(made, self._second)
        if "versions" not in request.query:
            return answer
        return replace(answer, body=_VERSION.sub(self._with_time, answer.body))

    def _with_time(self, found: re.Match[bytes]) -> bytes:
        row, version = found[0], found[2].decode()
        second = self._seconds.get(version)
        time = b"<LastModified>2026-11-29T12:%02d:%02dZ<" % divmod(second or 0, 60)
        return row if second is None else _TIME.sub(time, row)


_MARKER = re.compile(rb"<DeleteMarkerVersionId>([^<]+)<")
_VERSION = re.compile(rb"<(Version|DeleteMarker)>.*?<VersionId>([^<]+)<.*?</\1>", re.DOTALL)
_TIME = re.compile(rb"<LastModified>[^<]*<")
