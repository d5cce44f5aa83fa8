"""docs/publish/ssh.md does what it says, against a server on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.guides import block, blocks, require_program
from tests.support.publications import Site, a_site
from tests.support.sshd import Sshd, require_sshd

GUIDE = "publish/ssh.md"


@pytest.fixture
def sshd() -> Iterator[Sshd]:
    require_sshd()
    with Sshd() as server:
        yield server


class Reader:
    """Somebody who does what the guide says: with a home folder of their own, on both sides."""

    def __init__(self, sshd: Sshd, folder: Path) -> None:
        self.sshd, self.folder, self.www = sshd, folder, folder / "www"
        self.home = sshd.folder / "home"
        (self.home / ".ssh").mkdir(parents=True, mode=0o700)
        self.use_ssh(f"-i {sshd.folder}/client")
        settings = block(GUIDE, "toml", "[tool.newsgen.publish.live]").partition("live]\n")[2]
        without_url = "".join(line for line in settings.splitlines(keepends=True) if not line.startswith("url"))
        self.site: Site = a_site(folder / "site", self.here(without_url), stories=6)
        self.site.env = self.env

    def use_ssh(self, first: str = "") -> None:
        """An ssh that finds `archive.example` on loopback, and its files in this home folder."""
        options = f"-o HostName=127.0.0.1 -o Port={self.sshd.port} -o HostKeyAlias=archive.example"
        known = f"-o UserKnownHostsFile={self.home}/.ssh/known_hosts -o GlobalKnownHostsFile=/dev/null"
        config = f"-F {self.home}/.ssh/config -o IdentitiesOnly=yes -o IdentityAgent=none"
        (self.home / ".ssh/config").touch()
        self.sshd.set_program("ssh", f'exec {shutil.which("ssh")} {config} {known} {options} {first} "$@"\n')
        newsgen = " ".join(COMMAND)
        self.sshd.set_program("newsgen", f'exec {newsgen} "$@"\n')

    @property
    def env(self) -> dict[str, str]:
        return self.sshd.env | {"HOME": str(self.home)}

    def here(self, text: str) -> str:
        """A text of the guide with this test's places."""
        return text.replace("/srv/www/archive", str(self.www)).replace("publisher", self.sshd.user)

    def run(self, text: str, **env: str) -> str:
        """Run a shell block."""
        done = subprocess.run(
            ["sh", "-e", "-c", self.here(text)],
            cwd=self.site.root, env=ENVIRONMENT | self.env | env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


def test_from_nothing_to_a_site_that_stands(sshd: Sshd, tmp_path: Path) -> None:
    require_program("ssh-copy-id")
    reader = Reader(sshd, tmp_path)
    key = block(GUIDE, "sh", "ssh-keygen -t").splitlines()[0]
    reader.run(f"{key.replace('~', str(reader.home))} -q -N ''")
    # What ssh-copy-id adds on the server, where sshd looks for it in these tests:
    copied = block(GUIDE, "sh", "ssh-copy-id").splitlines()[1]
    assert copied.startswith("ssh-copy-id -i ~/.ssh/archive ")
    public = (reader.home / ".ssh/archive.pub").read_text()
    (sshd.folder / "authorized").write_text(public)

    reader.use_ssh()
    (named,) = (text for text in blocks(GUIDE, "") if text.startswith("Host archive.example"))
    (reader.home / ".ssh/config").write_text(named.replace("~", str(reader.home)))
    by_hand = block(GUIDE, "sh", "rsync --version").replace("ssh ", "ssh -o StrictHostKeyChecking=accept-new ")
    assert "rsync  version 3" in reader.run(by_hand)

    publishing = block(GUIDE, "sh", "newsgen publish live --dry-run")
    assert "no difference" in reader.run(publishing)
    assert (reader.www / "current/index.html").read_bytes() == reader.site.public()["index.html"]
    reader.site.correct_body("s01")
    reader.run("newsgen publish live")
    assert "again" in reader.run("newsgen publish live --to previous")


def test_in_continuous_integration(sshd: Sshd, tmp_path: Path) -> None:
    reader = Reader(sshd, tmp_path)
    reader.use_ssh()
    shutil.rmtree(reader.home / ".ssh")
    script = block(GUIDE, "sh", "ARCHIVE_KEY").replace("~", str(reader.home))
    private = (sshd.folder / "client").read_text().rstrip("\n")
    known = f"archive.example {(sshd.folder / 'host.pub').read_text().strip()}"
    said = reader.run(script, ARCHIVE_KEY=private, ARCHIVE_KNOWN_HOST=known)
    assert "Published to " in said
    assert private.splitlines()[1] not in said
    assert (reader.home / ".ssh/archive").stat().st_mode & 0o777 == 0o600
    assert os.path.islink(reader.www / "current")


def test_the_folder_of_the_guide_can_be_made(tmp_path: Path) -> None:
    """As the user that the test runs as: it may have no sudo."""
    for guide, owner in ((GUIDE, "publisher"), ("publish/folder.md", '"$USER"')):
        (line,) = (
            line for text in blocks(guide, "sh") for line in text.splitlines() if line.startswith("sudo install -d")
        )
        command = line.replace("sudo ", "").replace(f"-o {owner} ", "").replace("/srv/www", str(tmp_path / guide))
        subprocess.run(["sh", "-c", command], check=True)
        assert (tmp_path / guide / "archive").is_dir()
