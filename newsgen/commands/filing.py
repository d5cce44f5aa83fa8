"""Files the items of an import: each gets its story file, unless it is there already or no build would read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from newsgen.commands.beside import BesidePicture, with_photos
from newsgen.commands.import_report import Entry
from newsgen.commands.known_stories import KnownStories, copy_details_of, key_of, read_or_empty, source_digest
from newsgen.disk import Disk
from newsgen.formats.item import Item
from newsgen.formats.to_storyfile import story_file
from newsgen.model.files import digest, short_digest
from newsgen.model.settings import Settings
from newsgen.storyfile import read_story
from newsgen.text.address import RESERVED_ROOTS, slug_of_name

__all__ = ["Filer"]

_SECTION = "News"  # of copy that names no section, where none is given


class _Unwritten(NamedTuple):
    """What is kept of a story file that a dry run would have written."""

    copy_digest: str
    file_digest: bytes
    copy_details: bytes


class Filer:
    """Writes items as story files, and knows what is taken. Mutable; one for each import."""

    def __init__(self, disk: Disk, settings: Settings, is_dry: bool) -> None:
        self._disk = disk
        self._settings = settings
        self._is_dry = is_dry
        self._known = KnownStories(disk, settings)
        self._places: dict[str, tuple[str, str]] = {}  # of the pictures of stories that were written: path, story
        self._known_pictures: set[str] = set()  # those beside copy that was imported before
        self._unwritten: dict[str, _Unwritten] = {}  # of a dry run

    def unchanged(self, label: str, data: bytes) -> Entry | None:
        """What to say of a file that a story was imported from, byte for byte, so that it need not be read again."""
        path, story_id = self._known.story_of_source(sha256(data).hexdigest())
        return Entry(label, path, story_id) if path else None

    def know_pictures(self, story: Entry, pictures: Sequence[BesidePicture]) -> None:
        """The pictures beside copy that was imported before: they were, too, or nobody has named them in the story."""
        folder = story.path.rpartition("/")[0]
        self._known_pictures.update(picture.label for picture in pictures)
        self._places.update({each.label: (f"{folder}/{each.name}", story.id) for each in pictures})

    def add(self, item: Item, pictures: Sequence[BesidePicture] = ()) -> tuple[str, Entry]:
        """Write an item, unless its id, text or path is taken: (the list of the report that it belongs to, its entry).

        The address is that which the site gives the story, in the site's time zone: where another story has it, the
        slug gets a digest. The pictures that lie beside the item are its photos, once `put_picture` has their bytes.
        """
        notes = [doubt.reason for doubt in item.doubts]
        if not item.section:
            item = replace(item, section=_SECTION)
            notes.append("no-section")
        section = slug_of_name(item.section)
        if section in RESERVED_ROOTS:
            return "failed", Entry(item.label, "", item.id, "reserved-section")
        folder = f"content/{section}/{item.day[:4]}/{item.day[5:7]}"
        places = {picture.label: self._place(folder, picture) for picture in pictures}
        if places:
            item = replace(item, front=with_photos(item.front, (path.rpartition("/")[2] for path in places.values())))
        known_path = self._known.path_of_id(item.id)
        if known_path:
            return self._compare(item, known_path)
        if self._known.is_killed(item.id):
            return "failed", Entry(item.label, "", item.id, "id-killed", (item.id,))
        key = key_of(item)
        if same := self._same(item, key):
            return "skipped", Entry(item.label, same, item.id, "same-text")
        for slug in (item.slug, f"{item.slug}-{short_digest(item.id)}"):
            path = f"{folder}/{slug}.md"
            is_last = slug != item.slug
            if self._known.has_path(path):
                continue
            filed = replace(item, slug=slug) if is_last else item
            data = story_file(filed)
            story, problems = read_story(path, data, self._settings, None)
            for problem in problems:
                if problem.severity == "error":  # as each build would say
                    return "failed", Entry(item.label, "", item.id, problem.rule, problem.values)
            if story is None or self._known.has_address(story):
                continue
            self._write(path, item.sha256, data)
            self._known.add(story, filed, key)
            self._places.update({label: (place, item.id) for label, place in places.items()})
            return "imported", Entry(item.label, path, item.id, ", ".join([*notes, *["address-taken"] * is_last]))
        return "failed", Entry(item.label, path, item.id, "path-taken")

    def put_picture(self, label: str, data: bytes) -> tuple[str, Entry]:
        """Put a picture beside the story that was written with it: (the list of the report, its entry)."""
        path, story_id = self._places.get(label, ("", ""))
        is_there = path != "" and read_or_empty(self._disk, path) == data
        if label in self._known_pictures:
            path = path if is_there else ""
        if not path:
            return "failed", Entry(label, reason="is-picture")
        if label in self._known_pictures:
            return "unchanged", Entry(label, path, story_id)
        if not self._is_dry and not is_there:
            self._disk.write(path, data)
        return "imported", Entry(label, path, story_id)

    def _place(self, folder: str, picture: BesidePicture) -> str:
        """Where a picture goes: under its own name, with a digest where another has that."""
        path = f"{folder}/{picture.name}"
        if not self._disk.has(path) or digest(read_or_empty(self._disk, path)) == picture.digest:
            return path
        stem, _dot, ending = path.rpartition(".")
        return f"{stem}-{picture.digest[:8]}.{ending}"

    def _same(self, item: Item, key: bytes) -> str:
        """The file of a story that has the text of an item, and nothing else that the item has not; "" for none.

        Copy that is held back is never taken for another's: better the text twice than a hold that is lost.
        """
        is_compared = item.is_known_by_text and "embargo" not in item.front
        paths = self._known.paths_of_text(key) if is_compared else []
        mine = copy_details_of(story_file(item)) if paths else b""
        for path in paths:
            unwritten = self._unwritten.get(path)
            if mine == (unwritten.copy_details if unwritten else copy_details_of(read_or_empty(self._disk, path))):
                return path
        return ""

    def _write(self, path: str, copy_digest: str, data: bytes) -> None:
        if self._is_dry:
            self._unwritten[path] = _Unwritten(copy_digest, sha256(data).digest(), copy_details_of(data))
        else:
            self._disk.write(path, data)

    def _compare(self, item: Item, path: str) -> tuple[str, Entry]:
        """What to say of an item whose id the story file at `path` has."""
        if path in self._unwritten:
            copy_digest, file_digest, _particulars = self._unwritten[path]
        else:
            data = read_or_empty(self._disk, path)
            copy_digest, file_digest = source_digest(data), sha256(data).digest()
        if copy_digest == item.sha256 or file_digest == sha256(story_file(item)).digest():
            return "unchanged", Entry(item.label, path, item.id)
        return "conflicts", Entry(item.label, path, item.id, "source-changed" if copy_digest else "id-taken")
