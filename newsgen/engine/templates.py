"""The templates of a job, compiled step by step while something else is waited for."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.engine.job import Job
from newsgen.model.pages import TEMPLATES
from newsgen.render.templates.theme import Theme
from newsgen.store import Store

__all__ = ["compiling"]


def compiling(job: Job, store: Store, codes: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """Compile the templates, one at each step; at the end `codes` holds all, `new` those that the record does not.

    ContentError for a mistake in one: before anything is written.
    """
    codes.update(store.templates.all())
    theme = Theme(dict(job.theme.templates), dict(codes))
    for name in TEMPLATES:
        theme.digest(name)
        yield name
    new.update(theme.compiled())
    codes.update(new)
