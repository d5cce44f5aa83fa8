"""Instants as a person and cron read them."""

from __future__ import annotations

from newsgen.messages.times import cron_line, in_utc, in_zone

NOON = 1_577_880_000  # 2020-01-01T12:00Z
DAY = 86_400


def test_an_instant_in_utc_and_in_a_zone() -> None:
    assert in_utc(NOON) == "2020-01-01T12:00:00+00:00"
    assert in_zone(NOON, "Europe/Paris") == "2020-01-01T13:00:00+01:00"
    assert in_utc(None) is None


def test_cron_is_never_too_early() -> None:
    assert cron_line(NOON, NOON - 60, "newsgen build") == "0 12 1 1 * newsgen build"
    assert cron_line(NOON + 1, NOON, "newsgen build") == "1 12 1 1 * newsgen build"


def test_cron_has_no_years() -> None:
    assert cron_line(NOON + 360 * DAY, NOON, "x") is not None
    assert cron_line(NOON + 360 * DAY + 1, NOON, "x") is None
    assert cron_line(None, NOON, "x") is None
