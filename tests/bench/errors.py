"""What ends a benchmark."""

from __future__ import annotations

__all__ = ["BenchError"]


class BenchError(Exception):
    """Something that makes the figures worthless: a tool that fails, an edit that is not in its page."""
