"""What keeps an output from being published that is older than its sources: it shows what has been withdrawn since."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.archive import tree
from tests.support.publications import Site, a_site


def kill(site: Site) -> None:
    site.kill("s03")


def kill_as_of_yesterday(site: Site) -> None:
    notice = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    site.newsgen("kill", "s03", "--reason", "The source was false.", "--now", notice)


def put_under_an_embargo_again(site: Site) -> None:
    path = site.story("s03")
    path.write_bytes(path.read_bytes().replace(b"headline: ", b"embargo: hold\nheadline: ", 1))


def delete_the_file(site: Site) -> None:
    site.story("s03").unlink()


def take_a_name_out(site: Site) -> None:
    an_hour = datetime.now().timestamp() - 3600  # the output is of then
    for path in site.output.rglob("*"):
        os.utime(path, (an_hour, an_hour))
    site.newsgen("build", "--jobs", "1")
    site.newsgen("unpublish", "anonymise", "Tom Arkell", "--as", "a reporter", "--reason", "Asked for.")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path / "site", 'kind = "folder"\npath = "../www"', stories=6)


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize(
    "withdraw", [kill, kill_as_of_yesterday, put_under_an_embargo_again, delete_the_file, take_a_name_out]
)
def test_an_output_that_shows_what_was_withdrawn_is_not_published(
    site: Site, withdraw: Callable[[Site], None], is_published: bool
) -> None:
    if is_published:
        site.publish()
    withdraw(site)
    www = site.root.parent / "www"
    before = tree(www) if is_published else {}
    for arguments in ([], ["--force"]):
        done = site.publish("--no-build", *arguments, ok=(2,))
        assert "has been withdrawn since it was built" in done.stderr
        assert (tree(www) if www.exists() else {}) == before
    if withdraw in (put_under_an_embargo_again, delete_the_file):
        site.newsgen("urls", "--remove", site.url("s03"))
    site.publish()
    word = b"Tom Arkell" if withdraw is take_a_name_out else b"counted in report 3"
    assert not [path for path, data in tree(www).items() if word in data]


def test_an_older_output_is_published_where_nothing_was_withdrawn(site: Site) -> None:
    site.kill("s03")
    site.publish()
    site.correct("s02")
    assert "older than what it was made of" in site.publish("--no-build").stderr
