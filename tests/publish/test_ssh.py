"""A server of one's own, as the current user on loopback: what it sends, what readers see, what may go wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk
from newsgen.messages.shown import show
from newsgen.model.errors import SystemFault, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.folder import KEPT
from newsgen.publish.protocol import Surroundings
from newsgen.publish.release import Release
from newsgen.publish.run import Plan, Published, make_plan, perform, put_back, tidy
from newsgen.publish.send import NO_PROGRESS, Progress
from newsgen.publish.ssh import SshTarget, open_target
from newsgen.publish.ssh_scripts import begin
from newsgen.publish.withdrawn import Withdrawn
from tests.support.archive import tree
from tests.support.guides import require_program
from tests.support.publications import NOW, FakeTime
from tests.support.sshd import Sshd, require_sshd
from tests.support.targets import release

SETTINGS = Settings("The Archive", "https://archive.example")
ODD = (
    "a b.html", "ü/ß.html", "-x.html", "x'\"$(touch y)`z`.html", "new\nline.html", "a%20b?*.html", "#x.html", ";x.html",
    "back\\slash.html", "~/x.html", "[x].html", "world/2019/..x.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def sshd() -> Iterator[Sshd]:
    require_sshd()
    with Sshd() as server:
        yield server


class Server:
    """A place on a server, with a clock that goes on by an hour with each publication."""

    def __init__(self, sshd: Sshd, folder: Path) -> None:
        self.sshd = sshd
        self.output = folder / "build"
        self.root = folder / "www"
        self.settings = TargetSettings(
            "live", "ssh", host="127.0.0.1", port=sshd.port, user=sshd.user, path=str(self.root)
        )
        self.time = FakeTime(NOW)

    @property
    def around(self) -> Surroundings:
        return Surroundings(os.environ | self.sshd.env, str(self.output.parent), int(self.time.now), self.time.sleep)

    @property
    def target(self) -> SshTarget:
        return open_target(self.settings, SETTINGS, self.around)

    @property
    def current(self) -> Path:
        return self.root / "current"

    def release(self, files: dict[str, bytes | str]) -> Release:
        """A publication whose files lie in the output."""
        made = release(files)
        shutil.rmtree(self.output, ignore_errors=True)
        disk = FolderDisk(self.output, "build")
        for file in made.files:
            disk.write(file.path, made.read(file))
        return Release(made.files, disk)

    def version(self, number: int) -> Release:
        return self.release({"index.html": f"front {number}", "same.html": "same", f"only-{number}.html": "text"})

    def plan(self, what: Release, *, is_forced: bool = False) -> Plan:
        return make_plan(self.target, what, self.around, is_forced=is_forced)

    def publish(
        self, what: Release, *withdrawn: Withdrawn, is_forced: bool = False, progress: Progress = NO_PROGRESS
    ) -> Published:
        self.time.now += 3600
        target = self.target
        perform(target, make_plan(target, what, self.around, is_forced=is_forced), self.around, progress)
        return tidy(target, what, withdrawn, self.around, may_forget=False)

    def served(self) -> dict[str, bytes]:
        return tree(self.current.resolve())

    def names(self) -> list[str]:
        return sorted(os.listdir(self.root / "releases"))

    def refused(self, what: Release) -> str:
        """The sentence with which a publication is refused."""
        with pytest.raises((SystemFault, UsageError)) as fault:
            self.publish(what)
        (problem,) = fault.value.problems
        return f"{problem.rule}: {show(problem)}"


@pytest.fixture
def server(sshd: Sshd, tmp_path: Path) -> Server:
    sshd.set_ssh()
    for program in (sshd.folder / "there").iterdir():
        if program.is_file() or program.is_symlink():
            program.unlink()
    return Server(sshd, tmp_path)


def whole(what: Release) -> dict[str, bytes]:
    return {file.path: what.read(file) for file in what.whole}


def test_a_first_and_a_second_publication(server: Server) -> None:
    for number in (1, 2):
        what = server.version(number)
        server.publish(what)
        assert server.served() == whole(what)
    assert os.readlink(server.current) == f"releases/{server.names()[-1]}"
    assert sorted(os.listdir(server.root)) == ["current", "releases"]
    assert (server.current / "same.html").stat().st_nlink == 2
    assert (server.current / "index.html").stat().st_nlink == 1
    assert (server.current / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_is_sent_is_what_differs(server: Server) -> None:
    server.publish(server.version(1))
    told: list[tuple[int, int, int, int]] = []
    server.publish(server.version(2), progress=lambda *numbers: told.append(numbers))
    assert [numbers[:2] for numbers in told] == [(1, 2), (2, 2)]


def test_another_computer_s_times_are_no_difference(server: Server) -> None:
    server.publish(server.version(1))
    what = server.version(2)
    for path in server.output.rglob("*.html"):
        os.utime(path, (1, 1))
    server.publish(what)
    assert (server.current / "same.html").stat().st_nlink == 2


def test_a_change_that_neither_size_nor_time_tells(server: Server) -> None:
    server.publish(server.release({"index.html": "one", "a.html": "aaa"}))
    old = (server.output / "index.html").stat()
    what = server.release({"index.html": "two", "a.html": "aaa"})
    os.utime(server.output / "index.html", ns=(old.st_atime_ns, old.st_mtime_ns))
    os.utime(server.current / "index.html", ns=(old.st_atime_ns, old.st_mtime_ns))
    server.publish(what)
    assert server.served() == whole(what)


def test_the_same_again_changes_nothing(server: Server) -> None:
    server.publish(server.version(1))
    before = server.names()
    assert server.plan(server.version(1)).is_nothing
    server.publish(server.version(1))
    assert server.names() == before


def test_odd_names(server: Server) -> None:
    odd: dict[str, bytes | str] = {name: f"page {name}" for name in ODD}
    server.publish(server.release(odd))
    assert server.served() == whole(server.release(odd))
    what = server.release(odd | {"index.html": "x"})
    server.publish(what)
    assert server.served() == whole(what)
    assert server.target.standing().foreign == ()
    (server.current / ODD[4]).write_text("damaged")
    (server.current / ODD[8]).unlink()
    found = server.target.mismatches(what, [file.path for file in what.files])
    assert {(each.path, each.kind) for each in found or ()} == {(ODD[4], "differs"), (ODD[8], "missing")}


@pytest.mark.parametrize("name", ["a place", 'it\'s "odd" $HOME `x` ü', "a\\b", "deep/er/folder"])
def test_odd_paths(server: Server, name: str) -> None:
    server.root = server.root.parent / name
    server.settings = replace(server.settings, path=str(server.root))
    what = server.version(1)
    server.publish(what)
    assert server.served() == whole(what)


@pytest.mark.parametrize("path", ["~/newsgen-test", "newsgen-test"])
def test_a_path_in_the_home_folder(server: Server, path: str) -> None:
    """The server decides where that is."""
    server.settings = replace(server.settings, path=path)
    home = server.root.parent / "home"
    home.mkdir()
    # The tests leave the user's own home folder alone: on the server, both programs begin in another.
    server.sshd.set_program("sh", f"cd {home}\nexec /bin/sh -s\n", "there")
    server.sshd.set_program("rsync", f'cd {home}\nexec {shutil.which("rsync")} "$@"\n', "there")
    what = server.version(1)
    server.publish(what)
    assert tree((home / "newsgen-test/current").resolve()) == whole(what)


def test_files_of_others_are_named_and_stay(server: Server) -> None:
    server.publish(server.version(1))
    (server.current / "theirs.txt").write_text("theirs")
    (server.current / "it's $theirs").write_text("theirs")
    (server.current / ".well-known/acme").mkdir()
    (server.current / ".well-known/acme/token").write_text("theirs")
    (server.current / "uploads").symlink_to("/srv/uploads")
    (server.root / "releases/my-backup").mkdir()
    foreign = (".well-known/acme/token", "it's $theirs", "theirs.txt", "uploads")
    assert server.plan(server.version(2)).standing.foreign == foreign
    for number in range(2, KEPT + 2):
        server.publish(server.version(number))
    theirs = {".well-known/acme/token": b"theirs", "theirs.txt": b"theirs", "it's $theirs": b"theirs"}
    assert server.served() == whole(server.version(KEPT + 1)) | theirs
    assert os.readlink(server.current / "uploads") == "/srv/uploads"
    assert "my-backup" in server.names()
    assert len(server.names()) == KEPT + 1


def test_a_file_of_others_in_the_way(server: Server) -> None:
    server.publish(server.version(1))
    (server.current / "only-2.html").write_text("theirs")
    assert server.plan(server.version(2)).in_the_way == ("only-2.html",)
    server.publish(server.version(2), is_forced=True)
    assert server.served() == whole(server.version(2))


@pytest.mark.parametrize("make", ["file", "folder", "link", "link to a folder of theirs"])
def test_a_current_that_is_not_ours_stays(server: Server, make: str) -> None:
    server.root.mkdir()
    if make == "file":
        server.current.write_text("theirs")
    elif make == "folder":
        server.current.mkdir()
    else:
        server.current.symlink_to("/srv/old" if make == "link" else "releases/theirs")
    said = server.refused(server.version(1))
    assert said.startswith("publish-current: ")
    assert f"{server.root}/current" in said
    assert os.listdir(server.root) == ["current"]


def test_damaged_and_missing_files(server: Server) -> None:
    what = server.version(1)
    server.publish(what)
    (server.current / "same.html").write_text("sane")
    (server.current / "index.html").unlink()
    found = server.target.mismatches(what, [file.path for file in what.files])
    assert {(each.path, each.kind) for each in found or ()} == {("index.html", "missing"), ("same.html", "differs")}
    server.time.now -= 3600  # at the same second
    server.publish(what, is_forced=True)
    assert server.served() == whole(what)


def test_what_was_withdrawn_is_deleted_from_every_release(server: Server) -> None:
    server.publish(server.version(1))
    server.publish(server.version(2))
    clean = server.names()[-1]
    left = server.root / "releases/.partial-00000000"
    left.mkdir()
    (left / "only-1.html").write_text("text")
    published = server.publish(server.version(3), Withdrawn("only-1.html"))
    assert len(published.forgotten) == 2
    assert server.names()[0] == clean
    assert published.leftovers == ()
    assert [path for path in tree(server.root) if path.endswith("only-1.html")] == []


def test_back_and_forth(server: Server) -> None:
    one, two = (server.version(number) for number in (1, 2))
    server.publish(server.version(1))
    server.publish(server.version(2))
    put_back(server.target, two.manifest, (), "", server.around)
    assert server.served()["index.html"] == b"front 1"
    put_back(server.target, two.manifest, (), "", server.around)
    assert server.served()["index.html"] == b"front 2"
    assert one.id != two.id


def test_what_a_killed_run_left_is_used_and_gone(server: Server) -> None:
    what = server.version(2)
    server.publish(server.version(1))
    left = server.root / f"releases/.partial-{what.id[:8]}"
    left.mkdir()
    (left / "only-2.html").write_text("te")  # cut short
    (left / ".index.html.Xa12").write_text("rsync was killed")
    (left / "other").mkdir()
    (left / "other/page.html").write_text("of another release")
    server.publish(server.version(2))
    assert server.served() == whole(what)
    assert len(server.names()) == 2
    assert not (server.current / "other").exists()


def test_two_publications_at_once(server: Server) -> None:
    """From two computers: each release has the files of one of them."""
    server.publish(server.version(1))
    one, two = server.target, server.target
    first = server.version(2)
    one.missing(first)
    second_files: dict[str, bytes | str] = {"index.html": "front 3", "same.html": "same", "only-3.html": "text"}
    output, server.output = server.output, server.output.with_name("other")
    second = server.release(second_files)
    server.output = output
    two.missing(second)
    two._send(second, two._look(begin(str(server.root), second.id[:8])), lambda _file: None)
    one.commit(first, lambda _file: None)
    assert server.served() == whole(first)
    two.commit(second, lambda _file: None)
    assert server.served() == whole(second)


def test_a_release_that_was_never_shown_is_used(server: Server) -> None:
    """And left alone: another computer may be about to show it, for it published the same."""
    server.publish(server.version(1))
    what = server.version(2)
    server.publish(what)
    hidden = server.names()[-1]
    put_back(server.target, what.manifest, (), "", server.around)
    server.publish(server.version(2))
    assert server.served() == whole(what)
    assert hidden in server.names()
    assert (server.current / "only-2.html").samefile(server.root / "releases" / hidden / "only-2.html")


def test_an_output_that_somebody_changed(server: Server) -> None:
    what = server.version(1)
    (server.output / "same.html").write_text("sane")
    assert "publish-changed" in server.refused(what)
    assert not server.root.exists()


def test_a_shell_that_greets(server: Server) -> None:
    """What a server's shell prints before the script is not taken for an answer."""
    server.sshd.set_program("sh", "echo Welcome; echo link releases/x\nexec /bin/sh -s\n", "there")
    server.publish(server.version(1))
    assert server.target.standing().manifest == server.version(1).manifest


