"""The commands as a user runs them, in real folders."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from newsgen.cli.main import newsgen as group
from tests.support.archive import COMMAND, run_command

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "100"}
PAGE = """\
Lighthouse keepers vote for a longer tea break

  • World
  • Tuesday, 04 Mar 2025

FILE PHOTO: The lighthouse at Skerrit Head, Corvane, May 1, 2019. Mila Hart/Pool via NORTHERN WIRE/File Photo

SKERRIT (Northern Wire) -Keepers of three lighthouses voted on Tuesday for a tea break of twenty minutes.

"It is the stairs," said one of them.

(Reporting by Ines Varga; Editing by Ruth Oyelaran)

Others Also Read
"""


def newsgen(*arguments: str | Path, cwd: Path | None = None, ok: tuple[int, ...] = (0,), **environment: str) -> str:
    """Run newsgen; its output, problems included."""
    done = run_command([*COMMAND, *map(str, arguments)], ENVIRONMENT | environment, cwd)
    assert done.code in ok, f"exit {done.code}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, for copies only."""
    folder = tmp_path_factory.mktemp("init") / "archive"
    newsgen("init", folder)
    return folder


@pytest.fixture
def site(new_site: Path, tmp_path: Path) -> Path:
    """A new site."""
    return shutil.copytree(new_site, tmp_path / "archive")


def test_a_new_site_builds(site: Path) -> None:
    assert "1 story" in newsgen("build", "--site", site)
    home = (site / "build/index.html").read_text()
    assert "Archive opens with its first story" in home
    assert list((site / "build/assets").glob("site.*.css"))
    assert "0 rendered, 0 written" in newsgen("build", "--site", site)
    assert "Compared with a clean build" in newsgen("check", "--site", site, "--incremental")


def test_init_refuses_a_folder_that_holds_something(site: Path) -> None:
    assert "Name a new one" in newsgen("init", site, ok=(2,))


