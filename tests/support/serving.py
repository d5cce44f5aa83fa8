"""A preview that runs as a user runs it: the process, its answers, the events that it sends to open pages."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue

from newsgen.engine.own_files import LIST
from newsgen.source.project import MARKER
from tests.support.archive import COMMAND, ENVIRONMENT, run_command
from tests.support.forking import Server, start
from tests.support.sites import story

__all__ = [
    "CANARY",
    "FILE",
    "PAGE",
    "Listening",
    "Serving",
    "a_folder",
    "assert_served_as_built",
    "built",
    "free_port",
    "until",
    "without_script",
]

CANARY = "CANARY-7f3a"  # stands in files that must not be served
PAGE = "/world/2019/05/04/harbour-report-3.html"
FILE = "content/world/2019/s003.md"  # the story of that page

DEADLINE_S = 120.0
WORDS = ("Grain", "Timber", "Ferries", "Herring", "Lighthouse", "Dredging", "Quay")


def a_folder(root: Path, stories: int = 30) -> Path:
    """A site on disk."""
    root.mkdir(exist_ok=True)
    (root / "pyproject.toml").write_text(
        '[tool.newsgen]\ntitle = "The Archive"\nbase_url = "https://archive.example"\n', encoding="utf-8"
    )
    for number in range(stories):
        file = root / f"content/world/2019/s{number:03}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(
            story(
                f"Harbour report {number}",
                f"2019-05-{1 + number % 28:02}T10:00",
                body=f"{WORDS[number % 7]} {WORDS[number % 5]} pilots {'abcdefghi'[number % 9] * (2 + number // 9)}.",
                id=f"s{number:03}",
                tags="[Ports]",
            )
        )
    return root


def until(true: Callable[[], bool], seconds: float = DEADLINE_S) -> float:
    """Ask until something is so; how long it took. AssertionError where it does not come."""
    began = time.perf_counter()
    while not true():
        took = time.perf_counter() - began
        assert took < seconds, f"not within {seconds} s"
        threading.Event().wait(0.005)  # asking without a pause would keep the preview from working
    return time.perf_counter() - began


class Listening:
    """A page that is open in a browser: the events that the preview sends it."""

    def __init__(self, port: int, path: str, mark: str) -> None:
        self.events: Queue[tuple[str, str]] = Queue()  # name, data as JSON
        self.data = b""  # all that was sent to it
        self._socket = socket.create_connection(("127.0.0.1", port))
        ask = f"GET /_newsgen/events?path={path}&mark={mark} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self._socket.sendall(ask.encode())
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        name = ""
        with suppress(OSError), self._socket.makefile("rb") as lines:  # the preview may end first
            for line in lines:
                self.data += line
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    self.events.put((name, line[6:].decode()))

    def wait(self, kind: str, seconds: float = DEADLINE_S) -> str:
        """Wait for an event; what came with it, as JSON."""
        end = time.monotonic() + seconds
        while True:
            name, data = self.events.get(timeout=max(0.01, end - time.monotonic()))
            if name == kind:
                return data

    def rest(self) -> list[str]:
        """The events that came beside that, by now."""
        events = []
        try:
            while True:
                events.append(self.events.get_nowait()[0])
        except Empty:
            return events

    def close(self) -> None:
        """Close the page; its reader ends with the line."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._reader.join(5)
        self._socket.close()


class Serving:
    """A running preview of a folder, at a free port where the options name none."""

    def __init__(self, root: Path, *options: str, server: Server | None = None, **environment: str) -> None:
        self.root = root
        if "--port" not in options:
            options = (*options, "--port", str(free_port()))
        pipes = [os.pipe() for _stream in range(2)]
        arguments = ["serve", "--site", str(root), *options]
        self.process = start(arguments, ENVIRONMENT | environment, None, (pipes[0][1], pipes[1][1]), server)
        for _reading, writing in pipes:
            os.close(writing)
        self.stdout, self.stderr = (os.fdopen(reading, "r", encoding="utf-8") for reading, _writing in pipes)
        self.url = ""
        for line in self.stdout:
            if "http://" in line:
                self.url = line.split("http://")[1].split()[0]
                break
        if not self.url:
            raise AssertionError(self.stderr.read())
        self.port = int(self.url.split(":")[1].split("/")[0])

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.stop()
        self.stdout.close()
        self.stderr.close()

    def stop(self) -> None:
        """Ctrl-C, and wait for its end."""
        os.kill(self.process.pid, signal.SIGINT)
        self.process.wait(DEADLINE_S)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a path: status, headers, body."""
        return self._ask("GET", path, headers)

    def post(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """The same for what changes something."""
        return self._ask("POST", path, {})

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        try:
            link.request(method, path, headers=headers)
            answer = link.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
        finally:
            link.close()

    def body(self, path: str) -> bytes:
        """A page without the preview's script."""
        return without_script(self.get(path)[2])

    def raw(self, request: bytes, seconds: float = DEADLINE_S) -> bytes:
        """What comes back for some bytes; b"" where the line is closed, or nothing comes in so many seconds."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as link:
            link.sendall(request)
            answer = b""
            try:
                while part := link.recv(65536):
                    answer += part
                    link.settimeout(1)  # more may come, or the line stay open
            except (TimeoutError, ConnectionResetError):
                pass
            return answer

    def open(self, path: str) -> Listening:
        """Open a page as a browser does."""
        page = self.get(path)[2]
        mark = page.rpartition(b'data-mark="')[2].partition(b'"')[0].decode()
        listening = Listening(self.port, path, mark)
        listening.wait("state")
        return listening


def without_script(page: bytes) -> bytes:
    """A page as it is built."""
    before, script, after = page.rpartition(b'<script src="/_newsgen/live.js"')
    return before + after.partition(b"</script>\n")[2] if script else page


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def built(root: Path, *options: str) -> dict[str, bytes]:
    """A clean build of a folder."""
    output = root.parent / f"{root.name}-built"
    run_command(
        [*COMMAND, "build", "--site", str(root), "--output", str(output), "--clean", "-q", *options], ENVIRONMENT
    )
    files = [path for path in output.rglob("*") if path.is_file() and path.name not in (MARKER, LIST)]
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def assert_served_as_built(serving: Serving, *options: str) -> None:
    """Every file of a clean build is served with the same bytes."""
    files = built(serving.root, *options)
    assert len(files) > 20
    for path, data in files.items():
        if path in ("_headers", "_redirects"):
            assert serving.get(f"/{path}")[0] == 404
            continue
        url = "/" + path.removesuffix("index.html")
        status, _headers, body = serving.get(url)
        assert (status, without_script(body)) == (200, data), url
