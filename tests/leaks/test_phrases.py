"""The phrases that give a story away: which words of its file they are, and which words are no secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.leaks.phrases import phrases_of
from newsgen.text import markdown
from newsgen.text.opening import opening
from newsgen.text.typography import typography
from tests.support.sites import Desk, assert_same, story

TEXT = "The harbour board has decided to sell the old pilot house on the north quay."


def test_every_phrase_of_a_live_story_is_in_the_site(sample_site: Path) -> None:
    """Otherwise a phrase would not be found where it leaks. What is held has phrases too, and none of them is there."""
    pages = b"\n".join(path.read_bytes() for path in sample_site.rglob("*.html"))
    content = Path(__file__).parents[2] / "content"
    held = live = 0
    for path in content.rglob("*.md"):
        data = path.read_bytes()
        phrases = phrases_of(data)
        in_pages = [phrase.encode() in pages for phrase in (*phrases.headline, *phrases.text)]
        head = data.partition(b"\n---")[0]
        if any(mark in head for mark in (b"\nstatus: ", b"\nembargo: ", b"\nexpires: ")):
            held += not any(in_pages)
        else:
            live += all(in_pages)
            assert sum(in_pages) >= len(in_pages) - 2, path  # the alt of a photo whose right has expired
            assert in_pages, path
    assert held >= 5
    assert live >= 60


COPY = st.lists(
    st.sampled_from(
        "harbour board decided won't O'Brien's \"quayside\" 'pilot house' -- - '87 well-known 5'10\" said.\" <GRN.O> "
        "(sold) elections, accounts; Estmere".split(" ")
    ),
    min_size=3,
    max_size=14,
).map(" ".join)  # fmt: skip


@settings(max_examples=200)
@given(COPY, st.sampled_from(["en", "en-US", "de", "fr", "ru", "ja"]))
def test_the_phrases_of_a_text_are_the_same_as_sent_and_as_printed(copy: str, language: str) -> None:
    """A template of the site may have a held headline as its file has it, a page of newsgen's as it prints it."""
    marks = typography(language)
    quoted = "'" + copy.replace("'", "''") + "'"
    phrases = phrases_of(story(quoted, body=markdown.escape(copy)))
    assert all(phrase in marks.set(copy) and phrase in copy for phrase in phrases.headline)
    printed = markdown.to_html(markdown.escape(copy), typography=marks)
    assert all(phrase in printed for phrase in phrases.text)


def test_a_held_headline_is_found_as_sent_and_as_printed() -> None:
    held = story("\"Harbour board's vote was 'a mistake' - says the mayor of Kestrel Bay\"", id="held", embargo="hold")
    for text in ("Harbour board's vote was 'a mistake' - says the mayor of Kestrel Bay",
                 "Harbour board’s vote was ‘a mistake’\u00a0– says the mayor of Kestrel Bay",
                 "HARBOUR: „a mistake“ — says the mayor of Kestrel Bay"):  # fmt: skip
        desk = Desk({"content/world/a.md": story("Other", id="a"), "content/world/held.md": held})
        desk.set_template("home.html.j2", text)
        problems = desk.build().problems
        assert ("held-shown", ("content/world/held.md",)) in [(problem.rule, problem.values) for problem in problems]


def test_phrases_are_broken_where_a_page_may_print_something_else() -> None:
    phrases = phrases_of(
        story(
            '"UPDATE 2-Grain talks at the mill resume"',
            body="""Short.

Millers & bakers met "for the first time in years", said *two* of
the seven people who were there.""",
        )
    )
    assert phrases.headline == ("Grain talks at the mill resume",)
    assert phrases.text == ("for the first time in years", "the seven people who were there")


def test_what_lists_show_of_a_long_paragraph_gives_it_away() -> None:
    """Its longest run may lie behind that."""
    start = "The pilot house was sold for one crown, said the board, and then, in June, twice, again, on Friday, not"
    body = f"{start}, to anybody whom the harbour board knew {'or had ever known ' * 9}before then."
    phrases = phrases_of(story("Sale", body=body))
    assert any(phrase in opening(body) for phrase in phrases.text)


def test_phrases_of_a_script_without_blanks() -> None:
    phrases = phrases_of(
        story("漁港に新しい灯台が完成、来月公開", body="港の新しい灯台が完成し、来月から一般に公開される。")
    )
    assert phrases.headline
    assert phrases.text


@pytest.mark.parametrize(
    "live",
    [
        TEXT.replace("decided to", "decided\nto"), TEXT.replace("decided to", "decided  to"),
        TEXT.replace("decided to", "decided\u00a0to"), TEXT.replace("harbour", "&#104;arbour"),
        "> " + TEXT.replace("decided to", "decided\n> to"), TEXT.replace("decided to", "decided \n  to"),
    ],
)  # fmt: skip
def test_the_next_version_of_a_live_story_may_be_wrapped_otherwise(live: str) -> None:
    desk = Desk(
        {
            "content/world/a.md": story("Ferry sails on time", id="a", body=live),
            "content/world/w.md": story("UPDATE 1-Ferry sails on time", id="w", status="draft", body=TEXT),
        }
    )
    assert desk.build().problems == ()


@pytest.mark.parametrize(
    "headline", ["Weather: 26 February 1987", "World, May 2019", "All stories of 26 February", "26 February 1987"]
)
def test_dates_and_titles_that_newsgen_prints_are_no_secret(headline: str) -> None:
    desk = Desk({"content/world/a.md": story("Ferry sails on time", date="1987-02-26T10:00", id="a")})
    desk.build()
    desk.site.write("content/world/w.md", story(f'"{headline}"', id="w", status="draft"))
    assert desk.build().problems == ()
    assert_same(desk.output.files, desk.clean())
    assert Desk(dict(desk.site.files)).build().problems == ()
