"""Jinja2, and nothing else of newsgen knows it: templates by name, the digest of all that one includes, rendering.

The files come in as values. `{% include %}`, `{% extends %}` and `{% import %}` take literals, so the set of files
behind a page is known without rendering it; an undefined name is an error with template and line.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes

from newsgen import words
from newsgen.cards import join_names
from newsgen.errors import ContentError, Problem
from newsgen.model import digest
from newsgen.site import Site

__all__ = ["Theme"]

_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    MemoryError,
)  # what a template can raise
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def _environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=loader,
        autoescape=jinja2.select_autoescape(("html.j2", "xml.j2")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(
        long_day=words.long_day,
        short_day=words.short_day,
        month_day=words.month_day,
        thousands=words.thousands,
        names=join_names,
    )
    environment.globals.update(plural=words.plural, role_label=_role_label)
    for name in ("lipsum", "random"):  # other bytes at every build
        environment.globals.pop(name, None)
        environment.filters.pop(name, None)
    return environment


@lru_cache(maxsize=512)
def _compiled(name: str, text: str) -> tuple[CodeType, tuple[tuple[str, int], ...]]:
    """A template's code, and the files that it names, each with its line; "" for one that is no literal.

    A pure function of the text; kept because compiling the default theme takes about 0.2 s.
    """
    environment = _environment()
    tree = environment.parse(text, name, name)
    found = []
    for node in tree.find_all(_REFERENCES):
        target = node.template  # type: ignore[attr-defined]
        is_literal = isinstance(target, nodes.Const) and isinstance(target.value, str)
        found.append((target.value if is_literal else "", node.lineno))
    return environment.compile(tree, name, name), tuple(found)


class _Loader(jinja2.BaseLoader):
    """Templates from values, their code from `_compiled`."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        text = self._files.get(name)
        if text is None:
            raise jinja2.TemplateNotFound(name)
        code, _references = _compiled(name, text)
        return jinja2.Template.from_code(environment, code, {} if globals is None else globals)


class Theme:
    """The templates of a site: its own files over the default theme's."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)
        self._closures: dict[str, str] = {}
        self._environment = _environment(_Loader(self._files))

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
            _code, references = _compiled(name, self._files[name])
        except jinja2.TemplateSyntaxError as error:
            raise self._problem(error.name or name, error.lineno, error.message or "") from error
        for target, line in references:
            if not target:
                raise ContentError(Problem("template-dynamic", f"templates/{name}", line))
            if target not in self._files:
                raise ContentError(Problem("template-not-found", f"templates/{name}", line, values=(target,)))
            self._closure(target, seen)
        return seen

    def use(self, site: Site) -> None:
        """Let every template see the site and its assets."""
        addresses = {name: site.prefix + url for name, url in site.assets}
        self._environment.globals.update(site=site, asset=addresses.__getitem__)

    def render(self, name: str, owner: str, **values: object) -> str:
        """The text of a template filled with values. ContentError, with the line and `owner`, where it fails."""
        try:
            return self._environment.get_template(name).render(**values)
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


def _role_label(role: str) -> str:
    """`additional_reporting` is `Additional reporting`."""
    return role.replace("_", " ").capitalize()
