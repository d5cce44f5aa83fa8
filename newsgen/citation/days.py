"""Days as citations write them. The months are English on every site: the styles are."""

from __future__ import annotations

__all__ = ["mla_day", "plain_day", "us_day"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MLA_WHOLE = ("May", "June", "July")  # months that MLA does not shorten; September has four letters


def _parts(moment: str) -> tuple[str, str, int, str]:
    """Year, name of the month, day of the month; the hour where there is one, after a comma."""
    day, _, time = moment.partition("T")
    year, month, number = day.split("-")
    return year, _MONTHS[int(month) - 1], int(number), f", {time}" if time else ""


def us_day(moment: str) -> str:
    """`2025-06-05` as `June 5, 2025`; `2025-06-05T15:01` as `June 5, 2025, 15:01`."""
    year, month, number, time = _parts(moment)
    return f"{month} {number}, {year}{time}"


def mla_day(moment: str) -> str:
    """`2025-02-05` as `5 Feb. 2025`."""
    year, month, number, time = _parts(moment)
    if month not in _MLA_WHOLE:
        month = "Sept." if month == "September" else f"{month[:3]}."
    return f"{number} {month} {year}{time}"


def plain_day(moment: str) -> str:
    """`2025-06-05T15:01` as `5 June 2025, 15:01`."""
    year, month, number, time = _parts(moment)
    return f"{number} {month} {year}{time}"
