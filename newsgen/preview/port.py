"""The socket that a preview listens at."""

from __future__ import annotations

import errno
import socket

from newsgen.model.errors import Problem, SystemFault

__all__ = ["PORT", "bound"]

PORT = 8000
_PORTS = 20  # tried in turn, where nobody named one


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens; with no port the first free one from PORT on. SystemFault for one that is taken."""
    for number in [port] if port else range(PORT, PORT + _PORTS):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(256)
        except OSError as error:
            listening.close()
            if error.errno == errno.EADDRINUSE and not port:
                continue
            rule = "port-taken" if error.errno == errno.EADDRINUSE else "address-unusable"
            raise SystemFault(Problem(rule, f"{host}:{number}", values=(error.strerror or str(error),))) from error
        return listening
    raise SystemFault(Problem("port-taken", f"{host}:{PORT}", values=(f"{_PORTS} ports in use",)))
