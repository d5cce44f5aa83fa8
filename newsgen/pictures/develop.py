"""A file of a picture, encoded by Pillow: scaled or cropped, with whom to credit and nothing else that it says.

Threads of codecs are switched off: some cut a picture in as many parts as there are processors.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO

from PIL import Image, ImageOps, features

from newsgen.model.card import PictureText
from newsgen.pictures import exif, xmp
from newsgen.pictures.files import PictureFile

__all__ = ["encoded", "encoder", "formats", "scaled"]

_RECIPE = 2  # to be raised where this file or decode.py makes other bytes of the same picture
_WHITE = (255, 255, 255)
# Of Pillow's save(). AVIF at speed 8 takes a quarter of the time of 6, for 6 % more bytes.
_OPTIONS: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 52, "speed": 8, "max_threads": 1, "autotiling": False},
    "webp": {"format": "WEBP", "quality": 75, "method": 2},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
    "png": {"format": "PNG"},
}


@lru_cache(1)
def encoder() -> str:
    """Pillow, its codecs and our own recipe, with their versions."""
    versions = ((name, features.version(name)) for name in ("pil", "avif", "webp", "jpg", "libjpeg_turbo", "zlib"))
    return " ".join((f"recipe {_RECIPE}", *(f"{name} {version}" for name, version in versions)))


def formats(*, has_alpha: bool) -> tuple[str, ...]:
    """The formats of the files of a picture, best first: those that Pillow was built with."""
    return (*(name for name in ("avif", "webp") if features.check(name)), "png" if has_alpha else "jpg")


def scaled(base: Image.Image, file: PictureFile) -> Image.Image:
    """A picture that `decode.base_picture` gave, in the size of a file."""
    size = (file.width, file.height)
    if file.is_crop:
        return ImageOps.fit(_on_white(base), size, Image.Resampling.LANCZOS)
    return base if base.size == size else base.resize(size, Image.Resampling.LANCZOS)


def _on_white(image: Image.Image) -> Image.Image:
    """An image of which nothing is seen through."""
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, _WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def encoded(image: Image.Image, ending: str, said: PictureText) -> bytes:
    """A scaled picture as the bytes of a file; `said` is written into it."""
    described: dict[str, object] = {}
    if said != PictureText():
        tiff = exif.write(exif.Exif(1, said.creator.encode(), said.copyright.encode()))
        described = {"exif": b"Exif\0\0" + tiff if tiff else b"", "xmp": xmp.written(_properties(said))}
        described = {name: content for name, content in described.items() if content}
        if ending == "png":
            described.pop("xmp", None)
    file = BytesIO()
    if ending == "jpg":
        image = _on_white(image)
    image.save(file, **_OPTIONS[ending], **described)  # type: ignore[arg-type]
    return file.getvalue()


def _properties(said: PictureText) -> list[tuple[str, str]]:
    named = (("dc:creator", said.creator), ("photoshop:Credit", said.credit), ("dc:rights", said.copyright))
    return [(name, escape(text)) for name, text in named if text]
