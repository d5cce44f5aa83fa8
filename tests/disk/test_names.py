"""Names of files in one Unicode form, on a folder and in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from newsgen.disk import Disk, FolderDisk, MemoryDisk, composed


def a_folder(tmp_path: Path, paths: list[str]) -> Disk:
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(ascii(path).encode())
    return FolderDisk(tmp_path)


def in_memory(_tmp_path: Path, paths: list[str]) -> Disk:
    return MemoryDisk({path: ascii(path).encode() for path in paths})


DISKS = pytest.mark.parametrize("disk_of", [a_folder, in_memory])
MakeDisk = Callable[[Path, list[str]], Disk]


@DISKS
@pytest.mark.parametrize("name", ["café.jpg", "Việt/phở.jpg", "Åland/ö.md", "しんぶん/ガ.png", "한국.md"])
def test_a_decomposed_name_is_found_by_its_composed_form(disk_of: MakeDisk, name: str, tmp_path: Path) -> None:
    raw = f"content/{normalize('NFD', name)}"
    path = f"content/{name}"
    assert raw != path == composed(raw)
    disk = disk_of(tmp_path, [raw, "content/z.md"])
    assert [stat[0] for stat in disk.scan("content")] == sorted(["content/z.md", path])
    assert disk.scan_path(path, []) == [stat for stat in disk.scan() if stat[0] == path]
    assert disk.read(path) == ascii(raw).encode()
    assert disk.has(path)
    assert disk.stat(path)
    disk.edit(path, b"edited")
    assert [disk.read(stat[0]) for stat in disk.scan() if stat[0] != "content/z.md"] == [b"edited"]
    disk.remove(path)
    assert [stat[0] for stat in disk.scan()] == ["content/z.md"]
    with pytest.raises(FileNotFoundError):
        disk.read(path)


@DISKS
def test_of_two_files_that_differ_in_form_each_is_read_as_itself(disk_of: MakeDisk, tmp_path: Path) -> None:
    paths = ["café.md", normalize("NFD", "café.md"), normalize("NFD", "phở.md"), "ph\u01a1\u0309.md"]
    disk = disk_of(tmp_path, paths)
    found = [stat[0] for stat in disk.scan()]
    assert len(found) == len(set(found)) == 4
    assert {"café.md", "phở.md"} < set(found)
    assert sorted(disk.read(path) for path in found) == sorted(ascii(path).encode() for path in paths)
