"""[tool.newsgen] of pyproject.toml -> Settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.messages.shown import show
from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import Agency, FeedSettings, RelatedSettings, Settings
from newsgen.source.settings import has_settings, parse_settings

LEAST = '[tool.newsgen]\ntitle = "Archive"\nbase_url = "https://a.example"\n'


def read(text: str) -> Settings:
    return parse_settings("pyproject.toml", text.encode())


def problem(text: str | bytes) -> Problem:
    with pytest.raises(UsageError) as caught:
        parse_settings("pyproject.toml", text if isinstance(text, bytes) else text.encode())
    (refusal,) = caught.value.problems
    assert show(refusal)
    return refusal


def test_two_settings_are_enough() -> None:
    assert read(LEAST) == Settings("Archive", "https://a.example")


def test_every_setting() -> None:
    settings = read(
        LEAST.replace("a.example", "a.example/path/")
        + """description = "All of it"
language = "de-AT"
timezone = "Europe/Vienna"
permalink = "/{section}/{year}/{id}/"
group_briefs = 90
pages = ["places", "dates"]

[tool.newsgen.feeds]
entries = 50
content = "summary"

[tool.newsgen.related]
stories = 8
newer = false
days = 365

[[tool.newsgen.agencies]]
name = "Northern Wire"
rights = "Free to reuse"
url = "https://nw.example"

