"""Storylines that an editor names: their pages and feeds, what stands beside their stories, and what is held."""

from __future__ import annotations

import re

import pytest

from newsgen.commands.anonymise import anonymise
from newsgen.commands.check import check
from newsgen.messages.shown import show
from newsgen.storyfile import moment_at
from tests.plan.test_beside import beside, page_of
from tests.support.sites import NOW, Desk, assert_same, story, world

NOTES = "content/_storylines.yaml"
RECOUNT = b"""
- name: The Aldmoor recount
  text: How a tie for one seat of the harbour board became three counts.
  stories: [s1]
  tags: [Recount]
  slugline: ALDMOOR-BOARD
"""


def a_desk() -> Desk:
    desk = world(
        s1=story("Tie for a seat", "2019-05-01", id="s1"),
        s2=story("Second count", "2019-06-02", id="s2", tags="[recount]"),
        s3=story("Third count", "2019-07-03", id="s3", slugline="Aldmoor-Board/Count"),
        s4=story("Ferry late", "2019-07-04", id="s4", slugline="FERRY-ALDMOOR-BOARD"),
    )
    desk.site.write(NOTES, RECOUNT)
    return desk


def listed(html: str) -> list[str]:
    return re.findall(r'<li data-story="([^"]+)"', html)


def test_a_storyline_has_a_page_that_is_read_from_its_beginning_and_a_feed() -> None:
    desk = a_desk()
    desk.build()
    html = desk.output.files["storylines/the-aldmoor-recount/index.html"].decode()
    assert listed(html) == ["s1", "s2", "s3"]
    assert "<h1>The Aldmoor recount</h1>" in html
    assert "How a tie for one seat of the harbour board became three counts." in html
    feed = desk.output.files["storylines/the-aldmoor-recount/feed.xml"].decode()
    assert re.findall("<title>(.*)</title>", feed)[1:] == ["Third count", "Second count", "Tie for a seat"]
    assert "The Aldmoor recount" in desk.output.files["storylines/index.html"].decode()
    assert "/storylines/the-aldmoor-recount/" in "".join(
        data.decode() for path, data in desk.output.files.items() if path.startswith("sitemap")
    )


def test_a_story_leads_to_its_storyline_and_to_what_came_before_and_after() -> None:
    desk = a_desk()
    desk.build()
    assert beside(desk, "s2")["What happened next"] == ["s3"]
    assert beside(desk, "s2")["Earlier"] == ["s1"]
    assert '<a href="/storylines/the-aldmoor-recount/">The Aldmoor recount</a>' in page_of(desk, "s2")
    assert "/storylines/the-aldmoor-recount/" not in page_of(desk, "s4")


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.site.write(NOTES, RECOUNT.replace(b"[s1]", b"[s4]")),
        lambda desk: desk.site.write(NOTES, RECOUNT.replace(b"three", b"two")),
        lambda desk: desk.site.remove(NOTES),
        lambda desk: desk.site.write(NOTES, b"- name: Another\n  tags: [recount]\n"),
        lambda desk: desk.site.write("content/world/s2.md", story("Second count", "2019-06-02", id="s2")),
        lambda desk: desk.site.write("content/world/s2.md", story("Recount", "2018-06-02", id="s2", tags="[recount]")),
        lambda desk: desk.site.write("content/world/s5.md", story("Late", "2019-06-20", id="s5", tags="[recount]")),
        lambda desk: desk.site.write("content/world/s5.md", story("Fourth", id="s5", updates="s3")),
        lambda desk: desk.site.remove("content/world/s1.md"),
    ],
)
def test_a_change_gives_what_a_clean_build_gives(change: object) -> None:
    desk = a_desk()
    desk.build()
    change(desk)  # type: ignore[operator]
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_a_story_of_a_storyline_that_is_held_never_shows() -> None:
    desk = a_desk()
    without = dict(desk.clean())
    desk.site.write(
        "content/world/secret.md",
        story("Verdict of the harbour court", "2019-06-20", id="secret", tags="[recount]", embargo="hold"),
    )
    desk.site.write(NOTES, RECOUNT.replace(b"[s1]", b"[s1, secret]"))
    desk.build()
    assert_same(desk.output.files, without)
    desk.site.write("content/world/secret.md", story("Verdict of the harbour court", "2019-06-20", id="secret"))
    desk.build()
    assert beside(desk, "s2")["What happened next"] == ["secret", "s3"]
    desk.site.write(
        "content/world/secret.md", story("Verdict of the harbour court", "2019-06-20", id="secret", status="withheld")
    )
    desk.build()
    assert_same(desk.output.files, without)


def test_a_storyline_whose_stories_are_all_held_has_no_page() -> None:
    desk = world(s1=story("Tie", id="s1", embargo="hold"), s2=story("Other", id="s2"))
    desk.site.write(NOTES, b"- name: Secret matter\n  stories: [s1]\n")
    desk.build()
    assert not any("storylines" in path or b"Secret matter" in data for path, data in desk.output.files.items())


def test_what_is_wrong_in_the_file_is_said_with_its_line() -> None:
    desk = a_desk()
    desk.site.write(
        NOTES, b"- name: A\n  stories: [s1]\n- name: a\n  stories: [s2]\n  tag: [x]\n- text: b\n- name: C\n"
    )
    messages = desk.build_messages()
    assert [message.splitlines()[0] for message in messages] == [
        "content/_storylines.yaml:5:3: newsgen does not know the key entry[2].tag. Did you mean entry[2].tags?",
        "content/_storylines.yaml:6:3: entry[3].name is missing. Add it, or delete the entry.",
        "content/_storylines.yaml:3:3: The name a is in two entries, A and a. Keep it in one of them.",
        "content/_storylines.yaml:7:3: Nothing says which stories are part of the storyline C. "
        "Give it stories, tags or slugline.",
    ]


def test_check_names_stories_that_are_not_there() -> None:
    desk = a_desk()
    desk.site.write(NOTES, RECOUNT.replace(b"[s1]", b"[s1, s9]"))
    problems = check(desk.job(desk.output), None).problems
    found = [show(problem) for problem in problems if problem.rule == "storyline-unknown"]
    assert found == [
        "content/_storylines.yaml:2: advice: The storyline The Aldmoor recount names s9, and no live story has "
        "that id. Correct the id, or delete it."
    ]


def test_a_name_that_is_to_be_anonymous_is_not_shown_by_a_storyline() -> None:
    desk = a_desk()
    desk.build()
    anonymise(desk.job(desk.output), "Orla Finnegan", "a councillor", "Asked.", moment_at(NOW, "UTC"))
    desk.site.write(NOTES, RECOUNT.replace(b"one seat", b"the seat of Orla Finnegan"))
    problems = desk.build().problems
    assert {(problem.rule, problem.values) for problem in problems if problem.severity == "error"} == {
        ("name-shown", (NOTES,))
    }
    assert not any(b"Finnegan" in data for data in desk.output.files.values())
