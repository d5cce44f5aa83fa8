"""Pictures in the text of a story: shown where they stand, and treated as photos in everything else."""

from __future__ import annotations

import re

import pytest

from newsgen.leaks.phrases import phrases_of
from newsgen.model.settings import Settings
from tests.support.sites import PNG, Desk, story

PAGE = "world/2019/05/01/a.html"


def desk_with(body: str, base_url: str = "https://a.example", **more: str) -> Desk:
    data = story("Mill shuts", "2019-05-01", id="a", slug="a", body=body, **more)
    files = {"content/world/a.md": data, "content/world/a field.png": PNG, "content/mill.png": PNG + b"1"}
    return Desk(files, Settings("Archive", base_url))


def body_of(desk: Desk) -> str:
    page = desk.output.read(PAGE).decode()
    match = re.search(r'data-field="body">\n(.*?)\n</div>\n</div>', page, re.S)
    assert match
    return re.sub(r'src="[^"]*/media/[^"]+"', "src", match[1])


IMG = '<img src width="16" height="16" alt="{}"{} loading="lazy">'
OLD = ' title="Old"'


@pytest.mark.parametrize("base_url", ["https://a.example", "https://a.example/archive"])
@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "One.\n\n![A field](a%20field.png)\n\nTwo.",
            f"<p>One.</p>\n<figure>\n{IMG.format('A field', '')}\n</figure>\n<p>Two.</p>",
        ),
        (
            "![A field](<a field.png> 'By Ann <Lee>')",
            f"<figure>\n{IMG.format('A field', '')}\n<figcaption>By Ann &lt;Lee&gt;</figcaption>\n</figure>",
        ),
        ("See ![the mill](/mill.png 'Old') here.", f"<p>See {IMG.format('the mill', OLD)} here.</p>"),
        ("![A][m]\n\n[m]: /mill.png", f"<figure>\n{IMG.format('A', '')}\n</figure>"),
        ("- ![A](/mill.png)", f"<ul>\n<li>{IMG.format('A', '')}</li>\n</ul>"),
    ],
)
def test_a_picture_beside_the_story_is_shown_where_it_stands(base_url: str, body: str, shown: str) -> None:
    desk = desk_with(body, base_url)
    assert [problem.rule for problem in desk.build().problems] == []
    assert body_of(desk).rstrip() == shown
    (address,) = set(re.findall(r'src="([^"]*/media/[^"]+)"', desk.output.read(PAGE).decode()))
    assert desk.output.read(address.removeprefix("/archive").removeprefix("/"))
    assert desk.output.files == desk.clean()


def test_a_picture_has_the_caption_and_credit_that_photos_give_it_and_is_shown_once() -> None:
    mill = "{file: /mill.png, caption: The mill in May. NORTHERN WIRE/Ann Lee, alt: A mill}"
    photos = f"[{mill}, {{file: a field.png, caption: A field}}]"
    desk = desk_with("One.\n\n![](/mill.png)\n\nTwo.", photos=photos)
    desk.build()
    assert IMG.format("A mill", "") in body_of(desk)
    assert "<figcaption>The mill in May. " in body_of(desk)
    page = desk.output.read(PAGE).decode()
    assert page.count("<figure") == 2
    assert page.count("The mill in May.") == 1


@pytest.mark.parametrize(
    ("body", "rule", "severity"),
    [
        ("![A field](lost.png)", "picture-missing", "error"),
        ("![A field](../field.png)", "body-picture", "advice"),
        ("One.\n\n![A field](field)", "body-picture", "advice"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named_and_its_words_are_shown(body: str, rule: str, severity: str) -> None:
    desk = desk_with(body)
    (problem,) = desk.build().problems
    assert (problem.rule, problem.severity, problem.path) == (rule, severity, "content/world/a.md")
    if rule == "body-picture":
        assert problem.line == 9 + body.count("\n")
    assert "<p>A field</p>" in body_of(desk)


def test_pictures_of_other_sites_are_links_and_need_nothing() -> None:
    desk = desk_with("![A field](https://b.example/field.png)")
    assert desk.build().problems == ()
    assert '<a href="https://b.example/field.png" rel="nofollow noopener">A field</a>' in body_of(desk)


def test_the_description_is_text_and_a_feed_has_the_words_of_a_picture() -> None:
    desk = desk_with("![A field](/mill.png)\n\nThe mill shut.")
    desk.build()
    assert 'name="description" content="The mill shut."' in desk.output.read(PAGE).decode()
    assert "&lt;p&gt;A field&lt;/p&gt;" in desk.output.read("feed.xml").decode()


def test_the_pictures_in_the_text_of_a_held_story_are_held() -> None:
    held = story("Mill shuts", id="a", body="![A field](/mill.png)\n", embargo="hold")
    assert phrases_of(held).pictures == ("/mill.png",)
    desk = Desk({"content/world/a.md": held, "content/mill.png": PNG})
    desk.build()
    assert not [path for path in desk.output.files if path.startswith("media/")]
