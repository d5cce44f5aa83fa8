"""The style sheets that browsers may have: a page that differs in nothing else need not be loaded again."""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.preview.responses import Answer, mark_of

__all__ = ["Sheets"]

_PAST = 20  # addresses of a style sheet that a browser may still have


class Sheets:
    """The addresses of the theme's files, each with those that it had before."""

    def __init__(self) -> None:
        self._past: dict[str, list[str]] = {}  # address now -> those before it, the last first

    def note(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Files of the theme changed: address before, address now."""
        for before, now in pairs:
            self._past[now] = [before, *self._past.pop(before, [])][:_PAST]

    def swapped(self, answer: Answer, mark: str) -> dict[str, str]:
        """Style sheets, as a browser has them and as they are now, where the page differs in nothing else."""
        found = {now: past for now, past in self._past.items() if now.endswith(".css") and now.encode() in answer.body}
        for back in range(max(map(len, found.values()), default=0)):  # a browser may not have been told of each
            sheets = {now: past[min(back, len(past) - 1)] for now, past in found.items()}
            body = answer.body
            for now, was in sheets.items():
                body = body.replace(now.encode(), was.encode())
            if mark_of(Answer(answer.status, answer.headers, body)) == mark:
                return {was: now for now, was in sheets.items()}
        return {}