def test_a_new_site_in_the_folder_where_one_is(tmp_path: Path) -> None:
    """As the README begins; a command that never ends is stopped after two seconds of work."""
    command = ["bash", "-c", 'ulimit -t 2; exec "$@"', "bash", sys.executable, "-m", "newsgen", "init", "my-archive"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert (tmp_path / "my-archive/pyproject.toml").exists()


def test_new_makes_a_draft_that_becomes_a_story(site: Path) -> None:
    first = newsgen("new", 'Grain: "talks" resume', "--section", "World", cwd=site).strip()
    second = newsgen("new", 'Grain: "talks" resume', "--section", "World", cwd=site).strip()
    assert first == "content/world/2023/11/grain-talks-resume.md"
    assert second == "content/world/2023/11/grain-talks-resume-2.md"
    newsgen("build", "--site", site)
    page = site / "build/world/2023/11/14/grain-talks-resume.html"
    assert not page.exists()
    (site / first).write_text(re.sub("status: draft.*\n", "", (site / first).read_text()))
    newsgen("build", "--site", site)
    assert '<h1 data-field="headline">Grain: “talks” resume</h1>' in page.read_text()


def test_import_twice(site: Path) -> None:
    copy = site.parent / "page.txt"
    copy.write_text(PAGE)
    report = site.parent / "report.json"
    printed = newsgen("import", copy, "--site", site, "--report", report)
    assert "1 imported" in printed
    assert "content/news/2023/11/archive-opens.md, the story that newsgen init wrote, is deleted" in printed
    assert not (site / "content/news/2023/11/archive-opens.md").exists()
    report_data = json.loads(report.read_text())
    assert (report_data["items"], len(report_data["imported"])) == (1, 1)
    path = site / report_data["imported"][0]["path"]
    before = path.read_bytes()
    assert "1 unchanged" in newsgen("import", copy, "--site", site)
    assert path.read_bytes() == before
    newsgen("build", "--site", site)
    page = (site / "build/world/2025/03/04/lighthouse-keepers-vote-for-a-longer-tea-break.html").read_text()
    for part in ("SKERRIT (Northern Wire)", "Mila Hart", "Ines Varga", "Keepers of three lighthouses"):
        assert part in page
    assert "Others Also Read" not in page


def test_import_and_new_begin_a_site_without_content(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.newsgen]\ntitle = "T"\nbase_url = "https://t.example"\n')
    (tmp_path / "page.txt").write_text(PAGE)
    assert "1 imported" in newsgen("import", "page.txt", cwd=tmp_path)
    newsgen("new", "A head", "--section", "World", cwd=tmp_path)
    assert "Held back: 1 in draft" in newsgen("build", cwd=tmp_path)


def test_a_dry_run_writes_nothing(site: Path) -> None:
    copy = site.parent / "page.txt"
    copy.write_text(PAGE)
    before = sorted(site.rglob("*"))
    assert "Nothing was written" in newsgen("import", copy, "--site", site, "--dry-run")
    assert [path for path in sorted(site.rglob("*")) if ".newsgen" not in path.parts] == before


def test_one_bad_story_is_named_and_the_rest_is_built(site: Path) -> None:
    bad = site / "content/news/bad.md"
    bad.write_text("---\nheadline: Bad\nsection: News\ndatline: OSLO\n---\n\nText.\n")
    for _build in range(2):
        printed = newsgen("build", "--site", site, ok=(1,))
        assert "content/news/bad.md:4:1" in printed
        assert "Did you mean dateline?" in printed
        assert "date is missing" in printed
        assert (site / "build/index.html").exists()
    bad.write_text("---\nheadline: Good\nsection: News\ndate: 2020-01-01\n---\n\nText.\n")
    newsgen("build", "--site", site)
    assert (site / "build/news/2020/01/01/good.html").exists()


def test_explain(site: Path) -> None:
    newsgen("build", "--site", site)
    printed = newsgen("explain", "first-story", "--site", site)
    assert "content/news/2023/11/archive-opens.md" in printed
    assert "because it is new" in printed
    assert "/tags/archives/" in printed
    assert "shelf/section/news" in newsgen("explain", "/news/", "--site", site)
    assert "No page, story id or story file" in newsgen("explain", "/nothing/", "--site", site, ok=(2,))


def test_explain_says_what_keeps_a_story_out(site: Path) -> None:
    for name, head in {"bad": "datline: X\n", "draft": "status: draft\n", "twin": ""}.items():
        text = f"---\nid: first-{name}\nheadline: Archive opens with its first story\nsection: News\n"
        (site / f"content/news/{name}.md").write_text(f"{text}date: 2023-11-14\n{head}---\n\nText.\n")
    printed = {
        name: newsgen("explain", f"content/news/{name}.md", "--site", site, "--now", "2026-01-01T00:00Z")
        for name in ("bad", "draft", "twin")
    }
    assert "a draft, at 2026-01-01" in printed["draft"]
    for name in ("bad", "twin"):
        assert "kept out by an error" in printed[name]
    for text in printed.values():
        assert "No page shows anything of it" in text


def test_a_build_names_the_stories_it_holds_if_asked(site: Path) -> None:
    text = "---\nid: {0}\nheadline: Tide tables\ndate: 2023-11-14T10:00\nsection: World\n{1}\n---\n\nText.\n"
    (site / "content/a.md").write_text(text.format("a", "embargo: 2023-11-20T06:00+00:00"))
    (site / "content/b.md").write_text(text.format("b", "status: withheld"))
    held = ["  a: under embargo until 2023-11-20T06:00:00+00:00", "  b: withheld"]
    for _build in range(2):  # also where nothing changed
        said = newsgen("build", "--site", site, "--verbose").splitlines()
        assert [line for line in said if line.startswith("  ")] == held
    assert "  b: " not in newsgen("build", "--site", site)


def test_the_schedule(site: Path) -> None:
    assert "Nothing appears or expires in 30 days." in newsgen("schedule", "--site", site)
    header = "headline: Tide tables\ndate: 2023-11-14T10:00\nsection: World\n"
    (site / "content/tides.md").write_text(f"---\n{header}embargo: 2023-11-20T06:00+00:00\n---\n\nText.\n")
    printed = newsgen("schedule", "--site", site)
    assert "2023-11-20T06:00:00+00:00  appears  content/tides.md" in printed
    assert f"0 6 20 11 * newsgen build --site {site}" in printed
    schedule = json.loads(newsgen("schedule", "--site", site, "--format", "json"))
    assert [event["kind"] for event in schedule["events"]] == ["appears"]
    (site / "content/bad.md").write_text(f"---\n{header}embargo: 2023-11-20T06:00\n---\n\nText.\n")
    assert "content/bad.md:5:" in newsgen("schedule", "--site", site, "--quiet", ok=(1,))
    assert not (site / "build").exists()


def test_drafts_are_announced_and_stay_out_of_feeds(site: Path) -> None:
    text = "---\nid: d\nheadline: Quillon draft\nsection: News\ndate: 2023-11-14\nstatus: draft\n---\n\nText.\n"
    (site / "content/news/d.md").write_text(text)
    assert "do not publish" in newsgen("build", "--site", site, "--drafts")
    page = (site / "build/news/2023/11/14/quillon-draft.html").read_text()
    assert 'data-state="draft"' in page
    assert 'content="noindex"' in page
    assert not [path for path in (site / "build").rglob("*.xml") if "uillon" in path.read_text()]
    assert "do not publish" not in newsgen("build", "--site", site)
    assert not (site / "build/news/2023/11/14/quillon-draft.html").exists()


def test_a_quiet_import_still_names_what_failed(site: Path) -> None:
    (site.parent / "empty.txt").write_bytes(b"")
    assert "the file is empty" in newsgen("import", "-q", site.parent / "empty.txt", "--site", site, ok=(1,))


def test_init_into_a_fresh_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")
    newsgen("init", tmp_path)
    assert (tmp_path / ".gitignore").read_text().startswith("mine\n/build/\n")
    assert (tmp_path / "pyproject.toml").exists()


def test_a_misnamed_note_is_an_error(site: Path) -> None:
    (site / "content/news/_sections.yaml").write_text("embargo: hold\n")
    assert "reads such a file only as content/news/_section.yaml" in newsgen("build", "--site", site, ok=(1,))


def test_nothing_for_the_desk_is_written_where_it_would_be_published(site: Path, tmp_path: Path) -> None:
    (site / "content/news/held.md").write_text(
        "---\nid: held\nheadline: Held\nsection: News\ndate: 2020-01-01\nembargo: hold\n---\n\nText.\n"
    )
    report = site / "build/report.json"
    for command in (("build", "--jobs", "1"), ("import", "--dry-run", site / "pyproject.toml")):
        assert "gets published" in newsgen(*command, "--site", site, "--report", report, ok=(2,))
    assert not (site / "build").exists()
    newsgen("build", "--site", site, "--jobs", "1", "--report", tmp_path / "report.json")
    assert "gets published" in newsgen("init", site / "build/other", ok=(2,))


def test_the_report_of_a_build(site: Path) -> None:
    (site / "content/news/held.md").write_text(
        "---\nid: held\nheadline: Held\nsection: News\ndate: 2020-01-01\nembargo: 2099-01-01T00:00:00Z\n---\n\nText.\n"
    )
    report = site.parent / "report.json"
    newsgen("build", "--site", site, "--report", report, "--jobs", "1")
    report_data = json.loads(report.read_text())
    assert report_data["stories"] == 1
    assert report_data["held"] == [{"id": "held", "state": "embargoed", "until": "2099-01-01T00:00:00+00:00"}]
    assert report_data["pages"] == len(report_data["rendered"]) == len(report_data["written"])
    assert report_data["jobs"] == 1
    assert report_data["problems"] == []
    assert set(report_data["seconds"]) >= {"read", "plan", "render", "record"}
    assert report_data["peak_rss_bytes"] > 1_000_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--now", "yesterday"), "This is not a time"),
        (("build", "--jobs", "0"), "is not in the range"),
        (("import", "no-such-file"), "nothing at this path"),
        (("import", ".", "--format", "morse"), "no such format"),
        (("nonsense",), "No such command"),
    ],
)
def test_wrong_usage_ends_with_2(site: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in newsgen(*arguments, cwd=site, ok=(2,))


def test_outside_a_site(tmp_path: Path) -> None:
    assert "newsgen init" in newsgen("build", cwd=tmp_path, ok=(2,))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("article.html.j2", "{% if %}", "templates/article.html.j2:1"),
        ("article.html.j2", "{{ page.item.headlin }}", "no attribute 'headlin'"),
        ("article.html.j2", "{% include page.item.url %}", "must name their file"),
        ("article.html.j2", '{% include "none.html" %}', "no template none.html"),
    ],
)
def test_a_broken_template(site: Path, name: str, text: str, words: str) -> None:
    newsgen("build", "--site", site)
    (site / "templates").mkdir()
    (site / "templates" / name).write_text(text)
    printed = newsgen("build", "--site", site, ok=(5,))
    assert words in printed
    assert "could not be made anew: 1. Their last good versions stay" in printed
    (site / "templates" / name).unlink()
    newsgen("build", "--site", site)
    assert "0 errors" in newsgen("check", "--site", site, "--incremental")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff", "not UTF-8"),
        (b'{% include "404.html.j2" %}', "404.html.j2"),
        (b"{{ lipsum() }}", "'lipsum' is undefined"),
        (b"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    ],
)
def test_a_template_that_cannot_end_well(site: Path, text: bytes, words: str) -> None:
    (site / "templates").mkdir()
    (site / "templates/404.html.j2").write_bytes(text)
    assert words in newsgen("build", "--site", site, ok=(1,))


