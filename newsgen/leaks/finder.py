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
from collections.abc import Iterable, Iterator, Set
from html import unescape

from newsgen.index.index import Index
from newsgen.leaks.automaton import Automaton
from newsgen.leaks.name_finder import NameFinder
from newsgen.lifecycle.state import public_card
from newsgen.model.briefs import Briefs
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.pages import Asset, Copied, Data, Derived, Moved, Page, Redirects, Tombstone, Withdrawn
from newsgen.model.value import value
from newsgen.pictures.measure import ADDRESS_DIGITS
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.site_files import PAGES, STATIC

__all__ = ["Finder", "HeldContent", "HeldStory"]

# The pages that may name the address of a story that is not shown: it was published.
_MAY_NAME_ADDRESSES = Redirects | Moved | Tombstone | Withdrawn
_QUOTE = re.compile(r"\n[ \t]*(?:>[ \t]*)+")  # a line of a quotation
_ESCAPE = re.compile(r"\\([^\w\s])")  # of Markdown
_OWN = (PAGES, STATIC)  # the site's own pages and files: what they say may be a secret
_ADDRESS = re.compile(rf"(?<![0-9a-f])[0-9a-f]{{{ADDRESS_DIGITS}}}(?![0-9a-f])")  # of the files of a picture
_WINDOW = 20  # bytes: more than most names, which stand on many pages


def _tombstones(data: Data) -> tuple[Tombstone, ...]:
    """The tombstones that a page is, or has."""
    return (data,) if isinstance(data, Tombstone) else data.gone if isinstance(data, Briefs) else ()


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
    files_with_names: tuple[str, ...] = ()  # of the site, beside the stories: templates, notes, settings
    thorough: bool = False  # read each page whole for the names: a template may hide one, or nothing is known of a page


def _window(phrase: bytes, counts: Counter[int]) -> bytes:
    """The part of a phrase that is looked for first. It begins with the rarest letter, so that few bytes wake it up."""
    last = max(1, len(phrase) - _WINDOW)
    at = min(range(last), key=lambda i: counts[phrase[i]])
    return phrase[at : at + _WINDOW]


def _as_shown(source: bytes) -> bytes:
    """A story file with its blanks, line ends and entities as a page has them."""
    text = _QUOTE.sub("\n", unescape(source.decode("utf-8", "replace")))
    return " ".join(_ESCAPE.sub(r"\1", text).split()).encode()