# --- what may go wrong ---


def test_a_server_whose_key_is_not_known(server: Server) -> None:
    server.sshd.disconnect()
    server.sshd.set_ssh(host_key="")
    assert "publish-ssh-key" in server.refused(server.version(1))


def test_a_server_with_another_key(server: Server) -> None:
    server.sshd.disconnect()
    server.sshd.set_ssh(host_key="stranger")
    assert "publish-ssh-key" in server.refused(server.version(1))


def test_a_key_that_the_server_does_not_know(server: Server) -> None:
    server.sshd.disconnect()
    server.sshd.set_ssh(key="stranger")
    assert "publish-ssh-denied" in server.refused(server.version(1))
    assert server.time.slept == []


def test_a_name_that_does_not_exist(server: Server) -> None:
    server.settings = replace(server.settings, host="nowhere.invalid")
    said = server.refused(server.version(1))
    assert "publish-ssh-failed" in said or "publish-failed" in said
    assert "nowhere.invalid" in said


def test_a_port_at_which_nobody_listens(server: Server) -> None:
    """It may be that the server restarts."""
    server.settings = replace(server.settings, port=1)
    assert "publish-failed" in server.refused(server.version(1))
    assert server.time.slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_a_path_that_is_a_file(server: Server) -> None:
    server.root.write_text("theirs")
    said = server.refused(server.version(1))
    assert "publish-ssh-failed" in said
    assert str(server.root) in said


