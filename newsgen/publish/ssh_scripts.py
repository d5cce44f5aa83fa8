"""What is asked of a server: scripts of the POSIX shell, and what they print. Pure.

Releases are named as in `disk.releases`, and so is the link `current`. Paths stand in the scripts as quoted words. The
only programs beside those of POSIX are readlink and sha256sum, or what does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsgen.publish import manifest as manifests
from newsgen.publish.ssh_run import quoted

__all__ = [
    "Finish", "Look", "begin", "digests", "drop", "finish", "forget", "look", "partial", "put_back", "read_digests",
    "read_look",
]  # fmt: skip

_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}(?:-\d+)?")
_PARTIAL, _DELETED = ".partial-", ".deleted-"
_FORSAKEN_DAYS = 1  # what nobody has worked on for longer is not being made any more
_WORDS = 500  # paths in one command: some 50 KB
_END = "END-OF-MANIFEST"

# $cur is the standing release, as releases/NAME; "" where there is none, or where `current` is not ours.
_STANDING = """\
cur=
if [ -h current ]; then
  cur=$(readlink current)
  printf 'link %s\\n' "$cur"
  case $cur in
    releases/[0-9]*Z-*) [ -d "$cur" ] || cur= ;;
    *) cur= ;;
  esac
elif [ -e current ]; then
  echo other
else
  echo none
