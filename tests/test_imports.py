"""Imports go down only, and each third-party library has one owner. The order of layers is written here alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsgen"

# From the bottom up. A module may import from lower layers, and within its own layer where no circle arises.
LAYERS: dict[str, tuple[str, ...]] = {
    "values": (
        "value", "model", "site", "errors", "pages", "parts", "codec", "units", "words", "memo", "address",
        "__init__",
    ),
    "wire": ("wire",),
    "pure": (
        "config", "parse", "markdown", "markup", "lifecycle", "stopwords", "terms", "blocks", "related",
        "amended", "whole", "many", "cards", "shelves", "index", "pins", "changed", "touched", "pictures", "lineage",
        "ledger", "requests", "ways", "veil", "phrases", "proof", "plan", "printed", "tighten",
        "templates", "fingerprint", "jsonld", "metadata", "revisions", "storytext", "render", "editor", "chains",
        "importers",
    ),
    "effects": ("disk", "discover", "folder", "write", "record", "pool"),
    "engine": (
        "job", "outcome", "context", "rendering", "workers", "sample", "state", "fates", "survey", "remembered",
        "stored", "relating", "reasons", "decide", "standing", "compiling", "guard", "kept", "live", "pipeline",
        "build", "check", "explain", "schedule", "withdraw", "unpublish", "linking", "intake", "notices", "scaffold",
        "project", "cluster",
    ),
    "faces": ("watch", "preview", "report", "explained", "outcomes", "cli", "__main__"),
}  # fmt: skip
OWNERS = {
    "click": "cli",
    "yaml": "parse",
    "markdown_it": "markdown",
    "jinja2": "templates",
    "markupsafe": "templates",
    "imagesize": "pictures",
    "sqlite3": "record",
    "multiprocessing": "pool",
    "concurrent": ("pool", "preview"),
    "tomllib": "config",
    "distributed": "cluster",
    "ahocorasick_rs": "proof",
    "numpy": "many",
    "starlette": "preview",
    "uvicorn": "preview",
    "watchdog": "watch",
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "theme" not in path.parts)


def top_name(path: Path) -> str:
    """`newsgen/plan/feeds.py` belongs to `plan`."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, inside functions too, as dotted names with lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            folder = PACKAGE.parent / node.module.replace(".", "/")
            for alias in node.names:  # `from newsgen.plan import feeds` imports newsgen.plan.feeds
                is_module = (folder / f"{alias.name}.py").exists() or (folder / alias.name).is_dir()
                yield f"{node.module}.{alias.name}" if is_module else node.module, node.lineno


def layer_of(name: str) -> int:
    for number, (_layer, names) in enumerate(LAYERS.items()):
        if name in names:
            return number
    raise LookupError(f"newsgen/{name} is in no layer: add it to LAYERS in {__file__}")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_and_libraries_have_one_owner(path: Path) -> None:
    own = top_name(path)
    for name, line in imports(path):
        where = f"{path.relative_to(PACKAGE)}:{line}"
        root, _, rest = name.partition(".")
        if root == "newsgen":
            target = rest.partition(".")[0]
            target = target if target and layer_exists(target) else "__init__"
            assert layer_of(target) <= layer_of(own), f"{where} imports {name}, which lies above it"
        elif root in OWNERS:
            assert own in OWNERS[root] if isinstance(OWNERS[root], tuple) else own == OWNERS[root], (
                f"{where} imports {root}, which belongs to {OWNERS[root]}"
            )


def layer_exists(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()


def test_there_is_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for path in modules():
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        graph[name] = set()
        for target, _line in imports(path):
            if target.startswith("newsgen."):
                rest = target.removeprefix("newsgen.")
                found = [rest, f"{rest}.__init__", rest.rpartition(".")[0]]
                graph[name].update(n for n in found if n and (PACKAGE / (n.replace(".", "/") + ".py")).exists())
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for target in sorted(graph[name]):
                if target != name:
                    visit(target, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
    assert len(done) > 30


def test_every_public_name_is_declared() -> None:
    for path in modules():
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
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        }
        if path.parent.name == "cli" and path.name == "__init__.py":
            continue  # its functions are commands, named by their decorators
        assert defined <= declared, (
            f"{path.relative_to(PACKAGE)}: {sorted(defined - declared)} is neither in __all__ nor private"
        )


def test_files_stay_short() -> None:
    long = {str(path.relative_to(PACKAGE)): n for path in modules() if (n := len(path.read_text().splitlines())) > 400}
    assert not long
