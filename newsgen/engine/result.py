"""What a build did, as a value that `messages/` puts into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter

from newsgen.model.errors import Problem
from newsgen.store import Store
from newsgen.workers.system import peak_memory

__all__ = ["BuildResult", "Timer", "is_of_theme", "unchanged"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did."""

    stories: int = 0  # live
    pages: int = 0
    held: tuple[tuple[str, str, int | None], ...] = ()  # id, state, until
    rendered: tuple[str, ...] = ()  # addresses, in the order of work
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    kept: int = 0  # pages that could not be made anew: the last good ones stand
    is_theme_broken: bool = False  # whether a template failed after an earlier build
    problems: tuple[Problem, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)  # by stage
    peak_rss_bytes: int = 0
    workers: int = 1

    @property
    def has_errors(self) -> bool:
        """Whether something a user must mend was found."""
        return any(problem.severity == "error" for problem in self.problems)


def is_of_theme(problem: Problem) -> bool:
    """Whether a problem is an error in a file of the theme."""
    return problem.severity == "error" and problem.path.startswith("templates/")


class Timer:
    """Seconds by stage, for the report only."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = perf_counter()

    def stage(self, name: str) -> None:
        """End a stage: what went before belongs to it."""
        now = perf_counter()
        self.seconds[name] = round(self.seconds.get(name, 0.0) + now - self._began, 4)
        self._began = now


def unchanged(store: Store, timer: Timer, workers: int) -> BuildResult:
    """What stands, where nothing was to be done."""
    seal = store.seal.last
    of_stories = [problem for _path, _own, problem in store.stories.problems()] if seal.has_problems else []
    return BuildResult(
        stories=seal.story_count,
        pages=seal.page_count,
        held=seal.held,
        unchanged=seal.page_count,
        problems=(*of_stories, *seal.input_problems, *seal.address_problems, *seal.leak_problems),
        seconds=timer.seconds,
        peak_rss_bytes=peak_memory(),
        workers=workers,
    )
