"""Publishing to Netlify, against the double of its API that Netlify's own client deploys to (tests/clients/)."""

from __future__ import annotations

import http.client
import json
import logging
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha1

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.netlify import NetlifyTarget, open_target
from newsgen.publish.protocol import Surroundings
from newsgen.publish.release import RULE_FILES
from newsgen.publish.run import Published, make_plan, perform, put_back, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.netlify_double import Asked, Deploy, Fault, Kind, NetlifyDouble
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
_GONE = ("world/quay.html", "world/bridge.html", "assets/style.aa.css")
NEW = {
    **{path: data for path, data in OLD.items() if path not in _GONE},
    "index.html": b"<link href=/assets/style.bb.css><a href=/world/pier.html>New</a>",
    "world/index.html": b"<p>One story, and another</p>",
    "world/ferry.html": b"<p>The ferry sails at ten.</p>",  # corrected
    "withdrawn/1.html": b"<p>This story has been withdrawn.</p>",  # for bridge.html, which was killed
    "world/pier.html": b"<p>The quay is long.</p>",  # quay.html has moved
    "assets/style.bb.css": b"p{margin:1px}",
    "_redirects": b"/world/bridge.html /withdrawn/1.html 410!\n/world/quay.html /world/pier.html 301\n",
}
KILLED = (Withdrawn("world/bridge.html"),)


def version(number: int) -> dict[str, bytes]:
    """A site of which every file differs from that of another number."""
    names = ("index.html", "404.html", "world/index.html", "world/ferry.html", "world/pier.html", "assets/style.css")
    return {name: f"{name} of {number}".encode() for name in names}


@dataclass
class Newsroom:
    """A double, and the computer from which somebody publishes to it."""

    double: NetlifyDouble
    time: FakeTime
    token: str = SECRET
    timeout_s: float = 10.0
    site: str = "northern-wire"
    seen: list[dict[str, bytes]] = field(default_factory=list)  # what readers saw after each request, without repeats

    def computer(self) -> Surroundings:
        env = {"NETLIFY_AUTH_TOKEN": self.token, "NETLIFY_API_URL": self.double.api}
        return surroundings(self.time, env, self.timeout_s)

    def target(self) -> NetlifyTarget:
        """The target, as a new process opens it."""
        return open_target(TargetSettings("live", "netlify", site=self.site), Settings("T", "U"), self.computer())

    def publish(
        self,
        files: dict[str, bytes],
        withdrawn: tuple[Withdrawn, ...] = (),
        *,
        forget: bool = False,
        is_forced: bool = False,
    ) -> Published:
        """Publish as the command does, in a process of its own."""
        target, release, computer = self.target(), release_with(files), self.computer()
        perform(target, make_plan(target, release, computer, is_forced=is_forced), computer, NO_PROGRESS)
        return tidy(target, release, withdrawn, computer, may_forget=forget)

    def fails(self, files: dict[str, bytes]) -> str:
        """What a publication that fails says; with the traceback, no secret."""
        with pytest.raises((SystemFault, UsageError)) as raised:
            self.publish(files)
        assert SECRET not in "".join(traceback.format_exception(raised.value))
        return "\n".join(map(show, raised.value.problems))

    def shown(self) -> dict[str, bytes]:
        """What stands at the site, by path; without our manifest."""
        deploy = self.double.deploys.get(self.double.published)
        files = self.double.files_of(deploy) if deploy else {}
        return {path: data for path, data in files.items() if path != manifests.PATH}

    def watch(self) -> None:
        """Keep what readers see after each request from now on."""
        self.seen = [self.shown()]

        def look() -> None:
            if self.shown() != self.seen[-1]:
                self.seen.append(self.shown())

        self.double.after_each = look

    def readable(self, path: str) -> list[str]:
        """The addresses, of the site and of every deploy there ever was, at which a path can be read."""
        found = []
        for port in self.double.ports:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            line.request("GET", f"/{path}")
            answer = line.getresponse()
            if answer.status == 200:
                found.append(f"http://127.0.0.1:{port}/{path}")
            answer.read()
            line.close()
        return found


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    time = FakeTime()
    with NetlifyDouble(token=SECRET, clock=time.now) as double:
        double.limits = (100_000, 100_000)
        yield Newsroom(double, time)


