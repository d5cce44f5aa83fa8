"""The rules of the source tree: which folder may import which, who owns a library, what files and functions look like.

The list of folders below is the import rule: it is written down nowhere else.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsgen"

# From the top down. A file imports its own folder and those on lower lines; folders on one line do not know each other.
FOLDERS: tuple[tuple[str, ...], ...] = (
    ("cli",),
    ("preview",),
    ("messages",),
    ("publish",),
    ("commands",),
    ("engine",),
    ("plan", "leaks"),
    ("related", "lifecycle"),
    ("index", "render", "workers"),
    ("formats", "source"),
    ("storyfile", "lint", "citation"),
    ("wire", "pictures"),
    ("store",),
    ("language",),
    ("text", "disk"),
    ("model",),
)
LOOSE = ("__init__", "__main__")  # the only modules beside the folders
FACES = ("disk", "model", "plan", "store", "storyfile")  # folders from which names are imported directly
OWNERS: Mapping[str, tuple[str, ...]] = {
    "click": ("cli",),
    "yaml": ("storyfile",),
    "markdown_it": ("text.markdown_it", "text.markdown_blocks", "text.markdown_inline"),
    "jinja2": ("render.templates",),
    "markupsafe": ("render.templates",),
    "babel": ("language.locale_data", "text.scripts", "text.months"),
    "chardet": ("formats.encoding",),
    "py3langid": ("text.languages",),
    "imagesize": ("pictures.measure",),
    "PIL": ("pictures",),
    "sqlite3": ("store",),
    "multiprocessing": ("workers.pool",),
    "concurrent": ("workers.pool", "preview", "publish"),
    "urllib3": ("publish.http",),
    "boto3": ("publish.s3",),
    "botocore": ("publish.s3",),
    "subprocess": ("publish",),
    "tomllib": ("language.catalogue", "source.settings", "wire.tables"),
    "distributed": ("workers.dask",),
    "ahocorasick_rs": ("leaks.automaton",),
    "numpy": ("related.scores",),
    "segno": ("preview.qr_code",),
    "starlette": ("preview",),
    "uvicorn": ("preview",),
    "watchdog": ("preview.watch",),
}
MOST_LINES = 300  # of a file
MOST_PARAMETERS = 6  # of a function, without self and cls
MOST_FLAGS = 1  # bool parameters of a function
SHORTEST_COPY = 6  # lines that are the same in two places

Graph = Mapping[str, list[tuple[str, int]]]  # module -> modules that it imports, with lines


def name_of(path: Path) -> str:
    """`newsgen/plan/feeds.py` is `plan.feeds`, `newsgen/plan/__init__.py` is `plan`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


SOURCES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(text: str) -> Iterator[tuple[str, int]]:
    """Every module that a text imports, inside functions too, as a dotted name with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:  # `from newsgen.plan import feeds` imports newsgen.plan.feeds
                module = f"{node.module}.{alias.name}"
                yield (module if module.removeprefix("newsgen.") in SOURCES else node.module), node.lineno


def graph_of(sources: Mapping[str, str]) -> Graph:
    return {name: list(imported(text)) for name, text in sources.items()}


def line_of(folder: str) -> int:
    """How deep a folder lies, counted from the top."""
    return next((n for n, line in enumerate(FOLDERS) if folder in line), -1)


def upward(graph: Graph) -> list[str]:
    """Imports that lead up, or across to another folder of the same line."""
    wrong = []
    for name, targets in graph.items():
        importer = name.partition(".")[0]
        for target, line in targets:
            root, _, rest = target.partition(".")
            folder = rest.partition(".")[0]
            if root != "newsgen" or importer in LOOSE or folder in (*LOOSE, "", importer):
                continue
            if line_of(folder) <= line_of(importer):
                wrong.append(f"{name}:{line} imports {target}, which does not lie below it")
    return wrong


def strangers(graph: Graph) -> list[str]:
    """Imports of a library by others than its owner."""
    wrong = []
    for name, targets in graph.items():
        for target, line in targets:
            owners = OWNERS.get(target.partition(".")[0], ())
            if owners and not any(f"{name}.".startswith(f"{owner}.") for owner in owners):
                wrong.append(f"{name}:{line} imports {target}, which belongs to {' and '.join(owners)}")
    return wrong


def circle(graph: Graph) -> list[str]:
    """The modules of a circle of imports, inside folders too; none where there is no circle."""
    edges = {
        name: [
            rest
            for target, _line in targets
            if target.startswith("newsgen.") and (rest := target.removeprefix("newsgen.")) in graph and rest != name
        ]
        for name, targets in graph.items()
        if name not in FACES  # a folder's face imports its files, and these one another
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name not in done:
            for target in edges.get(name, ()):
                if loop := visit(target, (*trail, name)):
                    return loop
            done.add(name)
        return []

    return next((loop for name in sorted(edges) if (loop := visit(name, ()))), [])


Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_command(function: Function) -> bool:
    """Whether click calls it, with what its options and arguments are."""
    decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any("click" in decorator or decorator == "common_options" for decorator in decorators)


def crowded(text: str) -> list[str]:
    """Functions with too many parameters or flags, commands aside."""
    wrong = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, Function) or is_command(node):
            continue
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        types = [ast.unparse(a.annotation) if a.annotation else "" for a in arguments if a.arg not in ("self", "cls")]
        if len(types) > MOST_PARAMETERS or types.count("bool") > MOST_FLAGS:
            wrong.append(f"{node.name} has {len(types)} parameters, of which {types.count('bool')} are flags")
    return wrong


def code_lines(text: str) -> list[tuple[str, int]]:
    """The stripped lines of a text with their numbers, without blank lines, imports and docstrings."""
    left_out = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(text.splitlines(), 1)
    return [(line.strip(), number) for number, line in lines if line.strip() and number not in left_out]


def copies(sources: Mapping[str, str]) -> list[str]:
    """Places that share several lines in a row."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, text in sources.items():
        lines = code_lines(text)
        for at in range(len(lines) - SHORTEST_COPY + 1):
            some = lines[at : at + SHORTEST_COPY]
            places[tuple(line for line, _number in some)].append(f"{name}:{some[0][1]}")
    return [" and ".join(names) for names in places.values() if len(names) > 1]


