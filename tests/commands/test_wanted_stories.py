"""The files that decide what notices mean: found in one pass, and enough to know the state of each story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.commands.archive import read_archive, read_some
from newsgen.commands.import_report import Notice
from newsgen.commands.kill_notices import apply_notices
from newsgen.commands.wanted_stories import find_wanted
from newsgen.disk import MemoryDisk
from newsgen.source.listing import classify, scan_content
from newsgen.storyfile import moment_at
from newsgen.wire import kill_notice
from tests.support.sites import NOW, Desk, story

WORDS = "harbour mill ferry orchard tram quarry lantern meadow".split()


def a_notice(number: int, headline: str) -> Notice:
    title, body = f"KILL: {headline}", f'Please kill the story headlined "{headline}". A kill is mandatory.'
    parsed = kill_notice.parse(title, body)
    assert parsed is not None
    return Notice(f"kill-{number}.txt", f"{title}. {body}", "2019-05-02", parsed)


def an_archive(count: int) -> dict[str, bytes]:
    files = {}
    for number in range(count):
        words = [WORDS[number % 8], f"w{number}a", f"w{number}b", f"w{number}c", f"w{number}d"]
        files[f"content/world/s{number:04d}.md"] = story(" ".join(words), id=f"s{number}", slug=f"s{number}")
    return files


class _CountingDisk(MemoryDisk):
    """A disk that counts how often files are read."""

    reads = 0

    def read(self, path: str) -> bytes:
        self.reads += 1
        return super().read(path)


def reads_with(notices: int) -> int:
    """How many files are read for so many notices in an archive of 200 stories, each of which kills one."""
    desk = Desk(an_archive(200))
    disk = _CountingDisk()
    disk.__dict__.update(desk.site.__dict__)
    desk.site = disk
    wanted = [a_notice(number, f"{WORDS[number % 8]} w{number}a w{number}b w{number}c w{number}d")
              for number in range(notices)]  # fmt: skip
    results = apply_notices(desk.job(desk.output), wanted, lambda _notice, _cards: "", moment_at(NOW, "UTC"))
    assert [result.state for result in results] == ["killed"] * notices
    return disk.reads


def test_each_notice_reads_the_few_files_that_it_may_mean_and_no_others() -> None:
    """The archive was read anew, whole, for any notice: 1.5 ms a story. Now each file is looked into once."""
    few, many = reads_with(3), reads_with(30)
    assert 200 <= few <= 200 + 3 * 3
    assert many - few <= 27 * 3


def test_a_story_with_nothing_in_common_is_not_wanted() -> None:
    site = MemoryDisk(an_archive(20))
    found = find_wanted(site, sorted(site.files), [a_notice(0, "ferry w2a w2b w2c w2d")], Desk().settings)
    assert found.near == [["content/world/s0002.md"]]
    assert found.files == {"content/world/s0002.md"}


@pytest.mark.parametrize(
    ("permalink", "other", "is_wanted"),
    [
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "a", "slug": "x"}, True),  # the id of the one meant
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "b", "slug": "mill"}, True),  # its address
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "b", "slug": "x", "updates": "a"}, True),
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "old", "slug": "x"}, True),  # the version before
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "b", "slug": "x", "updates": "old"}, True),
        ("/{section}/{year}/{month}/{day}/{slug}.html", {"id": "A", "slug": "x"}, False),
        ("/{section}/{id}.html", {"id": "A", "slug": "x"}, True),
        ("/{section}/{id}.html", {"id": "b", "slug": "mill"}, False),
    ],
)
def test_stories_on_which_the_state_of_another_depends_are_wanted(
    permalink: str, other: dict[str, str], is_wanted: bool
) -> None:
    desk = Desk()
    desk.set(permalink=permalink)
    site = MemoryDisk(
        {
            "content/world/mill.md": story("Mill closes its doors today", id="a", slug="mill", updates="old"),
            "content/world/other.md": story("Ferry sails", **other),
        }
    )
    found = find_wanted(site, sorted(site.files), [a_notice(0, "Mill closes its doors today")], desk.settings)
    assert ("content/world/other.md" in found.files) == is_wanted


IDS = st.sampled_from("abcdefgh")
STATUSES = st.sampled_from(["live", "live", "live", "draft", "killed"])
STORIES = st.tuples(IDS, st.sampled_from(["mill", "ferry", "tram", "quay"]), st.sampled_from(" abcd"), STATUSES)


@settings(max_examples=60)
@given(st.lists(STORIES, min_size=1, max_size=9))
def test_a_story_is_among_the_wanted_what_it_is_among_all(stories: list[tuple[str, str, str, str]]) -> None:
    """Twice the same id or address, versions, kills: whatever the others are, its state is the same."""
    files = {}
    for number, (story_id, slug, updates, status) in enumerate(stories):
        more = {"updates": updates} if updates.strip() else {}
        kill = {"kill": "\n  date: 2019-06-01T10:00\n  reason: Wrong."} if status == "killed" else {}
        headline = "Mill closes its doors today" if not number else f"Ferry sails {number}"
        files[f"content/world/{number}.md"] = story(headline, id=story_id, slug=slug, status=status, **more, **kill)
    desk = Desk(files)
    request, listing = desk.job(desk.output), classify(scan_content(desk.site))
    found = find_wanted(desk.site, sorted(files), [a_notice(0, "Mill closes its doors today")], desk.settings)
    with read_some(request, listing, found.files) as some, read_archive(request) as archive:
        assert some.stories == {path: archive.stories[path] for path in found.files}
        owners = archive.owners()
        assert some.owners() == {story_id: card for story_id, card in owners.items() if card.path in found.files}
