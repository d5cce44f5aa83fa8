"""The files of a new site: written once, into an empty folder."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace

import pytest

from newsgen.commands.host_files import INIT_HOSTS
from newsgen.commands.installed import Installed, installed
from newsgen.commands.scaffold import NewSite, new_site, starter_story
from newsgen.commands.workflow import WORKFLOW_PATH
from newsgen.disk import MemoryDisk
from newsgen.messages.file_keys import editor_files
from newsgen.model.errors import UsageError
from newsgen.model.targets import TARGET_KINDS
from newsgen.source.settings import parse_settings
from newsgen.storyfile import moment_at
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import NOW, Desk

WHEN = moment_at(NOW, "UTC")


NEW = NewSite("Archive", WHEN, "b7c1", requirements=("newsgen==0.1.0", "pillow==13.0.0"))
GITHUB = replace(NEW, ci="github")


def _make(desk: Desk) -> object:
    return new_site(desk.site, NEW)


def test_a_new_site_that_was_interrupted_is_finished_by_another_command() -> None:
    assert finishes_when_run_again({}, _make) == 10


def test_a_site_that_github_publishes_is_finished_by_another_command_too() -> None:
    assert finishes_when_run_again({}, lambda desk: new_site(desk.site, GITHUB)) == 7


def test_github_publishes_to_its_pages_unless_there_is_a_workflow() -> None:
    site = MemoryDisk({WORKFLOW_PATH: b"mine"})
    assert WORKFLOW_PATH not in new_site(site, GITHUB)
    assert site.files[WORKFLOW_PATH] == b"mine"
    settings = tomllib.loads(site.files["pyproject.toml"].decode())["tool"]["newsgen"]
    assert (settings["host"], settings["publish"]["live"]["kind"]) == ("github", "github")
    assert "netlify.toml" not in site.files


@pytest.mark.parametrize("path", ["notes.txt", "netlify.toml", "content/news/_section.yaml", "pyproject.toml"])
def test_a_folder_that_holds_something_else_is_left_alone(path: str) -> None:
    desk = Desk({path: b"mine"})
    with pytest.raises(UsageError) as raised:
        _make(desk)
    assert [problem.rule for problem in raised.value.problems] == ["folder-not-empty"]
    assert desk.site.files == {path: b"mine"}


def test_a_repository_that_was_just_made_becomes_a_site() -> None:
    began = {
        ".git/HEAD": b"ref",
        "README.md": b"Mine",
        "LICENSE": b"MIT",
        ".gitignore": b"*.swp\n/build/",
        "LICENCE.txt": b"",
    }
    desk = Desk({**began})
    _make(desk)
    assert {name: desk.site.files[name] for name in began if name != ".gitignore"} == {
        name: data for name, data in began.items() if name != ".gitignore"
    }
    ignored = desk.site.files[".gitignore"].decode().splitlines()
    assert ignored == [
        "*.swp",
        "/build/",
        "/.newsgen/",
        "/.newsgen-tmp/",
        "/.venv/",
        "/.netlify/",
        "/content/_requests.tsv",
    ]
    assert desk.site.files[".gitattributes"] == b"content/_urls.tsv merge=union\n"


@pytest.mark.parametrize("kind", sorted(TARGET_KINDS))
def test_a_site_for_a_host_has_its_settings_to_fill_in(kind: str) -> None:
    site = MemoryDisk()
    new_site(site, replace(NEW, kind=kind))
    settings = parse_settings("pyproject.toml", site.files["pyproject.toml"])
    (target,) = settings.publish
    assert (target.name, target.kind) == ("live", kind)
    assert all(getattr(target, key) for key in TARGET_KINDS[kind].required)
    assert not TARGET_KINDS[kind].hosts or settings.host in TARGET_KINDS[kind].hosts
    assert ("netlify.toml" in site.files) == (kind == "netlify")
    assert INIT_HOSTS.keys() == TARGET_KINDS.keys()


def test_github_cannot_publish_to_another_host() -> None:
    with pytest.raises(UsageError) as raised:
        new_site(MemoryDisk(), replace(GITHUB, kind="ssh"))
    assert raised.value.problems[0].rule == "init-ci-host"


def test_elsewhere_the_same_newsgen_is_installed() -> None:
    site = MemoryDisk()
    new_site(site, replace(NEW, wheel=("newsgen-0.1.0-py3-none-any.whl", b"PK")))
    assert site.files["requirements.txt"].decode().splitlines()[-2:] == ["newsgen==0.1.0", "pillow==13.0.0"]
    assert site.files["wheels/newsgen-0.1.0-py3-none-any.whl"] == b"PK"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("", Installed("newsgen==0.1.0")),
        ("{", Installed("newsgen==0.1.0")),
        ("[]", Installed("newsgen==0.1.0")),
        (
            '{"url": "https://code.example/newsgen.git", "vcs_info": {"vcs": "git", "commit_id": "a1b2"}}',
            Installed("newsgen @ git+https://code.example/newsgen.git@a1b2"),
        ),
        ('{"url": "https://code.example/newsgen.git", "vcs_info": {"vcs": "git"}}', Installed("newsgen==0.1.0")),
        (
            '{"url": "https://files.example/newsgen.whl", "archive_info": {"hashes": {"sha256": "00ff"}}}',
            Installed("newsgen @ https://files.example/newsgen.whl#sha256=00ff"),
        ),
        ('{"url": "file:///my%20files/newsgen.whl"}', Installed("newsgen==0.1.0", wheel="/my files/newsgen.whl")),
        ('{"url": "file:///code/newsgen", "dir_info": {}}', Installed("newsgen==0.1.0", checkout="/code/newsgen")),
    ],
)
def test_how_newsgen_was_installed_decides_how_it_is_elsewhere(told: str, expected: Installed) -> None:
    assert installed("0.1.0", told) == expected


def test_a_site_is_not_made_twice() -> None:
    site = MemoryDisk()
    new_site(site, NEW)
    with pytest.raises(UsageError):
        new_site(site, NEW)


def test_the_first_story_is_known_while_nobody_has_touched_it() -> None:
    site = MemoryDisk()
    new_site(site, NEW)
    (path,) = (path for path in site.files if path.endswith(".md"))
    assert starter_story(site) == path
    untouched = dict(site.files)
    edited = MemoryDisk({**untouched, path: untouched[path] + b"And more.\n"})
    published = MemoryDisk({**untouched, "content/_urls.tsv": b"first-story\t/news/2026/11/26/a.html\t2026-11-26\n"})
    moved = MemoryDisk({**untouched, path: b"", "content/news/mine.md": untouched[path]})
    assert [starter_story(other) for other in (edited, published, moved, MemoryDisk())] == ["", "", "", ""]


def test_an_editor_checks_the_yaml_files_of_a_new_site() -> None:
    """By the setting of Red Hat's extension for YAML: a schema beside it, and which files it is for."""
    site = MemoryDisk({".vscode/extensions.json": b"mine"})
    new_site(site, replace(NEW, editor_files=editor_files()))
    assert site.files[".vscode/extensions.json"] == b"mine"
    schemas = json.loads(site.files[".vscode/settings.json"])["yaml.schemas"]
    assert schemas["./.vscode/section.schema.json"] == "content/**/_section.yaml"
    for name in schemas:
        assert json.loads(site.files[name.removeprefix("./")])["properties" if "section" in name else "items"]
