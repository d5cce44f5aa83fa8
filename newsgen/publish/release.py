"""The publication that is about to be made: which files, in which order, with which headers, and the bytes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from newsgen.disk import Disk
from newsgen.model.errors import Problem, SystemFault
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.plan import units
from newsgen.publish import manifest as manifests
from newsgen.publish.host_rules import Rules, media_type, media_types, parse_rules
from newsgen.publish.manifest import Manifest
from newsgen.publish.remembered import NOTHING, Remembered
from newsgen.store import Store
from newsgen.text.address import output_path, without_index

__all__ = ["ARTICLE", "ASSET", "LIST", "RULE_FILES", "File", "Release", "rank_of", "release_of"]

# The order in which files are put where readers see each at once: nothing is there before what it needs.
ASSET, ARTICLE, LIST = range(3)
_ARTICLES = frozenset({"story", "briefs", "gone", "moved", "short", "page"})  # units of planning
_PAGES = (".html", ".xml", ".json", ".txt")  # lead to others; no page needs one to look as it should
RULE_FILES = ("_headers", "_redirects")  # what some hosts read, and none serves


@value
class File:
    """One file of a publication."""

    path: str  # in the output, such as "world/index.html"
    digest: str  # of its bytes (model.files.digest)
    size: int  # bytes
    unit: str = ""  # of planning, that made it (`plan.units`); "" for one of which nothing but its path is known

    @property
    def rank(self) -> int:
        """ASSET, ARTICLE or LIST."""
        rank = rank_of(self.path)
        if rank == ASSET or not self.unit:
            return rank
        return ARTICLE if units.split(self.unit)[0] in _ARTICLES else LIST

    @property
    def url(self) -> str:
        """Where readers find it, from the site's root: "/world/"."""
        return without_index(f"/{self.path}")

    @property
    def media_type(self) -> str:
        """Its Content-Type."""
        return media_type(self.path)


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


@dataclass(frozen=True)
class Release:
    """A publication: every file in the order of its path, and what hosts are told of them."""

    files: tuple[File, ...]
    output: Disk
    prefix: str = ""  # of the site's addresses: "/path", or ""
    rules: Rules = field(default_factory=Rules)  # of `_headers` and `_redirects`
    redirects: Mapping[str, str] = field(default_factory=dict)  # path of a page that leads on: where to, with `prefix`
    shown: Mapping[str, str] = field(default_factory=dict)  # the id of the story at each address that has a page
    remembered: Remembered = NOTHING  # what this computer knows that was withdrawn, or what the target will remember

    @cached_property
    def by_path(self) -> dict[str, File]:
        """Every file by its path."""
        return {file.path: file for file in self.files}

    @cached_property
    def manifest(self) -> Manifest:
        """What the manifest at the target says of it."""
        rules = repr([(pattern.pattern, pairs) for pattern, pairs in self.rules.headers])
        kinds = media_types(file.path for file in self.files)
        told = digest(f"{rules}\0{kinds}".encode())
        return Manifest({file.path: file.digest for file in self.files}, told, remembered=self.remembered)

    @cached_property
    def manifest_bytes(self) -> bytes:
        """The bytes of `manifest_file`."""
        return manifests.to_bytes(self.manifest)

    @cached_property
    def manifest_file(self) -> File:
        """The manifest as a file of the publication; it comes last."""
        return File(manifests.PATH, digest(self.manifest_bytes), len(self.manifest_bytes))

    @property
    def whole(self) -> tuple[File, ...]:
        """Every file, and the manifest."""
        return (*self.files, self.manifest_file)

    @property
    def id(self) -> str:
        """The same for the same publication, on every computer: 32 hexadecimal digits."""
        return self.manifest_file.digest

    def headers_of(self, file: File) -> dict[str, str]:
        """The headers that `_headers` gives a file, by name."""
        return dict(self.rules.headers_of(f"{self.prefix}{file.url}"))

    def read(self, file: File) -> bytes:
        """The bytes of a file. SystemFault where they are not those of the manifest: somebody changed the output."""
        if file.path == manifests.PATH:
            return self.manifest_bytes
        try:
            data = self.output.read(file.path)
        except OSError as error:
            raise _changed(self.output, file) from error
        if digest(data) != file.digest:
            raise _changed(self.output, file)
        return data


def _changed(output: Disk, file: File) -> SystemFault:
    return SystemFault(Problem("publish-changed", f"{output.name}/{file.path}"))


def release_of(store: Store, output: Disk, prefix: str) -> Release:
    """The publication of what the last build wrote, by its manifest."""
    rows = store.pages.files()
    files = (File(output_path(url), made, size, unit) for url, unit, size, _mtime_ns, made in rows if made)
    ordered = tuple(sorted(files, key=lambda file: file.path))
    rules = parse_rules(*(_text(output, name) for name in RULE_FILES))
    return Release(ordered, output, prefix, rules)


def rank_of(path: str) -> int:
    """The rank of a file of which nothing but its path is known: one of an earlier publication."""
    if path.startswith(("assets/", "media/")) or not path.endswith((*_PAGES, *RULE_FILES)):
        return ASSET
    return ARTICLE if path.endswith(".html") and not _is_index(path) else LIST


def _text(output: Disk, name: str) -> str:
    try:
        return output.read(name).decode("utf-8", "replace")
    except OSError:
        return ""
