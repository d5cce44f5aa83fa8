"""A publication in place: the order, what is deleted and when, and a run that ends anywhere and is made again."""

from __future__ import annotations

import pytest

from newsgen.model.errors import SystemFault
from newsgen.publish import manifest as manifests
from newsgen.publish.protocol import Transient
from newsgen.publish.release import Release
from newsgen.publish.run import make_plan, perform
from newsgen.publish.send import NO_PROGRESS
from tests.support.publications import FakeTime, Reader, surroundings
from tests.support.targets import Cut, InPlaceInMemory, release

CSS, PAGE = "assets/site.{0}.css", '<link rel=stylesheet href="/assets/site.{0}.css"><img src="/media/boat.{0}.png">'
HEADERS = "/*\n  X-Frame-Options: {0}\n"


def a_release(version: int, *, stories: int = 6, headers: str = "") -> Release:
    """A site whose every page changes with its version, as do the names of its assets. The last story is of one."""
    page = PAGE.format(version)
    files = {CSS.format(version): f"css {version}", f"media/boat.{version}.png": f"png {version}", "feed.xml": page}
    files |= {f"world/report-{number}.html": f"{page}{number}" for number in range(stories)}
    files |= {f"world/only-{version}.html": page, "index.html": page, "world/index.html": page, "same.txt": "same"}
    return release(files, headers)


OLD, NEW = a_release(1), a_release(2)
OLD_FILES, NEW_FILES = ({file.path: each.read(file) for file in each.files} for each in (OLD, NEW))


def publish(target: InPlaceInMemory, what: Release, *, is_forced: bool = False, time: FakeTime | None = None) -> None:
    around = surroundings(".", time)
    perform(target, make_plan(target, what, around, is_forced=is_forced), around, NO_PROGRESS)


def published(what: Release) -> InPlaceInMemory:
    target = InPlaceInMemory()
    publish(target, what)
    target.steps.clear()
    target.asked = 0
    return target


def whole(what: Release) -> dict[str, bytes]:
    """What the target holds at the end."""
    return {file.path: what.read(file) for file in what.whole}


def test_assets_then_articles_then_lists_then_deletions() -> None:
    target = published(OLD)
    publish(target, NEW)
    assert target.shown == whole(NEW)
    kinds = ["manifest" if "manifest" in step else step.split()[0] for step in target.steps]
    files = 2 + 7 + 3
    assert kinds == ["manifest", *["put"] * files, *["delete"] * 3, "manifest"]
    ranks = [NEW.by_path[path].rank for step in target.steps if (path := step.partition("put ")[2]) in NEW.by_path]
    assert ranks == sorted(ranks)
    assert "put same.txt" not in target.steps


def test_every_asset_is_there_before_the_first_article_is_begun() -> None:
    """Several are sent at once, but never across ranks."""
    target = published(OLD)
    reader = Reader(target.read, OLD_FILES, NEW_FILES)
    target.on_step = reader.look
    publish(target, NEW)
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new


def test_a_reader_would_see_assets_that_come_late() -> None:
    """The test before this one can fail."""
    target = published(OLD)
    reader = Reader(target.read, OLD_FILES, NEW_FILES)
    target.on_step = reader.look
    shuffled = Release(tuple(sorted(NEW.files, key=lambda file: file.rank != 2)), NEW.output)
    for file in shuffled.files:
        target.put(shuffled, file, shuffled.read(file))
    assert "index.html is there without assets/site.2.css" in reader.findings


def test_the_manifest_is_unsure_before_the_first_put_and_sure_after_the_last_deletion() -> None:
    target = published(OLD)
    seen = []
    target.on_step = lambda: seen.append((len(target.steps), target.manifest))
    publish(target, NEW)
    on_the_way = next(manifest for steps, manifest in seen if steps == 1)
    assert on_the_way is not None
    assert on_the_way.unsure == OLD_FILES.keys() ^ NEW_FILES.keys() | {
        path for path in NEW_FILES if OLD_FILES.get(path) not in (None, NEW_FILES[path])
    }
    assert on_the_way.files.keys() == OLD_FILES.keys() | NEW_FILES.keys()
    assert target.manifest == NEW.manifest


@pytest.mark.parametrize("first", [True, False], ids=["first publication", "second publication"])
def test_killed_at_each_step_and_run_again(first: bool) -> None:
    """Readers see whole pages all the while, and the end is that of a run that nobody killed."""
    steps = published_steps(first)
    for number in range(1, steps + 1):
        target = InPlaceInMemory() if first else published(OLD)
        reader = Reader(target.read, {} if first else OLD_FILES, NEW_FILES)
        target.on_step = reader.look
        target.faults = {number: Cut()}
        with pytest.raises(Cut):
            publish(target, NEW)
        publish(target, NEW)
        assert target.shown == whole(NEW), number
        assert not reader.findings, (number, reader.findings[:2], target.steps)


def published_steps(first: bool) -> int:
    target = InPlaceInMemory() if first else published(OLD)
    publish(target, NEW)
    return target.asked


def test_a_killed_run_is_gone_on_with() -> None:
    """What it did put is not put again."""
    target = InPlaceInMemory(uploads=1)
    target.faults = {8: Cut()}
    with pytest.raises(Cut):
        publish(target, NEW)
    done = [step for step in target.steps if step.startswith("put world")]
    assert done
    target.steps.clear()
    publish(target, NEW)
    assert not set(done) & set(target.steps)


