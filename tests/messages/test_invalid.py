"""Every folder of tests/invalid holds something wrong and, in expected.txt, the exact words that a user reads.

A folder holds one of the files of `_READERS`, or `site/`: the files of a whole site, which the engine builds, for what
is wrong only between files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsgen import storyfile
from newsgen.messages.shown import in_order, show
from newsgen.model.errors import NewsgenError, Problem
from newsgen.model.settings import Settings
from newsgen.source.settings import parse_settings
from tests.support.sites import Desk

FOLDER = Path(__file__).parents[1] / "invalid"
SETTINGS = Settings("Archive", "https://archive.example", timezone="Europe/London")


def _settings(data: bytes) -> tuple[Problem, ...]:
    try:
        parse_settings("pyproject.toml", data)
    except NewsgenError as error:
        return error.problems
    return ()


_READERS: dict[str, Callable[[bytes], tuple[Problem, ...]]] = {
    "story.md": lambda data: storyfile.read_story("content/world/1987/02/story.md", data, SETTINGS, None)[1],
    "section.yaml": lambda data: storyfile.read_section("content/world/_section.yaml", data)[1],
    "people.yaml": lambda data: storyfile.read_register("content/_people.yaml", data)[1],
    "places.yaml": lambda data: storyfile.read_register("content/_places.yaml", data)[1],
    "pyproject.toml": _settings,
}


def _of_site(folder: Path) -> tuple[Problem, ...]:
    files = {
        str(path.relative_to(folder)).replace("\\", "/"): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return tuple(Desk(files, settings=SETTINGS).build().problems)


def messages_of(folder: Path) -> str:
    """What newsgen prints about a folder."""
    problems: list[Problem] = []
    names = sorted(path.name for path in folder.iterdir() if path.name != "expected.txt")
    assert names, f"{folder.name} holds nothing to read"
    for name in names:
        assert name == "site" or name in _READERS, f"this test does not read {folder.name}/{name}"
        problems += _of_site(folder / name) if name == "site" else _READERS[name]((folder / name).read_bytes())
    return "".join(f"{show(problem)}\n" for problem in in_order(problems))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_a_user_reads(name: str) -> None:
    expected = (FOLDER / name / "expected.txt").read_text(encoding="utf-8")
    assert expected.strip(), f"{name}/expected.txt is empty"
    assert messages_of(FOLDER / name) == expected


def test_there_are_enough_of_them() -> None:
    assert sum(1 for _folder in FOLDER.iterdir()) >= 40
