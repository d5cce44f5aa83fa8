"""GitHub Pages and GitLab Pages: a branch with one commit, which is pushed over the one before."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import new as new_hash
from typing import Literal

from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.git_branch import Branch, Commit, Entry, NewCommit
from newsgen.publish.git_hosts import HOSTS, BranchHost
from newsgen.publish.git_run import Git, require_git, without_secrets
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import Mismatch, Publication, Sent, Standing, Surroundings
from newsgen.publish.release import File, Release
from newsgen.publish.retry import retrying

__all__ = ["GitTarget", "open_target"]

_KEPT = 2  # earlier publications, for a rollback
_KEY = 12  # digits of a hash by which a person names a publication
_SOURCES = ("pyproject.toml", "content/")  # what tells a branch of sources from one of pages


@dataclass(frozen=True, slots=True)
class _Look:
    """What the branch was when it was last looked at."""

    commit: Commit | None = None
    manifest: Manifest | None = None


def open_target(target: TargetSettings, settings: Settings, surroundings: Surroundings) -> GitTarget:
    """The branch. UsageError where there is no git."""
    require_git(surroundings.env, target.name)
    host = HOSTS[target.kind]
    remote = os.path.expanduser(target.remote) if target.remote.startswith("~") else target.remote
    branch = target.branch or host.branch
    place = f"the branch {branch} of {without_secrets(remote, surroundings.env)}"
    repository = os.path.join(surroundings.folder, ".newsgen", f"publish-{target.name}.git")
    git = Git(repository, surroundings, place)
    return GitTarget(host, Branch(git, remote, branch), replace(target, remote=remote), settings.base_url, git)


class GitTarget:
    """A branch as a target."""

    shape: Literal["whole set"] = "whole set"
    is_own = True  # earlier publications lie in the site's own folder; the branch has but one
    uploads = 1

    def __init__(self, host: BranchHost, branch: Branch, settings: TargetSettings, base_url: str, git: Git) -> None:
        self.place = git.place
        self.limits = host.limits
        self.serves_rules = host.serves_rules
        self._host, self._branch, self._remote, self._base_url = host, branch, settings.remote, base_url
        self._clock, self._sleep = git.surroundings.clock, git.surroundings.sleep
        self._known: _Look | None = None
        self._is_first = False  # this publication is the first
        self._forgotten: list[str] = []  # hashes of commits that held what was withdrawn

    # --- what is there ---

    @property
    def urls(self) -> tuple[str, ...]:
        commit = retrying(self._look, self._sleep, self.place).commit
        cname = commit.read("CNAME") if commit else None
        domain = (cname or b"").decode("utf-8", "replace").strip().lower()
        return self._host.urls(self._base_url, self._remote, domain)

    def _look(self) -> _Look:
        """The branch at the remote, looked at once."""
        if self._known is None:
            self._branch.prepare()
            commit = self._branch.tip()
            self._known = _Look(commit, self._manifest(commit)) if commit else _Look()
        return self._known

    def _manifest(self, commit: Commit) -> Manifest | None:
        """What newsgen has published in a commit. It is not sure of what somebody else may have changed since.

        UsageError for a branch of which the history, or the sources of the site, would be lost.
        """
        data = commit.read(self._host.folder + manifests.PATH)
        manifest = manifests.read(data) if data is not None else None
        if manifest is None:
            if commit.parents or any(path.startswith(_SOURCES) for path in commit.files):
                raise UsageError(Problem("publish-git-history", self.place, values=(self._host.branch,)))
            return None
        unsure = {path for path in manifest.files if not self._is_file(commit, path)}
        if not commit.is_ours:
            unsure |= manifest.files.keys() & self._edited(commit, manifest)
        return replace(manifest, unsure=frozenset(unsure))

    def _is_file(self, commit: Commit, path: str) -> bool:
        entry = commit.files.get(self._host.folder + path)
        return entry is not None and entry.is_file

    def _edited(self, commit: Commit, manifest: Manifest) -> set[str]:
        """The paths in the site that are not as in the commit that newsgen made; all where that is not at hand."""
        before = commit.parents[0] if commit.parents else ""
        if not self._branch.has(before):
            return set(manifest.files)
        old, new = self._branch.commit(before), commit.files
        return {path for path in manifest.files if old.files.get(self._inside(path)) != new.get(self._inside(path))}

    def _inside(self, path: str) -> str:
        """A path of the site in the branch."""
        return self._host.folder + path

    def standing(self) -> Standing:
        look = self._look()
        ours = {self._inside(path) for path in look.manifest.files} if look.manifest else set()
        ours |= {self._inside(manifests.PATH)} | self._host.files(self._base_url).keys()
        files = look.commit.files if look.commit else {}
        return Standing(look.manifest, tuple(sorted(self._shown(path) for path in files if path not in ours)))

    def _shown(self, path: str) -> str:
        """A path in the branch, seen from the site's root."""
        folder = self._host.folder
        return path.removeprefix(folder) if path.startswith(folder) else f"../{path}"

    def publications(self) -> tuple[Publication, ...]:
        look = self._look()
        found = [] if look.commit is None else [self._publication(look.commit, look.manifest, is_standing=True)]
        standing = look.commit.hash if look.commit else ""
        found += [
            self._publication(commit, self._read_manifest(commit), is_standing=False)
            for commit in self._branch.kept()
            if commit.hash != standing
        ]
        return tuple(found)

    def _read_manifest(self, commit: Commit) -> Manifest | None:
        data = commit.read(self._inside(manifests.PATH))
        return manifests.read(data) if data is not None else None

    def _publication(self, commit: Commit, manifest: Manifest | None, *, is_standing: bool) -> Publication:
        place = self.place if is_standing else f"the earlier commit {commit.hash[:_KEY]}, kept on this computer"
        return Publication(commit.hash[:_KEY], place, manifest, commit.at, is_standing)

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        return ()  # `commit` gives git everything

    def put(self, file: File, data: bytes) -> None:
        raise AssertionError("nothing is missing")

    def commit(self, release: Release, sent: Sent) -> None:
        look = self._look()
        known = dict(look.manifest.files) if look.manifest else {}
        for path in look.manifest.unsure if look.manifest else ():
            known[path] = ""
        with self._new_commit(f"Site {release.id}") as new:
            for path in sorted(known.keys() - release.by_path.keys()):
                new.delete(self._inside(path))
            for file in release.whole:
                if known.get(file.path) != file.digest:
                    new.put(self._inside(file.path), release.read(file))
                    if file.path != manifests.PATH:
                        sent(file)
            self._put_host_files(new)
            made = new.finish()
        self._publish(made, look)

    def _new_commit(self, message: str) -> NewCommit:
        return self._branch.begin(self._look().commit, self._clock, message)

    def _put_host_files(self, new: NewCommit) -> None:
        """Add what the host wants beside the site; what is there already stays."""
        commit = self._look().commit
        files = commit.files if commit else {}
        for path, data in self._host.files(self._base_url).items():
            if path not in files:
                new.put(path, data)

    def _publish(self, made: str, look: _Look) -> None:
        """Push a commit, unless the branch has the same files already, and keep the one before."""
        before, commit = look.commit, self._branch.commit(made)
        if before is not None and before.is_ours and before.tree == commit.tree:
            return
        if before is not None and look.manifest is not None:
            self._branch.keep(before.hash)
        self._branch.push(made, before)
        self._is_first = before is None
        self._known = _Look(commit, self._read_manifest(commit))
        kept = [each.hash for each in self._branch.kept() if each.hash != made]
        self._branch.drop(kept[_KEPT:])
        self._branch.clean(is_whole=False)

    # --- earlier ones ---

    def forget(self, publication: Publication) -> None:
        names = [commit.hash for commit in self._branch.kept() if commit.hash.startswith(publication.key)]
        self._branch.drop(names)
        self._branch.clean(is_whole=True)
        self._forgotten += names

    def put_back(self, publication: Publication) -> None:
        """Push the files of an earlier commit; files of others stay as they are now."""
        look = self._look()
        earlier = next(commit for commit in self._branch.kept() if commit.hash.startswith(publication.key))
        ours = look.manifest.files.keys() if look.manifest else set()
        wanted = publication.manifest.files.keys() if publication.manifest else set()
        with self._new_commit(f"Site of {earlier.hash[:_KEY]} again") as new:
            for path in sorted(ours - wanted):
                new.delete(self._inside(path))
            for path in sorted({*wanted, manifests.PATH}):
                if entry := earlier.files.get(self._inside(path)):
                    new.put_known(self._inside(path), entry)
            self._put_host_files(new)
            made = new.finish()
        self._publish(made, look)

    # --- afterwards ---

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...]:
        commit = self._look().commit
        files = commit.files if commit else {}
        found = []
        for path in paths:
            entry = files.get(self._inside(path))
            if entry is None:
                found.append(Mismatch(path, "missing"))
            elif not _is_of(entry, release.read(release.by_path[path])):
                found.append(Mismatch(path, "differs"))
        return tuple(found)

    def notes(self) -> tuple[Problem, ...]:
        notes = []
        if self._is_first:
            notes.append(Problem(self._host.first, self.place, severity="warning"))
        if self._forgotten:
            values = (", ".join(sorted(self._forgotten)),)
            notes.append(Problem(self._host.kept, self.place, values=values, severity="warning"))
        return tuple(notes)


def _is_of(entry: Entry, data: bytes) -> bool:
    """Whether an entry is a file with these bytes: git's hash of a blob, SHA-1 or SHA-256."""
    kind = new_hash("sha1" if len(entry.blob) == 40 else "sha256", b"blob %d\0" % len(data), usedforsecurity=False)
    kind.update(data)
    return entry.is_file and kind.hexdigest() == entry.blob
