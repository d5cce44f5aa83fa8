"""Cloudflare's own client and its own code for readers, against the double and against what newsgen makes of a site."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsgen.disk import FolderDisk
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.cloudflare import open_target
from newsgen.publish.cloudflare_site import worker_parts
from newsgen.publish.release import RULE_FILES, Release, release_of
from newsgen.publish.run import make_plan, perform
from newsgen.publish.send import NO_PROGRESS
from newsgen.store import Store
from tests.support.cloudflare_double import ACCOUNT, TOKEN, CloudflareDouble, parts_of
from tests.support.loopback import Answer, read
from tests.support.publications import Site
from tests.support.publishing import FakeTime, release_with, surroundings
from tests.support.wrangler import Wrangler, wrangler

pytestmark = pytest.mark.long

HERE = Path(__file__).parent.parent.parent  # with the sample site
KILLED, KILLED_ID = "/world/1987/02/26/orchard-border.html", "nw-19870226-orchard-border"
MOVED = "/world/1994/05/03/frontier-footpath.html"
NAVIGATES = {"sec-fetch-mode": "navigate"}  # as a browser says that it asks for a page


@pytest.fixture(name="client", scope="module")
def _client(tmp_path_factory: pytest.TempPathFactory) -> Wrangler:
    return wrangler(tmp_path_factory.mktemp("wrangler") / "home")


def the_sample(root: Path) -> Release:
    """The sample site for Cloudflare, of which a story was killed and one has moved."""
    shutil.copytree(HERE / "content", root / "content")
    settings = (
        (HERE / "pyproject.toml").read_text().replace("[tool.newsgen]\n", '[tool.newsgen]\nhost = "cloudflare"\n')
    )
    (root / "pyproject.toml").write_text(settings)
    site = Site(root)
    site.newsgen("urls", "--record")
    site.newsgen("kill", KILLED_ID, "--reason", "The source was false.")
    file = next(path for path in root.rglob("*.md") if path.stem == "frontier-footpath")
    file.write_text(file.read_text().replace("slug: frontier-footpath", "slug: frontier-path"))
    site.newsgen("build", "--jobs", "1")
    with Store(str(next(site.state.glob("record-*.sqlite")))) as store:
        return release_of(store, FolderDisk(str(site.output)), "")


def lay_out(release: Release, root: Path) -> Path:
    """A folder that wrangler takes, with the Worker that newsgen makes of a release."""
    metadata, main, _manifest = worker_parts(release, "")
    told = json.loads(metadata.data)
    config = told["assets"]["config"]
    files = {file.path: release.read(file) for file in release.whole}
    files |= {name: config.pop(name).encode() for name in RULE_FILES}
    for path, data in files.items():
        file = root / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (root / told["main_module"]).write_bytes(main.data)
    settings = {
        "name": "archive",
        "main": told["main_module"],
        "compatibility_date": told["compatibility_date"],
        "assets": {"directory": "site", "binding": "ASSETS", **config},
    }
    (root / "wrangler.json").write_text(json.dumps(settings))
    return root


@pytest.fixture(name="worker", scope="module")
def _worker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(the_sample(tmp_path_factory.mktemp("sample")), tmp_path_factory.mktemp("worker"))


def test_dev_serves_the_sample_site_as_the_double_does(client: Wrangler, worker: Path) -> None:
    """Cloudflare's own code: pages keep their .html, folders their slash; headers, redirects, 404 and 410 are ours."""
    files = [str(path.relative_to(worker / "site")) for path in sorted((worker / "site").rglob("*")) if path.is_file()]
    folders = ["/" + path.removesuffix("index.html") for path in files if path.endswith("index.html")]
    paths = [*(f"/{path}" for path in files), *folders, MOVED, "/no/such.html", "/no/such/", "/world", "/world?q=1"]
    with CloudflareDouble() as double, client.serve(worker) as port:
        client.run(worker, "deploy", **account(double))
        for path in paths:
            theirs, ours = read(port, path), read(double.server.port, path)
            assert theirs is not None
            assert ours is not None
            assert shown(theirs) == shown(ours), path
        for path, status in ((KILLED, 410), (MOVED, 301), ("/no/such.html", 404), ("/no/such/", 404), ("/", 200)):
            answer = read(port, path)
            assert answer is not None
            assert answer.status == status, path
            assert ("x-content-type-options", "nosniff") in answer.headers, path
        for method, headers in (("HEAD", {}), ("GET", {"if-none-match": etag(port, KILLED)}), ("GET", NAVIGATES)):
            answer = read(port, KILLED, method=method, **headers)
            assert answer is not None
            assert answer.status == 410


