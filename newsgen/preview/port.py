"""The socket that a preview listens at, and the addresses by which other devices reach it."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress

from newsgen.model.errors import Problem, SystemFault

__all__ = ["PORT", "bound", "own_addresses"]

PORT = 8000
_PORTS = 20  # tried in turn, where nobody named one
_TAKEN = (errno.EADDRINUSE, errno.EACCES)  # the second where Windows keeps a port for itself
# Addresses for documentation (RFC 5737, RFC 3849), which nobody has: to "connect" a datagram socket sends nothing.
_FAR = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens; with no port the first free one from PORT on. SystemFault for one that is taken."""
    for number in [port] if port else range(PORT, PORT + _PORTS):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        # On Windows SO_REUSEADDR gives a port to a second program while the first still has it.
        alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        listening.setsockopt(socket.SOL_SOCKET, alone, 1)
        try:
            listening.bind((host, number))
            listening.listen(256)
        except OSError as error:
            listening.close()
            if error.errno in _TAKEN and not port:
                continue
            rule = "port-taken" if error.errno == errno.EADDRINUSE else "address-unusable"
            raise SystemFault(Problem(rule, f"{host}:{number}", values=(error.strerror or str(error),))) from error
        return listening
    raise SystemFault(Problem("port-taken", f"{host}:{PORT}", values=(f"{_PORTS} ports in use",)))


def own_addresses(host: str) -> tuple[str, ...]:
    """The addresses of this machine at which others reach what listens at `host`; for 0.0.0.0 and :: all there are."""
    if host not in ("0.0.0.0", "::"):
        return (host,)
    families = (socket.AF_INET,) if host == "0.0.0.0" else (socket.AF_INET, socket.AF_INET6)
    found: list[str] = []
    for family in families:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:  # the one that leads to a network
            asking.connect((_FAR[family], 9))
            found.append(asking.getsockname()[0])
        with suppress(OSError):
            found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, family)]
    return tuple(each for each in dict.fromkeys(found) if not each.startswith(("127.", "::1", "fe80:")))
