"""Slugs of headlines and names: always safe, and the same only for the same name."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsgen.text import address
from tests.support.hostile import names

_SLUGS: dict[str, Callable[[str], str]] = {
    "headline": address.slug_of_headline,
    "name": address.slug_of_name,
}


def test_names_give_addresses_that_stay_in_the_site() -> None:
    for row_id, value in names():
        for kind, slug_of in _SLUGS.items():
            slug = slug_of(value)
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), (row_id, kind, slug)
            assert len(slug) <= 100, (row_id, kind)
            assert address.is_safe_slug(slug), (row_id, kind, slug)


def test_two_names_share_an_address_only_when_they_are_one_name() -> None:
    name_of_slug: dict[str, str] = {}
    for row_id, value in names():
        slug = address.slug_of_name(value)
        # Case, spacing, accents and the width of letters make no new name: Café and CAFE are one.
        spelt = address._ascii(address._NEGLIGIBLE.sub("", address.name_key(value)))
        assert name_of_slug.setdefault(slug, spelt) == spelt, (row_id, slug)