def test_another_site_after_a_killed_run() -> None:
    """The release that was being made is not the one that comes next: its files are known all the same, and go."""
    for number in range(1, 16):
        target = published(OLD)
        target.faults = {number: Cut()}
        with pytest.raises(Cut):
            publish(target, NEW)
        third = a_release(3, stories=2)
        publish(target, third)
        assert target.shown == whole(third), number


def test_headers_that_changed_while_a_run_was_killed() -> None:
    """The bytes of a file say nothing of the headers that it was put with."""
    before, after = (a_release(1, headers=HEADERS.format(text)) for text in ("DENY", "SAMEORIGIN"))
    for number in range(1, 14):
        target = published(before)
        target.faults = {number: Cut()}
        with pytest.raises(Cut):
            publish(target, after)
        publish(target, after)
        wrong = [path for path, headers in target.headers.items() if headers != {"X-Frame-Options": "SAMEORIGIN"}]
        assert wrong == [], number


def test_headers_that_changed_and_a_file_that_changed_back() -> None:
    before, after = (a_release(1, headers=HEADERS.format(text)) for text in ("DENY", "SAMEORIGIN"))
    other = a_release(2, headers=HEADERS.format("SAMEORIGIN"))
    for number in range(1, 14):
        target = published(before)
        target.faults = {number: Cut()}
        with pytest.raises(Cut):
            publish(target, other)
        publish(target, after)
        assert target.shown == whole(after), number
        wrong = [path for path in OLD_FILES if target.headers[path] != {"X-Frame-Options": "SAMEORIGIN"}]
        assert wrong == [], number


def test_a_forced_run_that_was_killed_is_gone_on_with_as_forced() -> None:
    target = published(NEW)
    target.headers = {path: {"X-Old": "1"} for path in target.headers}
    target.faults = {6: Cut()}
    with pytest.raises(Cut):
        publish(target, NEW, is_forced=True)
    publish(target, NEW)
    assert [path for path, headers in target.headers.items() if headers] == []


def test_force_puts_every_file_again() -> None:
    target = published(NEW)
    publish(target, NEW)
    assert target.steps == []
    publish(target, NEW, is_forced=True)
    assert len([step for step in target.steps if step != "put manifest"]) == len(NEW.files)


def test_nothing_is_deleted_when_a_put_fails_for_good() -> None:
    target = published(OLD)
    target.faults = {number: Transient("HTTP 503") for number in range(5, 100)}
    with pytest.raises(SystemFault) as fault:
        publish(target, NEW)
    assert fault.value.problems[0].rule == "publish-failed"
    assert fault.value.problems[0].values == ("HTTP 503",)
    assert [step for step in target.steps if step.startswith("delete")] == []
    target.faults.clear()
    publish(target, NEW)
    assert target.shown == whole(NEW)


def test_nothing_is_deleted_when_a_file_is_not_there_although_it_was_sent() -> None:
    target = published(OLD)
    target.lost = {"world/report-3.html", "feed.xml"}
    del target.shown["world/report-3.html"]
    with pytest.raises(SystemFault) as fault:
        publish(target, NEW)
    assert fault.value.problems[0].rule == "publish-not-there"
    assert fault.value.problems[0].values == ("1", "world/report-3.html")
    assert [step for step in target.steps if step.startswith("delete")] == []


def test_what_fails_for_a_moment_is_tried_again() -> None:
    time = FakeTime()
    target = published(OLD)
    target.faults = {number: Transient("HTTP 429", 30.0) for number in (1, 3, 9, 14, 20, 21)}
    publish(target, NEW, time=time)
    assert target.shown == whole(NEW)
    assert time.slept == [30.0] * 6


def test_files_of_others_stay() -> None:
    target = published(OLD)
    target.shown |= {"robots-of-others.txt": b"theirs", "world/theirs.html": b"theirs"}
    around = surroundings(".")
    plan = make_plan(target, NEW, around, is_forced=False)
    assert plan.standing.foreign == ("robots-of-others.txt", "world/theirs.html")
    assert plan.in_the_way == ()
    perform(target, plan, around, NO_PROGRESS)
    assert target.shown == whole(NEW) | {"robots-of-others.txt": b"theirs", "world/theirs.html": b"theirs"}


def test_a_file_of_others_in_the_way_is_named() -> None:
    target = published(OLD)
    target.shown["world/only-2.html"] = b"theirs"
    assert make_plan(target, NEW, surroundings("."), is_forced=False).in_the_way == ("world/only-2.html",)
    assert make_plan(target, NEW, surroundings("."), is_forced=True).in_the_way == ()


def test_a_file_that_somebody_deleted_is_no_reason_to_fail() -> None:
    target = published(OLD)
    del target.shown["world/only-1.html"]
    publish(target, NEW)
    assert target.shown == whole(NEW)


def test_a_run_that_was_killed_before_the_last_manifest() -> None:
    """Nothing is left to put or to delete but the manifest."""
    target = published(OLD)
    publish(target, NEW)
    last = target.asked
    target = published(OLD)
    target.faults = {last: Cut()}
    with pytest.raises(Cut):
        publish(target, NEW)
    assert target.manifest != NEW.manifest
    target.steps.clear()
    publish(target, NEW)
    assert target.shown == whole(NEW)
    assert [step for step in target.steps if step != "put manifest"] == []


def test_a_target_whose_manifest_cannot_be_read_is_one_of_others() -> None:
    """Nothing there is known to be newsgen's, so that nothing is deleted and every file is in the way."""
    target = published(OLD)
    target.shown[manifests.PATH] = b'{"format": 99}'
    plan = make_plan(target, NEW, surroundings("."), is_forced=False)
    assert set(plan.in_the_way) == OLD_FILES.keys() & NEW_FILES.keys()
    assert plan.difference.vanishes == ()