TEXTS = {name: path.read_text(encoding="utf-8") for name, path in SOURCES.items()}
GRAPH = graph_of(TEXTS)


def test_the_folders_are_those_of_the_plan() -> None:
    planned = sorted(folder for line in FOLDERS for folder in line)
    assert sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()) == planned
    assert sorted(p.stem for p in PACKAGE.glob("*.py")) == sorted(LOOSE)


def test_imports_go_down() -> None:
    assert upward(GRAPH) == []


def test_no_folder_imports_its_own_face() -> None:
    """Its files import one another: the face imports them."""
    for name, targets in GRAPH.items():
        folder = name.partition(".")[0]
        assert name == folder or f"newsgen.{folder}" not in [target for target, _line in targets], name


def test_each_library_has_one_owner() -> None:
    assert strangers(GRAPH) == []


def test_there_is_no_circle() -> None:
    assert circle(GRAPH) == []


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("text.address", "from newsgen.plan import feeds", "does not lie below"),
        ("wire.byline", "from newsgen.pictures import measure", "does not lie below"),
        ("related.pins", "from newsgen.lifecycle import state", "does not lie below"),
        ("plan.feeds", "from newsgen.plan import registry", "plan.feeds"),
        ("plan.feeds", "import sqlite3", "belongs to store"),
        ("text.markdown", "import markdown_it", "belongs to text.markdown_it"),
    ],
)
def test_the_rules_catch_what_they_forbid(name: str, line: str, message: str) -> None:
    """An import that leads up, one between folders of one line, a circle inside a folder, a second owner."""
    broken = {**GRAPH, name: [*GRAPH[name], *imported(line)]}
    assert message in "\n".join([*upward(broken), *strangers(broken), *circle(broken)])


@pytest.mark.parametrize("name", [name for name, path in SOURCES.items() if path.name == "__init__.py" and "." in name])
def test_a_folder_within_a_folder_exports_nothing(name: str) -> None:
    assert list(imported(TEXTS[name])) == []


@pytest.mark.parametrize("folder", [folder for line in FOLDERS for folder in line])
def test_a_folder_names_its_files_in_reading_order(folder: str) -> None:
    """The docstring of a folder is its map; and only some folders have a face."""
    text = TEXTS[folder]
    docstring = ast.get_docstring(ast.parse(text)) or ""
    files = [path.stem for path in (PACKAGE / folder).glob("*.py") if path.stem != "__init__"]
    missing = [name for name in files if f"{name} " not in docstring and f"{name}\n" not in docstring]
    assert not missing, f"newsgen/{folder}/__init__.py does not say what is in {missing}"
    if folder not in FACES:
        assert list(imported(text)) == [], f"newsgen/{folder}/__init__.py is a docstring and no more"


def test_every_public_name_is_declared() -> None:
    for name, text in TEXTS.items():
        if name in LOOSE:
            continue
        tree = ast.parse(text)
        declared = {
            element.value
            for node in tree.body
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
            for element in getattr(node.value, "elts", [])
        }
        defined = {
            node.name
            for node in tree.body
            if isinstance(node, Function | ast.ClassDef)
            and not node.name.startswith("_")
            and not (name.startswith("cli.") and isinstance(node, Function) and is_command(node))
        }
        assert defined <= declared, f"{name}: {sorted(defined - declared)} is neither in __all__ nor private"


def test_files_stay_short() -> None:
    lines = {name: len(text.splitlines()) for name, text in TEXTS.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_functions_take_few_parameters_and_one_flag() -> None:
    assert {name: wrong for name, text in TEXTS.items() if (wrong := crowded(text))} == {}


def test_no_lines_are_copied() -> None:
    assert copies(TEXTS) == []


def test_crowded_functions_and_copies_are_caught() -> None:
    assert crowded("def f(self, a, b, c, *, d, e, f, g): ...") == ["f has 7 parameters, of which 0 are flags"]
    assert crowded("async def f(a: bool, *, b: bool = True): ...") == ["f has 2 parameters, of which 2 are flags"]
    assert crowded("@click.command()\ndef f(a: bool, b: bool): ...") == []
    assert crowded("def f(self, a, b, c, d, e, is_g: bool): ...") == []
    lines = [f"x = {number}" for number in range(6)]
    assert copies({"a": "\n".join(lines), "b": "\n\n".join(["import os", "y = 1", *lines])}) == ["a:1 and b:5"]
    assert copies({"a": "\n".join(lines), "b": "\n".join(lines[1:])}) == []
