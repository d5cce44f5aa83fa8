"""`newsgen publish` and `newsgen verify` as a user calls them, with a folder as the target."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.archive import tree
from tests.support.publications import Site, a_site, difference

TARGET = 'kind = "folder"\npath = "../www"'
MANIFEST = ".well-known/newsgen-manifest.json"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path / "site", TARGET, stories=9)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that was never published: each test leaves it so."""
    return a_site(tmp_path_factory.mktemp("shared") / "site", TARGET, stories=6)


def www(site: Site) -> Path:
    return site.root.parent / "www"


def served(site: Site) -> dict[str, bytes]:
    files = tree((www(site) / "current").resolve())
    files.pop(MANIFEST)
    return files


def test_a_day_of_publishing(site: Site) -> None:
    """Each edit puts and deletes what differs between two builds, and nothing else."""
    (site.root / "content/_urls.tsv").unlink()
    done = site.publish()
    assert "9 addresses added to content/_urls.tsv: commit that file with your stories." in done.stdout
    assert f"Published to the folder {www(site)}: {len(site.public())} files put, 0 deleted." in done.stdout
    assert done.stderr == ""
    assert len((site.root / "content/_urls.tsv").read_text().splitlines()) == 9
    assert served(site) == site.public()
    assert f"Nothing to publish: the folder {www(site)} has it all." in site.publish().stdout
    edits: list[tuple[Callable[[str], None], str]] = [
        (site.correct_body, "s05"), (site.correct, "s04"), (site.kill, "s03"), (site.delete, "s07"),
        (site.rename, "s05"),
    ]  # fmt: skip
    for edit, story_id in edits:
        before = site.public()
        edit(story_id)
        told = site.publish_json("--yes")
        assert served(site) == site.public()
        expected = difference(before, site.public())
        assert (told["put"], told["deleted"]) == (expected.put, expected.deleted)
        assert sorted(told) == ["deleted", "put", "readable_elsewhere", "redirects", "refused", "unchanged"]
        assert len(told["unchanged"]) + len(told["put"]) == len(site.public())
        assert told["readable_elsewhere"] == []
    assert told["redirects"] == [site.url("s05")]
    assert "Nothing to publish" in site.publish().stdout


def test_a_dry_run_writes_nothing(site: Site) -> None:
    (site.root / "content/_urls.tsv").unlink()
    assert f"  {len(site.public())} appear:" in site.publish("--dry-run").stdout
    told = site.publish_json("--dry-run")
    assert len(told["put"]) == len(site.public())
    assert not www(site).exists()
    assert not (site.root / "content/_urls.tsv").exists()


def test_no_build_publishes_what_stands(site: Site) -> None:
    before = site.public()
    site.correct("s04")
    done = site.publish("--no-build")
    assert "The output is older than what it was made of" in done.stderr
    assert served(site) == before
    site.publish()
    assert served(site) != before


@pytest.mark.parametrize("way", ["kill", "delete", "hold", "delist", "anonymise"])
def test_an_output_from_before_something_was_withdrawn(site: Site, way: str) -> None:
    """With --no-build readers would go on seeing it, or find it again."""
    site.publish()
    site.publish("--no-build")
    before = served(site)
    if way in ("kill", "delete"):
        getattr(site, way)("s03")
    elif way == "hold":
        path = site.story("s03")
        path.write_bytes(path.read_bytes().replace(b"headline:", b"status: draft\nheadline:", 1))
    elif way == "delist":
        site.newsgen("unpublish", "delist", "s03", "--reason", "Asked for.")
    else:
        site.newsgen("unpublish", "anonymise", "Ines Varga", "--as", "a reporter", "--reason", "Asked for.")
    done = site.publish("--no-build", "--yes", ok=(2,))
    assert "The output still shows what has been withdrawn since it was built" in done.stderr
    assert served(site) == before
    done = site.publish("--yes")
    assert ("is now held back (draft)" in done.stderr) == (way == "hold")  # its address breaks: a warning
    assert "Deleted, for it held what was withdrawn" in done.stdout
    assert served(site) != before


