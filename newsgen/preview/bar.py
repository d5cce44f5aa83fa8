"""What the preview tells the browser beside the pages: what is wrong, and what an editor asks of a story. As JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsgen.lifecycle import state as lifecycle
from newsgen.messages.problems import in_order, printable, sentence
from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.errors import Problem
from newsgen.preview.session import Session
from newsgen.preview.site import View
from newsgen.related.reasons import reasons

__all__ = ["bar", "problems_json"]

_SHOWN = 20  # errors that the bar names


def problems_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as the browser shows them, each once."""
    return [
        {
            "place": printable(p.path)
            + (f":{p.line}" if p.line else "")
            + (f":{p.column}" if p.line and p.column else ""),
            "kind": p.severity,
            "text": sentence(p),
            "excerpt": printable(p.excerpt),
            "column": p.column,
        }
        for p in in_order(problems)
    ]


def bar(session: Session, path: str, at: int | None) -> dict[str, Any]:
    """What the editor's bar shows for a page."""
    article, view = session.article(path, at)
    errors = in_order(problem for problem in session.problems if problem.severity == "error")
    told: dict[str, Any] = {
        "now": _local(session.clock if at is None else view.clock, session.timezone),
        "isSet": at is not None,
        "timezone": session.timezone,
        "errors": len(errors),
        "wrong": problems_json(errors[:_SHOWN]),
        "state": "",
        "problems": [],
        "related": [],
    }
    if article is None:
        for file, story_id, state, until in session.held(path)[:1]:
            when = _local(until, session.timezone) if until is not None else ""
            told |= {"id": story_id, "path": file, "state": state, "until": when}
        return told
    card = view.scope.index.card(article.item.id)
    assert card is not None
    ids = tuple(item.id for item in article.related)
    return told | {
        "id": card.item.id,
        "path": card.path,
        "state": lifecycle.state(card, view.clock) if article.state == "live" else article.state,
        "until": "",
        "problems": problems_json([*(p for p in session.problems if p.path == card.path), *_asked(card, view)]),
        "related": [
            {
                "url": session.prefix + reason.url,
                "headline": reason.headline,
                "score": reason.score,
                "isPinned": reason.is_pinned,
                "shared": [*reason.people, *reason.places, *reason.tags, *reason.terms],
            }
            for reason in reasons(card, ids, view.scope.index)
        ],
    }


def _asked(card: Card, view: View) -> Iterable[Problem]:
    """What an editor would ask about one story; what takes the whole archive to tell, `check` asks."""
    from newsgen.lint.rules import Look, proofread

    scope = view.scope
    if not card.dateline and card.item.type in ("story", ""):
        yield Problem("dateline-missing", card.path, severity="advice")
    if scope.people.names:
        for role, person in card.people:
            if role == "subject" and not scope.people.entry(person.url.rstrip("/").rpartition("/")[2]):
                yield Problem("person-unknown", card.path, values=(person.name,), severity="advice")
    look = Look(card, codec.decode(Details, json.loads(card.details)))
    yield from proofread([look], scope.settings, scope.people.names, scope.places.names, view.clock)


def _local(instant: int, timezone: str) -> str:
    """An instant as a clock in the site's zone shows it, to the minute: what `datetime-local` takes."""
    return datetime.fromtimestamp(instant, ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")
