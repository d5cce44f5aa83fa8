"""What `newsgen explain` answers, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsgen.commands.explain import Explanation
    from newsgen.related.reasons import Reason

__all__ = ["STATES", "explanation", "instant"]

_REASONS = {
    "new": "it is new",
    "template": "its template changed",
    "site": "the site's settings, navigation or theme files changed",
    "lists": "what it shows of other stories, or of its own front matter, changed",
    "story": "a story that it carries changed",
    "whole": "everything was: the build was a clean one, or a name or the words of a held story had to be looked for",
    "output": "the file in the output was missing or not the one that was written",
}
STATES = {
    "draft": "a draft",
    "withheld": "withheld",
    "killed": "killed",
    "embargoed": "under embargo",
    "expired": "expired",
    "live": "live",
    "refused": "kept out by an error, which newsgen check names",
}
_KEPT = {
    "not-live": "{id}: no live story has that id",
    "itself": "{id}: it is this story",
    "a-version": "{id}: it is a version of a story, and stands in the list of versions",
    "kept-out": "{id}: `related` keeps it out",
    "listed": "{id}: it is on the list",
    "newer": "{id}: it is newer, and the settings list older stories only (score {score})",
    "too-far": "{id}: it lies further away in time than the settings allow (score {score})",
    "too-little": "{id}: the two have too few words in common (score {score})",
    "not-compared": "{id}: far away in time, and no two words in common that few stories have (score {score})",
    "same-text": "{id}: it is the same text as {other}, or nearly (score {score})",
    "others-first": "{id}: it scores {score}; the last on the list scores {least}",
}


def instant(seconds: int | None) -> str | None:
    """An instant in seconds as ISO 8601, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()


def explanation(told: Explanation, clock: int) -> Iterator[str]:
    """What `newsgen explain` answers at an instant."""
    yield told.url or told.path
    if told.id:
        yield f"  story      {told.id}"
    if told.path:
        yield f"  file       {told.path}"
    until = f", until {instant(told.until)}" if told.until is not None else ""
    yield f"  state      {STATES[told.state]}{until}, at {instant(clock)}"
    if told.state != "live":
        yield "  No page shows anything of it."
        return
    yield f"  template   {told.template or 'none: a file that is copied'}"
    yield f"  planned as {told.unit}"
    for path in told.files:
        yield f"  made from  {path}"
    reasons = "; ".join(_REASONS[reason] for reason in told.reason.split())
    yield f"  rendered   {'because ' + reasons if reasons else 'not yet'}"
    for url in told.lists:
        yield f"  counted on {url}"
    for reason in told.related:
        yield f"  related    {reason.id}  {reason.headline}"
        yield f"             {'; '.join(_reasons(reason))}"
    if told.other is not None:
        values = {"id": told.other.id, "score": told.other.score, "other": told.other.other, "least": told.other.least}
        yield f"  not listed {_KEPT[told.other.why].format(**values)}"


def _reasons(reason: Reason) -> Iterator[str]:
    if reason.is_pinned:
        yield "pinned"
    yield f"score {reason.score}"
    if reason.terms:
        more = f" and {reason.more} more" if reason.more else ""
        yield f"words {', '.join(reason.terms)}{more}"
    for name, values in (("people", reason.people), ("places", reason.places), ("tags", reason.tags)):
        if values:
            yield f"{name} {', '.join(values)}"
