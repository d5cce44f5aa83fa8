"""A bucket as a target: objects put one by one, with the headers that readers get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import md5
from typing import Literal
from urllib.parse import quote, urlsplit

from newsgen.model.errors import Problem, SystemFault
from newsgen.model.files import digest
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.http import Answer
from newsgen.publish.in_place import InPlacePublication
from newsgen.publish.manifest import Manifest, compare
from newsgen.publish.protocol import Limits, Mismatch, Publication, Standing, Surroundings
from newsgen.publish.release import RULE_FILES, File, Release
from newsgen.publish.remembered import NOTHING, Remembered
from newsgen.publish.retry import retrying
from newsgen.publish.s3.answers import Version
from newsgen.publish.s3.bucket import Bucket
from newsgen.publish.s3.earlier import HEADERS, LOCATION, earlier_release
from newsgen.publish.s3.history import FilesAt, History
from newsgen.publish.send import NO_PROGRESS

__all__ = ["UNFINISHED", "S3Target", "open_target"]

UNFINISHED = ".well-known/newsgen-unfinished.json"  # the manifest of a publication under way, deleted at its end
_MANIFESTS = (manifests.PATH, UNFINISHED)
_UPLOADS = 16  # at once: at 40 ms a request, some 400 files a second
_LARGEST = 5 * 1024**3  # bytes that S3 takes in one put
_REVALIDATED = "public, max-age=0, must-revalidate"  # without a word, CloudFront would keep pages for a day
_NOW, _LOOSE, _UNTOLD = "now", "loose", "versions"  # publications that have no manifest's version as a key
_WEBSITE = re.compile(r"[^/]+(\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?)")


def open_target(target: TargetSettings, settings: Settings, surroundings: Surroundings) -> S3Target:
    """The bucket. UsageError where boto3 or credentials are missing."""
    return S3Target(target, settings.base_url, surroundings)


class S3Target:
    """A bucket, or the keys of it that begin with a prefix, as a target."""

    shape: Literal["in place"] = "in place"
    serves_rules = False
    is_own = False
    uploads = _UPLOADS
    limits = Limits(file_bytes=_LARGEST)

    def __init__(self, target: TargetSettings, base_url: str, surroundings: Surroundings) -> None:
        self._bucket = Bucket(target, surroundings)
        self.place = self._bucket.place
        self._surroundings = surroundings
        website = _WEBSITE.fullmatch(urlsplit(base_url).netloc)
        path = f"/{self._bucket.prefix}".rstrip("/")
        # A website endpoint is the bucket's own address. Of any other, only the owner of its name can tell.
        self.urls: tuple[str, ...] = (f"http://{target.bucket}{website[1]}{path}",) if website else ()
        self._has_changed = False
        self._takes_locations = True  # until the store says otherwise
        self._history: History | None = None  # as last listed
        self._every_path: set[str] = set()

    # --- what is there ---

    def standing(self) -> Standing:
        there = {path for path, _md5 in self._bucket.list()}
        manifest = self._manifest(UNFINISHED if UNFINISHED in there else manifests.PATH)
        ours = {*manifest.files, *manifest.unsure} if manifest else set()
        foreign = tuple(sorted(there - ours - {*_MANIFESTS, ""}))
        if manifest:  # what somebody else deleted is put again
            files = {path: made for path, made in manifest.files.items() if path in there or path in RULE_FILES}
            manifest = replace(manifest, files=files)
        return Standing(manifest, foreign)

    def _manifest(self, path: str, version: str = "") -> Manifest | None:
        answer = self._bucket.get(path, version)
        return manifests.read(answer.data) if answer else None

    def listing(self) -> Mapping[str, str]:
        return dict(self._bucket.list())

    def identify(self, data: bytes) -> str:
        return md5(data, usedforsecurity=False).hexdigest()

    # --- a publication ---

    def put(self, release: Release, file: File, data: bytes) -> None:
        if file.path in RULE_FILES:
            return
        self._has_changed = True
        headers = _headers(release, file)
        if not self._takes_locations:
            headers.pop(LOCATION, None)
        answer = self._bucket.put(file.path, data, headers)
        if answer.status == 501 and headers.pop(LOCATION, ""):  # R2 knows no redirects: the page leads on
            self._takes_locations = False
            answer = self._bucket.put(file.path, data, headers)
        if answer.status == 501:
            raise SystemFault(Problem("publish-answer", self.place, values=("501", "s3:PutObject")))

    def put_manifest(self, data: bytes, *, is_finished: bool) -> None:
        headers = {"Content-Type": "application/json", "Cache-Control": _REVALIDATED}
        self._bucket.put(manifests.PATH if is_finished else UNFINISHED, data, headers)
        if is_finished:
            self._bucket.delete([(UNFINISHED, "")])

    def delete(self, paths: tuple[str, ...]) -> None:
        self._has_changed = self._has_changed or bool(paths)
        self._bucket.delete((path, "") for path in paths)

    # --- earlier ones ---

    def publications(self) -> tuple[Publication, ...]:
        manifest = self._manifest(manifests.PATH)
        standing = Publication(_NOW, self.place, manifest, is_standing=True, can_forget=False)
        keeps_versions = self._bucket.keeps_versions()
        if keeps_versions is None:  # it may keep some
            where = f"{self.place}, earlier versions"
            untold = Publication(_UNTOLD, where, None, can_forget=False, can_put_back=False)
            return (standing, untold)
        if not keeps_versions:
            return (standing,)
        history = self._history = History.of(self._bucket.versions(), manifests.PATH)
        now = manifest.files if manifest else {}
        found = [standing]
        latest = next((row.md5 for row in history.by_path.get(manifests.PATH, ()) if row.is_latest), "")
        for row in history.publications:
            moment = datetime.fromtimestamp(row.at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            where = f"{self.place}, versions of {moment}"
            files = Manifest(FilesAt(history, row.at, now))
            is_other = row.md5 != latest or not row.md5  # the same manifest is the same site, published twice
            told = partial(self._remembered_by, row)
            found.append(Publication(row.id, where, files, at=int(row.at), can_put_back=is_other, remembers=told))
        loose = self._loose(history, now)
        if loose:
            where = f"{self.place}, versions of no whole publication"
            found.append(Publication(_LOOSE, where, Manifest(loose), can_put_back=False))
        return tuple(found)

    def _remembered_by(self, publication: Version) -> Remembered:
        manifest = self._manifest(manifests.PATH, publication.id)
        return manifest.remembered if manifest else NOTHING

    @staticmethod
    def _loose(history: History, now: Mapping[str, str]) -> dict[str, str]:
        """What can be read of each path that no publication had, as `FilesAt` tells it."""
        paths = (path for path in history.by_path if path not in _MANIFESTS)
        loose: dict[str, str] = {}
        for row in history.unneeded(paths, history.publications):
            if not history.is_as_now(row) or row.key not in loose:
                loose[row.key] = now.get(row.key, row.id) if history.is_as_now(row) else row.id
        return loose

    def forget(self, publication: Publication) -> None:
        """Delete the versions that no other earlier publication had. What is not newsgen's keeps its versions."""
        history = self._known_history()
        rest = [row for row in history.publications if row.id != publication.key]
        gone = [*history.unneeded(sorted(self._ours(history)), rest), *history.unneeded([UNFINISHED], ())]
        manifest = [row for row in history.publications if row.id == publication.key]
        self._bucket.delete((row.key, row.id) for row in (*gone, *manifest))  # the manifest last: it names the rest
        self._history = history.without([*gone, *manifest])

    def _known_history(self) -> History:
        if self._history is None:
            self._history = History.of(self._bucket.versions(), manifests.PATH)
        return self._history

    def _ours(self, history: History) -> set[str]:
        """Every path that a manifest of ours ever had; read once, for some are deleted then."""
        for path in _MANIFESTS if not self._every_path else ():
            for row in history.by_path.get(path, ()):
                manifest = None if row.is_deletion else self._manifest(path, row.id)
                self._every_path.update(*((manifest.files, manifest.unsure) if manifest else ()))
        return self._every_path

    def put_back(self, publication: Publication) -> None:
        history = self._known_history()
        at = next((row for row in history.publications if row.id == publication.key), None)
        manifest = self._manifest(manifests.PATH, publication.key) if at else None
        if at is None or manifest is None:
            raise SystemFault(Problem("publish-s3-version", f"{self.place}: {manifests.PATH}"))
        standing = self.standing()
        earlier = earlier_release(self._bucket, history, at, manifest)
        again = InPlacePublication(self, earlier, standing, self._surroundings)
        again.publish(compare(standing.manifest, manifest), NO_PROGRESS)

    # --- what stands ---

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...]:
        """By the ETags of a listing where these are digests, else by bytes; then what each object is sent with."""
        there = self.listing()
        files = [release.by_path[path] for path in paths if path not in RULE_FILES]
        with ThreadPoolExecutor(self.uploads) as pool:
            rows = pool.map(lambda file: self._compare(release, file, there.get(file.path)), files)
            compared = [(file, *row) for file, row in zip(files, rows, strict=True)]
        keeps = self._bucket.is_amazon or any(
            LOCATION in answer.headers for _file, answer, _found in compared if answer
        )
        found: list[Mismatch] = []
        for file, answer, mismatches in compared:
            found += mismatches
            if answer is not None:
                found += _of_headers(file, answer, _headers(release, file), keeps_locations=keeps)
        return tuple(found)

    def _compare(self, release: Release, file: File, known: str | None) -> tuple[Answer | None, list[Mismatch]]:
        if known is None:
            return None, [Mismatch(file.path, "missing")]
        is_same = known == self.identify(release.read(file))

        def ask() -> Answer | None:
            return self._bucket.head(file.path) if is_same else self._bucket.get(file.path)

        answer = retrying(ask, self._surroundings.sleep, self.place)
        if answer is None:
            return None, [Mismatch(file.path, "missing")]
        if is_same or digest(answer.data) == file.digest:
            return replace(answer, data=b""), []
        return replace(answer, data=b""), [Mismatch(file.path, "differs")]

    def notes(self) -> tuple[Problem, ...]:
        """What a cache before the bucket has to be told; a website endpoint has none before it."""
        if not self._has_changed or self.urls:
            return ()
        return (Problem("publish-s3-cache", self.place, severity="advice"),)


