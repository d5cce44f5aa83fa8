"""Jinja2, and nothing else of newsgen knows it: templates by name, the digest of all that one includes, rendering.

The files come in as values. `{% include %}`, `{% extends %}` and `{% import %}` take literals, so the set of files
behind a page is known without rendering it; an undefined name is an error with template and line.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache, lru_cache
from importlib.util import MAGIC_NUMBER
from inspect import get_annotations
from types import CodeType
from typing import Any, NoReturn

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.runtime import Context, LoopContext, Macro

from newsgen import model, pages, parts, site, words
from newsgen.cards import join_names
from newsgen.errors import ContentError, Problem
from newsgen.model import Link, digest
from newsgen.printed import Memo
from newsgen.site import Site
from newsgen.tighten import OWNERS, VERSION, tighten

__all__ = ["Theme", "compiled", "compiled_key"]

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
_ESCAPED = ("html.j2", "xml.j2")  # the files whose values are escaped
_TRIMMED = True  # a line that holds only a tag leaves nothing

_Code = tuple[CodeType, tuple[tuple[str, int], ...]]  # with the files that it names, each with its line


# --- compiling: pure functions of a template's name and text --------------------------------------------------------


class _Context(Context):
    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A macro, at once: to ask what a called object wants to be told takes as long as to print a link."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


class _Environment(jinja2.Environment):
    context_class = _Context

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._known: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """A template, and the next time the same: an environment's templates do not change; Jinja looks for itself."""
        found: jinja2.Template | None = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent, globals)
        return found

    def _compile(self, source: str, filename: str) -> CodeType:
        """Jinja's own hook: what it wrote, to code."""
        return compile(tighten(source, _owners().keys()), filename, "exec")

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of every template: one dict. Jinja's ChainMap costs 15 µs a page to copy; we never add to it."""
        return super().make_globals(d) if d else self.globals


def _environment(loader: jinja2.BaseLoader | None = None) -> _Environment:
    environment = _Environment(
        loader=loader,
        autoescape=cache(jinja2.select_autoescape(_ESCAPED)),  # asked for each page
        undefined=jinja2.StrictUndefined,
        trim_blocks=_TRIMMED,
        lstrip_blocks=_TRIMMED,
        auto_reload=False,
        cache_size=-1,
    )
    for name in ("lipsum", "random"):  # other bytes at every build
        environment.globals.pop(name, None)
        environment.filters.pop(name, None)
    environment.filters.update(dict.fromkeys((*_FILTERS, "once", "each"), _not_yet))
    return environment


def _not_yet(*_values: object) -> NoReturn:
    """A filter of ours while a template is compiled: nothing that it gives may be part of the code, which is kept."""
    raise TypeError


def compiled_key(name: str, text: str) -> str:
    """Under which compiled code is kept: all that it depends on."""
    settings = f"{_TRIMMED}{_ESCAPED}{sorted(_FILTERS)}{VERSION}{sorted(_owners())}"
    parts = (name, text, jinja2.__version__, MAGIC_NUMBER.hex(), settings)
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def compiled(name: str, text: str) -> bytes:
    """A template as compiled code that can be stored, behind a digest. jinja2.TemplateSyntaxError for a mistake."""
    data = marshal.dumps(_compile(name, text))
    return digest(data).encode() + data


@lru_cache(maxsize=512)
def _compile(name: str, text: str) -> _Code:
    """Kept, so that workers inherit it: compiling the default theme takes about 0.2 s."""
    environment = _environment()
    tree = environment.parse(text, name, name)
    found = []
    for node in tree.find_all(_REFERENCES):
        target = node.template  # type: ignore[attr-defined]
        is_literal = isinstance(target, nodes.Const) and isinstance(target.value, str)
        found.append((target.value if is_literal else "", node.lineno))
    return environment.compile(tree, name, name), tuple(found)


@lru_cache(maxsize=512)
def _load(stored: bytes) -> _Code | None:
    """The code that `compiled` stored; None for bytes that are not what it wrote: marshal must never see those."""
    mark, data = stored[:32], stored[32:]
    if digest(data).encode() != mark:
        return None
    code: _Code = marshal.loads(data)
    return code


# --- rendering ------------------------------------------------------------------------------------------------------


class Theme:
    """The templates of a site: its own files over the default theme's.

    `stored` is what `compiled()` of an earlier run gave, by key: that is not compiled again.
    """

    def __init__(self, files: Mapping[str, str], stored: Mapping[str, bytes] | None = None) -> None:
        self._files = dict(files)
        self._stored = stored or {}
        self._codes: dict[str, _Code] = {}
        self._new: dict[str, str] = {}  # key of code that was not stored -> template
        self._closures: dict[str, str] = {}
        self._environment = self._fresh()

    def code(self, name: str) -> _Code:
        """A template's code, and the files that it names, each with its line; "" for one that is no literal."""
        code = self._codes.get(name)
        if code is None:
            text = self._files[name]
            key = compiled_key(name, text)
            stored = self._stored.get(key)
            code = _load(stored) if stored is not None else None
            if code is None:
                code = _compile(name, text)
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
            _code, references = self.code(name)
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
        self._environment = self._fresh(site=site, asset=addresses.__getitem__)

    def _fresh(self, **names: object) -> _Environment:
        """An environment that remembers nothing: an imported file sees the names that were there when it was read."""
        memo = Memo()
        environment = _environment(_Loader(self, self._files))
        environment.filters.update(_FILTERS, once=memo.once, each=memo.each)
        environment.globals.update(names, plural=words.plural, role_label=_role_label)
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
        code, _references = self._theme.code(name)
        template = jinja2.Template.from_code(environment, code, {} if globals is None else globals)
        template.root_render_func.__globals__.update(_names())
        return template


def _escape(value: Any) -> str:
    """What a template's code calls for each value that it prints, some 80 times an article.

    markupsafe's escape() makes every text an object that remembers it is safe; what is joined into a page at once need
    not remember, and takes a third of the time.
    """
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    found: str = value if kind is markupsafe.Markup else markupsafe.escape(value)
    return found


@cache
def _owners() -> Mapping[str, frozenset[type]]:
    """For each attribute of what templates are handed, the types that have it: see tighten.py."""
    found: dict[str, set[type]] = {name: {LoopContext} for name in ("first", "last", "index", "index0", "revindex")}
    waiting = [kind for module in (model, pages, parts, site) for kind in vars(module).values()]
    for kind in waiting:
        if isinstance(kind, type) and kind.__module__.startswith("newsgen."):
            waiting.extend(kind.__subclasses__())
            for name in (name for base in kind.__mro__ for name in get_annotations(base)):
                found.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items() if not name.startswith("_")}


@cache
def _names() -> Mapping[str, object]:
    """What the code of every template finds among its globals."""
    owners = {OWNERS + name: kinds for name, kinds in _owners().items()}
    return {"escape": _escape, "_escape_text": _escape_text, **owners}


_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def _role_label(role: str) -> str:
    """`additional_reporting` is `Additional reporting`."""
    return role.replace("_", " ").capitalize()


def _within(here: str, links: Iterable[Link]) -> str:
    """The address among links that `here` is, or that it lies below: the longest; "" for none."""
    return max((link.url for link in links if here.startswith(link.url)), key=len, default="")


_FILTERS = {
    "long_day": words.long_day,
    "short_day": words.short_day,
    "month_day": words.month_day,
    "thousands": words.thousands,
    "names": join_names,
    "within": _within,
}
