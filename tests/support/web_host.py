"""A host that serves a publication on loopback as it should, but for what a test changes."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from newsgen.publish.release import RULE_FILES, Release
from tests.support.loopback import Answer, Request

__all__ = ["Change", "answering"]

Change = Callable[[Request, Answer], Answer]


def answering(
    release: Release, files: Mapping[str, bytes], change: Change = lambda _request, answer: answer
) -> Callable[[Request], Answer]:
    """Answers as a host that has these files, and obeys the rules of a release; `change` may change each answer."""

    def answer(request: Request) -> Answer:
        return change(request, _answer(release, files, request))

    return answer


def _answer(release: Release, files: Mapping[str, bytes], request: Request) -> Answer:
    url = unquote(request.path)
    rule = release.rules.redirect_of(url)
    headers = tuple(release.rules.headers_of(url))
    if rule and 300 <= rule.status < 400:
        return Answer(rule.status, b"", (("Location", rule.to), *headers))
    path = (rule.to if rule else url).removeprefix(f"{release.prefix}/").lstrip("/")
    path = f"{path}index.html" if path.endswith("/") or not path else path
    file = release.by_path.get(path)
    if file is None or path in RULE_FILES or path not in files:
        return Answer(404, files.get("404.html", b"Nothing here."), (("Content-Type", "text/html; charset=utf-8"),))
    body = files[path]
    told = [("Content-Type", file.media_type), *headers]
    if "gzip" in request.headers.get("accept-encoding", "") and len(body) > 1_000:
        body = gzip.compress(body)
        told.append(("Content-Encoding", "gzip"))
    return Answer(rule.status if rule else 200, body, tuple(told))
