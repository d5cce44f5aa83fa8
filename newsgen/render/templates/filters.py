"""The filters that newsgen adds to Jinja's, beside `once` and `each`: templates know them by their names in FILTERS."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from newsgen.model.story import Link
from newsgen.text import english
from newsgen.text.capitals import is_capitals
from newsgen.text.english import join_names
from newsgen.text.scripts import has_two_directions
from newsgen.text.tickers import with_tickers

__all__ = ["FILTERS", "role_label"]


def role_label(role: str) -> str:
    """`additional_reporting` as `Additional reporting`. Templates call it as a function."""
    return role.replace("_", " ").capitalize()


def _within(url: str, links: Iterable[Link]) -> str:
    """The longest address among links that `url` is or lies below; "" for none."""
    return max((link.url for link in links if url.startswith(link.url)), key=len, default="")


def _isolated(text: str, direction: str) -> str:
    """A name for a page that is written in a direction: in a `bdi` where it runs the other way."""
    return Markup("<bdi>{}</bdi>").format(text) if has_two_directions(text, direction) else text


def _tickers(text: str) -> str:
    """A headline in which each ticker (`<GRN.O>`) is marked as a label."""
    return Markup(with_tickers(str(escape(text)))) if "<" in text else text


def _caps(headline: str) -> str:
    """The class of the element that holds a headline: that of one all in capitals, else none."""
    return _CAPS if is_capitals(headline) else ""


_CAPS = Markup(' class="caps"')

FILTERS = {
    "long_day": english.long_day,
    "short_day": english.short_day,
    "month_day": english.month_day,
    "thousands": english.thousands,
    "names": join_names,
    "within": _within,
    "isolated": _isolated,
    "tickers": _tickers,
    "caps": _caps,
}
