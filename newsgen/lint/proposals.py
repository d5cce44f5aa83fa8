"""Which stories look like versions of one story that nobody joined by `updates`, and which versions are missing.

These are proposals: a person, or a command that a person ran, writes `updates`. A proposed chain is a line: each story
replaces one at most and is replaced by one at most, later ones replace earlier ones, and chains that `updates` made
stay as they are. A wrong link hides a story from every list, so where signs disagree there is none.

Stories are compared only where they share a key (story number, slugline, headline, a rare word of it): n log n.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from newsgen.lint.chains import Chains
from newsgen.model.value import value
from newsgen.text.address import name_key
from newsgen.wire import headline_match, versions
from newsgen.wire.headline_match import HeadlineWords, headline_words, is_cut_from, is_similar, tokens
from newsgen.wire.versions import follows, is_notice, rank

__all__ = ["Gap", "Proposals", "Succession", "VersionFacts", "propose"]

_HOUR = 3600
_WINDOW = 48 * _HOUR  # between a version and the one that it replaces
_CORRECTION = 7 * 24 * _HOUR  # the same, of a correction or refile
_SHORT = 12 * _HOUR  # where the same slugline or headline is used again and again, and for copies of one number
_DAY = 24 * _HOUR  # where nothing but a slugline speaks for it
_SEASON = 8 * 24 * _HOUR  # in which a second first version makes a slugline or headline a recurring one
_NEAREST = 40  # stories looked at on either side under one key
_RARE = 12  # stories looked at under one word

Rule = Literal["number", "slugline", "headline"]
_Match = tuple[Rule, bool]  # what two stories have in common, and whether that makes it certain


@value
class VersionFacts:
    """What versions of one story are known by. Absent text is ""."""

    id: str
    path: str
    headline: str  # without tags
    labels: tuple[str, ...]  # its tags, as shown: ("Corrected", "Update 1")
    instant: int  # seconds; of a plain date, the start of that day
    slugline: str = ""
    section: str = ""
    updates: str = ""  # the id that it replaces already
    agency: str = ""
    number: str = ""  # the agency's number of the story (`versions.story_number`)


@value
class Succession:
    """A proposal: a story replaces another."""

    id: str  # the later one
    path: str
    replaces: str  # the id of the one just before it
    replaced_path: str
    rule: Rule  # what the two have in common
    is_certain: bool  # False: likely; a person should look


@value
class Gap:
    """A chain in which versions are missing."""

    ids: tuple[str, ...]  # of its stories, oldest first
    paths: tuple[str, ...]
    missing: tuple[int, ...]  # 0 is the first version
    is_wrapup: bool = False


@value
class Proposals:
    """Links between stories, and chains with gaps, each oldest first."""

    links: tuple[Succession, ...] = ()
    gaps: tuple[Gap, ...] = ()


class _Archive:
    """All stories in order of time, and of their tags within one instant. A story is known by its position in it."""

    def __init__(self, stories: Iterable[VersionFacts]) -> None:
        pairs = [(versions.read(story.labels, story.slugline), story) for story in stories]
        pairs.sort(key=lambda pair: (pair[1].instant, rank(pair[0]), pair[1].path, pair[1].id))
        self.stories = [story for _version, story in pairs]
        self.versions = [version for version, _story in pairs]
        self.chains = Chains(len(pairs))
        self.tagged = [at for at, version in enumerate(self.versions) if rank(version) > (0, 0)]
        self._headings: dict[int, HeadlineWords] = {}
        self.by_number: dict[str, list[int]] = {}
        self.by_base: dict[str, list[int]] = {}
        self.by_headline: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self._index()
        self._join()

    def _index(self) -> None:
        for at in self.tagged:  # only keys that one of them has
            words = tokens(self.stories[at].headline)
            self.by_headline[" ".join(words)] = []
            if self.versions[at].base:
                self.by_base[self.versions[at].base] = []
            self.by_word.update((word, []) for word in words)
        empty: list[int] = []  # takes what has no such key
        for at, story in enumerate(self.stories):
            if story.number:
                self.by_number.setdefault(story.number, []).append(at)
            if not self.tagged:
                continue
            self.by_base.get(self.versions[at].base, empty).append(at)
            words = tokens(story.headline)
            self.by_headline.get(" ".join(words), empty).append(at)
            for word in dict.fromkeys(words):
                self.by_word.get(word, empty).append(at)
            empty.clear()

    def _join(self) -> None:
        """Join what `updates` joins already; a story that names itself, or no known story, counts as joined too."""
        ids: dict[str, int] = {}
        for at, story in enumerate(self.stories):
            ids.setdefault(story.id, at)
        for at, story in enumerate(self.stories):
            if story.updates:
                if story.updates in ids:
                    self.chains.join(ids[story.updates], at)
                self.chains.replaces_another[at] = 1

    def heading(self, at: int) -> HeadlineWords:
        """A story's headline, to compare by."""
        if at not in self._headings:
            self._headings[at] = headline_words(self.stories[at].headline)
        return self._headings[at]

    def earlier(self, group: Sequence[int], at: int, count: int, limit: int = _CORRECTION) -> Iterator[int]:
        """At most `count` stories of a group that precede a story by at most `limit` seconds, nearest first."""
        start = bisect_left(group, at)
        for other in reversed(group[max(0, start - count) : start]):
            if self.stories[at].instant - self.stories[other].instant > limit:
                return
            yield other

    def is_recurring(self, group: Sequence[int], at: int) -> bool:
        """Whether a group holds two first versions of different chains around the time of a story."""
        start = bisect_left(group, at)
        firsts = {
            self.chains.root(other)
            for other in group[max(0, start - _NEAREST) : start + _NEAREST]
            if self.versions[other].kind == "first"
            and abs(self.stories[at].instant - self.stories[other].instant) <= _SEASON
        }
        return len(firsts) > 1


