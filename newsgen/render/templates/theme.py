"""The templates of a site by name: the digest of all that one includes, filling it, what its mistakes mean.

The files come in as values. `{% include %}`, `{% extends %}` and `{% import %}` take literals, so the set of files
behind a page is known without rendering it; an undefined name is an error with template and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import jinja2

from newsgen.disk import composed
from newsgen.language.language import language_of
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.settings import Site
from newsgen.render.templates import macro_cache
from newsgen.render.templates.compiler import (
    CompiledTemplate,
    Environment,
    Template,
    compile_key,
    compile_text,
    escape,
    from_bytes,
    new_environment,
    to_bytes,
)
from newsgen.render.templates.filters import filters_of, functions_of
from newsgen.render.templates.near_names import with_near_name
from newsgen.text.nearest import nearest

__all__ = ["Theme"]

_QUOTED = re.compile("'([^']+)'")
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
    """The templates of a site: its own files over the default theme's, by name.

    `compiled` are compiled templates by key, as `newly_compiled` of an earlier run gave them: these are not compiled
    again. `cache_bytes` is the size of the cache for what macros print on many pages. `broken` are the theme's files
    that cannot be used, with what is wrong: what needs one fails.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        compiled: Mapping[str, bytes] | None = None,
        cache_bytes: int = macro_cache.LIMIT,
        broken: Mapping[str, Problem] | None = None,
    ) -> None:
        self._files = dict(files)
        self._cache_bytes = cache_bytes
        self._stored = compiled or {}
        self._broken = broken or {}
        self._compiled: dict[str, CompiledTemplate] = {}
        self._new: dict[str, CompiledTemplate] = {}  # by key: those that were not stored
        self._digests: dict[str, str] = {}
        self._assets: dict[str, str] = {}  # address by name
        self._environment = self._new_environment(None)

    def compiled(self, name: str) -> CompiledTemplate:
        """A template, compiled. KeyError where there is none; jinja2.TemplateSyntaxError for a mistake in it."""
        compiled = self._compiled.get(name)
        if compiled is None:
            text = self._files[name]
            key = compile_key(name, text)
            stored = self._stored.get(key)
            compiled = from_bytes(stored) if stored is not None else None
            if compiled is None:
                compiled = self._new[key] = compile_text(name, text)
            self._compiled[name] = compiled
        return compiled

    def newly_compiled(self) -> dict[str, bytes]:
        """What was used and was not stored, or damaged there, by key: to store, and to give to the next Theme."""
        return {key: to_bytes(compiled) for key, compiled in self._new.items()}

    def digest(self, name: str) -> str:
        """The digest of a template and every file that it includes, extends or imports.

        ContentError where one is missing, has a mistake, or names a file by what is no literal.
        """
        if name not in self._digests:
            names = sorted(self._with_references(name, {}))
            self._digests[name] = digest("\0".join(f"{n}\0{self._files[n]}" for n in names).encode())
        return self._digests[name]

    def _with_references(self, name: str, names: dict[str, None]) -> dict[str, None]:
        """Add to `names` a template and all that it includes, extends or imports, directly or not; gives `names`."""
        if name in names:
            return names
        self._require_sound(name)
        if name not in self._files:
            raise ContentError(Problem("template-missing", f"templates/{name}"))
        names[name] = None
        try:
            references = self.compiled(name).references
        except jinja2.TemplateSyntaxError as error:
            raise self._syntax_error(error, name) from error
        for target, line in references:
            if not target:
                raise ContentError(Problem("template-dynamic", f"templates/{name}", line))
            if target not in self._files and target not in self._broken:
                raise self._not_found(target, name, line)
            self._with_references(target, names)
        return names

    def _not_found(self, target: str, name: str, line: int) -> ContentError:
        """The file that a template names is not there; the one that was probably meant is."""
        by_end = {file.rpartition("/")[2]: file for file in self._files}
        near = by_end.get(target.rpartition("/")[2], "") or nearest(target, self._files)
        rule, values = ("template-not-found-near", (target, near)) if near else ("template-not-found", (target,))
        return ContentError(Problem(rule, f"templates/{name}", line, values=values, excerpt=self._line(name, line)))

    def _require_sound(self, name: str) -> None:
        """ContentError for a file of the theme that cannot be used."""
        if name in self._broken:
            raise ContentError(self._broken[name])

    def keeps_state(self, name: str) -> bool:
        """Whether a file, or one that it names, sets what may change while it is used."""
        return any(self.compiled(each).keeps_state for each in self._with_references(name, {}))

    def use_site(self, site: Site) -> None:
        """Let every template see the site and its assets. What was printed for another site is forgotten."""
        addresses = self._assets = {name: site.prefix + url for name, url in site.assets}

        def asset(name: str) -> str:
            name = composed(name)
            self._require_sound(f"assets/{name}")
            return addresses[name]

        self._environment = self._new_environment(site, asset=asset)

    def _new_environment(self, site: Site | None, **names: object) -> Environment:
        """A new environment, since an imported file sees only the globals that were there when it was imported."""
        language = language_of(site.language, site.words) if site else language_of("en")
        cache = macro_cache.MacroCache(self._cache_bytes)
        environment = new_environment(_Loader(self, self._files))
        environment.filters.update(filters_of(language), once=cache.once, each=cache.each)
        environment.globals.update(functions_of(language), **names)
        if site:
            environment.globals["site"] = site
        return environment

    def render(self, name: str, owner: str, **values: object) -> str:
        """A template filled with values. ContentError where it fails: with its line, and `owner`, the page or file."""
        self._require_sound(name)
        try:
            return self._environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise self._syntax_error(error, name) from error
        except jinja2.TemplateNotFound as error:
            raise ContentError(Problem("template-missing", f"templates/{error.name or name}")) from error
        except _FAILURES as error:
            file, line = self._innermost_line(error, name)
            excerpt = self._line(file, line)
            reason = self._reason(error)
            place = (f"templates/{file}", line, _column(excerpt, reason))
            raise ContentError(Problem("template-failed", *place, (reason, owner), excerpt)) from error

    def _reason(self, error: BaseException) -> str:
        """Why a template failed, in words."""
        if isinstance(error, KeyError):
            near = nearest(str(error.args[0]), self._assets)
            return f"{error.args[0]!r} is not known" + (f" (did you mean {near}?)" if near else "")
        return with_near_name(str(error), self._environment, self._files) or type(error).__name__

    def _innermost_line(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template and line of a traceback, whose frames Jinja gives template names and lines."""
        innermost = (name, 0)
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in self._files:
                innermost = (file, trace.tb_lineno)
            trace = trace.tb_next
        return innermost

    def _line(self, name: str, line: int) -> str:
        lines = self._files.get(name, "").splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _syntax_error(self, error: jinja2.TemplateSyntaxError, name: str) -> ContentError:
        """Jinja's complaint about a template as ours; `name` is the template that was asked for."""
        file, line = error.name or name, error.lineno
        excerpt = self._line(file, line)
        reason = with_near_name(error.message or "", self._environment, self._files).rstrip(".")
        place = (f"templates/{file}", line, _column(excerpt, reason))
        return ContentError(Problem("template-syntax", *place, (f"{reason}.",), excerpt))


def _column(line: str, reason: str) -> int:
    """The column of the last name in quotes in `reason` that stands in the line; 0 for none."""
    columns = (line.find(name) + 1 for name in reversed(_QUOTED.findall(reason)))
    return next((column for column in columns if column), 0)


class _Loader(jinja2.BaseLoader):
    """Gives Jinja the compiled templates of a theme."""

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
        code = self._theme.compiled(name).code
        template = Template.from_code(environment, code, {} if globals is None else globals)
        template.root_render_func.__globals__.update(escape=escape)
        if isinstance(template, Template):
            template.keeps_state = self._theme.keeps_state(name)
        return template