[[tool.newsgen.agencies]]
name = "Other"
"""
    )
    assert settings.base_url == "https://a.example/path"
    assert (settings.description, settings.language, settings.timezone) == ("All of it", "de-AT", "Europe/Vienna")
    assert (settings.permalink, settings.pages) == ("/{section}/{year}/{id}/", ("dates", "places"))
    assert settings.group_briefs == 90
    assert settings.feeds == FeedSettings(50, "summary")
    assert settings.related == RelatedSettings(8, newer=False, days=365)
    assert settings.agencies == (Agency("Northern Wire", "Free to reuse", "https://nw.example"), Agency("Other"))


@pytest.mark.parametrize(("written", "words"), [("true", 60), ("false", 0), ("1", 1), ("200", 200)])
def test_how_long_a_brief_may_be(written: str, words: int) -> None:
    assert read(f"{LEAST}group_briefs = {written}\n").group_briefs == words


@pytest.mark.parametrize("written", ["local-news", "Local news", "/local-news/", "LOCAL NEWS"])
def test_a_section_in_the_menu_is_named_as_in_stories_or_by_its_address(written: str) -> None:
    settings = read(f'{LEAST}menu = [{{ section = "{written}" }}]\n')
    assert [entry.section for entry in settings.menu] == ["local-news"]


def test_other_tables_and_comments_are_not_settings() -> None:
    assert read(LEAST) == read('[project]\nname = "x"\n' + LEAST + "# a comment\n")
    assert read(LEAST) != read(LEAST.replace("Archive", "Other"))


def test_the_sample_sites_settings_are_good() -> None:
    path = Path(__file__).parents[2] / "pyproject.toml"
    assert parse_settings("pyproject.toml", path.read_bytes()).title


@pytest.mark.parametrize(
    ("more", "rule", "line", "last"),
    [
        ('titel = "x"', "unknown-setting-near", 4, "title"),
        ('nonsense = "x"', "unknown-setting", 4, None),
        ('digest = "x"', "unknown-setting", 4, None),
        ("description = 5", "setting-type", 4, "a number"),
        ("description = 2024-01-01", "setting-type", 4, "a date"),
        ("language = true", "setting-type", 4, "true or false"),
        ('language = "our language"', "bad-language", 4, None),
        ('language = "English"', "bad-language-near", 4, "en"),
        ('language = "pt_BR"', "bad-language-near", 4, "pt-BR"),
        ('timezone = "Londn"', "bad-timezone-near", 4, "Europe/London"),
        ('timezone = "Nowhere/City"', "bad-timezone", 4, "Nowhere/City"),
        ('timezone = "new york"', "bad-timezone-near", 4, "America/New_York"),
        ('timezone = "Europe/Lodnon"', "bad-timezone-near", 4, "Europe/London"),
        ('host = "Netlify"', "setting-choice-near", 4, "netlify, cloudflare, gitlab, github, s3, other"),
        ('pages = ["plces", "tags"]', "setting-choice-near", 4, None),
        ('site_name = "x"', "unknown-setting-near", 4, "title"),
        ("entries = 5", "unknown-setting-near", 4, "feeds.entries"),
        ('timezone = "../etc/passwd"', "bad-timezone", 4, None),
        ('timezone = "/etc/localtime"', "bad-timezone", 4, None),
        ('timezone = ""', "bad-timezone", 4, None),
        ('description = "a\\nb"', "setting-control", 4, None),
        ("agencies = 5", "setting-type", 4, "a number"),
        ('agencies = ["Reuters"]', "setting-type", 4, "a list"),
        ('agencies = [{name = "A", url = "ftp://x"}]', "web-address", 4, None),
        ('[[tool.newsgen.agencies]]\nrights = "x"', "missing-setting", 4, None),
        ('[[tool.newsgen.agencies]]\nname = "A"\n[[tool.newsgen.agencies]]\nname = "a"', "agency-twice", 7, None),
        ("feeds = 5", "setting-type", 4, None),
        ("related = 5", "setting-type", 4, None),
        ("[tool.newsgen.related]\nstory = 5", "unknown-setting-near", 5, "related.stories"),
        ("[tool.newsgen.related]\nstories = 51", "setting-range", 5, None),
        ("[tool.newsgen.related]\nstories = true", "setting-range", 5, None),
        ("[tool.newsgen.related]\nnewer = 1", "setting-type", 5, None),
        ("[tool.newsgen.related]\ndays = -1", "setting-range", 5, None),
        ("[tool.newsgen.feeds]\nentires = 5", "unknown-setting-near", 5, "feeds.entries"),
        ("[tool.newsgen.feeds]\nentries = 5.0", "setting-range", 5, None),
        ("[tool.newsgen.feeds]\nentries = true", "setting-range", 5, None),
        ('[tool.newsgen.feeds]\ncontent = "half"', "setting-choice", 5, None),
        ("pages = 5", "setting-type", 4, None),
        ("group_briefs = 0", "setting-words", 4, "200"),
        ("group_briefs = 201", "setting-words", 4, "200"),
        ("group_briefs = 60.0", "setting-words", 4, "200"),
        ('group_briefs = "yes"', "setting-words", 4, "200"),
        ("group_brief = true", "unknown-setting-near", 4, "group_briefs"),
        ('pages = ["authors"]', "setting-choice", 4, None),
        ('permalink = "/{year}/{slug}.html"', "permalink-start", 4, None),
        ('permalink = "{section}/{slug}.html"', "permalink-start", 4, None),
        ('permalink = "/{section}/{slug}"', "permalink-end", 4, None),
        ('permalink = "/{section}/{slug}.php"', "permalink-end", 4, None),
        ('permalink = "/{section}/{slug}/{day}/"', "permalink-last", 4, None),
        ('permalink = "/{section}/{author}/{slug}/"', "permalink-field", 4, None),
        ('permalink = "/{section}/{slug.__class__}/"', "permalink-field", 4, None),
        ('permalink = "/{section}/../{slug}/"', "permalink-marks", 4, None),
        ('permalink = "/{section}//{slug}/"', "permalink-marks", 4, None),
        ('permalink = "/{section}/{slug}?x.html"', "permalink-marks", 4, None),
        ('permalink = "/{section}/{/{slug}/"', "permalink-marks", 4, None),
    ],
)
def test_what_is_refused_and_where(more: str, rule: str, line: int, last: str | None) -> None:
    refusal = problem(f"{LEAST}{more}\n")
    assert (refusal.rule, refusal.line) == (rule, line)
    assert last is None or refusal.values[-1] == last


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("a.example", "base-url-scheme"), ("//a.example", "base-url-scheme"), ("ftp://a.example", "base-url-scheme"),
        ("https://", "base-url-scheme"), ("https://a b", "base-url-scheme"), ("https://u:p@a.b", "base-url-user"),
        ("https://a.example/../x", "base-url-scheme"), ('https://a.example/\\"x', "base-url-path"),
        ("https:/a.example", "base-url-scheme"), ("https:\\\\\\\\a.example", "base-url-scheme"),
        ("https://a.example:99999", "base-url-scheme"), ("https://a..example", "base-url-scheme"),
        ("https://stra\u00dfe.example", "base-url-scheme"), ("https://a.example/a%20b", "base-url-path"),
        ("https://a.example/\u0430\u0440\u0445\u0438\u0432/", "base-url-path"),
        ("https://a.example/x/index.html", "base-url-file"),
        ("https://a.example/?x", "base-url-query"), ("https://a.example/#x", "base-url-query"), ("", "setting-empty"),
    ],
)  # fmt: skip
def test_base_url(url: str, rule: str) -> None:
    refusal = problem(f'[tool.newsgen]\ntitle = "A"\nbase_url = "{url}"\n')
    assert (refusal.rule, refusal.line) == (rule, 3)


@pytest.mark.parametrize(
    ("url", "read_as"),
    [
        ("https://a.example//x/", "https://a.example/x"),
        ("https://a.example/x//y///", "https://a.example/x/y"),
        ("HTTPS://A.Example:443/X/", "https://a.example/X"),
        ("http://a.example:80", "http://a.example"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        (" https://m\u00fcnchen.example/~desk ", "https://xn--mnchen-3ya.example/~desk"),
        ("https://\u043f\u0440\u0438\u043c\u0435\u0440.example//", "https://xn--e1afmkfd.example"),
    ],
)
def test_base_url_has_one_spelling(url: str, read_as: str) -> None:
    assert read(f'[tool.newsgen]\ntitle = "A"\nbase_url = "{url}"\n').base_url == read_as


@pytest.mark.parametrize(
    ("url", "suggested"),
    [
        ("a.example/x", "https://a.example/x"),
        ("https:\\\\\\\\a.example\\\\x", "https://a.example/x"),
        ("http://u:p@a.example", "http://a.example"),
        ("https://a.example/x/?y#z", "https://a.example/x"),
        ("our archive", "https://example.org"),
    ],
)
def test_base_url_is_suggested(url: str, suggested: str) -> None:
    assert problem(f'[tool.newsgen]\ntitle = "A"\nbase_url = "{url}"\n').values[-1] == suggested


def test_everything_that_is_wrong_is_named() -> None:
    text = """[tool.newsgen]
