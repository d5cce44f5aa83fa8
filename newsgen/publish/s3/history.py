"""The versions that a bucket keeps of its objects: which publication had which, and what nobody needs any more. Pure.

A publication ends with its manifest, so a version of the manifest is a publication: of each object it had the version
that was there at that moment. What was there at no such moment is of a run that was killed, or was sent twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsgen.publish.s3.answers import Version

__all__ = ["FilesAt", "History"]


@dataclass(frozen=True, slots=True)
class History:
    """Every version of every object, by path, the newest first."""

    by_path: Mapping[str, tuple[Version, ...]]
    manifest_path: str

    @staticmethod
    def of(versions: Iterable[Version], manifest_path: str) -> History:
        """The versions as a bucket lists them."""
        by_path: dict[str, list[Version]] = defaultdict(list)
        for version in versions:
            by_path[version.key].append(version)
        return History({path: tuple(rows) for path, rows in by_path.items()}, manifest_path)

    @property
    def publications(self) -> tuple[Version, ...]:
        """The earlier versions of the manifest, the newest first."""
        return tuple(row for row in self.by_path.get(self.manifest_path, ()) if _is_earlier(row))

    def at(self, path: str, moment: float) -> Version | None:
        """The version of an object at a moment; None where there was none."""
        row = next((row for row in self.by_path.get(path, ()) if row.at <= moment), None)
        return None if row is None or row.is_deletion else row

    def unneeded(self, paths: Iterable[str], kept: Iterable[Version]) -> Iterator[Version]:
        """The earlier versions of some objects that none of these publications had."""
        moments = sorted(publication.at for publication in kept)
        for path in paths:
            replaced_at = float("inf")
            for row in self.by_path.get(path, ()):
                first = bisect_left(moments, row.at)
                is_needed = first < len(moments) and moments[first] < replaced_at
                if _is_earlier(row) and not is_needed:
                    yield row
                replaced_at = row.at

    def is_as_now(self, row: Version) -> bool:
        """Whether an earlier version has the same bytes as the object has now."""
        now = self.by_path[row.key][0]
        return row == now or (row.md5 != "" and row.md5 == now.md5)

    def without(self, gone: Iterable[Version]) -> History:
        """The same after some versions were deleted."""
        lost = set(gone)
        kept = {path: tuple(row for row in rows if row not in lost) for path, rows in self.by_path.items()}
        return History({path: rows for path, rows in kept.items() if rows}, self.manifest_path)


def _is_earlier(row: Version) -> bool:
    return not row.is_latest and not row.is_deletion


@dataclass(frozen=True, slots=True)
class FilesAt(Mapping[str, str]):
    """What stood at each path at a moment: the digest that stands there now, or the version's id where it was other."""

    history: History
    moment: float
    now: Mapping[str, str]  # digests, by path

    def __getitem__(self, path: str) -> str:
        row = self.history.at(path, self.moment)
        if row is None:
            raise KeyError(path)
        return self.now.get(path, row.id) if self.history.is_as_now(row) else row.id

    def __iter__(self) -> Iterator[str]:
        return (path for path in self.history.by_path if self.history.at(path, self.moment))

    def __len__(self) -> int:
        return sum(1 for _path in self)
