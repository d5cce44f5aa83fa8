"""What `check` says of a whole site beyond what a build says."""

from __future__ import annotations

import pytest

from newsgen.commands.check import check, guesses
from newsgen.commands.ingest import ingest
from newsgen.lint.links import LINK_RULES, broken_links, internal_links, page_links
from newsgen.messages.problems import sentence
from newsgen.messages.results import guess_lines
from newsgen.model.errors import Problem
from newsgen.model.settings import Settings, Site
from tests.support.sites import Desk, story

RECORD = '[{date: "2019-05-02T09:00", text: The boat is red.}]'


def test_guesses_of_an_import_are_asked_about_until_somebody_changes_them() -> None:
    desk = Desk({})
    start = "The mill turned, to the joy of all who had waited so long at the gates of the town in the rain"
    ingest(desk.site, [("wire/a.txt", f"{start}. It rained.\n".encode(), "2019-06-05")])
    (path,) = [path for path, *_ in desk.site.scan("content")]

    def guessed() -> list[tuple[str, int, tuple[str, ...]]]:
        found = guesses(desk.job(desk.output))
        assert [line.split(":")[0] for line in guess_lines(found)][:-1] == [path] * len(found)
        return [(problem.rule, problem.line, problem.values) for problem in found]

    assert guessed() == [("headline-guessed", 3, (start, "")), ("date-guessed", 4, ("2019-06-05", ""))]
    written = desk.site.read(path)
    desk.site.write(path, written.replace(b"date: 2019-06-05", b"date: 2019-06-03", 1))
    assert [rule for rule, *_ in guessed()] == ["headline-guessed"]
    first, end = written.index(b"  doubts:"), written.index(b"---\n", 10)
    desk.site.write(path, written[:first] + written[end:])
    assert guessed() == []


def problems(**files: bytes) -> list[Problem]:
    desk = Desk({f"content/{name}.md": data for name, data in files.items()})
    return [problem for problem in check(desk.job(desk.output), None).problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("headline", "label"),
    [
        ("CORRECTED-Boat is red", "Corrected"),
        ("UPDATE 2-CORRECTED-Boat is red", "Corrected"),
        ("CORRECTED - CORRECTION: Boat is red", "Corrected"),
        ("Boat is red (CORRECTED)", "Corrected"),
        ("CLARIFICATION-Boat is red", "Clarification"),
    ],
)
def test_a_headline_tagged_corrected_needs_a_record(headline: str, label: str) -> None:
    quoted = f'"{headline}"'
    (problem,) = problems(a=story(quoted, id="a"), b=story(quoted, id="b", slug="b", corrections=RECORD))
    assert (problem.rule, problem.path, problem.values) == ("correction-missing", "content/a.md", (label,))
    assert sentence(problem).startswith(f"The headline is tagged {label}, but the story lists no corrections.")


@pytest.mark.parametrize(
    "headline", ["Boat is red", "REFILE-Boat is red", "Corrected proofs of a boat", "UPDATE 1-Boat"]
)
def test_other_headlines_need_none(headline: str) -> None:
    assert problems(a=story(f'"{headline}"', id="a")) == []


def test_what_nobody_sees_is_not_checked() -> None:
    assert problems(a=story("CORRECTED-Boat", id="a", status="draft")) == []


def test_what_a_build_says_of_a_file_can_be_switched_off() -> None:
    desk = Desk({"content/world/a.md": story("Fog", id="a", body="")})
    assert [problem.rule for problem in check(desk.job(desk.output), None).problems] == ["no-body", "dateline-missing"]
    assert check(desk.job(desk.output), None, frozenset(["no-body", "dateline-missing"])).problems == ()
    assert [problem.rule for problem in desk.build().problems] == ["no-body"]


def test_a_new_version_repeats_nothing() -> None:
    text = "The ferry came in sideways, said the harbour master, who had seen it done better by a wardrobe. " * 9
    old, new = story("Fog", id="a", body=text), story("Fog", "2019-05-02", id="b", body=text)
    for updates, rules in [(b"", ["duplicate-story"]), (b"updates: a\n", [])]:
        desk = Desk({"content/world/a.md": old, "content/world/b.md": new.replace(b"id: b\n", b"id: b\n" + updates)})
        problems = check(desk.job(desk.output), None, frozenset(["dateline-missing", "version-unlinked"])).problems
        assert [problem.rule for problem in problems] == rules


# --- links -----------------------------------------------------------------------------------------------------------


