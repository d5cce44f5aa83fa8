"""The templates of a request, compiled step by step while something else is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgen.engine.request import BuildRequest
from newsgen.model.errors import ContentError
from newsgen.model.pages import TEMPLATES
from newsgen.render.templates.theme import Theme
from newsgen.store import Store

__all__ = ["TemplateCompiler"]


class TemplateCompiler:
    """Compiles the templates that the store does not have compiled. It asks the store at its first step."""

    def __init__(self, request: BuildRequest, store: Store) -> None:
        self._files = dict(request.theme.templates)
        self._broken = dict(request.theme.broken)
        self._store = store
        self._all: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self.problems = tuple(self._broken.values())  # with the mistakes that are found
        self.steps: Iterator[object] = self._compile()  # a template at each

    def _compile(self) -> Iterator[str]:
        self._all.update(self._store.templates.all())
        theme = Theme(self._files, dict(self._all), broken=self._broken)
        for name in TEMPLATES:
            try:
                theme.digest(name)
            except ContentError as error:
                self.problems += error.problems
            yield name
        self._new.update(theme.newly_compiled())
        self._all.update(self._new)

    def require_sound(self) -> None:
        """ContentError for the mistakes that were found."""
        if self.problems:
            raise ContentError(*self.problems)

    def compiled(self) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """Take the steps that are left; all compiled templates by key, and those that the store does not have."""
        for _name in self.steps:
            pass
        return self._all, self._new
