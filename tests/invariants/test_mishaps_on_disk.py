"""Mishaps that only a real folder can have: settings with mistakes; links, pipes and folders in place of files."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.support.archive import SETTINGS, Archive, evening, morning, tree
from tests.support.sites import differences

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")

LINK, PIPE, FOLDER = "link", "pipe", "folder"
Thing = bytes | str  # what stands at a path: a file's bytes, or one of the above
HELD = (b"Quillon", b"Zorrel")  # in headlines of the two stories that are held from the first
WRONG_SETTINGS: tuple[Thing, ...] = (
    b"[tool.newsgen\n", b"", SETTINGS.replace(b"title", b"titel"), SETTINGS + b'colour = "red"\n',
    SETTINGS.replace(b"https:", b"gopher:"), SETTINGS.replace(b"Europe/London", b"Europe/Lundon"), b"\xff", FOLDER,
)  # fmt: skip
WRONG_TEMPLATES = (b"{{ page.item.headlin }}", b"{% endif %}", b'{% include "nothing.html.j2" %}')
SITE_FILES = ("content/world/_section.yaml", "content/_people.yaml", "content/_urls.tsv")


def put(root: Path, things: dict[str, Thing]) -> None:
    """Make these what stands in a site's folder; the same things are not touched."""
    for path, thing in things.items():
        place = root / path
        if isinstance(thing, bytes) and place.is_file() and not place.is_symlink() and place.read_bytes() == thing:
            continue
        take_away(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(thing, bytes):
            place.write_bytes(thing)
        elif thing == LINK:
            place.symlink_to("/nonexistent")
        elif thing == PIPE:
            os.mkfifo(place)
        else:
            place.mkdir()
    for folder in ("content", "templates"):
        for place in (root / folder).rglob("*"):
            if place.relative_to(root).as_posix() not in things and (place.is_symlink() or not place.is_dir()):
                place.unlink()


def take_away(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


class Site:
    """A site's folder, what should stand in it, and what is wrong with that."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.archive = Archive(folder / "site")
        self.chance = random.Random(seed)
        self.things: dict[str, Thing] = {**morning()}
        self.done: Counter[str] = Counter()
        self.folder = folder
        put(self.archive.root, self.things)
        self.archive.build()

    def mishap(self) -> str:
        """Let one thing happen; gives which."""
        chance, things = self.chance, self.things
        what = chance.choice(("edit", "edit", "settings", "template", "odd", "mend", "mend"))
        if what == "edit":
            path = chance.choice(sorted(morning()))
            things[path] = chance.choice((morning(), evening())).get(path, morning()[path])
        elif what == "settings":
            things["pyproject.toml"] = chance.choice(WRONG_SETTINGS)
        elif what == "template":
            things["templates/article.html.j2"] = chance.choice(WRONG_TEMPLATES)
        elif what == "odd":
            path = chance.choice((*SITE_FILES, *sorted(path for path in morning() if path.endswith(".md"))))
            things[path] = chance.choice((LINK, PIPE, FOLDER))
        else:
            self.mend()
        return what

    def mend(self) -> None:
        self.things = {path: self.things.get(path, data) for path, data in morning().items()}
        self.things |= {path: morning()[path] for path, thing in self.things.items() if isinstance(thing, str)}
        self.things["pyproject.toml"] = SETTINGS

    @property
    def code(self) -> int | None:
        """With what a build must end; None for 0 or 1."""
        if self.things["pyproject.toml"] != SETTINGS:
            return 2
        if isinstance(self.things.get("content/_urls.tsv"), str):
            return 1  # a register that cannot be read stops a build before it changes anything
        return 5 if "templates/article.html.j2" in self.things else None

    def clean(self) -> dict[str, bytes]:
        """What a first build of the same gives."""
        other = Archive(self.folder / "other")
        put(other.root, self.things)
        other.build(ok=(0, 1))
        built = tree(other.output)
        shutil.rmtree(other.root)
        return built


def live_through(folder: Path, seed: int, steps: int) -> Counter[str]:
    """After each step: the exit code, nothing held in the output, and the pages as they should be."""
    site = Site(folder, seed)
    archive, done = site.archive, site.done
    for step in range(steps):
        what = site.mishap()
        put(archive.root, site.things)
        before = tree(archive.output)
        code = archive.build(ok=(0, 1, 2, 5)).code
        after = tree(archive.output)
        where = f"seed {seed}, step {step}: {what}"
        assert site.code in (None, code), where
        assert not [path for path, data in after.items() if any(word in data for word in HELD)], where
        if site.code in (1, 2):
            assert after == before, where
        elif site.code is None:
            assert code in (0, 1), where
            assert differences(after, site.clean()) == [], where
        done[f"{what} {code}"] += 1
    return done


def test_a_few_mishaps(tmp_path: Path) -> None:
    done = live_through(tmp_path, 214, 7)
    assert {key.rpartition(" ")[2] for key in done} == {"0", "1", "2", "5"}, done


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_many_mishaps(seed: int, tmp_path: Path) -> None:
    live_through(tmp_path, seed, 60)
