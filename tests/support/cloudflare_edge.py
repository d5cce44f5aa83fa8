"""What Cloudflare answers to readers of a Worker with static assets, as far as its documentation says and newsgen asks.

Compared with `wrangler dev`, which runs Cloudflare's own code, by tests/clients/test_wrangler.py.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.support.loopback import Answer, Request

__all__ = ["Blob", "Version", "serve"]

STATIC_RULES, DYNAMIC_RULES, HEADER_RULES, LINE = 2_000, 100, 100, 2_000
STATUSES = (200, 301, 302, 303, 307, 308)
COMPRESSED = ("text/", "application/json", "application/xml", "application/manifest", "image/svg")
CACHE_CONTROL = "public, max-age=0, must-revalidate"


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as it was uploaded."""

    media_type: str  # "" where none is sent
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a Worker: its files and what is made of them."""

    id: str
    number: int
    files: Mapping[str, str]  # path with its slash -> hash
    config: Mapping[str, Any]
    main: str = ""  # its main module; "" where it has assets alone
    modules: Mapping[str, Blob] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    compatibility_date: str = ""


def serve(version: Version, blobs: Mapping[str, Blob], request: Request) -> Answer:
    """The answer to a reader."""
    first = version.config.get("run_worker_first", ())
    if version.main and any(_pattern(rule).fullmatch(request.path) for rule in first if isinstance(rule, str)):
        return _compressed(_run(version, blobs, request), request)
    return _compressed(_asset(version, blobs, request), request)


def _compressed(answer: Answer, request: Request) -> Answer:
    is_text = any(name == "Content-Type" and text.startswith(COMPRESSED) for name, text in answer.headers)
    if not is_text or "gzip" not in request.headers.get("accept-encoding", ""):
        return answer
    return Answer(answer.status, gzip.compress(answer.body, 1), (*answer.headers, ("Content-Encoding", "gzip")))


def _run(version: Version, blobs: Mapping[str, Blob], request: Request) -> Answer:
    """What newsgen's script makes of a request: 410 for the addresses in its list. wrangler dev runs it for real."""
    found = re.search(r"new Set\((\[.*?\])\)", version.modules[version.main].data.decode(), re.DOTALL)
    assert found is not None, "this double knows newsgen's own script alone"
    gone = json.loads(found[1])
    path = next((path for path in (request.path, f"{request.path}/") if path in gone), "")
    if not path:
        return _asset(version, blobs, request)
    answer = _asset(version, blobs, Request(request.method, path, {}, {}, b""))
    return Answer(410, answer.body, answer.headers) if answer.status == 200 else answer


def _asset(version: Version, blobs: Mapping[str, Blob], request: Request) -> Answer:
    answer = _before_headers(version, blobs, request)
    return Answer(answer.status, answer.body, _with_rules(version, request.path, answer.headers))


def _before_headers(version: Version, blobs: Mapping[str, Blob], request: Request) -> Answer:
    path, rule = unquote(request.path), _redirect(version, request.path)
    if rule is not None and rule[1] != 200:
        return Answer(rule[1], headers=(("Location", rule[0]),))
    path = unquote(rule[0]) if rule else path
    assert version.config.get("html_handling") == "none", "this double knows html_handling none alone"
    key = version.files.get(path)
    status = 200
    if key is None and version.config.get("not_found_handling") == "404-page":
        key, status = version.files.get("/404.html"), 404
    if key is None:
        return Answer(404)
    if request.method not in ("GET", "HEAD"):
        return Answer(405)
    blob = blobs[key]
    headers = [("ETag", f'"{key}"'), ("Cache-Control", CACHE_CONTROL)]
    if blob.media_type:
        headers.append(("Content-Type", blob.media_type))
    if request.headers.get("if-none-match") in (f'"{key}"', f'W/"{key}"'):
        return Answer(304, b"", tuple(headers))
    return Answer(status, blob.data, tuple(headers))


def _redirect(version: Version, path: str) -> tuple[str, int] | None:
    """Where the first rule leads that holds for a path, and with which status."""
    for source, target, status in _redirect_rules(version.config.get("_redirects", "")):
        if found := _pattern(source).fullmatch(path):
            for name, text in found.groupdict().items():
                target = target.replace(f":{name}", text)
            return target, status
    return None


def _redirect_rules(text: str) -> list[tuple[str, str, int]]:
    """The rules that Cloudflare takes: those beyond its limits and with other statuses are passed over."""
    rules: dict[str, tuple[str, str, int]] = {}
    static = dynamic = 0
    for line in text.splitlines():
        row = line.partition(" #")[0].split()
        if not row or row[0].startswith("#") or len(line) > LINE or len(row) not in (2, 3):
            continue
        if dynamic or "*" in row[0] or re.search(r":[A-Za-z]", row[0]):
            dynamic += 1
        else:
            static += 1
        status = row[2] if len(row) == 3 else "302"
        within = dynamic <= DYNAMIC_RULES and static <= STATIC_RULES
        if within and status.isdecimal() and int(status) in STATUSES and row[0].startswith("/"):
            rules.setdefault(row[0], (row[0], row[1], int(status)))
    return list(rules.values())


def _with_rules(version: Version, path: str, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers with those that the site sets: the first rule replaces a header, a later one adds to it."""
    by_name = {name.lower(): (name, text) for name, text in headers}
    ours: set[str] = set()
    pattern: re.Pattern[str] | None = None
    rules = 0
    for line in version.config.get("_headers", "").splitlines():
        if not line.strip() or line.startswith("#") or len(line) > LINE:
            continue
        if line.startswith("/"):
            rules += 1
            pattern = _pattern(line.strip()) if rules <= HEADER_RULES else None
        elif pattern and pattern.fullmatch(path):
            name, _, text = (part.strip() for part in line.partition(":"))
            before = by_name[name.lower()][1] + ", " if name.lower() in ours else ""
            by_name[name.lower()] = (name, before + text)
            ours.add(name.lower())
    return tuple(by_name.values())


def _pattern(rule: str) -> re.Pattern[str]:
    """A path of a rule: `*` is anything, `:name` one step."""
    parts = re.split(r"(\*|:[A-Za-z]\w*)", rule)
    made = [
        "(?P<splat>.*)" if part == "*" else f"(?P<{part[1:]}>[^/]+)" if part[:1] == ":" else re.escape(part)
        for part in parts
    ]
    return re.compile("".join(made))
