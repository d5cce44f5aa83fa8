"""The templates of a request, compiled step by step while something else is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgen.engine.request import BuildRequest
from newsgen.model.pages import TEMPLATES
from newsgen.render.templates.theme import Theme
from newsgen.store import Store

__all__ = ["TemplateCompiler"]


class TemplateCompiler:
    """Compiles the templates that the store does not have compiled. It asks the store at its first step."""

    def __init__(self, request: BuildRequest, store: Store) -> None:
        self._files = dict(request.theme.templates)
        self._store = store
        self._all: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}
        self.steps: Iterator[object] = self._compile()  # a template at each; ContentError for a mistake in one

    def _compile(self) -> Iterator[str]:
        self._all.update(self._store.templates.all())
        theme = Theme(self._files, dict(self._all))
        for name in TEMPLATES:
            theme.digest(name)
            yield name
        self._new.update(theme.newly_compiled())
        self._all.update(self._new)

    def compiled(self) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """Take the steps that are left; all compiled templates by key, and those that the store does not have."""
        for _name in self.steps:
            pass
        return self._all, self._new
