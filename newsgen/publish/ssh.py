"""A server of one's own, by ssh and rsync: release folders as in `folder`, and the link `current`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from newsgen.disk import FolderDisk, composed
from newsgen.model.errors import Problem, SystemFault
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish import ssh_scripts as scripts
from newsgen.publish.folder import KEPT, moment_of, release_name
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import NO_LIMITS, Limits, Mismatch, Publication, Sent, Standing, Surroundings
from newsgen.publish.release import File, Release
from newsgen.publish.ssh_run import Ssh, require_programs
from newsgen.publish.ssh_scripts import Finish, Look

__all__ = ["SshTarget", "open_target"]

_MOST_LINKED = 20  # folders of which rsync can take over files: the standing release, and what killed runs left


def open_target(target: TargetSettings, _settings: Settings, surroundings: Surroundings) -> SshTarget:
    """The server. UsageError where ssh or rsync is not installed here."""
    require_programs(surroundings, target)
    return SshTarget(target, surroundings)


class SshTarget:
    """A folder of releases on a server as a target."""

    shape: Literal["whole set"] = "whole set"
    serves_rules = True  # by the web server before it, as docs/publish/folder.md sets it up
    is_own = True
    uploads = 1  # rsync sends
    urls: tuple[str, ...] = ()
    limits: Limits = NO_LIMITS

    def __init__(self, settings: TargetSettings, surroundings: Surroundings) -> None:
        user = f"{settings.user}@" if settings.user else ""
        self.place = f"{user}{settings.host}:{settings.path}"
        self._ssh = Ssh(settings, self.place, surroundings)
        self._clock = surroundings.clock
        path = "." if settings.path == "~" else settings.path.removeprefix("~/")
        self._root = path if path.startswith("/") else f"./{path}"
        self._begun: Look | None = None
        self._is_sent = False

    # --- what is there ---

    def _look(self, script: str) -> Look:
        """What is there. SystemFault where `current` is no link of ours."""
        found = scripts.read_look(self._ssh.script(script))
        if not found.is_ours:
            raise SystemFault(Problem("publish-current", f"{self.place}/current"))
        return found

    def standing(self) -> Standing:
        found = self._look(scripts.look(self._root, "standing"))
        return Standing(_manifest(found, found.current), _foreign(found))

    def publications(self) -> tuple[Publication, ...]:
        found = self._look(scripts.look(self._root, "all"))
        whole = (
            Publication(name, self._place_of(name), _manifest(found, name), moment_of(name), name == found.current)
            for name in found.names
        )
        left = (Publication(name, self._place_of(name), None, can_put_back=False) for name in found.unfinished)
        return (*whole, *left)

    def _place_of(self, name: str) -> str:
        return f"{self.place}/releases/{name}"

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        """None: rsync finds out itself, by the bytes. What it is going to send is that of the manifest."""
        for file in release.files:
            release.read(file)
        self._begun = found = self._look(scripts.begin(self._root, release.id[:8]))
        self._is_sent = False
        left = found.files.get(scripts.partial(release.id[:8]).removeprefix("releases/"), frozenset())
        others = sorted(left - {file.path for file in release.whole})
        if others:  # of a killed run that was about to publish something else
            self._ssh.script(scripts.drop(self._root, release.id[:8], others))
        return ()

    def put(self, file: File, data: bytes) -> None:
        raise AssertionError("rsync sends what is missing")

    def commit(self, release: Release, sent: Sent) -> None:
        assert self._begun is not None
        if not self._is_sent:
            self._send(release, self._begun, sent)
            self._is_sent = True
        name = release_name(release, self._clock, self._begun.names)
        others = [each for each in self._begun.names if each not in (name, self._begun.current)]
        kept = KEPT - 1 - (self._begun.current != "")
        foreign = tuple(path for path in _foreign(self._begun) if path not in release.by_path)
        finish = Finish(name, release.id[:8], release.manifest_bytes, foreign, tuple(others[kept:]))
        self._ssh.script(scripts.finish(self._root, finish))

    def _send(self, release: Release, found: Look, sent: Sent) -> None:
        assert isinstance(release.output, FolderDisk)
        names = "".join(f"./{file.path}\0" for file in release.files).encode("utf-8", "surrogateescape")
        own = scripts.partial(release.id[:8])
        same = (name for name in found.names if name.split("-")[1] == release.id[:8])  # whole, and never shown
        known = [name for name in (found.current, *same, *found.unfinished) if name and not own.endswith(name)]
        links = [f"--link-dest=../{name}" for name in known[:_MOST_LINKED]]

        def tell(path: str) -> None:
            file = release.by_path.get(path)
            if file is not None:
                sent(file)

        self._ssh.send(release.output.root, names, [*links, f"{self._root}/{own}"], tell)

    # --- earlier ones ---

    def forget(self, publication: Publication) -> None:
        self._ssh.script(scripts.forget(self._root, publication.key))

    def put_back(self, publication: Publication) -> None:
        self._ssh.script(scripts.put_back(self._root, publication.key))

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...] | None:
        wanted = [*paths]
        if not self._look(scripts.look(self._root, "standing")).current:
            return tuple(Mismatch(path, "missing") for path in wanted)
        there = scripts.read_digests(self._ssh.script(scripts.digests(self._root, wanted)))
        if there is None:
            return None
        missing = (Mismatch(path, "missing") for path in wanted if path not in there)
        differs = (
            Mismatch(path, "differs")
            for path in wanted
            if path in there and there[path] != release.by_path[path].digest
        )
        return (*missing, *differs)

    def notes(self) -> tuple[Problem, ...]:
        return ()


def _manifest(found: Look, name: str) -> Manifest | None:
    return manifests.read(found.manifests[name]) if name in found.manifests else None


def _foreign(found: Look) -> tuple[str, ...]:
    """The files of the standing release that its manifest has not."""
    manifest = _manifest(found, found.current)
    ours = manifest.files if manifest else {}
    files = found.files.get(found.current, frozenset())
    return tuple(sorted(path for path in files if composed(path) not in ours and path != manifests.PATH))
