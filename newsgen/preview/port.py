"""The socket that a preview listens at, and the server that answers there."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from newsgen.model.errors import Problem, SystemFault

__all__ = ["PORT", "Server", "bound"]

PORT = 8000
_PORTS = 20  # tried in turn, where nobody named one


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens; with no port the first free one from PORT on. SystemFault for one that is taken."""
    for number in [port] if port else range(PORT, PORT + _PORTS):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, number))
            found.listen(256)
        except OSError as error:
            found.close()
            if error.errno == errno.EADDRINUSE and not port:
                continue
            rule = "port-taken" if error.errno == errno.EADDRINUSE else "address-unusable"
            raise SystemFault(Problem(rule, f"{host}:{number}", values=(error.strerror or str(error),))) from error
        return found
    raise SystemFault(Problem("port-taken", f"{host}:{PORT}", values=(f"{_PORTS} ports in use",)))


class Server(uvicorn.Server):
    """Lets go of the browsers that listen, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, ended: Callable[[], None]) -> None:
        super().__init__(config)
        self._ended = ended

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._ended()
