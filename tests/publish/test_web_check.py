"""What readers get over HTTP, from a host on loopback that does one thing wrong at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsgen.publish.protocol import Mismatch
from newsgen.publish.release import Release
from newsgen.publish.web_check import WebCheck, web_check
from newsgen.publish.withdrawn import EVERYTHING, Withdrawn
from tests.support.loopback import Answer, Fault, Loopback, Request
from tests.support.publications import surroundings
from tests.support.targets import release
from tests.support.web_host import Change, answering

FILES = {
    "index.html": "front " * 500,
    "404.html": "Nothing is here.",
    "world/index.html": "world",
    "world/a b ü%20.html": "odd",
    "world/killed.html": "tombstone",
    "assets/site.1.css": "css " * 700,
    "feed.xml": "<feed/>",
}
HEADERS = "/*\n  X-Frame-Options: DENY\n  Cache-Control: no-cache\n/assets/*\n  Cache-Control: max-age=9\n"
REDIRECTS = "/old.html /world/ 301\n/tmp.html /feed.xml#x 302\n/world/killed.html /world/killed.html 410!\n"
SITE = release(FILES, HEADERS, REDIRECTS)
BYTES = {path: text.encode() for path, text in FILES.items()}


def served(
    look: Callable[[WebCheck], list[Mismatch]],
    change: Change = lambda _request, answer: answer,
    files: dict[str, bytes] = BYTES,
    site: Release = SITE,
    faults: dict[int, Fault] | None = None,
) -> list[tuple[str, str, str, str]]:
    """What a look at a host finds."""
    with Loopback(answering(site, files, change), faults=faults or {}) as host:
        check = web_check(f"{host.address}{site.prefix}", site, surroundings("."), serves_rules=True)
        return [(each.path, each.kind, each.wanted, each.got) for each in look(check)]


def of_files(check: WebCheck) -> list[Mismatch]:
    return check.of_files(check.release.files)


def of_rules(check: WebCheck) -> list[Mismatch]:
    return check.of_rules()


def at(path: str, change: Callable[[Answer], Answer]) -> Change:
    """A change of the answers at one path."""
    return lambda request, answer: change(answer) if request.path == path else answer


def with_header(name: str, text: str | None) -> Callable[[Answer], Answer]:
    """An answer with another text of a header, or without that header."""

    def change(answer: Answer) -> Answer:
        rest = tuple(pair for pair in answer.headers if pair[0].lower() != name.lower())
        return replace(answer, headers=rest if text is None else (*rest, (name, text)))

    return change


def test_a_host_that_does_all_right() -> None:
    assert served(of_files) == []
    assert served(of_rules) == []


def test_a_flipped_byte() -> None:
    damaged = BYTES | {"feed.xml": b"<feeD/>"}
    assert served(of_files, files=damaged) == [("feed.xml", "differs", "", "")]


def test_a_missing_file() -> None:
    there = {path: data for path, data in BYTES.items() if path != "world/index.html"}
    assert served(of_files, files=there) == [("world/index.html", "status", "200", "404")]


@pytest.mark.parametrize("text", ["text/plain", "text/html", "text/html; charset=iso-8859-1", None])
def test_a_wrong_type(text: str | None) -> None:
    found = served(of_files, at("/world/", with_header("Content-Type", text)))
    assert found == [("world/index.html", "type", "text/html; charset=utf-8", text or "")]


@pytest.mark.parametrize("text", ["text/html;charset=utf-8", "Text/HTML; charset=UTF-8"])
def test_a_type_in_another_spelling(text: str) -> None:
    assert served(of_files, at("/world/", with_header("Content-Type", text))) == []


@pytest.mark.parametrize("text", ["SAMEORIGIN", "", None])
def test_a_wrong_header(text: str | None) -> None:
    found = served(of_files, at("/feed.xml", with_header("X-Frame-Options", text)))
    assert found == [("feed.xml", "header", "X-Frame-Options: DENY", f"X-Frame-Options: {text or ''}")]


def test_a_cache_rule_that_is_that_of_other_files() -> None:
    found = served(of_files, at("/assets/site.1.css", with_header("Cache-Control", "no-cache")))
    assert found == [("assets/site.1.css", "header", "Cache-Control: max-age=9", "Cache-Control: no-cache")]


def test_no_gzip() -> None:
    """Asked for of long texts only."""

    def plain(request: Request, _answer: Answer) -> Answer:
        asked = replace(request, headers={})
        return answering(SITE, BYTES)(asked)

    found = served(of_files, plain)
    assert [(path, got) for path, _kind, _wanted, got in found] == [
        ("assets/site.1.css", "Content-Encoding: none"), ("index.html", "Content-Encoding: none")
    ]  # fmt: skip


def test_a_page_for_what_is_not_there_that_answers_200() -> None:
    def found(_request: Request, answer: Answer) -> Answer:
        return replace(answer, status=200) if answer.status == 404 else answer

    ((path, kind, wanted, got),) = served(of_rules, found)
    assert (kind, wanted, got) == ("status", "404", "200")
    assert path.startswith("/no-such-page")


@pytest.mark.parametrize(
    ("url", "answer", "wanted", "got"),
    [
        ("/old.html", Answer(301, b"", (("Location", "/elsewhere/"),)), "301 /world/", "301 /elsewhere/"),
        ("/old.html", Answer(302, b"", (("Location", "/world/"),)), "301 /world/", "302"),
        ("/old.html", Answer(200, b"the old page"), "301 /world/", "200"),
        ("/old.html", Answer(404), "301 /world/", "404"),
        ("/tmp.html", Answer(302, b"", (("Location", "/feed.xml"),)), "302 /feed.xml#x", "302 /feed.xml"),
        ("/world/killed.html", Answer(200, b"tombstone"), "410 /world/killed.html", "200"),
    ],
)
def test_a_stale_redirect(url: str, answer: Answer, wanted: str, got: str) -> None:
    assert served(of_rules, at(url, lambda _answer: answer)) == [(url, "redirect", wanted, got)]


def test_a_location_in_full() -> None:
    def full(request: Request, answer: Answer) -> Answer:
        headers = [(n, f"http://{request.headers['host']}{t}" if n == "Location" else t) for n, t in answer.headers]
        return replace(answer, headers=tuple(headers))

    assert served(of_rules, full) == []


def test_a_killed_story_that_can_be_read() -> None:
    withdrawn = (Withdrawn("world/killed.html"), Withdrawn("world/gone.html"), Withdrawn(EVERYTHING))
    assert served(lambda check: check.of_withdrawn(withdrawn)) == []
    at_edge = at("/world/gone.html", lambda _answer: Answer(200, b"text of the killed story"))
    found = served(lambda check: check.of_withdrawn(withdrawn), at_edge)
    assert found == [("/world/gone.html", "readable", "404, 410 or a tombstone", "200")]
    cached = at("/world/killed.html", lambda _answer: Answer(200, b"text of the killed story"))
    assert len(served(lambda check: check.of_withdrawn(withdrawn), cached)) == 1


def test_a_site_in_a_folder_of_its_host() -> None:
    headers, redirects = HEADERS.replace("/*", "/archive/*").replace("/assets/", "/archive/assets/"), ""
    site = release(FILES, headers, redirects, prefix="/archive")
    assert served(of_files, site=site) == []
    found = served(of_files, at("/archive/feed.xml", with_header("X-Frame-Options", None)), site=site)
    assert [row[0] for row in found] == ["feed.xml"]


def test_a_host_that_is_busy_for_a_moment() -> None:
    faults = {1: Fault.TOO_MANY, 3: Fault.SERVER_ERROR, 5: Fault.CUT}
    assert served(of_files, faults=faults) == []
