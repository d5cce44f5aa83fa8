"""The stories that lists are judged on: Reuters-21578, whose topics people gave."""

from __future__ import annotations

import html
import re
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["MATERIAL", "Judged", "read"]

MATERIAL = Path(__file__).resolve().parents[3] / "shared" / "reuters-21578"
_STORY = re.compile(r"<REUTERS([^>]*)>(.*?)</REUTERS>", re.S)
_DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SIGN_OFF = re.compile(r"\s*\breuters?\b[\s.;]*$", re.IGNORECASE)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@dataclass(frozen=True, slots=True)
class Judged:
    """A story, with the topics that people gave it."""

    id: str
    instant: int  # seconds since 1970, UTC
    headline: str
    body: str
    topics: frozenset[str]  # hidden from every method
    tags: frozenset[str]  # places, people, organisations, exchanges


def read(folder: Path) -> list[Judged]:
    """Every story of the archives in a folder, by time. FileNotFoundError where there are none."""
    stories: list[Judged] = []
    for path in sorted(folder.glob("*.tar.xz")):
        with tarfile.open(path) as archive:
            for member in sorted(archive.getmembers(), key=lambda entry: entry.name):
                file = archive.extractfile(member) if member.name.endswith(".sgm") else None
                if file is not None:
                    stories += map(_judged, _STORY.findall(file.read().decode("latin-1")))
    if not stories:
        raise FileNotFoundError(folder)
    return sorted(stories, key=lambda story: (story.instant, int(story.id)))


def _judged(part: tuple[str, str]) -> Judged:
    head, content = part
    number = re.search(r'NEWID="(\d+)"', head)
    date = _DATE.search(_field("DATE", content))
    assert number is not None
    assert date is not None
    day, month, year, hour, minute, second = date.groups()
    at = datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    text = _field("TEXT", content)
    body = _field("BODY", text) or re.sub(r"<TITLE>.*?</TITLE>", "", text, flags=re.S)
    tags = (f"{name} {tag}" for name in ("PLACES", "PEOPLE", "ORGS", "EXCHANGES") for tag in _list(name, content))
    return Judged(
        number[1],
        int(at.timestamp()),
        _clean(_field("TITLE", text)).strip(),
        _SIGN_OFF.sub("", _clean(body)),
        frozenset(_list("TOPICS", content)),
        frozenset(tags),
    )


def _field(name: str, text: str) -> str:
    field = re.search(rf"<{name}[^>]*>(.*?)</{name}>", text, re.S)
    return field[1] if field else ""


def _list(name: str, text: str) -> list[str]:
    return re.findall(r"<D>(.*?)</D>", _field(name, text))


def _clean(text: str) -> str:
    return _CONTROL.sub("", html.unescape(text))
