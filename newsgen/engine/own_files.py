"""What in an output folder is newsgen's, said by the folder itself: for builds that have no record of it.

`.newsgen` says whose site the folder shows. `.newsgen-files` lists the files that newsgen wrote, each by the beginning
of the digest of its path: it goes online with the folder, and a path may be of a story that has been withdrawn since.
"""

from __future__ import annotations

from collections.abc import Collection

from newsgen.disk import Disk
from newsgen.engine.request import BuildRequest
from newsgen.engine.up_to_date import Files
from newsgen.model.files import digest
from newsgen.source.project import MARKER
from newsgen.store import PageRow, Store
from newsgen.text.address import output_path, without_index

__all__ = ["LIST", "adopted", "mark_output", "owner", "owner_of", "update_list"]

LIST = ".newsgen-files"
_DIGITS = 16  # of a digest: of a million files, two have the same in one of forty million outputs


def owner(request: BuildRequest) -> str:
    """The site that the folder shows, in words; the same on every computer."""
    settings = request.settings
    return ", ".join(filter(None, (settings.title, settings.base_url, settings.id)))


def _marker(owner: str) -> bytes:
    sentence = "newsgen wrote this folder, and may write again what it put here. Other files in it are left alone."
    return f"{sentence}\n{owner}\n".encode()


def owner_of(output: Disk) -> str | None:
    """The site that an output folder shows; None for a folder that newsgen did not make."""
    if output.stat(MARKER) is None:
        return None
    return output.read(MARKER).decode("utf-8", "replace").strip().rpartition("\n")[2]


def mark_output(request: BuildRequest) -> None:
    """Have the folder say whose it is. SystemFault where it cannot be written."""
    if owner_of(request.output) != owner(request):
        request.output.write(MARKER, _marker(owner(request)))


def _line(path: str) -> bytes:
    return digest(path.encode("utf-8", "surrogateescape"))[:_DIGITS].encode()


def _read(output: Disk) -> bytes:
    try:
        return output.read(LIST)
    except OSError:
        return b""


def adopted(output: Disk, files: Files) -> list[PageRow]:
    """The files of the output that its list says newsgen wrote, as pages of which nothing else is known."""
    own = frozenset(_read(output).split())
    return [PageRow(_address(path), "", "", "", *files[path], "new") for path in sorted(files) if _line(path) in own]


def _address(path: str) -> str:
    """The address that is written to a file."""
    return without_index(f"/{path}")


def update_list(output: Disk, store: Store, known: str, added: Collection[str], removed: Collection[str]) -> str:
    """Bring the list up to date with the manifest, in which some addresses are new and some are no more; its digest.

    The list is the same, whatever builds led to it. One that has not the digest `known`, which the last build gave it,
    is made from the whole manifest; "" where no build was finished. BlockedPath where it cannot be written.
    """
    if known and not added and not removed:
        return known
    before = _read(output)
    gone = {_line(output_path(url)) for url in removed}
    if known and digest(before) == known:
        new = {_line(output_path(url)) for url in added}
        lines = [line for line in before.split() if line not in gone]
        lines.extend(new.difference(lines))
        lines.sort()  # quick, for nearly all are in order
    else:
        # Of a damaged manifest an address may be left that cannot be struck out of it.
        lines = sorted({_line(output_path(url)) for url, *_rest in store.pages.files()} - gone)
    data = b"".join(line + b"\n" for line in lines)
    if data != before:
        output.write(LIST, data)
    return digest(data)
