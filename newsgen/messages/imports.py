"""What an import did, in sentences: what became of each item that needs a person, and the counts."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsgen.messages.problems import printable, sentence
from newsgen.model.errors import Problem
from newsgen.text.english import plural

if TYPE_CHECKING:  # each command brings its own engine
    from newsgen.commands.import_report import IngestReport, Notice
    from newsgen.commands.kill_notices import NoticeResult
    from newsgen.model.card import Card

__all__ = [
    "WHICH_STORY", "import_lines", "not_imported_lines", "nothing_written", "notice_choices", "notice_lines",
    "starter_gone", "starter_question",
]  # fmt: skip

WHICH_STORY = "Which of these does the notice kill? 0 for none"

_IMPORTED = {
    "address-taken": "another story has the address, so a digest was added to this one's",
    "body-guessed": "the text begins or ends with a line that may be none of it",
    "byline-guessed": "a line that reads as a name was taken for a byline",
    "byline-unread": "a line may be a byline that could not be read",
    "caption-guessed": "the credit of a photo was read, but its agency or name is unknown",
    "caption-unread": "a line may be a caption that could not be read",
    "credit-guessed": "a credit line was not read in full, or names somebody whose name looks like none",
    "credit-unread": "the last line may be a credit line that could not be read",
    "date-guessed": "no clear date in the copy, so the file's name, its day or the story before it gave one",
    "dateline-guessed": "a place was taken for a dateline that names neither a day nor a known agency",
    "dateline-unread": "the text begins as if with a dateline, which could not be read",
    "embargo-guessed": "held back, but the line that says so can be read in another way",
    "encoding-guessed": "the encoding of the copy was guessed, or characters were mended or lost",
    "headline-guessed": "no clear headline in the copy, so its first words became the headline",
    "may-be-notice": "it may be a notice that withdraws a story, so it is withheld",
    "no-section": "no section in the copy, so it was filed under News; --section files it elsewhere",
    "note-unread": "a line may be a note or a correction that could not be read",
}
_NOT_IMPORTED = {  # what a build would say too is in `problems`
    "already-a-story": "this is already a story file",
    "archive-damaged": "the archive is damaged from here on; get it again, or unpack what can be unpacked",
    "empty-file": "the file is empty",
    "id-taken": "a story that was not imported has its id",
    "is-archive": "this is compressed; unpack it, or import it as .zip or .tar with its ending",
    "is-csv": "this is a table (CSV), not copy; write each row that is a story to a text file of its own",
    "is-email": "this is an e-mail with its headers; save its text as a .txt file",
    "is-feed": "this is a feed (RSS or Atom); save the stories that it links to as text",
    "is-front-matter": "this is Markdown of another generator; give it headline:, date: and section: in content/",
    "is-html": "this is a web page (HTML); open it in a browser, and save or copy its text to a .txt file",
    "is-json": "this is JSON; write the text of each story to a .txt file",
    "is-leftover": "a program left this file behind, and it is no copy; delete it, or rename it if it is",
    "is-log": "this is a log, not copy; leave it out, or name it .txt if it is copy",
    "is-mbox": "this is a mailbox (mbox) with many messages; save the text of each as a .txt file",
    "is-newsml": "this is NewsML; save the text of each item as a .txt file",
    "is-ninjs": "this is ninjs (JSON); save the text of each item as a .txt file",
    "is-nitf": "this is NITF (XML); save its text as a .txt file",
    "is-pdf": "this is a PDF; save its text as a .txt file",
    "is-picture": "this is a picture; put it beside the story file that shows it, and name it there under photos:",
    "is-rtf": "this is RTF; save it as plain text in UTF-8",
    "is-sgml": "this is SGML of a kind that newsgen does not know; save the text of each story as a .txt file",
    "is-word": "this is a document of an office program; save it as plain text in UTF-8",
    "is-xml": "this is XML; save the text of each story as a .txt file",
    "member-damaged": "this file is damaged in the archive, and the others are imported; get the archive again",
    "member-encrypted": "this file is encrypted; unpack the archive with its password, and import the files",
    "no-newid": "the story has no NEWID",
    "no-stories": "there is no <REUTERS> element in it",
    "no-text": "there is no text in it",
    "not-text": "this is not text",
    "packed-too-tightly": "this would unpack to far more than text ever does, so it is not read; unpack it yourself",
    "path-taken": "another story has its file name",
    "reserved-section": "its section has an address that newsgen needs for itself; name another with --section",
    "same-text": "this is the same text as another story's, so it was not imported again",
    "source-changed": "the copy differs from what was imported before; the story file is left as it is",
    "unclosed-element": "an element is not closed",
    "unreadable-file": "the file cannot be read; give yourself the right to read it, and import it again",
    "unreadable-folder": "the folder cannot be read; give yourself the right to read it, and import it again",
}
_LINES_SHOWN = 5  # lines of furniture that an import names
_NOTICE_SHOWN = 600  # characters of a kill notice that are shown where somebody is asked about it


def not_imported_lines(report: IngestReport) -> Iterator[str]:
    """Every item that was not imported, and why."""
    for entry in (*report.failed, *report.conflicts, *report.skipped):
        where = f" ({entry.path})" if entry.path else ""
        why = _NOT_IMPORTED.get(entry.reason)
        if not why:
            refusal = sentence(Problem(entry.reason, entry.source, values=entry.values))
            why = f"no build could read its story file. {refusal}"
        yield f"{printable(entry.source)}: {why}{where}"


def import_lines(report: IngestReport, *, dry_run: bool) -> Iterator[str]:
    """The counts of an import, after the files that a person should look at."""
    paths_by_reason: dict[str, list[str]] = {}
    for entry in report.imported:
        for reason in filter(None, entry.reason.split(", ")):
            paths_by_reason.setdefault(reason, []).append(entry.path)
    for reason, paths in sorted(paths_by_reason.items()):
        shown = ", ".join(paths[:3]) + (", … (--report names all)" if len(paths) > 3 else "")
        yield f"{plural(len(paths), 'item', 'items')}: {_IMPORTED[reason]}: {shown}"
    for line, count, files in report.left_out[:_LINES_SHOWN]:
        yield f"«{printable(line)}» stands in {count:,} of {files:,} files: left out, and kept under source: dropped:"
    if len(report.left_out) > _LINES_SHOWN:
        yield f"… and {len(report.left_out) - _LINES_SHOWN:,} more lines of this kind (--report names all)"
    counts = (
        f"{len(report.imported):,} imported, {len(report.unchanged):,} unchanged, {len(report.skipped):,} skipped, "
        f"{len(report.conflicts):,} in conflict, {len(report.failed):,} failed"
        + (f", {plural(len(report.notices), 'notice', 'notices')}" if report.notices else "")
    )
    yield f"{plural(report.items, 'item', 'items')}: {counts}.{nothing_written(dry_run=dry_run)}"


def starter_question(path: str) -> str:
    """The story that `init` wrote, now that there are others."""
    return f"{path} is the story that newsgen init wrote, as it was. Delete it"


def starter_gone(path: str) -> str:
    """That story, where nobody could be asked."""
    return f"{path}, the story that newsgen init wrote, is deleted, for the site has stories of its own now."


def nothing_written(*, dry_run: bool) -> str:
    """What a dry run adds to its counts."""
    return " Nothing was written." if dry_run else ""


def notice_lines(results: Iterable[NoticeResult]) -> Iterator[str]:
    """What became of the kill notices of an import."""
    for result in results:
        source = printable(result.source)
        if result.state == "killed":
            yield f"{source}: kills {', '.join(result.paths)}. Build and publish now: it stays online until then."
        elif result.state == "done":
            yield f"{source}: was already carried out: {result.paths[0]}"
        elif result.state == "unsure":
            yield f"{source}: kills a story, but newsgen cannot tell which. If it is one of these, kill it:"
            yield from _kill_commands(result)
        elif result.state == "doubtful":
            yield (
                f"{source}: may be a notice that withdraws a story, so it is withheld in {result.path}. If it is a "
                "story, delete its status: line. If it is a notice, delete the file and kill the story that it means:"
            )
            yield from _kill_commands(result) if result.ids else ["  newsgen kill ID --reason …"]
        else:
            yield f"{source}: kills a story that is not here. If you import that story later, import this notice again."


def _kill_commands(result: NoticeResult) -> Iterator[str]:
    """The command that kills each story that a notice may mean."""
    for story_id, path in zip(result.ids, result.paths, strict=True):
        yield f"  newsgen kill {shlex.quote(story_id)} --reason …    {path}"


def notice_choices(notice: Notice, cards: Iterable[Card]) -> Iterator[str]:
    """A kill notice, and the stories that it may mean, numbered from 1."""
    yield printable(notice.text[:_NOTICE_SHOWN])
    for number, card in enumerate(cards, 1):
        yield f"  {number}  {card.item.day}  {printable(card.item.headline)}  {card.path}"
