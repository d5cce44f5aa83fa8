"""The proof that nothing of a held story is in the output: its words and pictures are looked for in what is written.

It trusts no planner and no template. One automaton (Aho-Corasick) goes through every page that was rendered, just
before it is written; the hits are few, and each is judged: words that a live story has too are no secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from newsgen import lifecycle
from newsgen.errors import ContentError, Problem
from newsgen.index import Index
from newsgen.model import digest
from newsgen.pages import Asset, Copied, Moved, Page, Redirects, Tombstone, Withdrawn
from newsgen.value import value

__all__ = ["Finder", "Proof", "Secret"]

# What may name the address of a story that is not shown: it was published.
_BEYOND = Redirects | Moved | Tombstone | Withdrawn
_SMALL = 400_000  # bytes of phrases, up to which the faster automaton is worth its memory: 100 MB


@value
class Secret:
    """What gives a held story away."""

    path: str  # of its file
    state: str
    headline: tuple[str, ...]  # phrases of it
    text: tuple[str, ...]
    url: str  # "" where its card has none
    pictures: tuple[tuple[str, str], ...]  # the files, each with the digest of its bytes


@value
class Proof:
    """What must not be in any output at a clock."""

    secrets: tuple[Secret, ...]
    common: str  # words that are no secret: of the default theme, the settings, the registers of names
    clock: int
    drafts: bool  # whether they are shown


class Finder:
    """Looks for the secrets of a proof in bytes; `index` has the live stories."""

    def __init__(self, proof: Proof, index: Index) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # most builds hold nothing

        self._proof = proof
        self._index = index
        self.paths = frozenset(secret.path for secret in proof.secrets)  # the files of the held stories
        self._owners: dict[bytes, str] = {}  # phrase -> the file of the held story
        self._urls: dict[bytes, str] = {}
        self._told: set[bytes] = set()  # headlines of expired stories, which stay where they were
        self._pictures: dict[str, tuple[str, str]] = {}  # digest -> picture file, story file
        for secret in proof.secrets:
            for phrase in (*secret.headline, *secret.text, *([secret.url] if secret.url else [])):
                self._owners.setdefault(phrase.encode(), secret.path)
            if secret.url:
                self._urls.setdefault(secret.url.encode(), secret.path)
            if secret.state == "expired":
                self._told.update(phrase.encode() for phrase in secret.headline)
            for picture, mark in secret.pictures:
                self._pictures.setdefault(mark, (picture, secret.path))
        self._phrases = list(self._owners)
        is_small = sum(map(len, self._phrases)) < _SMALL
        kind = Implementation.DFA if is_small else Implementation.ContiguousNFA
        self._machine = BytesAhoCorasick(self._phrases, implementation=kind)
        self._common = self.hits(proof.common.encode())
        self._known: set[bytes] | None = None

    def __reduce__(self) -> tuple[type[Finder], tuple[Proof, Index]]:
        return Finder, (self._proof, self._index)

    def hits(self, data: bytes) -> set[bytes]:
        """The phrases that some bytes hold, whoever else has them."""
        found = self._machine.find_matches_as_indexes(data, overlapping=True)
        return {self._phrases[number] for number, _start, _end in found} if found else set()

    def given_away(self, data: bytes, sources: Iterable[bytes] = (), known: Set[bytes] = frozenset()) -> set[str]:
        """The files of the held stories whose words some bytes hold.

        `sources` are files of live stories: what they say too is no secret. Nor is what is `known` at this place.
        """
        hits = self.hits(data)
        if hits:
            hits -= self._common
            hits -= known
        for source in sources if hits else ():
            hits = {phrase for phrase in hits if phrase not in source}
            if not hits:
                break
        if hits:
            hits -= self._public()
        return {self._owners[phrase] for phrase in hits}

    def pictured(self, data: bytes) -> str:
        """The file of the held story that has a picture with these bytes, where no live one shows it; "" for none."""
        picture, path = self._pictures.get(digest(data), ("", "")) if self._pictures else ("", "")
        return "" if not picture or any(map(self._is_live, self._index.showing(picture))) else path

    def check(self, page: Page, sources: tuple[bytes, ...], data: bytes) -> None:
        """ContentError where a page gives a held story away."""
        live = [source for need, source in zip(page.needs, sources, strict=True) if need.path not in self.paths]
        known = self._urls.keys() if isinstance(page.data, _BEYOND) else frozenset()
        if isinstance(page.data, Tombstone):
            known = known | self._told
        found = self.given_away(data, live, known)
        own = page.url.encode()
        if own in self._urls and own not in known and own not in self._public():
            found.add(self._urls[own])
        if isinstance(page.data, Asset | Copied) and (path := self.pictured(data)):
            found.add(path)
        if found:
            raise ContentError(*(Problem("held-shown", page.url, values=(path,)) for path in sorted(found)))

    def _is_live(self, story_id: str) -> bool:
        card = self._index.card(story_id)
        return card is not None and lifecycle.seen(card, self._proof.clock, drafts=self._proof.drafts) is not None

    def _public(self) -> set[bytes]:
        """The phrases that a live story has in what others may know of it: its headline, names, captions…

        Asked only after a hit, for it looks at every card; what a body has is told by `sources`.
        """
        if self._known is None:
            self._known = set()
            for story_id, text in self._index.texts():
                found = self.hits(text.encode())
                if found and self._is_live(story_id):
                    self._known |= found
        return self._known
