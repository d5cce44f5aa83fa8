"""Netlify's own client against the double of its API: what it asks is what the double must answer as Netlify does."""

from __future__ import annotations

import json
import re
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.netlify import open_target
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.whole_set import publish_whole
from tests.support.netlify_cli import netlify_client
from tests.support.netlify_double import Asked, NetlifyDouble
from tests.support.publishing import FakeTime, release_with, surroundings

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
        uploads = uploads_of(asked)
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


def test_ours_asks_the_same(tmp_path: Path) -> None:
    """Endpoints, digests, escaped paths and headers; and what readers get.

    What differs: the client makes an empty deploy and fills it in a second request, where the guide fills it in the
    first; it sends the same bytes once for each name; and it sends rules as a netlify.toml.
    """
    time = FakeTime()
    with NetlifyDouble() as theirs, NetlifyDouble(clock=time.now) as ours:
        by_client = deploy_with_client(tmp_path, theirs)
        computer = surroundings(time, {"NETLIFY_AUTH_TOKEN": ours.token, "NETLIFY_API_URL": ours.api})
        target = open_target(TargetSettings("live", "netlify", site=ours.site_id), Settings("T", "U"), computer)
        release = release_with({path: data for path, data in FILES.items() if path != manifests.PATH})
        publish_whole(target, release, computer, NO_PROGRESS)

        second_step = ("PUT", f"/sites/{theirs.site_id}/deploys/{{deploy}}")
        assert endpoints(theirs) - endpoints(ours) == {second_step}
        assert endpoints(ours) - endpoints(theirs) == set()
        sent_by_client, sent = manifest_of(by_client), manifest_of(ours.asked)
        assert sent.keys() <= sent_by_client.keys()
        only_theirs, only_ours = {"netlify.toml"}, {"_headers", "_redirects"}
        assert sent_by_client["files"].keys() - sent["files"].keys() == only_theirs
        assert sent["files"].keys() - sent_by_client["files"].keys() == only_ours
        for path in sent["files"].keys() - only_ours - {manifests.PATH}:
            assert sent["files"][path] == sent_by_client["files"][path]
        uploads, uploads_by_client = uploads_of(ours.asked), uploads_of(by_client)
        assert uploads.keys() - uploads_by_client.keys() == only_ours
        same = {"world/2019/05/01/copy.html", "world/2019/05/01/ferry.html"}
        assert uploads_by_client.keys() - uploads.keys() - same == only_theirs
        assert len(uploads.keys() & same) == 1
        for path in uploads.keys() & uploads_by_client.keys():
            for name in ("authorization", "content-type"):
                assert uploads[path].headers[name] == uploads_by_client[path].headers[name]
        at_theirs, at_ours = (each.deploys[each.published].port for each in (theirs, ours))
        for path in (*FILES, "old.html", "killed.html", "nothing.html", "world/"):
            if path not in (*only_ours, manifests.PATH):
                ask = "/" + quote(path)
                assert ours.serve(at_ours, ask, takes_gzip=True) == theirs.serve(at_theirs, ask, takes_gzip=True), path


def test_ours_asks_for_earlier_deploys_as_the_client_does(tmp_path: Path) -> None:
    """The operations of Netlify's description, by their names there, are the requests that ours makes."""
    time, client, folder = FakeTime(), netlify_client(tmp_path / "home"), tmp_path
    with NetlifyDouble(clock=time.now) as double:
        computer = surroundings(time, {"NETLIFY_AUTH_TOKEN": double.token, "NETLIFY_API_URL": double.api})
        target = open_target(TargetSettings("live", "netlify", site=double.site_id), Settings("T", "U"), computer)
        for number in range(3):
            publish_whole(target, release_with({"index.html": b"%d" % number}), computer, NO_PROGRESS)
        newest, middle, oldest = target.publications()

        def by_client(operation: str, **data: str) -> tuple[str, str]:
            double.asked.clear()
            arguments = ("api", operation, "--data", json.dumps({"site_id": double.site_id, **data}))
            client.run(folder, *arguments, NETLIFY_API_URL=double.api, NETLIFY_AUTH_TOKEN=double.token)
            return double.asked[-1].method, double.asked[-1].path  # before it the client asks who we are

        state = double.state()
        before = len(double.asked)
        target.standing()
        target.publications()
        target.put_back(middle)
        target.forget(oldest)
        ours = [(ask.method, ask.path) for ask in double.asked[before:]]
        double.return_to(state)
        assert by_client("getSite") in ours
        assert by_client("listSiteDeploys") in ours
        assert by_client("getSiteDeploy", deploy_id=newest.key) in ours
        assert by_client("restoreSiteDeploy", deploy_id=middle.key) in ours
        assert double.published == middle.key
        assert by_client("deleteDeploy", deploy_id=oldest.key) in ours
        assert oldest.key not in double.deploys
        assert by_client("cancelSiteDeploy", deploy_id=middle.key) == ("POST", f"/deploys/{middle.key}/cancel")
        assert by_client("listSiteFiles") == ("GET", f"/sites/{double.site_id}/files")


def endpoints(double: NetlifyDouble) -> set[tuple[str, str]]:
    """What was asked of the deploy, or changed: methods, and paths without names."""
    found = set()
    for ask in double.asked:
        if ask.method != "GET" or double.published in ask.path:
            path = ask.path.replace(double.published, "{deploy}")
            found.add((ask.method, re.sub("/files/.*", "/files/{path}", path)))
    return found


def manifest_of(asked: list[Asked]) -> dict[str, Any]:
    """The body of the request that named the files."""
    return next(ask.json for ask in asked if "files" in ask.json)


def uploads_of(asked: list[Asked]) -> dict[str, Asked]:
    """The uploads by their paths, escaped."""
    return {ask.path.partition("/files/")[2]: ask for ask in asked if "/files/" in ask.path}


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
