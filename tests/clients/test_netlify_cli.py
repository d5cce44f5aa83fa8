"""Netlify's own client against the double of its API: what it asks is what the double must answer as Netlify does."""

from __future__ import annotations

import re
from hashlib import sha1
from pathlib import Path

import pytest

from tests.support.netlify_cli import netlify_client
from tests.support.netlify_double import Asked, NetlifyDouble

pytestmark = pytest.mark.long

FILES = {
    "index.html": b"<p>Front page</p>",
    "404.html": b"<p>No such page</p>",
    "world/2019/05/01/ferry.html": b"<p>The ferry sails.</p>",
    "world/2019/05/01/copy.html": b"<p>The ferry sails.</p>",  # the same bytes at another address
    "places/Åland & isles+@=.html": "<p>Åland</p>".encode(),
    ".well-known/newsgen-manifest.json": b"{}",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n/assets/*\n  Cache-Control: public, immutable\n",
    "_redirects": b"/old.html /world/2019/05/01/ferry.html 301\n/killed.html /404.html 410\n",
    "assets/style.0a1b2c3d.css": b"p{margin:0}",
}


def a_build(root: Path) -> Path:
    """A folder with FILES."""
    for name, data in FILES.items():
        path = root / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def deploy_with_client(tmp_path: Path, double: NetlifyDouble) -> list[Asked]:
    """Deploy with the official client; what it asked. It finds the site by its name: by id, it asks another server."""
    client = netlify_client(tmp_path / "home")
    root = tmp_path / "site"
    root.mkdir()
    arguments = ("deploy", "--prod", "--no-build", "--dir", "build", "--site", double.name)
    client.run(a_build(root), *arguments, NETLIFY_API_URL=double.api, NETLIFY_AUTH_TOKEN=double.token)
    return double.asked


def test_the_client_deploys_to_the_double(tmp_path: Path) -> None:
    with NetlifyDouble() as double:
        asked = deploy_with_client(tmp_path, double)
        assert all(ask.headers["authorization"] == "Bearer a-token" for ask in asked)
        steps = [(ask.method, re.sub(double.published, "{deploy}", ask.path)) for ask in asked]
        site = f"/sites/{double.site_id}"
        create = steps.index(("POST", f"{site}/deploys"))
        assert steps[create + 1] == ("PUT", f"{site}/deploys/{{deploy}}")
        assert steps[-1] == ("GET", f"{site}/deploys/{{deploy}}")
        sent = asked[create + 1].json
        assert {"files", "async", "draft"} <= set(sent)
        uploads = {ask.path.partition("/files/")[2]: ask for ask in asked if "/files/" in ask.path}
        assert all(ask.headers["content-type"] == "application/octet-stream" for ask in uploads.values())
        assert "places/%C3%85land%20&%20isles+@=.html" in uploads
        # Headers and redirects go as a netlify.toml; all else as it stands, by its SHA-1.
        plain = {name: sha1(data).hexdigest() for name, data in FILES.items() if not name.startswith("_")}
        assert {name: digest for name, digest in sent["files"].items() if name != "netlify.toml"} == plain
        deploy = double.deploys[double.published]
        port = deploy.port
        page = double.serve(port, "/world/2019/05/01/ferry.html", takes_gzip=False)
        assert (page.status, page.headers["X-Content-Type-Options"], page.body) == (
            200, "nosniff", FILES["world/2019/05/01/ferry.html"],
        )  # fmt: skip
        assert double.serve(port, "/old.html", takes_gzip=False).headers["Location"] == "/world/2019/05/01/ferry.html"
        assert double.serve(port, "/killed.html", takes_gzip=False).status == 410


def test_more_than_a_hundred_files_are_deployed_in_the_background(tmp_path: Path) -> None:
    """As `async`: the client waits until it is told what is missing."""
    for number in range(101):
        file = tmp_path / f"site/build/notes/{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<p>Note {number}</p>")
    client = netlify_client(tmp_path / "home")
    with NetlifyDouble() as double:
        arguments = ("deploy", "--prod", "--no-build", "--dir", "build", "--site", double.name)
        client.run(tmp_path / "site", *arguments, NETLIFY_API_URL=double.api, NETLIFY_AUTH_TOKEN=double.token)
        assert next(ask.json for ask in double.asked if "files" in ask.json)["async"] is True
        assert len(double.puts()) == 102  # and the netlify.toml
        assert double.deploys[double.published].state == "ready"
