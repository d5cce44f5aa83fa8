"""Copy as a printer sets it: quotation marks, apostrophes, dashes; and what must stay as it was sent."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsgen.text.quotation import marks_of
from newsgen.text.typography import AS_SENT, straight, typography


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        ('"We will," she said. "It\'s over."', "“We will,” she said. “It’s over.”"),
        ("the 'Harbour Four' met", "the ‘Harbour Four’ met"),
        ("He said \"'Never' is what she told me.\"", "He said “‘Never’ is what she told me.”"),
        ("workers' union", "workers’ union"),
        ("'It's their union,' he said", "‘It’s their union,’ he said"),
        ('"One paragraph goes on', "“One paragraph goes on"),
        ('said,"We go"', "said,“We go”"),
        ('("so")', "(“so”)"),
        ('a "so-called"-plan', "a “so-called”-plan"),
        ('"...former mayor" of', "“...former mayor” of"),
        ("``Text'' he said", "“Text” he said"),
        ("`one' and 'two'", "‘one’ and ‘two’"),
        # years and elisions
        ("the class of '87", "the class of ’87"),
        ("'87 was 'fine'", "’87 was ‘fine’"),
        ("the '60s and the 1980's", "the ’60s and the 1980’s"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("'Tis done", "’Tis done"),
        ("O'Brien's l'Orient", "O’Brien’s l’Orient"),
        # figures
        ("a 5'10\" man", "a 5′10″ man"),
        ("26°46'12\" N", "26°46′12″ N"),
        ('a 12" gun', 'a 12" gun'),
        ('"a 12" pipe," he said', '“a 12" pipe,” he said'),
        ('"It was in 1987," he said', "“It was in 1987,” he said"),
        ('"It was in 1987" he said. "More', "“It was in 1987” he said. “More"),
        ("6' tall", "6' tall"),
        ("45' and 52'", "45' and 52'"),
        # dashes
        ("oil climbs -- traders - sources", "oil climbs\u00a0– traders\u00a0– sources"),
        ("word--word", "word\u00a0– word"),
        ("12 - 15 pct", "12\u00a0– 15 pct"),
        ("well-known, 1986-87, -5", "well-known, 1986-87, -5"),
        ("--flag and - at a start", "--flag and\u00a0– at a start"),
        ("-- -", "-- -"),
        # what is not certain
        ('a " b', 'a " b'),
        ("a ' b", "a ' b"),
        ('that"s the lesson', 'that"s the lesson'),
        ("``", "``"),
        ("", ""),
        # addresses
        ("see http://a.example/b'c--d.", "see http://a.example/b'c--d."),
        ("\"http://a.example/it's\" 'www.b.example'", "“http://a.example/it's” ‘www.b.example’"),
        ("no \2 http://a.example 'x'", "no \2 http://a.example 'x'"),
        # already printed
        ("“Done”\u00a0– ‘so’", "“Done”\u00a0– ‘so’"),
    ],
)
def test_english_copy_is_set(sent: str, printed: str) -> None:
    assert typography("en").set(sent) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "“A ‘b’ c’s”\u00a0– d"),
        ("en-US", "“A ‘b’ c’s”\u00a0— d"),
        ("en-GB", "“A ‘b’ c’s”\u00a0– d"),
        ("de", "„A ‚b‘ c’s“\u00a0– d"),
        ("de-AT", "„A ‚b‘ c’s“\u00a0– d"),
        ("de-CH", "«A ‹b› c’s»\u00a0– d"),
        ("fr", "«\u00a0A “b” c’s\u00a0»\u00a0– d"),
        ("ru", "«A „b“ c’s»\u00a0— d"),
        ("sv", "”A ’b’ c’s”\u00a0– d"),
        ("ja", "「A 『b』 c’s」\u00a0— d"),
        ("zh-Hant-TW", "「A 『b』 c’s」\u00a0— d"),
        ("ar", "«A ‹b› c’s»\u00a0– d"),
        ("xx", "“A ‘b’ c’s”\u00a0– d"),
    ],
)
def test_each_language_has_its_marks(language: str, printed: str) -> None:
    assert typography(language).set("\"A 'b' c's\" - d") == printed


def test_quotations_of_scripts_without_blanks() -> None:
    assert typography("ja").set('彼は"終わった"と言った') == "彼は「終わった」と言った"
    assert typography("zh").set('他说"好"。') == "他说“好”。"


def test_hebrew_keeps_the_marks_within_words() -> None:
    assert typography("he").set('צה"ל אמר "שלום" צ\'כיה') == "צה\"ל אמר ”שלום” צ'כיה"


def test_pieces_are_set_as_one_text() -> None:
    pieces = ['"', "", "Foo", "", '" it', "", "'s"]
    assert typography("en").set_pieces(pieces) == ["“", "", "Foo", "", "” it", "", "’s"]
    assert typography("en").set_pieces(["a\1'b'", ""]) == ["a\1'b'", ""]


WORDS = st.sampled_from(
    'Harbour "Harbour harbour" \'tis it\'s \'87 1987 5\'10" 12" ("so") end." said," -- - a--b " \' ` `` \'\' O\'Brien '
    'http://a.example/it\'s--so www.b.example/\'x "\'Both both\'" – “x” élan "été" 港"湾" ( ) [ ] \n\n'.split(" ")
)
COPY = st.lists(WORDS, max_size=12).map(" ".join) | st.text(st.sampled_from("a1 é港\"'`-.,()\n\1"), max_size=25)
LANGUAGES = st.sampled_from(["en", "en-US", "de", "fr", "he", "ja", "ru"])
_LETTERS = re.compile(r"[^\w.,()\[\]:/]+")


@settings(max_examples=400)
@given(COPY, LANGUAGES)
@example("\"'\"'\"'", "fr")
def test_no_letter_figure_or_stop_changes(sent: str, language: str) -> None:
    printed = typography(language).set(sent)
    assert _LETTERS.sub("", printed) == _LETTERS.sub("", sent)
    assert printed.count("\n") == sent.count("\n")
    assert printed.count("\1") == sent.count("\1")


@settings(max_examples=400)
@given(COPY.filter(lambda sent: "--" not in sent and "`" not in sent and "''" not in sent), LANGUAGES)
def test_what_was_sent_is_read_out_of_what_is_printed(sent: str, language: str) -> None:
    assert straight(typography(language).set(sent)) == straight(sent)


@settings(max_examples=300)
@given(COPY, LANGUAGES)
def test_what_is_printed_is_set_already(sent: str, language: str) -> None:
    marks = typography(language)
    once = marks.set(sent)
    if not set(once) & set("\"'`-"):
        assert marks.set(once) == once


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from("http://a.example/it's--so'x https://b.example/\u00e9'--- www.c.example/'87".split()),
        min_size=1,
    ),
    COPY,
)
def test_addresses_stay_as_they_were_sent(addresses: list[str], copy: str) -> None:
    printed = typography("en").set(" ".join([*addresses, copy.replace("\2", ""), *addresses]))
    assert all(printed.count(address) >= 2 for address in addresses)


PROSE = st.lists(
    st.sampled_from(
        ["He said", '"we go,"', '"No."', "it's", "the 'old town'", "Ann's", '("so")', '"It is \'late\' now,"', "and"]
    ),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip


@settings(max_examples=200)
@given(PROSE, st.sampled_from(["en", "de", "ru"]))
def test_ordinary_prose_is_set_as_by_markdown_it(sent: str, language: str) -> None:
    """Its `smartquotes`, with the marks of the language, where that is right."""
    marks = marks_of(language)
    quotes = marks.opening + marks.closing + marks.inner_opening + marks.inner_closing
    parser = MarkdownIt("commonmark", {"typographer": True, "quotes": quotes}).enable("smartquotes")
    assert f"<p>{typography(language).set(sent)}</p>\n" == parser.render(sent)


@settings(max_examples=100)
@given(COPY)
def test_copy_as_sent_is_left_alone(sent: str) -> None:
    assert AS_SENT.set(sent) == sent
    assert '"' not in straight(sent)
