"""Templates with mistakes: pages that stand stay, unless they show what may not be shown any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgen.model.errors import Problem
from newsgen.model.settings import RelatedSettings
from newsgen.source.theme import ThemeFiles
from tests.support.sites import PNG, THEME, Desk, assert_same, story, world

ARTICLE = "world/2019/05/01/barley-up.html"
UNREADABLE = Problem("unreadable", "templates/assets/site.css", values=("Permission denied",))
MISTAKES = {
    "a name": "{{ page.item.headlin }}",
    "syntax": "{% endif %}",
    "a loop": '{% include "article.html.j2" %}',
    "a missing file": '{% include "nothing.html.j2" %}',
    "a filter": "{{ page.item.headline|shout }}",
    "division": "{{ 1 // 0 }}",
    "a file that is not named in quotes": "{% include page.item.headline %}",
}


def with_article(text: str) -> ThemeFiles:
    templates = dict(THEME.templates) | {"article.html.j2": text}
    return replace(THEME, templates=tuple(sorted(templates.items())))


def broken_theme(mistake: str) -> ThemeFiles:
    if mistake == "no style sheet":
        assets = tuple(asset for asset in THEME.assets if asset[0] != "site.css")
        return replace(THEME, assets=assets, broken=(("assets/site.css", UNREADABLE),), problems=(UNREADABLE,))
    return with_article(MISTAKES[mistake])


def errors(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.path for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("mistake", [*MISTAKES, "no style sheet"])
def test_a_mistake_in_a_template_takes_no_page_away(mistake: str) -> None:
    desk = world(a=story("Barley up", id="a"), b=story("Oats down", id="b"))
    desk.build()
    before = dict(desk.output.files)
    desk.theme = broken_theme(mistake)
    for _ in range(2):  # it is said again at each build
        result = desk.build()
        assert set(errors(result.problems)) <= {"templates/article.html.j2", "templates/assets/site.css"}
        assert result.is_theme_broken
        assert result.kept == (2 if mistake in MISTAKES else 16)  # every page has the style sheet
        assert desk.output.files == before
    desk.theme = THEME
    assert (desk.build().problems, desk.output.files) == ((), before)
    assert not desk.build().rendered


def test_what_was_edited_meanwhile_is_rendered_when_the_template_is_mended() -> None:
    desk = world(a=story("Barley up", id="a"), b=story("Oats down", id="b"))
    desk.build()
    old = desk.output.files[ARTICLE]
    desk.theme = with_article("{% endif %}")
    desk.site.write("content/world/a.md", story("Barley up", id="a", body="Another text."))
    desk.site.write("content/world/c.md", story("Rye new", id="c"))
    desk.build()
    assert desk.output.files[ARTICLE] == old
    assert "world/2019/05/01/rye-new.html" not in desk.output.files
    assert b"Rye new" in desk.output.files["index.html"]  # whose template is sound
    desk.theme = THEME
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_without_an_earlier_build_the_pages_are_missing() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.theme = with_article(MISTAKES["a name"])
    result = desk.build()
    assert (result.kept, result.is_theme_broken) == (0, False)
    assert ARTICLE not in desk.output.files
    assert errors(result.problems) == ["templates/article.html.j2"]


def test_a_broken_template_that_no_page_needs_is_said_at_each_build() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.set_template("moved.html.j2", "{% endif %}")
    for _ in range(2):
        result = desk.build()
        assert (errors(result.problems), result.kept) == (["templates/moved.html.j2"], 0)


HELD = {
    "killed": {"status": "killed"},
    "under embargo": {"embargo": "2020-02-01T12:00:00Z"},
    "withheld": {"status": "withheld"},
    "a draft": {"status": "draft"},
    "expired": {"expires": "2019-12-31T12:00:00Z"},
}


@pytest.mark.parametrize("held", [*HELD, "deleted", "emptied and killed"])
@pytest.mark.parametrize("is_recorded", [True, False])
def test_no_mistake_keeps_what_may_not_be_shown(held: str, *, is_recorded: bool) -> None:
    """Every template is broken: nothing can be rendered, and nothing that stands may tell of the story."""
    desk = world(
        a=story("Quillon bridge opens", id="quillon", body="Ferries over the Quillon end.", tags="[spans]"),
        b=story("Oats down", id="b", tags="[grain]"),
    )
    if is_recorded:
        ledger = "/world/2019/05/01/quillon-bridge-opens.html\tquillon\t2019-05-02\n"
        desk.site.write("content/_urls.tsv", ledger.encode())
    desk.build()
    kept = desk.output.files["tags/grain/index.html"]
    templates = tuple((name, "{% endif %}" if name != "robots.txt.j2" else text) for name, text in THEME.templates)
    desk.theme = replace(THEME, templates=templates)
    if held == "deleted":
        desk.site.remove("content/world/a.md")
    elif held == "emptied and killed":
        desk.site.write("content/world/a.md", story("Removed", id="quillon", body="Removed.", status="killed"))
    else:
        body = "Ferries over the Quillon end."
        desk.site.write(
            "content/world/a.md", story("Quillon bridge opens", id="quillon", body=body, tags="[spans]", **HELD[held])
        )
    for _ in range(2):
        desk.build()
        told = [p for p, data in desk.output.files.items() if b"uillon" in data or "quillon" in p or b"spans" in data]
        assert [path for path in told if path != "_redirects"] == []
        assert desk.output.files.get("tags/grain/index.html") == kept
    desk.theme = THEME
    desk.build()
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("is_deleted", [True, False])
@pytest.mark.parametrize("is_everything_read", [True, False])
def test_a_story_whose_own_page_went_before_is_named_by_no_page_that_stays(
    *, is_deleted: bool, is_everything_read: bool
) -> None:
    """The second story's page names the first, so it goes with that one; only the third's names the second."""
    files = {
        "barley": story("Barley", "1988-05-01T10:00", id="barley"),
        "oats": story("Oats", id="oats", section="Sport", related="[barley]"),
        "rye": story("Rye", "2019-05-01T12:00", id="rye", section="Sport"),
        "millet": story("Millet", "1988-06-01T10:00", id="millet"),
    }
    desk = world(**files)
    desk.set(related=RelatedSettings(stories=0))
    desk.build()
    desk.theme = with_article("{% endif %}")
    for name in ("barley", "oats"):
        if is_deleted:
            desk.site.remove(f"content/world/{name}.md")
        else:
            desk.site.write(f"content/world/{name}.md", files[name].replace(b"section:", b"status: killed\nsection:"))
        if is_everything_read:
            desk.set(title=f"The archive without {len(name)}")
        desk.build()
        assert ("sport/2019/05/01/rye.html" in desk.output.files) is (name == "barley")
    desk.theme = THEME
    desk.build()
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("is_everything_read", [True, False])
def test_a_story_that_moved_and_then_was_killed_is_named_by_no_page_that_stays(*, is_everything_read: bool) -> None:
    """A list that cannot be made anew names the address that the story had before."""
    desk = world(a=story("Barley", id="a"), b=story("Oats", id="b"))
    desk.build()
    desk.set_template("listing.html.j2", "{% endif %}")
    moved = story("Barley", id="a", section="Sport")
    for data, is_named in (
        (moved, True),
        (moved + b"More.\n", True),
        (moved.replace(b"id: a", b"id: a\nstatus: killed"), False),
    ):
        desk.site.write("content/world/a.md", data)
        if is_everything_read:
            desk.set(title=f"The archive {len(data)}")
        desk.build()
        assert (b"Barley" in desk.output.files.get("world/index.html", b"")) is is_named
    desk.theme = THEME
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_pages_that_stay_keep_their_style_sheet_and_their_pictures() -> None:
    photo = "[{file: boat.png, alt: A boat}]"
    desk = Desk({"content/world/a.md": story("Barley up", id="a", photos=photo), "content/world/boat.png": PNG})
    desk.build()
    before = dict(desk.output.files)
    assets = tuple((name, data + b"\n" if name == "site.css" else data) for name, data in THEME.assets)
    desk.theme = replace(with_article("{% endif %}"), assets=assets)
    desk.site.write("content/world/boat.png", PNG + b"another")
    for _ in range(2):
        desk.build()
        named = [path for path in before if path.endswith((".png", ".css"))]
        assert {path: desk.output.files.get(path) for path in named} == {path: before[path] for path in named}
    desk.theme = replace(THEME, assets=assets)
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_a_story_that_moves_stays_where_it_was_until_its_new_page_can_be_made() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    old = desk.output.files[ARTICLE]
    desk.theme = with_article("{% endif %}")
    desk.set(permalink="/{section}/{year}/{slug}.html")
    result = desk.build()
    assert (desk.output.files[ARTICLE], result.kept) == (old, 3)  # with its .txt and .json
    desk.theme = THEME
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_a_story_that_moves_and_may_not_be_shown_does_not_stay_where_it_was() -> None:
    """Its new page is refused for what its file says, not for a template."""
    desk = world(a=story("Barley up", id="a"))
    desk.site.write("content/_requests.tsv", b"2020-01-01\tanonymise\tOda Quillon\ta farmer\tAsked.\n")
    desk.build()
    desk.site.write("content/world/a.md", story("Barley up", id="a", slug="oats-up", body="Oda Quillon sold it."))
    result = desk.build()
    assert ("/world/2019/05/01/oats-up.html", 0) in [(problem.path, result.kept) for problem in result.problems]
    assert [path for path in desk.output.files if path.endswith("-up.html")] == []
    assert_same(desk.output.files, desk.clean())


def test_a_page_that_somebody_changed_by_hand_does_not_stay() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.output.write(ARTICLE, b"by hand")
    desk.theme = with_article("{% endif %}")
    desk.build()
    assert ARTICLE not in desk.output.files


def test_a_template_that_fails_names_its_line_and_the_story() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.set_template("article.html.j2", "<h1>\n{{ page.item.headlin }}</h1>")
    (message,) = desk.build_messages()
    assert message.startswith("templates/article.html.j2:2")
    assert "content/world/a.md" in message
    assert desk.build_messages() == [message]