def test_a_path_that_may_not_be_written(server: Server) -> None:
    server.settings = replace(server.settings, path="/proc/newsgen")
    assert "/proc/newsgen" in server.refused(server.version(1))


def test_no_rsync_there(server: Server) -> None:
    server.sshd.set_program("rsync", 'echo "bash: line 1: rsync: command not found" >&2; exit 127\n', "there")
    assert "publish-ssh-no-rsync" in server.refused(server.version(1))


def test_no_room_there(server: Server) -> None:
    """No file may have more than 1 KB. Readers go on seeing the old site; with more room the next run completes."""
    server.publish(server.version(1))
    what = server.release({"index.html": "front", "large.html": os.urandom(100_000)})
    server.sshd.set_program("rsync", f"trap '' XFSZ\nulimit -f 1\nexec {shutil.which('rsync')} \"$@\"\n", "there")
    said = server.refused(what)
    assert "publish-ssh-failed" in said
    assert "File too large (27)" in said
    assert server.served()["index.html"] == b"front 1"
    (server.sshd.folder / "there/rsync").unlink()
    server.publish(what)
    assert server.served() == whole(what)


def test_a_link_is_renamed_by_whatever_the_server_has(server: Server) -> None:
    """GNU's mv, else Python or Perl; never by taking the old link away first."""
    mv, strict = shutil.which("mv"), 'case "$*" in *-fT*|*-fh*) echo "mv: illegal option" >&2; exit 64 ;; esac'
    server.sshd.set_program("mv", f'{strict}\nexec {mv} "$@"\n', "there")
    server.publish(server.version(1))
    server.publish(server.version(2))
    assert server.served() == whole(server.version(2))
    server.sshd.set_program("python3", "exit 1\n", "there")
    server.sshd.set_program("perl", "exit 1\n", "there")
    assert "mv: illegal option" in server.refused(server.version(3))
    assert server.served() == whole(server.version(2))


