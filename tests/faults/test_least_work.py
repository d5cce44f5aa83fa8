"""Nothing is written that need not be, and what is gone leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgen.engine.own_files import LIST
from tests.support.archive import COMMAND, NOW, Archive, evening, morning, tree
from tests.support.sites import story


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, mtime_ns and ctime_ns of a folder and everything in it."""
    stats = {path: path.lstat() for path in (folder, *folder.rglob("*"))}
    return {str(path): (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in stats.items()}


def test_nothing_changed(shared_archive: Archive) -> None:
    before = stamps(shared_archive.output)
    for _ in range(2):
        assert ": 0 rendered, 0 written, 0 removed" in shared_archive.build().stdout
        assert stamps(shared_archive.output) == before


def test_files_only_touched(shared_archive: Archive) -> None:
    before = stamps(shared_archive.output)
    for path in (shared_archive.root / "content").rglob("*.*"):
        path.write_bytes(path.read_bytes())
    assert ": 0 rendered, 0 written, 0 removed" in shared_archive.build().stdout
    assert stamps(shared_archive.output) == before


def test_a_clean_build_writes_nothing_that_is_the_same(shared_archive: Archive) -> None:
    before = stamps(shared_archive.output)
    assert " 0 written, 0 removed" in shared_archive.build("--clean").stdout
    files = {path: stamp for path, stamp in stamps(shared_archive.output).items() if Path(path).is_file()}
    assert files == {path: stamp for path, stamp in before.items() if Path(path).is_file()}


def test_one_story_among_many(shared_archive: Archive, tmp_path: Path) -> None:
    """The files that are written show the story, before or after; all others keep inode and times."""
    report = tmp_path / "report.json"
    text = shared_archive.root / "content/world/10.md"
    old, before = tree(shared_archive.output), stamps(shared_archive.output)
    text.write_bytes(text.read_bytes().replace(b"Harbour report 10", b"Tide tables"))
    shared_archive.build("--report", report)
    urls = json.loads(report.read_text())["written"]
    written = {url.removeprefix("/") + ("index.html" if url.endswith("/") else "") for url in urls}
    new = tree(shared_archive.output)
    for path in written:
        whole = new[path] + old.get(path, b"")
        assert b"ide-tables" in whole or b"ide tables" in whole or b"harbour-report-10" in whole, path
    assert 5 < len(written) < len(new) // 2
    untouched = new.keys() - written - {LIST}
    after = stamps(shared_archive.output)
    names = [str(shared_archive.output / path) for path in untouched]
    assert [name for name in names if after[name] != before[name]] == []
    shared_archive.assert_clean()
    shared_archive.save(morning())
    shared_archive.build()


def test_bad_stories_among_many(shared_archive: Archive) -> None:
    """Each is named, in one run; the others are built as if the bad ones were not there."""
    bad = {
        "content/world/bad-1.md": b"---\nheadline: Bad\nsection: World\n---\n\nText.\n",
        "content/world/bad-2.md": b"---\nheadline: Bad\ndate: 2019-02-31\nsection: World\n---\n\nText.\n",
        "content/sport/bad-3.md": b"no front matter\n",
        "content/sport/bad-4.md": b"---\nheadline: \xff\n---\n",
    }
    good = evening()
    shared_archive.save(good | bad)
    check = [*COMMAND, "check", "--site", str(shared_archive.root)]
    for command in (shared_archive.command(), check):
        stderr = shared_archive.run(command, (1,)).stderr
        assert {path for path in bad if f"\n{path}:" in f"\n{stderr}"} == bad.keys()
    done = tree(shared_archive.output)
    shared_archive.save(good)
    assert done == shared_archive.clean()
    shared_archive.save(morning())
    shared_archive.build()


def test_what_is_gone_leaves_nothing(shared_archive: Archive) -> None:
    """Deleted, renamed, unpublished, retagged, moved: no page, no list and no folder of theirs is left."""
    before = tree(shared_archive.output)
    shared_archive.save(evening())
    shared_archive.build()
    gone = before.keys() - tree(shared_archive.output).keys()
    assert {path.rpartition("/")[2] for path in gone} >= {f"harbour-report-{n}.html" for n in (1, 2, 7, 9)}
    shared_archive.assert_clean()
    assert (shared_archive.output / "sport/2019/05").is_dir()
    shared_archive.save(morning())
    shared_archive.build()
    assert not (shared_archive.output / "sport").exists()
    assert [path for path in shared_archive.output.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    shared_archive.assert_clean()


@pytest.mark.parametrize("section", ["World", "Sport"])
def test_an_address_that_is_gone_is_named(built: Archive, section: str) -> None:
    """Also where the same build brings a new section, which is on every page."""
    (built.root / "content/world/01.md").unlink()
    (built.root / "content/world/new.md").write_bytes(story("New", section=section, id="new"))
    stderr = built.build().stderr
    built.assert_clean()
    assert "/world/2019/05/02/harbour-report-1.html: warning: No story has this address any more" in stderr


def test_what_is_gone_while_the_record_is_lost_leaves_nothing(archive: Archive) -> None:
    """The output says which files are newsgen's; one that it does not name is named, and stays."""
    archive.build()
    (archive.output / "notes.txt").write_text("mine")
    for path in archive.state.iterdir():
        path.unlink()
    (archive.root / "content/world/01.md").unlink()
    assert "notes.txt" in archive.build(now=NOW).stderr
    files = tree(archive.output)
    assert files.pop("notes.txt") == b"mine"
    assert files == archive.clean()
