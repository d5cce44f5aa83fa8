"""Uploads in parallel: tried again, in about the order, few in memory, none begun after one that failed."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from dataclasses import replace

import pytest

from newsgen.model.errors import SystemFault
from newsgen.publish.protocol import Expired, Transient
from newsgen.publish.release import File
from newsgen.publish.retry import ATTEMPTS, LONGEST_WAIT_S, retrying
from newsgen.publish.send import NO_PROGRESS, Meter, Sender, send_all
from tests.support.publications import FakeTime, surroundings

FILES = [File(f"{number:03}.html", str(number), 10) for number in range(100)]


class Host:
    """A host that notes what it is sent, and how many files at once."""

    def __init__(self, fails: dict[str, list[Exception]] | None = None) -> None:
        self.fails = fails or {}
        self.sent: list[str] = []
        self.begun: list[str] = []
        self.most = self.now = 0
        self.lock = threading.Lock()
        self.together = threading.Barrier(2, timeout=120)

    def put(self, file: File) -> None:
        with self.lock:
            self.begun.append(file.path)
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            if faults := self.fails.get(file.path):
                raise faults.pop(0)
            with self.lock:
                self.sent.append(file.path)
        finally:
            with self.lock:
                self.now -= 1


def send(host: Host, files: list[File], at_once: int, time: FakeTime | None = None) -> Meter:
    meter = Meter(NO_PROGRESS, len(files), 0)
    send_all(files, Sender(host.put, surroundings(".", time), "the host"), at_once, meter)
    return meter


def test_every_file_is_sent_once() -> None:
    host = Host()
    meter = send(host, FILES, 8)
    assert sorted(host.sent) == [file.path for file in FILES]
    assert (meter.files, meter.bytes) == (100, 1000)
    assert host.most <= 8


def test_nothing_to_send() -> None:
    assert send(Host(), [], 8).files == 0


def test_one_at_a_time_goes_in_order() -> None:
    host = Host()
    send(host, FILES, 1)
    assert host.sent == [file.path for file in FILES]


def test_files_are_sent_at_once() -> None:
    """Each waits for another: one at a time would never end."""
    host = Host()
    together = threading.Barrier(2, timeout=120)

    def put(file: File) -> None:
        together.wait()
        host.put(file)

    send_all(FILES, Sender(put, surroundings("."), "the host"), 2, Meter(NO_PROGRESS, 100, 0))
    assert len(host.sent) == 100


def test_few_files_are_taken_before_they_can_be_sent() -> None:
    """An archive of a million files is not in memory."""
    host, taken, ahead = Host(), [0], []

    def files() -> object:
        for file in FILES:
            taken[0] += 1
            ahead.append(taken[0] - len(host.sent))
            yield file

    send_all(files(), Sender(host.put, surroundings("."), "the host"), 4, Meter(NO_PROGRESS, 100, 0))  # type: ignore[arg-type]
    assert max(ahead) <= 2 * 4


def test_progress_is_told_of_each_file() -> None:
    told: list[tuple[int, int, int, int]] = []
    meter = Meter(lambda *numbers: told.append(numbers), 100, 1000)
    send_all(FILES, Sender(Host().put, surroundings("."), "the host"), 4, meter)
    assert told == [(number, 100, number * 10, 1000) for number in range(1, 101)]


def test_a_file_that_fails_for_a_moment_is_sent_again() -> None:
    time, host = FakeTime(), Host({"007.html": [Transient("HTTP 503"), Transient("reset"), Transient("HTTP 503")]})
    send(host, FILES, 4, time)
    assert len(host.sent) == 100
    assert time.slept == [1.0, 2.0, 4.0]


def test_one_that_fails_for_good_ends_it() -> None:
    host = Host({"010.html": [Transient("HTTP 503")] * 99})
    with pytest.raises(SystemFault) as fault:
        send(host, FILES, 2)
    assert fault.value.problems[0].rule == "publish-failed"
    assert (fault.value.problems[0].path, fault.value.problems[0].values) == ("the host", ("HTTP 503",))
    assert len(host.sent) < 99
    assert host.begun.count("010.html") == ATTEMPTS


def test_a_file_that_waits_is_not_tried_again_when_all_is_over() -> None:
    """Another failed for good, or somebody pressed Ctrl-C: nobody waits for a host that is busy."""
    is_over, host = threading.Event(), Host({"000.html": [Transient("HTTP 503")] * 9})
    around = replace(surroundings("."), sleep=lambda _seconds: is_over.set())
    with pytest.raises(CancelledError):
        Sender(host.put, around, "the host").send(FILES[0], is_over)
    assert host.begun == ["000.html"]


@pytest.mark.parametrize("error", [SystemFault(), KeyboardInterrupt()])
def test_who_waits_is_told_that_all_is_over(error: BaseException) -> None:
    told: list[threading.Event] = []

    class Failing(Sender):
        def send(self, file: File, is_over: threading.Event) -> File:
            told.append(is_over)
            raise error

    with pytest.raises(type(error)):
        send_all(FILES[:1], Failing(Host().put, surroundings("."), ""), 1, Meter(NO_PROGRESS, 1, 0))
    assert told[0].is_set()


def test_another_error_ends_it_at_once() -> None:
    """A bug of newsgen's is a traceback, and not hidden."""
    host = Host({"000.html": [ZeroDivisionError()]})
    with pytest.raises(ZeroDivisionError):
        send(host, FILES, 2)
    assert host.begun.count("000.html") == 1


def test_waits_are_those_that_the_host_asks_for() -> None:
    time, calls = FakeTime(), iter([Transient("HTTP 429", 7.0), Transient("HTTP 429", 0.5), None])

    def call() -> str:
        if fault := next(calls):
            raise fault
        return "done"

    assert retrying(call, time.sleep, "the host") == "done"
    assert time.slept == [7.0, 0.5]


@pytest.mark.parametrize(
    ("wait_s", "slept"), [(LONGEST_WAIT_S + 1, []), (LONGEST_WAIT_S, [120.0] * 5), (None, [1.0, 2.0, 4.0, 8.0, 16.0])]
)
def test_a_host_that_never_answers(wait_s: float | None, slept: list[float]) -> None:
    time, calls = FakeTime(), [0]

    def call() -> None:
        calls[0] += 1
        raise Transient("no answer", wait_s)

    with pytest.raises(SystemFault):
        retrying(call, time.sleep, "the host")
    assert time.slept == slept
    assert calls[0] == len(slept) + 1


def test_what_has_expired_is_not_tried_again() -> None:
    """It must be begun again."""
    time = FakeTime()

    def call() -> None:
        raise Expired("the token ended")

    with pytest.raises(Expired):
        retrying(call, time.sleep, "the host")
    assert time.slept == []
