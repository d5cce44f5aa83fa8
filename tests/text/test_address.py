"""Slugs of headlines and names: always safe, and the same only for the same name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("アルファがLamp15を発売", "ベータがLamp15を禁止"),
        ("Lamp Works opens in 東京", "Lamp Works opens in 大阪"),
        ("Kestrel Bay: Мост", "Kestrel Bay: Порт"),
        ("Harbour talks — محادثات", "Harbour talks — مباحثات"),
        ("Kestrel TV ข่าวเช้า", "Kestrel TV ข่าวเย็น"),
        ("Kestrel बिहार", "Kestrel असम"),
        ("港が開く", "港が閉まる"),
    ],
)
def test_headlines_that_differ_in_another_script_have_two_slugs(one: str, other: str) -> None:
    slugs = {address.slug_of_headline(one), address.slug_of_headline(other)}
    assert len(slugs) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{8}", slug) for slug in slugs)


@pytest.mark.parametrize(
    ("period", "path"),
    [
        ("", ""),
        ("1987-02", "1987/02/"),
        ("1987-02-26T15", "1987/02/26/15/"),
        ("1987-02-26T--", "1987/02/26/no-time/"),
        ("1987-02-26T--s0", "1987/02/26/no-time/s0/"),
        ("1987-02-26T--7", "1987/02/26/no-time/7/"),
    ],
)
def test_periods_have_addresses(period: str, path: str) -> None:
    assert address.period_path(period) == path


@pytest.mark.parametrize(
    ("letters", "path"),
    [
        ((), ""), (("G",), "g"), (("G", "R", "A"), "gra"), (("1", "9"), "19"), (("#",), "u0023"), (("Ж",), "u0416"),
        (("Ø", "S"), "u00d8-s"), (("S", "Ø"), "s-u00d8"), (("Ch",), "u0043-u0068"), (("C", "H"), "ch"),
        (("C", "O", "N"), "c-o-n"), (("İ",), "u0130"), (("山", "岳"), "u5c71-u5cb3"),
    ],
)  # fmt: skip
def test_first_letters_have_addresses(letters: tuple[str, ...], path: str) -> None:
    assert address.letters_path(letters) == path


def test_parts_of_a_day_have_addresses_of_their_own() -> None:
    beginnings = ["s", "S", "s-", "s/", "../", "con", "é", "e", "記", "x" * 300, "x" * 299]
    paths = [address.period_path(f"1987-02-26T--{beginning}") for beginning in beginnings]
    assert len(set(paths)) == len(paths)
    assert all(re.fullmatch(r"1987/02/26/no-time/[a-z0-9-]{1,80}/", path) for path in paths)
    assert "1987/02/26/no-time/con/" not in paths


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Élysée: São Tomé's Łódź line", "elysee-sao-tomes-lodz-line"),
        ("Hawaiʻi harbour opens", "hawai-i-harbour-opens"),
        ("Əliyev street reopens", "liyev-street-reopens"),
        ("Variant β found in ten cows", "variant-found-in-ten-cows"),
        ("Oil at 5 € № 7", "oil-at-5-no-7"),
    ],
)
def test_latin_headlines_keep_their_slugs(headline: str, slug: str) -> None:
    assert address.slug_of_headline(headline) == slug


def test_two_names_share_an_address_only_when_they_are_one_name() -> None:
    name_of_slug: dict[str, str] = {}
    for row_id, value in names():
        slug = address.slug_of_name(value)
        # Case, spacing, accents and the width of letters make no new name: Café and CAFE are one.
        spelt = address._ascii(address._NEGLIGIBLE.sub("", address.name_key(value)))
        assert name_of_slug.setdefault(slug, spelt) == spelt, (row_id, slug)


@pytest.mark.parametrize(
    ("period", "url"),
    [
        ("1987-02-26", "/world/1987/02/26/briefs.html"),
        ("1987-02-26T15", "/world/1987/02/26/briefs/15/"),
        ("1987-02-26T--", "/world/1987/02/26/briefs/no-time/"),
        ("1987-02-26T--s05", "/world/1987/02/26/briefs/no-time/s05/"),
    ],
)
def test_pages_of_briefs_have_addresses(period: str, url: str) -> None:
    assert address.briefs_url("world", period) == url


def test_no_story_takes_the_page_of_the_briefs() -> None:
    assert not address.is_safe_slug("briefs")
    assert address.slug_of_headline("Briefs") == "story-briefs"
    assert address.slug_of_id("briefs") != "briefs"
    assert address.slug_of_name("Briefs") == "briefs"  # a section or topic may be called so


@pytest.mark.parametrize("story_id", ["grain", "grain-2", "12345", "0", "2019-05-01", "a" * 80])
def test_an_id_that_is_its_own_address(story_id: str) -> None:
    assert address.slug_of_id(story_id) == story_id


@pytest.mark.parametrize("ids", [
    ("Grain", "grain", "GRAIN", "Gr\u00e4in", "grain ", "grain-", "-grain", "grain."),
    ("world/a-b", "world-a/b", "world a b", "world--a-b", "world-a-b"),
    ("con", "index", "Con", "\u4e2d", "\u6587", "?", "a" * 81, "a" * 82),
])  # fmt: skip
def test_no_two_ids_share_an_address(ids: tuple[str, ...]) -> None:
    """Nor on a host that takes capitals and accents for the same."""
    slugs = [address.slug_of_id(story_id) for story_id in ids]
    assert len({address.collision_key(slug) for slug in slugs}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(--?[a-z0-9]+)*", slug) and len(slug) < 100 for slug in slugs)
    assert not {"con", "index"}.intersection(slugs)


@pytest.mark.parametrize(("url", "short"), [
    ("/", "/"), ("/index.html", "/"), ("/world/index.html", "/world/"),
    ("/world/1987/03/17/new-share-index.html", "/world/1987/03/17/new-share-index.html"),
])  # fmt: skip
def test_only_the_index_of_a_folder_has_the_folder_s_address(url: str, short: str) -> None:
    """A story about a stock index keeps the end of its name."""
    assert address.without_index(url) == short
    assert address.collision_key(url.upper()) == short
    assert address.output_path(short) == address.output_path(url)
