"""Agency copy that lies beside the project and never in it: tests that need it are skipped without it."""

from __future__ import annotations

from pathlib import Path

import pytest

__all__ = ["shared"]


def shared(name: str) -> Path:
    """A file or folder of ../shared; skips the test where it is not there."""
    path = Path(__file__).resolve().parents[2].parent / "shared" / name
    if not path.exists():
        pytest.skip(f"needs {path}, copyright material that is no part of the project")
    return path
