"""The code blocks of a guide in docs/, so that a test can do what it says."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

__all__ = ["block", "blocks", "require_program"]

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.M | re.S)


def blocks(guide: str, language: str) -> list[str]:
    """The blocks of a language ("sh"), in order; in a list they are indented, which is taken away."""
    text = (_DOCS / guide).read_text(encoding="utf-8")
    return [
        "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))
        for indent, name, body in _BLOCK.findall(text)
        if name == language
    ]


def block(guide: str, language: str, containing: str) -> str:
    """The one block of a language in which some words stand."""
    (found,) = (body for body in blocks(guide, language) if containing in body)
    return found


def require_program(name: str) -> str:
    """The path of a program. Skip where it is not installed; fail where it is required."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if path:
        return path
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail(f"{name} is required: NEWSGEN_REQUIRE_BROWSER is set")
    pytest.skip(f"no {name} (Debian's package of that name)")
