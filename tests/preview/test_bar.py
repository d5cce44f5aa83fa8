"""What the editor's bar shows for a page."""

from __future__ import annotations

import json
from pathlib import Path

from newsgen.preview.bar import bar_json
from newsgen.preview.session import Session
from newsgen.preview.update import SessionOptions
from newsgen.store import Store
from tests.support.serving import PAGE, Serving, a_folder
from tests.support.sites import NOW, PNG, story


def test_what_an_editor_is_asked(serving: Serving) -> None:
    bar = json.loads(serving.get(f"/_newsgen/bar?path={PAGE}")[2])
    assert bar["state"] == "live"
    assert any("no dateline" in problem["text"] for problem in bar["problems"])
    shown = [line.partition('"')[0] for line in serving.get(PAGE)[2].decode().split('<li data-story="')[1:]]
    assert [each["url"].rpartition("-")[2] for each in bar["related"]] == [
        f"{name[3:].lstrip('0')}.html" for name in shown[:4]
    ]
    assert all("Ports" in each["shared"] for each in bar["related"])


def test_questions_about_a_section_a_picture_and_the_text(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "site", 3)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("https://archive.example", "https://archive.example.org"))
    body = "SALTMERE, May 9 - Fog <b>came in</b>."
    photos = "[{file: Wheat.JPG, alt: Wheat}, {file: barley.png, alt: Barley}]"
    text = story("Fog", "2019-05-09", "Wrold", body, id="fog", dateline='"SALTMERE, May 9"', photos=photos)
    (root / "content/world/fog.md").write_bytes(text)
    (root / "content/world/2019/wheat.jpg").write_bytes(PNG)
    (root / "content/world/barley.png").write_bytes(PNG + b"0" * 1_000_000)
    with Store(":memory:") as store:
        session = Session(SessionOptions(root, lambda: NOW, "newsgen"), store)
        session.start(1, None)
        asked = [problem["text"] for problem in bar_json(session, "/wrold/2019/05/09/fog.html", None)["problems"]]
        for words in (
            "No other story is in the section Wrold. Did you mean World (stories: 3)?",
            "The page shows two datelines in a row: SALTMERE, May 9, then SALTMERE, May 9.",
            "HTML is shown as text: <b>",
            "There is 2019/wheat.jpg: write that",
            "The picture has 1.0 MB",
        ):
            assert any(words in text for text in asked), words
        assert not any("example.org" in text for text in asked)
        (home,) = bar_json(session, "/", None)["problems"]
        assert "base_url is still an example, https://archive.example.org" in home["text"]
        assert bar_json(session, "/world/", None)["problems"] == []
