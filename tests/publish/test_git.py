"""GitHub Pages and GitLab Pages, on a bare repository."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import SystemFault
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.git import open_target
from newsgen.publish.git_run import without_secrets
from newsgen.publish.retry import retrying
from tests.support.git_remotes import GIT, GitRemote, failing_git, git_environment
from tests.support.publications import FakeTime, Reader, Site, a_site, difference, surroundings

MANIFEST = ".well-known/newsgen-manifest.json"


def target_of(remote: GitRemote, kind: str = "github") -> str:
    return f'kind = "{kind}"\nremote = "{remote.url}"'


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site that has been published once to `remote.git`; tests work on a copy."""
    folder = tmp_path_factory.mktemp("git")
    site = a_site(folder / "site", "", more='host = "github"')
    remote = GitRemote(folder / "remote.git")
    site.set_settings('kind = "github"\nremote = "../remote.git"', 'host = "github"')
    site.publish(**git_environment(folder))
    assert remote.site() == site.public()
    return folder


class Host:
    """A copy of the site and of its remote."""

    def __init__(self, first: Path, folder: Path) -> None:
        shutil.copytree(first, folder, symlinks=True, dirs_exist_ok=True)
        self.folder = folder
        self.site, self.remote = Site(folder / "site"), GitRemote(folder / "remote.git")
        self.env = git_environment(folder)

    @property
    def mirror(self) -> GitRemote:
        """The bare repository of the site's own."""
        return GitRemote(self.site.state / "publish-live.git")

    def publish(self, *arguments: str, ok: tuple[int, ...] = (0,), **env: Any) -> str:
        done = self.site.publish(*arguments, ok=ok, **(self.env | env))
        return done.stdout + done.stderr

    def plan(self, *arguments: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.site.publish("--json", *arguments, **self.env).stdout)
        return told


@pytest.fixture
def host(first: Path, tmp_path: Path) -> Host:
    return Host(first, tmp_path / "copy")


# --- what is published ---


def test_a_first_publication_is_one_commit_with_what_the_host_wants(host: Host) -> None:
    files = host.remote.files()
    assert files[".nojekyll"] == b""
    assert files["CNAME"] == b"archive.example\n"
    assert b"404" in files["404.html"]
    assert json.loads(files[MANIFEST])["files"].keys() == host.site.public().keys()
    assert host.remote.text("rev-list", "--count", "gh-pages") == "1"


def test_the_first_publication_says_what_to_choose_at_the_host(tmp_path: Path) -> None:
    remote = GitRemote(tmp_path / "remote.git")
    site = a_site(tmp_path / "site", target_of(remote), stories=2, more='host = "github"')
    done = site.publish(**git_environment(tmp_path))
    assert "Deploy from a branch" in done.stderr
    assert "or «GitHub Actions», where a workflow" in done.stderr  # that of `init --ci github` wants the other choice
    assert "Deploy from a branch" not in site.publish(**git_environment(tmp_path)).stderr


def edit(site: Site) -> None:
    site.correct("s12")
    site.kill("s13")
    site.delete("s09")
    site.rename("s15")
    site.change_picture("s20")


@pytest.mark.parametrize("name", ["correct", "kill", "delete", "rename", "change_picture"])
def test_an_edit_puts_and_deletes_exactly_what_it_changes(host: Host, name: str) -> None:
    before, old_head = host.site.public(), host.remote.head
    getattr(host.site, name)()
    host.site.build_now()
    expected = difference(before, host.site.public())
    told = host.plan()
    assert (told["put"], told["deleted"]) == (expected.put, expected.deleted)
    assert host.remote.site() == host.site.public()
    changed = host.remote.text("diff-tree", "-r", "--name-only", old_head, host.remote.head).splitlines()
    assert sorted(changed) == sorted([*expected.put, *expected.deleted, MANIFEST])
    assert host.remote.text("rev-list", "--count", "gh-pages") == "1"


