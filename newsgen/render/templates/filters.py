"""The filters of templates that are newsgen's own, beside `once` and `each`."""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.model.story import Link
from newsgen.text import english
from newsgen.text.english import join_names

__all__ = ["FILTERS", "role_label"]


def role_label(role: str) -> str:
    """`additional_reporting` is `Additional reporting`."""
    return role.replace("_", " ").capitalize()


def _within(here: str, links: Iterable[Link]) -> str:
    """The address among links that `here` is, or that it lies below: the longest; "" for none."""
    return max((link.url for link in links if here.startswith(link.url)), key=len, default="")


FILTERS = {
    "long_day": english.long_day,
    "short_day": english.short_day,
    "month_day": english.month_day,
    "thousands": english.thousands,
    "names": join_names,
    "within": _within,
}