def test_new_refuses_a_section_that_cannot_be(site: Path) -> None:
    assert "newsgen needs for itself" in newsgen("new", "A head", "--section", "Tags", cwd=site, ok=(2,))


def test_new_never_writes_one_id_twice(site: Path) -> None:
    for section in ("World", "Sport"):
        newsgen("new", "Same head", "--section", section, cwd=site)
    assert "0 errors" in newsgen("check", "--site", site)


def test_a_site_without_content_is_not_emptied(site: Path) -> None:
    newsgen("build", "--site", site)
    (site / "content").rename(site / "elsewhere")
    assert "no folder content/" in newsgen("build", "--site", site, ok=(2,))
    assert (site / "build/news/index.html").exists()


def test_a_template_of_the_sites_own(site: Path) -> None:
    (site / "templates").mkdir()
    (site / "templates/404.html.j2").write_text("<h1>Gone fishing</h1>")
    newsgen("build", "--site", site)
    assert (site / "build/404.html").read_text() == "<h1>Gone fishing</h1>"
    (site / "templates/404.html.j2").unlink()
    newsgen("build", "--site", site)
    assert "Gone fishing" not in (site / "build/404.html").read_text()


def test_help_is_printed() -> None:
    for command in ("", "build"):
        help_text = newsgen(*filter(None, [command]), "--help")
        assert "Example:" in help_text
        assert f"newsgen {command}" in help_text


