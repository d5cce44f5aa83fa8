"""What is compared: all files, or some that are always the same; and what is told of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgen.disk import MemoryDisk
from newsgen.publish.release import Release
from newsgen.publish.verify import sample, verify_output
from tests.support.git_remotes import GitRemote
from tests.support.publications import a_site
from tests.support.targets import release

SITE = release({f"{number:03}.html": f"page {number}" for number in range(100)})


@pytest.mark.parametrize(("count", "compared"), [(None, 100), (1, 1), (30, 30), (100, 100), (500, 100)])
def test_so_many_files_are_compared(count: int | None, compared: int) -> None:
    chosen = sample(SITE.files, count)
    assert len(chosen) == len(set(chosen)) == compared
    assert list(chosen) == sorted(chosen, key=lambda file: file.path)
    assert chosen == sample(SITE.files, count)


def test_a_sample_is_not_the_first_ones_and_grows() -> None:
    few, more = (set(sample(SITE.files, count)) for count in (10, 20))
    assert few < more
    assert few != set(SITE.files[:10])
    other = release({f"{number:03}.html": f"another page {number}" for number in range(100)})
    assert {file.path for file in sample(other.files, 10)} != {file.path for file in few}


def test_an_output_with_each_kind_of_difference() -> None:
    there = {file.path: SITE.read(file) for file in SITE.files}
    there["005.html"] = b"pagE 5"
    del there["006.html"]
    verified = verify_output(Release(SITE.files, MemoryDisk(there)), ["mine.txt"], None)
    assert verified.files == 100
    assert [(each.path, each.kind) for each in verified.mismatches] == [
        ("005.html", "differs"), ("006.html", "missing"), ("mine.txt", "foreign")
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["folder", "gitlab"])
def test_a_target_that_was_put_back_says_so(tmp_path: Path, kind: str) -> None:
    """By making an earlier release the standing one, and by publishing its files once more."""
    remote = GitRemote(tmp_path / "remote.git", "pages")
    places = {"folder": f'path = "{tmp_path}/www"', "gitlab": f'remote = "{remote.url}"'}
    site = a_site(tmp_path / "site", f'kind = "{kind}"\n{places[kind]}', stories=4, more='host = "other"')
    site.publish()
    site.correct_body("s01")
    site.publish()
    assert "put back" not in site.newsgen("verify", "live").stdout
    site.publish("--to", "previous")
    done = site.newsgen("verify", "live", ok=(1,))
    assert "It was put back to the publication of 20" in done.stdout
    told = json.loads(site.newsgen("verify", "live", "--json", ok=(1,)).stdout)
    assert told["put_back_to"]
    assert {each["kind"] for each in told["differences"]} == {"differs"}
    site.publish()
    assert "put back" not in site.newsgen("verify", "live").stdout
