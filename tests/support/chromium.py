"""The browser of the tests that need one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["TOOLS", "chromium"]

TOOLS = Path(__file__).parent.parent / "browser"  # with packages of Node.js


def chromium() -> str:
    """The path of a Chromium. The test is skipped without one, or fails where one is required."""
    path = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if path and (TOOLS / "node_modules" / "playwright-core").is_dir():
        return path
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail("a Chromium and the packages of tests/browser are required: NEWSGEN_REQUIRE_BROWSER is set")
    pytest.skip("no Chromium, or no packages in tests/browser (make test installs them)")
