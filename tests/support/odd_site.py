"""A site of odd things that a page must bear: long words, many bylines, pictures of every shape, wide tables."""

from __future__ import annotations

import struct
import zlib

from newsgen.model.settings import FeedSettings, Settings
from tests.support.languages import STORIES
from tests.support.sites import Desk, story

__all__ = ["odd_site", "picture"]

_LONG_WORDS = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und "
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
)
_NAMES = (
    "Ines Varga", "Tom Arkell", "Ruth Oyelaran", "Maximiliane Freiin von und zu Hohenlindmouth", "Mila Hart",
    "Aurelio Castellanos-Montgomery", "Bea Lund", "Konstantinos Papadimitropoulos",
)  # fmt: skip
_TABLE = "\n".join(
    ("|" + "|".join(f" {head} " for head in cells) + "|")
    for cells in (
        ("Stock", *(f"Figure {n}" for n in range(1, 11))),
        ("---",) * 11,
        *((f"Kestrel {n}", *(f"{n}{m}1-{m}/2" for m in range(10))) for n in range(1, 6)),
    )
)
_AGATE = "    " + "  ".join(f"{n:>8}" for n in range(16)) + "\n"
_ARABIC = "مدينة هارويك تعيد فتح المنارة أمام الزوار بعد عامين من أعمال الترميم الطويلة في الميناء القديم"
_HEBREW = "העירייה פותחת מחדש את המגדלור בנמל אחרי שנתיים של עבודות שיפוץ"


def picture(width: int, height: int, *, is_clear: bool = False) -> bytes:
    """A PNG: grey, or a black cross on a clear ground."""
    rows = []
    for y in range(height):
        if is_clear:
            bar = b"\0\0\0\xff" * width
            rows.append(b"\0" + (bar if abs(y - height // 2) < 4 else (b"\0\0\0\0" * (width - 8) + b"\0\0\0\xff" * 8)))
        else:
            rows.append(b"\0" + bytes((90 + y * 100 // height, 110, 130)) * width)
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if is_clear else 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def odd_site(language: str) -> Desk:
    """The site in one language, of two months and two sections; `/odd/` holds what is odd."""
    short = '"KESTREL BAY (Northern Wire)"'
    long_headline = " ".join(f"Ferry number {n} to Kestrel Bay is late" for n in range(1, 12))
    photo = '[{file: /%s.png, caption: "A harbour. Northern Wire/Mila Hart", alt: A harbour}]'
    tags = {"tags": "[grain, ferries, G]", "byline": "Ines Varga", "dateline": short, "people": '["Ruth Oyelaran"]'}
    stories = {
        "long-headline": story(long_headline[:400], "2019-05-01T10:00Z", "Odd", **tags),
        "long-words": story(_LONG_WORDS, "2019-05-01T10:10Z", "Odd", _LONG_WORDS, language="de", **tags),
        "bylines": story(
            "A story by eight", "2019-05-01T10:20Z", "Odd", byline="[" + ", ".join(f'"{n}"' for n in _NAMES) + "]"
        ),
        "table": story("A table of eleven columns", "2019-05-01T10:30Z", "Odd", f"Text.\n\n{_TABLE}", **tags),
        "agate": story("Wide agate", "2019-05-01T10:40Z", "Odd", f"Text.\n\n{_AGATE}", **tags),
        "clear": story("A clear picture", "2019-05-01T10:50Z", "Odd", photos=photo % "clear", **tags),
        "tall": story("A tall picture", "2019-05-01T11:00Z", "Odd", photos=photo % "tall", **tags),
        "wide": story("A wide picture", "2019-05-01T11:10Z", "Odd", photos=photo % "wide", **tags),
        "arabic": story(_ARABIC, "2019-05-01T11:20Z", "Odd", STORIES["ar"], language="ar", dateline="القاهرة"),
        "hebrew": story(_HEBREW, "2019-05-01T11:30Z", "Odd", _HEBREW, language="he"),
        "japanese": story("灯台の修理が終わり見学を再開", "2019-05-01T11:40Z", "Odd", STORIES["ja"], language="ja"),
        "corrected": story(
            "A corrected story", "2019-05-02T10:00Z", "Odd",
            corrections='[{date: 2019-05-03, text: "The tonnage was wrong."}]', **tags,
        ),
        "older": story("Ferry sails", "2019-05-02T11:00Z", "Odd", "It sails today.", id="older", **tags),
        "newer": story("UPDATE 1-Ferry sails", "2019-05-02T12:00Z", "Odd", "It sails.", updates="older", **tags),
    }  # fmt: skip
    for n in range(120):
        date = f"{1987 + n % 3 * 16}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:00Z"
        stories[f"plain-{n}"] = story(f"Grain talks, day {n}", date, f"Section {n % 14}", **tags)
    files = {f"content/odd/{name}.md": data for name, data in stories.items()}
    files |= {
        "content/clear.png": picture(640, 400, is_clear=True),
        "content/tall.png": picture(600, 1050),
        "content/wide.png": picture(1600, 500),
        "content/_people.yaml": b"- name: Ines Varga\n  bio: Writes of grain.\n  photo: /tall.png\n",
        "content/_places.yaml": b"- name: KESTREL BAY\n  latitude: 57.1\n  longitude: -2.1\n  country: Northland\n",
    }
    address = "https://odd.example"
    return Desk(files, Settings("The Odd Archive", address, language=language, feeds=FeedSettings(entries=5)))
