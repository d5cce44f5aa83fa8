"""What an import must know of the story files that are there: ids, addresses, and which text each has.

All files are looked into once. Of a file only its id, its slug and a digest of its text are kept, some 300 bytes, so
that an archive of a hundred thousand stories is no burden. An address is worked out only where a new story has the same
slug.
"""

from __future__ import annotations

import json
import re

from newsgen.commands.copy_details import copy_details
from newsgen.disk import Disk
from newsgen.formats.item import Item
from newsgen.index.cards import story_url
from newsgen.model.settings import Settings
from newsgen.model.story import Story
from newsgen.source import ledger
from newsgen.storyfile import read_story
from newsgen.text.address import collision_key
from newsgen.text.same_text import text_key

__all__ = ["KnownStories", "copy_details_of", "key_of", "read_or_empty", "source_digest"]

_FRONT_BYTES = 65536  # of a story file: its front matter is looked for in these
_ID = re.compile(rb"^id:[ \t]*(.+?)[ \t]*\r?$", re.M)
_SLUG = re.compile(rb"^slug:[ \t]*[\"']?([a-z0-9-]+)", re.M)
_HEADLINE = re.compile(rb"^headline:[ \t]*(.+?)[ \t]*\r?$", re.M)
_DATE = re.compile(rb"^date:[ \t]*[\"']?(\d{4}-\d\d-\d\d)", re.M)
_SHA256 = re.compile(rb"^[ \t]+sha256:[ \t]*[\"']?([0-9a-f]{64})", re.M)
_SAME_TEXTS = 20  # stories with one text that are compared
_END = re.compile(rb"^---[ \t]*\r?$", re.M)


class KnownStories:
    """The ids, paths, addresses and texts that are taken. Mutable: an import adds what it writes."""

    def __init__(self, disk: Disk, settings: Settings) -> None:
        self._disk = disk
        self._settings = settings
        self._path_of_id: dict[str, str] = {}
        self._paths: set[str] = set()
        self._by_slug: dict[str, list[str]] = {}  # files whose address is not worked out yet
        self._urls: set[str] = set()
        self._paths_of_text: dict[bytes, list[str]] = {}
        self._of_source: dict[bytes, tuple[str, str]] = {}  # digest of copy -> file and id of its story
        lines = ledger.Ledger(read_or_empty(disk, ledger.PATH)).lines
        self._id_of_url = {collision_key(line.url): line.id for line in lines if line.url}
        self._killed = frozenset(line.id for line in lines if line.state == "killed")
        for path, *_stat in disk.scan("content"):
            self._paths.add(path)
            if path.endswith(".md"):
                self._learn(path, read_or_empty(disk, path))

    def _learn(self, path: str, data: bytes) -> None:
        front, body = _parts(data)
        story_id = _id_of(front) or path.removesuffix(".md").removeprefix("content/")
        self._path_of_id.setdefault(story_id, path)
        slug = _SLUG.search(front)
        if slug:
            self._by_slug.setdefault(slug[1].decode(), []).append(path)
        elif story := read_story(path, data, self._settings, None)[0]:  # written by hand
            self._urls.add(_address(story, self._settings))
        if copy := _SHA256.search(front):
            self._of_source[bytes.fromhex(copy[1].decode())] = path, story_id
        headline, day = _HEADLINE.search(front), _DATE.search(front)
        text = (headline[1] if headline else b"") + body
        self._add_text(text_key(text.decode("utf-8", "replace"), day[1].decode() if day else ""), path)

    def _add_text(self, key: bytes, path: str) -> None:
        if key:
            self._paths_of_text.setdefault(key, []).append(path)

    def path_of_id(self, story_id: str) -> str:
        """The file of the story that has an id; "" for none."""
        return self._path_of_id.get(story_id, "")

    def story_of_source(self, digest: str) -> tuple[str, str]:
        """(file, id) of the story that was imported from copy with this SHA-256; ("", "") for none."""
        return self._of_source.get(bytes.fromhex(digest), ("", ""))

    def paths_of_text(self, key: bytes) -> list[str]:
        """The files of stories that have the headline and the text of an item: the earliest, for they may be many.

        `key` is the `key_of` the item.
        """
        return self._paths_of_text.get(key, [])[:_SAME_TEXTS]

    def is_killed(self, story_id: str) -> bool:
        """Whether the ledger says that the story of this id was killed, which nobody may use again."""
        return story_id in self._killed

    def has_path(self, path: str) -> bool:
        """Whether there is a file."""
        return path in self._paths

    def has_address(self, story: Story) -> bool:
        """Whether another story has the address that this one would have, or had it once."""
        for path in self._by_slug.pop(story.slug, ()):
            other = read_story(path, read_or_empty(self._disk, path), self._settings, None)[0]
            if other:
                self._urls.add(_address(other, self._settings))
        url = _address(story, self._settings)
        return url in self._urls or self._id_of_url.get(url, story.id) != story.id

    def add(self, story: Story, item: Item, key: bytes) -> None:
        """Take in a story that was written from an item, whose `key_of` is given."""
        self._of_source[bytes.fromhex(item.sha256)] = story.path, story.id
        self._path_of_id[story.id] = story.path
        self._paths.add(story.path)
        self._urls.add(_address(story, self._settings))
        self._add_text(key, story.path)


def key_of(item: Item) -> bytes:
    """What tells whether two items are one story: the same for two that have one headline and one text."""
    return text_key(f"{item.headline}{item.body}", item.day)


def read_or_empty(disk: Disk, path: str) -> bytes:
    """The bytes of a file; none where it cannot be read."""
    try:
        return disk.read(path)
    except OSError:
        return b""


def copy_details_of(data: bytes) -> bytes:
    """What `copy_details` says of a story file."""
    return copy_details(_parts(data)[0].decode("utf-8", "replace"))


def source_digest(data: bytes) -> str:
    """SHA-256 of the copy that a story file was imported from; "" where it does not say."""
    found = _SHA256.search(_parts(data)[0])
    return found[1].decode() if found else ""


def _address(story: Story, settings: Settings) -> str:
    return collision_key(story_url(story, settings))


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """(front matter, body) of a story file."""
    start = data[:_FRONT_BYTES].removeprefix(b"\xef\xbb\xbf")
    if not start.startswith(b"---"):
        return b"", data
    end = _END.search(start, 4)
    if end is None:
        return start, b""
    return start[: end.start()], data[len(data[:_FRONT_BYTES]) - len(start) + end.end() :]


def _id_of(front: bytes) -> str:
    """The id in some front matter; "" for none."""
    match = _ID.search(front)
    if not match:
        return ""
    text = match.group(1).decode("utf-8", "replace")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text.split(" #")[0].rstrip()
