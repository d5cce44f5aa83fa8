"""The picture that is probably meant where a story, or the register of persons, names one that is not there; or that
the file is there, and shows none.

Asked when problems are shown, not when they are found: another picture may come or go without the story being read.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from newsgen.model.errors import Problem
from newsgen.model.settings import RegisterEntry
from newsgen.source.listing import PICTURES
from newsgen.text.nearest import nearest

__all__ = ["missing_portraits", "with_near_pictures"]

# Rules: where another picture is near; where the file is there.
_NEAR = {"picture-missing": "picture-missing-near", "portrait-missing": "portrait-missing-near"}
_THERE = {"picture-missing": "picture-unusable", "portrait-missing": "portrait-unusable"}

_JOINTS = re.compile(r"(?:%20|[\s_-])+")


def with_near_pictures(problems: Iterable[Problem], paths: Iterable[str]) -> tuple[Problem, ...]:
    """Problems, those of missing pictures with the file of `paths` that has their name, or nearly."""
    problems = tuple(problems)
    if not any(problem.rule in _NEAR for problem in problems):
        return problems
    pictures = _Pictures(path for path in paths if path.lower().endswith(PICTURES))
    return tuple(_with_near(problem, pictures) for problem in problems)


def missing_portraits(people: Iterable[RegisterEntry], pictures: Container[str]) -> Iterator[Problem]:
    """A warning for each person of the register whose photo is not among `pictures`, the paths of those that can be
    shown.
    """
    for person in people:
        path = f"content/{person.photo.removeprefix('/')}"
        if person.photo and path not in pictures:
            values = (person.photo, path, person.name)
            yield Problem("portrait-missing", "content/_people.yaml", values=values, severity="warning")


class _Pictures:
    """The pictures of a site by what is nearly their name: another case, another ending, other joints of its words."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._by_folder: dict[str, dict[str, str]] = {}
        self.paths = frozenset(paths)
        for path in sorted(self.paths):
            folder, name = _folder_and_name(path)
            self._by_path.setdefault(f"{folder}/{name}", path)
            self._by_name.setdefault(name, path)
            self._by_folder.setdefault(folder, {})[name] = path

    def near(self, path: str) -> str:
        """The path of the picture that was probably meant; "" for none."""
        folder, name = _folder_and_name(path)
        here = self._by_folder.get(folder, {})
        return (
            self._by_path.get(f"{folder}/{name}", "")
            or self._by_name.get(name, "")
            or here.get(nearest(name, here, 0.7), "")
        )


def _folder_and_name(path: str) -> tuple[str, str]:
    """The folder and the stem of a file, folded."""
    folder, _slash, name = path.casefold().rpartition("/")
    return folder, _JOINTS.sub("-", name.rpartition(".")[0])


def _with_near(problem: Problem, pictures: _Pictures) -> Problem:
    if problem.rule in _THERE and problem.values[1] in pictures.paths:
        return replace(problem, rule=_THERE[problem.rule])
    near = pictures.near(problem.values[1]) if problem.rule in _NEAR else ""
    if not near:
        return problem
    folder = f"{problem.path.rpartition('/')[0]}/"
    shown = near.removeprefix(folder) if near.startswith(folder) else near.removeprefix("content")
    return replace(problem, rule=_NEAR[problem.rule], values=(*problem.values, shown))