def test_every_command_has_help_with_an_example() -> None:
    for name, command in group.commands.items():
        help_text = command.get_help(
            click.Context(command, info_name=name, parent=click.Context(group, help_option_names=["-h", "--help"]))
        )
        assert "Example:" in help_text, name
        assert f"newsgen {name}" in help_text, name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, f"{name} {option.name}"


def test_the_readme_names_every_command_and_key() -> None:
    from newsgen.formats.to_storyfile import KEYS

    root = Path(__file__).parents[2]
    text = (root / "README.md").read_text() + (root / "docs/write.md").read_text()
    for command in group.commands:
        assert f"`newsgen {command}" in text, command
    for key in KEYS:
        assert f"`{key}`" in text, key


def test_explain_says_why_stories_are_related(tmp_path: Path) -> None:
    site = tmp_path / "site"
    newsgen("init", site)
    folder = site / "content" / "world"
    folder.mkdir(parents=True, exist_ok=True)
    stories = {
        "first": ("Kestrel Bay ferry sinks at its pier", "The ferry Meridian sank at its pier after a valve failed."),
        "second": ("Sunken ferry Meridian is raised", "Divers closed the valve and raised the ferry Meridian."),
        "third": ("Ferry inquiry blames a valve", "An inquiry into the ferry Meridian blamed a valve."),
        "fourth": ("Apple growers fear late frost", "Growers lit fires in their orchards against late frost."),
        "fifth": ("Ferry crew honoured", "The crew of the ferry Meridian was honoured."),
    }
    for number, (name, (headline, body)) in enumerate(stories.items()):
        more = "related: [-fifth]\n" if name == "first" else ""
        (folder / f"{name}.md").write_text(
            f"---\nid: {name}\nheadline: {headline}\ndate: 2025-05-0{number + 1}T10:00\nsection: World\n"
            f"dateline: KESTREL BAY\nbyline: Ines Varga\ntags: [ferries]\n{more}---\n\n{body}\n"
        )
    printed = newsgen("explain", "first", "--site", site)
    assert "related    second  Sunken ferry Meridian is raised" in printed
    why = next(line for line in printed.splitlines() if "score" in line)
    for reason in ("words ", "ferry", "meridian", "people Ines Varga", "places Kestrel Bay", "tags ferries"):
        assert reason in why
    assert "fifth" not in printed
    for other, reason in {
        "fifth": "`related` keeps it out",
        "fourth": "too few words in common",
        "second": "it is on the list",
        "first": "it is this story",
        "nobody": "no live story has that id",
    }.items():
        assert reason in newsgen("explain", "first", "--site", site, "--why-not", other)