fi
"""
_ENTRIES = """\
[ ! -d releases ] || ls -1A releases
echo
"""
_MANIFEST = """\
manifest() {
  if [ -f "$1/PATH" ]; then
    printf '%s %s\\n' "$(wc -c < "$1/PATH" | tr -d ' ')" "$1"
    cat "$1/PATH"
  fi
}
""".replace("PATH", manifests.PATH)
# A rename, which readers see as one moment; `ln -f` would take the old link away first. GNU and BusyBox, BSD, macOS.
_SHOW = """\
show() {
  [ -d "releases/$1" ]
  rm -f .current-new
  ln -s "releases/$1" .current-new
  if mv -fT .current-new current 2>/dev/null; then return 0; fi
  if python3 -c 'import os; os.replace(".current-new", "current")' 2>/dev/null; then return 0; fi
  if perl -e 'rename(".current-new", "current") or exit 1' 2>/dev/null; then return 0; fi
  mv -fh .current-new current
}
"""
_FORGET = """\
forget() {
  [ -d "releases/$1" ] && [ "$(readlink current)" != "releases/$1" ] || return 0
  case $1 in
    .deleted-*) doomed=$1 ;;
    *) doomed=.deleted-${1#.}; mv "releases/$1" "releases/$doomed" ;;
  esac
  rm -rf "releases/$doomed"
}
"""
# Files of others, from the standing release into the one that is being made.
_CARRY = """\
carry() {
  for path do
    [ ! -e "$partial/$path" ] && [ ! -h "$partial/$path" ] || continue
    case $path in */*) mkdir -p "$partial/${path%/*}" ;; esac
    if [ -h "$cur/$path" ] || ! ln "$cur/$path" "$partial/$path" 2>/dev/null; then
      cp -pP "$cur/$path" "$partial/$path"
    fi
  done
}
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What a server has at the target's path."""

    is_ours: bool  # whether `current` is a link of ours, or not there
    current: str  # the standing release; "" for none
    names: tuple[str, ...]  # of releases, newest first
    unfinished: tuple[str, ...]  # releases that are half made or half deleted
    manifests: Mapping[str, bytes]  # by the name of the release
    files: Mapping[str, frozenset[str]]  # by the name of the release: paths in it, as far as they were asked for


def partial(digits: str) -> str:
    """The folder of a release with these eight digits, while it is being made."""
    return f"releases/{_PARTIAL}{digits}"


def _in_root(root: str) -> str:
    return f"cd {quoted(root)}\n"


def _commands(name: str, paths: Iterable[str]) -> Iterator[str]:
    """Calls of a function of the script with some paths each."""
    words: list[str] = []
    for path in paths:
        words.append(quoted(path))
        if len(words) == _WORDS:
            yield f"{name} {' '.join(words)}\n"
            words = []
    if words:
        yield f"{name} {' '.join(words)}\n"


def look(root: str, which: str) -> str:
    """Print what is there: with "standing" also every file of the standing release, with "all" every manifest."""
    text = f"if [ ! -e {quoted(root)} ]; then echo none; echo; echo; return 0; fi\n{_in_root(root)}"
    text += _STANDING + _ENTRIES + _MANIFEST
    if which == "all":
        return text + 'for each in releases/*; do manifest "$each"; done\necho\n'
    return text + '[ -z "$cur" ] || manifest "$cur"\necho\n[ -z "$cur" ] || find "$cur" ! -type d -print0\n'


def begin(root: str, digits: str) -> str:
    """Make ready for a release, or go on with the one that is half made; then print what is there, its files too.

    What other runs left is deleted, if it is old.
    """
    return f"""\
mkdir -p {quoted(root)}
{_in_root(root)}mkdir -p releases
rm -rf releases/{_DELETED}*
{_STANDING}partial={partial(digits)}
mkdir -p "$partial"
touch "$partial"
find releases/{_PARTIAL}* -prune -type d -mtime +{_FORSAKEN_DAYS} -exec rm -rf {{}} +
{_ENTRIES}{_MANIFEST}[ -z "$cur" ] || manifest "$cur"
echo
find "$partial" ${{cur:+"$cur"}} ! -type d -print0
"""


def drop(root: str, digits: str, paths: Iterable[str]) -> str:
    """Remove files from the release that is being made, and folders that are empty."""
    text = f'{_in_root(root)}cd {partial(digits)}\ndrop() {{ rm -f "$@"; }}\n'
    text += "".join(_commands("drop", (f"./{path}" for path in paths)))
    return text + "find . -depth -type d ! -name . -exec rmdir {} + 2>/dev/null || :\n"


@dataclass(frozen=True, slots=True)
class Finish:
    """What becomes of a release that has all its files."""

    name: str  # of the release
    digits: str  # by which it is known while it is being made
    manifest: bytes
    foreign: tuple[str, ...]  # paths of others' files in the standing release
    old: tuple[str, ...]  # releases that are not kept


def finish(root: str, what: Finish) -> str:
    """Give the release its manifest, others' files and its name, show it, and delete old ones.

    Where the connection broke after that, it can be asked for again.
    """
    path = f"{partial(what.digits)}/{manifests.PATH}"
    carried = "".join(_commands("carry", what.foreign))
    forgotten = "".join(f"forget {quoted(name)}\n" for name in what.old)
    return f"""\
{_in_root(root)}{_SHOW}{_FORGET}{_CARRY}n={quoted(what.name)}
partial={partial(what.digits)}
if [ -d "$partial" ]; then
  cur=$(readlink current || :)
{carried}\
  mkdir -p {path.rpartition("/")[0]}
  rm -f {path}
  cat > {path} <<'{_END}'
{what.manifest.decode()}{_END}
  [ "$(wc -c < {path})" -eq {len(what.manifest)} ]
  i=2
  while [ -e "releases/$n" ]; do n={quoted(what.name)}-$i; i=$((i + 1)); done
  mv "$partial" "releases/$n"
fi
show "$n"
{forgotten}"""


def put_back(root: str, name: str) -> str:
    """Show an earlier release."""
    return f"{_in_root(root)}{_SHOW}show {quoted(name)}\n"


def forget(root: str, name: str) -> str:
    """Delete a release."""
    return f"{_in_root(root)}{_FORGET}forget {quoted(name)}\n"


def digests(root: str, paths: Iterable[str]) -> str:
    """Print the SHA-256 of files of the standing release; none of a file that is not there."""
    commands = "".join(f"{command.rstrip()} || :\n" for command in _commands("sum", (f"./{path}" for path in paths)))
    return f"""\
{_in_root(root)}cd current/
if command -v sha256sum >/dev/null; then sum() {{ sha256sum "$@"; }}
elif command -v shasum >/dev/null; then sum() {{ shasum -a 256 "$@"; }}
elif command -v openssl >/dev/null; then sum() {{ openssl dgst -sha256 -r "$@"; }}
else echo cannot; return 0
fi
echo can
{commands}"""


def read_digests(printed: bytes) -> dict[str, str] | None:
    """The digests by path; None where the server has no program for them.

    Where a name has a backslash or a line's end in it, the line begins with a backslash, and these are escaped (GNU).
    """
    answer, _, rest = printed.partition(b"\n")
    if answer != b"can":
        return None
    found = {}
    for line in rest.decode("utf-8", "surrogateescape").split("\n"):
        match = re.fullmatch(r"(\\?)([0-9a-f]{64}) [ *]\./(.*)", line)
        if match:
            path = re.sub(r"\\(.)", lambda escaped: _ESCAPED.get(escaped[1], ""), match[3]) if match[1] else match[3]
            found[path] = match[2][:32]  # as model.files.digest has it
    return found


_ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}


def read_look(printed: bytes) -> Look:
    """What `look` or `begin` printed."""
    link, _, rest = printed.partition(b"\n")
    entries, rest = _until_empty(rest)
    link_name = link.decode("utf-8", "surrogateescape").removeprefix("link ").removeprefix("releases/")
    is_ours = link == b"none" or (link.startswith(b"link releases/") and _NAME.fullmatch(link_name) is not None)
    found: dict[str, bytes] = {}
    while rest and not rest.startswith(b"\n"):
        head, _, rest = rest.partition(b"\n")
        size, _, folder = head.decode("utf-8", "surrogateescape").partition(" ")
        if not size.isdecimal():
            break  # of a folder of somebody else's, with the end of a line in its name
        found[folder.removeprefix("releases/")] = rest[: int(size)]
        rest = rest[int(size) :]
    files: dict[str, set[str]] = {}
    for path in rest[1:].split(b"\0"):
        _releases, _, inner = path.decode("utf-8", "surrogateescape").partition("/")
        name, _, file = inner.partition("/")
        if file:
            files.setdefault(name, set()).add(file)
    names = sorted((entry for entry in entries if _NAME.fullmatch(entry)), reverse=True)
    return Look(
        is_ours=is_ours,
        current=link_name if is_ours and link_name in names else "",
        names=tuple(names),
        unfinished=tuple(entry for entry in entries if entry.startswith((_PARTIAL, _DELETED))),
        manifests=found,
        files={name: frozenset(paths) for name, paths in files.items()},
    )


def _until_empty(printed: bytes) -> tuple[list[str], bytes]:
    """The lines up to an empty one, and what follows that."""
    lines = []
    while printed:
        line, _, printed = printed.partition(b"\n")
        if not line:
            break
        lines.append(line.decode("utf-8", "surrogateescape"))
    return lines, printed
