"""Takes guesses of imports for right: deletes their entries under `source.doubts`, so that `check` asks no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.request import BuildRequest
from newsgen.model.errors import ContentError, Problem
from newsgen.model.story import GUESSES
from newsgen.model.value import value
from newsgen.storyfile import source_without_doubts

__all__ = ["ACCEPTED_TOGETHER", "Accepted", "accept"]

# May be accepted unnamed, many at once. A story that may be a notice stays withheld until somebody decides about it.
ACCEPTED_TOGETHER = frozenset(GUESSES) - {"may-be-notice"}


@value
class Accepted:
    """What was accepted."""

    guesses: int
    paths: tuple[str, ...]  # of the stories that have fewer doubts now
    problems: tuple[Problem, ...]  # of files that cannot be edited safely


def accept(request: BuildRequest, names: Sequence[str], rules: Collection[str]) -> Accepted:
    """Accept the guesses that still stand in some stories: of some `rules`, or of all that may be accepted unnamed.

    `names` are ids, files, or folders of stories; () for all stories. UsageError where there is none of a name.
    """
    guesses = 0
    paths: list[str] = []
    problems: list[Problem] = []
    with read_archive(request) as archive:
        standing = _standing(archive, rules or ACCEPTED_TOGETHER)
        for path in sorted(standing.keys() & _named(archive, names)) if names else sorted(standing):
            card, _state = archive.stories[path]
            try:
                source = source_without_doubts(request.site.read(path), standing[path])
                data = archive.with_keys(card, {"source": source})
            except ContentError as error:
                problems += error.problems
                continue
            request.site.edit(path, data)
            guesses += len(standing[path])
            paths.append(path)
    return Accepted(guesses, tuple(paths), tuple(problems))


def _standing(archive: Archive, rules: Collection[str]) -> Mapping[str, list[str]]:
    """The rules of the guesses that stand, by the file of their story."""
    found: dict[str, list[str]] = defaultdict(list)
    for problem in archive.snapshot.problems:
        if problem.rule in rules and problem.path in archive.stories:
            found[problem.path].append(problem.rule)
    return found


def _named(archive: Archive, names: Sequence[str]) -> set[str]:
    """The files of the stories that a user names, one by one or by their folder."""
    paths: set[str] = set()
    for name in names:
        folder = name.replace("\\", "/").removeprefix("./").rstrip("/")
        inside = {path for path in archive.stories if path.startswith((f"{folder}/", f"content/{folder}/"))}
        paths |= inside or {archive.find(name).path}
    return paths
