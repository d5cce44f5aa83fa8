"""Names of files in one Unicode form, whatever form the file system keeps them in.

macOS and many zip programs write é as e and an accent (NFD); people type the one character (NFC, UAX 15). To a reader
both are one name, so a disk names every file in NFC, and finds it in whatever form it is there. Only where two files of
a folder differ in nothing else does the second keep its own form: what lists files says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from unicodedata import normalize

__all__ = ["WELL_KNOWN", "composed", "entries_by_name", "is_hidden", "names_more_on_windows", "spelled_on_disk"]

_DEVICES = frozenset(("CON PRN AUX NUL " + " ".join(f"COM{n} LPT{n}" for n in range(1, 10))).split())

WELL_KNOWN = ".well-known"


def composed(name: str) -> str:
    """A name or path in NFC."""
    return name if name.isascii() else normalize("NFC", name)


def is_hidden(path: str) -> bool:
    """Whether a scan passes a file over: it, or a folder above it, has a name that begins with a dot.

    `.well-known` is none of these: what lies in it is meant for the whole world (RFC 8615).
    """
    return "/." in f"/{path}" and any(part[:1] == "." and part != WELL_KNOWN for part in path.split("/"))


def names_more_on_windows(path: str) -> bool:
    """Whether a path that has only / as separator would name something else on Windows.

    `..\\x` leads out of the folder there, `C:x` to a drive, `a.md:b` to a stream of a.md, `NUL` to a device.
    """
    if "\\" in path or ":" in path:
        return True
    return any(part.partition(".")[0].rstrip(" ").upper() in _DEVICES for part in path.split("/"))


def entries_by_name(entries: Iterable[os.DirEntry[str]]) -> Iterable[tuple[str, os.DirEntry[str]]]:
    """The entries of a folder, each by the name that newsgen gives it."""
    listed = list(entries)
    names = [entry.name for entry in listed]
    if "".join(names).isascii():  # nearly all folders; asked once, for a build looks at tens of thousands of files
        return zip(names, listed, strict=True)
    taken = {name for name in names if name.isascii()}
    by_name = [(entry.name, entry) for entry in listed if entry.name.isascii()]
    others = [entry for entry in listed if not entry.name.isascii()]
    for entry in sorted(others, key=lambda other: (other.name != composed(other.name), other.name)):
        name = composed(entry.name)
        name = entry.name if name in taken else name
        taken.add(name)
        by_name.append((name, entry))
    return by_name


def spelled_on_disk(root: str, path: str) -> str:
    """The absolute path of what `path` names below a folder, as the system spells it; of a new file as it is given."""
    whole = f"{root}/{path}"
    if os.path.lexists(whole):
        return whole
    folder = root
    for part in path.split("/"):
        if not os.path.lexists(f"{folder}/{part}"):
            try:
                with os.scandir(folder) as entries:
                    part = next((entry.name for name, entry in entries_by_name(entries) if name == part), part)
            except OSError:
                return whole  # nothing is there
        folder = f"{folder}/{part}"
    return folder
