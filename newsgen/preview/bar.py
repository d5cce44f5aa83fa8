"""What the preview shows beside a page, as JSON: what is wrong with the site, and the questions about a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsgen.index.shelves import picture_files
from newsgen.lifecycle import state as lifecycle
from newsgen.lint.site_rules import check_site
from newsgen.messages.problems import printable, sentence
from newsgen.messages.shown import in_order
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.pages import related_ids
from newsgen.preview.session import Session
from newsgen.preview.site import View
from newsgen.related.reasons import reasons
from newsgen.text.address import brief_anchor

__all__ = ["bar_json", "problems_json"]

_MOST_ERRORS = 20  # that the bar names


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


def bar_json(session: Session, path: str, at: int | None) -> dict[str, Any]:
    """What the editor's bar shows for a page."""
    views = session.views
    articles, view = views.articles(path, at), views.view(at)
    errors = in_order(problem for problem in session.problems if problem.severity == "error")
    bar: dict[str, Any] = {
        "now": _local(session.clock if at is None else view.clock, session.timezone),
        "isSet": at is not None,
        "timezone": session.timezone,
        "errors": len(errors),
        "wrong": problems_json(errors[:_MOST_ERRORS]),
        "state": "",
        "problems": [],
        "related": [],
    }
    is_own_page = len(articles) == 1 and not brief_anchor(articles[0].item.url)
    hidden = [] if is_own_page else views.hidden(path)
    if hidden or len(articles) != 1:
        cards = [card for article in articles if (card := view.scope.index.card(article.item.id))]
        asked = [problem for card in cards for problem in _problems(session, card, view)]
        if path == f"{views.prefix}/":
            asked += check_site(view.scope.settings)
        bar["problems"] = problems_json(asked)
        for file, story_id, state, until in hidden[:1]:
            when = _local(until, session.timezone) if until is not None else ""
            bar |= {"id": story_id, "path": file, "state": state, "until": when}
        return bar
    article = articles[0]
    card = view.scope.index.card(article.item.id)
    assert card is not None
    ids = related_ids(article)
    return bar | {
        "id": card.item.id,
        "path": card.path,
        "state": lifecycle.state(card, view.clock) if article.state == "live" else article.state,
        "until": "",
        "problems": problems_json(_problems(session, card, view)),
        "related": [
            {
                "url": views.prefix + reason.url,
                "headline": reason.headline,
                "score": reason.score,
                "isPinned": reason.is_pinned,
                "shared": [*reason.people, *reason.places, *reason.tags, *reason.terms],
            }
            for reason in reasons(card, ids, view.scope.index)
        ],
    }


def _problems(session: Session, card: Card, view: View) -> Iterator[Problem]:
    """What is wrong with a story, and with the pictures that it shows."""
    paths = {card.path, *picture_files(card)}
    yield from (problem for problem in session.problems if problem.path in paths)
    yield from _check(card, view)


def _check(card: Card, view: View) -> Iterator[Problem]:
    """What `newsgen check` would say about this story; what takes the whole archive to tell, only `check` says."""
    from newsgen.lint.archive_rules import check_names, check_sections
    from newsgen.lint.spelling import Spelling
    from newsgen.lint.story_rules import SiteFacts, check_story, entry_urls, live_story

    scope = view.scope
    people, places = entry_urls(scope.people.names, "people"), entry_urls(scope.places.names, "places")
    site = SiteFacts(scope.settings, view.clock, people, places, scope.index)
    yield from check_story(live_story(card), site)
    yield from check_names([card], site)
    sections = [
        Spelling(
            link.name, link.url, stories, card.path if link.url == card.section.url else "", slug in scope.sections
        )
        for slug, link, stories in scope.sections_in_order()
    ]
    yield from (problem for problem in check_sections(sections) if problem.path)


def _local(instant: int, timezone: str) -> str:
    """An instant as a clock in the site's zone shows it, to the minute: what `datetime-local` takes."""
    return datetime.fromtimestamp(instant, ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")
