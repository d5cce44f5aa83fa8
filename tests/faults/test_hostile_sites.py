"""Hostile stories and names through the whole command: no traceback, no signal, nothing outside the output."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.support.material import shared
from tests.support.pathological import PATHOLOGICAL, body_of

SETTINGS = '[tool.newsgen]\ntitle = "Hostile"\nbase_url = "https://example.org"\n'
SECONDS = 2.0
BYTES = 300 * 2**20
# A small process in between: the peak memory of a process begins with the size of the one that it was forked from.
WATCH = """
import json, resource, subprocess, sys
with open(sys.argv[1], "wb") as output:
    code = subprocess.run(sys.argv[2:], stdout=output, stderr=output, check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""


def a_site(folder: Path, files: dict[str, bytes]) -> Path:
    """A site with some files, in a folder with a neighbour that must not change."""
    site = folder / "site"
    for path, data in files.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (site / "pyproject.toml").write_text(SETTINGS)
    return site


def build(site: Path) -> tuple[int, str, float, int]:
    """Build with one worker: exit code, what it printed, CPU seconds, largest resident size in bytes."""
    command = [sys.executable, "-m", "newsgen", "build", "--jobs", "1", "--site", str(site)]
    printed = site.parent / "printed.txt"
    watch = [sys.executable, "-c", WATCH, str(printed), *command]
    used = subprocess.run(watch, stdout=subprocess.PIPE, cwd=site, check=True).stdout
    code, seconds, peak = json.loads(used)
    return code, printed.read_text("utf-8"), seconds, peak


def assert_contained(site: Path) -> None:
    """The build wrote nothing but its output, its record and its lock, under names that every host takes."""
    assert sorted(path.name for path in site.parent.iterdir()) == ["printed.txt", "site"]
    assert {path.name for path in site.iterdir()} <= {"content", "pyproject.toml", "build", ".newsgen"}
    keys = set()
    for path in (site / "build").rglob("*"):
        name = path.relative_to(site / "build").as_posix()
        assert len(path.name.encode()) <= 255
        assert name == unicodedata.normalize("NFC", name)
        assert name.isprintable()
        assert not path.is_symlink()
        assert name.casefold() not in keys
        keys.add(name.casefold())
        if path.suffix in (".html", ".xml"):
            assert b"\0" not in path.read_bytes()


def as_story(data: bytes) -> bytes:
    """A hostile file with newsgen's keys: they have `title` and no section."""
    return data.replace(b"\ntitle:", b"\nsection: World\nheadline:", 1)


def frontmatter() -> dict[str, bytes]:
    folder = shared("hostile/frontmatter")
    return {
        path.relative_to(folder).as_posix().replace("/", "-"): path.read_bytes()
        for path in sorted(folder.rglob("*.md"))
    }


def check(tmp_path: Path, files: dict[str, bytes], seconds: float) -> str:
    site = a_site(tmp_path, files)
    code, printed, used, size = build(site)
    assert code in (0, 1), f"exit {code}\n{printed[-2000:]}"
    assert "Traceback" not in printed
    assert used < seconds
    assert size < BYTES
    assert "\x1b" not in printed
    assert_contained(site)
    assert "newsgen-pwned" not in {path.name for path in site.rglob("*")}  # what a payload that ran would leave
    return printed


@pytest.mark.parametrize("is_translated", [False, True])
def test_every_hostile_story_in_one_site(tmp_path: Path, is_translated: bool) -> None:
    originals = frontmatter()
    files = {f"content/world/{name}": as_story(data) if is_translated else data for name, data in originals.items()}
    files["content/world/good.md"] = b"---\nheadline: Good\ndate: 2020-01-01\nsection: World\n---\n\nText.\n"
    printed = check(tmp_path, files, 60)
    assert "content/world/no-close.md" in printed
    assert (tmp_path / "site/build/world/2020/01/01/good.html").exists()


def names() -> list[dict[str, object]]:
    lines = (shared("hostile/names") / "names.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def named(values: list[str]) -> dict[str, bytes]:
    """Stories that use names as headline, slug, section, tag, person and place."""
    files = {}
    for number, value in enumerate(values):
        text = json.dumps(value)
        common = f"date: 2020-01-01\ntags: [{text}]\npeople: [{text}]\nplaces: [{text}]\nbyline: {text}\n"
        for use, keys in {
            "headline": f"headline: {text}\nsection: World\n",
            "slug": f"headline: Slug {number}\nsection: World\nslug: {text}\n",
            "section": f"headline: Section {number}\nsection: {text}\n",
        }.items():
            files[f"content/world/{use}-{number}.md"] = (
                f"---\nid: {use}-{number}\n{keys}{common}---\n\nText.\n".encode()
            )
    return files


def test_every_hostile_name_in_one_site(tmp_path: Path) -> None:
    values = [text for row in names() for text in row.get("values", [row.get("value")])]  # type: ignore[attr-defined]
    check(tmp_path, named([str(value) for value in values]), 60)


@pytest.mark.long
def test_each_hostile_story_alone(tmp_path: Path) -> None:
    for number, (name, data) in enumerate(frontmatter().items()):
        for variant, text in (("raw", data), ("translated", as_story(data))):
            check(tmp_path / f"{number}-{variant}", {f"content/world/{name}": text}, SECONDS)


@pytest.mark.long
def test_each_hostile_recipe_alone(tmp_path: Path) -> None:
    lines = (shared("hostile/frontmatter") / "recipes.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        parts = [
            "".join(text.replace("{i}", str(i)) for i in range(n)) if "{i}" in text else text * n
            for text, n in row["parts"]
        ]
        data = "".join(parts).encode()
        for variant, text in (("raw", data), ("translated", as_story(data))):
            check(tmp_path / f"{row['id']}-{variant}", {"content/world/x.md": text}, SECONDS)


@pytest.mark.long
@pytest.mark.parametrize("folder", ["suite", "pyyaml"])
def test_each_yaml_as_front_matter(tmp_path: Path, folder: str) -> None:
    for number, path in enumerate(sorted(shared(f"hostile/yaml/{folder}").rglob("*.yaml"))):
        data = b"---\n" + path.read_bytes() + b"\n---\n\nText.\n"
        check(tmp_path / str(number), {"content/world/x.md": data}, SECONDS)


@pytest.mark.long
def test_each_hostile_name_alone(tmp_path: Path) -> None:
    for row in names():
        values = [str(value) for value in row.get("values", [row.get("value")])]  # type: ignore[attr-defined]
        check(tmp_path / str(row["id"]), named(values), SECONDS)


def seconds_for(folder: Path, body: str) -> float:
    """How long a site with this one body takes to build; it stays within its memory."""
    header = "---\nid: a\nheadline: A\ndate: 2020-01-01\nsection: World\n---\n\n"
    code, printed, seconds, size = build(a_site(folder, {"content/a.md": f"{header}{body}\n".encode()}))
    assert code == 0, printed[-2000:]
    assert size < BYTES
    return seconds


@pytest.mark.long
@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_four_times_the_body_takes_less_than_six_times_as_long_to_build(tmp_path: Path, name: str) -> None:
    for number in range(3):  # a busy machine only adds
        texts = ["", body_of(name, 100_000), body_of(name, 400_000)]
        start, small, large = (seconds_for(tmp_path / f"{number}-{len(text)}", text) for text in texts)
        if large - start < max(6 * (small - start), 0.5):
            return
    pytest.fail(f"{small - start:.2f} s, then {large - start:.2f} s")
