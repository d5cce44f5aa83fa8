"""Hostile bodies: nothing in them acts, and none takes long."""

from __future__ import annotations

import pytest

from newsgen import storyfile
from newsgen.text import markdown
from tests.support.hostile import from_recipe, rows
from tests.support.parsed_html import live_constructs
from tests.support.timing import seconds


def wrapped(payload: str) -> list[str]:
    """The ways a payload gets into a body: alone, in a line, in a link, as code, in a table, in a heading."""
    flat = " ".join(payload.split())
    return [
        payload,
        f"Before {flat} after.\n\n> {flat}\n\n- {flat}\n",
        f"[text]({flat}) [text](<{flat}>) ![text]({flat}) <{flat}>\n\n[a]: {flat}\n\n[a] [b][a]\n",
        f"```{flat}\n{flat}\n```\n\n    {flat}\n\n`{flat}`\n",
        f"# {flat}\n\n| {flat} | b |\n|---|--:|\n| {flat} | {flat} |\n",
    ]


def as_body(body: str) -> str:
    """A body as it comes out of a file."""
    return storyfile.read_body(b"---\n---\n" + body.replace("\x00", "").replace("\r", "\n").encode("utf-8", "replace"))


@pytest.mark.parametrize("name", ["html/payloads.jsonl", "html/cases.jsonl"])
def test_nothing_in_a_body_acts(name: str) -> None:
    count = 0
    for row in rows(name):
        for body in wrapped(row["payload"]):
            html = markdown.to_html(as_body(body))
            if html.strip():
                assert live_constructs(html) == [], (row["id"], body)
            count += 1
    assert count > 500


def test_template_syntax_is_printed_as_written() -> None:
    for row in rows("html/templates.jsonl"):
        html = markdown.to_html(row["payload"])
        assert "49" not in html or "49" in row["payload"], row["id"]
        assert live_constructs(html) == []


def test_markdown_its_own_hostile_cases() -> None:
    for row in rows("markdown/cases.jsonl"):
        html = markdown.to_html(row["markdown"])
        assert not html.strip() or live_constructs(html) == [], row["id"]


def assert_near_linear(sizes: tuple[int, int], floor: float) -> None:
    slow = {}
    for row in rows("markdown/recipes.jsonl"):
        for _ in range(3):  # a busy machine only adds
            small, large = (seconds(from_recipe(row["parts"], size)) for size in sizes)
            if large < max(6 * small, floor):
                break
        else:
            slow[row["id"]] = (row["name"], small, large)
    assert slow == {}


def test_slow_markdown_in_small() -> None:
    assert_near_linear((100, 400), 0.1)  # a guard against the exponential; ratios are for the long run


@pytest.mark.long
@pytest.mark.parametrize(("sizes", "floor"), [((500, 2000), 0.5), ((5000, 20_000), 0.05)])
def test_slow_markdown_as_the_recipes_ask(sizes: tuple[int, int], floor: float) -> None:
    assert_near_linear(sizes, floor)
