"""Which files are read again."""

from __future__ import annotations

from tests.support.sites import story, world


def test_a_touched_file_is_read_and_nothing_more() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.site.write("content/world/a.md", desk.site.files["content/world/a.md"])
    assert not desk.build().rendered
    assert desk.output.writes == []
