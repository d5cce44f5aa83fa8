"""A template's text to code, and the code to bytes that can be stored: pure functions of its name and text."""

from __future__ import annotations

import marshal
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from importlib.util import MAGIC_NUMBER
from types import CodeType
from typing import Any, NoReturn

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.runtime import Context

from newsgen.model.files import digest
from newsgen.render.templates.filters import FILTERS

__all__ = [
    "Code", "Environment", "Template", "compile_text", "compiled", "compiled_key", "escape", "load", "new_environment",
]  # fmt: skip

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_CHANGEABLE = (nodes.Call, nodes.List, nodes.Dict, nodes.Filter)
_ESCAPED = ("html.j2", "xml.j2")  # the files whose values are escaped
_TRIMMED = True  # a line that holds only a tag leaves nothing

# With the files that it names, each with its line; and whether what it sets may change while it is used.
Code = tuple[CodeType, tuple[tuple[str, int], ...], bool]


class Template(jinja2.Template):
    """A template; one that keeps a state is a new module for each page that imports it."""

    keeps_state = False

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """What Jinja's code calls for an import; Jinja itself keeps the first module for all pages."""
        found = super()._get_default_module(ctx)
        if self.keeps_state:
            self._module = None
        return found


class Environment(jinja2.Environment):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._known: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """A template, and the next time the same: an environment's templates do not change; Jinja looks for itself."""
        found: jinja2.Template | None = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of every template: one dict. Jinja's ChainMap costs 15 µs a page to copy; we never add to it."""
        return super().make_globals(d) if d else self.globals


def new_environment(loader: jinja2.BaseLoader | None = None) -> Environment:
    environment = Environment(
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
    environment.filters.update(dict.fromkeys((*FILTERS, "once", "each"), _not_yet))
    return environment


def _not_yet(*_values: object) -> NoReturn:
    """A filter of ours while a template is compiled: nothing that it gives may be part of the code, which is kept."""
    raise TypeError


def compiled_key(name: str, text: str) -> str:
    """Under which compiled code is kept: all that it depends on."""
    settings = f"{_TRIMMED}{_ESCAPED}{sorted(FILTERS)}"
    parts = (name, text, jinja2.__version__, MAGIC_NUMBER.hex(), settings)
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def compiled(name: str, text: str) -> bytes:
    """A template as compiled code that can be stored, behind a digest. jinja2.TemplateSyntaxError for a mistake."""
    data = marshal.dumps(compile_text(name, text))
    return digest(data).encode() + data


@lru_cache(maxsize=512)
def compile_text(name: str, text: str) -> Code:
    """Kept, so that workers inherit it: compiling the default theme takes about 0.2 s.

    jinja2.TemplateSyntaxError for a mistake, and for what Python cannot compile.
    """
    environment = new_environment()
    try:
        tree = environment.parse(text, name, name)
        code = environment.compile(tree, name, name)
    except (SyntaxError, RecursionError, ValueError, OverflowError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise jinja2.TemplateSyntaxError(f"Python cannot compile it: {reason}", 1, name, name) from error
    found = []
    for node in tree.find_all(_REFERENCES):
        target = node.template  # type: ignore[attr-defined]
        is_literal = isinstance(target, nodes.Const) and isinstance(target.value, str)
        found.append((target.value if is_literal else "", node.lineno))
    return code, tuple(found), _keeps_state(tree)


def _keeps_state(tree: nodes.Template) -> bool:
    """Whether a file sets, outside its macros, what may change while it is used: a list, a dict, a cycler, a namespace.

    An imported file is one for all pages; what one page does to such a value, the next would see.
    """
    waiting: list[nodes.Node] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Assign) and any(True for _found in node.find_all(_CHANGEABLE)):
            return True
        if not isinstance(node, nodes.Macro):
            waiting.extend(node.iter_child_nodes())
    return False


@lru_cache(maxsize=512)
def load(stored: bytes) -> Code | None:
    """The code that `compiled` stored; None for bytes that are not what it wrote: marshal must never see those."""
    mark, data = stored[:32], stored[32:]
    if digest(data).encode() != mark:
        return None
    code: Code = marshal.loads(data)
    return code


def escape(value: Any) -> str:
    """What a template's code calls for each value that it prints, some 80 times an article.

    markupsafe's escape() makes every text an object that remembers it is safe; what is joined into a page at once need
    not remember, and takes a third of the time.
    """
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    found: str = value if kind is markupsafe.Markup else markupsafe.escape(value)
    return found


_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
