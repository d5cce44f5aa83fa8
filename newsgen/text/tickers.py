"""Tickers in wire copy: `<GRN.O>`, the code of a company at an exchange, and `<GRAIN CO INC>`, one that has none."""

from __future__ import annotations

import re

__all__ = ["with_tickers"]

# In escaped HTML: no small letter, at least one capital, within a line.
_TICKER = re.compile(r"&lt;(?=[^&;]{0,40}[A-Z])((?:[A-Z0-9]|&amp;)(?:[A-Z0-9 .,/'’-]|&amp;){0,40})&gt;")
_TAG = '<span class="ticker">&lt;\\1&gt;</span>'


def with_tickers(html: str) -> str:
    """Escaped text in which each ticker is marked as a label."""
    return _TICKER.sub(_TAG, html) if "&lt;" in html else html
