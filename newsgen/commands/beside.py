"""The pictures that lie beside copy, to judge by their names: `pier.jpg` and `pier-2.jpg` beside `pier.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from newsgen.model.value import value
from newsgen.pictures import measure
from newsgen.source.listing import PICTURES
from newsgen.storyfile import YamlValue
from newsgen.text.address import slug_of_headline

__all__ = ["Beside", "BesidePicture", "is_picture", "pictures_named", "with_photos"]

_NUMBER = re.compile(r"[\s_.-]*\(?\d{1,2}\)?$")  # behind the name of the copy: pier-2, pier_03, pier (1)


@value
class BesidePicture:
    """A picture beside copy."""

    label: str  # the file as given
    digest: str  # of its bytes

    @property
    def name(self) -> str:
        """What it is called beside the story: as here, in the letters of addresses."""
        stem, _dot, ending = self.label.rpartition("/")[2].rpartition(".")
        return f"{slug_of_headline(stem)[:60]}.{ending.lower()}"


class Beside:
    """The pictures of an import, by the copy that they belong to. All files are added before it is asked."""

    def __init__(self) -> None:
        self._pictures: list[BesidePicture] = []
        self._stems: set[str] = set()  # of copy

    def add(self, label: str, data: bytes, digest: str) -> None:
        """Look at a file."""
        if is_picture(label, data):
            self._pictures.append(BesidePicture(label, digest))
        else:
            self._stems.add(_stem(label))

    def by_copy(self) -> dict[str, tuple[BesidePicture, ...]]:
        """The pictures of each piece of copy, which has its name without the ending in small letters."""
        found: dict[str, list[BesidePicture]] = {}
        for picture in sorted(self._pictures, key=lambda picture: picture.label):
            stem = _stem(picture.label)
            owner = stem if stem in self._stems else _NUMBER.sub("", stem)
            if owner in self._stems:
                found.setdefault(owner, []).append(picture)
        return {stem: tuple(pictures) for stem, pictures in found.items()}

    @staticmethod
    def of(pictures: Mapping[str, tuple[BesidePicture, ...]], label: str) -> tuple[BesidePicture, ...]:
        """Those of the copy with a label."""
        return pictures.get(_stem(label), ())


def is_picture(label: str, data: bytes) -> bool:
    """Whether a file is a picture that stories can show."""
    kind = measure.kind_of(data)
    return label.lower().endswith(PICTURES) and bool(kind) and not measure.is_other(kind)


def _stem(label: str) -> str:
    folder, slash, name = label.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}".casefold()


def pictures_named(slug: str, paths: Iterable[str]) -> Iterator[str]:
    """The names of the pictures among some paths that are called as a story is, perhaps with a number behind it."""
    for path in sorted(paths):
        name = path.rpartition("/")[2]
        stem = name.rpartition(".")[0].casefold()
        if name.lower().endswith(PICTURES) and slug in (stem, _NUMBER.sub("", stem)):
            yield name


def with_photos(front: Mapping[str, YamlValue], names: Iterable[str]) -> dict[str, YamlValue]:
    """Front matter with pictures: the first captions that it has without a file get them, in order."""
    known = front.get("photos", ())
    photos = [dict(photo) for photo in known if isinstance(photo, Mapping)] if isinstance(known, tuple) else []
    waiting = [photo for photo in photos if "file" not in photo]
    for name in names:
        if waiting:
            waiting.pop(0)["file"] = name
        else:
            photos.append({"file": name})
    ordered = tuple({"file": photo["file"], **photo} if "file" in photo else photo for photo in photos)
    return {**front, "photos": ordered} if ordered else dict(front)
