"""A folder that other processes and odd file systems share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk


@pytest.mark.parametrize("size", [0, 1, 4096, 32_767, 32_768, 32_769, 100_000, 5_000_000])
@pytest.mark.parametrize("most", [1 << 30, 40_000, 999])
def test_a_file_is_read_whole_however_little_comes_at_once(
    size: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(size)
    (tmp_path / "story.md").write_bytes(data)
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, wanted: read(descriptor, min(wanted, most)))
    assert FolderDisk(tmp_path).read("story.md") == data


def test_a_folder_that_goes_while_a_file_is_written_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FolderDisk(tmp_path)
    disk.write("world/1987/a.html", b"a")
    replace = os.replace
    gone: list[str] = []

    def replaced(source: str, target: str) -> None:
        if not gone:
            gone.append(target)
            shutil.rmtree(tmp_path / "world")
        replace(source, target)

    monkeypatch.setattr(os, "replace", replaced)
    disk.write("world/1987/b.html", b"b")
    assert (tmp_path / "world/1987/b.html").read_bytes() == b"b"
    assert len(gone) == 1


@pytest.mark.parametrize("least", [1, 2, 5, 100])
def test_what_several_look_at_is_what_one_sees(least: int, tmp_path: Path) -> None:
    disk = FolderDisk(tmp_path)
    for path in ("a", "b/c", "b/d/e", "b/d/f/g", "h/i", "h/j/k", "l/m/n/o/p"):
        disk.write(path, path.encode())
    upper, folders = disk.split_scan(least)
    found = sorted([*upper, *(seen for folder in folders for seen in disk.scan(folder))])
    assert found == disk.scan()
    assert len(folders) >= least or not folders
    assert len(found) == 7