def link_problems(base_url: str, body: str, group_briefs: int = 0) -> tuple[list[tuple[str, str, int, int]], Desk]:
    files = {
        "content/world/a.md": story("First report", id="a", slug="a", body="The quay was cleared.\n"),
        "content/world/b.md": story("Second report", "2019-05-01", id="b", slug="b", body=body),
    }
    desk = Desk(files, Settings("Archive", base_url, group_briefs=group_briefs))
    found = [problem for problem in check(desk.job(desk.output), None).problems if problem.rule in LINK_RULES]
    return [(problem.rule, problem.values[0], problem.line, problem.column) for problem in found], desk


@pytest.mark.parametrize("base_url", ["https://a.example", "https://a.example/archive"])
def test_links_that_work_in_a_browser_are_not_called_broken(base_url: str) -> None:
    links = [
        "a.html",
        "../01/a.html?x#top",
        "/world/index.html",
        "/world/",
        "#",
        "/feed.xml#x",
        "./a.html",
        f"{base_url}/world/",
    ]
    body = " ".join(f"[link]({link})" for link in [*links, "/w%6Frld/", "../../../", "a.html#:~:text=quay"])
    assert link_problems(base_url, f"{body}\n")[0] == []


@pytest.mark.parametrize("base_url", ["https://a.example", "https://a.example/archive"])
@pytest.mark.parametrize(
    ("link", "rule", "leads_to"),
    [
        ("c.html", "broken-link", "/world/2019/05/01/c.html"),
        ("/world/c.html", "broken-link", "/world/c.html"),
        ("a.html#quay", "broken-fragment", "/world/2019/05/01/a.html"),
        ("/worl%20d/index.html", "broken-link", "/worl d/"),
    ],
)
def test_links_that_lead_nowhere_are_named_where_they_stand(base_url: str, link: str, rule: str, leads_to: str) -> None:
    assert link_problems(base_url, f"Text.\n\nA [link]({link}).\n")[0] == [(rule, leads_to, 11, 10)]


@pytest.mark.parametrize("base_url", ["https://a.example", "https://a.example/archive"])
@pytest.mark.parametrize(
    ("link", "rule", "leads_to"),
    [
        ("c.html", "broken-link", "/world/2019/05/01/c.html"),
        ("/world/c.html", "broken-link", "/world/c.html"),
        ("briefs.html#c", "broken-fragment", "/world/2019/05/01/briefs.html"),
    ],
)
def test_links_of_briefs_are_named_in_their_files(base_url: str, link: str, rule: str, leads_to: str) -> None:
    found, desk = link_problems(base_url, f"A [link]({link}) and [another](briefs.html#a).\n", 60)
    assert found == [(rule, leads_to, 9, 10)]
    problems = [problem for problem in check(desk.job(desk.output), None).problems if problem.rule in LINK_RULES]
    assert [problem.path for problem in problems] == ["content/world/b.md"]


def test_briefs_that_are_the_same_text_are_named() -> None:
    text = "The ferry came in sideways, said the harbour master, who had seen it done better by a wardrobe. " * 4
    desk = Desk({f"content/world/{n}.md": story(f"Fog {n}", "2019-05-01", id=f"f{n}", body=text) for n in range(2)})
    desk.set(group_briefs=100)
    found = [problem.rule for problem in check(desk.job(desk.output), None).problems]
    assert "duplicate-story" in found


def test_links_to_the_root_of_a_site_in_a_folder_are_given_the_folder_in_pages_and_feeds() -> None:
    body = "See the [first](/world/2019/05/01/a.html) and [that](a.html) and [other](https://b.example/x).\n"
    problems, desk = link_problems("https://a.example/archive", body)
    assert problems == []
    desk.build()
    page = desk.output.read("world/2019/05/01/b.html").decode()
    assert '<a href="/archive/world/2019/05/01/a.html">first</a> and <a href="a.html">that</a>' in page
    feed = desk.output.read("feed.xml").decode()
    assert feed.count("&lt;a href=&#34;https://a.example/archive/world/2019/05/01/a.html&#34;") == 2


def test_a_link_of_a_template_that_leaves_the_folder_of_the_site_is_named() -> None:
    site = Site("A", "https://a.example/archive", "/archive", "en", "UTC", "", (), (), (), (), "newsgen")
    pages = [page_links("/world/", "/world/", b'<a href="/archive/world/"><a href="/world/"><a href="/about.html">')]
    links = internal_links(pages, site)
    (problem,) = broken_links(links, pages, str)
    assert (problem.rule, problem.values) == ("link-outside", ("/world/",))
    assert "{{ site.prefix }}" in sentence(problem)


def test_an_address_that_is_none_stops_nothing() -> None:
    assert link_problems("https://a.example", "A [link](http://[x) and [that](//[).\n")[0] == []
