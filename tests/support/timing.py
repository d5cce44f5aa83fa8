"""How long a body takes the processor."""

from __future__ import annotations

import gc
import time

from newsgen.text import markdown, markdown_it

__all__ = ["seconds"]


def seconds(body: str) -> float:
    """The least of three runs, in processor time, so that a busy machine does not count.

    What a long test run holds does not count either: the garbage collector would look through all of it, again and
    again, and the longer the work the more often.
    """
    best = 1e9
    gc.collect()
    gc.freeze()
    try:
        for _ in range(3):
            markdown.plain_text.cache_clear()
            markdown_it._tokens.cache_clear()
            start = time.process_time()
            markdown.to_html(body)
            best = min(best, time.process_time() - start)
    finally:
        gc.unfreeze()
    return best
