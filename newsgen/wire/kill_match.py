"""Which story a notice withdraws: one for sure, or those an editor is to choose from.

A story that is wrongly taken away is as bad as one that wrongly stays: sure is only what agrees in slug or headline,
and in the day, and is the only one to do so. Updates of one story share its slug, so they come out as `maybe`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

from newsgen.model.value import value
from newsgen.wire import headline as headlines
from newsgen.wire.kill_notice import KillNotice
from newsgen.wire.names import MONTH, month_number

__all__ = ["Candidate", "match_notice"]


@value
class Candidate:
    """A story that a notice may mean."""

    id: str
    slugline: str = ""
    headline: str = ""  # with its wire tags or without
    day: str = ""  # "2012-10-24"
    labels: tuple[str, ...] = ()  # wire tags as shown: a notice is not what another notice withdraws


_NEAR = 3  # days between what a notice says and a story's own date: zones, and nights
_MOST = 5  # stories that an editor is asked about
_ALIKE = 0.6  # of the words by which a notice names the story, how many its headline must have
_TELLING = 4  # words of a headline that a text does not have by chance
_NO_STORY = frozenset(["Advisory", "Kill", "Withdrawal", "Withdrawn"])
_ROUTE = re.compile(r"(?:BC|AM|PM)-+(?:[A-Z]{2,3}--)?")
_LEDE = re.compile(r"[\s,-]+(?:\d(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th))[\s-]?Ld\b.*", re.I)
_MARKS = re.compile(r"[\W_]+")
_FAR = 10**6  # days


def match_notice(notice: KillNotice, text: str, candidates: Iterable[Candidate]) -> tuple[str | None, tuple[str, ...]]:
    """(the id of the story that a notice means, the ids of those it may mean, the likeliest first).

    `text` is the notice whole: a story whose headline stands in it may be meant.
    """
    whole = f" {_key(text)} "
    slug, headline, item = _slug(notice.slugline), _headline(notice.headline), _key(notice.item)
    words = _words(notice.headline or notice.subject)
    sure: list[Candidate] = []
    found: list[tuple[float, int, str]] = []
    for one in candidates:
        if not _NO_STORY.isdisjoint(one.labels):
            continue
        has_slug = bool(slug) and _slug(one.slugline) == slug
        own = _headline(one.headline)
        has_headline = bool(headline) and own == headline
        is_named = own.count(" ") + 1 >= _TELLING and f" {own} " in whole
        has_item = bool(item) and item in (_key(one.id), _slug(one.slugline))
        shared = len(words & _words(one.headline)) / len(words) if words else 0.0
        away = _days_between(notice.date, one.day)
        is_near = away is None or away <= _NEAR
        is_same = has_headline and _plain(one.headline) == _plain(notice.headline)
        if ((has_slug or has_headline) and is_near) if away is not None else (is_same and not notice.date):
            sure.append(one)
        if has_slug or has_headline or has_item or is_named or (shared >= _ALIKE and is_near):
            points = (
                4 * (has_headline or is_named)
                + 3 * has_slug
                + 3 * has_item
                + shared
                + 2 * (away is not None and is_near)
            )
            found.append((-points, _FAR if away is None else away, one.id))
    if len({one.id for one in sure}) == 1:
        return sure[0].id, ()
    return None, tuple(dict.fromkeys(id_ for _points, _away, id_ in sorted(found)))[:_MOST]


def _key(text: str) -> str:
    """A text without case, accents, marks and blanks at its ends."""
    letters = unicodedata.normalize("NFKD", text)
    return _MARKS.sub(" ", "".join(mark for mark in letters if not unicodedata.combining(mark)).casefold()).strip()


def _slug(text: str) -> str:
    """`BC-US--Harvest-Prices, 2nd Ld-Writethru` and `HARVEST PRICES` are one."""
    return _key(_LEDE.sub("", _ROUTE.sub("", text[:200].strip(), count=1)))


def _plain(headline: str) -> str:
    return " ".join(headlines.parse(headline)[1].split())


def _headline(text: str) -> str:
    return _key(_plain(text))


def _words(headline: str) -> frozenset[str]:
    """The words of a headline that say something."""
    return frozenset(word.removesuffix("s") for word in _headline(headline).split() if len(word) > 2)


def _days_between(said: str, day: str) -> int | None:
    """Days from the day a notice names to a story's; of one without a year, to the nearest such day."""
    try:
        own = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    try:
        return abs((datetime.date.fromisoformat(said) - own).days)
    except ValueError:
        pass
    month, figure = re.search(MONTH, said), re.search(r"\b\d{1,2}\b", said)
    if not month or not figure:
        return None
    found: list[int] = []
    for year in (own.year - 1, own.year, own.year + 1):
        try:
            then = datetime.date(year, month_number(month.group()), int(figure.group()))
        except ValueError:
            continue
        found.append(abs((then - own).days))
    return min(found, default=None)
