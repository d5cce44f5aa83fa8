"""A computer that knows nothing of a kill brings no killed story back: the target knows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsgen.model.errors import SystemFault
from newsgen.model.files import digest
from newsgen.publish.protocol import Transient
from newsgen.publish.release import Release
from newsgen.publish.run import make_plan, perform
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
    root = here.root.parent / "there"
    shutil.copytree(here.root, root, ignore=shutil.ignore_patterns("build", ".newsgen"))
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
    return Release(made.files, made.output, killed=killed)


@pytest.mark.parametrize("target", [WholeSetInMemory(), InPlaceInMemory()])
def test_a_target_remembers_until_a_publication_knows(target: TargetInMemory) -> None:
    def plan(killed: frozenset[str], *, is_forced: bool = False):  # type: ignore[no-untyped-def]
        return make_plan(target, of_kills(killed), AROUND, is_forced=is_forced)  # type: ignore[arg-type]

    assert plan(frozenset()).brought_back(SHOWN) == ()
    perform(target, plan(KILLED), AROUND, NO_PROGRESS)  # type: ignore[arg-type]
    for is_forced in (False, True):
        assert plan(frozenset(), is_forced=is_forced).brought_back(SHOWN) == ("/world/b.html",)
    assert plan(KILLED).is_nothing


def test_a_publication_that_is_interrupted_knows_too() -> None:
    target = InPlaceInMemory()
    target.faults = {number: Transient("gone") for number in range(2, 60)}
    with pytest.raises(SystemFault):
        perform(target, make_plan(target, of_kills(KILLED), AROUND, is_forced=False), AROUND, NO_PROGRESS)
    target.faults = {}
    plan = make_plan(target, of_kills(frozenset()), AROUND, is_forced=False)
    assert plan.brought_back(SHOWN) == ("/world/b.html",)
