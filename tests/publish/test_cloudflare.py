"""Publishing to Cloudflare, against the double of its API that Cloudflare's own client deploys to."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import SystemFault, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.cloudflare import CloudflareTarget, open_target
from newsgen.publish.protocol import Publication, Surroundings
from newsgen.publish.run import Published, make_plan, perform, put_back, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.cloudflare_double import ACCOUNT, CloudflareDouble
from tests.support.loopback import Answer, Fault, read
from tests.support.publications import Reader
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
    account: str = ACCOUNT
    timeout_s: float = 10.0

    def computer(self, token: str = SECRET) -> Surroundings:
        env = {"CLOUDFLARE_API_TOKEN": token, "CLOUDFLARE_API_BASE_URL": self.double.api}
        return surroundings(self.time, env, self.timeout_s)

    def target(self) -> CloudflareTarget:
        """The target, as a new process opens it."""
        settings = TargetSettings("live", "cloudflare", account=self.account, project="archive")
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


# --- what goes wrong ---

_FAULTS = {
    "429": Fault.TOO_MANY,
    "500": Fault.SERVER_ERROR,
    "401": Fault.UNAUTHORISED,
    "time-out": Fault.TIME_OUT,
    "cut": Fault.CUT,
    "cut-after": Fault.CUT_AFTER,
    "expired": Fault.CALL,  # an hour passes
    "killed": Fault.CUT,  # nobody is reached from then on
    "killed-after": Fault.CUT_AFTER,
}
LIKE_OTHERS = ("500", "cut", "401", "killed-after")  # enough in the long suite
REQUESTS = 15  # of a publication of NEW over OLD, and what is looked up after it


def plan_fault(double: CloudflareDouble, kind: str, number: int) -> None:
    """Have the nth request from now on go wrong."""
    first = len(double.server.requests) + number
    double.server.faults[first] = _FAULTS[kind]
    if kind.startswith("killed"):
        double.server.faults |= dict.fromkeys(range(first + 1, first + 200), Fault.CUT)
    double.server.call = lambda: setattr(double, "now", double.now + 3_601)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.long) if kind in LIKE_OTHERS else kind for kind in _FAULTS]
)
def test_readers_see_the_old_site_or_the_new_one_and_the_next_run_completes(kind: str, newsroom: Newsroom) -> None:
    """With a fault at each request of a publication: 135 points with all kinds."""
    newsroom.timeout_s = 0.2 if kind == "time-out" else 10.0
    old, new = ({path: data for path, data in files.items() if path[0] != "_"} for files in (OLD, NEW))
    for number in range(1, REQUESTS + 1):
        with CloudflareDouble(token=SECRET, bucket_files=2) as double:
            newsroom.double = double
            newsroom.publish(OLD)
            before = len(double.server.requests)
            plan_fault(double, kind, number)
            with Reader(newsroom.page, old, new, is_whole=True) as reader:
                failed = None
                try:
                    newsroom.publish(NEW, KILLED)
                except SystemFault as fault:
                    failed = fault
                double.server.faults.clear()
                newsroom.publish(NEW, KILLED)
            assert len(double.server.requests) - before >= REQUESTS
            assert reader.findings == [], number
            assert len(double.ever) == 2, number  # versions: one of which no answer came is not made again
            assert {path: newsroom.page(path) for path in new} == new
            assert newsroom.get("/world/bridge.html").status == 410
            assert failed is None or SECRET not in "".join(traceback.format_exception(failed)), number
            if kind != "401":  # with a token for uploads it is only over
                assert (failed is not None) == kind.startswith("killed"), (number, failed)


def sessions(double: CloudflareDouble) -> int:
    return sum(request.path.endswith("/assets-upload-session") for request in double.server.requests)


@pytest.mark.parametrize(("kind", "count"), [("expired", 2), ("time-out", 2), ("500", 1), ("cut", 1), ("cut-after", 1)])
def test_a_new_session_after_an_hour_or_a_time_out_sends_only_the_rest(
    kind: str, count: int, newsroom: Newsroom
) -> None:
    newsroom.timeout_s = 0.3
    plan_fault(newsroom.double, kind, 5)  # two look, one begins, the fourth is an upload
    newsroom.publish(OLD)
    assert sessions(newsroom.double) == count
    assert newsroom.page("index.html") == OLD["index.html"]
    if kind != "cut-after":
        assert len(newsroom.double.uploads) == len(set(newsroom.double.uploads))


def test_what_was_sent_is_not_kept_in_memory(newsroom: Newsroom) -> None:
    target = newsroom.target()
    run_whole(newsroom, target)
    assert base64.b64encode(OLD["index.html"]).decode() not in repr(vars(target))


# --- what earlier versions hold ---


def test_a_publication_turns_off_the_addresses_of_versions(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.double.workers["archive"].has_previews = True
    assert b"Quillfeather" in newsroom.get("/world/bridge.html", newsroom.version_host(0)).body
    published = newsroom.publish(NEW, KILLED)
    assert newsroom.get("/world/bridge.html", newsroom.version_host(0)).status == 404
    assert published.leftovers == ()
    assert [note.rule for note in published.notes] == ["publish-cloudflare-versions"]
    assert newsroom.publish(NEW, KILLED).notes == ()


def test_versions_whose_addresses_somebody_turned_on_are_named_and_forgotten(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.publish(NEW, KILLED)
    newsroom.double.workers["archive"].has_previews = True
    (leftover,) = newsroom.publish(NEW, KILLED).leftovers
    assert leftover.publication.place == f"https://{newsroom.version_host(0)}"
    assert leftover.paths == ("world/bridge.html",)
    published = newsroom.publish(NEW, KILLED, forget=True)
    assert [each.key for each in published.forgotten] == [newsroom.double.ever[0].id]
    for number in range(len(newsroom.double.ever)):  # deleted ones too: Cloudflare serves them all the same
        assert newsroom.get("/world/bridge.html", newsroom.version_host(number)).status == 404
    assert [version.id for version in newsroom.double.workers["archive"].versions] == [newsroom.double.ever[1].id]


def test_going_back_passes_over_what_holds_a_killed_story(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    newsroom.publish(NEW, KILLED)
    newsroom.publish(NEW | {"world/ferry.html": b"<p>The ferry sails at eleven.</p>"}, KILLED)
    now = release_with(NEW).manifest
    chosen = put_back(newsroom.target(), now, KILLED, "", newsroom.computer())
    assert chosen.key == newsroom.double.ever[1].id
    assert newsroom.page("world/ferry.html") == NEW["world/ferry.html"]
    assert newsroom.target().standing().manifest == now
    with pytest.raises(UsageError) as refused:
        put_back(newsroom.target(), now, KILLED, newsroom.double.ever[0].id, newsroom.computer())
    assert refused.value.problems[0].rule == "publish-holds-withdrawn"


def test_a_version_that_is_none_is_not_put_back(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    gone = Publication("7b0e4c1a-0000-4000-8000-000000000000", "nowhere", None)
    with pytest.raises(SystemFault) as refused:
        newsroom.target().put_back(gone)
    assert refused.value.problems[0].values == ("404 (code 10210)", "POST")


def test_retained_assets_are_refused(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    version = newsroom.double.ever[0]
    kept = replace(version, config={**version.config, "retention": {"enabled": True}})
    newsroom.double.workers["archive"].versions = [kept]
    with pytest.raises(UsageError) as refused:
        newsroom.publish(NEW)
    assert refused.value.problems[0].rule == "publish-cloudflare-retention"
    assert newsroom.page("world/ferry.html") == OLD["world/ferry.html"]


# --- accounts and Workers ---


def test_a_worker_that_somebody_else_made_is_in_the_way(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    theirs = replace(newsroom.double.ever[0], modules={}, annotations={})
    newsroom.double.workers["archive"].versions = [theirs]
    target, release = newsroom.target(), release_with(NEW)
    assert make_plan(target, release, newsroom.computer(), is_forced=False).in_the_way == ("index.html",)
    perform(target, make_plan(target, release, newsroom.computer(), is_forced=True), newsroom.computer(), NO_PROGRESS)
    assert newsroom.page("world/ferry.html") == NEW["world/ferry.html"]


def test_a_version_of_ours_whose_manifest_cloudflare_does_not_tell_is_published_over(newsroom: Newsroom) -> None:
    """Then all counts as new; what is there already is not sent again."""
    newsroom.publish(OLD)
    newsroom.double.workers["archive"].versions = [replace(newsroom.double.ever[0], modules={})]
    before = len(newsroom.double.uploads)
    newsroom.publish(OLD)
    assert len(newsroom.double.uploads) == before
    assert newsroom.target().standing().manifest == release_with(OLD).manifest


def test_where_readers_find_it(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    assert newsroom.target().urls == ()
    assert not newsroom.double.workers["archive"].has_subdomain
    newsroom.double.domains = {"archive.example": "archive", "shop.example": "shop"}
    assert newsroom.target().urls == ("https://archive.example",)
    newsroom.base_url = "https://archive.example/wire"
    assert newsroom.target().urls == ("https://archive.example/wire",)
    newsroom.base_url = "https://archive.archive-desk.workers.dev"
    assert newsroom.target().urls == (newsroom.base_url,)
    newsroom.publish(NEW)
    assert newsroom.get("/", "archive.archive-desk.workers.dev").body == NEW["index.html"]


def test_more_files_than_a_free_account_takes_are_refused_before_anything_is_sent(newsroom: Newsroom) -> None:
    newsroom.publish(OLD)
    with pytest.raises(UsageError) as refused:
        newsroom.publish(OLD | {f"notes/{number}.html": b"<p>Note</p>" for number in range(20_000)})
    (problem,) = refused.value.problems
    assert problem.rule == "publish-files"
    assert problem.values[0] == "20,010"
    assert newsroom.get("/notes/1.html").status == 404


def test_an_account_that_is_none(newsroom: Newsroom) -> None:
    newsroom.account = "northern-wire"
    with pytest.raises(UsageError) as refused:
        newsroom.publish(OLD)
    assert [show(problem) for problem in refused.value.problems] == [
        "the Worker archive at Cloudflare: Cloudflare has no account northern-wire, or the token may not see it. "
        "Its id of 32 digits and letters stands in the dashboard, under Workers & Pages."
    ]


def test_without_a_token_nothing_is_asked(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError) as refused:
        CloudflareTarget(ACCOUNT, "archive", newsroom.base_url, surroundings(newsroom.time))
    assert refused.value.problems[0].rule == "publish-no-token"
    assert newsroom.double.server.requests == []


def run_whole(newsroom: Newsroom, target: CloudflareTarget) -> None:
    release, computer = release_with(OLD), newsroom.computer()
    perform(target, make_plan(target, release, computer, is_forced=False), computer, NO_PROGRESS)
    tidy(target, release, KILLED, computer, may_forget=True)


def everything_of(error: BaseException | None) -> Iterator[str]:
    """What can be shown of an error, and of those that it came from, shown or not."""
    while error is not None:
        yield from (repr(error), *traceback.format_exception(error))
        error = error.__context__


@pytest.mark.parametrize("at", range(1, 13))
def test_no_message_has_a_token(at: int, newsroom: Newsroom) -> None:
    """Neither ours nor those for uploads, whatever is raised at any request."""
    for fault in (Fault.UNAUTHORISED, Fault.SERVER_ERROR, Fault.CUT):
        with CloudflareDouble(token=SECRET) as double:
            newsroom.double = double
            double.server.faults = dict.fromkeys(range(at, at + 200), fault)
            target = newsroom.target()
            with pytest.raises(SystemFault) as raised:
                run_whole(newsroom, target)
            shown = [*map(show, raised.value.problems), *everything_of(raised.value), repr(vars(target))]
            tokens = [SECRET, *double.sessions, *double.complete]
            assert [token for token in tokens if any(token in text for text in shown)] == []