@pytest.mark.parametrize("program", ["ssh", "rsync"])
def test_a_program_that_is_missing_here(server: Server, program: str) -> None:
    server.sshd.set_program("ssh", "")
    there = server.around
    only = server.output.parent / "bin"
    only.mkdir()
    for name in {"ssh", "rsync"} - {program}:
        (only / name).symlink_to("/bin/true")
    around = replace(there, env={"PATH": str(only)})
    with pytest.raises(UsageError) as error:
        open_target(server.settings, SETTINGS, around)
    assert error.value.problems[0].rule == "publish-program"
    assert error.value.problems[0].values == (program,)


@pytest.mark.parametrize("name", ["sha256sum", "shasum", "openssl", ""])
def test_programs_for_digests(server: Server, name: str) -> None:
    """A server may have any of these, or none: then only HTTP tells."""
    if name and shutil.which(name) is None:
        pytest.skip(f"no {name}")
    what = server.version(1)
    server.publish(what)
    (server.current / "same.html").write_text("sane")
    hidden = "|".join(sorted({"sha256sum", "shasum", "openssl"} - {name}))
    lookup = f'command() {{ case $2 in {hidden}) return 1 ;; esac; which "$2"; }}'
    server.sshd.set_program("sh", f"(echo '{lookup}'; cat) | exec /bin/sh -s\n", "there")
    found = server.target.mismatches(what, [file.path for file in what.files])
    assert found is None if not name else [(each.path, each.kind) for each in found or ()] == [("same.html", "differs")]


