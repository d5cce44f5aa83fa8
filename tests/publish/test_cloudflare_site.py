"""What a site is at Cloudflare: rules, names of bytes, the script for 410 and what it is asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from newsgen.model.settings import HOSTS
from newsgen.publish.cloudflare_site import Part, asset_hash, assets_of, form, worker_parts
from newsgen.publish.release import Release
from tests.support.cloudflare_double import parts_of
from tests.support.cloudflare_edge import Blob, Version, serve
from tests.support.loopback import Request
from tests.support.publishing import release_with

PAGES = {
    "index.html": b"home",
    "world/index.html": b"world",
    "world/2019/index.html": b"2019",
    "world/2019/ferry.html": b"ferry",
    "404.html": b"nothing",
}


def config_of(release: Release) -> dict[str, Any]:
    config: dict[str, Any] = json.loads(worker_parts(release, "")[0].data)["assets"]["config"]
    return config


def gone_in(release: Release) -> list[str]:
    """The addresses that the script answers with 410."""
    found = re.search(r"new Set\((\[.*?\])\)", worker_parts(release, "")[1].data.decode(), re.DOTALL)
    assert found is not None
    return list(json.loads(found[1]))


def killed(*addresses: str) -> Release:
    """A release in which these addresses were killed."""
    rules = "".join(f"{address} /withdrawn/1.html 410!\n" for address in addresses)
    files = {address[1:] + ("index.html" if address[-1] == "/" else ""): b"withdrawn" for address in addresses}
    return release_with(PAGES | files | {"_redirects": rules.encode()})


def get(release: Release, path: str) -> tuple[int, bytes]:
    """What a reader gets, as the double has it."""
    assets = assets_of(release)
    blobs = {asset_hash(file): Blob(file.media_type, release.read(file)) for file in assets.values()}
    _metadata, main, _manifest = worker_parts(release, "")
    files = {address: asset_hash(file) for address, file in assets.items()}
    modules = {main.filename: Blob(main.media_type, main.data)}
    answer = serve(
        Version("1", 1, files, config_of(release), main.filename, modules), blobs, Request("GET", path, {}, {}, b"")
    )
    return answer.status, answer.body


def test_one_rule_serves_all_folders_of_a_depth() -> None:
    release = release_with(PAGES | {"_redirects": b"# Ours.\n/old.html /world/2019/ferry.html 301\n"})
    assert config_of(release)["_redirects"].splitlines() == [
        "/ /index.html 200",
        "# Ours.",
        "/old.html /world/2019/ferry.html 301",
        "/:f1/ /:f1/index.html 200",
        "/:f1/:f2/ /:f1/:f2/index.html 200",
    ]
    assert get(release, "/") == (200, b"home")
    assert get(release, "/world/2019/") == (200, b"2019")
    assert get(release, "/world/2019/ferry.html") == (200, b"ferry")
    assert get(release, "/world/2020/") == (404, b"nothing")


def test_the_home_page_takes_one_of_the_rules_that_cloudflare_obeys() -> None:
    limit = HOSTS["cloudflare"].redirect_limit
    rules = "".join(f"/old-{number}.html /world/2019/ferry.html 301\n" for number in range(limit))
    release = release_with(PAGES | {"_redirects": rules.encode()})
    assert get(release, f"/old-{limit - 1}.html")[0] == 301
    assert get(release, "/world/") == (200, b"world")


def test_a_site_below_an_address() -> None:
    headers = b"/*\n  X-Frame-Options: DENY\n/assets/*\n  Cache-Control: public, immutable\n"
    release = replace(release_with(PAGES | {"_headers": headers}), prefix="/archive")
    assert config_of(release)["_headers"].splitlines()[::2] == ["/archive/*", "/archive/assets/*"]
    assert "/archive/world/2019/ferry.html" in assets_of(release)
    assert get(release, "/archive/") == (200, b"home")
    assert get(release, "/archive/world/2019/") == (200, b"2019")


def test_killed_addresses_answer_410_those_of_folders_too() -> None:
    release = killed("/world/2019/bridge.html", "/world/2019/span/")
    assert gone_in(release) == ["/world/2019/bridge.html", "/world/2019/span/"]
    assert config_of(release)["run_worker_first"] == ["/world/2019/bridge.html", "/world/2019/span*"]
    assert "410" not in config_of(release)["_redirects"]
    for address in ("/world/2019/bridge.html", "/world/2019/span/", "/world/2019/span"):
        assert get(release, address) == (410, b"withdrawn")
    assert get(release, "/world/2019/spanner.html") == (404, b"nothing")
    assert get(release, "/world/2019/ferry.html")[0] == 200


def test_without_killed_stories_the_script_is_asked_for_no_page() -> None:
    """But for an address that no page has: without any, it would be asked for all that does not exist."""
    (route,) = config_of(release_with(PAGES))["run_worker_first"]
    assert route[1:] not in PAGES
    assert gone_in(release_with(PAGES)) == []


@pytest.mark.parametrize(
    ("addresses", "routes"),
    [
        ([f"/world/2019/{day:03}/a.html" for day in range(100)], None),
        ([f"/world/2019/{day:03}/a.html" for day in range(101)], ["/world/2019/*"]),
        ([f"/w/{day // 7:02}/{day:03}.html" for day in range(300)], [f"/w/{week:02}/*" for week in range(43)]),
        (["/world/" + "long-" * 20 + ".html"], ["/world/*"]),
        ([f"/{number}.html" for number in range(101)], ["/*"]),
    ],
)
def test_more_killed_stories_than_routes_are_held_by_their_folders(
    addresses: list[str], routes: list[str] | None
) -> None:
    release = killed(*addresses)
    assert config_of(release)["run_worker_first"] == (routes or addresses)
    assert {get(release, address)[0] for address in addresses} == {410}
    assert get(release, "/world/2019/ferry.html") == (200, b"ferry")
    assert get(release, "/world/2019/no.html")[0] == 404


def test_the_same_bytes_of_another_type_have_another_name() -> None:
    files = assets_of(release_with({"a.html": b"x", "b.html": b"x", "a.txt": b"x"}))
    hashes = {path: asset_hash(file) for path, file in files.items()}
    assert hashes["/a.html"] == hashes["/b.html"] != hashes["/a.txt"]
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in hashes.values())


def test_readers_get_files_of_odd_names() -> None:
    release = release_with({"places/Åland & isles+@=.html": b"isles"})
    assert get(release, "/places/%C3%85land%20&%20isles+@=.html") == (200, b"isles")


def test_a_form_is_read_as_it_was_written() -> None:
    parts = (
        Part("metadata", b'{"a": 1}', "application/json"),
        Part("x.js", b"1;\r\n--\r\n", "text/javascript", "x.js"),
    )
    body, media_type = form(parts)
    read = parts_of(Request("PUT", "/", {}, {"content-type": media_type}, body))
    assert [(part.name, part.data, part.media_type, part.filename) for part in read] == [tuple(part) for part in parts]
