"""Makes the files of pictures, and keeps them in .newsgen/: the same picture is encoded once, whatever became of the
record and of the output.

A file depends on the bytes of the picture, on what it says of its rights, and on `Darkroom.encoder`: Pillow and its
codecs, whose versions may give other bytes. So these are in the name under which it is kept, and in the fingerprint of
its page. Loads Pillow only where something has to be encoded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from newsgen.disk import Disk
from newsgen.model.card import PictureText
from newsgen.model.errors import SystemFault
from newsgen.model.files import digest
from newsgen.pictures.files import PictureFile
from newsgen.pictures.published import published

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Darkroom"]

_SUM = 32  # bytes of the digest before a file that is kept


class Darkroom:
    """Makes files of pictures; `kept` is the folder in which it keeps them, None for none."""

    def __init__(self, kept: Disk | None) -> None:
        self._kept = kept
        self._base: tuple[str, Image] | None = None  # the last picture, of which more files may be asked for
        self._scaled: tuple[object, Image] | None = None  # the same in the last size, of which there are formats

    @property
    def encoder(self) -> str:
        """What the bytes of the files depend on beside the pictures: Pillow, its codecs and our recipe."""
        from newsgen.pictures.develop import encoder

        return encoder()

    def make(self, data: bytes, mark: str, file: PictureFile, said: PictureText | None) -> bytes:
        """A file of the picture with these bytes and this digest. ValueError where it cannot be decoded."""
        said = replace(said, caption="", kind="") if said else PictureText()
        recipe = f"{self.encoder}\n{file.width} {file.height} {file.format} {file.is_crop}\n{said}"
        path = f"{mark[:2]}/{mark}/{digest(recipe.encode())[:24]}.{file.format}"
        if made := self._read(path):
            return made
        from newsgen.pictures import decode, develop

        base = self._base
        if base is None or base[0] != mark:
            base = self._base = None  # two would be in memory
            base = self._base = (mark, decode.base_picture(published(data).data))
        size = (mark, file.width, file.height, file.is_crop)
        scaled = self._scaled
        if scaled is None or scaled[0] != size:
            scaled = self._scaled = (size, develop.scaled(base[1], file))
        made = develop.encoded(scaled[1], file.format, said)
        self._keep(path, made)
        return made

    def _read(self, path: str) -> bytes:
        """What is kept there; b"" where there is nothing, or another program was at it."""
        try:
            found = self._kept.read(path) if self._kept else b""
        except OSError:
            return b""
        made = found[_SUM:]
        return made if found[:_SUM] == digest(made).encode() else b""

    def _keep(self, path: str, made: bytes) -> None:
        if self._kept:
            try:
                self._kept.write(path, digest(made).encode() + made)
            except SystemFault:  # it is made again next time
                self._kept = None

    def forget(self, marks: Collection[str]) -> None:
        """Remove the files that are kept of other pictures than those with these digests."""
        if self._kept and not self._kept.is_empty():
            for path, *_stat in self._kept.scan():
                if path.split("/")[1] not in marks:
                    self._kept.remove(path)
            self._kept.remove_temporary_files()
