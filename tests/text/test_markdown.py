"""Bodies into HTML, summaries and word counts; escaped copy."""

from __future__ import annotations

import re
from html import escape as html_escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgen.text import markdown, markdown_it
from newsgen.text.typography import AS_SENT, typography
from tests.support.parsed_html import parsed
from tests.support.pathological import PATHOLOGICAL, SLOW_ONCE
from tests.support.timing import seconds

PRE = '<pre role="group" aria-label="Fixed-width text" tabindex="0">'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.\n\nTwo\nlines.\n", "<p>One.</p>\n<p>Two\nlines.</p>\n"),
        ('AT&T said "no".\n', "<p>AT&amp;T said &quot;no&quot;.</p>\n"),
        ("", ""),
        ("<script>x</script>\n", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"),
        ("*a* **b** `c`\n", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("# A\n## B\n### C\n###### D\n", "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n<h6>D</h6>\n"),
        ("A\n===\n", "<h2>A</h2>\n"),
        (
            "```text\nWHEAT  1.20\n<x>\n```\n",
            f"{PRE}<code>WHEAT  1.20\n&lt;x&gt;\n</code></pre>\n",
        ),
        (
            "    WHEAT  1.20\n",
            f"{PRE}<code>WHEAT  1.20\n</code></pre>\n",
        ),
        ("a  \nb\n", "<p>a<br>\nb</p>\n"),
        ("www.example.org and http://example.org\n", "<p>www.example.org and http://example.org</p>\n"),
        ("{{ 7*7 }} {% x %}\n", "<p>{{ 7*7 }} {% x %}</p>\n"),
    ],
)
def test_blocks_and_inline_marks(body: str, expected: str) -> None:
    assert markdown.to_html(body) == expected


def test_a_table_scrolls_by_itself_and_aligns_by_class() -> None:
    table = markdown.to_html("|a|b|c|\n|-|-:|:-:|\n|1|2|3|\n")
    assert table.startswith('<div class="table" role="group" aria-label="Table" tabindex="0">\n<table>')
    assert table.endswith("</table>\n</div>\n")
    assert '<th class="right">b</th>' in table
    assert '<td class="center">3</td>' in table
    assert "style" not in table


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](https://x.example/)", '<a href="https://x.example/" rel="nofollow noopener">a</a>'),
        ("[a](//x.example/)", '<a href="//x.example/" rel="nofollow noopener">a</a>'),
        ("[a](/world/)", '<a href="/world/">a</a>'),
        ("[a](b/c?d#e)", '<a href="b/c?d#e">a</a>'),
        ("[a](mailto:x@example.org)", '<a href="mailto:x@example.org">a</a>'),
        ('[a](/b "title")', '<a href="/b" title="title">a</a>'),
        (
            "[a](https://x.example 'A \"b\" <c>')",
            '<a href="https://x.example" title="A &quot;b&quot; &lt;c&gt;" rel="nofollow noopener">a</a>',
        ),
        ("[](/world/)", '<a href="/world/">/world/</a>'),
        ("[ ](/world/)", '<a href="/world/"> </a>'),
        ("<https://x.example>", '<a href="https://x.example" rel="nofollow noopener">https://x.example</a>'),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("[a](JaVaScRiPt:x)", "[a](JaVaScRiPt:x)"),
        ("[a](data:text/html,x)", "[a](data:text/html,x)"),
        ("[a](vbscript:x)", "[a](vbscript:x)"),
        ("[a](file:///etc/passwd)", "[a](file:///etc/passwd)"),
        ("<javascript:x>", "&lt;javascript:x&gt;"),
    ],
)
def test_links_that_are_allowed(body: str, expected: str) -> None:
    assert markdown.to_html(body) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![A silo](https://x.example/s.jpg)", '<a href="https://x.example/s.jpg" rel="nofollow noopener">A silo</a>'),
        ("![A silo](silo.jpg)", "A silo"),
        ("![](silo.jpg)", "silo.jpg"),
        ('![A silo](silo.jpg "Ann Lee")', "A silo (Ann Lee)"),
        (
            '![A silo](http://x.example/s.jpg "B")',
            '<a href="http://x.example/s.jpg" title="B" rel="nofollow noopener">A silo</a>',
        ),
        ("![a](data:image/png;base64,xx)", "![a](data:image/png;base64,xx)"),
        ("[![A silo](http://x.example/s.jpg)](/y)", '<a href="/y">A silo</a>'),
        ("![a ![b](/c.png) *d*](/e.png)", "a b d"),
    ],
)
def test_no_image_is_loaded(body: str, expected: str) -> None:
    assert markdown.to_html(body) == f"<p>{expected}</p>\n"


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "> - ", "+ > 1) "])
def test_what_is_nested_too_deeply_is_shown_as_text(opening: str) -> None:
    document = parsed(markdown.to_html(opening * 300 + "end"))
    assert "".join(document.itertext()).strip().endswith("end")
    assert len(list(document.iter("blockquote", "ul", "ol"))) == 20


