"""Publishing to Cloudflare, against the double of its API that Cloudflare's own client deploys to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.cloudflare import CloudflareTarget, open_target
from newsgen.publish.protocol import Surroundings
from newsgen.publish.run import Published, make_plan, perform, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.cloudflare_double import ACCOUNT, CloudflareDouble
from tests.support.loopback import Answer, read
from tests.support.publishing import FakeTime, release_with, surroundings

SECRET = "cf_PLANTED7c1e9b0d52"
OLD = {
    "index.html": b"<link href=/assets/style.aa.css><a href=/world/bridge.html>Old</a>",
    "404.html": b"<p>No such page</p>",
    "world/index.html": b"<p>Two stories</p>",
    "world/ferry.html": b"<p>The ferry sails at nine.</p>",
    "world/bridge.html": b"<p>Quillfeather shuts the bridge.</p>",
    "world/quay.html": b"<p>The quay is long.</p>",
    "world/copy.html": b"<p>The quay is long.</p>",  # the same bytes at another address
    "world/copy.txt": b"<p>The quay is long.</p>",  # and of another type
    "assets/style.aa.css": b"p{margin:0}",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
}
NEW = {
    **{path: data for path, data in OLD.items() if path not in ("world/quay.html", "assets/style.aa.css")},
    "index.html": b"<link href=/assets/style.bb.css><a href=/world/pier.html>New</a>",
    "world/index.html": b"<p>One story, and another</p>",
    "world/ferry.html": b"<p>The ferry sails at ten.</p>",  # corrected
    "world/bridge.html": b"<p>This story has been withdrawn.</p>",  # killed
    "withdrawn/1.html": b"<p>This story has been withdrawn.</p>",
    "world/pier.html": b"<p>The quay is long.</p>",  # quay.html has moved
    "assets/style.bb.css": b"p{margin:1px}",
    "_redirects": b"/world/bridge.html /withdrawn/1.html 410!\n/world/quay.html /world/pier.html 301\n",
}
KILLED = (Withdrawn("world/bridge.html"),)


@dataclass
class Newsroom:
    """A double, and the computer from which somebody publishes to it."""

    double: CloudflareDouble
    time: FakeTime = field(default_factory=FakeTime)
    base_url: str = "https://archive.example"
    timeout_s: float = 10.0

    def computer(self, token: str = SECRET) -> Surroundings:
        env = {"CLOUDFLARE_API_TOKEN": token, "CLOUDFLARE_API_BASE_URL": self.double.api}
        return surroundings(self.time, env, self.timeout_s)

    def target(self) -> CloudflareTarget:
        """The target, as a new process opens it."""
        settings = TargetSettings("live", "cloudflare", account=ACCOUNT, project="archive")
        return open_target(settings, Settings("The Archive", self.base_url), self.computer())

    def publish(
        self, files: dict[str, bytes], withdrawn: tuple[Withdrawn, ...] = (), *, forget: bool = False
    ) -> Published:
        """Publish as the command does, in a process of its own."""
        target, release, computer = self.target(), release_with(files), self.computer()
        plan = make_plan(target, release, computer, is_forced=False)
        perform(target, plan, computer, NO_PROGRESS)
        return tidy(target, release, withdrawn, computer, may_forget=forget)

    def get(self, path: str, host: str = "127.0.0.1") -> Answer:
        answer = read(self.double.server.port, path, host=host)
        assert answer is not None
        return answer

    def page(self, path: str) -> bytes | None:
        """What readers get at the address of a file of the output; also where it answers 410."""
        answer = self.get("/" + path.removesuffix("index.html"))
        return answer.body if answer.status in (200, 410) else None

    def version_host(self, number: int) -> str:
        """The address of its own of the nth version."""
        return f"{self.double.ever[number].id[:8]}-archive.{self.double.subdomain}.workers.dev"


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with CloudflareDouble(token=SECRET) as double:
        yield Newsroom(double)


def test_the_first_publication_and_the_second_of_the_same(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    served = {path: data for path, data in OLD.items() if path != "_headers"}
    assert {path: newsroom.page(path) for path in served} == served
    assert len(newsroom.double.uploads) == len(served) - 1 + 1  # one of the two copies; and the manifest
    before = len(newsroom.double.server.requests)
    newsroom.publish(OLD)
    assert len(newsroom.double.uploads) == len(served)
    assert {request.method for request in newsroom.double.server.requests[before:]} == {"GET"}


def test_one_corrected_one_killed_one_deleted_one_renamed(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    before = len(newsroom.double.uploads)
    newsroom.publish(NEW)
    changed = {data for path, data in NEW.items() if data not in OLD.values() and path != "_redirects"}
    assert len(newsroom.double.uploads) - before == len(changed) + 1  # and the manifest
    gone = newsroom.get("/world/bridge.html")
    assert (gone.status, gone.body) == (410, NEW["world/bridge.html"])
    assert ("x-content-type-options", "nosniff") in gone.headers
    moved = newsroom.get("/world/quay.html")
    assert (moved.status, dict(moved.headers)["location"]) == (301, "/world/pier.html")
    assert newsroom.get("/assets/style.aa.css").status == 404
    assert dict(newsroom.get("/world/copy.txt").headers)["content-type"].startswith("text/plain")


def test_the_manifest_is_what_stands(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    standing = newsroom.target().standing()
    assert standing.manifest == release_with(OLD).manifest
    assert manifests.read(newsroom.get(f"/{manifests.PATH}").body) == standing.manifest
