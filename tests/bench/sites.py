"""What is built: sites of the same stories, each with the command of its generator."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench import tools
from tests.bench.errors import BenchError
from tests.bench.stories import Stories, edited, middle

__all__ = ["NEWSGEN", "Kind", "Site", "kind", "make"]

HERE = Path(__file__).parent
NEWSGEN = ("lean", "full")  # the newsgen sites, in sites/


@dataclass(frozen=True, slots=True)
class Kind:
    """A generator with its templates and settings."""

    name: str  # "newsgen lean", "hugo"
    source: Path  # the folder of its site, without stories
    command: tuple[str, ...]
    headline_key: str
    output: str
    state: tuple[str, ...] = ()  # removed, with the output, before a cold build

    @property
    def is_newsgen(self) -> bool:
        return self.name.startswith("newsgen ")


def kind(name: str, cache: Path) -> Kind:
    """`lean`, `full` or the name of a peer, which is installed into the cache if need be."""
    if name in NEWSGEN:
        # Not the installed script: its folder is not always on the path, and it costs the same.
        command = (sys.executable, "-m", "newsgen", "build")
        return Kind(f"newsgen {name}", HERE / "sites" / name, command, "headline", "build", (".newsgen",))
    if name in tools.PEERS:
        return Kind(name, HERE / "peers" / name, tools.command(name, cache), "title", "public")
    raise BenchError(f"There is no {name}. Known: {', '.join((*NEWSGEN, *tools.PEERS))}.")


@dataclass(frozen=True, slots=True)
class Site:
    """A site on disk, ready to be built."""

    kind: Kind
    root: Path
    story: Path  # the one that is edited
    original: str  # its text

    @property
    def output(self) -> Path:
        return self.root / self.kind.output

    def prepare(self, mode: str, word: str) -> None:
        """Bring the site to where a mode begins. The headline is edited on top of the body's edit."""
        if mode == "cold":
            for name in (self.kind.output, *self.kind.state):
                shutil.rmtree(self.root / name, ignore_errors=True)
        elif mode in ("body", "headline"):
            self.story.write_text(edited(self.story.read_text(encoding="utf-8"), mode, word), encoding="utf-8")

    def restore(self) -> None:
        """Put the edited story back."""
        if self.story.read_text(encoding="utf-8") != self.original:
            self.story.write_text(self.original, encoding="utf-8")

    def page(self) -> Path:
        """The page of the edited story: the address of its file, or with the day in it in newsgen's default."""
        place = self.output / self.story.parent.relative_to(self.root / "content")
        paths = [place / self.story.stem / "index.html", *place.glob(f"*/{self.story.stem}.html")]
        return next((path for path in paths if path.is_file()), paths[0])


def make(kind: Kind, root: Path, stories: Stories, count: int, cache: Path) -> Site:
    """A site of a kind with its stories, in a new folder."""
    shutil.copytree(kind.source, root)
    stories.write(root / "content", count, kind.headline_key)
    if kind.name == "eleventy":
        (root / "node_modules").symlink_to((cache / "tools/eleventy/node_modules").resolve())
    story = middle(root / "content")
    return Site(kind, root, story, story.read_text(encoding="utf-8"))
