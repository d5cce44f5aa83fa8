"""HTTP requests to a host: again where it is busy, and no secret in any message. Owns urllib3, which is optional.

A secret is given once, as a header, and is in nothing that is raised or shown: neither addresses nor bodies are quoted,
and of an answer only its status and a short reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.publish.protocol import Surroundings, Transient
from newsgen.publish.retry import retrying

__all__ = ["Answer", "Http", "require_library"]

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_LEAST_INSTANT = 1_000_000_000  # seconds: a smaller number is a span, not an instant


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered."""

    status: int
    headers: Mapping[str, str]  # by name, in any case
    data: bytes

    def json(self) -> Any:
        """The body as JSON; {} where it is none."""
        try:
            return json.loads(self.data)
        except ValueError:
            return {}


def require_library(name: str, extra: str, place: str) -> None:
    """UsageError where an optional library is not installed."""
    from importlib.util import find_spec

    if find_spec(name) is None:
        raise UsageError(Problem("publish-extra", place, values=(name, extra)))


class Http:
    """Requests to one host, over connections that are kept. For several threads."""

    def __init__(self, base: str, place: str, surroundings: Surroundings, headers: Mapping[str, str]) -> None:
        require_library("urllib3", "publish", place)
        import urllib3

        self._base = base.rstrip("/")
        self._place = place
        self._surroundings = surroundings
        self._headers = {"User-Agent": "newsgen", **headers}
        timeout = urllib3.Timeout(connect=surroundings.timeout_s, read=surroundings.timeout_s)
        self._pool = urllib3.PoolManager(maxsize=16, retries=False, timeout=timeout)
        self._library_error: type[Exception] = urllib3.exceptions.HTTPError

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer, with a status below 300, or 404 and 422, which a caller may expect.

        SystemFault for any other, at the latest after six attempts where the host is busy or cannot be reached.
        """
        answer = retrying(lambda: self.once(method, path, body, headers), self._surroundings.sleep, self._place)
        return self.accepted(answer, method)

    def accepted(self, answer: Answer, method: str) -> Answer:
        """An answer as `call` gives it. SystemFault for any other."""
        if answer.status < 300 or answer.status in (404, 422):
            return answer
        rule = "publish-token" if answer.status in _REFUSED else "publish-answer"
        raise SystemFault(Problem(rule, self._place, values=(str(answer.status), method)))

    def json(self, method: str, path: str, value: object) -> Answer:
        """`call` with a JSON body."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self.call(method, path, body, {"Content-Type": "application/json"})

    def once(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One attempt, whatever is answered; no redirect is followed. Transient where it may be made again."""
        url, sent = f"{self._base}{path}", {**self._headers, **(headers or {})}
        try:
            got = self._pool.urlopen(method, url, redirect=False, body=body, headers=sent)
        except (self._library_error, OSError) as error:
            told = f"no answer from {_place_of(url)} ({type(error).__name__})"  # the error itself may quote headers
            raise Transient(told) from None
        answer = Answer(got.status, got.headers, got.data)
        if answer.status in _BUSY:
            raise Transient(f"HTTP {answer.status}", self._asked_wait(answer))
        return answer

    def _asked_wait(self, answer: Answer) -> float | None:
        """The seconds that the host asks to be left alone (RFC 9110, 10.2.3, and X-RateLimit-Reset); None for no word.

        An instant is compared with the host's own clock, as it stands in Date: ours may be off, and an hour of uploads
        has passed since `Surroundings` was read.
        """
        text = answer.headers.get("retry-after", "") or answer.headers.get("x-ratelimit-reset", "")
        now = _moment(answer.headers.get("date", "")) or self._surroundings.clock
        if text.strip().isdigit():
            seconds = float(text)
            return seconds if seconds < _LEAST_INSTANT else max(0.0, seconds - now)
        then = _moment(text)
        return None if then is None else max(0.0, then - now)


def _place_of(url: str) -> str:
    """The host of an address, with its port: nothing of a name, a password or a signature in it."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else f"{parts.hostname}"


def _moment(text: str) -> float | None:
    """The instant of an HTTP date, or of ISO 8601, in seconds; None for neither."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None
