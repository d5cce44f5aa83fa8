"""Runs the system's git: it asks nobody, tells no secret, and heeds no settings that are meant for other work."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.publish.protocol import Surroundings, Transient

__all__ = ["Git", "GitFailed", "require_git", "without_secrets"]

_OPTIONS = {  # of every call: what a user's own settings may say otherwise
    "core.hooksPath": "/dev/null",
    "core.logAllRefUpdates": "false",  # a reflog would keep what was withdrawn
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "http.lowSpeedLimit": "1",  # bytes a second; below that for a minute, the connection counts as broken
    "http.lowSpeedTime": "60",
    "maintenance.auto": "false",
    "push.followTags": "false",
    "push.gpgSign": "false",
    "push.recurseSubmodules": "no",
}
_LEFT_OUT = (  # beginnings of variables that lead to another repository, or log what is said
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CURL_VERBOSE", "GIT_DIR", "GIT_INDEX_FILE",
    "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_TRACE", "GIT_WORK_TREE",
)  # fmt: skip
_SSH = "-o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15"
_USER = re.compile(r"://[^/@\s]+@")
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|_KEY|CREDENTIAL", re.I)
_SHORTEST_SECRET = 8  # characters: shorter values are words that stand in any sentence
_TOLD = re.compile(  # the lines that say something; and of `push --porcelain` what became of a branch
    r"(?:fatal|error|remote|ssh|ERROR): ?(.*)|!\t\S+\t(.*)|(.*(?:denied|refused|failed|timed out).*)", re.A
)
_MOST_TOLD = 300  # characters of git's own text
# What git says of a connection that failed, in many words of curl's and ssh's; and those of which it will fail again.
_PASSING = re.compile(
    r"unable to access|RPC failed|hung up|early EOF|unexpected disconnect|[Tt]imed out|Network is unreachable"
    r"|Could not resolve|Temporary failure in name resolution|Connection (?:reset|refused|closed)|HTTP (?:429|5\d\d)"
)
_FINAL = re.compile(
    r"[Aa]uthentication failed|could not read (?:Username|Password)|Permission (?:denied|to)|not found|access rights"
    r"|does not (?:appear to be|exist)|Host key verification|certificate|(?:error:|HTTP) 4(?!29|08)\d\d"
)


class GitFailed(Exception):
    """A call of git ended with an error; `text` is what it said, without secrets."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def require_git(env: Mapping[str, str], name: str) -> None:
    """UsageError where there is no git."""
    if shutil.which("git", path=env.get("PATH")) is None:
        raise UsageError(Problem("publish-program", f"publish.{name}", values=("git",)))


def without_secrets(text: str, env: Mapping[str, str]) -> str:
    """A text of git's without user names and passwords of addresses, and without the secrets of the environment."""
    text = _USER.sub("://", text)
    for name, value in env.items():
        if _SECRET_NAME.search(name) and len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, "…")
    return text


@dataclass(frozen=True)
class Git:
    """git in one repository. Paths in a remote are relative to the site's folder."""

    repository: str  # its folder, absolute
    surroundings: Surroundings
    place: str  # for messages
    env: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "env", self._environment())

    def _environment(self) -> dict[str, str]:
        given = self.surroundings.env
        env = {name: text for name, text in given.items() if not name.startswith(_LEFT_OUT)}
        env |= {
            "GIT_DIR": self.repository,
            "GIT_TERMINAL_PROMPT": "0",
            "GCM_INTERACTIVE": "never",
            "SSH_ASKPASS_REQUIRE": "never",
            "LC_ALL": "C",
        }
        env.setdefault("GIT_ASKPASS", "")  # else a window of the desktop may ask
        if "GIT_SSH" in given and "GIT_SSH_COMMAND" not in given:
            return env  # a program of the user's own, which takes no options
        ssh = given.get("GIT_SSH_COMMAND") or self._setting("core.sshCommand", env) or "ssh"
        return env | {"GIT_SSH_COMMAND": f"{ssh} {_SSH}"}

    def _setting(self, name: str, env: Mapping[str, str]) -> str:
        """A setting of the user's; "" for none."""
        command = ["git", "config", "--get", name]
        got = subprocess.run(command, env=env, cwd=self.surroundings.folder, capture_output=True, check=False)
        return got.stdout.decode("utf-8", "surrogateescape").strip()

    def command(self, *arguments: str) -> list[str]:
        """The words of a command. Never long: what may be many goes in as standard input."""
        options = (word for name, text in _OPTIONS.items() for word in ("-c", f"{name}={text}"))
        return ["git", *options, *arguments]

    def run(self, *arguments: str, data: bytes = b"") -> bytes:
        """What git printed, of work in the repository itself. SystemFault where it ends with an error."""
        try:
            return self.attempt(*arguments, data=data)
        except GitFailed as failed:
            raise SystemFault(Problem("publish-git-local", self.repository, values=(failed.text,))) from None

    def attempt(self, *arguments: str, data: bytes = b"") -> bytes:
        """What git printed. GitFailed where it ends with an error."""
        done = subprocess.run(
            self.command(*arguments),
            input=data, env=self.env, cwd=self.surroundings.folder, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise GitFailed(self.told(done.stderr + done.stdout))
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A git that is fed through its standard input; what it prints is left alone."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=self.env, cwd=self.surroundings.folder,
        )  # fmt: skip

    def told(self, said: bytes) -> str:
        """What git said, in short and without secrets."""
        lines = without_secrets(said.decode("utf-8", "replace"), self.surroundings.env).splitlines()
        told = [
            (match[1] or match[2] or match[3] or "").strip()
            for line in lines
            if (match := _TOLD.fullmatch(line.strip()))
        ]
        text = "; ".join(dict.fromkeys(part for part in told if part)) or " ".join(lines)
        return text[:_MOST_TOLD] or "git ended with an error"

    def remote(self, *arguments: str) -> bytes:
        """What git printed of a talk with the remote. Transient where the connection broke, else SystemFault."""
        try:
            return self.attempt(*arguments)
        except GitFailed as failed:
            self.refuse(failed.text)

    def refuse(self, text: str) -> NoReturn:
        """Raise what a failed talk with the remote means."""
        if _PASSING.search(text) and not _FINAL.search(text):
            raise Transient(text) from None
        raise SystemFault(Problem("publish-git-remote", self.place, values=(text,))) from None
