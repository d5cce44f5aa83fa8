"""The style sheets that browsers may have: a page that differs in nothing else is not loaded again."""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.preview.responses import Answer, digest_of

__all__ = ["StyleSheets"]

_MOST_PAST = 20  # addresses of a style sheet that a browser may still have


class StyleSheets:
    """The addresses of the theme's files, each with those that it had before."""

    def __init__(self) -> None:
        self._past: dict[str, list[str]] = {}  # address now -> those before it, the newest first

    def note(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Files of the theme changed: address before, address now."""
        for before, now in pairs:
            self._past[now] = [before, *self._past.pop(before, [])][:_MOST_PAST]

    def swapped(self, answer: Answer, shown: str) -> dict[str, str]:
        """The addresses of style sheets, before and now, where a page that is shown differs in nothing else.

        `shown` is the digest of the answer that the browser shows, `answer` what is served now.
        """
        used = {now: past for now, past in self._past.items() if now.endswith(".css") and now.encode() in answer.body}
        for back in range(max(map(len, used.values()), default=0)):  # a browser may have missed some changes
            sheets = {now: past[min(back, len(past) - 1)] for now, past in used.items()}
            body = answer.body
            for now, before in sheets.items():
                body = body.replace(now.encode(), before.encode())
            if digest_of(Answer(answer.status, answer.headers, body)) == shown:
                return {before: now for now, before in sheets.items()}
        return {}
