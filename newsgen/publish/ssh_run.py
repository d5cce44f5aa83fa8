"""Runs scripts and rsync on a server, by the system's ssh: it asks nobody, and all calls share one connection.

A script goes to the server's `sh` as standard input, so that neither its length nor the user's own shell matters, and
is one function that is called at its end: of a script that is cut short, nothing runs.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, NoReturn

from newsgen.disk.system import private_folder
from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.model.targets import TargetSettings
from newsgen.publish.protocol import Surroundings, Transient

__all__ = ["Ssh", "quoted", "require_programs"]

_OPTIONS = {  # of every connection, whatever the user's own settings say
    "BatchMode": "yes",
    "ClearAllForwardings": "yes",
    "ConnectTimeout": "20",
    "RemoteCommand": "none",
    "RequestTTY": "no",
    "ServerAliveCountMax": "4",
    "ServerAliveInterval": "15",
}
_PERSIST_S = 20  # how long the connection is kept between two calls
_LONGEST_SOCKET = 104 - 17  # bytes in the path of a socket on macOS, less what ssh adds while it makes one
_BEGIN = b"newsgen begins\n"  # whatever the server's shell prints before that is not ours
_NO_CONNECTION = 255
_FINAL = {  # what ssh says where another attempt would say the same
    "publish-ssh-key": re.compile(r"Host key verification failed|IDENTIFICATION HAS CHANGED|No .* host key is known"),
    "publish-ssh-denied": re.compile(r"Permission denied \(|Too many authentication failures|no mutual signature"),
    "publish-ssh-failed": re.compile(
        r"Could not resolve hostname .*(?:not known|No address|not provided)|Bad configuration option|Bad port"
        r"|Bad owner or permissions|administratively prohibited|account is (?:currently )?not available"
    ),
}
_RSYNC_BROKEN = frozenset({10, 12, 20, 30, 35, 255})  # rsync(1): a socket, the protocol, a signal, a time-out, ssh
_NO_RSYNC = re.compile(r"rsync: (?:command )?not found|rsync: No such file|unknown command.*rsync")


def quoted(text: str) -> str:
    """A word of a script."""
    return shlex.quote(text)


def require_programs(surroundings: Surroundings, target: TargetSettings) -> None:
    """UsageError where ssh or rsync is not installed here."""
    for program in ("ssh", "rsync"):
        if shutil.which(program, path=surroundings.env.get("PATH")) is None:
            raise UsageError(Problem("publish-program", f"publish.{target.name}", values=(program,)))


@dataclass(frozen=True, slots=True)
class Ssh:
    """The connection to one server."""

    settings: TargetSettings
    place: str  # for messages
    surroundings: Surroundings

    def script(self, body: str) -> bytes:
        """What a script of the POSIX shell prints; it ends at its first command that fails.

        Transient where the connection breaks, SystemFault where the server refuses.
        """
        text = f"main() {{\nset -e\necho '{_BEGIN.decode().strip()}'\n{body}\n}}\nmain\n"
        command = [*self._command(), self.settings.host, "exec sh -s"]
        data = text.encode("utf-8", "surrogateescape")
        done = subprocess.run(command, input=data, env=self._env(), capture_output=True, check=False)
        if done.returncode == _NO_CONNECTION:
            self._refuse(done.stderr)
        _noise, begin, printed = done.stdout.partition(_BEGIN)
        if done.returncode or not begin:
            said = _last_line(done.stderr) or f"sh ended with {done.returncode}"
            raise SystemFault(Problem("publish-ssh-failed", self.place, values=(said,)))
        return printed

    def send(self, folder: str, names: bytes, there: list[str], sent: Callable[[str], None]) -> None:
        """Send files of a folder by rsync. `names` are their paths, each with NUL; `sent` is told each that was sent.

        `there` has the options that say what the server has, and the path there. Transient where the connection breaks,
        SystemFault where rsync refuses.
        """
        *options, path = there
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        command = [
            "rsync", "--files-from=-", "--from0", "--checksum", "--compress", "--partial", "--protect-args",
            "--chmod=D755,F644", "--8-bit-output", "--out-format=%n", f"--rsh={shlex.join(self._command())}",
            *options, f"{folder}/", f"{host}:{path}/",
        ]  # fmt: skip
        with (
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._env(),
            ) as rsync,
            ThreadPoolExecutor(2) as pool,
        ):  # fmt: skip
            assert rsync.stdin is not None
            assert rsync.stdout is not None
            assert rsync.stderr is not None
            try:
                pool.submit(_feed, rsync.stdin, names)
                told = pool.submit(rsync.stderr.read)
                for line in rsync.stdout:
                    sent(line.decode("utf-8", "surrogateescape").rstrip("\n"))
                code = rsync.wait()
            except BaseException:
                rsync.kill()
                raise
        if code:
            self._refuse_rsync(code, told.result())

    def _command(self) -> list[str]:
        options = dict(_OPTIONS)
        folder = private_folder(self.surroundings.env)
        if folder and len(os.fsencode(folder)) + len("/newsgen-") + 40 <= _LONGEST_SOCKET:
            path = folder.replace("%", "%%")
            options |= {
                "ControlMaster": "auto", "ControlPath": f'"{path}/newsgen-%C"', "ControlPersist": str(_PERSIST_S)
            }  # fmt: skip
        words = [word for name, text in sorted(options.items()) for word in ("-o", f"{name}={text}")]
        if self.settings.port:
            words += ["-p", str(self.settings.port)]
        if self.settings.user:
            words += ["-l", self.settings.user]
        return ["ssh", *words]

    def _env(self) -> dict[str, str]:
        return {**self.surroundings.env, "LC_ALL": "C"}  # messages are read

    def _refuse(self, said: bytes) -> NoReturn:
        """Raise what it means that there is no connection."""
        text = said.decode("utf-8", "replace")
        for rule, pattern in _FINAL.items():
            if pattern.search(text):
                raise SystemFault(Problem(rule, self.place, values=(_last_line(said),)))
        raise Transient(_last_line(said) or "ssh lost the connection")

    def _refuse_rsync(self, code: int, said: bytes) -> NoReturn:
        text = said.decode("utf-8", "replace")
        if _NO_RSYNC.search(text):
            raise SystemFault(Problem("publish-ssh-no-rsync", self.place))
        if code in _RSYNC_BROKEN:
            self._refuse(said)
        told = next((line for line in text.splitlines() if line.startswith("rsync: ")), _last_line(said))
        reason = re.sub(r"^rsync: (?:\[\w+\] )?", "", told)
        raise SystemFault(Problem("publish-ssh-failed", self.place, values=(reason or f"rsync ended with {code}",)))


def _feed(stream: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError), stream:  # a program that ends early says why itself
        stream.write(data)


def _last_line(said: bytes) -> str:
    """The last line of what a program said that is none of rsync's summary."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines()]
    return next((line for line in reversed(lines) if line and not line.startswith("rsync error: ")), "")[:300]
