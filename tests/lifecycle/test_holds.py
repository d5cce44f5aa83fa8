"""Whatever may say «hold» and cannot be read or placed holds what it may be about, and is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgen.commands.check import check
from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.messages.results import build_lines
from newsgen.model.errors import Problem
from newsgen.model.settings import SectionHold
from tests.support.previews import DeskPreview
from tests.support.sites import Desk, story

WORLD = "content/world/_section.yaml"


def a_desk(note: str = "", text: str = "embargo: hold\n", odd: dict[str, str] | None = None) -> Desk:
    """A desk with stories of World in two folders, one of Sport in the folder world, and one that nothing is about."""
    desk = Desk(
        {
            "content/world/a.md": story("Mill sold", id="a"),
            "content/inbox/b.md": story("Mill bought", id="b"),
            "content/world/2019/c.md": story("Cup won", section="Sport", id="c"),
            "content/sport/d.md": story("Cup lost", section="Sport", id="d"),
        }
        | ({note: text.encode()} if note else {})
    )
    desk.site.odd = odd or {}
    return desk


def held(desk: Desk) -> list[str]:
    """The ids of the stories that a build shows nowhere."""
    result = desk.build()
    ids = sorted(story_id for story_id, state, _until in result.held if state == "embargoed")
    for story_id, word in (("a", b"Mill sold"), ("b", b"Mill bought"), ("c", b"Cup won"), ("d", b"Cup lost")):
        assert any(word in data for data in desk.output.files.values()) is (story_id not in ids)
    assert desk.output.files == desk.clean()
    return ids


def errors(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("kind", ["link", "folder", "device or pipe"])
def test_what_is_no_file_holds_its_folder_and_its_section(kind: str) -> None:
    desk = a_desk(odd={WORLD: kind})
    assert held(desk) == ["a", "b", "c"]
    expected = [("held-in-doubt", WORLD), ("odd-file", WORLD)]
    for result in (desk.build(), check(desk.job(desk.output), None), DeskPreview(desk).live):
        assert errors(result.problems) == expected
    assert next(p for p in result.problems if p.rule == "held-in-doubt").values == ("3", "content/world", "world")
    desk.site.odd = {}
    assert held(desk) == []


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("content/world/_section.yml", ["a", "b", "c"]),
        ("content/World/_Section.yaml", ["a", "b"]),
        ("content/inbox/_section.yaml.txt", ["b"]),
        ("content/world/2019/_section.yaml", ["c"]),
        ("content/archive/sport/_section.yaml", ["c", "d"]),
        ("content/_section.yaml", ["a", "b", "c", "d"]),
        ("content/sport/_hold.yaml", ["c", "d"]),
    ],
)
def test_a_misnamed_or_misplaced_section_file_holds_if_it_says_so(path: str, ids: list[str]) -> None:
    desk = a_desk(path)
    assert held(desk) == ids
    assert ("held-astray", path) in errors(desk.build().problems)
    desk.site.write(path, b"title: The world\n")
    assert held(desk) == []
    assert [where for _rule, where in errors(desk.build().problems)] == [path]
    desk.site.write(path, b"embargo: [\n")
    assert held(desk) == ids
    assert ("held-in-doubt", path) in errors(desk.build().problems)


def test_a_misnamed_section_file_holds_no_longer_than_it_says() -> None:
    desk = a_desk("content/world/_section.yml", "embargo: 2019-12-01T00:00Z\n")
    assert held(desk) == []
    assert errors(desk.build().problems) == [("note-astray", "content/world/_section.yml")]


def test_of_two_embargoes_the_longer_holds() -> None:
    desk = a_desk(WORLD, "embargo: 2019-12-01T00:00Z\n")
    desk.site.write("content/world/2019/_section.yaml", b"embargo: 2030-01-01T00:00Z\n")
    assert held(desk) == ["c"]


def test_the_embargo_of_a_folder_holds_stories_that_name_another_section() -> None:
    desk = a_desk("content/inbox/_section.yaml")
    assert held(desk) == ["b"]
    problems = desk.build().problems
    assert errors(problems) == [("held-by-folder", "content/inbox/_section.yaml")]
    assert problems[0].values == ("1", "world")
    desk.site.write("content/inbox/b.md", story("Mill bought", section="Inbox", id="b"))
    assert held(desk) == ["b"]
    assert desk.build().problems == ()


def test_a_story_that_sets_its_own_embargo_needs_none_of_its_section() -> None:
    desk = a_desk(odd={WORLD: "link"})
    desk.site.write("content/world/a.md", story("Mill sold", id="a", embargo="2019-01-01T00:00Z"))
    assert held(desk) == ["b", "c"]


def test_a_section_file_with_an_error_says_how_many_stories_it_holds_and_where_the_error_is() -> None:
    desk = a_desk(WORLD, "title: World\norder: 1\nembrago: hold\n")
    assert held(desk) == ["a", "b", "c"]
    messages = desk.build_messages()
    assert messages[0].startswith(f"{WORLD}:3:1: There may be an embargo here")
    assert "content/world and those of the section world: 3 in all" in messages[0]
    assert messages[1].startswith(f"{WORLD}:3:1: newsgen does not know the key embrago")
    lines = list(build_lines(desk.build(), drafts=False))
    assert lines[-2:] == ["Held back: 3 under embargo.", f"3 of these because of what is wrong with {WORLD}."]


@pytest.mark.parametrize("path", [WORLD, "content/world/_section.yml", "content/_people.yaml", "content/_places.yaml"])
def test_a_note_that_the_system_cannot_read(path: str) -> None:
    class Failing(MemoryDisk):
        def read(self, name: str) -> bytes:
            if name == path:
                raise OSError(5, "Input/output error")
            return super().read(name)

    desk = a_desk(path, "title: World\n" if "section" in path else "")
    desk.site = Failing(desk.site.files)
    assert held(desk) == (["a", "b", "c"] if "section" in path else [])
    assert ("unreadable", path) in errors(desk.build().problems)
    desk.site = MemoryDisk(desk.site.files)  # with the same sizes and times
    assert held(desk) == []


@pytest.mark.parametrize("path", ["content/_people.yml", "content/world/_places.yaml", "content/People.yaml"])
def test_a_misnamed_register_holds_nothing_and_is_an_error(path: str) -> None:
    desk = a_desk(path, "- name: Ann Bly\n")
    assert held(desk) == []
    assert errors(desk.build().problems) == [("note-astray", path)]


def test_a_folder_and_a_link_on_disk(tmp_path: Path) -> None:
    (tmp_path / "content/world/_section.yaml").mkdir(parents=True)
    (tmp_path / "content/world/v1.2").mkdir()
    (tmp_path / "content/_people.yaml").symlink_to("nowhere")
    odd: list[tuple[str, str]] = []
    assert FolderDisk(tmp_path).scan("content", odd) == []
    expected = [
        ("content/_people.yaml", "link"), ("content/world/_section.yaml", "folder"), ("content/world/v1.2", "folder")
    ]  # fmt: skip
    assert odd == expected
    odd = []
    FolderDisk(tmp_path).scan_path("content/world/_section.yaml", odd)
    assert odd == [("content/world/_section.yaml", "folder")]


def test_a_hold_is_for_its_folder_alone() -> None:
    """Not for a folder whose name begins in the same way."""
    desk = a_desk(odd={WORLD: "link"})
    desk.site.write("content/world-news/e.md", story("Fair opens", section="Local", id="e"))
    assert "e" not in [story_id for story_id, _state, _until in desk.build().held]
    assert SectionHold(WORLD, "content/world/", "world", "hold").folder.endswith("/")


@pytest.mark.parametrize("folder", ["inbox", "World News"])
def test_a_section_file_that_describes_no_story_is_named(folder: str) -> None:
    path = f"content/{folder}/_section.yaml"
    desk = a_desk(path, "title: News\n")
    desk.site.write(f"content/{folder}/e.md", story("Fair opens", id="e"))
    for _time in range(2):
        assert [(p.rule, p.path, p.severity) for p in desk.build().problems] == [("section-unused", path, "warning")]
    desk.site.write(f"content/{folder}/e.md", desk.site.files[f"content/{folder}/e.md"])  # with another time
    assert [p.rule for p in desk.build().problems] == ["section-unused"]
    desk.site.write(f"content/{folder}/e.md", story("Fair opens", id="e", section=folder, embargo="hold"))
    assert "section-unused" not in [p.rule for p in desk.build().problems]


def test_a_section_may_be_described_before_it_has_stories() -> None:
    assert a_desk("content/money/_section.yaml", "title: Money\n").build().problems == ()


def test_a_link_in_place_of_a_section_folder_holds_the_section() -> None:
    """Its stories may lie elsewhere; what its _section.yaml says is behind the link."""
    desk = a_desk(odd={"content/money": "link", "content/notes.txt": "link"})
    assert held(desk) == []
    assert errors(desk.build().problems) == []
    desk.site.write("content/inbox/e.md", story("Bank opens", section="Money", id="e"))
    assert held(desk) == ["e"]
    assert errors(desk.build().problems) == [("held-in-doubt", "content/money")]
