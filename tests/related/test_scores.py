"""Many lists at once are those found one by one; and NumPy is loaded for many only."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsgen.related.blocks import time_key
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import CANDIDATES, Limits, Wish
from newsgen.related.scores import ArchiveInArrays
from tests.support.archives import an_archive
from tests.support.sites import story


@pytest.mark.parametrize("limits", [Limits(), Limits(newer=False), Limits(3, seconds=5_000_000)])
def test_many_lists_are_those_found_one_by_one(limits: Limits) -> None:
    archive = an_archive(3000)
    arrays = ArchiveInArrays(archive)
    pins = {archive.rows[7][1]: Wish(((archive.rows[9][1], archive.rows[9][2]),), frozenset([archive.rows[8][1]]))}
    for start in range(0, 3000, 700):
        numbers = range(start, min(start + 700, 3000))
        assert list(arrays.lists(numbers, pins, limits)) == list(archive.lists(numbers, pins, limits))


@pytest.mark.parametrize("copies", [0.8, 0.98])
def test_many_lists_among_copies(copies: float) -> None:
    """Where a dozen candidates, or five dozen, do not fill a list."""
    archive = an_archive(900, copies=copies)
    one_by_one = list(archive.lists(range(900), {}, Limits()))
    assert list(ArchiveInArrays(archive).lists(range(900), {}, Limits())) == one_by_one
    if copies < 0.9:
        assert any(len(related.candidates) > CANDIDATES[0] for related in one_by_one)
    else:
        assert any(0 < len(related.ids) < 5 for related in one_by_one)


@pytest.mark.parametrize("chunk", [1, 10_000])
def test_many_lists_in_batches(chunk: int) -> None:
    """A story by itself, or some: it does not matter which are looked at together."""
    archive = an_archive(400)
    arrays = ArchiveInArrays(archive, chunk)
    assert list(arrays.lists(range(400), {}, Limits())) == list(archive.lists(range(400), {}, Limits()))


def test_many_lists_in_another_process() -> None:
    """On a cluster the arrays go there in a file."""
    archive = an_archive(300)
    sent = pickle.loads(pickle.dumps(ArchiveInArrays(archive)))
    assert list(sent.lists(range(300), {}, Limits())) == list(archive.lists(range(300), {}, Limits()))


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["quay|pier", "", "quay|pier|tide", "mole"], ["quay"] * 40])
def test_many_lists_of_stories_that_have_little(texts: list[str]) -> None:
    """No story, none with terms, none with terms that another has; all with the same."""
    archive = ArchiveInMemory(
        (time_key(number * 10**7, str(number)), str(number), terms) for number, terms in enumerate(texts)
    )
    numbers = range(len(texts))
    assert list(ArchiveInArrays(archive).lists(numbers, {}, Limits())) == list(archive.lists(numbers, {}, Limits()))


LOADS_NUMPY = """
import random, sys
from newsgen.related.bounds import Bounds
from tests.support.archives import WORDS
from tests.support.sites import Desk, story

def is_loaded(): return "numpy" in sys.modules

rng = random.Random(6)
bodies = [" ".join(rng.sample(WORDS, 12)) for _story in range(120)]
files = {f"content/world/{n}.md": story(f"Story {n}", id=f"s{n}", body=body) for n, body in enumerate(bodies)}
desk = Desk(files, related_bounds=Bounds(numpy_stories=121))
desk.build()
assert not is_loaded(), "by a first build of few stories"
desk.related_bounds = Bounds(numpy_stories=120)
desk.build()
assert not is_loaded(), "where nothing changed"
desk.site.write("content/world/7.md", story("Story 7", id="s7", body=" ".join(WORDS[:12])))
desk.build()
assert not is_loaded(), "by an edit"
desk.build(is_clean=True)
assert is_loaded()
"""


def test_only_a_build_that_finds_many_lists_loads_numpy(tmp_path: Path) -> None:
    """It takes a tenth of a second to load: a build with one edit takes four."""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", LOADS_NUMPY], cwd=root, timeout=120, check=True)


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--jobs", "1"]])
def test_the_command_loads_no_numpy_for_a_few_stories(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "content/world").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.newsgen]\ntitle = "T"\nbase_url = "https://t.example"\n')
    for number in range(3):
        (tmp_path / f"content/world/{number}.md").write_bytes(story(f"Story {number}", id=f"s{number}"))
    run = "from newsgen.cli.main import main; main()"
    command = [sys.executable, "-X", "importtime", "-c", run, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    assert re.search(r"\| +newsgen.cli.main$", done.stderr, re.MULTILINE)
    assert not re.search(r"\| +numpy$", done.stderr, re.MULTILINE)
