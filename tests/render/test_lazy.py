"""Attributes that are worked out when they are first read."""

from __future__ import annotations

from newsgen.render.lazy import Lazy


def test_a_method_runs_once_for_each_instance() -> None:
    calls = []

    class Page:
        @Lazy
        def part(self) -> int:
            calls.append(self)
            return 5

    page, other = Page(), Page()
    assert calls == []
    assert (page.part, page.part) == (5, 5)
    assert calls == [page]
    assert other.part == 5
    assert calls == [page, other]
