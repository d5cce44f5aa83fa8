"""Story files that any reader of YAML and of Markdown takes as they were meant."""

from __future__ import annotations

import html
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats import compose, to_storyfile
from newsgen.formats.item import Fields, Item
from newsgen.storyfile.quote import scalar
from newsgen.text import markdown

ODD = [
    "NO", "null", "~", "0123", "12:30:45", "1e5", "yes", "- a", "a: b", "a #b", "@a", "'", '"', "\\", "a\nb", "é", "",
    " a", "a ", "<<", "=", "2019-06-05", "0x1F", ".inf", "[a]", "{a}", "*a", "&a", "!a", "%a", "|", ">", "?", "…",
    "\u2028", "\x85", "\ufeff", "😀", "Y", "on", "True", "a, b", "it's", "O'", "A - B", "nan",
]  # fmt: skip


@given(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]))))
def test_strings_are_read_back_as_themselves(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}\n") == {"a": text}
    assert yaml.load(f"- {scalar(text)}\n", yaml.BaseLoader) == [text]


@given(st.lists(st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]))), min_size=1))
def test_whole_files(texts: list[str]) -> None:
    inner = Fields((("caption", texts[0] or "x"), ("credit", "A")))
    front = (
        ("tags", tuple(texts)),
        ("photos", (inner,)),
        ("date", "2019-06-05"),
        ("extra", Fields((("a", tuple(texts)),))),
    )
    title = texts[0] or "x"
    item = Item("plain", "x", "id", "World", title, "slug", "2019-06-05", front, "Body.", "0" * 64)
    start, head, body = to_storyfile.render(item).decode().split("---\n", 2)
    found = yaml.safe_load(head)
    assert (start, body) == ("", "\nBody.\n")
    assert (found["tags"], found["extra"]["a"]) == (texts, texts)
    assert found["photos"] == [{"caption": texts[0] or "x", "credit": "A"}]
    assert head.startswith("id: id\nheadline: ")


COPY = [
    "*a* _b_ `c` ~~d~~", "# a", "1. a", "12) a", "- a", "+ a", "> a", "---", "===", "- - -", "<HWK.O> rose", "<b>",
    "&lt;", "&#35;", "[a](b)", "![a](b)", "[a]: b", "a\\b", "\\", "a | b", "    a", "```", "~~~", "a_b_c", "__a__",
    "https://a.example/_b_", "<https://a.example>", "a*b*c", "***", "AT&T", "#", "1.", "_", "* * *", "a  b",
    "<!-- a -->", "<?a?>",
]  # fmt: skip


@pytest.mark.parametrize("copy", COPY)
def test_copy_reads_as_it_was_sent(copy: str) -> None:
    shown = markdown.to_html(markdown.escape(copy))
    assert re.fullmatch(r"<p>.*</p>\n", shown, re.S), shown
    assert html.unescape(shown[3:-5]) == " ".join(copy.split())


@given(st.text(alphabet="*_`~#<>&;[]()!|\\ 1.-+=:a\n\t\"'", min_size=1).filter(str.strip))
def test_any_copy_reads_as_it_was_sent(copy: str) -> None:
    shown = markdown.to_html(markdown.escape(copy))
    assert html.unescape(re.sub(r"</?p>", "", shown)).split() == copy.split()


def test_agate_with_ticks_stays_in_its_fence() -> None:
    shown = markdown.to_html(compose.fence(("a   1", "```", "  b 2")))
    assert shown == '<pre tabindex="0"><code>a   1\n```\n  b 2\n</code></pre>\n'
