"""What is left at the address of a story that was killed or has expired, and the list of what was withdrawn."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from newsgen.language.language import Language
from newsgen.lifecycle.redirects import Removed, find
from newsgen.model import codec
from newsgen.model.card import Details
from newsgen.model.files import short_digest
from newsgen.model.pages import Page, Tombstone, Withdrawal, Withdrawn
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.feed_entries import NO_TIME, entry_id, rfc3339
from newsgen.plan.kind import PageKind, nothing
from newsgen.plan.scope import Scope
from newsgen.text.address import brief_anchor
from newsgen.wire.credits import printable

__all__ = ["KIND", "WITHDRAWN_KIND", "answer_url", "tombstone"]

_WITHDRAWN = ("/withdrawn/", "/withdrawn/feed.xml")
_DAY = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/", re.A)  # in an address


def answer_url(url: str) -> str:
    """Where the page is that a host sends with its 410: some hosts ignore a rule that leads to its own address."""
    return f"{_WITHDRAWN[0]}{short_digest(url)}.html"


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the tombstone of an address goes: twice where a rule of the host answers 410."""
    removed = find(scope.redirects.removed, f"/{rest}")
    if removed is None:
        return ()
    has_rule = removed.state == "killed" and scope.redirects.has_410
    return (removed.url, answer_url(removed.url)) if has_rule else (removed.url,)


def _tombstone(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The tombstone of an address."""
    removed = find(scope.redirects.removed, f"/{rest}")
    if removed is None:
        return ()
    data = replace(tombstone(removed, scope.language), ways=_ways(removed.url, scope))
    return tuple(Page(url, "tombstone.html.j2", data, unit) for url in _addresses(rest, scope))


def tombstone(removed: Removed, language: Language) -> Tombstone:
    """What is left of a story at its address."""
    return Tombstone(
        removed.url,
        removed.state,
        removed.since,
        removed.reason,
        removed.headline,
        removed.iso,
        _credit(removed, language),
    )


def _ways(url: str, scope: Scope) -> tuple[Link, ...]:
    """The pages of the section and the day that an address names: nothing else of a killed story is known."""
    slug = url.split("/")[1]
    section = scope.url(("section", slug))
    links = [Link(scope.index.display_name(("section", slug)), section)] if section else []
    found = _DAY.search(url)
    day = "-".join(found.groups()) if found else ""
    days = scope.url(("date", ""), day) if day else ""
    return (*links, Link(scope.language.period_name(day), days)) if days else tuple(links)


def _credit(removed: Removed, language: Language) -> str:
    """What is left of an expired story beside its headline: whose it was."""
    if not removed.details:
        return ""
    details = codec.decode(Details, json.loads(removed.details))
    return printable(details.credit) or language.join((*details.byline, *details.agency))


def _withdrawn_addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    return _WITHDRAWN if scope.makes("withdrawn") else ()


def _withdrawn(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The list of what was withdrawn after it was published, for readers and for subscribers' programs."""
    if not scope.makes("withdrawn"):
        return ()
    base_url = scope.site.base_url
    by_story: dict[str, list[Removed]] = {}
    for removed in scope.redirects.removed:
        if removed.state == "killed":
            by_story.setdefault(removed.id, []).append(removed)
    entries = []
    for story_id, addresses in by_story.items():
        last = max(addresses, key=lambda removed: (removed.since, removed.reason))
        entry = Withdrawal(
            uid=entry_id(base_url, f"withdrawn {story_id}"),
            ref=entry_id(base_url, story_id),
            urls=tuple(removed.url for removed in addresses),
            since=last.since,
            updated=rfc3339(last.since) if last.since else NO_TIME,
            reason=last.reason,
        )
        entries.append(entry)
    entries.sort(key=lambda entry: (entry.since, entry.uid), reverse=True)
    updated = max((entry.updated for entry in entries), default=NO_TIME)
    page_url, feed_url = _WITHDRAWN
    data = Withdrawn(page_url, entry_id(base_url, "feed withdrawn"), updated, tuple(entries))
    return (Page(page_url, "withdrawn.html.j2", data, unit), Page(feed_url, "withdrawn.xml.j2", data, unit))


KIND = PageKind(
    "gone",
    _addresses,
    _tombstone,
    units=lambda scope: (units.gone(each.url) for each in scope.redirects.removed if not brief_anchor(each.url)),
    affected=nothing,
    follows_redirects=True,
)
WITHDRAWN_KIND = PageKind(
    units.WITHDRAWN,
    _withdrawn_addresses,
    _withdrawn,
    units=lambda _scope: (units.WITHDRAWN,),
    affected=nothing,
    follows_redirects=True,
)
