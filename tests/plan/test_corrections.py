"""The pages that list corrections."""

from __future__ import annotations

from tests.support.published import BRIDGE, a_desk
from tests.support.sites import assert_same, story


def test_corrections_are_told_on_their_own_page_and_by_month() -> None:
    desk = a_desk()
    desk.build()
    note = '\n  - {date: 2019-06-02T10:00, text: "The crossing has two lanes."}'
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", corrections=note))
    desk.build()
    assert_same(desk.output.files, desk.clean())
    for path in ("corrections/index.html", "corrections/2019/06/index.html"):
        assert b"The crossing has two lanes." in desk.output.files[path]
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge"))
    desk.build()
    assert "corrections/2019/06/index.html" not in desk.output.files
    assert_same(desk.output.files, desk.clean())
