"""What stays at the address of a story that was killed or has expired, and the list of what was withdrawn."""

from __future__ import annotations

import json

from newsgen.lifecycle.redirects import Gone, find
from newsgen.model import codec
from newsgen.model.card import Details
from newsgen.model.files import short_digest
from newsgen.model.pages import Page, Tombstone, Withdrawal, Withdrawn
from newsgen.plan.feeds import entry_id, stamp
from newsgen.plan.scope import Scope
from newsgen.text.english import join_names

__all__ = ["WITHDRAWN", "gone", "gone_addresses", "withdrawn", "withdrawn_addresses"]

WITHDRAWN = ("/withdrawn/", "/withdrawn/feed.xml")


def answer_url(url: str) -> str:
    """Where the page lies that a host sends with its 410: a rule that leads to its own address is none."""
    return f"{WITHDRAWN[0]}{short_digest(url)}.html"


def _gone(rest: str, scope: Scope) -> Gone | None:
    return find(scope.ways.gone, f"/{rest}")


def gone_addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the tombstone of an address goes."""
    one = _gone(rest, scope)
    if one is None:
        return ()
    return (one.url, answer_url(one.url)) if one.state == "killed" and scope.ways.has_410 else (one.url,)


def gone(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The tombstone of an address."""
    one = _gone(rest, scope)
    if one is None:
        return ()
    data = Tombstone(one.url, one.state, one.since, one.reason, one.headline, one.iso, _credit(one))
    return tuple(Page(url, "tombstone.html.j2", data, unit) for url in gone_addresses(rest, scope))


def _credit(one: Gone) -> str:
    """What stays of an expired story beside its headline: whose it was."""
    if not one.details:
        return ""
    details = codec.decode(Details, json.loads(one.details))
    return details.credit or join_names((*details.byline, *details.agency))


def withdrawn_addresses(scope: Scope) -> tuple[str, ...]:
    """Where the list of what was withdrawn goes, and its feed; none where the settings do not ask for it."""
    return WITHDRAWN if scope.makes("withdrawn") else ()


def withdrawn(unit: str, scope: Scope) -> tuple[Page, ...]:
    """The list of what was withdrawn after it was published, for readers and for subscribers' programs."""
    if not scope.makes("withdrawn"):
        return ()
    base_url = scope.site.base_url
    urls: dict[str, list[Gone]] = {}
    for one in scope.ways.gone:
        if one.state == "killed":
            urls.setdefault(one.id, []).append(one)
    entries = []
    for story_id, its in urls.items():
        last = max(its, key=lambda one: (one.since, one.reason))
        when = stamp(last.since) if last.since else "1970-01-01T00:00:00Z"
        entries.append(
            Withdrawal(
                entry_id(base_url, f"withdrawn {story_id}"), entry_id(base_url, story_id),
                tuple(one.url for one in its), last.since, when, last.reason,
            )
        )  # fmt: skip
    entries.sort(key=lambda entry: (entry.since, entry.uid), reverse=True)
    updated = max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z")
    data = Withdrawn(WITHDRAWN[0], entry_id(base_url, "feed withdrawn"), updated, tuple(entries))
    return (
        Page(WITHDRAWN[0], "withdrawn.html.j2", data, unit),
        Page(WITHDRAWN[1], "withdrawn.xml.j2", data, unit),
    )
