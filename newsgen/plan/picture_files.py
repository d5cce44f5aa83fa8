"""The picture files of a site as planning sees them: by path, and by the digest in the addresses of its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsgen.index.index import Index
from newsgen.model.card import MEDIA, Picture
from newsgen.model.settings import RegisterEntry
from newsgen.pictures.measure import ADDRESS_DIGITS
from newsgen.text.address import slug_of_name

__all__ = ["PictureFiles"]


class PictureFiles:
    """The pictures of content/. `encoder` is what makes their smaller files, "" where there are none."""

    def __init__(
        self, by_path: Mapping[str, tuple[Picture, str]], people: Iterable[RegisterEntry] = (), encoder: str = ""
    ) -> None:
        """`by_path` has each picture with the digest of its file; `people` those whose portraits some may be."""
        self.by_path = by_path
        self.encoder = encoder
        self._people = tuple(people)
        self._paths: dict[str, list[str]] = defaultdict(list)
        for path, (picture, _digest) in sorted(by_path.items()):
            self._paths[picture.digest].append(path)
        self._portraits: dict[str, list[str]] = defaultdict(list)  # path -> slugs of persons
        for person in self._people:
            if person.photo:
                self._portraits[_portrait_path(person)].append(slug_of_name(person.name))

    def __reduce__(self) -> tuple[type[PictureFiles], tuple[object, ...]]:
        return PictureFiles, (self.by_path, self._people, self.encoder)

    def digests(self, paths: Iterable[str]) -> set[str]:
        """The digests, as addresses have them, of the pictures at some paths."""
        return {self.by_path[path][0].digest for path in paths if path in self.by_path}

    def paths_at(self, url: str) -> tuple[str, ...]:
        """The paths of the picture of which an address has a file; none where it is no address of such a file."""
        mark = url.removeprefix(MEDIA)[:ADDRESS_DIGITS] if url.startswith(MEDIA) else ""
        return tuple(self._paths.get(mark, ()))

    def portrait(self, person: RegisterEntry | None) -> Picture | None:
        """The picture of a person; None for none."""
        row = self.by_path.get(_portrait_path(person)) if person and person.photo else None
        return row[0] if row else None

    def portraits_of(self, slugs: Iterable[str]) -> set[str]:
        """The digests of the portraits of the persons with these slugs."""
        wanted = set(slugs)
        return self.digests(path for path, owners in self._portraits.items() if not wanted.isdisjoint(owners))

    def shown_at(self, digest: str, index: Index, *, has_people: bool) -> str:
        """The first path of a picture at which it is shown, by a live story or as a person's portrait; "" for none.

        `has_people`, whether persons have pages.
        """
        for path in self._paths.get(digest, ()):
            if index.ids_showing(path):
                return path
            if has_people and any(index.count(("person", slug)) for slug in self._portraits.get(path, ())):
                return path
        return ""


def _portrait_path(person: RegisterEntry) -> str:
    """The file of a person's photo."""
    return f"content/{person.photo.removeprefix('/')}"
