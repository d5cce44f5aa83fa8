"""Bodies that make parsers of Markdown slow, by kind: cmark's pathological tests, rebuilt, and others."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["PATHOLOGICAL", "SLOW_ONCE", "body_of"]

# Each makes a text whose length is in proportion to a number.
PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis closers": lambda n: "a_ " * n,
    "emphasis openers": lambda n: "_a " * n,
    "link closers": lambda n: "a]" * n,
    "link openers": lambda n: "[a" * n,
    "mismatched openers and closers": lambda n: "*a_ " * n,
    "openers and closers multiple of 3": lambda n: "a**b" + "c* " * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "nested quotes": lambda n: "> " * n + "a",
    "nested lists": lambda n: "".join(f"{'  ' * (depth % 60)}* a\n" for depth in range(n // 4)),
    "backticks": lambda n: "".join("e" + "`" * size for size in range(int((2 * n) ** 0.5))),
    "unclosed links": lambda n: "[a](<b" * n,
    "unclosed comments": lambda n: "</" + "<!--" * n,
    "hard link openers": lambda n: "**x [a*b**c*](d)" * n,
    "entities": lambda n: "&#" * n,
    "tables": lambda n: "|" * n + "\n|" + "-|" * n,
    "references": lambda n: "".join(f"[a{i}]: /u\n" for i in range(n // 4)) + "[a1] " * n,
    "image openers": lambda n: "![" * n,
    "brackets of links": lambda n: "](" * n,
    "lists of boxes": lambda n: "- [ ] a\n" * (n // 4),
    "quotes that go on": lambda n: ">" * 25 + "a\n" + "b\n" * n,
    "empty entries": lambda n: "-\n" * n,
    "quotes of all depths": lambda n: "".join(">" * (line % 100) + " a\n" for line in range(n // 10)),
    "definitions and links": lambda n: "".join(f"[a{i}]: /u\n\n[a{i}]\n\n" for i in range(n // 8)),
    "definitions of one label": lambda n: "[a]: /b\n\n" * (n // 4),
    "tables of short rows": lambda n: "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + "|\n" * n,
    "deep markers and marks": lambda n: "- " * 30 + "[" * n,
    "almost plain": lambda n: "Plain words, as copy has them " * n + "*",
    "ticks and words": lambda n: ("Plain line\n" * n) + "\t",
    "images": lambda n: "![a](b) " * n,
    "titles that do not end": lambda n: '[a](/b "' * n,
    "emphasis": lambda n: "*a* " * n,
    "marks alone": lambda n: "*_" * n,
    "cells": lambda n: "|a" * n,
    "a wide table": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n",
    "a long table": lambda n: "|a|b|\n|-|-|\n" + "|*a*|b|\n" * n,
    "heads of tables": lambda n: "|a|b|\n" * n,
    "entries": lambda n: "- a\n" * n,
    "numbered entries": lambda n: "".join(f"{number}. a\n" for number in range(n)),
    "quotes": lambda n: "> a\n" * n,
    "fences": lambda n: "> ```\n\n" * n,
    "escapes": lambda n: "\\*" * n,
    "backslashes at the ends of lines": lambda n: "\\\n" * n,
    "named entities": lambda n: "&copy;" * n,
    "C1 references": lambda n: "&#146;" * n,
    "autolinks": lambda n: "<http://a.example> " * n,
    "autolinks that do not end": lambda n: "<http://a" * n,
    "tags": lambda n: "<b " * n,
    "comments": lambda n: "a <!--\n\n--> " * n,
    "headings": lambda n: "# a\n" * n,
    "underlines": lambda n: "a\n-\n" * n,
    "rules": lambda n: "***\n" * n,
    "marked paragraphs": lambda n: "*a*\n\n" * n,
    "hard breaks": lambda n: "a  \n" * n,
    "blank lines": lambda n: "\n" * n + "*a*",
    "code by indentation": lambda n: "    a\n\n" * n,
    "definitions that do not end": lambda n: '[a]: /b "\n' * n,
    "one long word": lambda n: "a" * n + "*",
    "combining marks": lambda n: "a" + "\u0301" * n + "*",
    "marks of direction": lambda n: "\u202ea\u202c " * n + "*",
    "letters without blanks": lambda n: "東京" * n + "*",
    "C1 characters": lambda n: "it\u0092s " * n,
}
SLOW_ONCE = tuple(PATHOLOGICAL)[:29]  # in markdown-it, in other parsers, or in newsgen


def body_of(name: str, characters: int) -> str:
    """A body of some kind, of about so many characters."""
    make = PATHOLOGICAL[name]
    return make(characters * 1000 // len(make(1000)))
