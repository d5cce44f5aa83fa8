"""`Language`: the words, dates, numbers and joined names of one site, as its readers see them.

A period is the beginning of an ISO 8601 date, as in `text.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from newsgen.language.catalogue import Texts, merged, missing, placeholders
from newsgen.language.locale_data import LocaleData, fallbacks
from newsgen.model.settings import Words
from newsgen.text.nearest import nearest
from newsgen.text.periods import UNTIMED

__all__ = ["Language", "Pieces", "UnknownWord", "language_of"]

Pieces = tuple[tuple[str, str], ...]  # a text: what stands before each placeholder, and its name; "" at the end
_CACHED = 4096  # moments, each shown on a story's page and in its lists
_HEBREW = re.compile("[\u0590-\u05ff]")


class UnknownWord(LookupError):
    """A key that no catalogue has, or a text without a value that it needs."""


class Language:
    """One language with the words that a site has of its own. Made by `language_of`; does not change."""

    def __init__(self, tag: str, own: Texts) -> None:
        self.tag = tag  # BCP 47
        self._own = own
        self._texts = merged(fallbacks(tag), own)
        self._data = LocaleData(tag, self._texts["forms"])
        self._pieces: dict[str, Mapping[str, Pieces]] = {}  # by key and category, made when first asked for
        self._base = tag.split("-")[0].lower()
        self.when = lru_cache(_CACHED)(self._when)

    # --- words ---

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values: `say("stories", n=12)` is `12 stories`. Whole numbers are written as the
        language writes them. UnknownWord for a key that is not in the catalogue, or a value that is missing.
        """
        return "".join(
            [literal + (self.shown(values[name]) if name else "") for literal, name in self.pieces(key, values)]
        )

    def missing(self) -> tuple[tuple[str, ...], int]:
        """The keys of the texts that are English for want of others, and how many texts there are."""
        return missing(fallbacks(self.tag), self._own), len(self._texts) - 1

    def has(self, key: str) -> bool:
        """Whether there is a text with this key."""
        return key in self._texts

    def pieces(self, key: str, values: Mapping[str, object]) -> Pieces:
        """The text of a key in pieces, each of whose placeholders is among the values."""
        by_category = self._pieces.get(key) or self._made(key)
        pieces = by_category.get("")
        if pieces is None:
            number = values.get("n")
            if not isinstance(number, int):
                raise UnknownWord(f"the text {key!r} needs the number n")
            pieces = by_category.get(self._data.category(number)) or by_category["other"]
        for _literal, name in pieces:
            if name and name not in values:
                raise UnknownWord(f"the text {key!r} needs a value for {name}")
        return pieces

    def _made(self, key: str) -> Mapping[str, Pieces]:
        if key not in self._texts or key == "forms":
            near = nearest(key, self._texts)
            raise UnknownWord(f"there is no text {key!r}" + (f" (did you mean {near}?)" if near else ""))
        made = {category: tuple(placeholders(text)) for category, text in self._texts[key].items()}
        self._pieces[key] = made
        return made

    def shown(self, value: object) -> str:
        """A value of a text: a whole number as the language writes it, else as it is."""
        return self._data.number(value) if type(value) is int else str(value)

    def join(self, names: Sequence[str]) -> str:
        """`A`, `A and B`, `A, B and C`."""
        return "".join([name + self.separator(names, at) for at, name in enumerate(names, 1)])

    def separator(self, names: Sequence[str], at: int) -> str:
        """What stands between the first `at` of some names and the next; "" behind the last."""
        if at >= len(names):
            return ""
        between, last, of_two = self._data.separators()
        text = of_two if len(names) == 2 else last if at == len(names) - 1 else between
        if at < len(names) - 1:
            return text
        if self._base == "es" and re.match(r"h?i(?!e)|hi(?!e)", names[at], re.I):
            return text.replace(" y ", " e ")
        if self._base == "he" and not _HEBREW.match(names[at]):
            return f"{text}-"
        return text

    # --- numbers and dates ---

    def number(self, number: int) -> str:
        """`12,345`, `12.345`, `١٢٬٣٤٥`."""
        return self._data.number(number)

    def degrees(self, degrees: float) -> str:
        """A latitude or longitude without its sign: `52.25`, `52,25`."""
        return self._data.decimal(abs(degrees))

    def long_day(self, day: str) -> str:
        """`2025-06-03` is `3 June 2025`."""
        return self._data.day("long_day", day)

    def short_day(self, day: str) -> str:
        """`2025-06-03` is `3 Jun 2025`."""
        return self._data.day("short_day", day)

    def month_day(self, day: str) -> str:
        """`2025-06-03` is `3 June`."""
        return self._data.day("month_day", day)

    def time(self, clock: str) -> str:
        """A time of day, `15:01`; "" for none."""
        return self._data.time(clock) if clock else ""

    def zone(self, name: str) -> str:
        """The short name of a time zone: `CEST`, `MESZ`."""
        return self._data.zone(name)

    def category(self, number: int) -> str:
        """CLDR's plural category of a number: `one`, `few`, `other`…"""
        return self._data.category(number)

    def _when(self, day: str, clock: str, zone: str) -> str:
        """A moment: `3 June 2025, 15:01 BST`; without a time of day `3 June 2025`."""
        if not clock:
            return self.long_day(day)
        time = self.say("time_zone", time=self.time(clock), zone=self.zone(zone))
        return self.say("day_time", day=self.long_day(day), time=time)

    def months(self) -> tuple[tuple[str, str], ...]:
        """The twelve months, each in full and short."""
        return tuple(zip(self._data.months("wide"), self._data.months("abbreviated"), strict=True))

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """The days of the week from the one with which weeks begin, each in full and short."""
        return tuple(zip(self._data.weekdays("wide"), self._data.weekdays("short"), strict=True))

    @property
    def first_weekday(self) -> int:
        """The day with which weeks begin: 0 is Monday."""
        return self._data.first_weekday

    def city(self, timezone: str) -> str:
        """The city of a time zone."""
        return self._data.city(timezone)

    # --- periods ---

    def period_name(self, period: str) -> str:
        """A period in full: `1987`, `February 1987`, `26 February 1987`, `26 February 1987, 15:00 to 15:59`."""
        if len(period) <= 4:
            return self._year(period)
        if len(period) == 7:
            return self._data.day("month", f"{period}-01")
        day = self.long_day(period[:10])
        if len(period) == 10:
            return day
        hour, part = period[11:13], period[13:]
        if hour != UNTIMED:
            return self.say("day_hour", day=day, first=self.time(f"{hour}:00"), last=self.time(f"{hour}:59"))
        return self.say("day_part", day=day, part=part) if part else self.say("day_without_time", day=day)

    def _year(self, year: str) -> str:
        """A year ("1987") as it stands alone: `1987`, `1987年`; "" for none."""
        return self._data.day("year", f"{year}-01-01") if year else ""

    def short_period_name(self, period: str) -> str:
        """A period as it is called inside the larger one: `1987`, `February`, `26 February`, `15:00`."""
        if len(period) <= 4:
            return self._year(period)
        if len(period) == 7:
            return self._data.months("wide")[int(period[5:]) - 1]
        if len(period) == 10:
            return self.month_day(period)
        if period[11:13] != UNTIMED:
            return self.time(f"{period[11:13]}:00")
        return f"{period[13:]}…" if period[13:] else self.say("no_time_given")


@lru_cache(16)
def language_of(tag: str, words: Words = ()) -> Language:
    """The language of a site: the settings `language` and `words`."""
    return Language(tag, {key: dict(texts) for key, texts in words})
