"""How long Markdown takes."""

from __future__ import annotations

import gc
import time

from newsgen.text import markdown, markdown_it
from newsgen.text.typography import typography

__all__ = ["seconds"]


def seconds(body: str) -> float:
    """Processor seconds for the HTML of a body: the least of three runs, so that a busy machine does not count.

    The garbage collector is kept from looking through everything that a long test run has in memory, which would
    count the more the longer the work takes.
    """
    best = 1e9
    gc.collect()
    gc.freeze()
    try:
        for _ in range(3):
            markdown.plain_text.cache_clear()
            markdown_it._blocks.cache_clear()
            start = time.process_time()
            markdown.to_html(body, typography=typography("en"))
            best = min(best, time.process_time() - start)
    finally:
        gc.unfreeze()
    return best
