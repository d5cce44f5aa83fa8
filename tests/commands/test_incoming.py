"""The files that an import is given: folders, archives, and what cannot be read."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from newsgen.commands.incoming import Incoming, SourceFile
from newsgen.commands.ingest import ingest
from newsgen.disk import Disk, FileStat, FolderDisk, MemoryDisk
from newsgen.formats.item import Failure
from newsgen.model.errors import UsageError
from newsgen.storyfile import FILE_LIMIT


def test_paths_are_files_and_all_files_below_folders() -> None:
    disks = {
        "wire": MemoryDisk({"b.txt": b"B", "a/c.txt": b"C", ".hidden": b"H", "README.md": b"R"}),
        ".": MemoryDisk({"one.txt": b"1"}),
        "gone": MemoryDisk(),
    }

    def folder(path: str) -> Disk:
        return disks[path]

    sources = list(Incoming(["wire/", "one.txt"], folder))
    assert [label for label, _data, _day in sources] == ["wire/README.md", "wire/a/c.txt", "wire/b.txt", "one.txt"]
    assert sources[3] == ("one.txt", b"1", "1970-01-01")
    with pytest.raises(UsageError):
        list(Incoming(["gone"], folder))


@pytest.mark.parametrize(
    ("path", "opened"),
    [("C:/one.txt", "C:/"), ("C:/wire/one.txt", "C:/wire"), ("//host/share/one.txt", "//host/share")],
)
def test_a_path_of_windows(path: str, opened: str) -> None:
    disks = {opened: MemoryDisk({"one.txt": b"1"})}
    assert list(Incoming([path], disks.__getitem__)) == [(path, b"1", "1970-01-01")]


MILL, FERRY = b"Mill turns\n\nIt turned.\n", b"Ferry sails\n\nIt sailed.\n"


def a_zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 6, 5, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def a_tar(files: dict[str, bytes], mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1559692800
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def incoming(name: str, data: bytes) -> list[SourceFile]:
    disk = MemoryDisk({name: data})
    return list(Incoming([name], lambda _path: disk))


def faults(sources: list[SourceFile]) -> list[tuple[str, str]]:
    return [(label, data.rule) for label, data, _day in sources if isinstance(data, Failure)]


FILES = {"copy/b.txt": FERRY, "a.txt": MILL, "copy/.hidden": b"H", "__MACOSX/a.txt": b"M", "copy/ä.txt": MILL * 40}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wire.zip", a_zip(FILES)),
        ("wire.txt", a_zip(FILES)),  # by what it is, not by its name
        ("wire.tar", a_tar(FILES, "w")),
        ("wire.tar.gz", a_tar(FILES, "w:gz")),
        ("WIRE.TGZ", a_tar(FILES, "w:gz")),
        ("wire.tar.xz", a_tar(FILES, "w:xz")),
        ("wire.tar.bz2", a_tar(FILES, "w:bz2")),
        ("wire.dat", a_tar(FILES, "w")),
    ],
)
def test_the_files_of_an_archive(name: str, data: bytes) -> None:
    expected = [(f"{name}/a.txt", MILL), (f"{name}/copy/b.txt", FERRY), (f"{name}/copy/ä.txt", MILL * 40)]
    found = incoming(name, data)
    assert sorted((label, data) for label, data, _day in found) == expected
    assert {day for _label, _data, day in found} == {"2019-06-05"}


def test_names_that_lead_elsewhere_are_only_names() -> None:
    names = {"../../up.txt": MILL, "/etc/root.txt": MILL, "C:\\win.txt": MILL}
    labels = [label for label, _data, _day in incoming("w.tar", a_tar(names, "w"))]
    assert labels == ["w.tar/up.txt", "w.tar/etc/root.txt", "w.tar/C:/win.txt"]


def test_links_and_folders_in_an_archive_are_left_out() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (("to", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("d", tarfile.DIRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    assert incoming("w.tar", packed.getvalue()) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [("bomb.zip", a_zip({"a.txt": bytes(3 << 20), "b.txt": MILL})), ("late.zip", a_zip({"a.txt": b" " * (3 << 20)}))],
)
def test_what_is_packed_too_tightly_is_refused(name: str, data: bytes) -> None:
    assert faults(incoming(name, data)) == [(f"{name}/a.txt", "packed-too-tightly")]


def test_a_tar_that_swells_is_given_up() -> None:
    packed = a_tar({"a.txt": MILL, "b.txt": bytes(48 << 20), "c.txt": MILL}, "w:gz")
    found = incoming("w.tgz", packed)
    assert [label for label, _data, _day in found] == ["w.tgz/a.txt", "w.tgz/b.txt", "w.tgz"]
    assert faults(found) == [("w.tgz/b.txt", "file-too-large"), ("w.tgz", "packed-too-tightly")]


def test_a_header_that_wants_all_memory_is_refused() -> None:
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    assert faults(incoming("w.tar", info.tobuf(tarfile.GNU_FORMAT) + bytes(2048))) == [("w.tar", "packed-too-tightly")]


def test_large_and_encrypted_and_damaged_members_are_named_and_the_rest_is_read() -> None:
    large = os.urandom(1 << 16) * ((FILE_LIMIT >> 16) + 1)
    data = bytearray(a_zip({"a.txt": large, "b.txt": MILL, "c.txt": FERRY, "d.txt": FERRY}))
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[central + 8] |= 1  # b.txt is encrypted
    body = data.index(b"c.txt") + 5
    data[body] ^= 0xFF
    found = incoming("w.zip", bytes(data))
    assert faults(found) == [
        ("w.zip/a.txt", "file-too-large"), ("w.zip/b.txt", "member-encrypted"), ("w.zip/c.txt", "member-damaged"),
    ]  # fmt: skip
    assert found[3][:2] == ("w.zip/d.txt", FERRY)


@pytest.mark.parametrize("cut", [20, 300, 700])
@pytest.mark.parametrize(("name", "data"), [("w.zip", a_zip(FILES)), ("w.tgz", a_tar(FILES, "w:gz"))])
def test_an_archive_that_is_cut_off_is_named(name: str, data: bytes, cut: int) -> None:
    assert (name, "archive-damaged") in faults(incoming(name, data[: min(cut, len(data) - 30)]))


def test_documents_that_are_zip_files_are_no_archives() -> None:
    word = a_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
    assert incoming("report.docx", word) == [("report.docx", word, "1970-01-01")]


class Shut(MemoryDisk):
    """A disk with a folder and a file that may not be read."""

    def scan(
        self, folder: str = "", skipped: list[tuple[str, str]] | None = None, unreadable: list[str] | None = None
    ) -> list[FileStat]:
        if unreadable is not None:
            unreadable.append("closed")
        return super().scan(folder, skipped, unreadable)

    def read(self, path: str) -> bytes:
        if path.startswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return super().read(path)


def test_what_may_not_be_read_is_named_and_the_rest_comes() -> None:
    disk = Shut({"a.txt": MILL, "shut.txt": MILL, "shut.zip": MILL, "z.txt": FERRY})
    found = list(Incoming(["wire"], lambda _path: disk))
    assert [label for label, _data, _day in found] == [
        "wire/closed", "wire/a.txt", "wire/shut.txt", "wire/shut.zip", "wire/z.txt",
    ]  # fmt: skip
    assert [rule for _label, rule in faults(found)] == ["unreadable-folder", "unreadable-file", "unreadable-file"]


@pytest.mark.skipif(not hasattr(os, "fchdir"), reason="needs folders below an open one")
def test_a_folder_that_the_system_refuses_to_list(tmp_path: Path) -> None:
    """Its path is longer than the system takes."""
    (tmp_path / "a.txt").write_bytes(MILL)
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=folder)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    found = list(Incoming([str(tmp_path)], FolderDisk))
    assert [rule for _label, rule in faults(found)] == ["unreadable-folder"]
    assert found[-1][1] == MILL
    with pytest.raises(OSError, match="name too long"):
        FolderDisk(tmp_path).scan()


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"caf\xe9.txt", "caf\\xe9.txt"), (b"\xff\xfe.txt", "\\xff\\xfe.txt"), ("é.txt".encode(), "é.txt")],
)
def test_names_of_any_bytes_are_shown(tmp_path: Path, name: bytes, shown: str) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as file:
        file.write(MILL)
    for given in (str(tmp_path), os.fsdecode(path)):
        ((label, data, day),) = Incoming([given], FolderDisk)
        assert (label, data) == (f"{tmp_path}/{shown}", MILL)
        (entry,) = ingest(MemoryDisk(), [(label, data, day)]).imported
        assert entry.source.encode().decode().endswith(shown)
