"""Debian's sshd on loopback, as the current user, with keys of its own; and the ssh that reaches it.

The server runs in the foreground of a process of its own, and needs no rights: no PAM, no privilege separation by
another user. `ssh` on the PATH that it gives is the system's own with a configuration of the test's.
"""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pytest

from tests.support.serving import free_port, until

__all__ = ["Sshd", "require_sshd"]

_SSHD = "/usr/sbin/sshd"
_DEADLINE_S = 20.0


def require_sshd() -> None:
    """Skip where sshd or rsync is not installed; fail where they are required."""
    missing = [name for name in ("ssh", "ssh-keygen", "rsync", _SSHD) if shutil.which(name) is None]
    if not missing:
        return
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail(f"{missing} are required: NEWSGEN_REQUIRE_BROWSER is set")
    pytest.skip(f"no {', '.join(missing)} (Debian: openssh-server, rsync)")


class Sshd:
    """A server on 127.0.0.1, while its `with` block runs."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ngs"))  # short: the path of a socket has 108 bytes
        self.user = getpass.getuser()
        self.port = free_port()
        for name in ("host", "client", "stranger"):
            key = str(self.folder / name)
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        shutil.copy(self.folder / "client.pub", self.folder / "authorized")
        os.chmod(self.folder / "authorized", 0o600)
        (self.folder / "bin").mkdir()
        (self.folder / "there").mkdir()
        (self.folder / "run").mkdir(mode=0o700)
        self.set_ssh()

    def set_ssh(self, *, key: str = "client", host_key: str = "host") -> None:
        """What the client's configuration says: which key it has, and which one it expects of the server."""
        public = (self.folder / f"{host_key}.pub").read_text() if host_key else ""
        (self.folder / "known").write_text(f"newsgen-test {public}" if public else "")
        (self.folder / "config").write_text(
            f"Host *\n  IdentityFile {self.folder}/{key}\n  IdentitiesOnly yes\n  IdentityAgent none\n"
            f"  UserKnownHostsFile {self.folder}/known\n  GlobalKnownHostsFile /dev/null\n"
            f"  HostKeyAlias newsgen-test\n"  # whatever port it is reached at
        )
        self.set_program("ssh", f'exec {shutil.which("ssh")} -F {self.folder}/config "$@"\n')

    def set_program(self, name: str, text: str, where: str = "bin") -> None:
        """A program before the system's own: here, or with "there" on the server."""
        path = self.folder / where / name
        path.write_text(f"#!/bin/sh\n{text}")
        path.chmod(0o755)

    @property
    def env(self) -> dict[str, str]:
        """What the client's environment needs."""
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder / "run")}

    def start(self) -> None:
        """Start the server."""
        path = f"{self.folder}/there:/usr/local/bin:/usr/bin:/bin"
        (self.folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {self.folder}/host\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nStrictModes no\nPermitRootLogin prohibit-password\n"
            f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 50\nPrintLastLog no\n"
            f"SetEnv PATH={path} HOME={self.folder}/there\nAcceptEnv LC_*\n"  # no .bashrc of the user's
        )
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)  # for root, sshd wants it
        self._process = subprocess.Popen(
            [_SSHD, "-D", "-E", str(self.folder / "log"), "-f", str(self.folder / "sshd_config")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        until(self._is_up)

    def _is_up(self) -> bool:
        assert self._process.poll() is None, (self.folder / "log").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def cut(self) -> None:
        """End every connection, and let the server run on."""
        for pid in self.children():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def disconnect(self) -> None:
        """End every connection, and wait until no client keeps one."""
        self.cut()
        until(lambda: not any((self.folder / "run").iterdir()))

    def children(self) -> list[int]:
        """The processes that serve a connection each, and what these have started."""
        found: list[int] = []
        rows = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
        parents = {int(pid): int(parent) for pid, parent in zip(rows[::2], rows[1::2], strict=True)}
        waiting = [self._process.pid]
        while waiting:
            parent = waiting.pop()
            born = [pid for pid, its in parents.items() if its == parent]
            found += born
            waiting += born
        return found

    def stop(self) -> None:
        """End the server, and every connection."""
        self.disconnect()
        self._process.terminate()
        self._process.wait(_DEADLINE_S)

    def __enter__(self) -> Sshd:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
