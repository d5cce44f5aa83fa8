"""Which stories look like versions of one story that nobody joined by `updates`, and which versions are missing.

It proposes and decides nothing: a person, or a command that a person ran, writes `updates`. What is proposed is a line:
each story replaces one at most and is replaced by one at most, later ones replace earlier ones, and chains that
`updates` made stay as they are. A wrong link hides a story from every list, so where signs disagree there is none.

Stories meet only by a key (story number, slugline, headline, a rare word of it), never all with all: n log n.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from newsgen.model.value import value
from newsgen.text.address import name_key
from newsgen.wire import headline_match, versions
from newsgen.wire.headline_match import HeadlineWords, headline_words, is_cut_from, is_similar, tokens
from newsgen.wire.versions import follows, is_notice, rank

__all__ = ["Gap", "Proposals", "Succession", "VersionFacts", "propose"]

HOUR = 3600
_WINDOW = 48 * HOUR  # between a version and the one that it replaces
_CORRECTION = 7 * 24 * HOUR  # the same, of a correction or refile
_SHORT = 12 * HOUR  # where the same slugline or headline is used again and again, and for copies of one number
_DAY = 24 * HOUR  # where nothing but a slugline speaks for it
_SEASON = 8 * 24 * HOUR  # in which a second first version makes a slugline or headline a recurring one
_NEAREST = 40  # stories looked at on either side under one key
_RARE = 12  # stories looked at under one word

Rule = Literal["number", "slugline", "headline"]


@value
class VersionFacts:
    """What is known of one story here. Absent text is ""."""

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
    """A story replaces another, as is proposed."""

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
    """Everything found, oldest first."""

    links: tuple[Succession, ...] = ()
    gaps: tuple[Gap, ...] = ()


class _Chains:
    """Stories by position, joined into lines. Each has one oldest, and one newest that may be replaced."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))
        self._newest = list(range(size))
        self._replaced = bytearray(size)
        self.is_later = bytearray(size)  # it replaces another

    def root(self, at: int) -> int:
        """What all of a chain have in common."""
        above = self._above
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    def newest(self, at: int) -> int:
        """The newest of a story's chain."""
        return self._newest[self.root(at)]

    def join(self, earlier: int, later: int) -> bool:
        """Let one replace another; False where that would close a circle."""
        one, other = self.root(earlier), self.root(later)
        if one == other:
            return False
        newest = self._newest[other]
        if self._replaced[earlier]:  # a fork, which only `updates` can make: the later one is its newest
            newest = max(newest, self._newest[one])
        self._above[one] = other
        self._newest[other] = newest
        self._replaced[earlier] = self.is_later[later] = 1
        return True


class _Archive:
    """All stories in the order of their times, and of their tags within one instant, with what they are found by."""

    def __init__(self, stories: Iterable[VersionFacts]) -> None:
        read = [(versions.read(one.labels, one.slugline), one) for one in stories]
        read.sort(key=lambda pair: (pair[1].instant, rank(pair[0]), pair[1].path, pair[1].id))
        self.told = [one for _version, one in read]
        self.versions = [version for version, _one in read]
        self.chains = _Chains(len(read))
        self.tagged = [at for at, version in enumerate(self.versions) if rank(version) > (0, 0)]
        self._headings: dict[int, HeadlineWords] = {}
        self.by_number: dict[str, list[int]] = {}
        self.by_base: dict[str, list[int]] = {}
        self.by_headline: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self._index()
        self._join()

    def _index(self) -> None:
        for at in self.tagged:  # only what one of them may ask for
            words = tokens(self.told[at].headline)
            self.by_headline[" ".join(words)] = []
            if self.versions[at].base:
                self.by_base[self.versions[at].base] = []
            self.by_word.update((word, []) for word in words)
        empty: list[int] = []  # takes what nobody asks for
        for at, one in enumerate(self.told):
            if one.number:
                self.by_number.setdefault(one.number, []).append(at)
            if not self.tagged:
                continue
            self.by_base.get(self.versions[at].base, empty).append(at)
            words = tokens(one.headline)
            self.by_headline.get(" ".join(words), empty).append(at)
            for word in dict.fromkeys(words):
                self.by_word.get(word, empty).append(at)
            empty.clear()

    def _join(self) -> None:
        """What `updates` says already; one that names itself, or nothing known, still counts as joined."""
        ids: dict[str, int] = {}
        for at, one in enumerate(self.told):
            ids.setdefault(one.id, at)
        for at, one in enumerate(self.told):
            if one.updates:
                if one.updates in ids:
                    self.chains.join(ids[one.updates], at)
                self.chains.is_later[at] = 1

    def heading(self, at: int) -> HeadlineWords:
        """A story's headline, to compare by."""
        if at not in self._headings:
            self._headings[at] = headline_words(self.told[at].headline)
        return self._headings[at]

    def earlier(self, group: Sequence[int], at: int, count: int, limit: int = _CORRECTION) -> Iterator[int]:
        """So many of a group before a story, nearest first, within a time."""
        start = bisect_left(group, at)
        for other in reversed(group[max(0, start - count) : start]):
            if self.told[at].instant - self.told[other].instant > limit:
                return
            yield other

    def is_recurring(self, group: Sequence[int], at: int) -> bool:
        """Whether a group holds two first versions of different chains around the time of a story."""
        start = bisect_left(group, at)
        firsts = {
            self.chains.root(other)
            for other in group[max(0, start - _NEAREST) : start + _NEAREST]
            if self.versions[other].kind == "first" and abs(self.told[at].instant - self.told[other].instant) <= _SEASON
        }
        return len(firsts) > 1


