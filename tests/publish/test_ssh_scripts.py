"""What a server prints, read: names of others, damaged manifests, answers cut short."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newsgen.publish import ssh_scripts as scripts
from newsgen.publish.ssh_scripts import Finish, read_digests, read_look

NAME, OLDER = "20261129T231500Z-9f86d081", "20261128T180000Z-1b4f0e98-2"


def printed(link: str, entries: list[str], manifests: dict[str, bytes], files: list[str]) -> bytes:
    parts = [f"{link}\n", *(f"{entry}\n" for entry in entries), "\n"]
    data = "".join(parts).encode()
    data += b"".join(f"{len(text)} releases/{name}\n".encode() + text for name, text in manifests.items())
    return data + b"\n" + b"".join(f"releases/{path}".encode() + b"\0" for path in files)


def test_what_is_there() -> None:
    entries = [OLDER, NAME, ".partial-00000000", ".deleted-x", "backup", "20261129T231500Z-XYZ"]
    files = [f"{NAME}/index.html", f"{NAME}/a b/new\nline.html", ".partial-00000000/ü.html"]
    manifests = {NAME: b'{"a":\n\n"releases/"}\n', OLDER: b""}
    found = read_look(printed(f"link releases/{NAME}", entries, manifests, files))
    assert found.is_ours
    assert found.current == NAME
    assert found.names == (NAME, OLDER)
    assert found.unfinished == (".partial-00000000", ".deleted-x")
    assert found.manifests == manifests
    assert found.files[NAME] == {"index.html", "a b/new\nline.html"}
    assert found.files[".partial-00000000"] == {"ü.html"}


def test_nothing_is_there() -> None:
    found = read_look(b"none\n\n\n")
    assert (found.is_ours, found.current, found.names, found.manifests, found.files) == (True, "", (), {}, {})


@pytest.mark.parametrize(
    "link", ["other", "link /srv/x", "link releases/theirs", "link ../releases/" + NAME, f"link releases/{NAME}/x", ""]
)
def test_a_link_of_others(link: str) -> None:
    assert not read_look(printed(link, [NAME], {}, [])).is_ours


def test_a_link_to_a_release_that_is_gone() -> None:
    found = read_look(printed(f"link releases/{NAME}", [OLDER], {}, []))
    assert found.is_ours
    assert found.current == ""


def test_any_beginning_of_an_answer_can_be_read() -> None:
    whole = printed(f"link releases/{NAME}", [NAME], {NAME: b"{}\n"}, [f"{NAME}/index.html"])
    for length in range(len(whole)):
        read_look(whole[:length])


def test_a_name_of_others_with_the_end_of_a_line() -> None:
    data = b"none\n\nmanifest\n12 releases/x\n{}\n"
    assert read_look(data).manifests == {}


def test_digests() -> None:
    one, two = "a" * 64, "b" * 64
    told = f"can\n{one}  ./index.html\n\\{two}  ./new\\nline\\\\x\n{one} *./of openssl.html\nnoise\n"
    assert read_digests(told.encode()) == {
        "index.html": one[:32], "new\nline\\x": two[:32], "of openssl.html": one[:32]
    }  # fmt: skip
    assert read_digests(b"cannot\n") is None
    assert read_digests(b"") is None


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox"])
def test_the_scripts_are_of_the_posix_shell(shell: str, tmp_path: Path) -> None:
    """Read, not run, by whatever shells are here."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"no {shell}")
    paths = [f"it's {number}" for number in range(1_200)]
    finish = Finish(NAME, "9f86d081", b"{}\n", tuple(paths), (OLDER,))
    for text in (
        scripts.look("/x", "all"), scripts.look("./x", "standing"), scripts.begin("/x y", "9f86d081"),
        scripts.drop("/x", "9f86d081", paths), scripts.finish("/x", finish), scripts.put_back("/x", NAME),
        scripts.forget("/x", NAME), scripts.digests("/x", paths),
    ):  # fmt: skip
        command = [path, *(["sh"] if shell == "busybox" else []), "-n"]
        done = subprocess.run(command, input=f"main() {{\n{text}\n}}\n".encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    done = subprocess.run(command, input=b"main() {\nrm -rf /x", capture_output=True, check=False)
    assert done.returncode != 0, "a script that is cut short would run"