def test_a_rule_of_many_marks_stays_a_rule() -> None:
    assert markdown.to_html("- " * 40) == "<hr>\n"


@pytest.mark.parametrize("levels", [20, 21, 40, 90])
def test_lists_nested_by_indentation_keep_their_text(levels: int) -> None:
    html = markdown.to_html("".join(f"{'  ' * depth}- level {depth}\n" for depth in range(levels)))
    assert html.count("<li>") == min(levels, 20)
    assert [f"level {depth}" in html for depth in range(levels)] == [True] * levels


# --- nothing written is dropped --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[Q]: Why?\n\n[A]: Because.\n", "<p>[Q]: Why?</p>\n<p>[A]: Because.</p>\n"),
        ("[Q]: Why?\n[A]: Because.\n", "<p>[Q]: Why?\n[A]: Because.</p>\n"),
        ("[1]: Ibid.\n", "<p>[1]: Ibid.</p>\n"),
        ("[1]: /world/ 'See there'\n", "<p>[1]: /world/ 'See there'</p>\n"),
        ("> [Q]: Warum?\n", "<blockquote>\n<p>[Q]: Warum?</p>\n</blockquote>\n"),
        ("[Ответ]: Нет.\n\n[Ответ] был дан.\n", "<p>[Ответ]: Нет.</p>\n<p>[Ответ] был дан.</p>\n"),
        ("[a]: /b\n\nSee [a].\n", '<p>See <a href="/b">a</a>.</p>\n'),
        ("[a]: /b 'c'\n\nSee [it][A].\n", '<p>See <a href="/b" title="c">it</a>.</p>\n'),
        ("[a]: /b\n[a]: /c\n\n[a]\n", '<p><a href="/b">a</a>: /c</p>\n<p><a href="/b">a</a></p>\n'),
        ("[Q]: Why?\n[a]: /b\n\nSee [a].\n", '<p>[Q]: Why?</p>\n<p>See <a href="/b">a</a>.</p>\n'),
    ],
)
def test_a_definition_is_one_only_where_a_link_uses_it(body: str, expected: str) -> None:
    assert markdown.to_html(body) == expected


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("1986. Fire.\n1990. Flood.\n", ['<ol start="1986">', "<li>", '<li value="1990">']),
        ("1. a\n2. b\n3. c\n", ["<ol>", "<li>", "<li>", "<li>"]),
        ("1. a\n1. b\n1. c\n", ["<ol>", "<li>", "<li>", "<li>"]),
        ("3) a\n2) b\n1) c\n", ['<ol start="3">', "<li>", '<li value="2">', '<li value="1">']),
        (
            "1. a\n   - x\n   7. b\n   9. c\n2. d\n",
            ["<ol>", "<li>", "<li>", '<ol start="7">', "<li>", '<li value="9">', "<li>"],
        ),
    ],
)
def test_items_have_the_numbers_that_they_were_written_with(body: str, numbers: list[str]) -> None:
    assert re.findall("<ol[^>]*>|<li[^>]*>", markdown.to_html(body)) == numbers


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Talks\n---\nOne.\n", "<h2>Talks</h2>\n<p>One.</p>\n"),
        ("One.\nTwo.\n---\nThree.\n", "<p>One.\nTwo.</p>\n<hr>\n<p>Three.</p>\n"),
        ("> One.\n> Two.\n> ---\n", "<blockquote>\n<p>One.\nTwo.</p>\n<hr>\n</blockquote>\n"),
        (f"{'word ' * 25}\n---\n", f"<p>{('word ' * 25).strip()}</p>\n<hr>\n"),
        ("One.\nTwo.\n===\n", "<p>One.\nTwo.\n===</p>\n"),
    ],
)
def test_a_paragraph_is_no_heading(body: str, expected: str) -> None:
    assert markdown.to_html(body) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [("|1|2|3|4|", "1 2 3 4"), ("|1|", "1 "), ("1|2|*x*|`a\\|b`", "1 2 x a|b")],
)
def test_a_row_of_a_table_shows_all_its_cells(row: str, expected: str) -> None:
    document = parsed(markdown.to_html(f"|a|b|\n|-|-:|\n{row}\n"))
    assert " ".join("".join(cell.itertext()) for cell in document.iter("td")) == expected


