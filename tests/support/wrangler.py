"""Cloudflare's own client, where `make clients` has installed it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.loopback import read
from tests.support.serving import free_port, until

__all__ = ["Wrangler", "wrangler"]

_PACKAGES = Path(__file__).parent.parent / "clients" / "wrangler" / "node_modules"


class Wrangler:
    """The client, with a home of its own: nothing of the user's is read, nothing is left behind."""

    def __init__(self, home: Path) -> None:
        self._command = [str(_PACKAGES / "node/bin/node"), str(_PACKAGES / "wrangler/bin/wrangler.js")]
        self._environment = {
            "PATH": f"{_PACKAGES / 'node/bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "CI": "1",
            "WRANGLER_SEND_METRICS": "false",
            "CLOUDFLARE_API_BASE_URL": "http://127.0.0.1:9",  # nobody answers there
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

    @contextmanager
    def serve(self, folder: Path) -> Iterator[int]:
        """Serve the Worker of a folder, with Cloudflare's own code; the port."""
        port = free_port()
        arguments = ("dev", "--port", str(port), "--ip", "127.0.0.1", "--show-interactive-dev-session=false")
        with (
            (folder / "dev.log").open("w") as log,
            subprocess.Popen(
                [*self._command, *arguments],
                cwd=folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # it starts others, which end with it
            ) as process,
        ):
            try:
                until(lambda: process.poll() is not None or read(port, "/") is not None, seconds=60)
                assert process.poll() is None, (folder / "dev.log").read_text()
                yield port
            finally:
                os.killpg(process.pid, signal.SIGTERM)


def wrangler(home: Path) -> Wrangler:
    """The client; the test is skipped where it is not installed."""
    if not (_PACKAGES / "node/bin/node").is_file() or not (_PACKAGES / "wrangler/bin/wrangler.js").is_file():
        pytest.skip("wrangler is not installed (make clients)")
    home.mkdir(exist_ok=True)
    return Wrangler(home)
