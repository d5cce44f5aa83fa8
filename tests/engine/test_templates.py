"""Templates with mistakes."""

from __future__ import annotations

import pytest

from newsgen.model.errors import ContentError
from tests.support.sites import story, world


def test_a_template_with_a_mistake_stops_before_anything_is_written() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    before = dict(desk.output.files)
    desk.set_template("home.html.j2", "{% endif %}")
    with pytest.raises(ContentError) as caught:
        desk.build()
    assert [(p.rule, p.path, p.line) for p in caught.value.problems] == [
        ("template-syntax", "templates/home.html.j2", 1)
    ]
    assert desk.output.files == before


def test_a_template_that_fails_names_its_line_and_the_story() -> None:
    desk = world(a=story("Barley up", id="a"))
    theme = desk.theme
    desk.set_template("article.html.j2", "<h1>\n{{ page.item.headlin }}</h1>")
    (message,) = desk.build_messages()
    assert message.startswith("templates/article.html.j2:2")
    assert "content/world/a.md" in message
    assert desk.build_messages() == [message]
    desk.theme = theme
    assert desk.build_messages() == []
    assert desk.output.files == desk.clean()
