"""Netlify's own client, where `make clients` has installed it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

__all__ = ["NetlifyClient", "netlify_client"]

_PACKAGES = Path(__file__).parent.parent / "clients" / "netlify" / "node_modules"


class NetlifyClient:
    """The client, with a home of its own: nothing of the user's is read, nothing is left behind."""

    def __init__(self, home: Path) -> None:
        self._command = [str(_PACKAGES / "node/bin/node"), str(_PACKAGES / ".bin/netlify")]
        self._environment = {
            "PATH": f"{_PACKAGES / 'node/bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "CI": "1",
            "BROWSER": "none",
            "NETLIFY_TELEMETRY_DISABLED": "1",
            "NO_UPDATE_NOTIFIER": "1",
        }

    def run(self, folder: Path, *arguments: str, **environment: str) -> str:
        """Run a command in a folder; what it said. AssertionError where it fails."""
        done = subprocess.run(
            [*self._command, *arguments],
            cwd=folder,
            env=self._environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, folder: Path, *arguments: str) -> subprocess.Popen[str]:
        """Start a command that serves until it is ended."""
        return subprocess.Popen(
            [*self._command, *arguments],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def netlify_client(home: Path) -> NetlifyClient:
    """The client; the test is skipped where it is not installed."""
    if not (_PACKAGES / "node/bin/node").is_file() or not (_PACKAGES / ".bin/netlify").exists():
        pytest.skip("netlify-cli is not installed (make clients)")
    home.mkdir(exist_ok=True)
    return NetlifyClient(home)
