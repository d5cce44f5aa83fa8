"""Standard streams that are closed, full, or read by nobody any more: what a command does must not depend on them."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["guard_streams", "has_lost_words"]


class _Outlet(io.FileIO):
    """A file that is written into for as long as the system takes it; what comes after the first error is dropped."""

    error: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        if self.error is None:
            try:
                return super().write(data) or 0
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes


_outlets: list[_Outlet] = []


def guard_streams() -> None:
    """Let standard output and error fail silently, and keep the numbers 0 to 2 from files that a command opens.

    With a stream closed, the first file that is opened would get its number, and what is printed would go into it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stdout = _guarded(sys.stdout)
    sys.stderr = _guarded(sys.stderr)


def _guarded(stream: TextIO | None) -> TextIO:
    """A stream that raises no error; for none, one that goes nowhere."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if os.name == "nt" and stream.isatty():  # a console of Windows is no file
        return stream
    try:
        outlet = _Outlet(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError):
        return open(os.devnull, "w", encoding="utf-8")
    _outlets.append(outlet)
    return io.TextIOWrapper(
        io.BufferedWriter(outlet), stream.encoding, stream.errors, line_buffering=stream.isatty(), write_through=False
    )


def has_lost_words() -> bool:
    """Whether something could not be printed though somebody wanted it: who closes a pipe early wants no more."""
    return any(outlet.error and outlet.error.errno != errno.EPIPE for outlet in _outlets)
