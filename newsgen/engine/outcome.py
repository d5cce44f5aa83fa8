"""What a build did, as a value that the faces word."""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass, field
from time import perf_counter

from newsgen.model.errors import Problem
from newsgen.store import Store

__all__ = ["Outcome", "Watch", "report_unchanged"]


@dataclass(slots=True)
class Outcome:
    """What a build did; `report.py` words it."""

    stories: int = 0  # live
    pages: int = 0
    held: tuple[tuple[str, str, int | None], ...] = ()  # id, state, until
    rendered: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_rss_bytes: int = 0
    jobs: int = 1

    @property
    def has_errors(self) -> bool:
        """Whether something a user must mend was found."""
        return any(problem.severity == "error" for problem in self.problems)

    def weigh(self) -> None:
        """Note the largest resident size of this process and of its largest worker, added up."""
        unit = 1 if sys.platform == "darwin" else 1024
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        self.peak_rss_bytes = sum(resource.getrusage(kind).ru_maxrss * unit for kind in kinds)


class Watch:
    """Seconds by stage, for the report only."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._at = perf_counter()

    def stage(self, name: str) -> None:
        """End a stage: what went before belongs to it."""
        now = perf_counter()
        self._seconds[name] = round(self._seconds.get(name, 0.0) + now - self._at, 4)
        self._at = now


def report_unchanged(store: Store, outcome: Outcome) -> None:
    """Say what stands, where nothing was to be done."""
    seal = store.seal.last
    outcome.stories, outcome.held = seal.story_count, seal.held
    if seal.has_problems:
        outcome.problems.extend(problem for _path, _own, problem in store.stories.problems())
    outcome.problems.extend((*seal.input_problems, *seal.address_problems, *seal.leak_problems))
    outcome.pages = outcome.unchanged = seal.page_count
    outcome.weigh()