def test_many_files_vanish(site: Site) -> None:
    site.publish()
    before = served(site)
    for number in range(0, 9, 2):
        site.delete(f"s{number:02}")
    done = site.publish(ok=(2,))
    assert "files would vanish, which is more than a tenth." in done.stderr
    assert served(site) == before
    site.publish("--yes")
    assert served(site) == site.public()


def test_several_targets(site: Site) -> None:
    text = (site.root / "pyproject.toml").read_text()
    text += '\n[tool.newsgen.publish.trial]\nkind = "folder"\npath = "../trial"\n'
    (site.root / "pyproject.toml").write_text(text)
    assert "There are several targets: live, trial. Name one" in site.publish(ok=(2,)).stderr
    assert (
        "There is no target trail. Did you mean trial? There are: live, trial." in site.publish("trail", ok=(2,)).stderr
    )
    assert "There is no target qqqqq. There are: live, trial." in site.publish("qqqqq", ok=(2,)).stderr
    site.publish("trial")
    assert os.listdir(site.root.parent / "trial/releases")
    assert not www(site).exists()


def test_no_target(shared_site: Site) -> None:
    text = (shared_site.root / "pyproject.toml").read_text()
    shared_site.set_settings("")
    done = shared_site.publish(ok=(2,))
    assert done.stderr.startswith("pyproject.toml: The settings name no place to publish to. Add a table")
    (shared_site.root / "pyproject.toml").write_text(text)


def test_a_build_with_errors(shared_site: Site) -> None:
    path = shared_site.root / "content/world/broken.md"
    path.write_text("---\nheadline: x\n---\n")
    done = shared_site.publish(ok=(1,))
    assert "content/world/broken.md" in done.stderr
    assert "The build has errors, so nothing is published." in done.stderr
    told = json.loads(shared_site.publish("--json", ok=(1,)).stdout)
    assert told["refused"] == ["build"]
    assert not www(shared_site).exists()
    path.unlink()


def test_files_of_others_in_the_output(shared_site: Site) -> None:
    path = shared_site.output / "notes.txt"
    path.write_text("mine")
    done = shared_site.publish(ok=(2,))
    assert (
        "build/notes.txt: Files stand in the output that newsgen did not write: 1 (such as notes.txt)." in done.stderr
    )
    assert not www(shared_site).exists()
    path.unlink()


def test_another_clock(shared_site: Site) -> None:
    """A build for next year may hold what is under embargo."""
    late = shared_site.root / "content/world/late.md"
    late.write_text(
        "---\nheadline: Late\ndate: 2019-05-01T10:00\nsection: World\nembargo: 2099-01-01T00:00Z\n---\n\nText.\n"
    )
    shared_site.newsgen("build", "--now", "2099-06-01T00:00:00+00:00")
    done = shared_site.publish("--no-build", ok=(2,))
    assert "The folder was built for another time than now: embargoes may not hold in it." in done.stderr
    done = shared_site.publish("--dry-run")
    assert "The clock changes the site next at 2099-01-01" in done.stdout
    late.unlink()
    shared_site.build_now()


def test_a_folder_inside_the_site(shared_site: Site) -> None:
    text = (shared_site.root / "pyproject.toml").read_text()
    shared_site.set_settings('kind = "folder"\npath = "static/../build"')
    assert "lies in build/, which belongs to the site itself" in shared_site.publish(ok=(2,)).stderr
    (shared_site.root / "pyproject.toml").write_text(text)


def test_back_to_the_previous_one(site: Site) -> None:
    assert "There is no earlier publication here" in site.publish("--to", "previous", ok=(2,)).stderr
    site.publish()
    before = served(site)
    site.correct_body("s04")
    site.publish()
    done = site.publish("--to", "previous")
    assert done.stdout.startswith(f"Readers of the folder {www(site)} see the publication 2")
    assert served(site) == before
    site.kill("s03")
    site.publish()
    done = site.publish("--to", "previous", ok=(2,))
    assert "There is no earlier publication here that may be read." in done.stderr
    assert "There is no publication nonsense here. There are: none." in site.publish("--to", "nonsense", ok=(2,)).stderr


