"""Words, dates, numbers and joined names as a language has them."""

from __future__ import annotations

import pytest

from newsgen.language.language import UnknownWord, language_of


@pytest.mark.parametrize(
    ("period", "name", "short_name"),
    [
        ("", "", ""),
        ("1987", "1987", "1987"),
        ("1987-02", "February 1987", "February"),
        ("1987-02-06", "6 February 1987", "6 February"),
        ("1987-02-06T15", "6 February 1987, 15:00 to 15:59", "15:00"),
        ("1987-02-06T--", "6 February 1987, no time given", "No time given"),
        ("1987-02-06T--a0", "6 February 1987, no time given: a0…", "a0…"),
    ],
)
def test_periods(period: str, name: str, short_name: str) -> None:
    language = language_of("en")
    assert language.period_name(period) == name
    assert language.short_period_name(period) == short_name


@pytest.mark.parametrize(
    ("tag", "long", "short", "month_day", "month", "time"),
    [
        ("en", "3 September 2025", "3 Sept 2025", "3 September", "September 2025", "15:01"),
        ("en-GB", "3 September 2025", "3 Sept 2025", "3 September", "September 2025", "15:01"),
        ("en-US", "September 3, 2025", "Sep 3, 2025", "September 3", "September 2025", "3:01\u202fPM"),
        ("de", "3.\u00a0September 2025", "3.\u00a0Sept. 2025", "3.\u00a0September", "September 2025", "15:01"),
        ("fr", "3 septembre 2025", "3 sept. 2025", "3 septembre", "septembre 2025", "15:01"),
        ("es", "3 de septiembre de 2025", "3 sept 2025", "3 de septiembre", "septiembre de 2025", "15:01"),
        ("fi", "3.\u00a0syyskuuta 2025", "3.9.2025", "3.\u00a0syyskuuta", "syyskuu 2025", "15.01"),
        ("ru", "3 сентября 2025", "3 сент. 2025", "3 сентября", "сентябрь 2025", "15:01"),
        ("ar", "3 سبتمبر 2025", "3 سبتمبر 2025", "3 سبتمبر", "سبتمبر 2025", "15:01"),
        ("ar-EG", "٣ سبتمبر ٢٠٢٥", "٣ سبتمبر ٢٠٢٥", "٣ سبتمبر", "سبتمبر ٢٠٢٥", "١٥:٠١"),
        ("ja", "2025年9月3日", "2025年9月3日", "9月3日", "2025年9月", "15:01"),
        ("fa", "۳ سپتامبر ۲۰۲۵", "۳ سپتامبر ۲۰۲۵", "۳ سپتامبر", "سپتامبر ۲۰۲۵", "۱۵:۰۱"),
    ],
)
def test_days_are_written_as_papers_write_them(
    tag: str, long: str, short: str, month_day: str, month: str, time: str
) -> None:
    language, day = language_of(tag), "2025-09-03"
    found = (language.long_day(day), language.short_day(day), language.month_day(day))
    assert (*found, language.period_name("2025-09"), language.time("15:01")) == (long, short, month_day, month, time)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "3.\u00a0September 2025, 15:01 MESZ"),
        ("da", "3.\u00a0september 2025, 15.01 CEST"),
        ("en", "3 September 2025, 15:01 CEST"),
    ],
)
def test_a_moment_has_the_zone_as_the_language_calls_it_and_is_not_broken_behind_the_day(tag: str, text: str) -> None:
    assert language_of(tag).when("2025-09-03", "15:01", "CEST") == text
    assert language_of(tag).zone("JST") == "JST"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "12,345,678"),
        ("de", "12.345.678"),
        ("hi", "1,23,45,678"),
        ("ar-EG", "١٢٬٣٤٥٬٦٧٨"),
        ("fr", "12\u202f345\u202f678"),
    ],
)
def test_numbers_have_the_digits_and_groups_of_the_language(tag: str, text: str) -> None:
    assert language_of(tag).number(12_345_678) == text


@pytest.mark.parametrize(
    ("tag", "names", "text"),
    [
        ("en", "", ""),
        ("en", "A", "A"),
        ("en", "AB", "A and B"),
        ("en", "ABC", "A, B and C"),
        ("en-US", "ABC", "A, B, and C"),
        ("de", "ABC", "A, B und C"),
        ("ja", "ABC", "A、B、C"),
        ("es", ("Ana", "Juan"), "Ana y Juan"),
        ("es", ("Ana", "Inés"), "Ana e Inés"),
        ("es", ("Ana", "Hilda"), "Ana e Hilda"),
        ("es", ("Ana", "Hielo"), "Ana y Hielo"),
        ("he", ("דנה", "רון"), "דנה ורון"),
        ("he", ("דנה", "Ron"), "דנה ו-Ron"),
    ],
)
def test_joined_names(tag: str, names: tuple[str, ...], text: str) -> None:
    assert language_of(tag).join(tuple(names)) == text


def test_a_text_takes_its_values() -> None:
    language = language_of("en")
    assert language.say("stories", n=1) == "1 story"
    assert language.say("stories", n=12_345) == "12,345 stories"
    assert language.say("later_in", section="World") == "Later in World"


@pytest.mark.parametrize(
    ("key", "values", "message"),
    [
        ("storys", {}, "did you mean stories?"),
        ("forms", {}, "there is no text 'forms'"),
        ("stories", {}, "needs the number n"),
        ("stories", {"n": "many"}, "needs the number n"),
        ("later_in", {}, "needs a value for section"),
    ],
)
def test_a_text_that_cannot_be_said_is_an_error(key: str, values: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownWord, match=message.replace("?", "[?]")):
        language_of("en").say(key, **values)


def test_the_words_of_a_site_go_before_those_of_its_language() -> None:
    words = (("latest", (("", "Just in"),)), ("stories", (("one", "{n} report"), ("other", "{n} reports"))))
    language = language_of("en", (*words, ("forms", (("long_day", "MMM d, y"),))))
    assert language.say("latest") == "Just in"
    assert language.say("stories", n=2) == "2 reports"
    assert language.say("related") == "Related"
    assert language.long_day("2025-06-03") == "Jun 3, 2025"
    assert language.time("15:01") == "15:01"


def test_a_language_without_a_catalogue_has_its_own_dates_and_english_words() -> None:
    language = language_of("xx")
    assert language.say("latest") == "Latest"
    assert language.long_day("2025-06-03") == "3 June 2025"
    assert language_of("sv").long_day("2025-06-03") == "3 juni 2025"
    assert language_of("sv").say("latest") == "Latest"


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "1987"), ("ja", "1987年"), ("zh", "1987年"), ("ru", "1987"), ("ar", "1987"), ("ar-EG", "١٩٨٧")],
)
def test_a_year_alone(language: str, name: str) -> None:
    assert language_of(language, ()).period_name("1987") == name
    assert language_of(language, ()).short_period_name("1987") == name
