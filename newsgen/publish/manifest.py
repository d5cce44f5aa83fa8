"""Which files a publication has: path and digest of each, as kept at the target itself. Pure.

The manifest at the target is JSON, at PATH. It holds what anybody can read there anyway, and nothing else:

    {"format": 1, "rules": "<digest>", "files": {"index.html": "<digest>", ...}, "unsure": ["path", ...],
     "withdrawn": {"killed": ["<digest>", ...], "deleted": [...], "delisted": [...], "names": [...], …}}

`rules` is the digest of the headers that files are sent with; `unsure` has paths that were being put or deleted when
this was written: they may stand in either state. `withdrawn` is what the target remembers (`remembered`): digests, so
that another computer that does not know of it brings nothing back. What is empty is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from newsgen.model.value import value
from newsgen.publish.remembered import NOTHING, Remembered

__all__ = ["PATH", "Difference", "FilesOnDemand", "Manifest", "compare", "read", "to_bytes"]

PATH = ".well-known/newsgen-manifest.json"
_FORMAT = 1
_WITHDRAWN = ("killed", "deleted", "delisted", "names", "paths")  # the fields of `Remembered`
# Not a path of a file inside a folder: an empty part, "." or "..", on Windows too; a drive. Of paths with NUL around.
_OUTSIDE = re.compile(r"[/\\\0]\.{0,2}[/\\\0]|\0[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one publication, without the manifest itself."""

    files: Mapping[str, str]  # path, such as "world/index.html", and digest (model.files.digest)
    rules: str = ""  # digest of the headers that files are sent with
    unsure: frozenset[str] = field(default_factory=frozenset)
    remembered: Remembered = NOTHING  # of what was withdrawn


class FilesOnDemand(Mapping[str, str]):
    """The files of a publication whose manifest is read when somebody looks into it, each time by `read`.

    For hosts that keep hundreds of publications: the manifest of a large site has megabytes.
    """

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        self._read = read

    def __getitem__(self, path: str) -> str:
        return self._read()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


@value
class Difference:
    """What a new publication changes: paths in order."""

    appears: tuple[str, ...]
    changes: tuple[str, ...]
    vanishes: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def put(self) -> tuple[str, ...]:
        """What has to be sent."""
        return tuple(sorted((*self.appears, *self.changes)))


def compare(old: Manifest | None, new: Manifest) -> Difference:
    """What differs from `old` in `new`. What `old` is not sure of changes."""
    before = old.files if old else {}
    unsure = old.unsure if old else frozenset()
    same_rules = old is not None and old.rules == new.rules
    appears, changes, unchanged = [], [], []
    for path, digest in sorted(new.files.items()):
        if path not in before:
            appears.append(path)
        elif before[path] == digest and path not in unsure and same_rules:
            unchanged.append(path)
        else:
            changes.append(path)
    vanishes = sorted({*before, *unsure} - set(new.files))
    return Difference(tuple(appears), tuple(changes), tuple(vanishes), tuple(unchanged))


def to_bytes(manifest: Manifest) -> bytes:
    """The file at the target; the same bytes for the same publication, on every computer."""
    told: dict[str, object] = {
        "format": _FORMAT,
        "rules": manifest.rules,
        "files": dict(sorted(manifest.files.items())),
    }
    if manifest.unsure:
        told["unsure"] = sorted(manifest.unsure)
    kept = ((name, sorted(getattr(manifest.remembered, name))) for name in _WITHDRAWN)
    if withdrawn := {name: marks for name, marks in kept if marks}:
        told["withdrawn"] = withdrawn
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(data: bytes) -> Manifest | None:
    """What a manifest says; None for bytes that are none, or of another version of newsgen.

    None too where it names a path outside the site: others may write at a target, and files are deleted by it.
    """
    try:
        told = json.loads(data)
        files, rules, unsure = told["files"], told["rules"], told.get("unsure", [])
        withdrawn = {name: frozenset(told.get("withdrawn", {}).get(name, ())) for name in _WITHDRAWN}
        is_good = (
            told["format"] == _FORMAT
            and isinstance(rules, str)
            and _are_paths((*files, *unsure))
            and all(isinstance(digest, str) for digest in (*files.values(), *chain(*withdrawn.values())))
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Manifest(files, rules, frozenset(unsure), Remembered(**withdrawn)) if is_good else None


def _are_paths(paths: tuple[str, ...]) -> bool:
    """Whether all are paths of files inside a folder; looked at together, which takes a fifth of the time."""
    joined = "\0".join(("", *paths, ""))
    return joined.count("\0") == len(paths) + 1 and (not paths or _OUTSIDE.search(joined) is None)
