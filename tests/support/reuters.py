"""The stories of Reuters-21578 as story files, where they are at hand."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

from tests.support.material import shared

__all__ = ["write_reuters"]


def write_reuters(folder: Path, total: int, sources: Path) -> None:
    """Write as many story files into a folder; the archives are unpacked in `sources`. Skips the test without them."""
    for archive in sorted(shared("reuters-21578").glob("*.tar.xz")):
        with tarfile.open(archive) as packed:
            packed.extractall(sources, filter="data")
    maker = shared("bench/make_corpus.py")
    command = [sys.executable, str(maker), str(sources), str(folder), "--total", str(total), "--newsgen"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
