"""What lies in templates/ or content/ and cannot be used is reported, and nothing of it is used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk
from newsgen.source.listing import classify, scan_content
from newsgen.source.theme import theme_files, unused_files
from tests.support.archive import Archive, morning
from tests.support.sites import THEME

needs_odd_names = pytest.mark.skipif(os.name == "nt", reason="every name is Unicode there")


def warnings_of(root: Path) -> list[tuple[str, ...]]:
    """(rule, path, values) of each warning about a site's templates/, which must change nothing of the theme."""
    theme = theme_files(FolderDisk(root))
    assert (theme.templates, theme.assets) == (THEME.templates, THEME.assets)
    return [(problem.rule, problem.path, *problem.values) for problem in (*theme.problems, *unused_files(theme, ()))]


def test_templates_that_are_no_folder(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    assert warnings_of(tmp_path) == []
    templates.write_text("a file")
    assert warnings_of(tmp_path) == [("templates-unusable", "templates", "file")]


def test_links_and_pipes_among_the_templates(tmp_path: Path) -> None:
    assets = tmp_path / "templates/assets"
    assets.mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "templates/article.html.j2").symlink_to(tmp_path / "secret")
    os.mkfifo(assets / "style.css")
    (assets / "site.css").mkdir()
    theme = theme_files(FolderDisk(tmp_path))
    assert [(name, p.rule, p.path, p.values, p.severity) for name, p in theme.broken] == [
        ("article.html.j2", "odd-file", "templates/article.html.j2", ("link",), "error"),
        ("assets/site.css", "odd-file", "templates/assets/site.css", ("folder",), "error"),
        ("assets/style.css", "odd-file", "templates/assets/style.css", ("device or pipe",), "error"),
    ]
    assert "article.html.j2" not in dict(theme.templates)


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "~$site.css", "site.css~", "#site.css#", "desktop.ini"])
def test_what_systems_and_editors_leave_is_no_file_of_the_theme(tmp_path: Path, name: str) -> None:
    (tmp_path / "templates/assets").mkdir(parents=True)
    for folder in ("templates", "templates/assets"):
        (tmp_path / folder / name).write_text("x")
    assert theme_files(FolderDisk(tmp_path)) == THEME


@pytest.mark.parametrize(("data", "rule", "line"), [(b"<p>\n\xff</p>", "not-utf-8", 2), (b"\xff\xfea\0", "utf-16", 0)])
def test_a_template_that_is_no_utf_8_does_not_become_the_default_one(
    tmp_path: Path, data: bytes, rule: str, line: int
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/article.html.j2").write_bytes(data)
    theme = theme_files(FolderDisk(tmp_path))
    assert [(name, p.rule, p.line) for name, p in theme.broken] == [("article.html.j2", rule, line)]
    assert "article.html.j2" not in dict(theme.templates)


@needs_odd_names
def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    for folder in ("templates", "content"):
        (tmp_path / folder).mkdir()
        os.mkfifo(os.fsencode(tmp_path / folder) + b"/b\xff.md")
    assert warnings_of(tmp_path) == [("odd-file", "templates/b?.md", "device or pipe")]
    problems = classify(scan_content(FolderDisk(tmp_path))).problems
    assert [(problem.rule, problem.path) for problem in problems] == [("odd-file", "content/b?.md")]
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/templates/c\xff.css")).write_text("x")
    problems = theme_files(FolderDisk(tmp_path)).problems
    assert ("name-not-utf-8", "templates/c?.css", "error") in [(p.rule, p.path, p.severity) for p in problems]


def test_a_build_names_unusable_templates_while_they_are_there(tmp_path: Path) -> None:
    """Also where there is nothing else to do."""
    built = Archive(tmp_path / "site")
    built.save(morning())
    assert "templates" not in built.build().stderr
    (built.root / "templates").write_text("a file")
    for _time in range(2):
        done = built.build()
        assert "templates: warning: This is a file, not a folder" in done.stderr
        assert "0 written" in done.stdout
    (built.root / "templates").unlink()
    assert "templates" not in built.build().stderr


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("article.html", "article.html.j2"),
        ("artcle.html.j2", "article.html.j2"),
        ("Article.html.j2", "article.html.j2"),
        ("article.j2", "article.html.j2"),
        ("article.html.jinja2", "article.html.j2"),
        ("pages/listing.html.j2", "listing.html.j2"),
        ("post.html", "article.html.j2"),
        ("index.html.j2", "home.html.j2"),
        ("feed.xml", "feed.xml.j2"),
        ("site.css", "assets/site.css"),
        ("assets/Site.css", "assets/site.css"),
        ("quay-map.html.j2", None),
        ("quay-map.html", None),
        ("assets/quay.svg", ""),
        ("notes.md", ""),
        ("README.txt", ""),
        ("src/quay.scss", ""),
        ("article.html.j2.bak", ""),
    ],
)
def test_a_template_that_nothing_uses_is_named_with_the_nearest(tmp_path: Path, name: str, near: str | None) -> None:
    file = tmp_path / "templates" / name
    file.parent.mkdir(parents=True)
    file.write_text("{# ours #}")
    theme = theme_files(FolderDisk(tmp_path))
    expected = [("template-unused", ())] if near is None else [("template-unused-near", (near,))] if near else []
    assert [(problem.rule, problem.values) for problem in (*theme.problems, *unused_files(theme, ()))] == expected
    assert all(problem.path == f"templates/{name}" for problem in unused_files(theme, ()))
    assert all(problem.severity == "warning" for problem in unused_files(theme, ()))


def test_what_a_used_template_names_is_used(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "parts").mkdir(parents=True)
    (templates / "base.html.j2").write_text("{% include 'parts/top.html.j2' %}<link href=\"{{ asset('sites.css') }}\">")
    (templates / "parts/top.html.j2").write_text('{% from "quay.html.j2" import quay %}{{ quay() }}')
    (templates / "quay.html.j2").write_text("{% macro quay() %}{% endmacro %}")
    (templates / "ring.html.j2").write_text('{% include "ring.html.j2" %}')
    (templates / "assets").mkdir()
    (templates / "assets/sites.css").write_text("")
    theme = theme_files(FolderDisk(tmp_path))
    assert [problem.path for problem in unused_files(theme, ())] == ["templates/ring.html.j2"]
    assert list(unused_files(theme, ["ring.html.j2"])) == []  # a page of the site's own asks for it


def test_a_byte_order_mark_is_no_part_of_a_template(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    file = tmp_path / "templates/base.html.j2"
    file.write_bytes(b"\xef\xbb\xbf<p>one</p>\r\n")
    theme = theme_files(FolderDisk(tmp_path))
    assert (theme.problems, dict(theme.templates)["base.html.j2"]) == ((), "<p>one</p>\n")
    for encoding in ("utf-16", "utf-16-le"):
        file.write_bytes("<p>one</p>".encode(encoding))
        theme = theme_files(FolderDisk(tmp_path))
        assert [(problem.rule, problem.path) for problem in (*theme.problems, *unused_files(theme, ()))] == [
            ("utf-16", "templates/base.html.j2")
        ]


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("template/article.html.j2", True),
        ("theme/pages/x.html.j2", True),
        ("theme/notes.md", False),
        ("content/a.j2", False),
    ],
)
def test_templates_in_a_folder_of_another_name(tmp_path: Path, path: str, is_told: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("x")
    told = [("templates-elsewhere", path.partition("/")[0])] if is_told else []
    assert warnings_of(tmp_path) == told
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/home.html.j2").write_text("x")
    assert theme_files(FolderDisk(tmp_path)).problems == ()
