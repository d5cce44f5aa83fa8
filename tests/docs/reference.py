"""docs/reference/, made from the code. `python -m tests.docs` writes it; a test compares it."""

from __future__ import annotations

import ast
import inspect
import io
import json
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from types import ModuleType
from typing import Any

import click

import newsgen.cli
from newsgen.cli.main import newsgen as group
from newsgen.language import catalogue
from newsgen.lint.rules import RULES, SWITCHABLE
from newsgen.messages.file_keys import KEYS, TITLES
from newsgen.messages.theme_files import PURPOSES
from newsgen.model import (
    briefs,
    card,
    feed_pages,
    index_pages,
    notice_pages,
    page_parts,
    pages,
    settings,
    site_files,
    story,
    targets,
)
from newsgen.source.theme import default_theme
from newsgen.storyfile import SCHEMAS, json_schema

__all__ = ["PAGES", "fields_of"]

_MADE = "*Made from the code by `python -m tests.docs`.*"
_BLOCK = re.compile(r"\{%-? *block (\w+)")


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *parts, _MADE]) + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


# --- commands ---


def _commands(parent: click.Group, before: str = "newsgen") -> Iterator[tuple[str, click.Command]]:
    for name in sorted(parent.commands):
        command = parent.commands[name]
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before} {name}")


def _paragraphs(text: str) -> tuple[str, str]:
    """The help of a command without its example, and the example."""
    words, _, example = inspect.cleandoc(text).partition("\b\nExample:\n")
    lines = (" ".join(each.split()) for each in words.split("\n\n") if each.strip("\b\n "))
    return "\n\n".join(line.replace("\b", "").strip() for line in lines), inspect.cleandoc(example)


def _command(name: str, command: click.Command) -> str:
    words, example = _paragraphs(command.help or "")
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])  # as the group gives it
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    rows = [record for each in command.get_params(context) if (record := each.get_help_record(context))]
    options = [_table(("option", "does"), [(f"`{names}`", text) for names, text in rows])]
    return "\n\n".join([f"## {name}", f"`{usage}`", words, f"```sh\n{example}\n```", *options])


def commands() -> str:
    """Every command with its options."""
    return _page("Commands", *(_command(name, command) for name, command in _commands(group)))


def exit_codes() -> str:
    """The exit codes, as the command line says them."""
    text = inspect.cleandoc(newsgen.cli.__doc__ or "")
    (codes,) = (" ".join(each.split()) for each in text.split("\n\n") if each.startswith("Exit codes:"))
    codes = codes.removeprefix("Exit codes: ").partition("`model.errors`")[0].strip().rstrip(".")
    rows = re.findall(r"([\d]+(?: and \d+)?) ([^;]+)", codes)
    return _page("Exit codes", _table(("code", "means"), rows))


# --- values ---


def fields_of(cls: type) -> list[tuple[str, str, str, str]]:
    """The fields of a dataclass: name, type, default, and the comment behind them."""
    source = inspect.getsource(cls)
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    (tree,) = ast.parse(source).body
    assert isinstance(tree, ast.ClassDef)
    found = []
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            comment = " ".join(comments[line] for line in lines if line in comments)
            default = " ".join(ast.unparse(node.value).split()) if node.value else ""
            found.append((node.target.id, ast.unparse(node.annotation), default, comment))
    return found


def _value(cls: type, heads: tuple[str, ...] = ("field", "type", "what it is")) -> str:
    rows = [(f"`{name}`", f"`{kind}`", comment) for name, kind, _default, comment in fields_of(cls)]
    return "\n\n".join([f"### {cls.__name__}", inspect.cleandoc(cls.__doc__ or ""), _table(heads, rows)])


def _settings_table(cls: type) -> str:
    rows = [
        (f"`{name}`", _as_toml(default) if default else "required", comment)
        for name, _kind, default, comment in fields_of(cls)
    ]
    return _table(("key", "default", "means"), rows)


def _comment_on(cls: type, field: str) -> str:
    return next(comment for name, _kind, _default, comment in fields_of(cls) if name == field)


def _as_toml(default: str) -> str:
    """A default as the settings have it; "" for one that is not written there."""
    try:
        text = json.dumps(ast.literal_eval(default))
    except ValueError:
        return ""
    return "" if text == '""' else f"`{text}`"


def settings_page() -> str:
    """The keys of [tool.newsgen]."""
    kinds = [
        (f"`{name}`", *(", ".join(f"`{key}`" for key in keys) for keys in (kind.required, kind.optional, kind.hosts)))
        for name, kind in sorted(targets.TARGET_KINDS.items())
    ]
    hosts = [
        (f"`{name}`", f"{rules.redirect_limit:,}", "yes" if rules.answers_gone else "no")
        for name, rules in settings.HOSTS.items()
    ]
    return _page(
        "Settings",
        "In `pyproject.toml`. A key that newsgen does not know is an error that names the nearest known one.",
        "## [tool.newsgen]", _settings_table(settings.Settings),
        "## [[tool.newsgen.agencies]]", _settings_table(settings.Agency),
        "## [[tool.newsgen.menu]]", inspect.cleandoc(site_files.MenuEntry.__doc__ or ""),
        _settings_table(site_files.MenuEntry),
        "## [tool.newsgen.feeds]", _settings_table(settings.FeedSettings),
        "## [tool.newsgen.related]", _settings_table(settings.RelatedSettings),
        "## [tool.newsgen.csp]", "Sources that are added to a directive of the Content Security Policy, each a list:",
        ", ".join(f"`{name}`" for name in settings.CSP_DIRECTIVES),
        "## [tool.newsgen.publish.NAME]",
        _table(("kind", "must have", "may have", "values of host that fit"), kinds),
        f"Each may have `url` too: {_comment_on(targets.TargetSettings, 'url')}.",
        "## Values of host", _table(("host", "redirects that it obeys", "answers 410"), hosts),
    )  # fmt: skip


