"""The ledger and the log of requests: a build that cannot read them would show again what was withdrawn."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk
from newsgen.engine.run import build
from newsgen.model.errors import ContentError, SystemFault
from tests.support.sites import Desk, story

GONE = "/world/2019/05/01/barley-up.html"
LEDGER = f"a\t{GONE}\t2019-05-01\tkilled\t2019-06-01T10:00:00+00:00\tThe agency withdrew it.\n"
REQUEST = "2019-06-01T10:00:00+00:00\tanonymise\tOtto Tarnholm\ta Lindmouth man\tHe asked.\n"
BROKEN: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path),
    "a link": lambda path: path.symlink_to("elsewhere.tsv"),
    "UTF-16": lambda path: path.write_bytes(b"\xff\xfea\0\n\0"),
    "no text": lambda path: path.write_bytes(b"a\t/\xff\n"),
}


@pytest.mark.parametrize("name", ["_urls.tsv", "_requests.tsv"])
@pytest.mark.parametrize("what", BROKEN)
def test_a_register_that_cannot_be_read_stops_a_build_before_it_takes_anything_away(
    tmp_path: Path, name: str, what: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/b.md").write_bytes(story("Oats down", id="b"))
    (tmp_path / "content/_urls.tsv").write_text(LEDGER)
    (tmp_path / "content/_requests.tsv").write_text(REQUEST)
    desk = Desk()
    build(replace(desk.job(desk.output), site=FolderDisk(tmp_path)), desk.store)
    before = dict(desk.output.files)
    assert GONE[1:] in before
    (tmp_path / "content" / name).unlink()
    if what == "a pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes in folders")
    BROKEN[what](tmp_path / "content" / name)
    with pytest.raises(ContentError) as raised:
        build(replace(desk.job(desk.output), site=FolderDisk(tmp_path)), desk.store)
    assert [problem.path for problem in raised.value.problems] == [f"content/{name}"]
    assert desk.output.files == before


def test_a_register_that_the_system_refuses_is_a_fault_of_the_system() -> None:
    desk = Desk({"content/_urls.tsv": LEDGER.encode(), "content/b.md": story("Oats down", id="b")})
    desk.build()
    before, read = dict(desk.output.files), desk.site.read

    def refuse(path: str) -> bytes:
        if path == "content/_urls.tsv":
            raise PermissionError(13, "Permission denied", path)
        return read(path)

    desk.site.read = refuse  # type: ignore[method-assign]
    desk.site.write("content/b.md", story("Oats down", id="b", body="Another text."))
    with pytest.raises(SystemFault) as raised:
        desk.build()
    assert [(problem.rule, problem.path) for problem in raised.value.problems] == [("unreadable", "content/_urls.tsv")]
    assert desk.output.files == before
