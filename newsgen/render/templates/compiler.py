"""A template's text to Python code, and that code to bytes that can be stored: pure functions of its name and text."""

from __future__ import annotations

import marshal
from collections.abc import Callable, MutableMapping
from functools import cache, lru_cache
from importlib.util import MAGIC_NUMBER
from types import CodeType
from typing import Any, NamedTuple, NoReturn

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from newsgen.disk import composed
from newsgen.model.files import digest
from newsgen.render.templates.filters import FILTERS
from newsgen.render.templates.near_names import Undefined

__all__ = [
    "CompiledTemplate", "Environment", "Template", "compile_key", "compile_text", "escape", "from_bytes",
    "new_environment", "to_bytes",
]  # fmt: skip

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_MUTABLE = (nodes.Call, nodes.List, nodes.Dict, nodes.Filter)  # expressions that may give what can change
_ESCAPED = ("html.j2", "xml.j2")  # endings of the files whose values are escaped
_TRIMMED = True  # a line that holds only a tag leaves nothing


class CompiledTemplate(NamedTuple):
    """A template as Python code, and what its text says of it."""

    code: CodeType
    references: tuple[tuple[str, int], ...]  # files that it includes, extends, imports, with lines; "" if no literal
    keeps_state: bool  # whether what it sets may change while it is used


class Template(jinja2.Template):
    """A template; one that keeps state is a new module for each page that imports it."""

    keeps_state = False

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text. As Jinja's own, but what the page held is free at once.

        A macro of the page's own file sees the page's context, which holds the macro: Python found that circle, and all
        that an article is made of, only when it looked for garbage, which took a twentieth of a build.
        """
        context = self.new_context(dict(*args, **kwargs))
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:
            self.environment.handle_exception()
        finally:
            context.vars.clear()

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:
        """What Jinja's code calls for an import; Jinja itself keeps the first module for all pages."""
        module = super()._get_default_module(ctx)
        if self.keeps_state:
            self._module = None
        return module


class _Code(CodeGenerator):
    """Writes a template's code, in which `say` is called as what it is.

    An article says thirty texts, and Jinja takes three times as long, for it asks of all that is called what it is.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, as Jinja calls it
        if not (isinstance(node.node, nodes.Name) and node.node.name == "say" and node.args):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        key, *more = node.args
        self.visit(node.node, frame)
        self.write("(")
        self.visit(key, frame)
        self.signature(nodes.Call(node.node, more, node.kwargs, node.dyn_args, node.dyn_kwargs), frame)
        self.write(")")


class Environment(jinja2.Environment):
    """Jinja's environment, quicker where templates and globals do not change."""

    code_generator_class = _Code

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._by_name: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002
        """A template, the same each time: Jinja would ask whether its text has changed, which it never does here."""
        template: jinja2.Template | None = self._by_name.get(name)
        if template is None:
            template = self._by_name[name] = super().get_template(name, parent, globals)
        return template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of every template: one dict. Jinja's ChainMap costs 15 µs a page to copy; we never add to it."""
        return super().make_globals(d) if d else self.globals


def new_environment(loader: jinja2.BaseLoader | None = None) -> Environment:
    """An environment with newsgen's settings, whose own filters fail until they are replaced."""
    environment = Environment(
        loader=loader,
        autoescape=cache(jinja2.select_autoescape(_ESCAPED)),  # called for each page
        undefined=Undefined,
        trim_blocks=_TRIMMED,
        lstrip_blocks=_TRIMMED,
        auto_reload=False,
        cache_size=-1,
    )
    for name in ("lipsum", "random"):  # other bytes at every build
        environment.globals.pop(name, None)
        environment.filters.pop(name, None)
    environment.filters.update(dict.fromkeys((*FILTERS, "once", "each"), _fail))
    return environment


def _fail(*_values: object, **_named: object) -> NoReturn:
    """A filter of ours while a template is compiled. Jinja works out constant expressions then, unless they fail: none
    that our filters gave may be part of the code, which is stored and used with later versions of them.
    """
    raise TypeError


def compile_key(name: str, text: str) -> str:
    """The key under which a compiled template is stored: a digest of all that its code depends on."""
    settings = f"{_TRIMMED}{_ESCAPED}{sorted(FILTERS)}"
    parts = (name, text, jinja2.__version__, MAGIC_NUMBER.hex(), settings)
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=512)
def compile_text(name: str, text: str) -> CompiledTemplate:
    """A template compiled. The cache is inherited by forked workers: the default theme takes about 0.2 s to compile.

    jinja2.TemplateSyntaxError for a mistake, and for what Python cannot compile.
    """
    environment = new_environment()
    try:
        tree = environment.parse(text, name, name)
        references = [_reference(node.template, node.lineno) for node in tree.find_all(_REFERENCES)]  # type: ignore[attr-defined]
        code = environment.compile(tree, name, name)
    except (SyntaxError, RecursionError, ValueError, OverflowError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise jinja2.TemplateSyntaxError(f"Python cannot compile it: {reason}", 1, name, name) from error
    return CompiledTemplate(code, tuple(references), _keeps_state(tree))


def _reference(target: nodes.Expr, line: int) -> tuple[str, int]:
    """The file that a template names, and where; "" if that is no literal. In NFC from now on, as files are."""
    if not (isinstance(target, nodes.Const) and isinstance(target.value, str)):
        return "", line
    target.value = composed(target.value)
    return target.value, line


def _keeps_state(tree: nodes.Template) -> bool:
    """Whether a file sets, outside its macros, what may change while it is used: a list, a dict, a cycler, a namespace.

    An imported file is one for all pages; what one page does to such a value, the next would see.
    """
    waiting: list[nodes.Node] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Assign) and next(node.find_all(_MUTABLE), None) is not None:
            return True
        if not isinstance(node, nodes.Macro):
            waiting.extend(node.iter_child_nodes())
    return False


def to_bytes(compiled: CompiledTemplate) -> bytes:
    """A compiled template as bytes that can be stored: 32 hexadecimal digits of a digest, then Python's marshal."""
    data = marshal.dumps(tuple(compiled))
    return digest(data).encode() + data


@lru_cache(maxsize=512)
def from_bytes(stored: bytes) -> CompiledTemplate | None:
    """What `to_bytes` wrote; None for bytes that it did not write, which marshal must never read."""
    stored_digest, data = stored[:32], stored[32:]
    if digest(data).encode() != stored_digest:
        return None
    return CompiledTemplate(*marshal.loads(data))


def escape(value: Any) -> str:
    """What a template's code calls for each value that it prints, some 80 times an article.

    markupsafe's escape() makes every text an object that remembers it is safe. What is joined into a page at once need
    not remember, and takes a third of the time.
    """
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    text: str = value if kind is markupsafe.Markup else markupsafe.escape(value)
    return text


_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
