"""A computer that knows nothing of a kill brings no killed story back: the target knows."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.model.errors import SystemFault
from newsgen.model.files import digest
from newsgen.publish.protocol import Transient
from newsgen.publish.release import Release
from newsgen.publish.remembered import NOTHING, Remembered
from newsgen.publish.run import Plan, make_plan, perform
from newsgen.publish.send import NO_PROGRESS
from tests.support.archive import tree
from tests.support.publications import Site, a_site, surroundings
from tests.support.targets import InPlaceInMemory, TargetInMemory, WholeSetInMemory, release

AROUND = surroundings(".")
KILLED = frozenset({digest(b"s03")})
SHOWN = {"/world/a.html": "s02", "/world/b.html": "s03"}


@pytest.fixture(params=["netlify", "github"])
def here(tmp_path: Path, request: pytest.FixtureRequest) -> Site:
    """A published site, for a host with answers of 410 and for one without."""
    site = a_site(
        tmp_path / "here", 'kind = "folder"\npath = "../www"', stories=6, more=f'host = "{request.param}"\nid = "a1"'
    )
    site.publish()
    return site


@pytest.fixture
def there(here: Site) -> Site:
    """Another computer's copy of its files, from before the kill."""
    return copy_of(here, "there")


def copy_of(site: Site, name: str, *without: str) -> Site:
    """A copy of the files of a site beside it, without what newsgen makes."""
    root = site.root.parent / name
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns("build", ".newsgen", *without))
    return Site(root)


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_copy_of_before_the_kill_is_refused(here: Site, there: Site, is_renamed: bool) -> None:
    if is_renamed:
        there.rename("s03")
    here.kill("s03")
    here.publish()
    www = here.root.parent / "www"
    before = tree(www)
    for arguments in ([], ["--force"], ["--yes"]):
        done = there.publish(*arguments, ok=(2,))
        assert "was killed, the target says" in done.stderr
        assert tree(www) == before
    shutil.rmtree(there.root / "content")
    shutil.copytree(here.root / "content", there.root / "content")
    there.correct("s02")
    there.publish()
    assert not [path for path, data in tree(www).items() if b"counted in report 3" in data]


def of_kills(killed: frozenset[str]) -> Release:
    made = release({"index.html": f"{len(killed)} killed", "world/b.html": "text"})
    return replace(made, shown={} if killed else SHOWN, remembered=Remembered(killed=killed))


def plan_of(target: TargetInMemory, made: Release, *, is_forced: bool = False) -> Plan:
    return make_plan(target, made, AROUND, is_forced=is_forced)  # type: ignore[arg-type]


@pytest.mark.parametrize("target", [WholeSetInMemory(), InPlaceInMemory()])
def test_a_target_remembers_a_kill_for_ever(target: TargetInMemory) -> None:
    assert plan_of(target, of_kills(frozenset())).brought_back(NOTHING, is_forced=False) == ()
    perform(target, plan_of(target, of_kills(KILLED)), AROUND, NO_PROGRESS)  # type: ignore[arg-type]
    for is_forced in (False, True):
        plan = plan_of(target, of_kills(frozenset()), is_forced=is_forced)
        assert plan.brought_back(NOTHING, is_forced=is_forced) == (("publish-killed", "/world/b.html"),)
        assert plan.release.remembered.killed == KILLED  # a publication that shows the story no more keeps it, too
    assert plan_of(target, of_kills(KILLED)).is_nothing


def test_a_publication_that_is_interrupted_knows_too() -> None:
    target = InPlaceInMemory()
    target.faults = {number: Transient("gone") for number in range(2, 60)}
    with pytest.raises(SystemFault):
        perform(target, plan_of(target, of_kills(KILLED)), AROUND, NO_PROGRESS)
    target.faults = {}
    plan = plan_of(target, of_kills(frozenset()))
    assert plan.brought_back(NOTHING, is_forced=False) == (("publish-killed", "/world/b.html"),)


# --- what a request took off, and a computer that knows nothing of that ---


def delete(site: Site) -> None:
    site.newsgen("unpublish", "delete", "s03", "--reason", "Asked by the family.")


def delete_by_hand(site: Site) -> None:
    site.story("s03").unlink()
    site.newsgen("urls", "--remove", site.url("s03"))


def delist(site: Site) -> None:
    site.newsgen("unpublish", "delist", "s03", "--reason", "Asked by the family.")


def anonymise(site: Site) -> None:
    site.newsgen("unpublish", "anonymise", "Tom Arkell", "--as", "a reporter", "--reason", "Asked for.")


WAYS: dict[Callable[[Site], None], str] = {
    delete: "was deleted",
    delete_by_hand: "was deleted",
    delist: "search engines",
    anonymise: "made anonymous",
}


@pytest.mark.parametrize("withdraw", WAYS, ids=lambda way: way.__name__)
def test_a_copy_of_before_a_request_is_refused(here: Site, there: Site, withdraw: Callable[[Site], None]) -> None:
    """With the story corrected there too; and also after a publication by somebody who has no log of requests."""
    withdraw(here)
    here.publish()
    www = here.root.parent / "www"
    before = tree(www)
    there.correct("s03")
    for arguments in ([], ["--yes"]):
        done = there.publish(*arguments, ok=(2,))
        assert WAYS[withdraw] in done.stderr, done.stderr
        assert "--force" in done.stderr
        assert tree(www) == before
    assert there.publish("--to", "previous", ok=(2,)).stderr
    assert tree(www) == before
    fresh = copy_of(here, "fresh", "_requests.tsv")  # as Git has it
    fresh.correct("s05")
    fresh.publish()
    assert WAYS[withdraw] in there.publish(ok=(2,)).stderr
    there.publish("--force", "--yes")
    if withdraw is not delist:
        return
    there.correct("s03")
    there.publish()  # what was shown again on purpose is remembered no longer


def test_a_deleted_story_that_is_put_back_by_who_knows_needs_no_option(here: Site) -> None:
    """Its address was given up in the ledger: that is how it is known."""
    path = here.story("s03")
    data = path.read_bytes()
    delete(here)
    here.publish()
    path.write_bytes(data)
    here.publish()
    assert any(b"counted in report 3" in data for data in here.public().values())


def test_digests_only(here: Site) -> None:
    anonymise(here)
    delist(here)
    here.publish()
    manifest = (here.root.parent / "www/current/.well-known/newsgen-manifest.json").read_text()
    assert "Arkell" not in manifest
    told = json.loads(manifest)["withdrawn"]
    assert [*told] == ["delisted", "names", "paths"]
    assert all(re.fullmatch("[0-9a-f]+", digest) for digests in told.values() for digest in digests)
