"""Invariant 4: a build killed at any effect on the disk, followed by another, equals a clean one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newsgen.store import Seal, Store
from tests.support.archive import tree
from tests.support.edits import EDITS, a_site, damage_output, seeded
from tests.support.killable import FINISHED, KILLED, KillableDesk
from tests.support.sites import Desk, differences, half_written, story

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
MOST_EFFECTS = 3000  # of one build of these sites: with more, it would never end


def morning(number: int = 8) -> dict[str, bytes]:
    return {
        f"content/world/{n}.md": story(f"Story {n}", f"2019-05-0{1 + n % 3}T10:00", id=f"s{n}", tags="[grain]")
        for n in range(number)
    }


def evening() -> dict[str, bytes]:
    """After a day's work: stories edited, moved, deleted and killed; a new one is the first of its tag."""
    files = morning()
    files["content/world/0.md"] += b"\nMore text.\n"
    files["content/world/1.md"] = story("Story 1", "2019-05-02T10:00", section="Sport", id="s1", tags="[ferries]")
    files["content/world/3.md"] = story("Story 3", "2019-05-01T10:00", id="s3", status="killed")
    files["content/world/9.md"] = story("Zed opens", "2019-06-01T10:00", id="zed", tags="[zzz]", byline="Zed Quo")
    del files["content/world/2.md"]
    return files


def put(desk: Desk, files: dict[str, bytes]) -> None:
    """Save the files that differ; remove the others."""
    for path in sorted(desk.site.files.keys() - files.keys()):
        desk.site.remove(path)
    for path, data in files.items():
        if desk.site.files.get(path) != data:
            desk.site.write(path, data)


def kill_everywhere(desk: KillableDesk, start: int, step: int, kind: str) -> int:
    """Kill a build at every `step`th effect; gives how many kills there were."""
    versions = (morning(), evening())
    clean = [Desk(files).clean() for files in versions]
    put(desk, versions[0])
    desk.build_here()
    for effect in range(start, MOST_EFFECTS, step):
        number = (effect - start) // step % 2  # each build has something to do
        if kind == "first build":
            desk.reset()
        put(desk, versions[1 - number])
        ended = desk.build_until(effect)
        if ended == FINISHED:
            return effect // step
        assert ended == KILLED
        assert half_written(tree(desk.built), *clean) == [], f"effect {effect}"
        if kind == "taken back":
            put(desk, versions[number])
        last = clean[number if kind == "taken back" else 1 - number]
        assert [p for p in desk.build_here().problems if p.severity == "error"] == []
        assert differences(tree(desk.built), last) == [], f"effect {effect}"
        assert desk.build_here().rendered == ()
        put(desk, versions[1 - number])
        desk.build_here()
    raise AssertionError("a build that does not end")


KINDS = ("first build", "edit", "taken back")


@pytest.mark.parametrize("kind", KINDS)
def test_a_build_that_is_killed_here_and_there(kind: str, tmp_path: Path) -> None:
    assert kill_everywhere(KillableDesk.at(tmp_path, morning()), 2, 41, kind) > 4


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_build_that_is_killed_at_every_effect(kind: str, tmp_path: Path) -> None:
    kills = kill_everywhere(KillableDesk.at(tmp_path, morning()), 1, 1, kind)
    print(f"{kind}: {kills} kills, each repaired")
    assert kills > 150


def crashing_history(folder: Path, seed: int, steps: int) -> tuple[int, list[str]]:
    """Edit at random, and kill the build after each edit up to three times; gives the kills and all differences."""
    pick = seeded(seed)
    desk = KillableDesk.at(folder, a_site(pick, 8).site.files)
    kills, wrong = 0, []
    edits = [edit for edit in EDITS if edit is not damage_output]
    for step in range(steps):
        edit = pick(edits)
        edit(desk, pick)
        for _ in range(pick((1, 1, 2, 3))):
            kills += desk.build_until(pick(range(1, 120))) == KILLED
            if pick(range(3)) == 0:
                pick(edits)(desk, pick)
        desk.build_here()
        wrong += [f"{step} {edit.__name__} {path}" for path in differences(tree(desk.built), desk.clean())]
    return kills, wrong


def test_a_history_with_kills(tmp_path: Path) -> None:
    kills, wrong = crashing_history(tmp_path, 4, 15)
    assert wrong == []
    assert kills > 7


@pytest.mark.long
@pytest.mark.parametrize("seed", [1987, 2019, 2020])
def test_a_long_history_with_kills(seed: int, tmp_path: Path) -> None:
    kills, wrong = crashing_history(tmp_path, seed, 200)
    print(f"seed {seed}: 200 steps, {kills} kills, {len(wrong)} differences")
    assert wrong == []


def kill_after_each_edit(
    desk: KillableDesk, step: int, edit: Callable[[int], None], after: Callable[[], object]
) -> int:
    """Edit, kill the build at every `step`th effect, edit again (`after`), build; gives how many kills there were."""
    for effect in range(1, MOST_EFFECTS, step):
        edit(effect)
        if desk.build_until(effect) == FINISHED:
            return effect // step
        after()
        assert [problem for problem in desk.build_here().problems if problem.severity == "error"] == [], effect
        assert differences(tree(desk.built), desk.clean()) == [], effect
    raise AssertionError("a build that does not end")


AT_EFFECTS = pytest.mark.parametrize("step", [17, pytest.param(1, marks=pytest.mark.long)])


@AT_EFFECTS
def test_an_edit_of_a_held_story_that_is_killed(step: int, tmp_path: Path) -> None:
    """A draft is edited, which changes no page; before the next build a story goes away."""
    desk = KillableDesk.at(tmp_path, morning())
    draft = "content/world/draft.md"
    desk.site.write(draft, story("Draft", id="draft", status="draft"))
    desk.build_here()

    def edit(effect: int) -> None:
        put(desk, morning() | {draft: desk.site.files[draft]})
        desk.build_here()
        desk.site.write(draft, story(f"Draft {effect}", id="draft", status="draft"))

    assert kill_after_each_edit(desk, step, edit, lambda: desk.site.remove("content/world/0.md")) > 3


@AT_EFFECTS
def test_a_build_without_its_record_that_is_killed(step: int, tmp_path: Path) -> None:
    """Pages of the build before are still newsgen's, and may be written over."""
    desk = KillableDesk.at(tmp_path, morning())
    desk.build_here()

    def edit(effect: int) -> None:
        put(desk, morning())
        desk.build_here()
        for path in (desk.folder / "record").iterdir():
            path.unlink()
        desk.site.write("content/world/0.md", morning()["content/world/0.md"] + f"\nMore {effect}.\n".encode())

    assert kill_after_each_edit(desk, step, edit, lambda: None) > 10


def test_a_killed_build_is_followed_by_a_full_comparison() -> None:
    desk = Desk(morning())
    desk.build()
    path = "content/world/3.md"
    before = desk.site.files[path]
    desk.site.write(path, before.replace(b"Story 3", b"Story three"))
    desk.store.begin([])  # the build began to write …
    desk.output.write("index.html", b"half done")  # … wrote a page, was killed …
    desk.site.write(path, before)  # … and the edit was taken back
    desk.build()
    assert differences(desk.output.files, desk.clean()) == []


def test_a_record_that_is_a_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").mkdir()
    with Store(str(tmp_path / "record.sqlite")) as store:
        assert store.seal.was_damaged
        assert store.seal.last == Seal()
