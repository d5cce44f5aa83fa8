"""Which story a notice means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire.kill_match import Candidate, WantedStories, match_notice
from newsgen.wire.kill_notice import KillNotice

MILL = Candidate("a", "GRAIN MILL/", "Harwick Grain closes canal mill: sources", "2012-10-24")
UPDATE = Candidate("b", "GRAIN MILL/", "UPDATE 1-Harwick Grain closes two mills", "2012-10-25", ("Update 1",))
ADVISORY = Candidate("c", "GRAIN MILL/", "ADVISORY-Harwick Grain story withdrawn", "2012-10-25", ("Advisory",))
FERRY = Candidate("d", "BC-LU--Ferry-Sale, 2nd Ld-Writethru", "Lund Ferries sells its oldest boat", "2013-01-31")
AGAIN = Candidate("e", "", "Lund Ferries sells its oldest boat", "2013-10-06")
ALL = (MILL, UPDATE, ADVISORY, FERRY, AGAIN)

BY_SLUG = KillNotice(slugline="GRAIN MILL", date="2012-10-24")
BY_HEADLINE = KillNotice(headline="Harwick Grain closes canal mill: sources", date="2012-10-26")


@pytest.mark.parametrize(
    ("notice", "candidates", "certain", "possible"),
    [
        (BY_SLUG, (MILL, FERRY), "a", ()),
        (BY_SLUG, (MILL, ADVISORY), "a", ()),  # the notice itself is not what it withdraws
        (BY_SLUG, ALL, None, ("a", "b")),  # the nearer day first
        (BY_HEADLINE, ALL, "a", ()),
        (KillNotice(slugline="GRAIN MILL", headline=BY_HEADLINE.headline, date="2012-10-24"), ALL, None, ("a", "b")),
        (KillNotice(slugline="GRAIN MILL", date="2012-10-21"), (MILL,), "a", ()),
        (KillNotice(slugline="GRAIN MILL", date="2012-10-20"), (MILL,), None, ("a",)),
        (KillNotice(slugline="GRAIN MILL"), (MILL,), None, ("a",)),  # a slug is used again and again
        (KillNotice(slugline="Ferry-Sale", date="2013-01-31"), ALL, "d", ()),
        # the same story twice: the one that is meant has the notice's day, and the other one stays
        (KillNotice(headline="Lund Ferries sells its oldest boat", date="October 6"), ALL, "e", ()),
        (KillNotice(headline="Lund Ferries sells its oldest boat"), ALL, None, ("d", "e")),
        (KillNotice(headline="Lund Ferries sells its oldest boat"), (FERRY, MILL), "d", ()),
        (KillNotice(headline="LUND FERRIES SELLS ITS OLDEST BOAT"), (FERRY, MILL), None, ("d",)),
        (KillNotice(headline="Lund Ferries sells its oldest boat", date="Monday"), (FERRY,), None, ("d",)),
        (KillNotice(headline="Update 2-Lund Ferries sells its oldest boat"), (FERRY,), "d", ()),
        (KillNotice(subject="Harwick Grain"), ALL, None, ("a", "b")),
        (KillNotice(subject="Harwick Grain mills", date="2013-10-24"), ALL, None, ()),
        (KillNotice(item="dpa 157"), (Candidate("dpa-157"), MILL), None, ("dpa-157",)),
        (KillNotice(headline="Tarn votes", date="2012-10-24"), ALL, None, ()),
        (KillNotice(), (*ALL, Candidate("f")), None, ()),
        (BY_SLUG, (), None, ()),
        (BY_SLUG, (Candidate("g", "GRAIN MILL", "x", ""),), None, ("g",)),
        (BY_SLUG, (MILL, MILL), "a", ()),
    ],
)
def test_certain_and_possible_matches(
    notice: KillNotice, candidates: tuple[Candidate, ...], certain: str | None, possible: tuple[str, ...]
) -> None:
    assert match_notice(notice, "", "", candidates) == (certain, possible)
    assert match_notice(notice, "", "", reversed(candidates)) == (certain, possible)


def test_where_a_notice_gives_no_date_the_nearest_story_is_the_likeliest() -> None:
    many = [Candidate(f"s{year}", "", f"Harwick Grain mills in {year}", f"{year}-06-03") for year in range(2001, 2020)]
    assert match_notice(KillNotice(subject="Harwick Grain"), "", "2009-06-05", many)[1][:2] == ("s2009", "s2010")


def test_an_editor_is_asked_about_five_at_the_most() -> None:
    many = [Candidate(f"s{day}", "GRAIN MILL", "Mill", f"2012-10-{day}") for day in range(10, 30)]
    assert match_notice(BY_SLUG, "", "", many) == (None, ("s24", "s23", "s25", "s22", "s26"))


def test_a_new_year_lies_between_two_days() -> None:
    story = Candidate("a", "", "Mill burns", "2012-12-31")
    assert match_notice(KillNotice(headline="Mill burns", date="January 2"), "", "", [story]) == ("a", ())
    assert match_notice(KillNotice(headline="Mill burns", date="Feb 29"), "", "", [story]) == (None, ("a",))


def test_a_story_whose_headline_stands_in_the_notice_may_be_meant() -> None:
    """But never for certain; and not where the headline is so short that any text may hold it."""
    stories = [Candidate("a", "", "UPDATE 1-Mill opens to geese only"), Candidate("b", "", "Mill opens")]
    text = "Kill the story slugged MILL, mill opens to GEESE only. The geese were ducks."
    assert match_notice(KillNotice(slugline="MILL"), text, "", stories) == (None, ("a",))
    assert match_notice(KillNotice(slugline="MILL"), "Kill the story on geese.", "", stories) == (None, ())


SOME = st.sampled_from(["", "GRAIN MILL", "Mill burns", "2012-10-24", "October 24", "ADVISORY-Mill", "é/-_", "\ud800"])


@given(SOME, SOME, SOME, st.lists(st.builds(Candidate, SOME, SOME, SOME, SOME), max_size=6))
def test_a_certain_match_leaves_no_other(slug: str, headline: str, date: str, candidates: list[Candidate]) -> None:
    certain, possible = match_notice(KillNotice(slugline=slug, headline=headline, date=date), "", "", candidates)
    assert certain is None or not possible
    assert {*possible, certain} - {None} <= {story.id for story in candidates}


WORDS = st.lists(st.sampled_from("grain mill burns in lund ferry sale opens".split()), max_size=7).map(" ".join)
STORIES = st.builds(Candidate, st.sampled_from(["a", "b 1", "c"]), WORDS, WORDS, st.sampled_from(["", "2012-10-24"]))


@given(WORDS, WORDS, WORDS, WORDS, st.lists(STORIES, max_size=12))
def test_the_index_finds_all_that_a_notice_may_mean(
    slug: str, headline: str, subject: str, text: str, stories: list[Candidate]
) -> None:
    notice = KillNotice(slugline=slug, headline=headline, subject=subject, item="b-1")
    wanted = WantedStories([(KillNotice(headline="Ferry"), "Ferry sails"), (notice, text)])
    near = [story for story in stories if 1 in wanted.meant_by(story)]
    assert match_notice(notice, text, "2012-10-25", near) == match_notice(notice, text, "2012-10-25", stories)


def test_the_index_leaves_out_what_has_nothing_in_common() -> None:
    wanted = WantedStories([(BY_SLUG, "GRAIN MILL, kill it"), (KillNotice(headline="Lund votes"), "Lund votes")])
    assert [wanted.meant_by(story) for story in ALL] == [[0], [0], [0], [], []]
