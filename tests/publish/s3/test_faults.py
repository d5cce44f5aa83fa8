"""Faults at each request of a publication, while somebody reads: no page lacks its assets, nothing is lost."""

from __future__ import annotations

import pytest

from newsgen.model.errors import NewsgenError, SystemFault
from newsgen.publish.run import perform
from newsgen.publish.s3.target import UNFINISHED
from newsgen.publish.send import NO_PROGRESS
from tests.support.fault_proxy import FaultProxy
from tests.support.loopback import Answer, Fault, Request
from tests.support.publishing import FakeTime, surroundings
from tests.support.s3_servers import Store, StoreBucket
from tests.support.s3_site import NEW, OLD, plan_of, publish, reader, release, served

REQUESTS = 16  # of the publication of NEW over OLD: a test counts them
FEW = (1, 2, 3, 6, 12, 14, 16)  # of all its steps: from what is there to what is deleted at the end
EACH = [pytest.param(n, marks=() if n in FEW else pytest.mark.long) for n in range(1, REQUESTS + 1)]
PASSING = (
    Fault.CUT,
    Fault.CUT_AFTER,
    pytest.param(Fault.TOO_MANY, marks=pytest.mark.long),
    pytest.param(Fault.SERVER_ERROR, marks=pytest.mark.long),
)


@pytest.fixture
def bucket(moto: Store) -> StoreBucket:
    """With the old site in it."""
    bucket = moto.bucket()
    publish(bucket.target(), OLD)
    return bucket


def run(bucket: StoreBucket, proxy: FaultProxy | None = None, timeout_s: float = 10.0) -> None:
    """Publish the new site."""
    publish(bucket.target(proxy.address if proxy else "", timeout_s=timeout_s), NEW)


def test_how_many_requests_a_publication_takes(bucket: StoreBucket) -> None:
    with FaultProxy(bucket.address) as proxy:
        run(bucket, proxy)
        assert len(proxy.requests) == REQUESTS


@pytest.mark.parametrize("number", EACH)
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_not_noticed(bucket: StoreBucket, fault: Fault, number: int) -> None:
    with FaultProxy(bucket.address) as proxy, reader(bucket, OLD, NEW) as looking:
        proxy.start({number: fault})
        run(bucket, proxy)
    assert looking.findings == []
    assert bucket.shown() == served(NEW)


@pytest.mark.parametrize("number", FEW)
def test_a_store_that_does_not_answer(bucket: StoreBucket, number: int) -> None:
    with FaultProxy(bucket.address) as proxy, reader(bucket, OLD, NEW) as looking:
        proxy.start({number: Fault.TIME_OUT})
        run(bucket, proxy, timeout_s=1.0)
    assert looking.findings == []
    assert bucket.shown() == served(NEW)


class Expires(FaultProxy):
    """A store for which the token expires at the nth request; it answers as Amazon's does."""

    def __init__(self, upstream: str, number: int) -> None:
        super().__init__(upstream)

        def answer(request: Request) -> Answer:
            if len(self.requests) >= number:
                body = b"<Error><Code>ExpiredToken</Code><AWSAccessKeyId>AKIAPLANTED7EXAMPLE</AWSAccessKeyId></Error>"
                return Answer(400, body)
            return self.forward(request)

        self.loopback.answer = answer


@pytest.mark.parametrize("number", EACH)
def test_a_token_that_expires_ends_it_and_the_next_run_completes(bucket: StoreBucket, number: int) -> None:
    with Expires(bucket.address, number) as proxy, reader(bucket, OLD, NEW) as looking:
        with pytest.raises(SystemFault) as raised:
            run(bucket, proxy)
        assert raised.value.problems[0].rule == "publish-s3-refused"
        assert raised.value.problems[0].values[1] == "ExpiredToken"
        was_all_put = served(NEW).items() <= bucket.shown().items()
        assert was_all_put or bucket.shown().keys() >= served(OLD).keys()  # nothing is deleted before all is put
        run(bucket)
    assert looking.findings == []
    assert bucket.shown() == served(NEW)


@pytest.mark.parametrize("number", EACH)
def test_a_host_that_is_gone_from_some_request_on(bucket: StoreBucket, number: int) -> None:
    """As after a cut of the line: the run gives up, and the next one sends only what is missing."""
    with FaultProxy(bucket.address) as proxy, reader(bucket, OLD, NEW) as looking:
        proxy.start(dict.fromkeys(range(number, 400), Fault.CUT))
        with pytest.raises(NewsgenError):
            run(bucket, proxy)
        there = bucket.shown()
        was_all_put = served(NEW).items() <= there.items()
        assert was_all_put or there.keys() >= served(OLD).keys()
        proxy.start()
        run(bucket, proxy)
        again = [path for path in proxy.asked("PUT") if path in NEW and there.get(path) == NEW[path]]
        assert again == []
    assert looking.findings == []
    assert bucket.shown() == served(NEW)
    assert bucket.owner.get(UNFINISHED) is None


def test_a_busy_store_is_left_alone_for_as_long_as_it_asks(bucket: StoreBucket) -> None:
    time = FakeTime()
    with FaultProxy(bucket.address) as proxy:
        target = bucket.target(proxy.address, time)
        plan = plan_of(target, NEW)
        proxy.start({3: Fault.TOO_MANY})
        perform(target, plan, surroundings(time), NO_PROGRESS)
    assert time.slept == [1.0]


def test_what_is_withdrawn_between_two_runs_is_not_sent_by_the_second(bucket: StoreBucket) -> None:
    """A run ends in the middle, then another release is published."""
    with FaultProxy(bucket.address) as proxy:
        proxy.start(dict.fromkeys(range(8, 400), Fault.CUT))
        with pytest.raises(SystemFault):
            run(bucket, proxy)
    other = {path: data for path, data in NEW.items() if path != "world/pier.html"}
    publish(bucket.target(), other)
    assert bucket.shown() == served(other)
    assert bucket.target().standing().manifest == release(other).manifest
