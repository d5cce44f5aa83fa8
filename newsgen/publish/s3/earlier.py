"""An earlier publication of a bucket that keeps versions, as a release that can be put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from newsgen.disk import MemoryDisk
from newsgen.model.errors import Problem, SystemFault
from newsgen.model.files import digest
from newsgen.publish.http import Answer
from newsgen.publish.manifest import Manifest
from newsgen.publish.release import File, Release
from newsgen.publish.s3.answers import Version
from newsgen.publish.s3.bucket import Bucket
from newsgen.publish.s3.history import History

__all__ = ["HEADERS", "LOCATION", "Earlier", "earlier_release"]

# What is kept with an object, of all that a release tells of a file: S3 gives no other headers to readers.
HEADERS = ("Cache-Control", "Content-Disposition", "Content-Language")
LOCATION = "x-amz-website-redirect-location"


@dataclass(frozen=True)
class Earlier(Release):
    """A release whose files are versions of a bucket's objects. The headers of each are known once it has been read."""

    _manifest: Manifest = field(kw_only=True)
    _bucket: Bucket = field(kw_only=True)
    _history: History = field(kw_only=True)
    _at: Version = field(kw_only=True)  # of the manifest
    _locations: dict[str, str] = field(kw_only=True)  # the `redirects` of the release
    _headers: dict[str, dict[str, str]] = field(kw_only=True, default_factory=dict)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest as it was."""
        return self._manifest

    def read(self, file: File) -> bytes:
        """The bytes that the publication had. SystemFault where that version is gone."""
        path = file.path
        rows = [row for row in self._history.by_path.get(path, ()) if not row.is_deletion]
        likely = self._history.at(path, self._at.at)
        for row in sorted(rows, key=lambda row: row != likely):  # times are in whole seconds: another may be the one
            answer = self._bucket.get(path, row.id)
            if answer is not None and digest(answer.data) == file.digest:
                self._note(path, answer)
                return answer.data
        raise SystemFault(Problem("publish-s3-version", f"{self._bucket.place}: {path}"))

    def _note(self, path: str, answer: Answer) -> None:
        self._headers[path] = {name: answer.headers[name.lower()] for name in HEADERS if name.lower() in answer.headers}
        if location := answer.headers.get(LOCATION, ""):
            self._locations[path] = location

    def headers_of(self, file: File) -> dict[str, str]:
        """The headers that the version has."""
        return self._headers.get(file.path, {})


def earlier_release(bucket: Bucket, history: History, at: Version, manifest: Manifest) -> Earlier:
    """The publication of which this was the manifest."""
    locations: dict[str, str] = {}
    files = tuple(File(path, made, 0) for path, made in sorted(manifest.files.items()))
    return Earlier(
        files, MemoryDisk(name=bucket.place), redirects=locations,
        _manifest=manifest, _bucket=bucket, _history=history, _at=at, _locations=locations,
    )  # fmt: skip
