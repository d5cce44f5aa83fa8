"""What CLDR says of a language (by Babel): patterns of dates, names of months and days, plural categories, digits.

Babel is loaded where something is asked first: that takes 20 ms, and 4 ms for each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.text.language_tags import without_extensions

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["CATEGORIES", "LocaleData", "fallbacks", "plural_categories"]

CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of CLDR
_CACHED = 4096  # results of each function: eleven years of days
# Digits (CLDR numbering systems) by the code point of their zero.
_ZEROS = {
    "adlm": 0x1E950, "arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "cakm": 0x11136, "deva": 0x966, "gujr": 0xAE6,
    "guru": 0xA66, "hmnp": 0x1E140, "khmr": 0x17E0, "knda": 0xCE6, "laoo": 0xED0, "latn": 0x30, "mlym": 0xD66,
    "mtei": 0xABF0, "mymr": 0x1040, "nkoo": 0x7C0, "olck": 0x1C50, "orya": 0xB66, "tamldec": 0xBE6, "telu": 0xC66,
    "thai": 0xE50, "tibt": 0xF20,
}  # fmt: skip
_SKELETONS = {"short_day": "yMMMd", "month_day": "MMMMd", "month": "yMMMM", "year": "y"}


@lru_cache(16)
def _locale(language: str) -> Locale:
    """CLDR's locale of a language; English for one that it does not know.

    `en` alone is the English of the world, not that of the United States.
    """
    from babel import Locale, UnknownLocaleError

    tag = without_extensions(language)
    base = tag.split("-")[0]
    for each in ("en-001" if tag.lower() == "en" else tag, base):
        try:
            return Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")


@lru_cache(16)
def fallbacks(language: str) -> tuple[str, ...]:
    """The languages whose words stand in for one another, from a language to its parents: `de-AT`, `de`."""
    from babel.core import get_global

    tag = without_extensions(language)
    if tag.lower() == "en":  # nearly all sites
        return ("en",)
    locale = _locale(tag)
    names = [tag]
    parent = "_".join(filter(None, (locale.language, locale.script, locale.territory)))
    parents: Mapping[str, str] = get_global("parent_exceptions")
    while parent and parent != "root":
        names.append(parent.replace("_", "-"))
        parent = parents.get(parent, parent.rpartition("_")[0])
    if locale.language == tag.split("-")[0].lower():
        names.append(locale.language)
    return tuple(dict.fromkeys(names))


def plural_categories(language: str) -> tuple[str, ...]:
    """The categories of CLDR in which a language's numbers fall, in CLDR's order: `one` and `other` in English."""
    tags = _locale(language).plural_form.tags
    return (*(each for each in CATEGORIES if each in tags), "other")


class LocaleData:
    """The dates and numbers of one language. `forms` are patterns that go before CLDR's: see `catalogue.FORMS`."""

    def __init__(self, language: str, forms: Mapping[str, str]) -> None:
        self._language = language
        self._given = forms
        self.day = lru_cache(_CACHED)(self._day)
        self.time = lru_cache(_CACHED)(self._time)
        self.number = lru_cache(_CACHED)(self._number)
        self.zone = lru_cache(_CACHED)(self._zone)
        self.category = lru_cache(_CACHED)(self._category)
        self.in_digits = lru_cache(_CACHED)(self._in_digits)
        self.months = lru_cache(2)(self._months)
        self.separators = lru_cache(1)(self._separators)

    @property
    def _locale(self) -> Locale:
        return _locale(self._language)

    def _day(self, form: str, day: str) -> str:
        """A day ("2025-06-03") in one of `catalogue.FORMS`."""
        from babel.dates import format_date

        pattern = self._pattern(form).replace("d. ", "d.\u00a0")  # no line begins behind the dot of `3. Juni`
        return self.in_digits(format_date(date.fromisoformat(day), pattern, self._locale))

    def _time(self, clock: str) -> str:
        """A time of day ("15:01"), as its language writes it: `15:01`, `3:01 PM`, `15.01`."""
        from babel.dates import parse_pattern

        hour, minute = clock.split(":")
        return self.in_digits(parse_pattern(self._pattern("time")).apply(time(int(hour), int(minute)), self._locale))

    def _pattern(self, form: str) -> str:
        if given := self._given.get(form):
            return given
        locale = self._locale
        if form == "time":
            return str(locale.time_formats["short"].pattern)
        if form == "long_day":
            return str(locale.date_formats["long"].pattern)
        skeleton = locale.datetime_skeletons.get(_SKELETONS[form])
        return str(skeleton.pattern if skeleton else locale.date_formats["medium"].pattern)

    def _number(self, number: int) -> str:
        """A whole number with the language's grouping and digits: `12,345`, `12.345`, `12 345`."""
        from babel.numbers import format_decimal

        return self.in_digits(format_decimal(number, locale=self._locale, numbering_system=self._digits))

    def decimal(self, number: float) -> str:
        """A number with two decimals."""
        from babel.numbers import format_decimal

        text = format_decimal(round(number, 2), "0.00", locale=self._locale, numbering_system=self._digits)
        return self.in_digits(text)

    @property
    def _digits(self) -> str:
        digits = self._given.get("digits") or self._locale.default_numbering_system
        return digits if digits in _ZEROS else "latn"

    def _in_digits(self, text: str) -> str:
        """A text with its ASCII digits as the language's."""
        zero = _ZEROS[self._digits]
        return text if zero == 0x30 else text.translate({0x30 + number: zero + number for number in range(10)})

    def _category(self, number: int) -> str:
        """The plural category of a number: `one`, `few`, `other`…"""
        return str(self._locale.plural_form(number))

    def _months(self, width: str) -> tuple[str, ...]:
        """The names of the twelve months as they stand alone; `width` is wide or abbreviated."""
        if self._locale.language == "zh":
            width = "abbreviated"  # 6月, as in every date; in full CLDR has 六月
        names = self._locale.months["stand-alone"][width]
        return tuple(str(names[number]) for number in range(1, 13))

    def weekdays(self, width: str) -> tuple[str, ...]:
        """The names of the days of the week from the language's first; `width` is wide, abbreviated or short."""
        names = self._locale.days["stand-alone"]
        first = self.first_weekday
        return tuple(str(names[width][(first + number) % 7]) for number in range(7))

    def _zone(self, name: str) -> str:
        """What a zone that is called `CEST` in English is called: `MESZ` in German; else the same."""
        known = _locale("en-150").meta_zones
        of_zone = (
            (key, kind) for key, names in known.items() for kind, its in names.get("short", {}).items() if its == name
        )
        own = (self._locale.meta_zones.get(key, {}).get("short", {}).get(kind) for key, kind in of_zone)
        return next((text for text in own if text), name)

    @property
    def first_weekday(self) -> int:
        """The day with which weeks begin: 0 is Monday."""
        from babel import Locale
        from babel.core import get_global

        locale = self._locale
        if not locale.territory:
            base = "_".join(filter(None, (locale.language, locale.script)))
            likely = get_global("likely_subtags").get(base, base)
            locale = Locale.parse(likely)
        return int(locale.first_week_day)

    def _separators(self) -> tuple[str, str, str]:
        """What stands between names: between any two, before the last of three or more, between two alone."""
        patterns = self._locale.list_patterns["standard"]
        between, last, of_two = (
            patterns[name].partition("{0}")[2].partition("{1}")[0] for name in ("middle", "end", "2")
        )
        return between, last, of_two

    def city(self, timezone: str) -> str:
        """The city of a time zone of the tz database: `Лондон` for Europe/London in Russian."""
        known = self._locale.time_zones.get(timezone, {}).get("city")
        return str(known or timezone.rpartition("/")[2].replace("_", " "))