# --- what is sent ---


def test_the_first_publication_and_the_same_again(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    assert newsroom.shown() == OLD
    once = OLD.keys() - {"world/quay.html"}  # the same bytes as copy.html
    assert sorted(newsroom.double.puts()) == sorted([*once, manifests.PATH])
    before = len(newsroom.double.asked)
    newsroom.publish(OLD)
    assert [ask for ask in newsroom.double.asked[before:] if ask.method != "GET"] == []


def test_one_corrected_one_killed_one_deleted_one_renamed(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    before = len(newsroom.double.asked)
    newsroom.publish(NEW)
    changed = {path for path, data in NEW.items() if data not in OLD.values()}
    assert set(newsroom.double.puts(before)) == changed | {manifests.PATH}
    assert newsroom.shown() == NEW
    port = newsroom.double.deploys[newsroom.double.published].port
    assert newsroom.double.serve(port, "/world/bridge.html", takes_gzip=False).status == 410
    assert newsroom.double.serve(port, "/world/quay.html", takes_gzip=False).headers["Location"] == "/world/pier.html"


def test_names_are_escaped_as_netlify_reads_them(newsroom: Newsroom) -> None:
    odd = {"Åland & isles+@=.html": b"1", "100%.html": b"2", "a b/c;d,e.html": b"3", "it's(1)!.html": b"4"}
    newsroom.publish(OLD | odd)
    assert newsroom.shown() == OLD | odd
    assert set(odd) <= set(newsroom.double.puts())
    assert "Rename it in static/" in newsroom.fails(OLD | {"what?.html": b"5"})


def test_more_than_a_hundred_files_are_compared_in_the_background(newsroom: Newsroom) -> None:
    files = OLD | {f"notes/{number}.html": f"<p>{number}</p>".encode() for number in range(120)}
    newsroom.publish(files)
    assert newsroom.shown() == files
    assert [ask.json["async"] for ask in newsroom.double.asked if ask.method == "POST"] == [True]


def test_it_waits_as_long_as_the_host_asks(newsroom: Newsroom) -> None:
    """With 40 requests a minute: 120 files take some minutes, and none is lost."""
    newsroom.double.limits = (40, 3)
    files = OLD | {f"notes/{number}.html": f"<p>{number}</p>".encode() for number in range(120)}
    newsroom.publish(files)
    assert newsroom.shown() == files
    assert sum(newsroom.time.slept) > 120
    assert max(newsroom.time.slept) <= 60


def test_more_than_three_deploys_a_minute_wait(newsroom: Newsroom) -> None:
    newsroom.double.limits = (100_000, 3)
    for number in range(5):
        newsroom.publish(version(number))
    assert newsroom.shown() == version(4)
    assert len(newsroom.double.deploys) == 5
    assert min(wait for wait in newsroom.time.slept if wait != 2) >= 20  # 2: polls


# --- what readers see meanwhile ---


def requests_of_one(newsroom: Newsroom) -> int:
    newsroom.publish(version(0))
    before = len(newsroom.double.asked)
    newsroom.publish(version(1))
    return len(newsroom.double.asked) - before


def assert_seen(newsroom: Newsroom, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Readers saw the old site, or the new one, or one after the other."""
    assert newsroom.seen in ([old], [old, new]), [seen.get("index.html") for seen in newsroom.seen]


@pytest.mark.parametrize("kind", ["429", "500", "502", "cut", "cut-after"])
def test_a_fault_at_any_request_is_got_over(newsroom: Newsroom, kind: Kind) -> None:
    count = requests_of_one(newsroom)
    for at in range(1, count + 1):
        newsroom.watch()
        newsroom.double.fail(Fault(kind, at))
        newsroom.publish(version(at + 1))
        assert_seen(newsroom, version(at), version(at + 1))
        assert newsroom.shown() == version(at + 1), at


def test_no_answer_to_a_request_is_got_over(newsroom: Newsroom) -> None:
    count = requests_of_one(newsroom)
    newsroom.timeout_s = 0.2
    for number, at in enumerate(range(1, count + 1), 2):
        newsroom.double.fail(Fault("hang", at))
        newsroom.publish(version(number))
        assert newsroom.shown() == version(number), at


@pytest.mark.parametrize("kind", ["422", "429", "500", "html", "cut", "killed", "expired"])
def test_after_a_publication_that_failed_anywhere_the_next_one_completes(newsroom: Newsroom, kind: str) -> None:
    """Killed: a request is done, and the host hears no more of it. A failed publication deletes no deploy."""
    count = requests_of_one(newsroom)
    old = version(1)
    for at in range(1, count + 1):
        newsroom.watch()
        new, deploys = version(at + 1), set(newsroom.double.deploys)
        match kind:
            case "killed":
                newsroom.double.fail(Fault("cut-after", at), Fault("cut", at + 1, 1000))
            case "422" | "429" | "500" | "html" | "cut":
                newsroom.double.fail(Fault(kind, at, 1000))
            case _:
                newsroom.double.fail(Fault("expired", at))
        with pytest.raises(SystemFault):
            newsroom.publish(new)
        assert deploys <= set(newsroom.double.deploys)
        newsroom.double.fail()
        newsroom.double.token = SECRET
        newsroom.double.settle()
        assert_seen(newsroom, old, new)
        newsroom.publish(new)
        assert newsroom.shown() == new, at
        old = new


def test_an_interrupted_publication_goes_on_where_it_stopped(newsroom: Newsroom) -> None:
    for tells_all in (False, True):  # of what is missing: at first, or still
        newsroom.double.tells_all_required = tells_all
        files = version(10 + tells_all)
        newsroom.double.fail(Fault("500", 10, 1000))
        newsroom.fails(files)
        newsroom.double.fail()
        before, done = len(newsroom.double.asked), len(newsroom.double.uploaded)
        newsroom.publish(files)
        assert newsroom.shown() == files
        assert [ask for ask in newsroom.double.asked[before:] if ask.method == "POST"] == []  # the same deploy
        if not tells_all:
            assert done > 0
            assert len(newsroom.double.uploaded) == len(set(newsroom.double.uploaded))


def test_a_deploy_that_a_killed_run_left_does_not_come_after_a_newer_one(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.double.fail(Fault("500", 9, 1000))
    newsroom.fails(version(1))
    newsroom.double.fail()
    newsroom.publish(NEW)
    newsroom.double.settle()
    assert newsroom.shown() == NEW
    assert Counter(deploy.state for deploy in newsroom.double.deploys.values()) == {"ready": 2, "error": 1}


def test_a_deploy_that_somebody_cancelled_is_begun_again(newsroom: Newsroom) -> None:
    def cancel() -> None:
        for deploy in newsroom.double.deploys.values():
            if len(newsroom.double.puts()) == 3 and deploy.state == "uploading":
                deploy.state, deploy.files = "error", {}

    newsroom.double.after_each = cancel
    newsroom.publish(OLD)
    assert newsroom.shown() == OLD


# --- after a kill ---


def test_what_was_killed_is_named_and_forgotten(newsroom: Newsroom) -> None:
    newsroom.publish(version(1))
    newsroom.publish(OLD)
    old = newsroom.double.address_of(newsroom.double.deploys[newsroom.double.published])
    published = newsroom.publish(NEW, KILLED)
    assert [left.publication.place for left in published.leftovers] == [old]
    assert newsroom.readable("world/bridge.html") == [f"{old}/world/bridge.html"]
    published = newsroom.publish(NEW, KILLED, forget=True)
    assert [each.place for each in published.forgotten] == [old]
    assert newsroom.readable("world/bridge.html") == []
    assert newsroom.readable("world/ferry.html") != []  # of version 1, which holds nothing of it
    assert newsroom.publish(NEW, KILLED).leftovers == ()


def test_deploys_from_long_after_the_kill_are_not_looked_into(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.time.sleep(100)
    killed = (Withdrawn("world/bridge.html", int(newsroom.time.now())),)
    for number in range(3):
        newsroom.time.sleep(8 * 86_400)
        newsroom.publish(version(number), killed)
    old, *newer, standing = (deploy.port for deploy in newsroom.double.deploys.values())
    newsroom.double.read.clear()
    published = newsroom.publish(version(2), killed)
    assert [left.publication.key for left in published.leftovers] == [next(iter(newsroom.double.deploys))]
    assert Counter(port for port, _target in newsroom.double.read) == {standing: 2, old: 1}
    assert len(newer) == 2


def test_forgetting_goes_on_after_a_failure(newsroom: Newsroom) -> None:
    for number in range(3):
        newsroom.publish(OLD | {"index.html": b"%d" % number})
    newsroom.publish(NEW)
    many = len(newsroom.double.deploys)

    def fail_after_one() -> None:
        if len(newsroom.double.deploys) < many and not newsroom.double.faults:
            newsroom.double.fail(Fault("500", 1, 1000))

    newsroom.double.after_each = fail_after_one
    with pytest.raises(SystemFault):
        newsroom.publish(NEW, KILLED, forget=True)
    assert len(newsroom.double.deploys) == many - 1
    newsroom.double.after_each = lambda: None
    newsroom.double.fail()
    newsroom.publish(NEW, KILLED, forget=True)
    assert newsroom.readable("world/bridge.html") == []
    assert newsroom.shown() == NEW


def test_a_deploy_without_our_manifest_may_hold_anything(newsroom: Newsroom) -> None:
    """One that another client made, and a draft; both are in the list, in which a hundred stand on a page."""
    by_hand = foreign_deploy(newsroom, {"index.html": b"<p>By hand</p>"})
    for number in range(120):
        draft = replace(by_hand, id=f"{number:024}", draft=True)
        newsroom.double.deploys[draft.id] = draft
    publications = newsroom.target().publications()
    assert len(publications) == 121
    assert [each.manifest for each in publications] == [None] * 121
    assert [each.can_put_back for each in publications] == [False] * 120 + [True]


def test_behind_a_password_every_earlier_deploy_may_hold_anything(newsroom: Newsroom) -> None:
    newsroom.double.has_password = True
    newsroom.publish(OLD)
    published = newsroom.publish(NEW, KILLED)
    assert newsroom.shown() == NEW
    assert [left.paths for left in published.leftovers] == [()]
    before = len(newsroom.double.uploaded)
    newsroom.publish(NEW, KILLED, forget=True)
    assert len(newsroom.double.deploys) == 1
    assert len(newsroom.double.uploaded) == before


# --- going back ---


def test_the_last_publication_is_put_back(newsroom: Newsroom) -> None:
    newsroom.publish(version(1))
    newsroom.publish(version(2))
    before = len(newsroom.double.asked)
    now = release_with(version(2)).manifest
    put_back(newsroom.target(), now, (), "", newsroom.computer())
    assert newsroom.shown() == version(1)
    assert newsroom.double.puts(before) == []
    newsroom.publish(version(2))
    assert newsroom.shown() == version(2)


def test_what_was_killed_is_not_put_back(newsroom: Newsroom) -> None:
    newsroom.publish(version(1))
    newsroom.publish(OLD)
    newsroom.publish(NEW)
    put_back(newsroom.target(), release_with(NEW).manifest, KILLED, "", newsroom.computer())
    assert newsroom.shown() == version(1)


# --- what others put there ---


def foreign_deploy(newsroom: Newsroom, files: dict[str, bytes], *, draft: bool = False) -> Deploy:
    """A deploy that another client made."""
    double = newsroom.double
    headers = {"authorization": f"Bearer {SECRET}", "content-type": "application/json"}
    sent = {"files": {path: sha1(data).hexdigest() for path, data in files.items()}, "draft": draft}
    body = json.dumps(sent).encode()
    _fault, (status, told, _more) = double.ask(Asked("POST", f"/sites/{double.site_id}/deploys", {}, headers, body))
    assert status == 200
    for path, data in files.items():
        asked = Asked("PUT", f"/deploys/{told['id']}/files/{path}", {}, {"authorization": f"Bearer {SECRET}"}, data)
        double.ask(asked)
    double.settle()
    return double.deploys[told["id"]]


def test_files_of_others_stay(newsroom: Newsroom) -> None:
    others = {"google-1f3.html": b"google", "ads/ad.txt": b"ad"}
    foreign_deploy(newsroom, others | {"netlify.toml": b"", "_headers": b""})
    for files in (OLD, NEW):
        assert newsroom.target().standing().foreign == ("ads/ad.txt", "google-1f3.html")
        newsroom.publish(files)
        assert newsroom.shown() == files | others
    newsroom.publish(OLD | {"ads/ad.txt": b"ours"}, is_forced=True)
    assert newsroom.shown() == OLD | {"ads/ad.txt": b"ours", "google-1f3.html": b"google"}


def test_another_site_is_replaced_only_if_that_is_asked_for(newsroom: Newsroom) -> None:
    """Its pages may hold what has been withdrawn since: one that Netlify has built itself, say."""
    foreign_deploy(newsroom, OLD)
    target, computer = newsroom.target(), newsroom.computer()
    plan = make_plan(target, release_with(NEW), computer, is_forced=False)
    assert set(plan.in_the_way) == OLD.keys() & NEW.keys() - set(RULE_FILES)
    published = newsroom.publish(NEW, KILLED, is_forced=True)
    assert newsroom.shown() == NEW
    assert newsroom.target().standing().foreign == ()
    assert [left.paths for left in published.leftovers] == [()]  # the other site's deploy may hold anything


# --- what is refused ---


def test_what_is_refused_is_said(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.double.deploys[newsroom.double.published].locked = True
    assert "The published deploy is locked" in newsroom.fails(NEW)
    newsroom.double.deploys[newsroom.double.published].locked = False
    newsroom.site = "another-site"
    assert "no site another-site" in newsroom.fails(NEW)
    newsroom.site, newsroom.token = newsroom.double.site_id, "an old token"
    assert "refused the token" in newsroom.fails(NEW)
    newsroom.token = ""
    with pytest.raises(UsageError) as raised:
        newsroom.target()
    assert raised.value.problems == (
        Problem("publish-no-token", "Netlify's site " + newsroom.site, values=("NETLIFY_AUTH_TOKEN",)),
    )
    newsroom.token = SECRET

    def give_up() -> None:
        for deploy in newsroom.double.deploys.values():
            if deploy.state == "processing":
                deploy.state = "error"

    newsroom.double.after_each = give_up
    assert "Netlify gave the deploy up" in newsroom.fails(NEW)
    assert newsroom.shown() == OLD


def test_a_site_that_netlify_builds_too_is_told(newsroom: Newsroom) -> None:
    assert newsroom.publish(OLD).notes == ()
    newsroom.double.build_settings = {"repo_url": "https://git.example/archive", "stop_builds": False}
    assert [note.rule for note in newsroom.publish(OLD).notes] == ["publish-netlify-builds"]
    newsroom.double.build_settings["stop_builds"] = True
    assert newsroom.publish(OLD).notes == ()


def test_the_addresses_of_a_site(newsroom: Newsroom) -> None:
    assert newsroom.target().urls == (newsroom.double.url, "https://northern-wire.netlify.app")


def test_the_token_is_in_no_log(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    newsroom.publish(OLD)
    for kind in ("500", "cut", "expired"):
        newsroom.double.fail(Fault(kind, 3, 1000))
        assert SECRET not in newsroom.fails(NEW)
    assert SECRET not in caplog.text
    assert SECRET not in repr(vars(newsroom.target()))