@pytest.mark.parametrize(
    ("fence", "code"),
    [
        ("```text", "x"), ("```c++", "x"), ("~~~ Results of the day", "Results of the day\nx"),
        ("```Totals", "Totals\nx"), ("``` &lt;b&gt;", "&lt;b&gt;\nx"),
    ],
)  # fmt: skip
def test_words_behind_a_fence_are_shown(fence: str, code: str) -> None:
    assert markdown.to_html(f"{fence}\nx\n") == f"{PRE}<code>{code}\n</code></pre>\n"


@pytest.mark.parametrize(
    ("cell", "is_figure"),
    [("1212-1/2", True), ("(3.5)", True), ("+2%", True), ("$4.50", True), ("-", True), ("4 May", False), ("A1", False)],
)
def test_a_column_of_figures_is_set_to_the_right(cell: str, is_figure: bool) -> None:
    html = markdown.to_html(f"| A | B |\n|---|---|\n| x | {cell} |\n| y | 1 |\n| z | |\n")
    assert html.count('<td class="right">') == (3 if is_figure else 0)
    assert "<th>A</th>" in html


def test_a_side_that_the_writer_names_stays() -> None:
    assert 'class="right"' not in markdown.to_html("| A |\n|:-:|\n| 1 |\n")


def test_a_paragraph_too_long_for_copy_is_shown_as_it_is_written() -> None:
    body = "a *b* " * 20_000
    assert markdown.to_html(body) == f"<p>{body.strip()}</p>\n"


def test_blocks_too_many_for_copy_are_shown_as_they_are_written() -> None:
    html = markdown.to_html("- a\n" * 40_500).replace(PRE, "<pre>")
    assert html.count("a") == 40_500
    assert html.count("- a\n") > 100
    html = markdown.to_html("-\n" * 100_500)
    assert html.count("<li>") + html.count("-\n") == 100_500
    assert html.count("-\n") > 100


def test_quotes_too_long_for_copy_are_shown_as_they_are_written() -> None:
    html = markdown.to_html(">" * 20 + "a\n" + "b\n" * 4_000)
    assert html.count("b\n") + html.count("b<") == 4_000
    assert 10 < html.count("<blockquote>") < 20


# --- plain paragraphs, rendered without markdown-it ------------------------------------------------------------------

_MARKS = r"""
Grain AT&T &amp; &lt S&P; "no" 'a 1. 1) 12345678901. - -- = === # + > * ** _x_ *b* **b** __b__ a_b ` `c` [a] [l](/x) ]
(b) \ \* \# \- \= \| \[a\] 1\. 1\) \> \` \& \&lt; &lt; &gt; &quot; &lt;b> &amp;lt; &LT; &copy; <b>
<http://a.example> <!-- | a|b -|- ~~~ ``` : :- ! ![ ![i](/x) $5 é &#65; http://a.example {{x}} 😀 ³ ٣. “q”
«a
"""
_BLANKS = ["\u00a0", "\u2028", "\t", "\x85", "\x1c", "\u3000", "\x00", "  ", "    ", "\\\n", "  \n"]
SPECIAL = st.sampled_from(_MARKS.split() + _BLANKS)
WORDS = st.lists(SPECIAL, max_size=6).map(" ".join)
LINES = st.tuples(
    st.sampled_from(["", "", "", " ", "    ", "\t"]), WORDS, st.sampled_from(["", "", "", " ", "  "])
).map("".join)
BODIES = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n"])).map("".join), max_size=6).map(
    "".join
)


# One or two special words anywhere in lines that are otherwise plain: errors are found in what is nearly plain.
NEARLY_PLAIN = st.builds(
    "".join,
    st.lists(st.sampled_from(["Grain ", "rose", ", ", "\n", "\n\n", "3.5%"]) | SPECIAL, min_size=1, max_size=7).filter(
        lambda parts: len("".join(parts)) < 60
    ),
)


