"""Saves as editors and tools make them: in place, by renaming, slowly, with old times, thousands at once."""

from __future__ import annotations

import json
import os
import re
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.material import shared
from tests.support.serving import FILE, PAGE, Serving, a_folder, built, until
from tests.support.sites import story


def replay(ops: list[Any], root: Path, file: Path, new: bytes) -> None:
    """Do what a line of saves.jsonl says to one story."""
    pause = threading.Event()
    folder, name = file.parent, file.name

    def at(text: str) -> Path:
        if text in ("DIR", "DIR2"):
            return folder if text == "DIR" else folder.with_name(folder.name + "-2")
        if text == "LINK":
            return folder / "link.md"
        if "newsgen.yaml" in text or text == ".c":
            return root / text.replace("newsgen.yaml", "pyproject.toml")
        if text.startswith("n/"):
            return root / "content" / text
        return folder / re.sub(r"(?<![A-Za-z])S(?![A-Za-z])", name, text)

    def data(text: str) -> bytes:
        if text.startswith("NEW"):
            part = re.search(r"\[(\d+):(\d+)%\]", text)
            return new[len(new) * int(part[1]) // 100 : len(new) * int(part[2]) // 100] if part else new
        return text.encode()

    opened = None
    for op, *more in ops:
        if op in ("write", "truncate_write"):
            is_settings = "pyproject" in at(more[0]).name or more[0] == ".c"
            at(more[0]).write_bytes((root / "pyproject.toml").read_bytes() if is_settings else data(more[1]))
        elif op == "mkdir":
            at(more[0]).mkdir(parents=True)
        elif op == "unlink":
            at(more[0]).unlink()
        elif op == "rename":
            at(more[0]).rename(at(more[1]))
        elif op == "rename_to_outside":
            at(more[0]).rename(root.parent / "outside.md")
        elif op == "sleep":
            pause.wait(more[0])
        elif op == "utime":
            os.utime(at(more[0]), None if more[1] == "NOW" else (1_600_000_000, 1_600_000_000))
        elif op == "chmod":
            at(more[0]).chmod(int(more[1], 8))
        elif op == "open":
            opened = at(more[0]).open("wb")
        elif op == "chunk":
            assert opened is not None
            opened.write(data(more[1]))
            opened.flush()
        elif op == "close":
            assert opened is not None
            opened.close()
        elif op == "symlink_replace":
            at("LINK").unlink(missing_ok=True)
            at("LINK").symlink_to(file)
        elif op == "repeat":
            for turn in range(more[0]):
                file.write_bytes(new + f"{turn}\n".encode())
                pause.wait(0.02)
        elif op == "replace_many":
            for number in range(2000):
                copy = folder / f"many{number:04}.md"
                copy.unlink(missing_ok=True)
                copy.write_bytes(story(f"Checked out {number}", id=f"many{number}"))
        else:
            raise NotImplementedError(op)


SAVES: dict[str, list[Any]] = {
    "vim": [["write", "4913", ""], ["unlink", "4913"], ["rename", "S", "S~"], ["write", "S", "NEW"], ["unlink", "S~"]],
    "in place": [["truncate_write", "S", "NEW"]],
    "safe write": [
        ["write", "S___tmp___", "NEW"], ["rename", "S", "S___old___"], ["rename", "S___tmp___", "S"],
        ["unlink", "S___old___"],
    ],
    "old time": [["write", ".S.Xy12Za", "NEW"], ["utime", ".S.Xy12Za", -86400], ["rename", ".S.Xy12Za", "S"]],
    "same time": [["truncate_write", "S", "NEW"], ["utime", "S", "ORIGINAL"]],
    "delete and make": [["unlink", "S"], ["sleep", 0.01], ["write", "S", "NEW"]],
    "syncthing": [["write", ".syncthing.S.tmp", "NEW"], ["rename", ".syncthing.S.tmp", "S"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SAVES)
def test_every_way_to_save(serving: Serving, kind: str) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    word = f"Saved like {kind}.".encode()
    page = serving.open(PAGE)
    replay(SAVES[kind], serving.root, file, before.rstrip() + b"\n\n" + word + b"\n")
    until(lambda: word in serving.get(PAGE)[2])
    page.wait("reload")
    file.write_bytes(before)
    until(lambda: word not in serving.get(PAGE)[2])
    assert page.rest().count("reload") <= 2  # one more for the save, one for the way back
    assert serving.get("/world/4913.html")[0] == 404
    page.close()


def test_a_file_that_is_written_slowly_is_read_once(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    new = before.rstrip() + b"\n\nSlowly written.\n"
    page = serving.open(PAGE)
    pause = threading.Event()
    with file.open("wb") as out:
        for start in range(0, len(new), len(new) // 3 + 1):
            out.write(new[start : start + len(new) // 3 + 1])
            out.flush()
            pause.wait(0.3)
    until(lambda: b"Slowly written" in serving.get(PAGE)[2])
    page.wait("reload")
    assert "reload" not in page.rest()
    file.write_bytes(before)
    until(lambda: b"Slowly" not in serving.get(PAGE)[2])
    page.close()


@pytest.mark.long
def test_saves_of_others(tmp_path: Path) -> None:
    cases = [json.loads(line) for line in (shared("hostile/editors") / "saves.jsonl").read_text().splitlines()]
    for case in cases:
        root = tmp_path / case["id"]
        root.mkdir()
        a_folder(root, 12)
        file = root / FILE
        new = file.read_bytes().rstrip() + b"\n\nSaved anew.\n"
        with Serving(root) as preview:
            page = preview.open(PAGE)
            replay(case["ops"], root, file, new)
            right = partial(all_served, preview, built(root, "--drafts"))
            took = until(right, 2 if case["id"] != "git-checkout-2000" else 20)
            reloads = page.rest().count("reload")
            print(f"{case['id']}: as built {took:.2f} s after the build, {reloads} reloads")
            assert reloads <= 2, case["id"]
            page.close()


def all_served(serving: Serving, files: dict[str, bytes]) -> bool:
    """Whether every file of a build is served as it is."""
    return all(
        serving.body("/" + path.removesuffix("index.html")) == data for path, data in files.items() if path[0] != "_"
    )
