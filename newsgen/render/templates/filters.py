"""What newsgen adds to Jinja beside `once` and `each`: filters by their names in FILTERS, and FUNCTIONS such as `say`.

Filters that write words, numbers and dates are those of the site's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from newsgen.language.language import Language, Pieces
from newsgen.model.card import Picture
from newsgen.model.story import Link
from newsgen.text.address import beside
from newsgen.text.capitals import is_capitals
from newsgen.text.columns import columns
from newsgen.text.picture_html import picture_html
from newsgen.text.scripts import has_two_directions
from newsgen.text.tickers import with_tickers

__all__ = ["FILTERS", "FUNCTIONS", "filters_of", "functions_of"]

FILTERS = (
    "beside", "caps", "city", "columns", "comma", "isolated", "long_day", "month_day", "names", "period", "picture",
    "role", "short_day", "thousands", "tickers", "time", "when", "with_time", "within", "zone",
)  # fmt: skip
FUNCTIONS = ("month_names", "say", "weekday_names")


def _within(url: str, links: Iterable[Link]) -> str:
    """The longest address among links that `url` is or lies below; "" for none."""
    return max((link.url for link in links if url.startswith(link.url)), key=len, default="")


def _isolated(text: str, direction: str) -> str:
    """A name for a page that is written in a direction: in a `bdi` where it runs the other way."""
    return Markup("<bdi>{}</bdi>").format(text) if has_two_directions(text, direction) else text


def _tickers(text: str) -> str:
    """A headline in which each ticker (`<GRN.O>`) is marked as a label."""
    return Markup(with_tickers(str(escape(text)))) if "<" in text else text


def _picture(picture: Picture, prefix: str, sizes: str, *, is_first: bool = False) -> str:
    """A picture as HTML; `prefix` goes before its addresses. `sizes` is how wide it is shown."""
    return Markup(picture_html(picture, prefix, sizes, is_first=is_first))  # whose texts are escaped


def _caps(headline: str) -> str:
    """The class of the element that holds a headline: that of one all in capitals, else none."""
    return _CAPS if is_capitals(headline) else ""


_CAPS = Markup(' class="caps"')


def filters_of(language: Language) -> Mapping[str, Callable[..., object]]:
    """The filters of a site in a language."""

    def role(name: str) -> str:
        """The role of a credit, as it is shown; one that no catalogue has, as it is."""
        key = f"role_{name}"
        return language.say(key) if language.has(key) else name.replace("_", " ").capitalize()

    def comma(links: Sequence[Link], at: int) -> str:
        """What stands behind the `at`th of some links in a sentence: a comma, an `and`, nothing."""
        return language.separator([link.name for link in links], at)

    def with_time(day: str, clock: str) -> str:
        """A day as it is shown, with a time of day where there is one."""
        return language.say("day_time", day=day, time=language.time(clock)) if clock else day

    return {
        "when": lambda moment: language.when(moment.day, moment.time, moment.zone),
        "with_time": with_time,
        "long_day": language.long_day,
        "short_day": language.short_day,
        "month_day": language.month_day,
        "time": language.time,
        "period": language.period_name,
        "thousands": language.number,
        "names": lambda names: language.join(tuple(names)),
        "comma": comma,
        "role": role,
        "city": language.city,
        "zone": language.zone,
        "within": _within,
        "isolated": _isolated,
        "tickers": _tickers,
        "caps": _caps,
        "columns": columns,
        "picture": _picture,
        "beside": beside,
    }


def functions_of(language: Language) -> Mapping[str, Callable[..., object]]:
    """The functions of a site in a language."""
    return {"say": _sayer(language), "month_names": language.months, "weekday_names": language.weekdays}


def _sayer(language: Language) -> Callable[..., Markup]:
    """`say` of a language: some thirty calls an article."""
    plain: dict[str, Markup] = {}  # by key: the texts without values
    pieces: dict[tuple[str, str], Pieces] = {}  # by key and plural category: literals escaped

    def escaped(key: str, category: str, values: Mapping[str, object]) -> Pieces:
        found = tuple((str(escape(literal)), name) for literal, name in language.pieces(key, values))
        pieces[key, category] = found
        return found

    def say(key: str, **values: object) -> Markup:
        """A text of the catalogue. Values are escaped, unless they are markup, which they stay."""
        if not values:
            known = plain.get(key)
            if known is None:
                known = plain[key] = escape(language.say(key))
            return known
        number = values.get("n")
        category = language.category(number) if type(number) is int else ""
        text = ""
        try:
            for literal, name in pieces.get((key, category)) or escaped(key, category, values):
                text += literal
                if name:
                    value = values[name]
                    kind = type(value)
                    text += str(value if kind is Markup else escape(value if kind is str else language.shown(value)))
        except KeyError:
            language.pieces(key, values)  # says which value is missing
            raise
        return str.__new__(Markup, text)  # in a third of the time of Markup(text), which asks what it is given

    return say