def _can_replace(archive: _Archive, at: int, head: int, rule: Rule) -> bool:
    """Whether times, agencies and kinds of story allow that `at` replaces `head`, the newest story of a chain."""
    story, replaced = archive.stories[at], archive.stories[head]
    version, before = archive.versions[at], archive.versions[head]
    window = _CORRECTION if version.kind in ("corrected", "refile") else _WINDOW
    if head >= at or story.instant - replaced.instant > window:
        return False
    if is_notice(version) or is_notice(before) or version.is_wrapup != before.is_wrapup:
        return False
    if story.agency and replaced.agency and name_key(story.agency) != name_key(replaced.agency):
        return False
    if "withdrawn" in archive.heading(at).words - archive.heading(head).words:  # a notice about it, not the story
        return False
    return rule == "number" or version.genre == before.genre


def _candidates(archive: _Archive, at: int) -> dict[int, _Match]:
    """The earlier stories of which a story may be a version, each with the first rule that says so."""
    story, version, heading = archive.stories[at], archive.versions[at], archive.heading(at)
    matches: dict[int, _Match] = {}
    for other in archive.earlier(archive.by_number.get(story.number, ()), at, _NEAREST) if story.number else ():
        elapsed = story.instant - archive.stories[other].instant
        is_copy = archive.heading(other).words == heading.words and story.labels == archive.stories[other].labels
        if elapsed > (_SHORT if is_copy else 0):
            matches[other] = ("number", headline_match.overlap(heading, archive.heading(other)) >= 0.5)
    if rank(version) == (0, 0):
        return matches
    same_base = archive.by_base.get(version.base, ())
    same_headline = archive.by_headline[" ".join(tokens(story.headline))]
    is_recurring = archive.is_recurring(same_base, at)
    limit = _SHORT if is_recurring or archive.is_recurring(same_headline, at) else _CORRECTION
    for other in archive.earlier(same_base, at, _NEAREST, limit):
        earlier = archive.stories[other]
        is_alike = is_similar(heading, archive.heading(other))
        # Two sluglines cut from headlines are equal where both name one company.
        is_cut = is_cut_from(version.base, story.headline) or is_cut_from(version.base, earlier.headline)
        if is_alike or (not is_recurring and not is_cut and story.instant - earlier.instant <= _DAY):
            matches.setdefault(other, ("slugline", is_alike))
    if len(heading.words) > 1:
        matches = dict.fromkeys(archive.earlier(same_headline, at, _NEAREST, limit), ("headline", True)) | matches
    return matches or dict.fromkeys(_similar(archive, at, limit), ("headline", False))


