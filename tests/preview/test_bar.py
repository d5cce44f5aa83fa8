"""What the editor's bar shows for a page."""

from __future__ import annotations

import json

from tests.support.serving import PAGE, Serving


def test_what_an_editor_is_asked(serving: Serving) -> None:
    told = json.loads(serving.get(f"/_newsgen/bar?path={PAGE}")[2])
    assert told["state"] == "live"
    assert any("no dateline" in one["text"] for one in told["problems"])
    assert told["related"]
    assert "Ports" in told["related"][0]["shared"]
