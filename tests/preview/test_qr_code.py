"""The address of a preview as a QR code in a terminal: right, and only where it can be shown."""

from __future__ import annotations

import io
import os
import select
import subprocess
import time
from pathlib import Path

import pytest
import segno

from newsgen.cli.streams import shows_blocks
from newsgen.preview.port import own_addresses
from newsgen.preview.qr_code import qr_lines
from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.serving import a_folder

BLOCKS = {" ": (0, 0), "▄": (0, 1), "▀": (1, 0), "█": (1, 1)}


@pytest.mark.parametrize("url", ["http://192.168.1.23:8000/", "http://[2001:db8::1f:23]:8019/archive/"])
def test_the_lines_are_the_modules_of_the_code(url: str) -> None:
    lines = qr_lines(url)
    rows = [[BLOCKS[mark][half] for mark in line] for line in lines for half in (0, 1)]
    matrix = [list(row) for row in segno.make_qr(url, error="l").matrix]
    side = len(matrix)
    assert {len(line) for line in lines} == {side + 8}
    assert [row[4:-4] for row in rows[4 : 4 + side]] == matrix
    around = [*rows[:4], *rows[4 + side :], *(row[:4] + row[-4:] for row in rows)]
    assert not any(map(any, around))  # the light ground that readers of codes need


def test_only_a_terminal_of_utf_8_shows_it() -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    for encoding, shown in (("utf-8", True), ("UTF8", True), ("latin-1", False), ("cp437", False)):
        leader, follower = pty.openpty()
        with open(follower, "w", encoding=encoding) as stream:
            assert shows_blocks(stream) is shown, encoding
        os.close(leader)
    assert not shows_blocks(io.TextIOWrapper(io.BytesIO(), "utf-8"))  # a file


def said(root: Path, encoding: str) -> str:
    """What `serve --host 0.0.0.0` prints on a terminal until it serves."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    leader, follower = pty.openpty()
    command = [*COMMAND, "serve", "--site", str(root), "--host", "0.0.0.0"]
    env = ENVIRONMENT | {"PYTHONIOENCODING": encoding}
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=env) as process:
        os.close(follower)
        printed, end = b"", time.monotonic() + 120
        while time.monotonic() < end and process.stderr:
            ready, _to, _except = select.select([leader, process.stderr], [], [], 1)
            if leader in ready:
                printed += os.read(leader, 65536)
            if process.stderr in ready and b"Everybody" in os.read(process.stderr.fileno(), 65536):
                break
        process.terminate()
        while select.select([leader], [], [], 0.2)[0]:
            try:
                printed += os.read(leader, 65536)
            except OSError:  # nobody has the other end any more
                break
    os.close(leader)
    return printed.decode(encoding)


def test_a_preview_for_other_devices_prints_it(tmp_path: Path) -> None:
    addresses = own_addresses("0.0.0.0")
    if not addresses:
        pytest.skip("this computer has no network")
    root = a_folder(tmp_path / "site", 1)
    text = said(root, "utf-8")
    (url,) = (line.split()[-1] for line in text.splitlines() if f"http://{addresses[0]}:" in line)
    for line in qr_lines(url):
        assert line in text
    text = said(root, "latin-1")
    assert f"http://{addresses[0]}:" in text
    assert "█" not in text
    assert "\\u2588" not in text
