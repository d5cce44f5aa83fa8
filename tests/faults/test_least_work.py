"""Rows 21 to 23 and 25: nothing is written that need not be, and what is gone leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.archive import NOW, Archive, evening, morning, tree
from tests.support.sites import story


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Of every file and folder: its inode, and when it was changed, in itself and in its name."""
    found = {path: path.lstat() for path in (folder, *folder.rglob("*"))}
    return {str(path): (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in found.items()}


def test_nothing_changed(standing: Archive) -> None:
    before = stamps(standing.output)
    for _again in range(2):
        assert ": 0 rendered, 0 written, 0 removed" in standing.build().said
        assert stamps(standing.output) == before


def test_files_only_touched(standing: Archive) -> None:
    before = stamps(standing.output)
    for path in (standing.root / "content").rglob("*.*"):
        path.write_bytes(path.read_bytes())
    assert ": 0 rendered, 0 written, 0 removed" in standing.build().said
    assert stamps(standing.output) == before


def test_everything_anew_that_is_the_same(standing: Archive) -> None:
    before = stamps(standing.output)
    assert " 0 written, 0 removed" in standing.build("--clean").said
    files = {path: stamp for path, stamp in stamps(standing.output).items() if Path(path).is_file()}
    assert files == {path: stamp for path, stamp in before.items() if Path(path).is_file()}


def test_one_story_among_many(standing: Archive, tmp_path: Path) -> None:
    """What is written holds it, before or after; all else keeps its inode and time."""
    report = tmp_path / "report.json"
    text = standing.root / "content/world/10.md"
    old, before = tree(standing.output), stamps(standing.output)
    text.write_bytes(text.read_bytes().replace(b"Harbour report 10", b"Tide tables"))
    standing.build("--report", report)
    told = json.loads(report.read_text())
    written = {url.removeprefix("/") + ("index.html" if url.endswith("/") else "") for url in told["written"]}
    new = tree(standing.output)
    for path in written:
        whole = new[path] + old.get(path, b"")
        assert b"ide-tables" in whole or b"ide tables" in whole or b"harbour-report-10" in whole, path
    assert 5 < len(written) < len(new) // 2
    kept = {path for path in new if path not in written}
    after = stamps(standing.output)
    assert {path for path in kept if after[str(standing.output / path)] != before[str(standing.output / path)]} == set()
    assert standing.is_clean()
    standing.save(morning())
    standing.build()


def test_bad_stories_among_many(standing: Archive) -> None:
    """Each is named, in one run; the others are built, as if the bad ones were not there."""
    bad = {
        "content/world/bad-1.md": b"---\nheadline: Bad\nsection: World\n---\n\nText.\n",
        "content/world/bad-2.md": b"---\nheadline: Bad\ndate: 2019-02-31\nsection: World\n---\n\nText.\n",
        "content/sport/bad-3.md": b"no front matter\n",
        "content/sport/bad-4.md": b"---\nheadline: \xff\n---\n",
    }
    good = evening()
    standing.save(good | bad)
    for command in (standing.command(), [*standing.command()[:2], "newsgen", "check", *standing.command()[4:6]]):
        told = standing.run(command, (1,)).told
        assert {path for path in bad if f"\n{path}:" in f"\n{told}"} == bad.keys()
    done = tree(standing.output)
    standing.save(good)
    assert done == standing.clean()
    standing.save(morning())
    standing.build()


def test_what_is_gone_leaves_nothing(standing: Archive) -> None:
    """Deleted, renamed, unpublished, retagged, moved: no page, no list and no folder of theirs is left."""
    before = tree(standing.output)
    standing.save(evening())
    standing.build()
    gone = before.keys() - tree(standing.output).keys()
    assert {path.rpartition("/")[2] for path in gone} >= {f"harbour-report-{n}.html" for n in (1, 2, 7, 9)}
    assert standing.is_clean()
    assert (standing.output / "sport/2019/05").is_dir()
    standing.save(morning())
    standing.build()
    assert not (standing.output / "sport").exists()
    assert [path for path in standing.output.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    assert standing.is_clean()


@pytest.mark.parametrize("section", ["World", "Sport"])
def test_an_address_that_is_gone_is_named(built: Archive, section: str) -> None:
    """Also where the same build brings a new section, which is on every page."""
    (built.root / "content/world/01.md").unlink()
    (built.root / "content/world/new.md").write_bytes(story("New", section=section, id="new"))
    told = built.build().told
    assert built.is_clean()
    assert "/world/2019/05/02/harbour-report-1.html: warning: No story has this address any more" in told


def test_what_is_gone_while_the_record_is_lost_is_named(archive: Archive) -> None:
    archive.build()
    for path in archive.state.iterdir():
        path.unlink()
    (archive.root / "content/world/01.md").unlink()
    left = "world/2019/05/02/harbour-report-1.html"
    told = archive.build(now=NOW).told
    assert left in told
    found = tree(archive.output)
    assert found.pop(left)
    assert found == archive.clean()
