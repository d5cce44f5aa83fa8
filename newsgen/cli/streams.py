"""Standard streams that are closed, full, read by nobody any more, or that cannot show every character.

What a command does must not depend on them. JSON is written in ASCII (`messages.reports`), and so is right on all.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["guard_streams", "has_lost_words", "shows_blocks"]


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


# What our sentences have beyond ASCII: a terminal in code page 437 or 1252 has no arrow, say.
_STAND_INS = {"…": "...", "→": "->", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"',
              "•": "*", "·": "*", "×": "x", "\xa0": " ", "\u202f": " "}  # fmt: skip
_ERRORS = "newsgen.stand-in"


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    """What is printed in place of characters that a stream cannot show: their like, or their number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(mark) or ascii(mark)[1:-1] for mark in lost), error.end


codecs.register_error(_ERRORS, _stand_in)
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
    if sys.platform == "win32" and stream.isatty():  # a console of Windows is no file
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)
        return stream
    try:
        outlet = _Outlet(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError):
        return open(os.devnull, "w", encoding="utf-8")
    _outlets.append(outlet)
    return io.TextIOWrapper(
        io.BufferedWriter(outlet), stream.encoding, _ERRORS, line_buffering=stream.isatty(), write_through=False
    )


def shows_blocks(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows block elements (U+2580 to U+259F): one that takes UTF-8."""
    try:
        return stream.isatty() and codecs.lookup(stream.encoding).name == "utf-8"
    except LookupError:
        return False


def has_lost_words() -> bool:
    """Whether something could not be printed though somebody wanted it: who closes a pipe early wants no more."""
    return any(outlet.error and outlet.error.errno != errno.EPIPE for outlet in _outlets)
