"""How a preview begins and ends, what it remembers, and what runs beside it."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, ENVIRONMENT, run_command
from tests.support.serving import FILE, PAGE, Serving, a_folder, assert_served_as_built, until
from tests.support.sites import story


def test_a_port_is_never_shared(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 2)
    with Serving(root) as preview:
        second = run_command([*COMMAND, "serve", "--site", str(root), "--port", str(preview.port)], ENVIRONMENT)
        assert second.code == 4
        assert str(preview.port) in second.stderr


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 2)
    with Serving(root) as preview:
        pages = [preview.open("/") for _ in range(5)]
        preview.stop()
        assert preview.process.returncode in (0, 130)
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", preview.port))
        children = subprocess.run(
            ["pgrep", "-P", str(preview.process.pid)], capture_output=True, text=True, check=False
        )
        assert children.stdout == ""
        for page in pages:
            page.close()
    with Serving(root, "--port", str(preview.port)) as preview:  # from what the first one knew
        assert preview.get("/")[0] == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_half_open_connections_end_nothing(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 2)
    with Serving(root) as preview, ExitStack() as stack:
        assert preview.get("/")[0] == 200
        import resource  # not on Windows

        resource.prlimit(preview.process.pid, resource.RLIMIT_NOFILE, (512, 512))
        for _each in range(700):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", preview.port)))
            line.sendall(b"GET / HT")
        assert [preview.get("/")[0] for _each in range(3)] == [200, 200, 200]
        preview.stop()
        assert "Traceback" not in preview.stderr.read()


def test_what_changed_while_it_was_away(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    seal = root / ".newsgen/preview.json"
    with Serving(root) as preview:
        preview.get("/")
        until(lambda: seal.exists() and b"unfinished" not in seal.read_bytes())
    (root / FILE).write_bytes(story("Changed meanwhile", id="s003"))
    (root / "content/world/2019/s004.md").unlink()
    with Serving(root) as preview:
        home = preview.get("/")[2]
        assert b"Changed meanwhile" in home
        assert b"Harbour report 4" not in home


def test_a_preview_that_ends_before_its_record_is_written(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    for _ in range(2):
        with Serving(root) as preview:
            assert preview.get("/")[0] == 200  # and it is stopped at once
    with Serving(root) as preview:
        assert_served_as_built(preview, "--drafts")


def test_a_preview_that_was_killed(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    with Serving(root) as preview:
        (root / FILE).write_bytes(story("Half known", id="s003"))
        until(lambda: b"Half known" in preview.get("/")[2])
        preview.process.kill()
        preview.process.wait()
    with Serving(root) as preview:
        assert b"Half known" in preview.get("/")[2]
        assert_served_as_built(preview, "--drafts")


def test_polling(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    with Serving(root, "--poll") as preview:
        page = preview.open("/")
        (root / FILE).write_bytes(story("Polled", id="s009"))
        page.wait("reload")
        assert b"Polled" in preview.get("/")[2]
        page.close()


def test_a_build_beside_it(serving: Serving) -> None:
    """The preview holds no lock that a build wants, and writes nothing where a build does."""
    assert run_command([*COMMAND, "build", "--site", str(serving.root), "-q"], ENVIRONMENT).code in (0, 1)
    assert serving.get(PAGE)[0] == 200
