"""A branch of a remote repository, of which a bare repository of this computer has what is needed: commits as values.

The bare repository lies in the site's .newsgen/, and may be deleted at any time: it is fetched again. Its refs are

    refs/newsgen/standing       what the branch was when it was last looked at
    refs/newsgen/next           the commit that is being published
    refs/newsgen/kept/<hash>    earlier publications, for a rollback
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType

from newsgen.disk import FolderDisk
from newsgen.model.errors import Problem, SystemFault
from newsgen.publish.git_run import Git, GitFailed

__all__ = ["Branch", "Commit", "Entry", "NewCommit"]

_REFS = "refs/newsgen"
_STANDING, _NEXT, _KEPT = f"{_REFS}/standing", f"{_REFS}/next", f"{_REFS}/kept"
_WHO = "newsgen <newsgen@localhost>"
_COMMITTER = re.compile(r"committer (.*) (\d+) [+-]\d{4}")
_FILE_MODES = ("100644", "100755")
_MANY_LOOSE, _MANY_PACKS = "3000", "20"  # from which on the bare repository is packed again


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a commit."""

    mode: str
    blob: str  # its hash

    @property
    def is_file(self) -> bool:
        """Whether it is no link and no other repository."""
        return self.mode in _FILE_MODES


@dataclass(frozen=True)
class Commit:
    """One commit with its files."""

    hash: str
    tree: str
    parents: tuple[str, ...]
    at: int  # seconds
    is_ours: bool  # newsgen made it, and it is the only one of its branch
    git: Git

    @cached_property
    def files(self) -> Mapping[str, Entry]:
        """Every file by its path, whatever bytes its name has (as surrogates)."""
        return dict(_entries(self.git.run("ls-tree", "-r", "-z", "--full-tree", self.tree)))

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        entry = self.files.get(path)
        return self.git.run("cat-file", "blob", entry.blob) if entry and entry.is_file else None


def _entries(listing: bytes) -> Iterator[tuple[str, Entry]]:
    for line in listing.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            mode, _kind, blob = about.decode().split()
            yield path.decode("utf-8", "surrogateescape"), Entry(mode, blob)


