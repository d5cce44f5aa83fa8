"""What is left at the address of a story that has expired; of a killed one, see tests/commands/test_kill.py."""

from __future__ import annotations

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
