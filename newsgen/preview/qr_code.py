"""The address of a preview as a picture that a telephone reads from the terminal: a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from itertools import zip_longest

__all__ = ["qr_lines"]

_MARGIN = 4  # modules of light ground around the code, as the standard asks
_HALVES = " ▄▀█"  # two modules, one above the other: 2 for a dark one above, 1 for one below


def qr_lines(text: str) -> tuple[str, ...]:
    """A QR code of a text in lines of half blocks, to be printed dark on a light ground."""
    import segno  # only for who lets other devices in: it takes 20 ms to load

    rows = [bytes(row) for row in segno.make_qr(text, error="l").matrix_iter(border=_MARGIN)]
    light = bytes(len(rows[0]))
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=light)
    return tuple("".join(_HALVES[2 * up + down] for up, down in zip(*pair, strict=True)) for pair in pairs)
