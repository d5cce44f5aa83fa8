"""The workflow of `newsgen init --ci github`: each of its steps, run in a clean folder with a wheel of newsgen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsgen.commands.workflow import WORKFLOW_PATH
from tests.support.archive import tree
from tests.support.caches import pack, unpack
from tests.support.git_remotes import GIT, GitRemote, git_environment
from tests.support.sites import story
from tests.support.wheels import clean_python, make_wheel

TOKEN = "planted-token-of-the-workflow"
REMOTE = "https://github.com/desk/archive.git"
IF = "steps.due.outputs.due == 'true'"


def run(command: list[str], folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert TOKEN not in done.stdout + done.stderr
    return done.stdout


class Runner:
    """As much of GitHub as the workflow needs: https://github.com/desk/archive.git is a bare repository here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "home").mkdir(parents=True)
        self.remote = GitRemote(folder / "github" / "desk" / "archive.git")
        (folder / "home" / ".gitconfig").write_text(
            f'[url "file://{folder}/github/"]\n\tinsteadOf = https://github.com/\n'
            "[user]\n\tname = Ines Varga\n\temail = ines@wire.example\n[init]\n\tdefaultBranch = main\n"
        )
        make_wheel(folder / "wheels")
        base = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "CI": "true"}
        self.env = base | git_environment(folder / "home") | clean_python(folder / "python", folder / "wheels")
        self.desk = folder / "desk"
        self.said = ""  # what the build said, after "look"
        self.cache = folder / "cache.tar"  # what actions/cache keeps between runs

    def git(self, *arguments: str) -> str:
        return run([GIT, *arguments], self.desk, self.env)

    def begin(self) -> None:
        """What a user does once, by docs/publish/schedule.md."""
        run(["pip", "install", "newsgen"], self.folder, self.env)
        run(["newsgen", "init", str(self.desk), "--ci", "github"], self.folder, self.env)
        settings = self.desk / "pyproject.toml"
        text = settings.read_text().replace("https://archive.example.org", "https://desk.github.io/archive")
        settings.write_text(text.replace("OWNER/REPOSITORY", "desk/archive"))
        self.git("init", "--quiet")
        self.git("remote", "add", "origin", REMOTE)
        self.push("The archive")

    def push(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", message)
        self.git("push", "--quiet", "origin", "HEAD:main")

    def work(self, event: str) -> dict[str, bytes] | None:
        """Run the workflow: the files that are handed to GitHub Pages, None where nothing was due.

        For the event "look" only as far as the cache, and then a build, for the sake of what it says.
        """
        folder = self.folder / f"run-{len(list(self.folder.glob('run-*')))}"
        temporary = folder / "temporary"
        temporary.mkdir(parents=True)
        checkout = folder / "archive"
        run([GIT, "clone", "--quiet", "--depth", "1", "--branch", "main", REMOTE, str(checkout)], folder, self.env)
        workflow = yaml.safe_load((checkout / WORKFLOW_PATH).read_text())
        env = self.env | {name: str(text) for name, text in workflow["env"].items()}
        env |= {
            "GITHUB_TOKEN": TOKEN, "GITHUB_EVENT_NAME": event, "GITHUB_REF_NAME": "main", "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(folder / "output"),
        }  # fmt: skip
        published: dict[str, bytes] | None = None
        kept: list[str] = []
        for step in workflow["jobs"]["publish"]["steps"]:
            if "if" in step and not self._holds(step["if"], folder / "output"):
                continue
            if "run" in step:
                script = folder / "step.sh"
                script.write_text(step["run"])
                run(["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], checkout, env)
            elif step["uses"].startswith("actions/cache@"):
                kept = step["with"]["path"].split()
                if self.cache.exists():
                    unpack(self.cache, checkout)
                if event == "look":
                    self.said = run(["newsgen", "build"], checkout, env)
                    return None
            elif step["uses"].startswith("actions/upload-pages-artifact@"):
                path = step["with"]["path"].replace("${{ runner.temp }}", str(temporary))
                assert step["with"]["include-hidden-files"] is True
                published = tree(Path(path))
        pack(self.cache, checkout, kept)
        assert not [path for path in folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
        return published

    @staticmethod
    def _holds(condition: str, output: Path) -> bool:
        assert condition == IF
        return "due=true" in output.read_text().splitlines()


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    if os.name != "posix" or not shutil.which("bash"):
        pytest.skip("no bash")
    runner = Runner(tmp_path_factory.mktemp("workflow"))
    runner.begin()
    return runner


def embargoed(runner: Runner, ends: datetime) -> None:
    """File a story under an embargo, as if it had been pushed a day ago."""
    text = story("Ferry sails", "2026-11-26", "News", "It sailed.", id="ferry", embargo=f'"{ends.isoformat()}"')
    (runner.desk / "content" / "news" / "ferry.md").write_bytes(text)


def publish_as_of(runner: Runner, when: datetime) -> None:
    """Have the branch's only commit be of another time."""
    tree_hash = runner.remote.tree
    made = runner.remote.text("rev-parse", "gh-pages")
    head = runner.remote.git("cat-file", "commit", made).decode()
    assert f"tree {tree_hash}" in head
    old = re.sub(r"> \d+ \+0000", f"> {int(when.timestamp())} +0000", head)
    blob = runner.remote.git("hash-object", "-t", "commit", "-w", "--stdin", data=old.encode()).decode().strip()
    runner.remote.git("update-ref", "refs/heads/gh-pages", blob)


def test_a_push_publishes_and_a_release_does_within_the_hour(runner: Runner) -> None:
    """The life of a site: a push, hours without a release, and one that an embargo ends."""
    first = runner.work("push")
    assert first is not None
    assert b"Archive opens" in first["index.html"]
    assert ".well-known/newsgen-manifest.json" in first
    assert not [path for path in first if path.startswith(".git/")]
    assert first == runner.remote.files()
    ledger = runner.remote.text("show", "main:content/_urls.tsv")
    assert "first-story\t/news/" in ledger

    assert runner.work("schedule") is None  # nothing is due

    runner.git("pull", "--quiet", "--rebase", "origin", "main")
    now = datetime.now(UTC)
    embargoed(runner, now + timedelta(hours=3))
    runner.push("A story under an embargo")
    held = runner.work("push")
    assert held is not None
    assert not [path for path, data in held.items() if b"Ferry" in data]
    assert runner.work("schedule") is None

    runner.git("pull", "--quiet", "--rebase", "origin", "main")
    embargoed(runner, now - timedelta(minutes=20))  # as if those hours had passed
    runner.push("The same, later")
    publish_as_of(runner, now - timedelta(hours=2))
    released = runner.work("schedule")
    assert released is not None
    assert b"Ferry sails" in released["index.html"]
    assert "ferry\t/news/" in runner.remote.text("show", "main:content/_urls.tsv")


def test_a_run_after_another_makes_only_what_differs(runner: Runner) -> None:
    """The record and the output come back from the cache into a new checkout, and every file is younger or older."""
    assert runner.work("push") is not None
    runner.work("look")
    assert re.search(r"\b0 rendered, 0 written, 0 removed\b", runner.said), runner.said
    runner.git("pull", "--quiet", "--rebase", "origin", "main")
    (runner.desk / "content/news/kelp.md").write_bytes(story("Kelp grows", "1999-01-02", "News", "It grew.", id="kelp"))
    runner.push("One more story")
    runner.work("look")
    (rendered,) = map(int, re.findall(r"([\d,]+) rendered", runner.said))
    (pages,) = map(int, re.findall(r"([\d,]+) pages", runner.said))
    assert 0 < rendered <= pages
    assert "0 removed" in runner.said


def test_the_workflow_gives_rights_and_conditions() -> None:
    from newsgen.commands.workflow import GITHUB_WORKFLOW

    workflow: dict[Any, Any] = yaml.safe_load(GITHUB_WORKFLOW)
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    assert workflow[True]["schedule"] == [{"cron": "7 * * * *"}]  # YAML 1.1 reads `on` as true
    steps = workflow["jobs"]["publish"]["steps"]
    assert steps[0]["with"] == {"persist-credentials": False}
    after = [step for step in steps if "if" in step]
    assert len(after) == 5
    assert {step["if"] for step in after} == {IF}


def test_git_gets_the_token_from_the_environment(tmp_path: Path) -> None:
    from newsgen.commands.workflow import GITHUB_WORKFLOW

    workflow = yaml.safe_load(GITHUB_WORKFLOW)
    env = os.environ | git_environment(tmp_path) | workflow["env"] | {"GITHUB_TOKEN": TOKEN}
    asked = "protocol=https\nhost=github.com\n\n"
    done = subprocess.run([GIT, "credential", "fill"], env=env, input=asked, capture_output=True, text=True, check=True)
    assert f"username=x-access-token\npassword={TOKEN}\n" in done.stdout