def _headers(release: Release, file: File) -> dict[str, str]:
    """What an object is put with."""
    told = {name.lower(): text for name, text in release.headers_of(file).items()}
    headers = {name: told[name.lower()] for name in HEADERS if name.lower() in told}
    headers = {"Content-Type": file.media_type, "Cache-Control": _REVALIDATED, **headers}
    if to := release.redirects.get(file.path, ""):
        headers[LOCATION] = quote(to, safe="/:%#?&=+~@!$'()*,;")
    return headers


def _of_headers(file: File, answer: Answer, wanted: Mapping[str, str], *, keeps_locations: bool) -> Iterator[Mismatch]:
    for name in ("Content-Type", *HEADERS):
        got = answer.headers.get(name.lower(), "")
        if name == "Content-Type" and got.lower().replace(" ", "") != wanted[name].lower().replace(" ", ""):
            yield Mismatch(file.path, "type", wanted[name], got)
        elif name != "Content-Type" and got != wanted.get(name, ""):
            yield Mismatch(file.path, "header", f"{name}: {wanted.get(name, '')}", f"{name}: {got}")
    to, got = wanted.get(LOCATION, ""), answer.headers.get(LOCATION, "")
    if to != got and (got or keeps_locations):
        yield Mismatch(file.path, "redirect", to or "its own page", got)