titel = "A"
base_url = "a.example"
pages = ["plces", "authors"]
[tool.newsgen.feeds]
entries = 0
tags = "yes"
[[tool.newsgen.agencies]]
nmae = "B"
url = "b"
"""
    with pytest.raises(UsageError) as caught:
        read(text)
    assert [(problem.line, problem.rule) for problem in caught.value.problems] == [
        (2, "unknown-setting-near"),
        (3, "base-url-scheme"),
        (4, "setting-choice-near"),
        (4, "setting-choice"),
        (6, "setting-range"),
        (7, "setting-type"),
        (9, "unknown-setting-near"),
        (10, "web-address"),
    ]


def test_a_byte_order_mark_is_no_part_of_the_settings() -> None:
    assert parse_settings("pyproject.toml", b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()) == read(LEAST)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_settings_in_utf_16_are_found_and_refused(encoding: str) -> None:
    data = LEAST.encode(encoding)
    assert has_settings(data)
    assert problem(data).rule == "utf-16"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "no-settings"),
        ("[tool.other]\nx = 1\n", "no-settings"),
        ("tool = 5\n", "no-settings"),
        ("[tool]\nnewsgen = 5\n", "setting-type"),
        ('[tool.newsgen]\nbase_url = "https://a.example"\n', "missing-setting"),
        ('[tool.newsgen]\ntitle = "A"\n', "missing-setting"),
        ("[tool.newsgen]\ntitle = A\n", "toml-syntax"),
        ('[tool.newsgen]\ntitle = "A"\ntitle = "B"\n', "toml-syntax"),
        ('[tool.newsgen]\ntitle = "A', "toml-syntax"),
        ("x = " + "[" * 5000, "toml-syntax"),
        (b'[tool.newsgen]\ntitle = "\xff"\n', "not-utf-8"),
        ('[tool.newsgen]\ntitle = "\u3164"\nbase_url = "https://a.example"\n', "setting-empty"),
    ],
)
def test_files_that_are_no_settings(text: str | bytes, rule: str) -> None:
    assert problem(text).rule == rule


@given(st.binary(max_size=120))
def test_any_bytes_are_settings_or_a_usage_error(data: bytes) -> None:
    for candidate in (data, LEAST.encode() + data, LEAST.encode().replace(b"Archive", data)):
        try:
            results = [parse_settings("pyproject.toml", candidate).title]
        except UsageError as error:
            results = [show(refusal) for refusal in error.problems]
        assert len(results) == 1
        assert results[0]


@pytest.mark.parametrize(
    "head", ["[newsgen]", "[tool.news-gen]", "[tool.NewsGen]", "[tools.newsgen]", "[tool . newgen]"]
)
def test_a_table_of_nearly_our_name_is_a_mistake(head: str) -> None:
    text = f'[project]\nname = "x"\n{head}\ntitle = "A"\n'
    assert has_settings(text.encode())
    refusal = problem(text)
    assert (refusal.rule, refusal.line) == ("no-settings", 3)


@pytest.mark.parametrize("text", ["", '[project]\ndependencies = ["newsgen"]\n', "[tool.news]\n", "# [tool] newsgen\n"])
def test_other_projects_are_no_sites(text: str) -> None:
    assert not has_settings(text.encode())
