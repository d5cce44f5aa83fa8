"""What lies in templates/ or content/ and cannot be used is reported, and nothing of it is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk
from newsgen.model.errors import ContentError
from newsgen.source.listing import classify, scan_content
from newsgen.source.theme import theme_files
from tests.support.archive import Archive, morning
from tests.support.sites import THEME

needs_odd_names = pytest.mark.skipif(os.name == "nt", reason="every name is Unicode there")


def warnings_of(root: Path) -> list[tuple[str, ...]]:
    """(rule, path, values) of each warning about a site's templates/, which must change nothing of the theme."""
    theme = theme_files(FolderDisk(root))
    assert (theme.templates, theme.assets) == (THEME.templates, THEME.assets)
    return [(problem.rule, problem.path, *problem.values) for problem in theme.problems]


def test_templates_that_are_no_folder(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    assert warnings_of(tmp_path) == []
    templates.write_text("a file")
    assert warnings_of(tmp_path) == [("templates-unusable", "templates", "file")]
    templates.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "article.html.j2").write_text("shared by two sites")
    templates.symlink_to(elsewhere)
    assert warnings_of(tmp_path) == [("templates-unusable", "templates", "link")]


def test_links_and_pipes_among_the_templates(tmp_path: Path) -> None:
    assets = tmp_path / "templates/assets"
    assets.mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "templates/article.html.j2").symlink_to(tmp_path / "secret")
    os.mkfifo(assets / "style.css")
    assert sorted(warnings_of(tmp_path)) == [
        ("odd-file", "templates/article.html.j2", "link"),
        ("odd-file", "templates/assets/style.css", "device or pipe"),
    ]


@needs_odd_names
def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    for folder in ("templates", "content"):
        (tmp_path / folder).mkdir()
        os.mkfifo(os.fsencode(tmp_path / folder) + b"/b\xff.md")
    assert warnings_of(tmp_path) == [("odd-file", "templates/b?.md", "device or pipe")]
    problems = classify(scan_content(FolderDisk(tmp_path))).problems
    assert [(problem.rule, problem.path) for problem in problems] == [("odd-file", "content/b?.md")]
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/templates/c\xff.css")).write_text("x")
    with pytest.raises(ContentError) as raised:
        theme_files(FolderDisk(tmp_path))
    assert [(p.rule, p.path, p.severity) for p in raised.value.problems] == [
        ("name-not-utf-8", "templates/c?.css", "error")
    ]


def test_a_build_names_unusable_templates_while_they_are_there(tmp_path: Path) -> None:
    """Also where there is nothing else to do."""
    built = Archive(tmp_path / "site")
    built.save(morning())
    (tmp_path / "shared").mkdir()
    assert "templates" not in built.build().stderr
    (built.root / "templates").symlink_to(tmp_path / "shared")
    for _time in range(2):
        done = built.build()
        assert "templates: warning: This is a link, not a folder" in done.stderr
        assert "0 written" in done.stdout
    (built.root / "templates").unlink()
    assert "templates" not in built.build().stderr
