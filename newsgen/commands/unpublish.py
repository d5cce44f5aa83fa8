"""Requests to unpublish that are about one story: what is changed in it, and added to the private log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from newsgen import storyfile
from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.request_log import log_request, require_logs, require_text
from newsgen.commands.urls import write_ledger
from newsgen.engine.request import BuildRequest
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source import ledger
from newsgen.source.requests import Request

__all__ = ["Answer", "add_note", "delete", "delist"]


@value
class Answer:
    """What was done about one story."""

    path: str  # its file
    problems: tuple[Problem, ...]


def delist(request: BuildRequest, name: str, reason: str, now: Moment) -> Answer:
    """Keep a story out of feeds, sitemaps and search engines; its page stays.

    UsageError and ContentError as for `kill`, here and below; a reason must be given.
    """
    with _story_to_change(request, name, reason) as (archive, card):
        request.site.edit(card.path, archive.with_keys(card, {"noindex": "true"}))
        problems = log_request(request, Request(now.iso, "delist", card.item.id, "", reason))
    return Answer(card.path, problems)


def add_note(request: BuildRequest, name: str, text: str, reason: str, now: Moment) -> Answer:
    """Put a note for readers under a story."""
    require_text("TEXT", text)
    with _story_to_change(request, name, reason) as (archive, card):
        story, _problems = storyfile.read_story(card.path, request.site.read(card.path), request.settings, None)
        notes = story.notes if story else ()
        if text not in notes:  # else an interrupted command has written it
            request.site.edit(card.path, archive.with_keys(card, {"note": [*notes, text]}))
        problems = log_request(request, Request(now.iso, "note", card.item.id, text, reason))
    return Answer(card.path, problems)


def delete(request: BuildRequest, name: str, reason: str, now: Moment) -> Answer:
    """Delete a story's file and give its addresses up, so that nothing tells that it was there.

    The request is logged first, and the file goes last: after an interruption, the same again does the rest.
    """
    with _story_to_change(request, name, reason) as (archive, card):
        problems = log_request(request, Request(now.iso, "delete", card.item.id, "", reason))
        lines = (
            replace(line, state="removed", since=now.iso) if line.id == card.item.id and not line.state else line
            for line in archive.changes.ledger.lines
        )
        write_ledger(archive, ledger.in_order(lines))
        request.site.remove(card.path)
    return Answer(card.path, problems)


@contextmanager
def _story_to_change(request: BuildRequest, name: str, reason: str) -> Iterator[tuple[Archive, Card]]:
    """The story that a request is about. UsageError where there is none, or no reason."""
    require_text("--reason", reason)
    with read_archive(request) as archive:
        require_logs(archive)
        try:
            card = archive.find(name)
        except UsageError as error:
            if any((row.kind, row.subject) == ("delete", name) for row in archive.changes.requests.rows):
                raise UsageError(Problem("deleted-already", name, values=(name,))) from error
            raise
        yield archive, card
