"""Photos drawn by Pillow, in the kinds that newsrooms send."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image

from newsgen.disk import MemoryDisk
from newsgen.pictures.darkroom import Darkroom

__all__ = ["DARKROOM", "drawing", "photo", "saved", "small", "with_exif"]

DARKROOM = Darkroom(MemoryDisk())  # for sites in memory that have pictures of which files are made


@lru_cache
def photo(width: int = 900, height: int = 600, seed: int = 1) -> Image.Image:
    """A picture with large and small things in it, red at its upper left corner and blue at its lower right."""
    random = np.random.default_rng(seed)
    levels = np.zeros((height, width, 3), np.float32)
    for size, strength in ((4, 60), (16, 30), (64, 15), (256, 8)):
        small = random.normal(0, 1, (size, size, 3)).astype(np.float32)
        for channel in range(3):
            layer = Image.fromarray(small[:, :, channel]).resize((width, height), Image.Resampling.BILINEAR)
            levels[:, :, channel] += np.asarray(layer) * strength
    picture = Image.fromarray(np.clip(levels + 128, 0, 255).astype(np.uint8))
    picture.paste((230, 20, 20), (0, 0, width // 4, height // 4))
    picture.paste((20, 20, 230), (width - width // 4, height - height // 4, width, height))
    return picture


def drawing(width: int = 900, height: int = 600) -> Image.Image:
    """Black on nothing: it can be seen through."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (width // 3, height // 3, width // 2, height // 2))
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """A picture as the bytes of a file."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def with_exif(orientation: int = 1) -> Image.Exif:
    """What a camera writes: which side is up, the camera, the place, who took it and who holds the rights."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B], exif[0x8298] = orientation, "Camera Works", "Mila Hart", "Kestrel"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 25.2)})
    return exif


@lru_cache
def small(number: int) -> bytes:
    """A JPEG of which few and small files are made, another for each number; it says who took it."""
    picture = Image.new("RGB", (130, 87), (53 * number % 256, 101 * number % 256, 90))
    return saved(picture, exif=with_exif())
