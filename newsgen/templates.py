"""Jinja2, and nothing else of newsgen knows it: templates by name, the digest of all that one includes, rendering.

The files come in as values. `{% include %}`, `{% extends %}` and `{% import %}` take literals, so the set of files
behind a page is known without rendering it; an undefined name is an error with template and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import jinja2
from jinja2 import nodes

from newsgen import words
from newsgen.cards import join_names
from newsgen.errors import ContentError, Problem
from newsgen.model import Site, digest

__all__ = ["Theme"]

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class Theme:
    """The templates of a site: its own files over the default theme's."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)
        self._closures: dict[str, str] = {}
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=jinja2.select_autoescape(("html.j2", "xml.j2")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(
            long_day=words.long_day,
            short_day=words.short_day,
            month_day=words.month_day,
            thousands=words.thousands,
            names=join_names,
        )
        self._environment.globals.update(plural=words.plural, role_label=_role_label)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = self._files.get(name)
        return None if text is None else (text, name, lambda: True)

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
            tree = self._environment.parse(self._files[name], name, name)
        except jinja2.TemplateSyntaxError as error:
            raise self._problem(error.name or name, error.lineno, error.message or "") from error
        for node in tree.find_all(_REFERENCES):
            target = node.template  # type: ignore[attr-defined]
            if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
                raise ContentError(Problem("template-dynamic", f"templates/{name}", node.lineno))
            if target.value not in self._files:
                missing = Problem("template-not-found", f"templates/{name}", node.lineno, values=(target.value,))
                raise ContentError(missing)
            self._closure(target.value, seen)
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
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            at, line = self._where(error, name)
            excerpt = self._line(at, line)
            reason = f"{error.args[0]!r} is not known" if isinstance(error, KeyError) else str(error)
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
