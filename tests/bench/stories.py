"""Which stories a benchmark has, and what an edit does to one.

Reuters-21578 if it lies beside the project (research material, never in it), else the invented archive.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import corpus
from tests.bench.errors import BenchError

__all__ = ["Stories", "choose", "edited", "middle"]

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_HEADLINE = re.compile(r'^(headline|title): (".*")$', re.M)


@dataclass(frozen=True, slots=True)
class Stories:
    """A source of stories; `write` writes the same ones for every generator."""

    name: str  # as in the table
    sgml: Path | None  # the folder of the Reuters files; None for the invented archive

    def write(self, folder: Path, count: int, headline_key: str) -> None:
        """`count` story files below `folder`."""
        if self.sgml is None:
            corpus.write(folder, count, headline_key)
            return
        command = [sys.executable, str(_SHARED / "bench" / "make_corpus.py"), str(self.sgml), str(folder)]
        command += ["--total", str(count)] + (["--newsgen"] if headline_key == "headline" else [])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"make_corpus.py ended with {done.returncode}:\n{done.stderr}")


def choose(wanted: str, cache: Path) -> Stories:
    """The stories for CORPUS=auto or CORPUS=own; the Reuters files are unpacked into the cache."""
    archives = sorted((_SHARED / "reuters-21578").glob("*.tar.xz")) if wanted == "auto" else []
    if not archives or not (_SHARED / "bench" / "make_corpus.py").is_file():
        return Stories("invented stories", None)
    folder = cache / "reuters-21578"
    ready = folder / ".ready"
    if not ready.exists():
        for archive in archives:
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
        ready.touch()
    return Stories("Reuters-21578, with perturbed copies beyond the stories at hand", folder)


def middle(content: Path) -> Path:
    """The story that is edited: the middle one in order of path."""
    paths = sorted(path for path in content.rglob("*.md") if path.parent.name != "_pages")
    return paths[len(paths) // 2]


def edited(text: str, mode: str, word: str) -> str:
    """A story file with a new word in its body or in its headline."""
    if mode == "body":
        return f"{text.rstrip()}\n\n{word} once more.\n"

    def longer(line: re.Match[str]) -> str:
        return f"{line[1]}: {json.dumps(f'{json.loads(line[2])} {word}', ensure_ascii=False)}"

    changed, count = _HEADLINE.subn(longer, text, count=1)
    if not count:
        raise BenchError("The story that is to be edited has no headline in quotes.")
    return changed
