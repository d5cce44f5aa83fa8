"""Targets in memory, of both shapes: they count what they are asked, and fail where a test wants them to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsgen.disk import MemoryDisk
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.publish import manifest as manifests
from newsgen.publish.host_rules import parse_rules
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import NO_LIMITS, Limits, Mismatch, Publication, Sent, Standing
from newsgen.publish.release import File, Release

__all__ = ["Cut", "InPlaceInMemory", "TargetInMemory", "WholeSetInMemory", "release"]


class Cut(BaseException):
    """The process ends here: no `except` of newsgen's stops it."""


def release(files: Mapping[str, bytes | str], headers: str = "", redirects: str = "", prefix: str = "") -> Release:
    """A publication of some files; a text is its UTF-8."""
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    rows = (File(path, digest(bytes_), len(bytes_)) for path, bytes_ in sorted(data.items()))
    return Release(tuple(rows), MemoryDisk(data, "build"), prefix, parse_rules(headers, redirects))


@dataclass
class TargetInMemory:
    """What both shapes have. `faults` has what the nth call that changes something raises, before it does anything."""

    shown: dict[str, bytes] = field(default_factory=dict)  # what readers get, the manifest too
    faults: dict[int, BaseException] = field(default_factory=dict)
    on_step: Callable[[], None] = lambda: None  # called before and after each change
    steps: list[str] = field(default_factory=list)  # every change that was made: "put index.html"
    earlier: list[Publication] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    told: tuple[Problem, ...] = ()
    asked: int = 0  # calls that change something, those that failed too

    uploads: int = 4

    serves_rules = True
    is_own = False
    place = "the memory"
    urls: tuple[str, ...] = ()
    limits: Limits = NO_LIMITS

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def step(self, name: str, change: Callable[[], None]) -> None:
        """Make one change, if no fault is due."""
        with self._lock:
            self.asked += 1
            self.on_step()
            if fault := self.faults.pop(self.asked, None):
                raise fault
            change()
            self.steps.append(name)
            self.on_step()

    @property
    def manifest(self) -> Manifest | None:
        data = self.shown.get(manifests.PATH)
        return manifests.read(data) if data else None

    def standing(self) -> Standing:
        ours = self.manifest.files if self.manifest else {}
        return Standing(self.manifest, tuple(sorted(self.shown.keys() - ours.keys() - {manifests.PATH})))

    def publications(self) -> tuple[Publication, ...]:
        return (Publication("now", "now", self.manifest, is_standing=True), *self.earlier)

    def forget(self, publication: Publication) -> None:
        self.earlier.remove(publication)
        self.forgotten.append(publication.key)

    def put_back(self, publication: Publication) -> None:
        self.steps.append(f"put back {publication.key}")

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...] | None:
        found = []
        for path in paths:
            data = self.shown.get(path)
            if data is None:
                found.append(Mismatch(path, "missing"))
            elif digest(data) != release.by_path[path].digest:
                found.append(Mismatch(path, "differs"))
        return tuple(found)

    def notes(self) -> tuple[Problem, ...]:
        return self.told

    def read(self, path: str) -> bytes | None:
        """What a reader gets."""
        return self.shown.get(path)


@dataclass
class InPlaceInMemory(TargetInMemory):
    """A store in which each file is seen as soon as it is put, with its headers."""

    shape: Literal["in place"] = "in place"
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)  # paths that the store forgets to keep
    listings: int = 0

    def listing(self) -> Mapping[str, str]:
        self.listings += 1
        return {path: self.identify(data) for path, data in self.shown.items()}

    def identify(self, data: bytes) -> str:
        return f"id of {digest(data)}"

    def put(self, release: Release, file: File, data: bytes) -> None:
        def change() -> None:
            if file.path not in self.lost:
                self.shown[file.path] = data
                self.headers[file.path] = release.headers_of(file)

        self.step(f"put {file.path}", change)

    def put_manifest(self, data: bytes, *, is_finished: bool) -> None:
        self.step("put manifest", lambda: self.shown.update({manifests.PATH: data}))

    def delete(self, paths: tuple[str, ...]) -> None:
        for path in paths:

            def change(path: str = path) -> None:
                self.shown.pop(path, None)

            self.step(f"delete {path}", change)


@dataclass
class WholeSetInMemory(TargetInMemory):
    """A host that keeps every file ever sent by its digest, and shows a whole set at once."""

    shape: Literal["whole set"] = "whole set"
    kept: dict[str, bytes] = field(default_factory=dict)  # by digest
    begun: int = 0

    def missing(self, release: Release) -> tuple[File, ...]:
        self.begun += 1
        return tuple(file for file in release.whole if file.digest not in self.kept)

    def put(self, file: File, data: bytes) -> None:
        self.step(f"put {file.path}", lambda: self.kept.update({file.digest: data}))

    def commit(self, release: Release, sent: Sent) -> None:
        whole = {file.path: self.kept[file.digest] for file in release.whole}

        def change() -> None:
            self.shown = whole

        self.step("commit", change)