@pytest.mark.parametrize("is_other_computer", [False, True])
def test_a_push_sends_only_what_changed(host: Host, is_other_computer: bool) -> None:
    """A commit without a parent would have git send the whole site, if the repository were not a shallow one."""
    host.remote.git("config", "receive.unpackLimit", "1")
    count = host.folder / "count"
    host.remote.hook("pre-receive", f'cat "$GIT_QUARANTINE_PATH"/pack/*.idx | git show-index | wc -l > {count}')
    if is_other_computer:
        shutil.rmtree(host.site.state)
    host.site.correct_body("s12")
    told = host.plan()
    folders = {str(parent) for path in told["put"] for parent in Path(path).parents}
    whole = len(host.remote.text("rev-list", "--objects", "gh-pages").splitlines())
    assert int(count.read_text()) <= 2 * (len(told["put"]) + 1) + 2 * (len(folders) + 1) < whole / 3


def test_the_same_again_puts_nothing_and_makes_no_commit(host: Host) -> None:
    head = host.remote.head
    told = host.plan()
    assert (told["put"], told["deleted"]) == ([], [])
    told = host.plan("--force")
    assert host.remote.head == head


def test_two_computers_give_the_same_tree(host: Host, tmp_path: Path) -> None:
    other = GitRemote(tmp_path / "other" / "elsewhere.git")
    shutil.copytree(host.site.root, tmp_path / "other" / "ärchive", ignore=shutil.ignore_patterns("build", ".newsgen"))
    site = Site(tmp_path / "other" / "ärchive")
    site.set_settings(target_of(other), 'host = "github"')
    (tmp_path / "other" / ".gitconfig").write_text(
        "[user]\n\tname = Tom Arkell\n\temail = tom@wire.example\n[core]\n\tautocrlf = true\n"
        "[commit]\n\tgpgSign = true\n[init]\n\tdefaultBranch = trunk\n[push]\n\tgpgSign = true\n\tfollowTags = true\n"
    )
    site.publish(TZ="Asia/Tokyo", LANG="de_DE.UTF-8", **git_environment(tmp_path / "other"))
    assert other.tree == host.remote.tree
    assert other.text("log", "-1", "--format=%an %cn", "gh-pages") == "newsgen newsgen"


def test_gitlab_gets_the_site_in_public_and_a_job(tmp_path: Path) -> None:
    remote = GitRemote(tmp_path / "remote.git", "pages", prefix="public/")
    site = a_site(tmp_path / "site", target_of(remote, "gitlab"), stories=4, more='host = "gitlab"')
    site.publish(**git_environment(tmp_path))
    assert remote.site() == site.public()
    assert b"\npages:\n" in remote.files()[".gitlab-ci.yml"]
    before = site.public()
    site.correct("s01")
    told = json.loads(site.publish("--json", **git_environment(tmp_path)).stdout)
    assert told["put"] == difference(before, site.public()).put
    assert remote.site() == site.public()


# --- what belongs to others ---


def test_files_of_others_stay_and_are_named(host: Host) -> None:
    names = {"README.md": b"Read me", 'docs/ünicode "quoted"\nname': b"odd", "docs/tab\t\\": b"x"}
    host.remote.commit(names)
    host.site.correct()
    said = host.publish()
    assert "README.md" in said
    files = host.remote.files()
    assert {path: files[path] for path in names} == names
    assert host.remote.text("rev-list", "--count", "gh-pages") == "1"


def test_names_that_are_no_utf_8_stay(host: Host) -> None:
    blob = host.remote.git("hash-object", "-w", "--stdin", data=b"latin").decode().strip()
    listing = host.remote.git("ls-tree", "-z", host.remote.head) + f"100644 blob {blob}\t".encode() + b"caf\xe9.txt\0"
    tree = host.remote.git("mktree", "-z", data=listing).decode().strip()
    made = host.remote.git("commit-tree", tree, "-p", host.remote.head, "-m", "By hand").decode().strip()
    host.remote.git("update-ref", "refs/heads/gh-pages", made)
    host.site.correct()
    host.publish()
    assert host.remote.files()["caf\udce9.txt"] == b"latin"
    assert host.remote.head != made


