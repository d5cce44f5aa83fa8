"""A bucket that keeps versions: what can still be read after a kill, what is forgotten, what is put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from newsgen.model.errors import SystemFault, UsageError
from newsgen.publish import manifest as manifests
from newsgen.publish.run import perform, put_back
from newsgen.publish.s3.target import UNFINISHED, S3Target
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import EVERYTHING, Withdrawn
from tests.support.fault_proxy import ClockedProxy, FaultProxy
from tests.support.loopback import Answer, Fault, Request
from tests.support.publishing import FakeTime, surroundings
from tests.support.s3_servers import Store, StoreBucket
from tests.support.s3_site import KILLED, NEW, OLD, plan_of, publish, release, served

SECRET = b"Quillfeather"  # a word of the killed story, which the old home page has not


@pytest.fixture
def clock(moto: Store) -> Iterator[ClockedProxy]:
    with ClockedProxy(moto.address) as proxy:
        yield proxy


@pytest.fixture
def bucket(moto: Store, clock: ClockedProxy) -> ClockedBucket:
    """A bucket at the proxy, whose clock ticks whenever a target is opened."""
    bucket = moto.bucket("archive", keeps_versions=True)
    return ClockedBucket(clock.address, bucket.name, bucket.prefix, clock)


@dataclass
class ClockedBucket(StoreBucket):
    clock: ClockedProxy | None = None
    is_frozen: bool = False  # the clock stands still

    def target(self, endpoint: str = "", time: FakeTime | None = None, timeout_s: float = 10.0) -> S3Target:
        if self.clock and not self.is_frozen:
            self.clock.tick()
        return super().target(endpoint, time, timeout_s)


def with_word(bucket: StoreBucket, word: bytes) -> list[str]:
    """The paths of which any version, now or earlier, has a word."""
    rows = (row for row in bucket.owner.versions() if not row.is_deletion)
    answers = ((row.key, bucket.owner.get(row.key, row.id)) for row in rows)
    return sorted({path for path, answer in answers if answer and word in answer.data})


def test_after_a_kill_the_story_is_named_where_it_can_be_read(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    published = publish(bucket.target(), NEW, KILLED)
    assert with_word(bucket, SECRET) == ["world/bridge.html"]
    (left,) = published.leftovers
    assert left.paths == ("world/bridge.html",)
    assert left.publication.place.startswith(f"the bucket s3://{bucket.name}/archive, versions of 20")
    assert published.forgotten == ()


def test_with_forget_no_version_of_it_is_left(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    published = publish(bucket.target(), NEW, KILLED, forget=True)
    assert len(published.forgotten) == 1
    assert with_word(bucket, SECRET) == []
    assert bucket.shown() == served(NEW)
    assert publish(bucket.target(), NEW, KILLED).leftovers == ()


def test_what_only_a_killed_run_put_is_forgotten_too(bucket: StoreBucket) -> None:
    """The story was put, and killed before any publication of it was finished."""
    publish(bucket.target(), {"index.html": b"Home"})
    with FaultProxy(bucket.address) as proxy:
        target = bucket.target(proxy.address)
        plan = plan_of(target, OLD)
        proxy.start(dict.fromkeys(range(9, 90), Fault.SERVER_ERROR))
        with pytest.raises(SystemFault):
            perform(target, plan, surroundings(FakeTime()), NO_PROGRESS)
    assert with_word(bucket, SECRET) == ["world/bridge.html"]
    published = publish(bucket.target(), NEW, KILLED)
    assert [left.paths for left in published.leftovers] == [("world/bridge.html",)]
    assert publish(bucket.target(), NEW, KILLED, forget=True).forgotten
    assert with_word(bucket, SECRET) == []
    assert [row for row in bucket.owner.versions() if row.key == UNFINISHED and not row.is_deletion] == []


def test_an_anonymised_name_may_stand_in_any_version(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    published = publish(bucket.target(), NEW, (Withdrawn(EVERYTHING),), forget=True)
    assert len(published.forgotten) == 1
    earlier = [row.key for row in bucket.owner.versions() if not row.is_latest and not row.is_deletion]
    assert earlier == []


def test_a_publication_before_the_killed_story_can_still_be_put_back(bucket: StoreBucket) -> None:
    first = {path: data for path, data in OLD.items() if path != "world/bridge.html"}
    first["index.html"] = b'<link href="/assets/style.aa.css"><p>Before</p>'
    publish(bucket.target(), first)
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW, KILLED, forget=True)
    target = bucket.target()
    put_back(target, release(NEW).manifest, KILLED, "", surroundings(FakeTime()))
    assert bucket.shown() == served(first)
    assert with_word(bucket, SECRET) == []


def test_the_last_publication_is_put_back_with_its_headers(bucket: StoreBucket) -> None:
    publish(bucket.target(), NEW)
    publish(bucket.target(), OLD)
    put_back(bucket.target(), release(OLD).manifest, (), "", surroundings(FakeTime()))
    assert bucket.shown() == served(NEW)
    assert bucket.target().mismatches(release(NEW), list(NEW)) == ()  # types, caches, the redirect
    assert bucket.target().standing().manifest == release(NEW).manifest


def test_one_that_holds_a_killed_story_is_not_put_back(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW, KILLED)
    target = bucket.target()
    key = next(each.key for each in target.publications() if not each.is_standing)
    for wanted in ("", key):
        with pytest.raises(UsageError):
            put_back(target, release(NEW).manifest, KILLED, wanted, surroundings(FakeTime()))
    assert bucket.shown() == served(NEW)


def test_what_was_put_twice_is_not_the_previous_publication(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW)
    target = bucket.target()
    perform(target, plan_of(target, NEW, is_forced=True), surroundings(FakeTime()), NO_PROGRESS)
    put_back(bucket.target(), release(NEW).manifest, (), "", surroundings(FakeTime()))
    assert bucket.shown() == served(OLD)


def test_two_publications_within_a_second(bucket: ClockedBucket) -> None:
    """Their times do not tell which came first: what was killed is found all the same, and forgotten."""
    target = bucket.target()
    publish(target, OLD)
    bucket.is_frozen = True
    assert publish(bucket.target(), NEW, KILLED).leftovers
    assert publish(bucket.target(), NEW, KILLED, forget=True).forgotten
    assert with_word(bucket, SECRET) == []
    assert bucket.shown() == served(NEW)


def test_foreign_objects_keep_their_versions(bucket: StoreBucket) -> None:
    for text in (b"First draft.", b"Second draft."):
        bucket.owner.put("notes/desk.txt", text, {})
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW, KILLED, forget=True)
    assert with_word(bucket, b"draft") == ["notes/desk.txt"]
    assert len([row for row in bucket.owner.versions() if row.key == "notes/desk.txt"]) == 2


def test_a_version_that_is_locked_is_named(bucket: StoreBucket) -> None:
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW)
    with Locked(bucket.address) as proxy, pytest.raises(SystemFault) as raised:
        publish(bucket.target(proxy.address), NEW, KILLED, forget=True)
    (problem,) = raised.value.problems
    assert problem.rule == "publish-s3-kept"
    assert problem.path.endswith("archive/world/bridge.html")
    assert problem.values == ("s3:DeleteObjectVersion", "AccessDenied")


class Locked(FaultProxy):
    """A store that deletes no version of the killed story."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        forward = self.loopback.answer

        def answer(request: Request) -> Answer:
            if request.method == "POST" and b"bridge.html" in request.body:
                rows = b"<Error><Key>archive/world/bridge.html</Key><Code>AccessDenied</Code></Error>"
                return Answer(200, b"<DeleteResult>" + rows + b"</DeleteResult>")
            return forward(request)

        self.loopback.answer = answer


