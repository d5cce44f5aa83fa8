"""The plan, what is tidied up, and going back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newsgen.model.errors import Problem, UsageError
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import Publication
from newsgen.publish.release import Release
from newsgen.publish.remembered import Remembered, mark
from newsgen.publish.run import make_plan, perform, put_back, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.publications import surroundings
from tests.support.targets import InPlaceInMemory, TargetInMemory, WholeSetInMemory, release

AROUND = surroundings(".")
FILES = {f"{number:02}.html": f"text {number}" for number in range(20)}
WITHDRAWN = (Withdrawn("03.html", 1_000),)
NOW = release(FILES | {"03.html": "tombstone"})


def a_target(what: Release) -> WholeSetInMemory:
    target = WholeSetInMemory()
    perform(target, make_plan(target, what, AROUND, is_forced=False), AROUND, NO_PROGRESS)
    return target


def earlier(key: str, at: int = 500, text: str = "text 3", **more: Any) -> Publication:
    files = release(FILES | {"03.html": text, "key.html": key}).manifest.files
    return Publication(key, f"place of {key}", Manifest(files), at, **more)


@pytest.mark.parametrize(
    ("before", "is_fit"),
    [
        (Remembered(), True),
        (Remembered(paths=frozenset({mark("03.html")})), False),  # other bytes stand there now
        (Remembered(paths=frozenset({mark("05.html")})), True),  # the same bytes
        (Remembered(paths=frozenset({mark("98.html")})), True),  # it never had that
        (Remembered(names=frozenset({"a name"})), False),
        (Remembered(paths=frozenset({mark("")}), killed=frozenset({"k"})), False),  # a folder, here the whole site
    ],
)
@pytest.mark.parametrize("knows", [False, True])
def test_what_the_target_says_was_withdrawn_is_not_put_back(before: Remembered, is_fit: bool, knows: bool) -> None:
    """Whatever is known here; but a publication that was made since knew of it."""
    what = replace(NOW, remembered=before)
    target = a_target(what)
    then = earlier("then", remembers=lambda: before if knows else Remembered())
    target.earlier = [then]
    if is_fit or knows:
        assert put_back(target, what.manifest, (), "", AROUND) == then
    else:
        with pytest.raises(UsageError):
            put_back(target, what.manifest, (), "then", AROUND)
    assert ("put back then" in target.steps) == (is_fit or knows)


@pytest.mark.parametrize(("vanishing", "is_many"), [(0, False), (2, False), (3, True), (19, True)])
def test_more_than_a_tenth_vanishes(vanishing: int, is_many: bool) -> None:
    target = a_target(release(FILES))
    left = dict([*FILES.items()][vanishing:])
    assert make_plan(target, release(left), AROUND, is_forced=False).loses_many == is_many


def test_a_first_publication_loses_nothing() -> None:
    plan = make_plan(WholeSetInMemory(), NOW, AROUND, is_forced=False)
    assert not plan.loses_many
    assert not plan.is_nothing
    assert len(plan.difference.appears) == 20


def test_redirects_are_those_that_lead_on() -> None:
    rules = "/old.html /01.html 301\n/killed.html /withdrawn/x.html 410\n"
    plan = make_plan(WholeSetInMemory(), release(FILES, redirects=rules), AROUND, is_forced=False)
    assert plan.redirects == ("/old.html",)


@pytest.mark.parametrize("may_forget", [False, True])
@pytest.mark.parametrize("is_own", [False, True])
def test_what_holds_a_withdrawn_story_is_named_or_deleted(may_forget: bool, is_own: bool) -> None:
    """On one's own disk always, at a host with --forget."""
    target = a_target(NOW)
    target.is_own = is_own
    target.told = (Problem("publish-readable", "x", severity="advice"),)
    target.earlier = [
        earlier("late", 2_000_000),
        earlier("early"),
        earlier("fixed", can_forget=False),
        earlier("good", text="tombstone"),
    ]
    target.earlier.append(Publication("unknown", "place of unknown", None))
    published = tidy(target, NOW, WITHDRAWN, AROUND, may_forget=may_forget)
    left = [leftover.publication.key for leftover in published.leftovers]
    if may_forget or is_own:
        assert left == ["fixed"]
        assert target.forgotten == ["early", "unknown"]
        assert [each.key for each in published.forgotten] == ["early", "unknown"]
    else:
        assert left == ["early", "fixed", "unknown"]
        assert target.forgotten == []
    assert published.notes == target.told


def test_nothing_is_forgotten_where_nothing_was_withdrawn() -> None:
    target = a_target(NOW)
    target.earlier = [earlier("early"), Publication("unknown", "x", None)]
    published = tidy(target, NOW, (), AROUND, may_forget=True)
    assert published.forgotten == ()
    assert published.leftovers == ()


def back(target: TargetInMemory, key: str = "") -> str:
    assert isinstance(target, WholeSetInMemory | InPlaceInMemory)
    return put_back(target, NOW.manifest, WITHDRAWN, key, AROUND).key


def test_back_to_the_last_that_may_be_read() -> None:
    target = a_target(NOW)
    holds, cannot = earlier("holds"), earlier("cannot", text="tombstone", can_put_back=False)
    same = replace(earlier("same"), manifest=target.manifest)
    unknown = Publication("unknown", "x", None)
    target.earlier = [
        holds,
        cannot,
        same,
        unknown,
        earlier("good", text="tombstone"),
        earlier("older", text="tombstone"),
    ]
    assert back(target) == "good"
    assert target.steps[-1] == "put back good"


def test_back_to_one_by_its_name() -> None:
    target = a_target(NOW)
    target.earlier = [earlier("newer", text="tombstone"), earlier("older", text="tombstone")]
    assert back(target, "older") == "older"


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("", "publish-no-previous"),
        ("holds", "publish-holds-withdrawn"),
        ("nowhere", "publish-no-such"),
        ("now", "publish-no-such"),
    ],
)
def test_no_way_back(key: str, rule: str) -> None:
    target = a_target(NOW)
    target.earlier = [earlier("holds")]
    steps = [*target.steps]
    with pytest.raises(UsageError) as error:
        back(target, key)
    assert error.value.problems[0].rule == rule
    assert target.steps == steps
