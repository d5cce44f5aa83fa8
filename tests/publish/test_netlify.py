"""Publishing to Netlify, against the double of its API that Netlify's own client deploys to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.netlify import NetlifyTarget, open_target
from newsgen.publish.run import Published, make_plan, perform, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.netlify_double import NetlifyDouble
from tests.support.publishing import FakeTime, release_with, surroundings

SECRET = "nfp_PLANTED4f1c9e0b7a"
OLD = {
    "index.html": b"<link href=/assets/style.aa.css><a href=/world/bridge.html>Old</a>",
    "404.html": b"<p>No such page</p>",
    "world/index.html": b"<p>Two stories</p>",
    "world/ferry.html": b"<p>The ferry sails at nine.</p>",
    "world/bridge.html": b"<p>Quillfeather shuts the bridge.</p>",
    "world/quay.html": b"<p>The quay is long.</p>",
    "world/copy.html": b"<p>The quay is long.</p>",  # the same bytes at another address
    "assets/style.aa.css": b"p{margin:0}",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
}
NEW = {
    **{path: data for path, data in OLD.items() if path not in ("world/quay.html", "assets/style.aa.css")},
    "index.html": b"<link href=/assets/style.bb.css><a href=/world/pier.html>New</a>",
    "world/index.html": b"<p>One story, and another</p>",
    "world/ferry.html": b"<p>The ferry sails at ten.</p>",  # corrected
    "withdrawn/1.html": b"<p>This story has been withdrawn.</p>",  # for bridge.html, which was killed
    "world/pier.html": b"<p>The quay is long.</p>",  # quay.html has moved
    "assets/style.bb.css": b"p{margin:1px}",
    "_redirects": b"/world/bridge.html /withdrawn/1.html 410!\n/world/quay.html /world/pier.html 301\n",
}
del NEW["world/bridge.html"]
KILLED = (Withdrawn("world/bridge.html"),)


@dataclass
class Newsroom:
    """A double, and the computer from which somebody publishes to it."""

    double: NetlifyDouble
    time: FakeTime
    token: str = SECRET
    told: list[str] = field(default_factory=list)  # what was raised

    def target(self) -> NetlifyTarget:
        """The target, as a new process opens it."""
        env = {"NETLIFY_AUTH_TOKEN": self.token, "NETLIFY_API_URL": self.double.api}
        computer = surroundings(self.time, env)
        return open_target(TargetSettings("live", "netlify", site=self.double.name), Settings("T", "U"), computer)

    def publish(
        self, files: dict[str, bytes], withdrawn: tuple[Withdrawn, ...] = (), *, forget: bool = False
    ) -> Published:
        """Publish as the command does, in a process of its own."""
        target, release, computer = self.target(), release_with(files), surroundings(self.time)
        plan = make_plan(target, release, computer, is_forced=False)
        perform(target, plan, computer, NO_PROGRESS)
        return tidy(target, release, withdrawn, computer, may_forget=forget)

    def shown(self) -> dict[str, bytes]:
        """What readers get at the site, by path; without our manifest."""
        deploy = self.double.deploys.get(self.double.published)
        files = self.double.files_of(deploy) if deploy else {}
        return {path: data for path, data in files.items() if path != manifests.PATH}


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    time = FakeTime()
    with NetlifyDouble(token=SECRET, clock=time.now) as double:
        yield Newsroom(double, time)


def test_the_first_publication_and_the_second_of_the_same(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    assert newsroom.shown() == OLD
    puts = newsroom.double.puts()
    assert sorted(puts) == sorted([*(OLD.keys() - {"world/quay.html"}), manifests.PATH])  # one file a digest
    before = len(newsroom.double.asked)
    newsroom.publish(OLD)
    assert newsroom.double.puts(before) == []
    assert all(ask.method == "GET" for ask in newsroom.double.asked[before:])


def test_one_corrected_one_killed_one_deleted_one_renamed(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    before = len(newsroom.double.asked)
    newsroom.publish(NEW)
    changed = {path for path, data in NEW.items() if data not in OLD.values()}
    assert set(newsroom.double.puts(before)) == changed | {manifests.PATH}
    assert newsroom.shown() == NEW
    site = newsroom.double.deploys[newsroom.double.published].port
    assert newsroom.double.serve(site, "/world/bridge.html", takes_gzip=False).status == 410
    assert newsroom.double.serve(site, "/world/quay.html", takes_gzip=False).headers["Location"] == "/world/pier.html"
