"""The pictures of a body, as photos of the story: they are found, measured and published as those of `photos` are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsgen.model.errors import Problem
from newsgen.model.story import Photo
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.front_matter import Cut
from newsgen.storyfile.readers import picture_fault
from newsgen.text import markdown

__all__ = ["with_body_pictures"]


def with_body_pictures(
    problems: ProblemCollector, photos: Sequence[Photo], parts: Cut
) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    """The photos of a story with those of its body, and the files of those that the body shows.

    What `photos` says of a file holds, wherever it is shown. Adds advice for a picture that cannot be one.
    """
    by_file = {photo.file or f"\n{number}": photo for number, photo in enumerate(photos)}
    shown: dict[str, None] = {}
    for found in markdown.pictures(parts.body):
        if found.is_elsewhere:  # a link
            continue
        if picture_fault(found.file):
            line, values = parts.body_line + found.line, (found.file,)
            problems.add_problem(Problem("body-picture", problems.path, line, 0, values, severity="advice"))
            continue
        listed = by_file.get(found.file, Photo(found.file, caption=found.title))
        by_file[found.file] = replace(listed, alt=listed.alt or found.alt)
        shown[found.file] = None
    return tuple(by_file.values()), tuple(shown)
