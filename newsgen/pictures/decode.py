"""Picture files as pixels, by Pillow: what it sees in one, and the upright picture in sRGB that files are made of.

Nothing that a file says is trusted: its size is known before it is decoded, only the formats that newsgen publishes are
tried, and whatever Pillow raises is a ValueError. A JPEG is decoded at a half, a quarter or an eighth where that is
enough, so that one of 100 megapixels takes no more memory than one of ten.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms

from newsgen.model.value import value
from newsgen.pictures.files import LARGEST

__all__ = ["MOST_PIXELS", "Seen", "base_picture", "see"]

MOST_PIXELS = {"JPEG": 160_000_000, "other": 50_000_000}  # 50 with four channels are 200 MB
_LONGEST = 16_000  # pixels of a side: WebP has 16,383
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_ORIENTATION = 0x0112  # of Exif
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", module=r"PIL\.", category=UserWarning)  # of damaged Exif: nothing of it is read


@value
class Seen:
    """What there is in a picture file."""

    width: int  # pixels, upright
    height: int
    has_alpha: bool  # something may be seen through
    is_drawing: bool  # has a table of colours: it was drawn, and blurs as a JPEG
    is_animated: bool
    mode: str  # Pillow's name for its colours: "RGB", "CMYK", "I;16"


def see(data: bytes) -> Seen:
    """What there is in a file, whose image is decoded once to find out. ValueError where it is damaged or too large."""
    with _opened(data) as image:
        width, height = image.size
        if width * height > MOST_PIXELS.get(str(image.format), MOST_PIXELS["other"]):
            raise OverflowError(f"{width * height / 1_000_000:.0f}")
        is_turned = image.getexif().get(_ORIENTATION, 1) >= 5
        has_alpha, mode = image.has_transparency_data, image.mode
        is_animated = getattr(image, "is_animated", False)
        image.draft(None, (1, 1))
        image.load()
        if is_turned:
            width, height = height, width
        is_drawing = image.format in ("PNG", "GIF") and mode in ("P", "1")
        return Seen(width, height, has_alpha, is_drawing, is_animated, mode)


def base_picture(data: bytes) -> Image.Image:
    """A picture upright, in sRGB, at most LARGEST wide, RGB or RGBA. ValueError where it cannot be decoded."""
    with _opened(data) as image:
        orientation = image.getexif().get(_ORIENTATION, 1)
        width, height = image.size
        upright = (height, width) if orientation >= 5 else (width, height)
        scale = min(1.0, LARGEST / upright[0], _LONGEST / upright[1])
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        profile = image.info.get("icc_profile", b"")
        image.draft(None, size)
        picture = _as_rgb(_shallow(image), profile, size)
        picture = picture.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else picture
        picture.info.clear()  # of which some encoders write what they find: a profile of other colours, a description
        return picture


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """An image; what Pillow cannot read is a ValueError, or an OverflowError where it is too large."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise OverflowError("") from error
    except OverflowError:
        raise
    except Exception as error:  # its plugins raise whatever a damaged file leads them to
        raise ValueError(str(error)) from error


def _shallow(image: Image.Image) -> Image.Image:
    """An image of 8 bits a channel."""
    if image.mode.startswith(("I", "F")):  # of 16 bits
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    return image


def _as_rgb(image: Image.Image, profile: bytes, size: tuple[int, int]) -> Image.Image:
    """An image in sRGB and in a size; RGBA where something may be seen through."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("CMYK", "LAB"):
        image = image.convert("RGB")
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if profile and (converted := _converted(image, profile)):
        return converted
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """An image of a colour profile in sRGB; None where that is sRGB already, is damaged, or is of other colours."""
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if converted is not None and image.mode == "RGBA":
        converted.putalpha(image.getchannel("A"))
    return converted