def test_a_domain_that_the_host_wrote_stays_and_must_be_that_of_the_site(host: Host) -> None:
    host.remote.commit({"CNAME": b"www.archive.example\n"})
    host.site.correct()
    assert "https://www.archive.example" in host.publish(ok=(2,))
    host.site.set_settings('kind = "github"\nremote = "../remote.git"', 'host = "github"')
    settings = host.site.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("https://archive.example", "https://www.archive.example"))
    host.publish()
    assert host.remote.files()["CNAME"] == b"www.archive.example\n"


def test_a_file_of_others_at_an_address_of_the_site_stops_the_publication(tmp_path: Path) -> None:
    remote = GitRemote(tmp_path / "remote.git")
    remote.commit({"index.html": b"Another site"}, is_first=True)
    site = a_site(tmp_path / "site", target_of(remote), stories=2, more='host = "github"')
    assert "index.html" in site.publish(ok=(2,), **git_environment(tmp_path)).stderr
    assert remote.read("index.html") == b"Another site"
    site.publish("--force", **git_environment(tmp_path))
    assert remote.site() == site.public()


@pytest.mark.parametrize("path", ["world", "index.html/part.txt"])
def test_a_folder_of_others_where_the_site_has_a_file_or_the_reverse_stops_the_publication(
    tmp_path: Path, path: str
) -> None:
    remote = GitRemote(tmp_path / "remote.git")
    remote.commit({path: b"Mine"}, is_first=True)
    site = a_site(tmp_path / "site", target_of(remote), stories=2, more='host = "github"')
    assert path in site.publish(ok=(2,), **git_environment(tmp_path)).stderr
    assert remote.files() == {path: b"Mine"}


@pytest.mark.parametrize("is_force", [False, True])
def test_a_branch_with_a_history_or_sources_is_left_alone(tmp_path: Path, is_force: bool) -> None:
    remote = GitRemote(tmp_path / "remote.git")
    remote.commit({"README.md": b"one"}, is_first=True)
    remote.commit({"README.md": b"two"})
    head = remote.head
    site = a_site(tmp_path / "site", target_of(remote), stories=2, more='host = "github"')
    arguments = ["--force"] if is_force else []
    done = site.publish(*arguments, ok=(2,), **git_environment(tmp_path))
    assert "they would be lost" in done.stderr
    assert remote.head == head
    remote.commit({"pyproject.toml": b"[tool.newsgen]\n"}, branch="main", is_first=True)
    site.set_settings(target_of(remote) + '\nbranch = "main"', 'host = "github"')
    assert "they would be lost" in site.publish(*arguments, ok=(2,), **git_environment(tmp_path)).stderr


def test_what_somebody_changed_by_hand_is_mended_by_the_next_publication(host: Host) -> None:
    public = host.site.public()
    host.remote.commit({"index.html": b"Defaced", "robots.txt": None, "extra.txt": b"Mine"})
    told = host.plan()
    assert told["put"] == ["index.html", "robots.txt"]
    assert host.remote.site() == public | {"extra.txt": b"Mine"}


def test_what_was_changed_by_hand_after_a_kill_is_told_exactly(host: Host) -> None:
    host.site.kill("s13")
    host.publish()
    host.remote.commit({"index.html": b"Defaced"})
    assert host.plan()["put"] == ["index.html"]


def test_what_was_changed_by_hand_is_mended_from_another_computer_too(host: Host) -> None:
    host.remote.commit({"index.html": b"Defaced"})
    shutil.rmtree(host.site.state)
    host.publish()
    assert host.remote.site() == host.site.public()


def test_another_computer_publishes_only_what_differs(host: Host) -> None:
    shutil.rmtree(host.site.state)
    before = host.site.public()
    host.site.correct()
    told = host.plan()
    assert told["put"] == difference(before, host.site.public()).put
    assert host.remote.site() == host.site.public()


# --- a reader ---


def test_a_reader_sees_the_old_site_or_the_new_one(host: Host) -> None:
    before = host.site.public()
    edit(host.site)
    host.site.build_now()
    with Reader(host.remote.read, before, host.site.public(), is_whole=True) as reader:
        host.site.publish(**host.env)
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new


# --- kills ---


