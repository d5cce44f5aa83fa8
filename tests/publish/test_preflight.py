"""What keeps a build from being published: each reason, and that it says numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgen.messages.problems import RULES
from newsgen.model.errors import Problem
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.preflight import Preflight
from newsgen.publish.protocol import NO_LIMITS, Limits
from newsgen.store import Seal, Span
from tests.support.publications import NOW
from tests.support.targets import release

URL = "https://archive.example"
SEAL = Seal(state="finished", clock=NOW, stable=Span(NOW - 10, NOW + 10), story_count=3)
GOOD = Preflight(
    release(
        {"index.html": "x" * 2_000_000, "a.html": "a"},
        "/*\n  X-Frame-Options: DENY\n/a\n  X-B: c\n", "/b /a.html 301\n/c /a.html 301\n",
    ),
    SEAL, Settings("The Archive", URL), TargetSettings("live", "folder", path="x"), (), NO_LIMITS, NOW,
)  # fmt: skip


def refused(preflight: Preflight) -> list[str]:
    for problem in preflight.refusals():
        RULES[problem.rule].format(*problem.values)
    return [problem.rule for problem in preflight.refusals()]


def test_a_good_build() -> None:
    assert refused(GOOD) == []


@pytest.mark.parametrize(
    ("seal", "rule"),
    [
        (Seal(), "publish-unbuilt"),
        (replace(SEAL, state="unfinished"), "publish-unbuilt"),
        (replace(SEAL, drafts=True), "publish-drafts"),
        (replace(SEAL, stable=Span(NOW + 1, NOW + 9)), "publish-clock"),
        (replace(SEAL, stable=Span(NOW - 9, NOW - 1)), "publish-clock"),
        (replace(SEAL, story_count=0), "publish-empty"),
        (replace(SEAL, other_files=("a.txt", "b.txt", "c.txt", "d.txt")), "publish-foreign"),
    ],
)
def test_a_build_that_is_not_to_be_published(seal: Seal, rule: str) -> None:
    assert refused(replace(GOOD, seal=seal)) == [rule]


def test_files_of_others_are_named() -> None:
    (problem,) = replace(GOOD, seal=replace(SEAL, other_files=("a.txt", "b.txt", "c.txt", "d.txt"))).refusals()
    assert problem == Problem("publish-foreign", "build/a.txt", values=("4", "a.txt, b.txt, c.txt"))


@pytest.mark.parametrize(
    ("target", "urls", "is_refused"),
    [
        (TargetSettings("live", "folder", url=URL, path="x"), (), False),
        (TargetSettings("live", "folder", url="https://other.example", path="x"), (), True),
        (TargetSettings("live", "folder", path="x"), ("https://other.example",), True),
        (TargetSettings("live", "folder", path="x"), ("https://other.example", URL), False),
        (TargetSettings("live", "folder", url=URL, path="x"), ("https://other.example",), False),
    ],
)
def test_a_base_url_that_is_not_the_target_s(target: TargetSettings, urls: tuple[str, ...], is_refused: bool) -> None:
    assert refused(replace(GOOD, target=target, urls=urls)) == ["publish-base-url"] * is_refused


@pytest.mark.parametrize(
    ("url", "urls", "is_told"), [("", (), True), (URL, (), False), ("", (URL,), False), (URL, (URL,), False)]
)
def test_a_target_of_which_nothing_tells_the_address(url: str, urls: tuple[str, ...], is_told: bool) -> None:
    told = replace(GOOD, target=TargetSettings("live", "folder", url=url, path="x"), urls=urls).advice()
    expected = Problem("publish-no-url", "publish.live", values=(URL,), severity="advice")
    assert told == (expected,) * is_told


def test_a_build_for_another_host() -> None:
    target = TargetSettings("live", "cloudflare", account="a", project="b")
    assert refused(replace(GOOD, target=target)) == ["publish-host"]
    assert refused(replace(GOOD, target=target, settings=replace(GOOD.settings, host="cloudflare"))) == []


@pytest.mark.parametrize(
    ("limits", "rule", "values"),
    [
        (Limits(files=2), "publish-files", ("3", "2")),  # the manifest is a file too
        (Limits(files=3), "", ()),
        (Limits(file_bytes=1_500_000), "publish-file-size", ("2.0 MB", "1.5 MB")),
        (Limits(file_bytes=2_000_000), "", ()),
        (Limits(site_bytes=1_000_000), "publish-size", ("2.0 MB", "1.0 MB")),
        (Limits(redirects=1), "publish-redirects", ("2", "1")),
        (Limits(redirects=2), "", ()),
        (Limits(header_rules=1), "publish-headers", ("2", "1")),
        (Limits(header_rules=2), "", ()),
        (Limits(rule_length=15), "publish-rule-length", ("X-Frame-Options: DENY", "21", "15")),
        (Limits(rule_length=21), "", ()),
    ],
)
def test_limits_of_a_host(limits: Limits, rule: str, values: tuple[str, ...]) -> None:
    problems = replace(GOOD, limits=limits).refusals()
    assert [(problem.rule, problem.values) for problem in problems] == ([(rule, values)] if rule else [])


def test_every_reason_is_told_at_once() -> None:
    several = replace(GOOD, limits=Limits(files=1, redirects=1), seal=replace(SEAL, drafts=True))
    assert refused(several) == ["publish-drafts", "publish-files", "publish-redirects"]