def test_a_small_server(server: Server) -> None:
    """Every program on it is BusyBox's, but for rsync and sshd."""
    there = server.sshd.folder / "there"
    subprocess.run([require_program("busybox"), "--install", "-s", str(there)], check=True)
    for number in (1, 2):
        server.publish(server.version(number))
        (server.current / "theirs.txt").write_text("theirs")
    left = server.root / "releases/.partial-00000000"
    left.mkdir()
    os.utime(left, (1, 1))
    what = server.version(3)
    server.publish(what, Withdrawn("only-1.html"))
    assert server.served() == whole(what) | {"theirs.txt": b"theirs"}
    assert len(server.names()) == 2
    (server.current / "same.html").write_text("sane")
    found = server.target.mismatches(what, [file.path for file in what.files])
    assert [(each.path, each.kind) for each in found or ()] == [("same.html", "differs")]
    put_back(server.target, what.manifest, (), "", server.around)
    assert server.served()["index.html"] == b"front 2"


def test_one_connection_for_all_calls(server: Server) -> None:
    server.publish(server.version(1))
    log = (server.sshd.folder / "log").read_text(errors="replace").count("Accepted publickey")
    server.publish(server.version(2))
    assert (server.sshd.folder / "log").read_text(errors="replace").count("Accepted publickey") - log <= 1


def test_without_a_folder_for_sockets(server: Server) -> None:
    """Then each call has its own connection."""
    server.sshd.folder.joinpath("run").chmod(0o777)
    try:
        server.publish(server.version(1))
        assert server.served() == whole(server.version(1))
    finally:
        server.sshd.folder.joinpath("run").chmod(0o700)