@pytest.mark.parametrize("code", [b"AccessDenied", b"NotImplemented"])
def test_a_bucket_that_does_not_tell_whether_it_keeps_versions(bucket: StoreBucket, code: bytes) -> None:
    """Where the right is missing, everything may be there; a store that knows no versions has none."""
    publish(bucket.target(), OLD)
    with Untold(bucket.address, code) as proxy:
        published = publish(bucket.target(proxy.address), NEW, KILLED)
    places = [left.publication.place for left in published.leftovers]
    assert places == ([f"the bucket s3://{bucket.name}/archive, earlier versions"] if code == b"AccessDenied" else [])


class Untold(FaultProxy):
    """A store that does not say whether it keeps versions."""

    def __init__(self, upstream: str, code: bytes) -> None:
        super().__init__(upstream)
        forward = self.loopback.answer
        status = 403 if code == b"AccessDenied" else 501

        def answer(request: Request) -> Answer:
            told = Answer(status, b"<Error><Code>" + code + b"</Code></Error>")
            return told if "versioning" in request.query else forward(request)

        self.loopback.answer = answer


def test_more_than_a_thousand_versions_are_listed(bucket: StoreBucket) -> None:
    many = {f"world/{number}.html": b"%d" % number for number in range(520)}
    publish(bucket.target(), many)
    publish(bucket.target(), {path: data + b"." for path, data in many.items()})
    assert len([row for row in bucket.owner.versions() if row.key.endswith(".html")]) == 1_040


def test_the_manifest_keeps_a_version_for_each_finished_publication(bucket: StoreBucket) -> None:
    for files in (OLD, NEW, OLD):
        publish(bucket.target(), files)
    rows = [row for row in bucket.owner.versions() if row.key == manifests.PATH]
    assert len(rows) == 3
