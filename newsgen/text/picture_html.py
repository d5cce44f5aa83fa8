"""The HTML of a picture: its files by format and width, from which a browser takes the smallest that is sharp.

One place for the pictures of templates and of bodies. Sizes are given in any case, so that nothing moves when a picture
arrives; `tall-6` says that a picture is six tenths as wide as it is high, so that style sheets can keep it on the
screen.
"""

from __future__ import annotations

from html import escape

from newsgen.model.card import Picture
from newsgen.model.value import value

__all__ = ["PictureInText", "picture_html"]

# How wide the column of a story's text is in the default theme (site.css), for `sizes`.
_BODY_SIZES = "(min-width: 40.25rem) 37rem, 92vw"
_MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp"}


def picture_html(picture: Picture, prefix: str, sizes: str, *, is_first: bool = False, title: str = "") -> str:
    """A picture as HTML; `prefix` goes before its addresses. `sizes` is how wide it is shown (HTML, 4.8.4.2.1).

    The first of a page is fetched at once, others when they come near. These are measured by browsers that can.
    """
    source = escape(prefix + picture.url)
    classes = f' class="tall-{10 * picture.width // picture.height}"' if picture.width < picture.height else ""
    hint = 'fetchpriority="high"' if is_first else 'loading="lazy"'
    named = f' title="{escape(title)}"' if title else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    end = f'{size} alt="{escape(picture.alt)}"{named}{classes} {hint}>'
    if not picture.widths:
        return f'<img src="{source}" {end}'
    shown = f'sizes="{"" if is_first else "auto, "}{sizes}"'
    *better, last = picture.formats
    sources = "".join(
        f'<source type="{_MEDIA_TYPES[ending]}" srcset="{_srcset(picture, prefix, ending)}" {shown}>'
        for ending in better
    )
    return f'<picture>{sources}<img src="{source}" srcset="{_srcset(picture, prefix, last)}" {shown} {end}</picture>'


def _srcset(picture: Picture, prefix: str, ending: str) -> str:
    return escape(", ".join(f"{prefix}{picture.file(width, ending)} {width}w" for width in picture.widths))


@value
class PictureInText:
    """A picture that a body shows."""

    picture: Picture
    caption: str  # with its credit, in a line
    prefix: str  # of the site: goes before its addresses

    def html(self) -> str:
        """As HTML among words, where the caption is its title."""
        return picture_html(self.picture, self.prefix, _BODY_SIZES, title=self.caption)

    def figure(self) -> str:
        """As HTML on its own, with the caption beneath."""
        caption = f"<figcaption>{escape(self.caption)}</figcaption>\n" if self.caption else ""
        return f"<figure>\n{picture_html(self.picture, self.prefix, _BODY_SIZES)}\n{caption}</figure>\n"