def test_dev_answers_410_for_folders_and_for_more_killed_stories_than_routes(client: Wrangler, tmp_path: Path) -> None:
    killed = [f"/world/2019/{number:03}.html" for number in range(120)] + ["/world/2020/span/"]
    files = {address[1:] + ("index.html" if address[-1] == "/" else ""): b"<p>Withdrawn</p>" for address in killed}
    rules = "".join(f"{address} /withdrawn/1.html 410!\n" for address in killed).encode()
    release = release_with(ODD | files | {"withdrawn/1.html": b"<p>Withdrawn</p>", "_redirects": rules})
    with client.serve(lay_out(release, tmp_path)) as port:
        answers = {path: read(port, path) for path in (*killed, "/world/2020/span", "/world/2020/spanner.html")}
    statuses = {path: answer.status for path, answer in answers.items() if answer is not None}
    assert statuses == dict.fromkeys(answers, 410) | {"/world/2020/spanner.html": 404}


def account(double: CloudflareDouble) -> dict[str, str]:
    return {"CLOUDFLARE_API_BASE_URL": double.api, "CLOUDFLARE_API_TOKEN": TOKEN, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT}


def etag(port: int, path: str) -> str:
    answer = read(port, path)
    assert answer is not None
    return dict(answer.headers)["etag"]


def shown(answer: Answer) -> tuple[object, ...]:
    """What readers notice, but for what each server says of itself; wrangler dev makes ETags in its own way."""
    passed_over = {
        "connection",
        "etag",
        "content-length",
        "date",
        "keep-alive",
        "server",
        "transfer-encoding",
        "cf-cache-status",
    }
    headers = [(name, text) for name, text in answer.headers if name not in passed_over]
    return answer.status, answer.body, headers


ODD = {
    "index.html": b"<p>Front page</p>",
    "404.html": b"<p>No such page</p>",
    "world/index.html": b"<p>The ferry sails.</p>",
    "world/2019/05/01/ferry.html": b"<p>The ferry sails.</p>",  # the same bytes at another address
    "places/Åland & isles+@=.html": "<p>Åland</p>".encode(),
    ".well-known/security.txt": b"Contact: mailto:desk@archive.example",
    "assets/style.0a1b2c3d.css": b"p{margin:0}",
    "assets/boat.png": b"\x89PNG",
    "assets/mark.svg": b"<svg/>",
    "assets/a.js": b"1;",
    "feed.xml": b"<feed/>",
    "feed.json": b"{}",
    "manifest.webmanifest": b"{}",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    "_redirects": b"/old.html /world/2019/05/01/ferry.html 301\n",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client asked of the API to publish a site, as far as it is of the site."""

    endpoints: set[tuple[str, str]]  # that change something
    sizes: dict[str, int]  # by address, of the manifest
    uploads: set[tuple[bytes, str, bool]]  # bytes, media type, and whether name and file name are the hash
    metadata: dict[str, Any]


def seen_by(double: CloudflareDouble) -> Seen:
    requests = [request for request in double.server.requests if request.method != "GET"]
    endpoints = {(request.method, request.path.partition(ACCOUNT)[2]) for request in requests}
    (session,) = (json.loads(request.body) for request in requests if request.path.endswith("-upload-session"))
    hashes = {entry["hash"] for entry in session["manifest"].values()}
    parts = [part for request in requests if request.path.endswith("/upload") for part in parts_of(request)]
    uploads = {
        (base64.b64decode(part.data), part.media_type.lower(), {part.name, part.filename} <= hashes) for part in parts
    }
    (put,) = (parts_of(request) for request in requests if request.method == "PUT")
    metadata = json.loads(put[0].data)
    assert metadata["main_module"] in [part.filename for part in put]
    return Seen(endpoints, {path: entry["size"] for path, entry in session["manifest"].items()}, uploads, metadata)


def test_the_client_asks_what_newsgen_asks(client: Wrangler, tmp_path: Path) -> None:
    """The same site, published by each: endpoints, addresses, sizes, bytes, media types, and what is made of them."""
    release = release_with(ODD)
    with CloudflareDouble() as double:
        client.run(lay_out(release, tmp_path), "deploy", **account(double))
        theirs = seen_by(double)
    with CloudflareDouble() as double:
        time = FakeTime()
        computer = surroundings(time, account(double))
        target = open_target(
            TargetSettings("live", "cloudflare", account=ACCOUNT, project="archive"),
            Settings("The Archive", "https://archive.archive-desk.workers.dev"),
            computer,
        )
        perform(target, make_plan(target, release, computer, is_forced=False), computer, NO_PROGRESS)
        ours = seen_by(double)
    tags = {("PATCH", "/workers/scripts/archive/script-settings")}  # under which the dashboard groups Workers
    assert ours.endpoints == theirs.endpoints - tags
    assert ours.sizes == theirs.sizes
    assert ours.uploads == theirs.uploads
    for key in ("bindings", "compatibility_date", "main_module"):
        assert ours.metadata[key] == theirs.metadata[key]
    assert ours.metadata["assets"]["config"] == theirs.metadata["assets"]["config"]
