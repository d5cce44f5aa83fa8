"""Looks for the words and pictures of held stories in everything that is about to be written.

It trusts no planner and no template. One automaton (Aho-Corasick) searches every page that was rendered, just before it
is written; the hits are few, and each is judged: words that a live story has too are no secret.

For speed the automaton looks for 20 bytes of each phrase, beginning with its rarest letter, and only a hit is compared
with the whole phrase. Workers check some dozens of pages in a row, which takes two thirds of the time of checking them
one by one: 1.4 s of 31 s for a site of 380 MB with 200 held stories.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from html import unescape

from newsgen.index.index import Index
from newsgen.leaks.names import pattern_on_page, plain_words
from newsgen.lifecycle.state import public_card
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.pages import Asset, Copied, Moved, Page, Redirects, Tombstone, Withdrawn
from newsgen.model.value import value
from newsgen.source.requests import PATH as REQUESTS

__all__ = ["Finder", "HeldContent", "HeldStory"]

# The pages that may name the address of a story that is not shown: it was published.
_MAY_NAME_ADDRESSES = Redirects | Moved | Tombstone | Withdrawn
_QUOTE = re.compile(r"\n[ \t]*(?:>[ \t]*)+")  # a line of a quotation
_ESCAPE = re.compile(r"\\([^\w\s])")  # of Markdown
_WINDOW = 20  # bytes: more than most names, which stand on many pages
_SMALL = 400_000  # bytes of phrases, up to which the faster automaton is worth its memory: 100 MB


@value
class HeldStory:
    """What gives a held story away."""

    path: str  # of its file
    state: str
    headline: tuple[str, ...]  # phrases of it
    text: tuple[str, ...]
    url: str  # "" where its card has none
    pictures: tuple[tuple[str, tuple[str, ...]], ...]  # digests of the files, each with every file that has its bytes


@value
class HeldContent:
    """What must not be in any output at a clock."""

    stories: tuple[HeldStory, ...]
    names: tuple[str, ...]  # of persons who are to be anonymous: no story excuses them
    common: str  # words that are no secret: of the default theme, the settings, the registers of names
    clock: int
    drafts: bool  # whether drafts are shown


def _window(phrase: bytes, counts: Counter[int]) -> bytes:
    """The part of a phrase that is looked for first. It begins with the rarest letter, so that few bytes wake it up."""
    last = max(1, len(phrase) - _WINDOW)
    at = min(range(last), key=lambda i: counts[phrase[i]])
    return phrase[at : at + _WINDOW]


def _as_shown(source: bytes) -> bytes:
    """A story file with its blanks, line ends and entities as a page has them."""
    text = _QUOTE.sub("\n", unescape(source.decode("utf-8", "replace")))
    return " ".join(_ESCAPE.sub(r"\1", text).split()).encode()


def _problem(where: str, path: str) -> Problem:
    """What is wrong at an address that gives away a held story, by its file, or a name, by the log of requests."""
    if path == REQUESTS:
        return Problem("name-shown", where)
    return Problem("held-shown", where, values=(path,))


class Finder:
    """Looks for held content in bytes; `index` has the live stories."""

    def __init__(self, held: HeldContent, index: Index) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # most builds hold nothing

        self._held = held
        self._index = index
        self.paths = frozenset(story.path for story in held.stories)  # the files of the held stories
        self._owners: dict[bytes, str] = {}  # phrase -> the file of the held story
        self._urls: dict[str, str] = {}
        self._expired_headlines: set[bytes] = set()  # which their tombstones show
        self._pictures: dict[str, tuple[tuple[str, ...], str]] = {}  # digest -> picture files, story file
        for story in held.stories:
            for phrase in (*story.headline, *story.text, *([story.url] if story.url else [])):
                self._owners.setdefault(phrase.encode(), story.path)
            if story.url:
                self._urls.setdefault(story.url, story.path)
            if story.state == "expired":
                self._expired_headlines.update(phrase.encode() for phrase in story.headline)
            for picture_digest, files in story.pictures:
                self._pictures.setdefault(picture_digest, (files, story.path))
        self._names = {name: pattern_on_page(name) for name in held.names}
        self._plain_words = {word.encode() for name in held.names for word in plain_words(name)}
        self._owners.update((word, REQUESTS) for word in self._plain_words)
        self._phrases = list(self._owners)
        counts = Counter(b"".join(self._phrases) + held.common.encode())
        windows = [_window(phrase, counts) for phrase in self._phrases]
        is_small = sum(map(len, windows)) < _SMALL
        kind = Implementation.DFA if is_small else Implementation.ContiguousNFA
        self._machine = BytesAhoCorasick(windows, implementation=kind)
        self._common = self.hits(held.common.encode())
        self._public_phrases: set[bytes] | None = None

    def __reduce__(self) -> tuple[type[Finder], tuple[HeldContent, Index]]:
        return Finder, (self._held, self._index)

    def _find(self, data: bytes) -> list[tuple[int, int, int]]:
        """Where the windows of phrases are in some bytes: (number of the phrase, start, end)."""
        return self._machine.find_matches_as_indexes(data, overlapping=True)

    def hits(self, data: bytes) -> set[bytes]:
        """The phrases that some bytes hold, whoever else has them."""
        matches = self._find(data)
        if not matches:
            return set()
        phrases = {self._phrases[number] for number, _start, _end in matches}
        return {phrase for phrase in phrases if phrase in data}

    def given_away(self, data: bytes, sources: Iterable[bytes] = (), known: Set[bytes] = frozenset()) -> set[str]:
        """The files of the held stories whose words some bytes hold.

        What `sources`, files of live stories, say too is no secret. Nor is what may be `known` at this place.
        """
        hits = self.hits(data)
        has_name = bool(hits & self._plain_words) and self._has_name(data.decode("utf-8", "replace"))
        hits -= self._plain_words
        if hits:
            hits -= self._common
            hits -= known
        for source in sources if hits else ():
            hits = {phrase for phrase in hits if phrase not in source}
            if hits:
                shown = _as_shown(source)
                hits = {phrase for phrase in hits if phrase not in shown}
            if not hits:
                break
        if hits:
            hits -= self._public()
        return {self._owners[phrase] for phrase in hits} | ({REQUESTS} if has_name else set())

    def _has_name(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._names.values())

    def pictured(self, data: bytes) -> str:
        """The file of the held story that has a picture with these bytes, where no live one shows it; "" for none."""
        files, path = self._pictures.get(digest(data), ((), "")) if self._pictures else ((), "")
        return (
            "" if any(self._is_live(story_id) for file in files for story_id in self._index.ids_showing(file)) else path
        )

    def check(self, page: Page, sources: tuple[bytes, ...], data: bytes) -> None:
        """ContentError where a page gives a held story away."""
        has_name = bool(self._names) and self._has_name(page.url)
        if page.template and not has_name and page.url not in self._urls and not self._find(data):  # nearly all
            return
        live = [source for need, source in zip(page.needs, sources, strict=True) if need.path not in self.paths]
        known: set[bytes] = set()
        if isinstance(page.data, _MAY_NAME_ADDRESSES):
            known.update(url.encode() for url in self._urls)
        if isinstance(page.data, Tombstone):
            known |= self._expired_headlines | self.hits(page.data.reason.encode())  # which somebody gave for readers
        if isinstance(page.data, Withdrawn):
            known |= self.hits("\n".join(entry.reason for entry in page.data.entries).encode())
        given_away = self.given_away(data, live, known)
        if page.url in self._urls and page.url.encode() not in known | self._public():
            given_away.add(self._urls[page.url])
        if isinstance(page.data, Asset | Copied) and (path := self.pictured(data)):
            given_away.add(path)
        if has_name:
            given_away.add(REQUESTS)
        if given_away:
            raise ContentError(*(_problem(page.url, path) for path in sorted(given_away)))

    def _is_live(self, story_id: str) -> bool:
        card = self._index.card(story_id)
        return card is not None and public_card(card, self._held.clock, drafts=self._held.drafts) is not None

    def _public(self) -> set[bytes]:
        """The phrases that a live story has in what others may know of it: its headline, names, captions…

        Worked out only after a hit, because it looks at every card. What a body says is in `sources`.
        """
        if self._public_phrases is None:
            self._public_phrases = set()
            for story_id, text in self._index.public_texts():
                hits = self.hits(text.encode())
                if hits and self._is_live(story_id):
                    self._public_phrases |= hits
        return self._public_phrases
