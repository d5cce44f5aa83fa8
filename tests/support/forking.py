"""Commands of newsgen in forks of a process that has loaded everything: five times as fast as to start Python.

Each process of pytest has one such server, without threads, so that a test that has some can use it too. A command has
its own streams, environment and folder, as a process that a user starts; what only a start of Python sets, such as the
seed of its hashes, it shares with the server: tests of that start Python.
"""

from __future__ import annotations

import atexit
import importlib
import io
import json
import os
import pkgutil
import platform
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

__all__ = ["Command", "Server", "start"]

_ROOT = Path(__file__).parents[2]
_MOST_BYTES = 200_000  # of one request


class Server:
    """A process that forks commands."""

    def __init__(self, flags: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> None:
        self._link, link = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with link:
            link.set_inheritable(True)
            self._process = subprocess.Popen(
                [sys.executable, *flags, "-m", "tests.support.forking", str(link.fileno())],
                pass_fds=[link.fileno()], cwd=_ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        atexit.register(self.close)

    def ask(self, request: Mapping[str, object], files: Sequence[int]) -> None:
        """Have a command forked, whose streams these are; the last file is told how it goes."""
        socket.send_fds(self._link, [json.dumps(request).encode()], files)

    def close(self) -> None:
        """End the server; commands that run stay."""
        self._link.close()
        self._process.wait()


@cache
def _the_server() -> Server:
    """The server of this process, begun when it is first needed."""
    return Server()


class Command:
    """A command that runs, with as much of subprocess.Popen as tests need."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None, streams: tuple[int, int],
        server: Server,
    ) -> None:  # fmt: skip
        reading, writing = os.pipe()
        with open(os.devnull) as nothing:
            request = {"arguments": list(arguments), "environment": dict(environment), "folder": str(folder or "")}
            server.ask(request, [nothing.fileno(), *streams, writing])
        os.close(writing)
        self._told = os.fdopen(reading, "rb", buffering=0)
        self.returncode: int | None = None
        self.pid = int(self._told.read(8))

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; its exit code. TimeoutExpired where that does not come in so many seconds."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("newsgen", timeout or 0)
            self.returncode = int(self._told.read(8))
            self._told.close()
        return self.returncode

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def start(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None, streams: tuple[int, int],
    server: Server | None = None,
) -> Command | subprocess.Popen[bytes]:  # fmt: skip
    """Start newsgen: in a fork on Linux; macOS has no sockets that keep messages apart, Windows no forks."""
    if platform.system() == "Linux":
        return Command(arguments, environment, folder, streams, server or _the_server())
    command = [sys.executable, "-m", "newsgen", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=streams[0], stderr=streams[1])


# --- in the server's process ------------------------------------------------------------------------------------------


def _load_everything() -> None:
    """Import what commands import when they need it, and compile the theme: 0.3 to 0.7 s that each fork has then."""
    import newsgen
    from tests.support.sites import story, world

    for module in pkgutil.walk_packages(newsgen.__path__, "newsgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    world(a=story("A")).build()


def _stream(descriptor: int, environment: Mapping[str, str], errors: str) -> IO[str]:
    """A stream of a command, as Python opens it."""
    encoding, _, asked = environment.get("PYTHONIOENCODING", "utf-8").partition(":")
    mode, line_buffering = ("r", False) if descriptor == 0 else ("w", descriptor == 2)
    raw = open(descriptor, f"{mode}b", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding, asked or errors, line_buffering=line_buffering)


def _run(request: Mapping[str, object], files: Sequence[int]) -> NoReturn:
    """Be the command, and end as it ends."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, file in enumerate(files[:3]):
            os.dup2(file, number)
        os.closerange(3, 1024)
        environment = request["environment"]
        assert isinstance(environment, dict)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        if request["folder"]:
            os.chdir(str(request["folder"]))
        sys.stdin, sys.stdout = (_stream(number, environment, "strict") for number in (0, 1))
        sys.stderr = _stream(2, environment, "backslashreplace")
        sys.argv = ["newsgen", *map(str, request["arguments"])]  # type: ignore[call-overload]
        from newsgen.cli import main

        main.main()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _serve(link: socket.socket) -> None:
    """Fork a command for each request until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waking, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    told: dict[int, int] = {}  # process -> the file that is told of its end
    while True:
        ready, _, _ = select.select([link.fileno(), waking], [], [])
        if waking in ready:
            os.read(waking, 4096)
        while told:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                break
            writing = told.pop(child)
            with suppress(OSError):  # nobody waits for it any more
                os.write(writing, b"%8d" % os.waitstatus_to_exitcode(status))
            os.close(writing)
        if link.fileno() not in ready:
            continue
        message, files, _flags, _address = socket.recv_fds(link, _MOST_BYTES, 4)
        if not message:
            return
        child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            _run(json.loads(message), files)
        for file in files[:3]:
            os.close(file)
        told[child] = files[3]
        os.write(files[3], b"%8d" % child)


if __name__ == "__main__":
    _load_everything()
    _serve(socket.socket(fileno=int(sys.argv[1])))