@settings(max_examples=400)
@given(NEARLY_PLAIN | BODIES | st.text(max_size=40))
@example("Plain.\n\nText.\n")
@example("a\n=\n")
@example("1. a\n")
@example("a &amp; b\n")
@example("a\\\nb\n")
@example("a <http://f.example> b\n")
@example("a _b_ c\n")
@example("a *b* c\n")
@example("a [b](/c) d\n")
@example("a `b` c\n")
@example("a|b\n-|-\nc|d\n")
@example("\\# a \\\\&lt;b> \\&lt; &amp;lt; &amp;amp; \\* \n1\\. c\n&lt;d&gt;&quot;\n\\- \\|\n\\---\n")
@example("a\\|b\n\\-|-\nc|d\n")
@example("\\[a\\]: /b\n")
@example("a\\\n\\\n")
@example("a &l\\t; &\\#60; &\\lt; \\&#60;\n")
def test_plain_paragraphs_give_what_markdown_it_gives(body: str) -> None:
    if markdown.plain_text(body) is not None:
        assert markdown.to_html(body) == markdown_it.to_html(body, str, markdown.no_picture, AS_SENT)


@pytest.mark.long
@settings(max_examples=5000)
@given(NEARLY_PLAIN | BODIES | st.text(max_size=40))
def test_many_plain_paragraphs_give_what_markdown_it_gives(body: str) -> None:
    if markdown.plain_text(body) is not None:
        assert markdown.to_html(body) == markdown_it.to_html(body, str, markdown.no_picture, AS_SENT)
        assert markdown.first_paragraph(body).split() == markdown_it.first_paragraph(body).split()


@settings(max_examples=400)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=60).map("A {}z".format))
def test_any_mark_within_a_plain_line_gives_what_markdown_it_gives(body: str) -> None:
    if markdown.plain_text(body) is not None:
        assert markdown.to_html(body) == markdown_it.to_html(body, str, markdown.no_picture, AS_SENT)


@settings(max_examples=200)
@given(NEARLY_PLAIN | BODIES)
@example("\n\nA &lt;B> \\[c\\].\n\nd")
def test_the_first_paragraph_of_plain_paragraphs_is_that_of_markdown_it(body: str) -> None:
    if markdown.plain_text(body) is not None:
        assert markdown.first_paragraph(body).split() == markdown_it.first_paragraph(body).split()


@settings(max_examples=300)
@given(NEARLY_PLAIN | BODIES, st.sampled_from(["en", "en-US", "de", "fr", "he", "ja"]))
@example('Say "a\nb" - \nc.', "de")
@example("The '80s, \\<GRN.O> \"x\" it's", "fr")
@example("\\*\"a\" 'b'\\*", "en")
def test_plain_paragraphs_are_set_as_markdown_it_has_them_set(body: str, language: str) -> None:
    if markdown.plain_text(body) is not None:
        marks = typography(language)
        by_library = markdown_it.to_html(body, str, markdown.no_picture, marks)
        assert markdown.to_html(body, typography=marks) == by_library


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('He *said "no"* - `a "b" -- c\'d`.\n', '<p>He <em>said “no”</em>\xa0– <code>a "b" -- c\'d</code>.</p>\n'),
        ('"*Never*," he [said](/x).\n', '<p>“<em>Never</em>,” he <a href="/x">said</a>.</p>\n'),
        ('"`x`"\n', "<p>“<code>x</code>”</p>\n"),
        ('```text\n"A" -- \'87\n```\n', f'{PRE}<code>"A" -- \'87\n</code></pre>\n'),
        ("    \"A\" 5'10\n", f'{PRE}<code>"A" 5\'10\n</code></pre>\n'),
        ("<http://a.example/b--c'd>\n",
         '<p><a href="http://a.example/b--c\'d" rel="nofollow noopener">http://a.example/b--c\'d</a></p>\n'),
        ("[](/a--b'c)\n", '<p><a href="/a--b\'c">/a--b\'c</a></p>\n'),
        ('- "a"\n- b\'s\n', "<ul>\n<li>“a”</li>\n<li>b’s</li>\n</ul>\n"),
        ("## The '87 crash\n", "<h2>The ’87 crash</h2>\n"),
        ('"One\\\ntwo"\n', "<p>“One<br>\ntwo”</p>\n"),
        ("Topps \\<TOPP.O> rose\n", '<p>Topps <span class="ticker">&lt;TOPP.O&gt;</span> rose</p>\n'),
        ("*Topps* \\<AT&T CO> rose\n",
         '<p><em>Topps</em> <span class="ticker">&lt;AT&amp;T CO&gt;</span> rose</p>\n'),
        ("\\<Grain Co> \\<B\n", "<p>&lt;Grain Co&gt; &lt;B</p>\n"),
    ],
)  # fmt: skip
def test_text_is_set_and_code_and_addresses_are_not(body: str, expected: str) -> None:
    assert markdown.to_html(body, typography=typography("en")).replace("&quot;", '"') == expected