def reachable(remote: GitRemote) -> str:
    """Every file that any ref of a repository leads to, with its history."""
    return remote.git("log", "--all", "--full-history", "-p", "--text", "-m", "--root", "--format=%H%n%B").decode(
        "utf-8", "replace"
    )


def test_after_a_kill_no_ref_leads_to_the_story_and_the_hash_is_named(host: Host) -> None:
    old_head = host.remote.head
    text = "report 13"
    assert text in reachable(host.remote)
    url = host.site.url("s13").lstrip("/")
    body = host.site.public()[url]
    blob = host.remote.git("hash-object", "--stdin", data=body).decode().strip()
    host.site.kill("s13")
    said = host.publish()
    assert old_head in said
    assert text not in reachable(host.remote)
    assert text not in reachable(host.mirror)
    assert host.mirror.git("cat-file", "-e", blob, ok=False) == b""
    assert "no such" not in said
    objects = host.mirror.text("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    assert blob not in objects
    host.remote.git("cat-file", "-e", blob)  # at the host by its hash, until it tidies up
    host.remote.git("gc", "--quiet", "--prune=now")
    assert blob not in host.remote.text("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    assert old_head not in host.publish()


def test_a_kill_is_told_from_another_computer_too(host: Host) -> None:
    old_head = host.remote.head
    shutil.rmtree(host.site.state)
    host.site.kill("s13")
    assert old_head in host.publish()


def test_without_a_kill_nothing_is_said_of_hashes(host: Host) -> None:
    old_head = host.remote.head
    host.site.correct()
    assert old_head[:12] not in host.publish()


# --- going back ---


def test_the_last_publication_is_put_back_and_files_of_others_stay(host: Host) -> None:
    before = host.site.public()
    edit_without_kill = (host.site.correct, host.site.rename)
    for change in edit_without_kill:
        change()
    host.publish()
    assert host.remote.site() != before
    host.remote.commit({"README.md": b"Since then"})
    host.publish("--to", "previous")
    assert host.remote.site() == before | {"README.md": b"Since then"}
    assert host.remote.text("rev-list", "--count", "gh-pages") == "1"
    host.publish()
    assert host.remote.site() == host.site.public() | {"README.md": b"Since then"}


def test_a_publication_with_a_killed_story_is_not_put_back(host: Host) -> None:
    key = host.remote.head[:12]
    host.site.correct()
    host.publish()
    host.site.kill("s13")
    head = host.remote.head
    assert "holds a story that has been withdrawn" in host.publish("--to", key, ok=(2,))
    assert "no earlier publication" in host.publish("--to", "previous", ok=(2,))
    assert host.remote.head == head


# --- faults ---

FAULTS = ("fail", "kill before", "kill after")


def git_calls(host: Host) -> int:
    """How often a publication calls git."""
    folder = host.folder / "bin"
    host.publish(**failing_git(folder, 0, ""))
    return len((folder / "calls").read_text().splitlines())


@pytest.mark.parametrize(
    "every", [pytest.param(1, marks=pytest.mark.long), 11], ids=["each call of git", "each eleventh"]
)
def test_a_fault_at_any_call_of_git_leaves_a_whole_site_and_the_next_run_completes(
    host: Host, tmp_path: Path, every: int
) -> None:
    before = host.site.public()
    edit(host.site)
    host.site.build_now()
    after = host.site.public()
    counted = git_calls(Host(host.folder, tmp_path / "counted"))
    assert counted > 15
    points = [(fault, nth) for fault in FAULTS for nth in range(1, counted + 1)][::every]
    assert len(points) >= (50 if every == 1 else 5)
    for fault, nth in points:
        one = Host(host.folder, tmp_path / f"{fault[-6:].strip()}-{nth}")
        done = one.site.publish(ok=(0, 4, -9), **one.env, **failing_git(one.folder / "bin", nth, fault))
        assert done.code != 0 or (fault, nth) == ("fail", 1), (fault, nth, done.stdout)  # the first asks for a setting
        assert one.remote.site() in (before, after), (fault, nth)
        one.publish()
        assert one.remote.site() == after, (fault, nth)
        assert "report 13" not in reachable(one.remote), (fault, nth)
        assert "report 13" not in reachable(one.mirror), (fault, nth)
        assert one.plan()["put"] == []
        shutil.rmtree(one.folder)


def test_a_reader_sees_a_whole_site_though_the_publication_is_killed(host: Host) -> None:
    before = host.site.public()
    edit(host.site)
    host.site.build_now()
    with Reader(host.remote.read, before, host.site.public(), is_whole=True) as reader:
        for nth in (6, 10, 12):
            env = host.env | failing_git(host.folder / "bin", nth, "kill after")
            host.site.publish(ok=(-9,), **env)
        host.site.publish(**host.env)
    assert reader.findings == []
    assert reader.saw_new


def test_locks_that_a_killed_git_left_are_in_nobodys_way(host: Host) -> None:
    for name in ("HEAD.lock", "config.lock", "shallow.lock", "packed-refs.lock", "refs/newsgen/standing.lock"):
        (host.mirror.path / name).write_text("")
    (host.mirror.path / "objects" / "pack" / "tmp_pack_x").write_bytes(b"half")
    host.site.correct()
    host.publish()
    assert host.remote.site() == host.site.public()


def test_a_hook_that_refuses_leaves_the_old_site_and_its_words_are_told(host: Host) -> None:
    before = host.remote.site()
    host.remote.hook("pre-receive", "echo 'the branch is frozen until noon' >&2; exit 1")
    host.site.correct()
    said = host.publish(ok=(4,))
    assert "frozen until noon" in said
    assert host.remote.site() == before
    host.remote.hook("pre-receive", "exit 0")
    host.publish()
    assert host.remote.site() == host.site.public()


def test_a_remote_that_is_gone_is_told_and_nothing_is_lost(host: Host) -> None:
    moved = host.folder / "moved.git"
    host.remote.path.rename(moved)
    host.site.correct()
    assert "does not appear to be a git repository" in host.publish(ok=(4,))
    moved.rename(host.remote.path)
    host.publish()
    assert host.remote.site() == host.site.public()


def test_a_commit_that_came_meanwhile_is_not_pushed_over(host: Host) -> None:
    """Somebody pushes between the plan and the push."""
    theirs = host.remote.commit({"index.html": b"Theirs"})
    host.remote.git("update-ref", "refs/heads/theirs", theirs)
    host.remote.git("update-ref", "refs/heads/gh-pages", f"{theirs}^")
    (host.folder / "bin").mkdir()
    script = host.folder / "bin" / "git"
    script.write_text(
        f"""#!/bin/sh
case "$*" in *" push "*) GIT_DIR={host.remote.path} {GIT} update-ref refs/heads/gh-pages {theirs} ;; esac
exec {GIT} "$@"
"""
    )
    script.chmod(0o755)
    host.site.correct()
    said = host.publish(ok=(4,), PATH=f"{host.folder / 'bin'}:{os.environ['PATH']}")
    assert "Somebody else changed the branch meanwhile" in said
    assert host.remote.head == theirs
    host.publish()
    assert host.remote.site() == host.site.public()


def test_without_git_one_sentence_says_so(host: Host) -> None:
    assert "needs the program git" in host.publish(ok=(2,), PATH=str(host.folder))


# --- secrets ---

TOKEN = "planted-token-9f1c77"


def everywhere(folder: Path, token: str) -> list[str]:
    """The files below a folder that hold a token."""
    return [str(path) for path in folder.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]


def test_a_planted_token_is_in_no_message_file_or_process(host: Host) -> None:
    """It is in git's own settings: a credential helper, an address that is put in the place of another, a trace."""
    home = host.folder / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        f"[credential]\n\thelper = !echo password={TOKEN}\n"
        f'[url "http://{TOKEN}@127.0.0.1:1/"]\n\tinsteadOf = https://github.com/\n'
    )
    (home / ".gitconfig").rename(home / "config")
    folder = host.folder / "bin"
    env = failing_git(folder, 0, "") | git_environment(home) | {"GITHUB_TOKEN": TOKEN, "GIT_CURL_VERBOSE": "1"}
    env |= {"GIT_TRACE": str(host.folder / "trace"), "GIT_TRACE_CURL": "1", "GIT_CONFIG_GLOBAL": str(home / "config")}
    time, folder_of_site = FakeTime(), host.site.root
    settings = TargetSettings("live", "github", remote="https://github.com/desk/archive.git")
    target = open_target(
        settings, Settings("A", "https://desk.github.io/archive"), surroundings(folder_of_site, time, **env)
    )
    with pytest.raises(SystemFault) as raised:
        retrying(target.standing, time.sleep, target.place)
    said = show(raised.value.problems[0])
    assert "Failed to connect to 127.0.0.1" in said
    assert len(time.slept) == 5
    assert TOKEN not in said + "".join(format_exception(raised.value))
    assert "ls-remote" in (folder / "calls").read_text()  # the words of each process
    assert everywhere(host.folder, TOKEN) == [str(home / "config")]


def test_what_git_says_is_told_without_secrets() -> None:
    env = {"GITHUB_TOKEN": TOKEN, "PATH": "/usr/bin", "AWS_SECRET_ACCESS_KEY": "abcdefghij"}
    text = f"fatal: unable to access 'https://ines:pa55@github.com/d/a.git/': {TOKEN} abcdefghij /usr/bin"
    assert without_secrets(text, env) == "fatal: unable to access 'https://github.com/d/a.git/': … … /usr/bin"


@pytest.mark.parametrize("remote", ["https://ghp_secret@github.com/d/a.git", "https://u:p@github.com/d/a.git"])
def test_a_remote_with_a_secret_is_refused(host: Host, remote: str) -> None:
    host.site.set_settings(f'kind = "github"\nremote = "{remote}"', 'host = "github"')
    said = host.publish(ok=(2,))
    assert "publish.live.remote" in said
    assert "ghp_secret" not in said
    assert "u:p" not in said


def test_a_photo_whose_rights_have_ended_is_not_put_back(host: Host) -> None:
    key = host.remote.head[:12]
    path = host.site.story("s20")
    told = path.read_bytes()
    ended = told.replace(b'"alt": "A boat"', b'"alt": "A boat", "expires": "2020-01-01T00:00:00Z"')
    assert ended != told
    path.write_bytes(ended)
    told_json = host.plan()
    assert [each for each in told_json["deleted"] if each.startswith("media/")]
    assert "rights" in host.publish("--to", key, ok=(2,))
    host.publish("--to", "previous", ok=(2,))
    host.site.correct("s01")
    host.publish()
    assert "see the publication" in host.publish("--to", "previous")  # one from after that


# --- verify ---


def verify(host: Host) -> Mapping[str, str]:
    done = host.site.newsgen("verify", "live", "--json", ok=(0, 1), **host.env)
    return {each["path"]: each["kind"] for each in json.loads(done.stdout)["differences"]}


@pytest.fixture
def unread(host: Host) -> Host:
    """The host, of a site whose address nobody can ask: base_url is in a folder of a domain that is not GitHub's."""
    settings = host.site.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("https://archive.example", "https://wire.example/archive"))
    host.site.reset()
    host.remote.git("update-ref", "-d", "refs/heads/gh-pages")
    host.publish()
    assert "CNAME" not in host.remote.files()
    return host


def test_verify_finds_what_is_not_as_it_was_published(unread: Host) -> None:
    assert verify(unread) == {}
    page = unread.remote.read("index.html") or b""
    flipped = bytes([page[0] ^ 1]) + page[1:]
    unread.remote.commit({"index.html": flipped, "robots.txt": None, "extra.txt": b"x"})
    assert verify(unread) == {"index.html": "differs", "robots.txt": "missing", "extra.txt": "foreign"}


def test_a_kill_whose_hour_lies_before_the_publication_counts_too(host: Host) -> None:
    """The desk gives the hour of the agency's notice, after which the story was published all the same."""
    old_head = host.remote.head
    notice = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    host.site.newsgen("kill", "s13", "--reason", "The source was false.", "--now", notice)
    assert old_head in host.publish()
    assert "report 13" not in reachable(host.mirror)
