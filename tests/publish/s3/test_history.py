"""Which publication had which version, and what is left when some are forgotten."""

from __future__ import annotations

import pytest

from newsgen.publish.s3.answers import Version
from newsgen.publish.s3.history import FilesAt, History


def row(key: str, at: float, *, is_latest: bool = False, is_deletion: bool = False, md5: str = "") -> Version:
    return Version(key, f"{key}@{at}", at, md5 or f"md5 of {key}@{at}", is_latest, is_deletion)


HISTORY = History.of(
    [
        row("m", 30, is_latest=True), row("m", 20), row("m", 10),
        row("always", 5, is_latest=True),
        row("changed", 28, is_latest=True), row("changed", 15), row("changed", 5),
        row("deleted", 29, is_latest=True, is_deletion=True), row("deleted", 5),
        row("twice", 25, is_latest=True), row("twice", 25),
        row("late", 19, is_latest=True),
    ],
    "m",
)  # fmt: skip
PATHS = [path for path in HISTORY.by_path if path != "m"]


@pytest.mark.parametrize(
    ("moment", "paths"),
    [
        (10, {"always": 5, "changed": 5, "deleted": 5}),
        (20, {"always": 5, "changed": 15, "deleted": 5, "late": 19}),
        (30, {"always": 5, "changed": 28, "twice": 25, "late": 19}),
        (1, {}),
    ],
)
def test_what_stood_at_a_moment(moment: float, paths: dict[str, float]) -> None:
    found = {path: version.at for path in PATHS if (version := HISTORY.at(path, moment))}
    assert found == paths


def test_the_publications_are_the_earlier_versions_of_the_manifest() -> None:
    assert [version.at for version in HISTORY.publications] == [20, 10]


def test_what_no_publication_had_was_sent_twice() -> None:
    assert [version.key for version in HISTORY.unneeded(PATHS, HISTORY.publications)] == ["twice"]


def test_what_one_publication_had_alone_is_free_without_it() -> None:
    first, second = HISTORY.publications[1], HISTORY.publications[0]
    freed = {version.id for version in HISTORY.unneeded(PATHS, [first])}
    assert freed == {"changed@15", "twice@25"}
    assert {version.id for version in HISTORY.unneeded(PATHS, [second])} == {"changed@5", "twice@25"}
    assert {version.id for version in HISTORY.unneeded(PATHS, [])} == {
        "changed@5", "changed@15", "deleted@5", "twice@25",
    }  # fmt: skip


def test_the_files_of_a_moment_are_told_by_what_stands_now() -> None:
    now = {"always": "digest", "changed": "newer"}
    files = FilesAt(HISTORY, 20, now)
    assert dict(files) == {
        "always": "digest", "changed": "changed@15", "deleted": "deleted@5", "late": "late@19", "m": "m@20",
    }  # fmt: skip
    assert len(files) == 5
    assert "twice" not in files


def test_the_same_bytes_put_again_are_what_stands_now() -> None:
    history = History.of([row("a", 9, is_latest=True, md5="same"), row("a", 1, md5="same")], "m")
    assert FilesAt(history, 5, {"a": "digest"})["a"] == "digest"
    unknown = History.of(
        [Version("a", "2", 9, "", True, False), Version("a", "1", 1, "", False, False)], "m"
    )  # encrypted: the ETags say nothing
    assert FilesAt(unknown, 5, {"a": "digest"})["a"] == "1"


def test_a_history_without_some_versions() -> None:
    gone = list(HISTORY.unneeded(PATHS, []))
    assert list(HISTORY.without(gone).unneeded(PATHS, [])) == []
    assert HISTORY.without(gone).at("always", 10) == HISTORY.at("always", 10)
