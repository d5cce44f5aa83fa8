"""A whole set: readers see it at once; what a host has already is not sent again; what expired is begun again."""

from __future__ import annotations

import pytest

from newsgen.model.errors import SystemFault
from newsgen.publish.protocol import Expired, Transient
from newsgen.publish.release import Release
from newsgen.publish.retry import ATTEMPTS
from newsgen.publish.run import make_plan, perform
from newsgen.publish.send import NO_PROGRESS, Progress
from tests.support.publications import Reader, surroundings
from tests.support.targets import Cut, WholeSetInMemory, release

OLD_FILES = {f"{number}.html": f"old {number}".encode() for number in range(9)} | {"same.html": b"same"}
NEW_FILES = {f"{number}.html": f"new {number}".encode() for number in range(8)} | {"same.html": b"same"}
OLD, NEW = release(OLD_FILES), release(NEW_FILES)


def publish(target: WholeSetInMemory, what: Release, progress: Progress = NO_PROGRESS) -> None:
    around = surroundings(".")
    perform(target, make_plan(target, what, around, is_forced=False), around, progress)


def published() -> WholeSetInMemory:
    target = WholeSetInMemory()
    publish(target, OLD)
    target.steps.clear()
    target.asked = 0
    return target


def whole(what: Release) -> dict[str, bytes]:
    return {file.path: what.read(file) for file in what.whole}


def test_what_the_host_has_is_not_sent() -> None:
    target = published()
    told: list[tuple[int, int, int, int]] = []
    publish(target, NEW, lambda *numbers: told.append(numbers))
    assert target.shown == whole(NEW)
    assert len(target.steps) == 8 + 2  # eight pages, the manifest, the commit
    assert target.steps[-1] == "commit"
    assert told[-1][:2] == (9, 9)


def test_the_same_again_asks_for_nothing() -> None:
    target = published()
    target.begun = 0
    publish(target, OLD)
    assert target.begun == 0
    assert target.steps == []


@pytest.mark.parametrize("fault", [Cut(), SystemFault(), ZeroDivisionError()])
def test_ended_at_each_step_and_run_again(fault: BaseException) -> None:
    for number in range(1, 11):
        target = published()
        reader = Reader(target.read, OLD_FILES, NEW_FILES, is_whole=True)
        target.on_step = reader.look
        target.faults = {number: fault}
        with pytest.raises(type(fault)):
            publish(target, NEW)
        assert target.shown == whole(OLD)
        done = {step for step in target.steps if step.startswith("put")}
        target.steps.clear()
        publish(target, NEW)
        assert target.shown == whole(NEW)
        assert not done & set(target.steps), "sent again"
        assert reader.findings == []


def test_what_expired_is_begun_again_without_what_was_sent() -> None:
    target = published()
    target.begun = 0
    target.faults = {4: Expired("a token of an hour"), 11: Expired("again")}
    publish(target, NEW)
    assert target.shown == whole(NEW)
    assert target.begun == 3
    assert len(target.steps) == len(set(target.steps)), "something was sent twice"


def test_a_token_that_always_expires() -> None:
    target = published()
    target.begun = 0
    target.faults = {number: Expired("HTTP 401") for number in range(1, 100)}
    with pytest.raises(SystemFault) as fault:
        publish(target, NEW)
    assert fault.value.problems[0].values == ("HTTP 401",)
    assert target.begun == ATTEMPTS
    assert target.shown == whole(OLD)


def test_a_host_that_is_busy() -> None:
    target = published()
    target.faults = {number: Transient("HTTP 429") for number in (1, 5, 6, 12, 14)}
    publish(target, NEW)
    assert target.shown == whole(NEW)
    assert sorted(target.steps)[:2] == ["commit", "put .well-known/newsgen-manifest.json"]


def test_an_output_that_somebody_changes_meanwhile() -> None:
    """What is sent is what was built, or nothing is."""
    target = published()
    changed = release(NEW_FILES)
    changed.output.write("3.html", b"changed by somebody")
    with pytest.raises(SystemFault) as fault:
        publish(target, changed)
    assert fault.value.problems[0].rule == "publish-changed"
    assert fault.value.problems[0].path == "build/3.html"
    assert target.shown == whole(OLD)
