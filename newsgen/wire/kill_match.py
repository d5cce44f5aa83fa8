"""Which story a notice kills: one for certain, or several that an editor chooses from.

A story that is wrongly removed is as bad as one that wrongly stays. So a match is certain only where slug or headline
agree, the day agrees too, and no other story matches as well. Updates of a story share its slug, so an editor chooses.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from newsgen.model.value import value
from newsgen.text.typography import straight
from newsgen.wire import headline as headlines
from newsgen.wire.kill_notice import KillNotice
from newsgen.wire.names import MONTH, month_number

__all__ = ["Candidate", "WantedStories", "match_notice"]


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
_ROUNDING = 1e-9  # 0.6 * 5 is a little more than 3
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
    words = _significant_words(_headline_key(notice.headline or notice.subject))
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
        shared = len(words & _significant_words(story_headline)) / len(words) if words else 0.0
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


class WantedStories:
    """What some notices say of the stories that they kill, so indexed that a whole archive can be asked about them.

    To compare each of a thousand notices with each of a hundred thousand stories would take an hour.
    """

    def __init__(self, notices: Iterable[tuple[KillNotice, str]]) -> None:
        """The notices, each with its whole text."""
        self._by_key: dict[str, list[int]] = defaultdict(list)  # sluglines, ids and headlines
        self._by_start: dict[str, list[int]] = defaultdict(list)  # any words of a text that a headline may begin with
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._least: list[float] = []  # how many of its words a headline must have to be meant by each notice
        for number, (notice, text) in enumerate(notices):
            for key in {_slug_key(notice.slugline), _headline_key(notice.headline), _key(notice.item)} - {""}:
                self._by_key[key].append(number)
            for start in dict.fromkeys(_starts(_key(text))):
                self._by_start[start].append(number)
            words = _significant_words(_headline_key(notice.headline or notice.subject))
            for word in words:
                self._by_word[word].append(number)
            self._least.append(_MIN_SHARED * len(words))

    def meant_by(self, story: Candidate) -> list[int]:
        """The numbers of the notices of which `match_notice` could say that they mean a story, and of few others."""
        headline = _headline_key(story.headline)
        found: set[int] = set()
        for key in {_slug_key(story.slugline), _key(story.id), headline}:
            if key in self._by_key:
                found.update(self._by_key[key])
        for start in _starts(headline)[:1]:
            found.update(self._by_start.get(start, ()))
        shared = Counter(number for word in _significant_words(headline) for number in self._by_word.get(word, ()))
        found.update(number for number, count in shared.items() if count >= self._least[number] - _ROUNDING)
        return sorted(found)


def _starts(key: str) -> list[str]:
    """Each succession of so many words as a headline must have to be known by itself."""
    words = key.split()
    return [" ".join(words[at : at + _DISTINCTIVE_WORDS]) for at in range(len(words) - _DISTINCTIVE_WORDS + 1)]


def _key(text: str) -> str:
    """A text to compare by: case folded, without accents, each run of marks and blanks one space."""
    if text.isascii():
        return _MARKS.sub(" ", text.lower()).strip()
    letters = unicodedata.normalize("NFKD", text)
    return _MARKS.sub(" ", "".join(mark for mark in letters if not unicodedata.combining(mark)).casefold()).strip()


def _slug_key(text: str) -> str:
    """A slug to compare by: the same for `BC-US--Harvest-Prices, 2nd Ld-Writethru` and `HARVEST PRICES`."""
    return _key(_NTH_LEAD.sub("", _CYCLE.sub("", text[:200].strip(), count=1)))


def _without_tags(headline: str) -> str:
    """A headline without wire tags, in one line; a card has it with the marks of a printer, a notice as it was sent."""
    return straight(" ".join(headlines.parse(headline)[1].split()))


def _headline_key(text: str) -> str:
    return _key(_without_tags(text))


def _significant_words(key: str) -> frozenset[str]:
    """The words longer than two letters of the key of a headline, without a plural s."""
    return frozenset([word.removesuffix("s") for word in key.split() if len(word) > 2])


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