# --- templates ---

_MODULES: tuple[ModuleType, ...] = (pages, index_pages, notice_pages, feed_pages, briefs, page_parts, card, story)


def _classes(module: ModuleType, wanted: Callable[[type], bool]) -> Iterator[type]:
    for name, cls in vars(module).items():
        is_ours = inspect.isclass(cls) and cls.__module__ == module.__name__ and hasattr(cls, "__annotations__")
        if is_ours and not name.startswith("_") and wanted(cls):
            yield cls


def _blocks() -> Iterator[tuple[str, ...]]:
    for name, data in sorted(default_theme().items()):
        if name.endswith(".j2"):
            found = dict.fromkeys(_BLOCK.findall(data.decode()))
            yield f"`{name}`", PURPOSES.get(name, ""), ", ".join(f"`{block}`" for block in found)


def _used(start: set[str]) -> set[str]:
    """The names of classes that fields of some classes name, and fields of these, and so on."""
    by_name = {cls.__name__: cls for module in _MODULES for cls in _classes(module, lambda _cls: True)}
    names, todo = set(start), list(start)
    while todo:
        for _name, kind, _default, _comment in fields_of(by_name[todo.pop()]):
            new = {word for word in re.findall(r"\w+", kind) if word in by_name} - names
            names |= new
            todo += new
    return names


def templates() -> str:
    """The files of the theme with their blocks, and what each receives."""
    received = {
        cls.__name__
        for module in (pages, index_pages, notice_pages, feed_pages, briefs)
        for cls in _classes(module, lambda cls: ".j2" in (cls.__doc__ or "").partition("\n")[0])
    }
    used = _used(received | {"StoryText", "BodyText"})
    first = [cls for module in _MODULES for cls in _classes(module, lambda cls: cls.__name__ in received)]
    others = [cls for module in _MODULES for cls in _classes(module, lambda cls: cls.__name__ in used - received)]
    return _page(
        "Templates",
        "\n\n".join(inspect.cleandoc(pages.__doc__ or "").split("\n\n")[1:]),
        "How to change them is in [look](../look.md).",
        "## Files and blocks", _table(("file", "what for", "blocks"), _blocks()),
        "## site and head", _value(settings.Site), _value(page_parts.Head),
        "## page", *map(_value, first), "## What is in these", *map(_value, others),
    )  # fmt: skip


# --- rules and keys ---


def check_rules() -> str:
    """The rules of newsgen check."""
    rows = [(f"`{name}`", text, "yes" if name in SWITCHABLE else "no") for name, text in RULES.items()]
    about = "`newsgen check --off RULE` leaves out a rule that gives advice or a warning."
    return _page("Rules of newsgen check", about, _table(("rule", "finds", "--off takes it"), rows))


def _words(shape: Mapping[str, Any]) -> str:
    """What a key takes, in words."""
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(map(_words, shape["anyOf"])))
    if "enum" in shape:
        return ", ".join(f"`{word}`" for word in shape["enum"] if isinstance(word, str))
    if shape["type"] == "array":
        return f"a list of {_words(shape['items']).replace('a map', 'maps').replace('a text', 'texts')}"
    if shape["type"] == "object":
        return "a map"
    if "minimum" in shape:
        return f"a number from {shape['minimum']} to {shape['maximum']}"
    pattern = str(shape.get("pattern", ""))
    if "{4}-" in pattern:
        return "a date or time" if pattern.endswith(")?$") else "a time with a zone"
    return "a text"


def _key_rows(shape: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for key, inner in shape.get("properties", {}).items():
        name = f"{prefix}{key}"
        mark = " (required)" if key in shape.get("required", ()) else ""
        yield f"`{name}`{mark}", _words(inner), inner["description"]
        for each in (inner, inner.get("items", {}), *inner.get("anyOf", ())):
            yield from _key_rows(each, f"{name}.")


def front_matter() -> str:
    """The keys of story files, and of the files beside them."""
    parts = []
    for kind in SCHEMAS:
        shape: dict[str, Any] = json_schema(kind, TITLES[kind], KEYS[kind])
        rows = _key_rows(shape.get("items", shape), "")
        parts += [f"## {TITLES[kind].removesuffix(' of newsgen')}", _table(("key", "takes", "means"), rows)]
    return _page("Front matter", "`newsgen schema` prints the same as JSON Schema, for editors.", *parts)


# --- words ---

_HEADING = re.compile(r"# --- (.*) ---")


def words() -> str:
    """The keys of the catalogue with their English, under the headings of that file."""
    parts: list[str] = []
    rows: list[tuple[str, ...]] = []
    english = catalogue.catalogue(catalogue.ENGLISH)
    file = files(catalogue.__package__) / "catalogue/en.toml"
    for line in file.read_text("utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            rows = []
            parts += [f"## {heading[1].capitalize()}", ""]
        elif (key := line.partition(" = ")[0]) in english:
            texts = english[key]
            text = texts.get("") or ", ".join(f"{name}: {each}" for name, each in texts.items())
            rows.append((f"`{key}`", f"`{text}`"))
            parts[-1] = _table(("key", "English"), rows)
    return _page(
        "Words of the interface",
        "What `[tool.newsgen.words]` may say otherwise: see [Language](../language.md).",
        *parts,
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "check-rules.md": check_rules,
    "commands.md": commands,
    "exit-codes.md": exit_codes,
    "front-matter.md": front_matter,
    "settings.md": settings_page,
    "templates.md": templates,
    "words.md": words,
}
