"""Pictures in a browser: few bytes, sharp, upright, and nothing moves when they arrive."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from newsgen.disk import MemoryDisk
from newsgen.pictures.darkroom import Darkroom
from tests.browser.test_pages import served
from tests.support.chromium import TOOLS, chromium
from tests.support.photos import drawing, photo, saved, with_exif
from tests.support.sites import Desk, story

pytestmark = pytest.mark.browser

VIEWS = ((390, 844, 3), (768, 1024, 1), (1280, 800, 1))
LARGEST = (900, 1600)  # the widths beyond which there is no file
MOST = 120_000  # bytes of a photo of 12 megapixels on a phone


def a_desk() -> Desk:
    """Stories with a photo of 12 megapixels that lies on its side, a high one, a drawing, and four of them together."""
    desk = Desk(darkroom=Darkroom(MemoryDisk()))
    files = {
        "silo.jpg": saved(photo(3000, 4000), quality=92, exif=with_exif(6)),
        "tall.jpg": saved(photo(900, 1800, 2)),
        "chart.png": saved(drawing(), "PNG"),
    }
    for file, data in files.items():
        desk.site.write(f"content/world/{file}", data)
        name = file.partition(".")[0]
        desk.site.write(f"content/world/{name}.md", story(name, id=name, photos=f"[{{file: {file}, alt: A}}]"))
    four = ", ".join(f"{{file: {file}, alt: A}}" for file in (*files, "silo.jpg"))
    desk.site.write("content/world/four.md", story("four", id="four", photos=f"[{four}]"))
    desk.site.write("content/world/text.md", story("text", id="text", body="One.\n\n![A silo](silo.jpg)\n\nTwo.\n"))
    desk.build()
    return desk


def test_a_photo_is_light_sharp_and_upright_and_nothing_moves(tmp_path: Path) -> None:
    path = chromium()
    desk = a_desk()
    for name, data in desk.output.files.items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    pages = ["/", "/world/", *(f"/world/2019/05/01/{name}.html" for name in ("silo", "tall", "chart", "four", "text"))]
    with served(tmp_path) as origin:
        command = ["node", str(TOOLS / "pictures.mjs"), path, origin, json.dumps(pages), json.dumps(VIEWS)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    views = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(views) == len(pages) * len(VIEWS)
    for view in views:
        where = f"{view['address']} at {view['width']} px"
        assert view["moved"] == 0, where
        scale = next(scale for width, _height, scale in VIEWS if width == view["width"])
        for image in view["shown"]:
            assert image["natural"] > 0, where
            width = re.search(r"-(\d+)\.avif$", image["file"])
            if width and int(width[1]) not in LARGEST:
                assert int(width[1]) >= 0.8 * scale * image["width"], (where, image)
                if "four" not in where:  # whose photo is there twice: the larger file serves for both
                    assert int(width[1]) <= 2.3 * scale * image["width"], (where, image)
        if view["address"].endswith("/silo.html"):
            (fetched,) = view["fetched"].values()
            assert fetched <= MOST, where
            (shown,) = view["shown"]
            assert shown["file"].endswith(".avif")
            assert abs(shown["width"] / shown["height"] - 4 / 3) < 0.02, where
        if view["address"].endswith("/tall.html"):
            assert view["shown"][0]["height"] <= 0.81 * next(h for w, h, _s in VIEWS if w == view["width"])
