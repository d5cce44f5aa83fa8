"""Where a site is, where its output may go, and what the same output depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsgen
from newsgen.model.errors import UsageError
from newsgen.source import project

SETTINGS = '[tool.newsgen]\ntitle = "Archive"\nbase_url = "https://archive.example"\n'


@pytest.fixture
def site(tmp_path: Path) -> project.Project:
    root = tmp_path / "site"
    (root / "content/world").mkdir(parents=True)
    (root / "pyproject.toml").write_text(SETTINGS)
    return project.find(root, is_given=True)


def test_a_site_is_found_from_inside_it(site: project.Project) -> None:
    inside = site.root / "content/world"
    assert project.find(inside, is_given=False) == site
    with pytest.raises(UsageError):
        project.find(inside, is_given=True)


@pytest.mark.parametrize("output", [".", "..", "content", "content/world", "templates/x", ".newsgen", ".git/x", "/"])
def test_outputs_that_would_destroy_something(site: project.Project, output: str) -> None:
    with pytest.raises(UsageError) as caught:
        project.output_disk(site, site.root / output)
    assert [problem.rule for problem in caught.value.problems] == ["output-unsafe"]


def test_an_output_inside_another_would_be_published_with_it(site: project.Project) -> None:
    (site.root / "build/world").mkdir(parents=True)
    (site.root / "build/.newsgen").write_text("newsgen wrote this folder\n")
    for output in ("build/drafts", "build/world"):
        with pytest.raises(UsageError) as caught:
            project.output_disk(site, site.root / output)
        assert [problem.rule for problem in caught.value.problems] == ["output-inside"]
    assert project.output_disk(site, site.root / "build").name == "build"


def test_what_is_for_the_desk_lies_in_no_folder_that_is_published(site: project.Project, tmp_path: Path) -> None:
    (tmp_path / "www/a").mkdir(parents=True)
    (tmp_path / "www/.newsgen").write_text("newsgen wrote this folder\n")
    (site.root / "build").mkdir()
    (tmp_path / "link").symlink_to(site.root / "build")
    (tmp_path / "linked.json").symlink_to(site.root / "build/report.json")
    elsewhere = project.output_disk(site, tmp_path / "elsewhere")
    wrong = [
        site.root / "build/report.json", site.root / "build/not/yet/report.json", site.root / "content/../build/r.json",
        site.root / "content/report.json", site.root / "templates/r.json", tmp_path / "link/report.json",
        tmp_path / "linked.json", tmp_path / "www/a/report.json", tmp_path / "elsewhere/report.json",
    ]  # fmt: skip
    for path in wrong:
        with pytest.raises(UsageError) as caught:
            project.require_unpublished(path, site, elsewhere)
        assert [problem.rule for problem in caught.value.problems] == ["path-published"]
    for path in (site.root / "report.json", site.root / "builds/r.json", tmp_path / "report.json", Path("/dev/stdout")):
        project.require_unpublished(path, site, elsewhere)


def test_each_output_has_a_record(site: project.Project, tmp_path: Path) -> None:
    outputs = [None, site.root / "public", tmp_path / "elsewhere"]
    records = {project.record_path(site, project.output_disk(site, output)) for output in outputs}
    assert len(records) == 3
    assert all(Path(path).parent == site.root / ".newsgen" for path in records)


def test_a_site_without_content_is_refused(site: project.Project) -> None:
    project.require_content(site)
    (site.root / "content/world").rmdir()
    (site.root / "content").rmdir()
    with pytest.raises(UsageError):
        project.require_content(site)


def test_the_environment_is_all_code_of_newsgen_and_the_zone(tmp_path: Path) -> None:
    assert Path(newsgen.__file__).parent == project.PACKAGE
    (tmp_path / "render/templates").mkdir(parents=True)
    module = tmp_path / "render/templates/theme.py"
    module.write_text("a = 1\n")
    before = project.environment_digest("UTC", tmp_path)
    assert project.environment_digest("UTC", tmp_path) == before
    assert project.environment_digest("Europe/London", tmp_path) != before
    (tmp_path / "render/notes.txt").write_text("not code")
    assert project.environment_digest("UTC", tmp_path) == before
    module.write_text("a = 2\n")
    assert project.environment_digest("UTC", tmp_path) != before
