"""Cloudflare's own client and its own code for readers, against the double and against what newsgen makes of a site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgen.publish.cloudflare_site import assets_of, worker_parts
from newsgen.publish.release import Release, release_of
from tests.support.cloudflare_double import ACCOUNT, TOKEN, CloudflareDouble
from tests.support.loopback import Answer, read
from tests.support.published import a_desk, kill, record
from tests.support.sites import story
from tests.support.wrangler import Wrangler, wrangler

pytestmark = pytest.mark.long

KILLED = "/world/2019/05/01/bridge.html"
MOVED, NOW = "/world/2019/05/01/ferry.html", "/world/2019/05/01/ferry-sails.html"


@pytest.fixture(name="client", scope="module")
def _client(tmp_path_factory: pytest.TempPathFactory) -> Wrangler:
    return wrangler(tmp_path_factory.mktemp("wrangler") / "home")


def the_site() -> Release:
    """A site for Cloudflare, with a story that was killed and one that moved."""
    desk = a_desk()
    desk.set(host="cloudflare")
    desk.build()
    record(desk)
    kill(desk, "bridge")
    desk.site.write("content/world/2019/05/ferry.md", story("Ferry sails", id="ferry", slug="ferry-sails"))
    desk.build()
    return release_of(desk.store, desk.output, "")


def lay_out(release: Release, root: Path) -> Path:
    """A folder that wrangler takes, with the Worker that newsgen makes of a release."""
    metadata, main, _manifest = worker_parts(release, "")
    told = json.loads(metadata.data)
    config = told["assets"]["config"]
    files = {address: release.read(file) for address, file in assets_of(release).items()}
    files |= {f"/{name}": config.pop(name).encode() for name in ("_headers", "_redirects")}
    for address, data in files.items():
        file = root / f"site{address}"
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
    return lay_out(the_site(), tmp_path_factory.mktemp("worker"))


def test_dev_serves_the_site_as_the_double_does(client: Wrangler, worker: Path) -> None:
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
        for method, headers in (("HEAD", {}), ("GET", {"if-none-match": etag(port, KILLED)})):
            answer = read(port, KILLED, method=method, **headers)
            assert answer is not None
            assert answer.status == 410


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
