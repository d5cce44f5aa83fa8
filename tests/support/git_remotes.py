"""A bare repository that stands for the host, what readers of its branch see, and a git that fails on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["GIT", "GitRemote", "failing_git", "git_environment"]

GIT = shutil.which("git") or "git"


def git_environment(home: Path) -> dict[str, Any]:
    """What git reads no settings with but those of a folder."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def _environment(folder: Path) -> dict[str, str]:
    """An environment with no repository around it."""
    env = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    return env | git_environment(folder)


class GitRemote:
    """A bare repository in a folder, and one of its branches."""

    def __init__(self, path: Path, branch: str = "gh-pages", *, prefix: str = "") -> None:
        self.path, self.branch, self._prefix = path, branch, prefix
        if not path.exists():
            path.mkdir(parents=True)
            self.git("init", "-q", "--bare", "--initial-branch=main")

    @property
    def url(self) -> str:
        return f"file://{self.path}"

    def git(self, *arguments: str, data: bytes = b"", ok: bool = True) -> bytes:
        """Run git in the repository."""
        env = _environment(self.path.parent) | {
            "GIT_AUTHOR_NAME": "Ines Varga", "GIT_AUTHOR_EMAIL": "ines@wire.example",
            "GIT_COMMITTER_NAME": "Ines Varga", "GIT_COMMITTER_EMAIL": "ines@wire.example",
        }  # fmt: skip
        done = subprocess.run([GIT, *arguments], cwd=self.path, env=env, input=data, capture_output=True, check=False)
        assert done.returncode == 0 or not ok, done.stderr.decode()
        return done.stdout

    def text(self, *arguments: str) -> str:
        """What git prints, as text."""
        return self.git(*arguments).decode("utf-8", "surrogateescape").strip()

    @property
    def head(self) -> str:
        """The commit of the branch; "" for none."""
        return self.git("rev-parse", "--verify", "-q", f"refs/heads/{self.branch}", ok=False).decode().strip()

    @property
    def tree(self) -> str:
        """The hash of all that is in the branch."""
        return self.text("rev-parse", f"{self.branch}^{{tree}}")

    def read(self, path: str) -> bytes | None:
        """What readers get at a path of the site; None for nothing."""
        data = subprocess.run(
            [GIT, "cat-file", "blob", f"{self.branch}:{self._prefix}{path}"],
            cwd=self.path, env=_environment(self.path.parent), capture_output=True, check=False,
        )  # fmt: skip
        return data.stdout if data.returncode == 0 else None

    def files(self) -> dict[str, bytes]:
        """Every file of the branch."""
        if not self.head:
            return {}
        rows = [line.split(b"\t", 1) for line in self.git("ls-tree", "-r", "-z", self.branch).split(b"\0") if line]
        blobs = [about.split()[2] for about, _path in rows]
        rest = self.git("cat-file", "--batch", data=b"\n".join(blobs) + b"\n")
        files = {}
        for _about, path in rows:
            head, _, rest = rest.partition(b"\n")
            size = int(head.split()[2])
            files[path.decode("utf-8", "surrogateescape")], rest = rest[:size], rest[size + 1 :]
        return files

    def site(self) -> dict[str, bytes]:
        """The files of the site in the branch, but for newsgen's manifest and what only the host wants."""
        hosts = (".nojekyll", "CNAME", ".gitlab-ci.yml", f"{self._prefix}.well-known/newsgen-manifest.json")
        return {path.removeprefix(self._prefix): data for path, data in self.files().items() if path not in hosts}

    def commit(self, files: Mapping[str, bytes | None], *, branch: str = "", is_first: bool = False) -> str:
        """Somebody's commit on a branch: files are put, or deleted with None. Its hash."""
        branch = branch or self.branch
        rows = []
        for path, data in files.items():
            blob = (
                self.git("hash-object", "-w", "--stdin", data=data).decode().strip() if data is not None else "0" * 40
            )
            rows.append(f"{'100644' if data is not None else '0'} {blob}\t".encode() + path.encode() + b"\0")
        index = str(self.path / "index-of-test")
        env = {"GIT_INDEX_FILE": index}
        parent = [] if is_first else ["-p", f"refs/heads/{branch}"]

        def run(*arguments: str, data: bytes = b"") -> str:
            who = {
                f"GIT_{role}_{what}": "ines@wire.example"
                for role in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            }
            done = subprocess.run(
                [GIT, *arguments], cwd=self.path, env=_environment(self.path.parent) | env | who, input=data,
                capture_output=True, check=True,
            )  # fmt: skip
            return done.stdout.decode().strip()

        run("read-tree", "--empty") if is_first else run("read-tree", f"refs/heads/{branch}")
        run("update-index", "-z", "--index-info", data=b"".join(rows))
        made = run("commit-tree", run("write-tree"), *parent, "-m", "By hand")
        run("update-ref", f"refs/heads/{branch}", made)
        Path(index).unlink()
        return made

    def hook(self, name: str, script: str) -> None:
        """Have the repository run a shell script at a push."""
        path = self.path / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


def failing_git(folder: Path, nth: int, fault: str) -> dict[str, Any]:
    """An environment in which the nth call of git fails, and the file that counts the calls: `calls` in the folder.

    `fault` is "fail" (git ends with an error and does nothing), "kill before" or "kill after" (newsgen is killed before
    git has done its work, or when it has).
    """
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "git"
    script.write_text(f"""\
#!/bin/sh
echo "$@" >> {folder}/calls
count=$(wc -l < {folder}/calls)
if [ "$count" -eq {nth} ]; then
  case "{fault}" in
    fail) echo "fatal: a fault of the test" >&2; exit 128 ;;
    "kill before") kill -9 $PPID; exit 137 ;;
    "kill after") {GIT} "$@"; kill -9 $PPID; exit 137 ;;
  esac
fi
exec {GIT} "$@"
""")
    script.chmod(0o755)
    (folder / "calls").unlink(missing_ok=True)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}