def _similar(archive: _Archive, at: int, limit: int) -> Iterator[int]:
    """Earlier stories whose headline is nearly the same. They share one of its rarest words, or too few to count."""
    heading = archive.heading(at)
    compared: set[int] = set()
    rarest = sorted(heading.words, key=lambda word: (len(archive.by_word[word]), word))
    for word in rarest[: headline_match.prefix_length(len(rarest))]:
        for other in archive.earlier(archive.by_word[word], at, _RARE, limit):
            if other not in compared and is_similar(heading, archive.heading(other)):
                yield other
            compared.add(other)


def _replaced(archive: _Archive, at: int) -> tuple[int, _Match] | None:
    """The story that one replaces: the newest of a chain; of several chains, of that with the latest story."""
    newest: dict[int, _Match] = {}
    for other, match in _candidates(archive, at).items():
        head = archive.chains.newest(other)
        if archive.chains.root(head) != archive.chains.root(at) and _can_replace(archive, at, head, match[0]):
            newest.setdefault(head, match)
    if not newest:
        return None
    latest = max(newest)
    version, before = archive.versions[at], archive.versions[latest]
    if newest[latest][0] == "number":  # tags are dropped and added between days: only numbers can speak against it
        is_possible = version.number is None or before.number is None or version.number >= before.number
    else:
        is_possible = follows(version, before)
    return (latest, newest[latest]) if is_possible else None


def _gaps(archive: _Archive) -> Iterator[Gap]:
    """The chains that have a number and lack one below it."""
    members: dict[int, list[int]] = {
        archive.chains.root(at): [] for at, version in enumerate(archive.versions) if version.number
    }
    for at in range(len(archive.stories) if members else 0):
        root = archive.chains.root(at)
        if root in members:
            members[root].append(at)
    for group in sorted(members.values()):
        stories, chain = [archive.stories[at] for at in group], [archive.versions[at] for at in group]
        if any(version.number is None and version.kind in ("update", "writethru", "wrapup") for version in chain):
            continue  # it may be the one that is missing
        ids = {story.id for story in stories}
        begins_elsewhere = any(story.updates not in {"", *ids} for story in stories)
        numbers = {version.number or 0 for version in chain}
        is_wrapup = all(version.is_wrapup for version in chain)
        start = min(numbers) if begins_elsewhere else int(is_wrapup)
        if missing := tuple(number for number in range(start, max(numbers)) if number not in numbers):
            paths = tuple(story.path for story in stories)
            yield Gap(tuple(story.id for story in stories), paths, missing, is_wrapup)


def propose(stories: Iterable[VersionFacts]) -> Proposals:
    """The links between stories that are nearly certainly versions, and the gaps; the order given does not matter."""
    archive = _Archive(stories)
    links = []
    same_number = [at for group in archive.by_number.values() for at in group[1:]]
    for at in sorted({*archive.tagged, *same_number}):
        if archive.chains.replaces_another[at]:
            continue
        replaced = _replaced(archive, at)
        if replaced and archive.chains.join(replaced[0], at):
            (rule, is_certain), story, older = replaced[1], archive.stories[at], archive.stories[replaced[0]]
            links.append(Succession(story.id, story.path, older.id, older.path, rule, is_certain))
    return Proposals(tuple(links), tuple(_gaps(archive)))
