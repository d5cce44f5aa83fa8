"""What `newsgen explain` answers, in sentences; and the words for the states of a story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsgen.messages.times import in_utc

if TYPE_CHECKING:
    from newsgen.commands.explain import Explanation
    from newsgen.related.reasons import NotListed, Reason

__all__ = ["STATES", "explanation_lines"]

STATES = {
    "draft": "a draft",
    "withheld": "withheld",
    "killed": "killed",
    "embargoed": "under embargo",
    "expired": "expired",
    "live": "live",
    "superseded": "an older version, which another story replaces",
    "refused": "kept out by an error, which newsgen check names",
}
_WHY_RENDERED = {
    "new": "it is new",
    "template": "its template changed",
    "site": "the site's settings, navigation or theme files changed",
    "lists": "what it shows of other stories, or of its own front matter, changed",
    "story": "a story whose text it shows changed",
    "whole": "every page was: it was a clean build, or one that searched every page for a name or held words",
    "output": "its file in the output was missing, or was not the one that newsgen wrote",
}
_WHY_NOT_LISTED = {
    "not-live": "{id}: no live story has that id",
    "itself": "{id}: it is this story",
    "a-version": "{id}: it is a version of a story, and is in the list of versions",
    "excluded": "{id}: `related` keeps it out",
    "listed": "{id}: it is on the list",
    "newer": "{id}: it is newer, and the settings allow only older stories (score {score})",
    "too-far": "{id}: it is further away in time than the settings allow (score {score})",
    "too-little": "{id}: the two have too few words in common (score {score})",
    "not-compared": "{id}: it is far away in time, and the two have too few rare words in common (score {score})",
    "same-text": "{id}: it is the same text as {other}, or nearly the same (score {score})",
    "others-first": "{id}: it scores {score}; the last on the list scores {lowest_score}",
}


def explanation_lines(answer: Explanation, clock: int) -> Iterator[str]:
    """The answer, a line for each fact, at the instant `clock`."""
    yield answer.url or answer.path
    if answer.id:
        yield f"  story      {answer.id}"
    if answer.path:
        yield f"  file       {answer.path}"
    until = f", until {in_utc(answer.until)}" if answer.until is not None else ""
    yield f"  state      {STATES[answer.state]}{until}, at {in_utc(clock)}"
    if not answer.unit:
        yield "  No page shows anything of it."
        return
    yield f"  template   {answer.template or 'none: the file is copied'}"
    yield f"  planned as {answer.unit}"
    for path in answer.files:
        yield f"  made from  {path}"
    reasons = "; ".join(_WHY_RENDERED[reason] for reason in answer.reason.split())
    yield f"  rendered   {'because ' + reasons if reasons else 'not yet'}"
    for url in answer.lists:
        yield f"  listed on  {url}"
    for reason in answer.related:
        yield f"  related    {reason.id}  {reason.headline}"
        yield f"             {'; '.join(_facts(reason))}"
    if answer.other is not None:
        yield f"  not listed {_why_not_listed(answer.other)}"


def _why_not_listed(other: NotListed) -> str:
    values = {"id": other.id, "score": other.score, "other": other.other, "lowest_score": other.lowest_score}
    return _WHY_NOT_LISTED[other.why].format(**values)


def _facts(reason: Reason) -> Iterator[str]:
    """What two related stories have in common."""
    if reason.is_pinned:
        yield "pinned"
    yield f"score {reason.score}"
    if reason.terms:
        more = f" and {reason.more} more" if reason.more else ""
        yield f"words {', '.join(reason.terms)}{more}"
    for name, values in (("people", reason.people), ("places", reason.places), ("tags", reason.tags)):
        if values:
            yield f"{name} {', '.join(values)}"
