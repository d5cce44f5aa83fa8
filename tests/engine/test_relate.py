"""Related lists on pages: what a build shows."""

from __future__ import annotations

import re

from newsgen.model.settings import RelatedSettings
from tests.support.sites import Desk, instant, story


def related_of(desk: Desk, name: str) -> list[str]:
    """The ids in a story's lists, as its page shows them: what happened next, what before, and what else is related."""
    page = next(data for path, data in desk.output.files.items() if path.endswith(f"/{name}.html")).decode()
    lists = re.findall(r'data-list="related">(.*?)</ol>', page, re.S)
    return re.findall(r'<li data-story="([^"]+)"', "".join(lists))


def a_harbour() -> dict[str, bytes]:
    bodies = {
        "ferry": "The ferry Meridian sank beside its pier when a valve failed.",
        "divers": "Divers closed the valve of the sunken ferry Meridian.",
        "inquiry": "An inquiry into the ferry Meridian blames its valve.",
        "apples": "Growers fear that frost takes their apple blossom.",
    }
    return {f"content/world/{name}.md": story(name, id=name, body=body) for name, body in bodies.items()}


def test_a_page_lists_related_stories_with_their_sections() -> None:
    desk = Desk(a_harbour())
    desk.build()
    assert set(related_of(desk, "ferry")) == {"divers", "inquiry"}
    assert related_of(desk, "apples") == []
    page = desk.output.files["world/2019/05/01/ferry.html"].decode()
    related = page.partition('data-list="related"')[2].partition("</ol>")[0]
    assert '<time datetime="2019-05-01">1 May 2019</time> <b>World</b>' in related


def test_without_lists_only_pins_are_shown() -> None:
    desk = Desk(a_harbour())
    desk.set(related=RelatedSettings(stories=0))
    desk.site.write("content/world/ferry.md", story("ferry", id="ferry", related="[apples]", body="A ferry."))
    desk.build()
    assert related_of(desk, "ferry") == ["apples"]
    assert related_of(desk, "divers") == []
    desk.site.write("content/world/apples.md", story("apples", id="apples", status="withheld"))
    desk.build()
    assert related_of(desk, "ferry") == []
    assert desk.output.files == desk.clean()


def test_an_embargoed_story_is_in_no_list_until_its_instant() -> None:
    desk = Desk(a_harbour())
    without = dict(desk.clean())
    desk.site.write(
        "content/world/secret.md",
        story("Ferry valve", id="secret", embargo="2020-01-02T00:00:00Z", body="The ferry Meridian valve inquiry."),
    )
    desk.build()
    assert desk.output.files == without
    desk.clock = instant("2020-01-02T00:00")
    result = desk.build()
    assert "secret" in related_of(desk, "ferry")
    assert desk.output.files == desk.clean()
    assert set(result.rendered) == set(result.written)


def test_versions_are_no_related_stories() -> None:
    files = a_harbour()
    files["content/world/update.md"] = story(
        "Ferry update", id="update", updates="ferry", body="The ferry Meridian sank beside its pier; a valve failed."
    )
    desk = Desk(files)
    desk.build()
    assert "ferry" not in related_of(desk, "divers")
    assert "update" in related_of(desk, "divers")
    assert "ferry" not in related_of(desk, "ferry-update")


def test_the_store_has_no_word_of_a_killed_story() -> None:
    desk = Desk(
        {
            "content/world/live.md": story("Live", id="live"),
            "content/world/dead.md": story(
                "Gone", body="Quixotic words.", id="dead", status="killed", kill="{ reason: x }"
            ),
        }
    )
    desk.build()
    dump = "\n".join(desk.store.database.connection().iterdump())
    assert "live" in dump
    assert "quixotic" not in dump.lower()
