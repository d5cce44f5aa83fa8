"""What a command did, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from newsgen.messages.explanation import STATES
from newsgen.messages.imports import nothing_written
from newsgen.messages.problems import printable
from newsgen.messages.shown import by_severity, in_order, quoted, show
from newsgen.messages.times import in_utc
from newsgen.model.errors import Problem
from newsgen.text.english import plural

if TYPE_CHECKING:  # each command brings its own engine
    from newsgen.commands.accept import Accepted
    from newsgen.commands.check import CheckResult
    from newsgen.commands.link import LinkResult
    from newsgen.engine.result import BuildResult

__all__ = [
    "SERVE_ENDED",
    "accepted_line",
    "address_removed",
    "addresses_recorded",
    "anonymised_lines",
    "build_lines",
    "check_line",
    "deleted",
    "delisted",
    "guess_lines",
    "held_lines",
    "kill_lines",
    "link_lines",
    "linked",
    "next_steps",
    "note_added",
    "output_place",
    "preview_place",
    "rule_lines",
    "site_made",
]

SERVE_ENDED = "Stopped."
_HELD = {**STATES, "draft": "in draft"}  # after a count
_IN_COMMON = {"headline": "headline", "number": "story number", "slugline": "slugline"}  # by rule of lint.chains


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


def preview_place(url: str, others: Iterable[str] = ()) -> Iterator[str]:
    """Where the preview is, on this computer and for other devices."""
    yield f"The site is at {url}  Stop with Ctrl-C."
    yield from (f"On other devices: {other}" for other in others)


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
        line = show(problem)
        yield line
        if problem.values[1:] and problem.values[1] and problem.values[1] not in line:
            yield f"    copy: {printable(problem.values[1])}"
    stories = len({problem.path for problem in guessed})
    yield f"{plural(len(guessed), 'guess', 'guesses')} in {plural(stories, 'story', 'stories')}."


def accepted_line(accepted: Accepted) -> str:
    """How many guesses were taken for right."""
    guesses = plural(accepted.guesses, "guess", "guesses")
    return f"{guesses} in {plural(len(accepted.paths), 'story', 'stories')} accepted."


def rule_lines(rules: Mapping[str, str]) -> Iterator[str]:
    """The rules that `check --off` takes, each with what it looks for."""
    return (f"{name:18} {description}" for name, description in rules.items())


# --- init ---


def site_made(folder: str) -> str:
    """A new site, and how it is built."""
    return f"A new site is in {folder}. Build it: newsgen build --site {quoted(folder)}"


def next_steps(kind: str, ci: str, checkout: str) -> Iterator[str]:
    """What is left to do before a new site can be published; `checkout` is the folder newsgen was installed from."""
    if ci:
        yield (
            "GitHub publishes it by .github/workflows/publish.yml. Write base_url and remote into pyproject.toml, and "
            "choose Settings, Pages, Source: GitHub Actions. See docs/publish/schedule.md."
        )
    elif kind:
        yield f"Write base_url and the keys of [tool.newsgen.publish.live] into pyproject.toml: docs/publish/{kind}.md."
    if checkout and (ci or kind in ("", "netlify")):
        yield (
            "requirements.txt installs newsgen elsewhere. Until the package index has this version, put it into the "
            f"site's folder: pip wheel --no-deps --wheel-dir wheels {quoted(checkout)}"
        )


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
    yield f"{joined} joined, {len(result.uncertain):,} left to you.{nothing_written(dry_run=dry_run)}"


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