class Finder:
    """Looks for held content in bytes; `index` has the live stories."""

    def __init__(self, held: HeldContent, index: Index) -> None:
        self._held = held
        self._index = index
        self.paths = frozenset(story.path for story in held.stories)  # the files of the held stories
        self._owners: dict[bytes, str] = {}  # phrase -> the file of the held story
        self._urls: dict[str, str] = {}
        self._expired_headlines: set[bytes] = set()  # which their tombstones show
        # Digest, and its beginning -> picture files, story file.
        self._pictures: dict[str, tuple[tuple[str, ...], str]] = {}
        for story in held.stories:
            for phrase in (*story.headline, *story.text, *([story.url] if story.url else [])):
                self._owners.setdefault(phrase.encode(), story.path)
            if story.url:
                self._urls.setdefault(story.url, story.path)
            if story.state == "expired":
                self._expired_headlines.update(phrase.encode() for phrase in story.headline)
            for picture_digest, files in story.pictures:
                for mark in (picture_digest, picture_digest[:ADDRESS_DIGITS]):
                    self._pictures.setdefault(mark, (files, story.path))
        self._names = NameFinder(held.names, thorough=held.thorough)
        self._files_with_names: tuple[str, ...] | None = None
        self._phrases = list(self._owners)
        counts = Counter(b"".join(self._phrases) + held.common.encode())
        windows = [_window(phrase, counts) for phrase in self._phrases]
        self._machine = Automaton(windows)
        self._common = self.hits(held.common.encode())
        self._public_phrases: set[bytes] | None = None

    def __reduce__(self) -> tuple[type[Finder], tuple[HeldContent, Index]]:
        return Finder, (self._held, self._index)

    def hits(self, data: bytes) -> set[bytes]:
        """The phrases that some bytes hold, whoever else has them."""
        matches = self._machine.find(data)
        if not matches:
            return set()
        phrases = {self._phrases[number] for number, _start, _end in matches}
        return {phrase for phrase in phrases if phrase in data}

    def given_away(self, data: bytes, sources: Iterable[bytes] = (), known: Set[bytes] = frozenset()) -> set[str]:
        """The files of the held stories whose words some bytes hold.

        What `sources`, files of live stories, say too is no secret. Nor is what may be `known` at this place.
        """
        hits = self.hits(data)
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
        return {self._owners[phrase] for phrase in hits}

    def names_in(self, data: bytes) -> bool:
        """Whether a reader of some bytes sees a name that was made anonymous."""
        return self._names.has(data)

    def pictured(self, name: str, data: bytes) -> str:
        """The file of the held story that has a picture with these bytes, where no live one shows it; "" for none.

        Or one of which a file of this name was made: smaller, or a crop.
        """
        if not self._pictures:
            return ""
        marks = (digest(data), *(mark for mark in _ADDRESS.findall(name) if mark in self._pictures))
        for files, path in (self._pictures[mark] for mark in marks if mark in self._pictures):
            if not any(self._is_live(story_id) for file in files for story_id in self._index.ids_showing(file)):
                return path
        return ""

    def check(self, page: Page, sources: tuple[bytes, ...], data: bytes) -> None:
        """ContentError where a page gives a held story away."""
        has_name = bool(self._held.names) and self._names.has(page.url.encode() + b"\n" + data, sources)
        is_copy = isinstance(page.data, Asset | Copied | Derived)
        if not is_copy and not has_name and page.url not in self._urls and not self._machine.find(data):  # nearly all
            return
        read = zip((need.path for need in page.needs), sources, strict=True)
        live = [source for path, source in read if path not in self.paths and not path.startswith(_OWN)]
        known: set[bytes] = set()
        if isinstance(page.data, _MAY_NAME_ADDRESSES):
            known.update(url.encode() for url in self._urls)
        if isinstance(page.data, Briefs):  # the places that it keeps, and where these lead: were published, too
            known.update(moved.to.encode() for moved in page.data.moved)
            known.update(tombstone.url.encode() for tombstone in page.data.gone)
        for tombstone in _tombstones(page.data):
            known |= self.hits(tombstone.reason.encode())  # which somebody gave for readers
            known |= self._expired_headlines & self.hits(tombstone.headline.encode())
        if isinstance(page.data, Withdrawn):
            known |= self.hits("\n".join(entry.reason for entry in page.data.entries).encode())
        given_away = self.given_away(data, live, known)
        if page.url in self._urls and page.url.encode() not in known | self._public():
            given_away.add(self._urls[page.url])
        if is_copy and (path := self.pictured(page.url, data)):
            given_away.add(path)
        problems = [Problem("held-shown", page.url, values=(path,)) for path in sorted(given_away)]
        if has_name:
            named = zip((need.path for need in page.needs), sources, strict=True)
            files = tuple(path for path, source in named if self._names.is_in_file(source)) or self._files()
            other = LEDGER if isinstance(page.data, _MAY_NAME_ADDRESSES) else f"templates/{page.template}"
            problems.append(Problem("name-shown", page.url, values=(", ".join(files[:3]) or other,)))
        if problems:
            raise ContentError(*problems)

    def _files(self) -> tuple[str, ...]:
        """The files of the site that have a name, where what a page was made of does not say it."""
        if self._files_with_names is None:
            self._files_with_names = (*self._held.files_with_names, *sorted(self._paths_with_names()))
        return self._files_with_names

    def _paths_with_names(self) -> Iterator[str]:
        """The files of the live stories of which other pages show a name."""
        for story_id, text in self._index.public_texts():
            card = self._index.card(story_id) if self._names.is_in_file(text.encode()) else None
            if card:
                yield card.path

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
