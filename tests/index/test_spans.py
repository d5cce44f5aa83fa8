"""Where periods lie among the keys of a list, and how a day of stories without hours splits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsgen.index.shelves import LIMIT
from newsgen.index.spans import parts, smaller, span

IDS = st.lists(st.text(st.sampled_from("01ab/é\U0001f4f0~"), min_size=1, max_size=4), unique=True, max_size=400)


def keys_of(ids: list[str], hour: str = "--", day: str = "1920-05-01") -> list[str]:
    return sorted(f"{day}T{hour}|000000000007|{story_id}" for story_id in ids)


def ids_in(keys: list[str], period: str) -> list[str]:
    start, end = span(keys, period)
    return [key[27:] for key in keys[start:end]]


def test_a_day_splits_into_what_has_no_hour_and_hours() -> None:
    keys = keys_of(["b", "a"]) + keys_of(["c"], "00") + keys_of(["d", "e"], "15") + keys_of(["f"], "15", "1920-05-02")
    assert smaller(keys, "1920-05-01") == [("1920-05-01T--", 2), ("1920-05-01T00", 1), ("1920-05-01T15", 2)]
    assert ids_in(keys, "1920-05-01T--") == ["a", "b"]
    assert ids_in(keys, "1920-05-01T--b") == ["b"]
    assert ids_in(keys, "1920-05-03T--b") == []
    assert smaller(keys, "1920-05-01T15") == []
    assert list(parts(keys, "1920-05-01T--", LIMIT)) == []


def test_many_stories_split_by_what_their_ids_do_not_share() -> None:
    keys = keys_of([f"desk/s{number:03}" for number in range(101)] + ["desk/s"])
    assert smaller(keys, "1920-05-01T--") == [("1920-05-01T--desk/s0", 100), ("1920-05-01T--desk/s1", 1)]


@given(IDS, IDS)
def test_every_story_stands_on_one_page_of_at_most_a_hundred(ids: list[str], others: list[str]) -> None:
    keys = keys_of(others, day="1920-04-30") + keys_of(ids) + keys_of(others, "00")
    whole = "1920-05-01T--"
    pages = [whole, *parts(keys, whole, LIMIT)]
    assert len(set(pages)) == len(pages)
    shown: list[str] = []
    for page in pages:
        its = ids_in(keys, page)
        below = [story_id for part, _count in smaller(keys, page) for story_id in ids_in(keys, part)]
        if len(its) <= LIMIT:
            shown += its
        else:
            assert all(count == len(ids_in(keys, part)) < len(its) for part, count in smaller(keys, page))
            shown += set(its) - set(below)
            assert set(its) - set(below) <= {its[0]}
    assert sorted(shown) == sorted(ids)
