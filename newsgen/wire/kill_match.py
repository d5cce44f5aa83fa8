"""Which story a notice kills: one for certain, or several that an editor chooses from.

A story that is wrongly removed is as bad as one that wrongly stays. So a match is certain only where slug or headline
agree, the day agrees too, and no other story matches as well. Updates of a story share its slug, so an editor chooses.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from newsgen.model.value import value
from newsgen.wire import headline as headlines
from newsgen.wire.kill_notice import KillNotice
from newsgen.wire.names import MONTH, month_number

__all__ = ["Candidate", "Candidates", "match_notice"]


@value
class Candidate:
    """A story of the archive that a notice may mean."""

    id: str
    slugline: str = ""
    headline: str = ""  # with its wire tags or without
    day: str = ""  # "2012-10-24"
    labels: tuple[str, ...] = ()  # wire tags as shown: what is itself a notice is never meant


_MAX_DAYS = 3  # days between the date a notice gives and the story's own: time zones, and copy sent at night
_MAX_CANDIDATES = 5  # the most stories that an editor chooses from
_MIN_SHARED = 0.6  # of the words by which a notice names a story, the part that its headline must have
_DISTINCTIVE_WORDS = 4  # so many words of a headline do not stand in a notice by chance
_NOTICE_TAGS = frozenset(["Advisory", "Kill", "Withdrawal", "Withdrawn"])
_CYCLE = re.compile(r"(?:BC|AM|PM)-+(?:[A-Z]{2,3}--)?")
_NTH_LEAD = re.compile(r"[\s,-]+(?:\d(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th))[\s-]?Ld\b.*", re.I)
_MARKS = re.compile(r"[\W_]+")
_UNKNOWN_DAYS = 10**6  # sorts a story without a usable date last


def match_notice(
    notice: KillNotice, text: str, sent: str, candidates: Iterable[Candidate]
) -> tuple[str | None, tuple[str, ...]]:
    """(id of the story that a notice means for certain or None, ids of those it may mean, likeliest first).

    Where one is certain, there are no others. `text` is the whole notice: a story whose headline is in it may be meant.
    `sent` is the day of the notice ("2012-10-25"): where it gives no date of the story, the likeliest is the nearest.
    """
    whole = f" {_key(text)} "
    slug, headline, item = _slug_key(notice.slugline), _headline_key(notice.headline), _key(notice.item)
    words = _significant_words(notice.headline or notice.subject)
    certain: list[Candidate] = []
    possible: list[tuple[float, int, str]] = []  # (-points, days, id)
    for story in candidates:
        if not _NOTICE_TAGS.isdisjoint(story.labels):
            continue
        has_slug = bool(slug) and _slug_key(story.slugline) == slug
        story_headline = _headline_key(story.headline)
        has_headline = bool(headline) and story_headline == headline
        is_named = story_headline.count(" ") + 1 >= _DISTINCTIVE_WORDS and f" {story_headline} " in whole
        has_item = bool(item) and item in (_key(story.id), _slug_key(story.slugline))
        shared = len(words & _significant_words(story.headline)) / len(words) if words else 0.0
        days = _days_between(notice.date, story.day)
        is_near = days is None or days <= _MAX_DAYS
        is_same = has_headline and _without_tags(story.headline) == _without_tags(notice.headline)
        if ((has_slug or has_headline) and is_near) if days is not None else (is_same and not notice.date):
            certain.append(story)
        if has_slug or has_headline or has_item or is_named or (shared >= _MIN_SHARED and is_near):
            points = (
                4 * (has_headline or is_named)
                + 3 * has_slug
                + 3 * has_item
                + shared
                + 2 * (days is not None and is_near)
            )
            away = _days_between(sent, story.day) if days is None else days
            possible.append((-points, _UNKNOWN_DAYS if away is None else away, story.id))
    if len({story.id for story in certain}) == 1:
        return certain[0].id, ()
    return None, tuple(dict.fromkeys(id_ for _points, _away, id_ in sorted(possible)))[:_MAX_CANDIDATES]


class Candidates:
    """The stories of an archive, so indexed that a notice is compared with those only that it may mean.

    To compare each of a thousand notices with each of a hundred thousand stories would take an hour.
    """

    def __init__(self, stories: Iterable[Candidate]) -> None:
        self._stories = tuple(stories)
        self._by_key: dict[str, list[int]] = defaultdict(list)  # sluglines, ids and headlines
        self._by_start: dict[str, list[int]] = defaultdict(list)  # the first words of headlines
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for at, story in enumerate(self._stories):
            headline = _headline_key(story.headline)
            for key in {_slug_key(story.slugline), _key(story.id), headline}:
                self._by_key[key].append(at)
            start = _starts(headline)[:1]
            if start:
                self._by_start[start[0]].append(at)
            for word in _significant_words(story.headline):
                self._by_word[word].append(at)

    def near(self, notice: KillNotice, text: str) -> list[Candidate]:
        """Every story that `match_notice` could find for a notice with this text, and few others, in order."""
        found: set[int] = set()
        for key in (_slug_key(notice.slugline), _headline_key(notice.headline), _key(notice.item)):
            if key:
                found.update(self._by_key.get(key, ()))
        for start in _starts(_key(text)):
            found.update(self._by_start.get(start, ()))
        words = sorted(
            _significant_words(notice.headline or notice.subject),
            key=lambda word: (len(self._by_word.get(word, ())), word),
        )
        # A story that has 6 of 10 words has one of the 5 rarest.
        for word in words[: len(words) - math.ceil(_MIN_SHARED * len(words) - 0.01) + 1]:
            found.update(self._by_word.get(word, ()))
        return [self._stories[at] for at in sorted(found)]


def _starts(key: str) -> list[str]:
    """Each succession of so many words as a headline must have to be known by itself."""
    words = key.split()
    return [" ".join(words[at : at + _DISTINCTIVE_WORDS]) for at in range(len(words) - _DISTINCTIVE_WORDS + 1)]


def _key(text: str) -> str:
    """A text to compare by: case folded, without accents, each run of marks and blanks one space."""
    letters = unicodedata.normalize("NFKD", text)
    return _MARKS.sub(" ", "".join(mark for mark in letters if not unicodedata.combining(mark)).casefold()).strip()


def _slug_key(text: str) -> str:
    """A slug to compare by: the same for `BC-US--Harvest-Prices, 2nd Ld-Writethru` and `HARVEST PRICES`."""
    return _key(_NTH_LEAD.sub("", _CYCLE.sub("", text[:200].strip(), count=1)))


def _without_tags(headline: str) -> str:
    return " ".join(headlines.parse(headline)[1].split())


def _headline_key(text: str) -> str:
    return _key(_without_tags(text))


def _significant_words(headline: str) -> frozenset[str]:
    """The words of a headline longer than two letters, without a plural s."""
    return frozenset(word.removesuffix("s") for word in _headline_key(headline).split() if len(word) > 2)


def _days_between(written: str, day: str) -> int | None:
    """Days between the date in a notice, without a year the nearest such day, and a story's day; None if unreadable."""
    try:
        story_day = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    try:
        return abs((datetime.date.fromisoformat(written) - story_day).days)
    except ValueError:
        pass
    month, number = re.search(MONTH, written), re.search(r"\b\d{1,2}\b", written)
    if not month or not number:
        return None
    distances: list[int] = []
    for year in (story_day.year - 1, story_day.year, story_day.year + 1):
        try:
            notice_day = datetime.date(year, month_number(month.group()), int(number.group()))
        except ValueError:
            continue
        distances.append(abs((notice_day - story_day).days))
    return min(distances, default=None)