def _can_replace(archive: _Archive, at: int, head: int, rule: Rule) -> bool:
    """Whether time, agency, kind of story and order leave it possible that one replaces the newest of a chain."""
    one, other = archive.told[at], archive.told[head]
    own, before = archive.versions[at], archive.versions[head]
    window = _CORRECTION if own.kind in ("corrected", "refile") else _WINDOW
    if head >= at or one.instant - other.instant > window:
        return False
    if is_notice(own) or is_notice(before) or own.is_wrapup != before.is_wrapup:
        return False
    if one.agency and other.agency and name_key(one.agency) != name_key(other.agency):
        return False
    if "withdrawn" in archive.heading(at).words - archive.heading(head).words:  # a notice about it, not the story
        return False
    return rule == "number" or own.genre == before.genre


def _found(archive: _Archive, at: int) -> dict[int, tuple[Rule, bool]]:
    """The stories that one may be a later version of, each with the first rule that finds it and whether certain."""
    one, own, heading = archive.told[at], archive.versions[at], archive.heading(at)
    found: dict[int, tuple[Rule, bool]] = {}
    for other in archive.earlier(archive.by_number.get(one.number, ()), at, _NEAREST) if one.number else ():
        past = one.instant - archive.told[other].instant
        is_copy = archive.heading(other).words == heading.words and one.labels == archive.told[other].labels
        if past > (_SHORT if is_copy else 0):
            found[other] = ("number", headline_match.overlap(heading, archive.heading(other)) >= 0.5)
    if rank(own) == (0, 0):
        return found
    bases, same = archive.by_base.get(own.base, ()), archive.by_headline[" ".join(tokens(one.headline))]
    is_recurring = archive.is_recurring(bases, at)
    limit = _SHORT if is_recurring or archive.is_recurring(same, at) else _CORRECTION
    for other in archive.earlier(bases, at, _NEAREST, limit):
        there = archive.told[other]
        is_alike = is_similar(heading, archive.heading(other))
        # Two slugs cut from headlines are equal where one company is in both.
        is_own = not (is_recurring or is_cut_from(own.base, one.headline) or is_cut_from(own.base, there.headline))
        if is_alike or (is_own and one.instant - there.instant <= _DAY):
            found.setdefault(other, ("slugline", is_alike))
    if len(heading.words) > 1:
        found = dict.fromkeys(archive.earlier(same, at, _NEAREST, limit), ("headline", True)) | found
    return found or dict.fromkeys(_near(archive, at, limit), ("headline", False))


def _near(archive: _Archive, at: int, limit: int) -> Iterator[int]:
    """Earlier stories whose headline is nearly the same. They share one of its rarest words, or too few to count."""
    heading, seen = archive.heading(at), set()
    rarest = sorted(heading.words, key=lambda word: (len(archive.by_word[word]), word))
    for word in rarest[: headline_match.prefix_length(len(rarest))]:
        for other in archive.earlier(archive.by_word[word], at, _RARE, limit):
            if other not in seen and is_similar(heading, archive.heading(other)):
                yield other
            seen.add(other)


def _replaced(archive: _Archive, at: int) -> tuple[int, Rule, bool] | None:
    """The story that one replaces: of the chains found, the newest of the one that was last told."""
    heads: dict[int, tuple[Rule, bool]] = {}
    for other, (rule, is_certain) in _found(archive, at).items():
        head = archive.chains.newest(other)
        if archive.chains.root(head) != archive.chains.root(at) and _can_replace(archive, at, head, rule):
            heads.setdefault(head, (rule, is_certain))
    if not heads:
        return None
    last = max(heads)
    rule, is_certain = heads[last]
    own, before = archive.versions[at], archive.versions[last]
    if rule == "number":  # tags are dropped and added between days: only numbers can speak against it
        is_possible = own.number is None or before.number is None or own.number >= before.number
    else:
        is_possible = follows(own, before)
    return (last, rule, is_certain) if is_possible else None


def _gaps(archive: _Archive) -> Iterator[Gap]:
    """The chains that say a number and lack one below it."""
    members: dict[int, list[int]] = {
        archive.chains.root(at): [] for at, version in enumerate(archive.versions) if version.number
    }
    for at in range(len(archive.told) if members else 0):
        root = archive.chains.root(at)
        if root in members:
            members[root].append(at)
    for group in sorted(members.values()):
        read = [archive.versions[at] for at in group]
        if any(one.number is None and one.kind in ("update", "writethru", "wrapup") for one in read):
            continue  # it may be the one that is missing
        ids = {archive.told[at].id for at in group}
        has_more = any(archive.told[at].updates not in {"", *ids} for at in group)  # of what is not here
        numbers = {one.number or 0 for one in read}
        is_wrapup = all(one.is_wrapup for one in read)
        start = min(numbers) if has_more else int(is_wrapup)
        if missing := tuple(number for number in range(start, max(numbers)) if number not in numbers):
            told = [archive.told[at] for at in group]
            yield Gap(tuple(one.id for one in told), tuple(one.path for one in told), missing, is_wrapup)


def propose(stories: Iterable[VersionFacts]) -> Proposals:
    """The links between stories that are nearly certainly versions, and the gaps; the order given does not matter."""
    archive = _Archive(stories)
    links = []
    again = [at for group in archive.by_number.values() for at in group[1:]]
    for at in sorted({*archive.tagged, *again}):
        if archive.chains.is_later[at]:
            continue
        found = _replaced(archive, at)
        if found and archive.chains.join(found[0], at):
            one, other = archive.told[at], archive.told[found[0]]
            links.append(Succession(one.id, one.path, other.id, other.path, found[1], found[2]))
    return Proposals(tuple(links), tuple(_gaps(archive)))
