"""The plan of the house, held: which folder may import which, who owns a library, and what a file may look like.

The list of folders below is the import rule itself: there is no other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsgen"

# From the top down. A file imports its own folder and those on lower lines; folders on one line do not know each other.
FOLDERS: tuple[tuple[str, ...], ...] = (
    ("cli",),
    ("preview",),
    ("messages",),
    ("commands",),
    ("engine",),
    ("plan", "leaks"),
    ("related", "lifecycle"),
    ("index", "render", "workers"),
    ("formats", "source"),
    ("storyfile", "lint"),
    ("wire", "pictures"),
    ("text", "disk", "store"),
    ("model",),
)
LOOSE = ("__init__", "__main__")  # the only modules beside the folders
FACES = ("disk", "model", "plan", "store", "storyfile")  # folders from which names are imported directly
OWNERS: Mapping[str, tuple[str, ...]] = {
    "click": ("cli",),
    "yaml": ("storyfile",),
    "markdown_it": ("text.markdown_it",),
    "jinja2": ("render.templates",),
    "markupsafe": ("render.templates",),
    "imagesize": ("pictures.measure",),
    "sqlite3": ("store",),
    "multiprocessing": ("workers.pool",),
    "concurrent": ("workers.pool", "preview"),
    "tomllib": ("source.settings",),
    "distributed": ("workers.dask",),
    "ahocorasick_rs": ("leaks.finder",),
    "numpy": ("related.scores",),
    "starlette": ("preview",),
    "uvicorn": ("preview",),
    "watchdog": ("preview.watch",),
}
LONGEST = 300  # lines of a file

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
    found = []
    for name, targets in graph.items():
        own = name.partition(".")[0]
        for target, line in targets:
            root, _, rest = target.partition(".")
            folder = rest.partition(".")[0]
            if root != "newsgen" or own in LOOSE or folder in (*LOOSE, "", own):
                continue
            if line_of(folder) <= line_of(own):
                found.append(f"{name}:{line} imports {target}, which does not lie below it")
    return found


def strangers(graph: Graph) -> list[str]:
    """Imports of a library by others than its owner."""
    found = []
    for name, targets in graph.items():
        for target, line in targets:
            owners = OWNERS.get(target.partition(".")[0], ())
            if owners and not any(f"{name}.".startswith(f"{owner}.") for owner in owners):
                found.append(f"{name}:{line} imports {target}, which belongs to {' and '.join(owners)}")
    return found


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
                if found := visit(target, (*trail, name)):
                    return found
            done.add(name)
        return []

    return next((found for name in sorted(edges) if (found := visit(name, ()))), [])


GRAPH = graph_of({name: path.read_text(encoding="utf-8") for name, path in SOURCES.items()})


def test_the_folders_are_those_of_the_plan() -> None:
    planned = sorted(folder for line in FOLDERS for folder in line)
    assert sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()) == planned
    assert sorted(p.stem for p in PACKAGE.glob("*.py")) == sorted(LOOSE)


def test_imports_go_down() -> None:
    assert upward(GRAPH) == []


def test_no_folder_imports_its_own_face() -> None:
    """Its files import one another: the face imports them."""
    for name, targets in GRAPH.items():
        own = name.partition(".")[0]
        assert name == own or f"newsgen.{own}" not in [target for target, _line in targets], name


def test_each_library_has_one_owner() -> None:
    assert strangers(GRAPH) == []


def test_there_is_no_circle() -> None:
    assert circle(GRAPH) == []


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("text.address", "from newsgen.plan import feeds", "does not lie below"),
        ("wire.byline", "from newsgen.pictures import measure", "does not lie below"),
        ("related.pins", "from newsgen.lifecycle import state", "does not lie below"),
        ("plan.feeds", "from newsgen.plan import registry", "plan.feeds"),
        ("plan.feeds", "import sqlite3", "belongs to store"),
        ("text.markdown", "import markdown_it", "belongs to text.markdown_it"),
    ],
)
def test_the_rules_catch_what_they_forbid(name: str, line: str, said: str) -> None:
    """An import that leads up, one between folders of one line, a circle inside a folder, a second owner."""
    broken = {**GRAPH, name: [*GRAPH[name], *imported(line)]}
    assert said in "\n".join([*upward(broken), *strangers(broken), *circle(broken)])


@pytest.mark.parametrize("name", [name for name, path in SOURCES.items() if path.name == "__init__.py" and "." in name])
def test_a_folder_within_a_folder_exports_nothing(name: str) -> None:
    assert list(imported(SOURCES[name].read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("folder", [folder for line in FOLDERS for folder in line])
def test_a_folder_names_its_files_in_reading_order(folder: str) -> None:
    """The docstring of a folder is its map; and only some folders have a face."""
    text = SOURCES[folder].read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(text)) or ""
    files = [path.stem for path in (PACKAGE / folder).glob("*.py") if path.stem != "__init__"]
    missing = [name for name in files if f"{name} " not in told and f"{name}\n" not in told]
    assert not missing, f"newsgen/{folder}/__init__.py does not say what is in {missing}"
    if folder not in FACES:
        assert list(imported(text)) == [], f"newsgen/{folder}/__init__.py is a docstring and no more"


def test_every_public_name_is_declared() -> None:
    for name, path in SOURCES.items():
        if name in LOOSE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        declared = {
            element.value
            for node in tree.body
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
            for element in getattr(node.value, "elts", [])
        }
        defined = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not (name.startswith("cli.") and any("click" in ast.unparse(one) for one in node.decorator_list))
        }
        assert defined <= declared, f"{name}: {sorted(defined - declared)} is neither in __all__ nor private"


def test_files_stay_short() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in SOURCES.items()}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
