"""A way to a server on loopback that breaks when so many bytes have gone over it, or tells the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

__all__ = ["Proxy"]


class Proxy:
    """Passes connections on to a port of 127.0.0.1 while its `with` block runs. Bytes of both directions count."""

    def __init__(self, to: int) -> None:
        self.passed = 0
        self.is_down = False  # every connection is ended, and no new one is passed on
        self._flows = threading.Event()
        self._flows.set()
        self._to = to
        self._at: tuple[int, Callable[[], None]] | None = None
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]

    def after(self, passed: int, action: Callable[[], None]) -> None:
        """Call something once, when so many more bytes have gone over."""
        with self._lock:
            self._at = (self.passed + passed, action)

    def cut(self) -> None:
        """End every connection."""
        with self._lock:
            ending, self._open = self._open, set()
        for each in ending:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def go_down(self) -> None:
        """End every connection, and take none until `is_down` is false again."""
        self.is_down = True
        self.cut()

    def stall(self) -> None:
        """Keep every connection, and pass nothing on, until `flow`: a cable was pulled, or a router sleeps."""
        self._flows.clear()

    def flow(self) -> None:
        """Pass on again."""
        self._flows.set()

    def __enter__(self) -> Proxy:
        self._start(self._accept)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.flow()
        self.go_down()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._server.close()

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # the server has ended
            while True:
                client, _address = self._server.accept()
                if self.is_down:
                    client.close()
                    continue
                there = socket.create_connection(("127.0.0.1", self._to))
                with self._lock:
                    self._open |= {client, there}
                self._start(self._serve, client, there)

    def _serve(self, client: socket.socket, there: socket.socket) -> None:
        back = threading.Thread(target=self._pass, args=(there, client))
        back.start()
        self._pass(client, there)
        back.join()
        with self._lock:
            self._open -= {client, there}
        client.close()
        there.close()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(16_384):
                self._count(len(data))
                self._flows.wait()
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _count(self, size: int) -> None:
        with self._lock:
            self.passed += size
            action = None
            if self._at and self.passed >= self._at[0]:
                action, self._at = self._at[1], None
        if action:
            action()