class NewCommit:
    """A commit that is being written, with the files of another one to begin with. It has no parent."""

    def __init__(self, git: Git, before: Commit | None, at: int, message: str) -> None:
        self._git = git
        self._process = git.start("fast-import", "--quiet", "--force", "--done")
        text = message.encode()
        head = f"commit {_NEXT}\ncommitter {_WHO} {at} +0000\ndata {len(text)}\n".encode() + text + b"\n"
        self._write(head + (f'M 040000 {before.tree} ""\n'.encode() if before else b""))

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
        except BrokenPipeError:
            raise self._fault(self._process.communicate()[1]) from None

    def _fault(self, said: bytes) -> SystemFault:
        return SystemFault(Problem("publish-git-local", self._git.repository, values=(self._git.told(said),)))

    def delete(self, path: str) -> None:
        """Leave a file out."""
        self._write(b"D " + _quoted(path) + b"\n")

    def put(self, path: str, data: bytes) -> None:
        """Add a file, or replace it."""
        self._write(b"M 100644 inline " + _quoted(path) + b"\ndata %d\n" % len(data))
        self._write(data + b"\n")

    def put_known(self, path: str, entry: Entry) -> None:
        """Add a file whose bytes the repository has."""
        self._write(f"M {entry.mode} {entry.blob} ".encode() + _quoted(path) + b"\n")

    def finish(self) -> str:
        """The commit's hash. SystemFault where it could not be written."""
        self._write(b"done\n")
        _out, said = self._process.communicate()
        if self._process.returncode:
            raise self._fault(said)
        return self._git.run("rev-parse", "--verify", _NEXT).decode().strip()

    def __enter__(self) -> NewCommit:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Write none after an exception."""
        if kind is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def _quoted(path: str) -> bytes:
    """A path as fast-import reads it, whatever is in it."""
    data = path.encode("utf-8", "surrogateescape")
    return b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'


class Branch:
    """The branch and the bare repository."""

    def __init__(self, git: Git, remote: str, name: str) -> None:
        self._git, self._remote, self._ref = git, remote, f"refs/heads/{name}"

    def prepare(self) -> None:
        """Make the bare repository, or make it usable again after a run that was killed."""
        disk = FolderDisk(self._git.repository, self._git.repository)
        for path, *_stat in disk.scan():
            if path.endswith(".lock") or "tmp_" in path.rpartition("/")[2] or path.startswith("fast_import_crash"):
                disk.remove(path)  # one command at a time works here: what is locked was left behind
        self._git.run("init", "--quiet", "--bare", "--initial-branch=newsgen", "--template=")

    # --- the branch ---

    def tip(self) -> Commit | None:
        """What the branch is at the remote now; None where there is no such branch."""
        listing = self._git.remote("ls-remote", "--", self._remote, self._ref).decode("utf-8", "replace")
        rows = (line.split("\t") for line in listing.splitlines())
        found = next((row[0] for row in rows if row[1:] == [self._ref]), "")
        if not found:
            return None
        if found in self._refs().values():
            self._git.run("update-ref", _STANDING, found)
        else:
            self._git.remote(
                "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--", self._remote,
                f"+{self._ref}:{_STANDING}",
            )  # fmt: skip
            found = self._refs()[_STANDING]  # it may have moved on meanwhile
        return self.commit(found)

    def commit(self, name: str) -> Commit:
        """A commit that the bare repository has."""
        head = self._git.run("cat-file", "commit", name).partition(b"\n\n")[0].decode("utf-8", "replace").split("\n")
        pairs = [line.partition(" ") for line in head]
        tree = next(value for key, _blank, value in pairs if key == "tree")
        parents = tuple(value for key, _blank, value in pairs if key == "parent")
        who = next((match for line in head if (match := _COMMITTER.fullmatch(line))), None)
        is_ours = not parents and who is not None and who[1] == _WHO
        return Commit(name, tree, parents, int(who[2]) if who else 0, is_ours, self._git)

    def push(self, commit: str, before: Commit | None) -> None:
        """Have the branch be a commit, if it is still as it was. SystemFault where it is not, or the host refuses."""
        if before:
            self._make_shallow(before.hash)
        lease = f"--force-with-lease={self._ref}:{before.hash if before else ''}"
        try:
            self._git.attempt(
                "push", "--quiet", "--porcelain", "--no-verify", lease, "--", self._remote, f"{commit}:{self._ref}"
            )
        except GitFailed as failed:
            if "stale info" in failed.text or "fetch first" in failed.text or "failed to update ref" in failed.text:
                raise SystemFault(Problem("publish-git-moved", self._git.place)) from None
            self._git.refuse(failed.text)
        self._git.run("update-ref", _STANDING, commit)

    def _make_shallow(self, name: str) -> None:
        """Count a commit as one without parents, which it mostly is.

        Only in a shallow repository does git compare the files of two commits that have no parent in common, before it
        pushes one of them; else it would send the whole site again.
        """
        disk = FolderDisk(self._git.repository, self._git.repository)
        names = disk.read("shallow").decode().split() if disk.has("shallow") else []
        if name not in names:
            disk.write("shallow", "".join(f"{each}\n" for each in sorted([*names, name])).encode())
            disk.remove_temporary_files()

    def begin(self, before: Commit | None, at: int, message: str) -> NewCommit:
        """A new commit, with the files of another one to begin with; made at an instant, in seconds."""
        return NewCommit(self._git, before, at, message)

    # --- the bare repository ---

    def _refs(self) -> dict[str, str]:
        listing = self._git.run("for-each-ref", "--format=%(objectname) %(refname)", _REFS).decode()
        return {name: found for found, _blank, name in (line.partition(" ") for line in listing.splitlines())}

    def has(self, name: str) -> bool:
        """Whether the bare repository has a commit with all its files."""
        return name in self._refs().values()

    def keep(self, name: str) -> None:
        """Keep a commit for a rollback."""
        self._git.run("update-ref", f"{_KEPT}/{name}", name)

    def kept(self) -> tuple[Commit, ...]:
        """The commits that are kept, newest first."""
        commits = [self.commit(found) for ref, found in self._refs().items() if ref.startswith(f"{_KEPT}/")]
        return tuple(sorted(commits, key=lambda commit: (-commit.at, commit.hash)))

    def drop(self, names: Iterable[str]) -> None:
        """Keep some commits no longer; their files stay on the disk until `clean`."""
        lines = "".join(f"delete {_KEPT}/{name}\n" for name in names)
        if lines:
            self._git.run("update-ref", "--stdin", data=lines.encode())

    def clean(self, *, is_whole: bool) -> None:
        """Delete what no ref leads to; without `is_whole` only where there is much of it."""
        if is_whole:
            refs = self._refs()
            if refs.get(_NEXT) not in (None, refs.get(_STANDING)):  # it was never published
                self._git.run("update-ref", "-d", _NEXT)
            self._git.run("gc", "--quiet", "--prune=now")
        else:
            limits = ("-c", f"gc.auto={_MANY_LOOSE}", "-c", f"gc.autoPackLimit={_MANY_PACKS}")
            self._git.run(*limits, "-c", "gc.autoDetach=false", "gc", "--quiet", "--auto", "--prune=now")
