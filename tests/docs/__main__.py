"""`python -m tests.docs`: write docs/reference/."""

from __future__ import annotations

from pathlib import Path

from tests.docs.reference import PAGES

if __name__ == "__main__":
    for name, make in PAGES.items():
        (Path(__file__).parents[2] / "docs/reference" / name).write_text(make(), encoding="utf-8")
