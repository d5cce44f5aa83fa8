"""A Git host over HTTP on loopback, which wants a token: git's own http-backend behind `Loopback`."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.git_remotes import GIT, GitRemote, git_environment
from tests.support.loopback import Answer, Fault, Loopback, Request

__all__ = ["GitHost"]

_BACKEND = "git-http-backend"


class GitHost(Loopback):
    """The bare repository `desk/archive.git` in a folder, at `address`. Faults are those of the nth request."""

    def __init__(self, folder: Path, token: str, faults: Mapping[int, Fault] | None = None) -> None:
        where = subprocess.run([GIT, "--exec-path"], capture_output=True, text=True, check=True).stdout.strip()
        if not (Path(where) / _BACKEND).exists():
            pytest.skip(f"no {_BACKEND}")
        super().__init__(self._serve, faults=dict(faults or {}))
        self.folder, self.token = folder, token
        self.remote = GitRemote(folder / "desk" / "archive.git")
        self.remote.git("config", "http.receivepack", "true")

    def __enter__(self) -> GitHost:
        super().__enter__()
        return self

    @property
    def url(self) -> str:
        return f"{self.address}/desk/archive.git"

    def _serve(self, request: Request) -> Answer:
        wanted = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {wanted}":
            return Answer(401, b"", (("WWW-Authenticate", 'Basic realm="desk"'),))
        env = os.environ | git_environment(self.folder) | {
            "GIT_PROJECT_ROOT": str(self.folder), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "desk",
            "REMOTE_ADDR": "127.0.0.1", "REQUEST_METHOD": request.method, "PATH_INFO": request.path,
            "QUERY_STRING": urlencode(request.query), "CONTENT_TYPE": request.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(request.body)), "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
            "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        }  # fmt: skip
        done = subprocess.run([GIT, "http-backend"], env=env, input=request.body, capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        status = next((int(text.split()[0]) for name, text in headers if name == "Status"), 200)
        return Answer(status, body, tuple((name, text) for name, text in headers if name != "Status"))
