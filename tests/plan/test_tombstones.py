"""What is left at the address of a story that has expired; of a killed one, see tests/commands/test_kill.py."""

from __future__ import annotations

import re

from tests.support.published import BRIDGE, a_desk, files_with, record
from tests.support.sites import NOW, assert_same, story


def test_an_expired_story_keeps_its_headline_and_credit_where_it_was_published() -> None:
    desk = a_desk()
    more = {"id": "bridge", "slug": "bridge", "expires": "2020-01-02T00:00Z", "byline": "Ines Varga"}
    desk.site.write(BRIDGE, story("Quillfeather closes", body="Vintner text.", **more))
    desk.build()
    record(desk)
    desk.clock = NOW + 86_400
    desk.build()
    assert files_with(desk, "vintner") == []
    assert files_with(desk, "quillfeather") == ["world/2019/05/01/bridge.html"]
    assert b"Ines Varga" in desk.output.files["world/2019/05/01/bridge.html"]
    assert_same(desk.output.files, desk.clean())


def test_the_credit_of_an_expired_story_is_without_contacts() -> None:
    desk = a_desk()
    credit = "(Reporting by Ines Varga; ines@wire.example; newsroom +44 20 7946 0123)"
    more = {"id": "bridge", "slug": "bridge", "expires": "2020-01-02T00:00Z", "credit": f'"{credit}"'}
    desk.site.write(BRIDGE, story("Quillfeather closes", body="Vintner text.", **more))
    desk.build()
    assert files_with(desk, "ines@wire") == files_with(desk, "7946 0123") == []
    record(desk)
    desk.clock = NOW + 86_400
    desk.build()
    assert files_with(desk, "Ines Varga)") == ["world/2019/05/01/bridge.html"]
    assert files_with(desk, "ines@wire") == files_with(desk, "7946 0123") == []


def test_a_tombstone_leads_to_its_section_and_day_where_these_have_other_stories() -> None:
    desk = a_desk()
    more = {"id": "bridge", "slug": "bridge", "expires": "2020-01-02T00:00Z"}
    desk.site.write(BRIDGE, story("Quillfeather closes", **more))
    desk.build()
    record(desk)
    desk.clock = NOW + 86_400

    def ways() -> list[str]:
        html = desk.output.files["world/2019/05/01/bridge.html"].decode()
        links: list[str] = re.findall(r'href="([^"]+)"', html.partition("<main")[2].partition("</main>")[0])
        return links

    for path in sorted(desk.site.files):
        if path.startswith("content/") and path.endswith(".md") and path != BRIDGE:
            desk.site.remove(path)
    desk.site.write("content/world/late.md", story("Late", "2019-06-05", id="late"))
    desk.build()
    assert ways() == ["/world/"]
    desk.site.write("content/sport/same-day.md", story("Same day", "2019-05-01", "Sport", id="same"))
    desk.build()
    assert ways() == ["/world/", "/2019/05/01/"]
    assert_same(desk.output.files, desk.clean())
    desk.site.remove("content/world/late.md")
    desk.build()
    assert ways() == ["/2019/05/01/"]
    assert_same(desk.output.files, desk.clean())
