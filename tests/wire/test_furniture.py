"""Lines of web pages that are no copy."""

from __future__ import annotations

import pytest

from newsgen.wire import furniture


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("  • World", "breadcrumb"),
        ("Follow us on our official channel for breaking news!", "line"),
        ("Others Also Read", "line"),
        ("Next In World", "next"),
        ("Advertisement · Scroll to continue", "line"),
        ("Report this ad", "line"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "line"),
        ("Sign up here.", "line"),
        ("Share Tweet Email", "share"),
        ("opens new tab", "line"),
        ("3 min read", "line"),
        ("Read the full article here", "line"),
        ("READ | Ferry sails", "line"),
        ("Log in to comment", "line"),
        ("Got a news tip?", "line"),
        ("Last updated 3 hours ago", "line"),
        ("[1/3]", "line"),
        ("(The picture may have been reworked; the rest comes from a syndicated feed.)", "line"),
        ("Riproduzione riservata", "line"),
        ("UP NEXT", ""),
        ("Contact", ""),
        ("The miller reads the news", ""),
        ("What the mill might be", ""),
        ("Farmers met to share a tractor.", ""),
        ("Next in line is the miller, farmers said.", ""),
        ("", ""),
    ],
)
def test_furniture(line: str, kind: str) -> None:
    assert furniture.kind(line) == kind


def test_the_section_of_a_list() -> None:
    assert furniture.next_in("Next In World") == "World"
    assert furniture.bullet("  • World") == "World"
