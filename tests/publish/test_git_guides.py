"""The guides github.md, gitlab.md and schedule.md do as they say: every command in order, every file as printed."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, tree
from tests.support.git_remotes import GitRemote, git_environment
from tests.support.publications import Site, a_site
from tests.support.sites import story

GUIDES = Path(__file__).parent.parent.parent / "docs" / "publish"


def blocks(name: str, kind: str) -> list[str]:
    """The blocks of a kind in a guide."""
    text = (GUIDES / name).read_text("utf-8").replace("\n   ", "\n")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def configure(site: Site, settings: str) -> None:
    """Write the settings that a guide prints."""
    told = tomllib.loads(settings)["tool"]["newsgen"]
    target = "\n".join(f'{key} = "{value}"' for key, value in told["publish"]["live"].items())
    site.set_settings(target, f'host = "{told["host"]}"')
    file = site.root / "pyproject.toml"
    file.write_text(file.read_text("utf-8").replace("https://archive.example", told["base_url"]), "utf-8")
    site.reset()


@pytest.mark.parametrize(("name", "branch", "prefix"), [("github", "gh-pages", ""), ("gitlab", "pages", "public/")])
def test_a_guide_leads_from_nothing_to_a_site_and_back(tmp_path: Path, name: str, branch: str, prefix: str) -> None:
    """But for verify, which asks the address that readers have."""
    site = a_site(tmp_path / "site")
    remote = GitRemote(tmp_path / "host" / "desk" / "archive.git", branch, prefix=prefix)
    (tmp_path / ".gitconfig").write_text(f'[url "file://{tmp_path}/host/"]\n\tinsteadOf = https://{name}.com/\n')
    (settings,) = blocks(f"{name}.md", "toml")
    configure(site, settings)
    lines = [line for block in blocks(f"{name}.md", "sh") for line in block.splitlines()]
    commands = [shlex.split(line.replace(" ID ", " s13 "), comments=True) for line in lines]
    assert len(commands) == 8
    assert {command[0] for command in commands} == {"newsgen"}
    before: dict[str, bytes] = {}
    for _newsgen, *arguments in commands:
        if arguments[0] == "verify":
            continue
        if "--to" in arguments:
            before = remote.site()
            site.correct()
            site.publish(**git_environment(tmp_path))
            assert remote.site() != before
        site.newsgen(*arguments, **git_environment(tmp_path))
        assert "--dry-run" not in arguments or remote.head == ""
    assert remote.site() == before
    assert b"The source was false." in (remote.read(site.url("s13").lstrip("/")) or b"")


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_base_url_that_is_not_the_repositorys_is_refused(tmp_path: Path, name: str) -> None:
    site = a_site(tmp_path / "site", stories=2)
    GitRemote(tmp_path / "host" / "desk" / "archive.git")
    (tmp_path / ".gitconfig").write_text(f'[url "file://{tmp_path}/host/"]\n\tinsteadOf = https://{name}.com/\n')
    (settings,) = blocks(f"{name}.md", "toml")
    configure(site, settings.replace('/archive"\n', '/other"\n', 1))
    said = site.publish(ok=(2,), **git_environment(tmp_path)).stderr
    assert f"https://desk.{name}.io/archive" in said


@pytest.fixture
def published(tmp_path: Path) -> Site:
    """A site that is published into a folder, with a newsgen where the guide has it."""
    site = a_site(tmp_path / "srv" / "archive", 'kind = "folder"\npath = "../www"', stories=4)
    command = site.root / ".venv" / "bin" / "newsgen"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m newsgen "$@"\n')
    command.chmod(0o755)
    return site


def run(command: str, site: Site, **env: str) -> subprocess.CompletedProcess[str]:
    """Run what a guide prints, with the site in the place of /srv/archive, in cron's poor environment."""
    text = command.replace("/srv/archive", str(site.root))
    environment = {
        "HOME": str(site.root.parent),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(GUIDES.parent.parent),
        **env,
    }
    return subprocess.run(
        ["/bin/sh", "-c", text], cwd="/", env=environment, capture_output=True, text=True, check=False
    )


def current(site: Site) -> dict[str, bytes]:
    """What readers see."""
    files = tree(Path(os.path.realpath(site.root.parent / "www" / "current")))
    return {path: data for path, data in files.items() if not path.startswith(".well-known/newsgen")}


def test_the_line_for_cron_publishes_and_says_nothing(published: Site) -> None:
    line = blocks("schedule.md", "cron")[0].strip()
    when, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert when == ["*/5", "*", "*", "*", "*"]
    for _time in range(2):
        done = run(command, published)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert current(published) == published.public()
    published.story("s01").write_text("---\nheadline: [\n")
    done = run(command, published)
    assert done.returncode == 1
    assert "s01.md" in done.stderr


def test_the_service_and_its_timer_are_units_of_systemd(published: Site) -> None:
    units = [configparser.RawConfigParser(strict=True) for _unit in range(2)]
    for unit, text in zip(units, blocks("schedule.md", "ini"), strict=True):
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(text)
    service, timer = units
    assert service["Service"]["Type"] == "oneshot"  # a timer waits for its end
    assert timer["Timer"]["OnCalendar"] == "*-*-* *:*:00"
    assert timer["Install"]["WantedBy"] == "timers.target"
    done = run(f"cd {service['Service']['WorkingDirectory']} && {service['Service']['ExecStart']}", published)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert current(published) == published.public()


@pytest.mark.parametrize(("minutes", "is_due"), [(-2, True), (-30, False), (30, False)])
def test_the_build_hook_is_called_when_a_release_is_due(published: Site, minutes: int, is_due: bool) -> None:
    ends = datetime.now(UTC) + timedelta(minutes=minutes)
    text = story("Ferry sails", "2019-05-01", id="ferry", embargo=f'"{ends.isoformat()}"')
    (published.root / "content" / "world" / "ferry.md").write_bytes(text)
    script = published.root / "release-when-due"
    (printed,) = blocks("schedule.md", "bash")
    script.write_text(printed.replace("/srv/archive", str(published.root)))
    script.chmod(0o755)
    commands = published.root / ".venv" / "bin"
    for name, does in (("git", ""), ("curl", f'echo "$@" >> {published.root}/called'), ("python3", "")):
        text_of = f'exec {sys.executable} "$@"' if name == "python3" else does
        (commands / name).write_text(f"#!/bin/sh\n{text_of}\n")
        (commands / name).chmod(0o755)
    line = blocks("schedule.md", "cron")[1].strip().split(" ", 5)[5]
    done = run(line, published, PATH=f"{commands}:/usr/bin:/bin")
    assert (done.returncode, done.stderr) == (0, "")
    called = published.root / "called"
    assert called.exists() == is_due
    if is_due:
        assert called.read_text().endswith("-X POST -d  https://api.netlify.com/build_hooks/ID\n")


def test_the_other_commands_of_the_schedule_guide(published: Site, tmp_path: Path) -> None:
    lines = [line for block in blocks("schedule.md", "sh") for line in block.splitlines()]
    assert [line.partition("   #")[0] for line in lines] == [
        "newsgen schedule", "newsgen schedule --format json", "newsgen init my-archive --ci github",
    ]  # fmt: skip
    assert '"next": null' in published.newsgen("schedule", "--format", "json").stdout
    published.run([*COMMAND, "init", str(tmp_path / "my-archive"), "--ci", "github"])
    assert (tmp_path / "my-archive" / ".github" / "workflows" / "publish.yml").exists()
