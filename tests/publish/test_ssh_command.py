"""A day of publishing to a server by the real command, and what `newsgen verify` finds there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.archive import tree
from tests.support.publications import Site, a_site, difference
from tests.support.sshd import Sshd, require_sshd

MANIFEST = ".well-known/newsgen-manifest.json"


@pytest.fixture(scope="module")
def sshd() -> Iterator[Sshd]:
    require_sshd()
    with Sshd() as server:
        yield server


@pytest.fixture
def site(sshd: Sshd, tmp_path: Path) -> Site:
    target = f'kind = "ssh"\nhost = "127.0.0.1"\nport = {sshd.port}\nuser = "{sshd.user}"\npath = "{tmp_path}/www"'
    site = a_site(tmp_path / "site", target)
    site.env = sshd.env
    return site


def current(site: Site) -> Path:
    return (site.root.parent / "www/current").resolve()


def inodes(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_ino for path in tree(folder)}


def test_a_day_of_publishing(site: Site) -> None:
    """Each edit sends what differs between two builds; every other file is that of the release before."""
    told = site.publish_json()
    assert told["put"] == sorted(site.public())
    edits: list[tuple[Callable[[str], None], str]] = [
        (site.correct, "s12"), (site.kill, "s13"), (site.delete, "s09"), (site.rename, "s15"),
    ]  # fmt: skip
    for edit, story_id in edits:
        before, old = site.public(), inodes(current(site))
        edit(story_id)
        told = site.publish_json()
        expected = difference(before, site.public())
        assert (told["put"], told["deleted"]) == (expected.put, expected.deleted)
        new = inodes(current(site))
        assert sorted(path for path in new if new[path] != old.get(path)) == sorted([*expected.put, MANIFEST])
        assert sorted(old.keys() - new.keys()) == expected.deleted
        print(f"{edit.__name__}: {len(expected.put)} put, {len(expected.deleted)} deleted")
    served = tree(current(site))
    served.pop(MANIFEST)
    assert served == site.public()
    releases = os.listdir(site.root.parent / "www/releases")
    assert "Nothing to publish" in site.publish().stdout
    assert os.listdir(site.root.parent / "www/releases") == releases


def test_verify(site: Site) -> None:
    site.publish()
    assert "no difference." in site.newsgen("verify", "live").stdout
    page = current(site) / "index.html"
    page.write_bytes(b"x" + page.read_bytes()[1:])
    (current(site) / "feed.xml").unlink()
    (current(site) / "theirs.txt").write_text("theirs")
    told = json.loads(site.newsgen("verify", "live", "--json", ok=(1,)).stdout)
    found = {(each["path"], each["kind"]) for each in told["differences"]}
    assert found == {("index.html", "differs"), ("feed.xml", "missing"), ("theirs.txt", "foreign")}
    site.publish("--force")
    assert site.newsgen("verify", "live", ok=(1,)).stdout.splitlines()[0] == ("theirs.txt: is not newsgen's")


def test_after_a_kill_nothing_of_the_story_is_on_the_server(site: Site) -> None:
    site.publish()
    site.correct_body("s02")
    site.publish()
    secret = "were counted in report 13."
    site.kill("s13")
    done = site.publish()
    assert "Deleted, for it held what was withdrawn: " in done.stdout
    www = site.root.parent / "www"
    assert [path for path, data in tree(www).items() if secret.encode() in data] == []
    assert len(os.listdir(www / "releases")) == 1
    assert "There is no earlier publication here" in site.publish("--to", "previous", ok=(2,)).stderr


def test_a_server_that_cannot_be_reached(site: Site) -> None:
    (site.root / "pyproject.toml").write_text(
        (site.root / "pyproject.toml").read_text().replace('host = "127.0.0.1"', 'host = "nowhere.invalid"')
    )
    done = site.publish(ok=(4,))
    assert "nowhere.invalid" in done.stderr
