"""The filters that newsgen adds to Jinja's, beside `once` and `each`: templates know them by their names in FILTERS."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from newsgen.model.story import Link
from newsgen.text import english
from newsgen.text.english import join_names
from newsgen.text.scripts import has_two_directions

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


FILTERS = {
    "long_day": english.long_day,
    "short_day": english.short_day,
    "month_day": english.month_day,
    "thousands": english.thousands,
    "names": join_names,
    "within": _within,
    "isolated": _isolated,
}
