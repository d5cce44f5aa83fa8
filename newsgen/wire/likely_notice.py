"""Whether copy is likely to be a notice that withdraws a story: asked of each story of an archive, so it is quick.

What reads notices takes 30 ms to load, and most copy is none: it is loaded where the first words may be those of one.
"""

from __future__ import annotations

from newsgen.wire.notice_stems import FOREIGN_STEMS, STEMS

__all__ = ["is_likely"]

_STEMS = (*STEMS, *FOREIGN_STEMS)
_START = 300  # characters of a text in which the words are looked for that most notices have


def is_likely(headline: str, body: str) -> bool:
    """Whether copy is certainly a notice, as `kill_notice.parse` says, and a few rare words begin it."""
    start = f"{headline} {body[:_START]}".lower()
    if not any(stem in start for stem in _STEMS):
        return False
    from newsgen.wire import kill_notice

    notice = kill_notice.parse(headline, body)
    return notice is not None and not notice.is_doubtful
