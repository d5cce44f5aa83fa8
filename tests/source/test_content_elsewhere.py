"""content/ and templates/ that are links, and a content/ that is not there after a good build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsgen.disk import FolderDisk
from newsgen.engine.run import build
from newsgen.model.errors import NewsgenError, UsageError
from newsgen.model.settings import Settings
from newsgen.source import project
from newsgen.source.listing import classify, scan_content
from newsgen.source.live_listing import LiveListing
from newsgen.source.theme import theme_files
from tests.support.sites import Desk, story, world

SETTINGS = '[tool.newsgen]\ntitle = "Archive"\nbase_url = "https://archive.example"\n'


@pytest.fixture
def site(tmp_path: Path) -> project.Project:
    """A site whose stories and templates lie elsewhere."""
    root = tmp_path / "site"
    root.mkdir()
    for name in ("content/world", "templates/assets"):
        (tmp_path / "elsewhere" / name).mkdir(parents=True)
    (tmp_path / "elsewhere/content/world/a.md").write_bytes(story("Mill sold", id="a"))
    (tmp_path / "elsewhere/templates/assets/own.css").write_text("p {}\n")
    for name in ("content", "templates"):
        (root / name).symlink_to(tmp_path / "elsewhere" / name)
    (root / "pyproject.toml").write_text(SETTINGS)
    return project.find(root, is_given=True)


def test_content_and_templates_may_be_links(site: project.Project) -> None:
    project.require_content(site)
    desk = Desk(settings=Settings("Archive", "https://archive.example"))
    desk.site.write("clock", b"")
    request = desk.job(desk.output)
    result = build(replace(request, site=site.disk, theme=theme_files(site.disk)), desk.store)
    assert (result.stories, result.problems) == (1, ())
    assert any(path.startswith("assets/own.") for path in desk.output.files)


def test_files_are_written_where_the_link_leads(site: project.Project, tmp_path: Path) -> None:
    site.disk.write("content/world/b.md", b"x")
    site.disk.remove("content/world/a.md")
    site.disk.remove_temporary_files()
    assert [path.name for path in (tmp_path / "elsewhere/content").rglob("*") if path.is_file()] == ["b.md"]
    assert sorted(path.name for path in site.root.iterdir()) == ["content", "pyproject.toml", "templates"]


@pytest.mark.parametrize("link", ["content/sub", "content/world/sub", "templates/sub"])
def test_links_inside_are_not_followed(link: str, site: project.Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "s.md").write_bytes(story("Secret", id="s"))
    (site.root / link).symlink_to(secret)
    with pytest.raises(OSError, match="leads out"):
        site.disk.read(f"{link}/s.md")
    with pytest.raises(NewsgenError):
        site.disk.write(f"{link}/t.md", b"x")
    assert [stat[0] for stat in scan_content(site.disk).files] == ["content/world/a.md"]
    assert [entry.name for entry in secret.iterdir()] == ["s.md"]


def test_only_the_folders_of_sources_may_be_links(site: project.Project, tmp_path: Path) -> None:
    (site.root / "pages").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="leads out"):
        site.disk.read("pages/content/world/a.md")
    with pytest.raises(OSError, match="leads out"):
        FolderDisk(site.root).read("content/world/a.md")


def test_a_preview_lists_what_is_behind_the_link(site: project.Project) -> None:
    live = LiveListing(scan_content(site.disk))
    (site.root / "content/world/b.md").write_bytes(story("Mill bought", id="b"))
    assert list(live.rescan(site.disk, ["content/world/b.md"])) == ["content/world/b.md"]
    (site.root / "content/world/a.md").write_bytes(story("Mill not sold", id="a"))
    assert list(live.rescan(site.disk, ["content/world"])) == ["content/world/a.md"]
    assert live.listing().stories == classify(scan_content(site.disk)).stories


def test_the_site_itself_may_be_a_link(site: project.Project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site.root)
    linked = project.find(tmp_path / "link", is_given=True)
    assert [stat[0] for stat in scan_content(linked.disk).files] == ["content/world/a.md"]
    assert linked.disk.read("content/world/a.md") == site.disk.read("content/world/a.md")
    records = {project.record_path(each, project.output_disk(each, None)) for each in (site, linked)}
    assert {Path(record).resolve() for record in records} == {Path(min(records)).resolve()}


@pytest.mark.parametrize("name", ["content", "templates"])
def test_a_link_that_leads_nowhere_is_refused(name: str, site: project.Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / name).rename(tmp_path / "away")
    with pytest.raises(UsageError) as caught:
        project.require_content(site)
    assert [(p.rule, p.path, p.values) for p in caught.value.problems] == [
        ("link-nowhere", name, (str(tmp_path / "elsewhere" / name),))
    ]


# --- a content/ without stories ---


@pytest.mark.parametrize("left", [{}, {"content/_people.yaml": b"- name: Ann Bly\n"}, {"content/notes.txt": b"x"}])
def test_an_archive_does_not_vanish_because_content_is_empty(left: dict[str, bytes]) -> None:
    desk = world(a=story("Mill sold", id="a"), b=story("Mill bought", id="b", embargo="hold"))
    desk.build()
    built, stories = dict(desk.output.files), dict(desk.site.files)
    for path in stories:
        desk.site.remove(path)
    for path, data in left.items():
        desk.site.write(path, data)
    for _again in range(2):
        with pytest.raises(UsageError) as caught:
            desk.build()
        assert [(p.rule, p.path, p.values) for p in caught.value.problems] == [("content-emptied", "content", ("2",))]
        assert desk.output.files == built
    for path, data in stories.items():
        desk.site.write(path, data)
    assert not [problem for problem in desk.build().problems if problem.severity == "error"]
    assert desk.output.files == built
    for path in stories:
        desk.site.remove(path)
    assert desk.build(is_clean=True).stories == 0
    assert "world/2019/05/01/mill-sold.html" not in desk.output.files
    assert desk.build().stories == 0


def test_an_archive_that_never_had_a_story_is_a_site() -> None:
    desk = Desk({})
    assert desk.build().problems == ()
    desk.site.write("content/_people.yaml", b"- name: Ann Bly\n")
    assert desk.build().problems == ()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a second file system is needed")
def test_files_are_written_on_another_disk(tmp_path: Path) -> None:
    with TemporaryDirectory(dir="/dev/shm") as other:
        (tmp_path / "content").symlink_to(other)
        disk = project.site_disk(tmp_path)
        disk.write("content/world/a.md", b"x")
        disk.remove_temporary_files()
        assert [str(path.relative_to(other)) for path in sorted(Path(other).rglob("*"))] == ["world", "world/a.md"]