def test_the_cells_of_a_table_are_set() -> None:
    html = markdown.to_html('|"a"|b\'s *c*|\n|-|-|\n|5\'10"|`"`|\n', typography=typography("de"))
    assert re.findall("<t[hd]>(.*)</t[hd]>", html) == ["„a“", "b’s <em>c</em>", "5′10″", "<code>&quot;</code>"]


def test_wire_copy_counts_as_plain_paragraphs() -> None:
    copy = (
        "GENEVA, Feb 26 (Northern Wire) - Grain talks resumed on Thursday, officials of AT&T said.\n\n"
        '"We are ready," said Ruth Adler; prices rose 3.5% to $120.50 (£80).\n\n1987 was worse -- by far.\n\n'
        "Shares of Grain Co &lt;GRN.X> and \\<GRA.X> rose\\*.\n"
    )
    assert markdown.plain_text(copy) is not None


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("\nOne line\nand more.\n\nTwo.\n", "One line and more."),
        ("# Head\n\n*One* [link](/x) `code` &amp; <b>.\n", "One link code & <b>."),
        ("> Quoted.\n\nOwn.\n", "Own."),
        ("- item\n", "item"),
        ("```\nx\n```\n", ""),
        ("", ""),
    ],
)
def test_the_summary_is_the_first_paragraph(body: str, expected: str) -> None:
    assert markdown.summary(body) == expected


def test_a_summary_is_cut_between_words() -> None:
    assert markdown.summary("word " * 100, 22) == "word word word word…"
    assert markdown.summary("x" * 100, 10) == "xxxxxxxxx…"
    assert markdown.summary("one, two, three", 10) == "one, two…"


@given(st.text(max_size=400), st.integers(2, 60))
def test_a_summary_keeps_its_limit(body: str, limit: int) -> None:
    summary = markdown.summary(body, limit)
    assert len(summary) <= limit
    assert "\n" not in summary


@pytest.mark.parametrize(
    ("body", "count"), [("", 0), ("One two.\n\nThree\n", 3), ("## A head\n\n- one\n- two\n", 4), ("| a | b |\n", 2)]
)
def test_a_count_of_words(body: str, count: int) -> None:
    assert markdown.count_words(body) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [("", 0), ("港が開く。\n\n船は3隻。\n", 8), ("ท่าเรือ", 5), ("[港](https://a.example/b) https://a.example/c", 1)],
)
def test_a_count_of_letters(body: str, count: int) -> None:
    assert markdown.count_letters(body) == count


@settings(max_examples=300)
@given(WORDS | BODIES | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
@example("1. a\n2. b")
@example("a\n---")
@example("a|b\n:-|-:")
@example("# x #")
@example("![a](b) &copy; <http://x.example> *a* _b_ `c` \\")
def test_escaped_text_means_itself(text: str) -> None:
    text = text.replace("\x00", "")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    shown = "\n".join(line for line in lines if line)
    html = markdown.to_html(markdown.escape(text))
    if not shown:
        assert html == ""
        return
    assert html == f"<p>{html_escape(shown, quote=False).replace(chr(34), '&quot;')}</p>\n"


def test_escaping_leaves_ordinary_copy_alone() -> None:
    copy = 'AT&T said 3.5% of $120 (£80) - "no" - was #1; see http://a.example/b?c=d&e=f!'
    assert markdown.escape(copy) == copy


# --- inputs that make parsers slow ------------------------------------------------------------------------------------


def assert_near_linear(name: str, size: int) -> None:
    """No letter of a long body takes over 1.5 times what one of a short one takes (quadratic: over four times).

    A busy machine only adds: one try of three is enough.
    """
    short, long = PATHOLOGICAL[name](size), PATHOLOGICAL[name](4 * size)
    bar = 1.5 * len(long) / len(short)
    tries = [(seconds(short), seconds(long))]
    while tries[-1][1] >= max(bar * tries[-1][0], 0.02) and len(tries) < 3:
        tries.append((seconds(short), seconds(long)))
    assert tries[-1][1] < max(bar * tries[-1][0], 0.02), (bar, tries)


@pytest.mark.parametrize("name", SLOW_ONCE)
def test_a_body_four_times_as_long_takes_no_longer_for_its_size(name: str) -> None:
    assert_near_linear(name, 400)


@pytest.mark.long
@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_large_hostile_bodies_take_no_longer_for_their_size(name: str) -> None:
    assert_near_linear(name, 5000)
