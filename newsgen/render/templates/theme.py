"""Jinja2, and nothing else of newsgen knows it: templates by name, the digest of all that one includes, rendering.

The files come in as values. `{% include %}`, `{% extends %}` and `{% import %}` take literals, so the set of files
behind a page is known without rendering it; an undefined name is an error with template and line.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import jinja2

from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.settings import Site
from newsgen.render.templates import macro_cache
from newsgen.render.templates.compile import (
    Code,
    Environment,
    Template,
    compile_text,
    compiled,
    compiled_key,
    escape,
    load,
    new_environment,
)
from newsgen.render.templates.filters import FILTERS, role_label
from newsgen.text import english

__all__ = ["Theme", "compiled", "compiled_key"]

_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,
    MemoryError,
)  # what a template can raise


class Theme:
    """The templates of a site: its own files over the default theme's.

    `stored` is what `compiled()` of an earlier run gave, by key: that is not compiled again. `room` is for what is
    printed on many pages, in bytes.
    """

    def __init__(
        self, files: Mapping[str, str], stored: Mapping[str, bytes] | None = None, room: int = macro_cache.LIMIT
    ) -> None:
        self._files = dict(files)
        self._room = room
        self._stored = stored or {}
        self._codes: dict[str, Code] = {}
        self._new: dict[str, str] = {}  # key of code that was not stored -> template
        self._closures: dict[str, str] = {}
        self._environment = self._fresh()

    def code(self, name: str) -> Code:
        """A template's code, and the files that it names, each with its line; "" for one that is no literal."""
        code = self._codes.get(name)
        if code is None:
            text = self._files[name]
            key = compiled_key(name, text)
            stored = self._stored.get(key)
            code = load(stored) if stored is not None else None
            if code is None:
                code = compile_text(name, text)
                self._new[key] = name
            self._codes[name] = code
        return code

    def compiled(self) -> dict[str, bytes]:
        """What was used and was not among `stored`, or damaged there: to store under these keys, and give again."""
        return {key: compiled(name, self._files[name]) for key, name in self._new.items()}

    def digest(self, name: str) -> str:
        """The digest of a template and every file that it includes, extends or imports."""
        if name not in self._closures:
            names = sorted(self._closure(name, {}))
            self._closures[name] = digest("\0".join(f"{n}\0{self._files[n]}" for n in names).encode())
        return self._closures[name]

    def _closure(self, name: str, seen: dict[str, None]) -> dict[str, None]:
        if name in seen:
            return seen
        if name not in self._files:
            raise ContentError(Problem("template-missing", f"templates/{name}"))
        seen[name] = None
        try:
            _code, references, _keeps_state = self.code(name)
        except jinja2.TemplateSyntaxError as error:
            raise self._problem(error.name or name, error.lineno, error.message or "") from error
        for target, line in references:
            if not target:
                raise ContentError(Problem("template-dynamic", f"templates/{name}", line))
            if target not in self._files:
                raise ContentError(Problem("template-not-found", f"templates/{name}", line, values=(target,)))
            self._closure(target, seen)
        return seen

    def keeps_state(self, name: str) -> bool:
        """Whether a file, or one that it names, sets what may change while it is used."""
        return any(self.code(each)[2] for each in self._closure(name, {}))

    def use(self, site: Site) -> None:
        """Let every template see the site and its assets."""
        addresses = {name: site.prefix + url for name, url in site.assets}
        self._environment = self._fresh(site=site, asset=addresses.__getitem__)

    def _fresh(self, **names: object) -> Environment:
        """An environment that remembers nothing: an imported file sees the names that were there when it was read."""
        memo = macro_cache.Memo(self._room)
        environment = new_environment(_Loader(self, self._files))
        environment.filters.update(FILTERS, once=memo.once, each=memo.each)
        environment.globals.update(names, plural=english.plural, role_label=role_label)
        return environment

    def render(self, name: str, owner: str, **values: object) -> str:
        """The text of a template filled with values. ContentError, with the line and `owner`, where it fails."""
        try:
            return self._environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise self._problem(error.name or name, error.lineno, error.message or "") from error
        except jinja2.TemplateNotFound as error:
            raise ContentError(Problem("template-missing", f"templates/{error.name or name}")) from error
        except _FAILURES as error:
            at, line = self._where(error, name)
            excerpt = self._line(at, line)
            reason = f"{error.args[0]!r} is not known" if isinstance(error, KeyError) else str(error)
            reason = reason or type(error).__name__
            raise ContentError(
                Problem("template-failed", f"templates/{at}", line, values=(reason, owner), excerpt=excerpt)
            ) from error

    def _where(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template line of a traceback; Jinja rewrites its frames to template names and lines."""
        found = (name, 0)
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in self._files:
                found = (file, trace.tb_lineno)
            trace = trace.tb_next
        return found

    def _line(self, name: str, line: int) -> str:
        lines = self._files.get(name, "").splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _problem(self, name: str, line: int, message: str) -> ContentError:
        excerpt = self._line(name, line)
        return ContentError(Problem("template-syntax", f"templates/{name}", line, values=(message,), excerpt=excerpt))


class _Loader(jinja2.BaseLoader):
    """A theme's templates from its code."""

    def __init__(self, theme: Theme, files: Mapping[str, str]) -> None:
        self._theme = theme
        self._files = files

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        if name not in self._files:
            raise jinja2.TemplateNotFound(name)
        code, *_told = self._theme.code(name)
        template = Template.from_code(environment, code, {} if globals is None else globals)
        template.root_render_func.__globals__["escape"] = escape
        if isinstance(template, Template):
            template.keeps_state = self._theme.keeps_state(name)
        return template
