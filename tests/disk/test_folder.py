"""A folder on unusual file systems, and beside other processes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk


@pytest.mark.parametrize("size", [0, 1, 4096, 32_767, 32_768, 32_769, 100_000, 5_000_000])
@pytest.mark.parametrize("most_at_once", [1 << 30, 40_000, 999])
def test_a_file_is_read_whole_however_little_comes_at_once(
    size: int, most_at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = os.urandom(size)
    (tmp_path / "story.md").write_bytes(data)
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, wanted: read(descriptor, min(wanted, most_at_once)))
    assert FolderDisk(tmp_path).read("story.md") == data


def test_a_folder_that_is_removed_during_a_write_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FolderDisk(tmp_path)
    disk.write("world/1987/a.html", b"a")
    replace = os.replace
    removed_before: list[str] = []

    def remove_folder_first(source: str, target: str) -> None:
        if not removed_before:
            removed_before.append(target)
            shutil.rmtree(tmp_path / "world")
        replace(source, target)

    monkeypatch.setattr(os, "replace", remove_folder_first)
    disk.write("world/1987/b.html", b"b")
    assert (tmp_path / "world/1987/b.html").read_bytes() == b"b"
    assert len(removed_before) == 1


@pytest.mark.parametrize("at_least", [1, 2, 5, 100])
def test_a_scan_in_pieces_finds_what_one_scan_finds(at_least: int, tmp_path: Path) -> None:
    disk = FolderDisk(tmp_path)
    for path in ("a", "b/c", "b/d/e", "b/d/f/g", "h/i", "h/j/k", "l/m/n/o/p"):
        disk.write(path, path.encode())
    upper, folders = disk.split_scan(at_least)
    files = sorted([*upper, *(file for folder in folders for file in disk.scan(folder))])
    assert files == disk.scan()
    assert len(folders) >= at_least or not folders
    assert len(files) == 7
