"""What the editor's bar shows for a page."""

from __future__ import annotations

import json

from tests.support.serving import PAGE, Serving


def test_what_an_editor_is_asked(serving: Serving) -> None:
    bar = json.loads(serving.get(f"/_newsgen/bar?path={PAGE}")[2])
    assert bar["state"] == "live"
    assert any("no dateline" in problem["text"] for problem in bar["problems"])
    assert bar["related"]
    assert "Ports" in bar["related"][0]["shared"]
