"""What may not be read any more, and which publications at a target still hold it.

A story that was published, as the ledger knows, and is not shown now: killed, expired, deleted, held again. And a story
that a request delisted, annotated or took a name out of: an earlier publication has it as it was before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from newsgen.model.value import value
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import Publication
from newsgen.source.ledger import LedgerLine
from newsgen.source.requests import Request
from newsgen.text.address import brief_anchor, output_path, page_url

__all__ = ["Leftover", "Withdrawn", "leftovers", "paths_of", "withdrawn_of"]

# `kill --now` may be given the hour of the agency's notice, and the story was published after that; clocks differ too.
# So other bytes at its address in a publication of the next days count as the story, whatever the time says. They may
# be an earlier state of the tombstone, but digests do not tell, and to leave a story readable is worse. Where a page
# stands rightly, with a note or with other briefs, an earlier state of that is no story.
_DOUBT_S = 7 * 86_400

EVERYTHING = ""  # the path of what may stand on any page


@value
class Withdrawn:
    """One address of which earlier versions may not be read."""

    # Of its file, such as "world/2026/11/25/bridge.html"; of a folder, "…/briefs/", where any page in it may hold it;
    # EVERYTHING where any page may.
    path: str
    since: int | None = None  # seconds; None where only the publications themselves tell
    is_shared: bool = False  # readers rightly find a page there: with a note, or with the other briefs of the day


@value
class Leftover:
    """An earlier publication in which something withdrawn can still be read."""

    publication: Publication
    paths: tuple[str, ...]  # what it holds; () where it may hold anything


def leftovers(
    publications: Iterable[Publication], withdrawn: tuple[Withdrawn, ...], now: Manifest
) -> tuple[Leftover, ...]:
    """The publications, the standing one aside, that hold something withdrawn; `now` is what is published now."""
    found = []
    for publication in publications:
        if publication.is_standing or not withdrawn:
            continue
        manifest = publication.manifest
        if manifest is None:
            found.append(Leftover(publication, ()))
            continue
        held = [each for each in withdrawn if _holds(publication, manifest, each, now)]
        if held:
            found.append(Leftover(publication, tuple(sorted({each.path for each in held} - {EVERYTHING}))))
    return tuple(found)


def _holds(publication: Publication, manifest: Manifest, withdrawn: Withdrawn, now: Manifest) -> bool:
    """Whether an earlier publication has other bytes at an address than now, from before they were withdrawn."""
    path = withdrawn.path
    if withdrawn.since is not None and publication.at is not None:  # first, for the manifest may have to be fetched
        is_sure = withdrawn.is_shared and (path in now.files or path == EVERYTHING or path.endswith("/"))
        if publication.at > withdrawn.since + (0 if is_sure else _DOUBT_S):
            return False
    if path.endswith("/"):
        there = {each: mark for each, mark in manifest.files.items() if each.startswith(path)}
        return any(now.files.get(each) != mark for each, mark in there.items())
    return path == EVERYTHING or manifest.files.get(path) not in (None, now.files.get(path))


def withdrawn_of(
    ledger: Iterable[LedgerLine], shown: Mapping[str, str], requests: Iterable[Request]
) -> tuple[Withdrawn, ...]:
    """What may not be read any more. `shown` has the id of the story at each address that has a page now.

    A request to take a name out says not in which stories: everything that was published before it may hold the name.
    """
    ids = set(shown.values())
    addresses = {story_id: url for url, story_id in shown.items()}
    found = {
        Withdrawn(path, _seconds(line.since), brief_anchor(line.url) != "")
        for line in ledger
        if line.url and line.id not in ids
        for path in paths_of(line.url)
    }
    for request in requests:
        since = _seconds(request.date)
        if request.kind == "anonymise":
            found.add(Withdrawn(EVERYTHING, since, True))
        elif url := addresses.get(request.subject):
            found.update(Withdrawn(path, since, True) for path in paths_of(url))
    return tuple(sorted(found, key=lambda each: (each.path, each.since or 0)))


def paths_of(url: str) -> tuple[str, ...]:
    """The files that may hold a story: of a brief the page of its day, and those of the hours if it is split."""
    page = output_path(page_url(url))
    return (page, f"{page.removesuffix('.html')}/") if brief_anchor(url) else (page,)


def _seconds(iso: str) -> int | None:
    """The instant of an ISO 8601 time, the end of a day without one; None for no time that can be read."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if len(iso) <= len("2026-11-29"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