@pytest.mark.parametrize("option", ["--dry-run", "--force", "--forget", "--no-build", "--json"])
def test_going_back_goes_with_no_other_option(shared_site: Site, option: str) -> None:
    done = shared_site.publish("--to", "previous", option, ok=(2,))
    assert f"leave {option} away" in done.stderr


def test_verify_the_output(site: Site) -> None:
    count = len(site.public())
    assert f"{count} files of {site.output} compared by bytes: no difference." in site.newsgen("verify").stdout
    assert site.newsgen("verify", "--sample", "3").stdout.startswith("3 files of ")
    (site.output / "index.html").write_text("damaged")
    (site.output / "feed.xml").unlink()
    (site.output / "mine.txt").write_text("mine")
    done = site.newsgen("verify", ok=(1,))
    assert done.stdout.splitlines()[:2] == ["feed.xml: is missing", "index.html: has other bytes"]
    told = json.loads(site.newsgen("verify", "--json", ok=(1,)).stdout)
    assert told["files"] == count
    assert told["differences"][0] == {"path": "feed.xml", "kind": "missing", "wanted": "", "got": ""}


def test_verify_a_target(site: Site) -> None:
    assert f"{MANIFEST}: is missing" in site.newsgen("verify", "live", ok=(1,)).stdout
    site.publish()
    assert "no difference." in site.newsgen("verify", "live").stdout
    current = www(site) / "current"
    (current / "index.html").write_bytes(b"x" + (current / "index.html").read_bytes()[1:])
    (current / "feed.xml").unlink()
    (current / "theirs.txt").write_text("theirs")
    told = json.loads(site.newsgen("verify", "live", "--json", ok=(1,)).stdout)
    found = {(each["path"], each["kind"]) for each in told["differences"]}
    assert found == {("index.html", "differs"), ("feed.xml", "missing"), ("theirs.txt", "foreign")}
    site.publish("--force")
    assert "theirs.txt: is not newsgen's" in site.newsgen("verify", "live", ok=(1,)).stdout


def test_verify_where_nothing_was_built_is_no_success(site: Site) -> None:
    site.publish()
    for name in ("build", ".newsgen"):
        shutil.rmtree(site.root / name)
    for arguments in ([], ["live"], ["--json"]):
        done = site.newsgen("verify", *arguments, ok=(2,))
        assert "Nothing finished has been built here" in done.stderr
        assert done.stdout == ""


def test_verify_tells_a_page_of_another_publication_from_a_file_of_others(site: Site) -> None:
    site.publish()
    site.rename("s03")
    site.build_now()
    done = site.newsgen("verify", "live", ok=(1,))
    assert f"{site.url('s03')[1:]}: is of another publication" in done.stdout
    assert "is not newsgen's" not in done.stdout


def test_verify_a_target_that_lags_behind(site: Site) -> None:
    """A story was killed, and is not published yet: it can be read."""
    site.publish()
    site.kill("s03")
    site.build_now()
    done = site.newsgen("verify", "live", ok=(1,))
    assert f"{site.url('s03')[1:]}: has other bytes" in done.stdout
    site.publish()
    assert "no difference." in site.newsgen("verify", "live").stdout


def test_verify_names_releases_that_hold_a_killed_story(site: Site) -> None:
    site.publish()
    release = os.path.realpath(www(site) / "current")
    copy = www(site) / "releases/20200101T000000Z-00000000"
    os.rename(release, copy)
    os.symlink(copy, release)
    site.kill("s03")
    site.build_now()
    done = site.newsgen("verify", "live", ok=(1,))
    assert f"{copy}: can still be read, though withdrawn: {site.url('s03')[1:]}" in done.stdout


def test_two_computers_publish_the_same(site: Site) -> None:
    """Another folder, time zone and locale: the same manifest, to the byte."""
    other = a_site(site.root.parent / "elsewhere" / "my site", TARGET, stories=9)
    other.env = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "USER": "somebody"}
    for each in (site, other):
        each.publish()
    one, two = ((www(each) / "current" / MANIFEST).read_bytes() for each in (site, other))
    assert one == two
    assert site.root != other.root
