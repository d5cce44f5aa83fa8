"""What `explain` says of a page, with a store and without one; tests/cli shows it as a user reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.commands.explain import Explanation, explain
from newsgen.messages.explanation import explanation_lines
from newsgen.model.errors import SystemFault, UsageError
from tests.support.sites import HOUR, NOW, story
from tests.support.stored import StoredDesk

URL = "/world/2019/05/01/report-1.html"
TOPICS = ("The harbour board", "grain tariffs", "pilot boats", "the ferry strike", "barley prices", "the north quay")


@pytest.fixture
def desk(tmp_path: Path) -> StoredDesk:
    """A site that was built: six stories that have words in common, and one under embargo."""
    files = {
        f"content/world/{n}.md": story(
            f"Report {n}", id=f"s{n}", tags="[grain]", byline="Ines Varga",
            body=f"{TOPICS[n]} and {TOPICS[n - 1]} are what {TOPICS[n - 2]} came to in Kestrel Bay, the minister said.",
        )
        for n in range(len(TOPICS))
    }  # fmt: skip
    files["content/world/soon.md"] = story("Soon", id="soon", embargo="2020-01-02T00:00Z")
    desk = StoredDesk.at(tmp_path, files)
    desk.build_and_close()
    return desk


def test_a_story_by_its_id_its_file_and_its_address(desk: StoredDesk) -> None:
    answer = explain(desk.request(), "s1")
    assert (answer.url, answer.state, answer.id, answer.path) == (URL, "live", "s1", "content/world/1.md")
    assert (answer.template, answer.unit, answer.reason) == ("article.html.j2", "story/s1", "new")
    assert answer.files == ("content/world/1.md",)
    assert {"/", "/world/", "/2019/05/01/", "/tags/grain/", "/people/ines-varga/"} <= {*answer.lists}
    assert answer.related
    for name in ("content/world/1.md", "world/1.md", URL, f"https://archive.example{URL}"):
        assert explain(desk.request(), name) == answer


def test_a_page_that_is_no_story(desk: StoredDesk) -> None:
    answer = explain(desk.request(), "https://archive.example/world/index.html")
    assert (answer.url, answer.template, answer.unit) == ("/world/", "listing.html.j2", "shelf/section/world/")
    with pytest.raises(UsageError) as raised:
        explain(desk.request(), "/nothing/")
    assert raised.value.problems[0].rule == "nothing-to-explain"


def test_a_story_that_is_not_shown(desk: StoredDesk) -> None:
    desk.site.write("content/world/broken.md", b"---\nheadline: [\n---\n")
    desk.site.write("content/world/twin.md", story("Twin", id="s1"))
    held = explain(desk.request(), "soon")
    assert (held.state, held.until) == ("embargoed", NOW + 12 * HOUR)
    broken = "content/world/broken.md"
    assert explain(desk.request(), broken) == Explanation("", "refused", path=broken)
    assert explain(desk.request(), "content/world/twin.md").state == "refused"


def test_an_old_version_has_a_page_and_no_list(desk: StoredDesk) -> None:
    desk.site.write("content/world/update.md", story("UPDATE 1-Report 1", "2019-05-01T12:00", id="u1", updates="s1"))
    answer = explain(desk.request(), "s1")
    assert (answer.url, answer.state, answer.template, answer.lists) == (URL, "superseded", "article.html.j2", ())
    lines = [*explanation_lines(answer, NOW)]
    assert any("an older version" in line for line in lines)
    assert not any("No page shows" in line for line in lines)
    assert explain(desk.request(), "u1").state == "live"


def test_a_brief_on_the_page_that_it_shares(desk: StoredDesk) -> None:
    desk.set(group_briefs=60)
    desk.build_and_close()
    answer = explain(desk.request(), "s1")
    page = "/world/2019/05/01/briefs.html"
    assert (answer.url, answer.state, answer.path) == (f"{page}#report-1", "live", "content/world/1.md")
    assert (answer.template, answer.unit) == ("briefs.html.j2", "briefs/world/2019-05-01")
    assert len(answer.files) == len(TOPICS)
    assert {"/", "/world/", "/2019/05/01/", "/tags/grain/"} <= {*answer.lists}
    assert page not in answer.lists
    assert answer.related
    assert explain(desk.request(), f"https://archive.example{page}#report-1") == answer
    assert explain(desk.request(), page).unit == answer.unit


def test_why_a_story_is_not_related(desk: StoredDesk) -> None:
    for story_id, why in (("soon", "not-live"), ("s1", "itself")):
        answer = explain(desk.request(), "s1", story_id).other
        assert answer is not None
        assert (answer.id, answer.why) == (story_id, why)


def test_without_a_build_it_says_all_but_why_and_makes_no_store(desk: StoredDesk, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    answer = explain(replace(desk.request(), store_path=str(other)), "s1")
    assert answer == replace(explain(desk.request(), "s1"), reason="")
    assert not other.exists()


def test_a_store_whose_stories_are_damaged_counts_as_none(desk: StoredDesk) -> None:
    answer = explain(desk.request(), "s1")
    desk.damage("card")
    assert explain(desk.request(), "s1") == replace(answer, reason="")


def test_a_store_whose_pages_are_damaged_is_an_error(desk: StoredDesk) -> None:
    desk.damage("page")
    with pytest.raises(SystemFault) as raised:
        explain(desk.request(), "s1")
    assert raised.value.problems[0].rule == "record-unreadable"
