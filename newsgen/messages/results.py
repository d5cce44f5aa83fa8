"""What a command did, in sentences."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newsgen.messages.explanation import STATES
from newsgen.messages.problems import printable, sentence
from newsgen.messages.shown import by_severity, in_order, show
from newsgen.messages.times import in_utc
from newsgen.model.errors import Problem
from newsgen.text.english import plural

if TYPE_CHECKING:  # each command brings its own engine
    from newsgen.commands.check import CheckResult
    from newsgen.commands.import_report import IngestReport, Notice
    from newsgen.commands.kill_notices import NoticeResult
    from newsgen.commands.link import LinkResult
    from newsgen.engine.result import BuildResult
    from newsgen.model.card import Card

__all__ = [
    "SERVE_ENDED",
    "WHICH_STORY",
    "address_removed",
    "addresses_recorded",
    "anonymised_lines",
    "build_lines",
    "check_line",
    "deleted",
    "delisted",
    "guess_lines",
    "held_lines",
    "import_lines",
    "kill_lines",
    "link_lines",
    "linked",
    "not_imported_lines",
    "note_added",
    "notice_choices",
    "notice_lines",
    "output_place",
    "preview_place",
    "rule_lines",
    "site_made",
]

SERVE_ENDED = "Stopped."
WHICH_STORY = "Which of these does the notice kill? 0 for none"

_IMPORTED = {
    "address-taken": "another story has the address, so a digest was added to this one's",
    "date-guessed": "no clear date in the copy, so the file's name, its day or the story before it gave one",
    "dateline-guessed": "a place in capitals was taken for a dateline",
    "embargo-guessed": "held back, but the copy does not say exactly until when",
    "encoding-guessed": "the encoding of the copy was guessed, or characters were mended or lost",
    "headline-guessed": "no clear headline in the copy, so its first words became the headline",
    "may-be-notice": "it may be a notice that withdraws a story, so it is withheld",
    "no-section": "no section in the copy, so it was filed under News; --section files it elsewhere",
}
_NOT_IMPORTED = {  # what a build would say too is in `problems`
    "already-a-story": "this is already a story file",
    "empty-file": "the file is empty",
    "id-taken": "a story that was not imported has its id",
    "no-newid": "the story has no NEWID",
    "no-stories": "there is no <REUTERS> element in it",
    "no-text": "there is no text in it",
    "not-text": "this is not text",
    "path-taken": "another story has its file name",
    "reserved-section": "its section has an address that newsgen needs for itself; name another with --section",
    "same-text": "this is the same text as another story's, so it was not imported again",
    "source-changed": "the copy differs from what was imported before; the story file is left as it is",
    "unclosed-element": "an element is not closed",
    "unknown-format": "newsgen does not know this format of copy",
    "unreadable-file": "the file cannot be read",
}
_HELD = {**STATES, "draft": "in draft"}  # after a count
_IN_COMMON = {"headline": "headline", "number": "story number", "slugline": "slugline"}  # by rule of lint.chains
_NOTICE_SHOWN = 600  # characters of a kill notice that are shown where somebody is asked about it


# --- build, serve, check ---


def build_lines(result: BuildResult, *, drafts: bool) -> Iterator[str]:
    """The counts of a build, and how many stories it held back."""
    stories = plural(result.stories, "story", "stories")
    pages = plural(result.pages, "page", "pages")
    counts = f"{len(result.rendered):,} rendered, {len(result.written):,} written, {len(result.removed):,} removed"
    yield f"{stories}, {pages}: {counts}, in {sum(result.seconds.values()):.1f} s."
    if drafts:
        yield "Drafts are in it: do not publish this folder."
    if any(problem.severity != "advice" for problem in result.problems):
        yield f"{by_severity(result.problems)}."
    if result.held:
        states = Counter(state for _id, state, _until in result.held)
        yield "Held back: " + ", ".join(f"{count} {_HELD[state]}" for state, count in sorted(states.items())) + "."
        for problem in result.problems:
            if problem.rule == "held-in-doubt":
                yield f"{problem.values[0]} of these because of what is wrong with {printable(problem.path)}."


def held_lines(result: BuildResult) -> Iterator[str]:
    """Every story that a build held back, and why."""
    for story_id, state, until in result.held:
        when = f" until {in_utc(until)}" if until is not None else ""
        yield f"  {printable(story_id)}: {STATES[state]}{when}"


def output_place(folder: str) -> str:
    """Where the site was written."""
    return f"The site is in {folder}"


def preview_place(url: str) -> str:
    """Where the preview is."""
    return f"The site is at {url}  Stop with Ctrl-C."


def check_line(result: CheckResult) -> str:
    """What a check looked at, and how much it found."""
    stories = plural(result.stories, "live story", "live stories")
    pages = plural(result.pages, "page", "pages")
    links = plural(result.links, "internal link", "internal links")
    line = f"{stories}, {pages}, {links} checked; {by_severity(result.problems)}."
    if result.compared is None:
        return line
    if result.compared == 0:
        return f"{line} Nothing has been built yet, so there is nothing to compare."
    return f"{line} Compared with a clean build: {plural(result.compared, 'page', 'pages')} of an incremental one."


def guess_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """What imports guessed, each with the line of the copy that it was read from; then how many there are."""
    guessed = in_order(problems)
    for problem in guessed:
        yield show(problem)
        if problem.values[1:] and problem.values[1]:
            yield f"    copy: {printable(problem.values[1])}"
    stories = len({problem.path for problem in guessed})
    yield f"{plural(len(guessed), 'guess', 'guesses')} in {plural(stories, 'story', 'stories')}."


def rule_lines(rules: Mapping[str, str]) -> Iterator[str]:
    """The rules that `check --off` takes, each with what it looks for."""
    return (f"{name:18} {description}" for name, description in rules.items())


# --- init, import ---


def site_made(folder: str) -> str:
    """A new site, and how it is built."""
    return f"A new site is in {folder}. Build it: newsgen build --site {shlex.quote(folder)}"


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
    counts = (
        f"{len(report.imported):,} imported, {len(report.unchanged):,} unchanged, {len(report.skipped):,} skipped, "
        f"{len(report.conflicts):,} in conflict, {len(report.failed):,} failed"
        + (f", {plural(len(report.notices), 'notice', 'notices')}" if report.notices else "")
    )
    yield f"{plural(report.items, 'item', 'items')}: {counts}.{_nothing_written(dry_run=dry_run)}"


def _nothing_written(*, dry_run: bool) -> str:
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


# --- kill, link, urls, unpublish ---


def kill_lines(paths: Iterable[str], urls: tuple[str, ...]) -> Iterator[str]:
    """The files of a story that was killed, and the addresses at which a tombstone will be."""
    yield from (f"{path} is killed." for path in paths)
    yield "Build and publish now: it stays online until then."
    yield from (f"A tombstone will be at {url}" for url in urls)
    if not urls:
        yield "It was never published, so readers will see nothing of it."


def linked(newer: str, older: str) -> str:
    """One story that replaces another; both by their files."""
    return f"{newer} replaces {older}"


def link_lines(result: LinkResult, *, dry_run: bool) -> Iterator[str]:
    """Which versions `newsgen link` joined, and which it left to a person."""
    for link in result.joined:
        yield f"{linked(link.path, link.replaced_path)}: the same {_IN_COMMON[link.rule]}"
    for link in result.uncertain:
        yield f"{link.path} may replace {link.replaced_path}: compare the two, then use --likely"
    joined = plural(len(result.joined), "version", "versions")
    yield f"{joined} joined, {len(result.uncertain):,} left to you.{_nothing_written(dry_run=dry_run)}"


def address_removed(url: str) -> str:
    """An address that was given up."""
    return f"{url} is given up, and may break from now on."


def addresses_recorded(new: int, total: int) -> str:
    """How many addresses are new in the ledger, and how many it has."""
    return f"{new:,} new, {total:,} in all, in content/_urls.tsv. Commit it."


def anonymised_lines(paths: tuple[str, ...]) -> Iterator[str]:
    """The files that a name was removed from."""
    yield from (f"{path} no longer has it." for path in paths)
    yield (
        f"{plural(len(paths), 'file', 'files')} changed. Build and publish now. "
        "Copies elsewhere and old versions in Git still have the name."
    )


def delisted(path: str) -> str:
    """A story that search engines are kept from."""
    return f"{path} is marked noindex."


def note_added(path: str) -> str:
    """A story that has a new note for readers."""
    return f"{path} has the note."


def deleted(path: str) -> str:
    """A story whose file is gone."""
    return f"{path} is deleted. Its pictures stay in content/, but leave the site unless another story uses them."
