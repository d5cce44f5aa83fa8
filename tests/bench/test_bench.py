"""The benchmark itself: its stories, its sums, its newsgen sites. Needs no other generator, and times nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

import pytest

from newsgen import storyfile
from newsgen.model.settings import Settings
from tests.bench import corpus, figures, sites, table
from tests.bench.corpus import Corpus, story_text
from tests.bench.errors import BenchError
from tests.bench.measure import Files, Used, count_files, run
from tests.bench.rounds import Run, environment, rounds
from tests.bench.stories import Stories, choose, edited, middle

SETTINGS = Settings("Wire archive", "https://wire.example")
INVENTED = Stories("invented", None)
ARCHIVE = Corpus()


def parsed_headline(path: str, text: str) -> str:
    """The headline of a story file that has no problem at all."""
    story, problems = storyfile.read_story(path, text.encode(), SETTINGS, None)
    assert problems == ()
    assert story is not None
    return story.headline_raw


def test_invented_stories_are_the_same_every_time() -> None:
    again = Corpus()
    assert [ARCHIVE.story(n) for n in range(50)] == [again.story(n) for n in reversed(range(50))][::-1]
    known = ARCHIVE.story(0)
    assert (known.section, known.slug) == ("fuel", "bor-in-prokiskith-leacal-gim-0")


def test_each_is_a_story_without_a_problem_and_an_edit_leaves_it_one() -> None:
    for number in range(400):
        story = ARCHIVE.story(number)
        path = f"content/{story.section}/{story.date:%Y/%m}/{story.slug}.md"
        text = story_text(story, "headline")
        assert parsed_headline(path, text) == story.headline
        assert parsed_headline(path, edited(text, "headline", "Edited1")) == f"{story.headline} Edited1"
        assert parsed_headline(path, edited(text, "body", "Edited1")) == story.headline
        assert edited(text, "body", "Edited1").endswith("\n\nEdited1 once more.\n")
        others = story_text(story, "title")
        assert others == text.replace("headline:", "title:", 1).replace(f"id: {story.slug}\n", "", 1)


def test_they_are_like_wire_copy() -> None:
    stories = [ARCHIVE.story(number) for number in range(3000)]
    assert 500 < median(len("\n\n".join(story.body)) for story in stories) < 800
    assert len({story.slug for story in stories}) == len(stories)
    assert sorted(stories, key=lambda story: story.date) == stories
    assert 31 < (stories[-1].date - stories[0].date).days < 35  # 21,578 in 240
    sections = [story.section for story in stories]
    assert len(set(sections)) == 8
    assert 6 * sections.count("fuel") < sections.count("companies")
    tags = [tag for story in stories for tag in story.tags]
    assert max(len(story.tags) for story in stories) == 6
    counts = sorted((tags.count(tag) for tag in set(tags)), reverse=True)
    assert 200 < len(counts) <= 445
    assert counts[0] > 20 * counts[40]


def test_the_invented_stories_are_taken_when_asked_for(tmp_path: Path) -> None:
    assert choose("own", tmp_path).sgml is None
    corpus.write(tmp_path / "content", 20, "title")
    assert len(list((tmp_path / "content").rglob("*.md"))) == 20
    assert middle(tmp_path / "content") == sorted((tmp_path / "content").rglob("*.md"))[10]


def test_a_story_without_a_headline_in_quotes_is_not_edited() -> None:
    with pytest.raises(BenchError):
        edited("---\nheadline: Plain\n---\n", "headline", "Edited1")


# --- sums -----------------------------------------------------------------------------------------------------------


def a_run(site: str, mode: str, turn: int, wall: float, cpu: float, peak: float | None = 100.0) -> Run:
    return Run("here", 2000, site, mode, turn, Used(wall, cpu, peak), Files(10, 5_000_000, turn))


RUNS = [
    a_run("newsgen lean", "cold", 0, 1.0, 2.0),
    a_run("hugo", "cold", 0, 4.0, 4.0, 400.0),
    a_run("newsgen lean", "cold", 1, 3.0, 3.0),
    a_run("hugo", "cold", 1, 2.0, 12.0, 800.0),
    a_run("newsgen lean", "cold", 2, 2.0, 2.5, None),
    a_run("hugo", "cold", 2, 4.0, 5.0, 900.0),
    a_run("newsgen lean", "unchanged", 0, 0.05, 0.04, None),
]


def test_medians_and_ranges() -> None:
    assert figures.spread([3.0, 1.0, 2.0]) == figures.Spread(2.0, 1.0, 3.0)
    ours, theirs, unchanged = figures.rows(RUNS)
    assert (ours.site, ours.mode, ours.cpu_s.median) == ("newsgen lean", "cold", 2.5)
    assert ours.wall_s == figures.Spread(2, 1, 3)
    assert (ours.peak_mib, theirs.peak_mib, unchanged.peak_mib) == (100.0, 800.0, None)
    assert (ours.files, ours.size, ours.written) == (10, 5_000_000, 2)


def test_ratios_are_those_of_each_pair() -> None:
    (ratio,) = figures.ratios(RUNS)
    assert (ratio.site, ratio.peer, ratio.mode) == ("newsgen lean", "hugo", "cold")
    assert ratio.wall == figures.Spread(0.5, 0.25, 1.5)
    assert ratio.cpu == figures.Spread(0.5, 0.25, 0.5)
    assert ratio.peak == 0.125


def test_the_table() -> None:
    text = table.markdown({"date": "today"}, RUNS)
    assert "- date: today" in text
    assert "## 2,000 stories, here" in text
    assert "| cold | newsgen lean | 2.00 [1.00-3.00] | 2.50 [2.00-3.00] | 100 | 2 |" in text
    assert "| nothing changed | newsgen lean | 0.050 | 0.040 | - | 0 |" in text
    assert "| cold | newsgen lean / hugo | 0.50 [0.25-1.50] | 0.50 [0.25-0.50] | 0.12 |" in text
    assert "| hugo | 10 | 5.0 |" in text
    line = "| newsgen lean | cold | 2,000 | 2.00 [1.00-3.00] | 2.50 [2.00-3.00] | 1250 | 100 | 10 | 5 | 2 |"
    assert line in table.scale_markdown({}, RUNS)


# --- builds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sites.NEWSGEN)
def test_the_newsgen_sites_build_in_every_mode(name: str, tmp_path: Path) -> None:
    site = sites.make(sites.kind(name, tmp_path), tmp_path / "site", INVENTED, 30, tmp_path)
    modes = ("cold", "body", "headline")
    cold, body, headline = rounds([site], modes, 1, where="here", stories=30, folder=tmp_path, is_disk=False)
    assert cold.files.written == cold.files.count > 30
    assert 0 < body.files.written <= headline.files.written < cold.files.count
    assert site.story.read_text() == site.original
    page = site.page().read_text()
    for hook in ("data-story=", 'data-field="headline"', 'data-field="body"', 'data-list="next-in-section"'):
        assert hook in page
    assert "Edited0body once more." in page
    assert ("application/ld+json" in page) == (name == "full")
    assert ('property="og:' in page) == (name == "full")


def test_the_lean_site_has_the_pages_of_the_others(tmp_path: Path) -> None:
    site = sites.make(sites.kind("lean", tmp_path), tmp_path / "site", INVENTED, 30, tmp_path)
    run(site.kind.command, site.root, environment(), tmp_path / "log")
    stories = [
        path.relative_to(site.root / "content").with_suffix("") for path in (site.root / "content").rglob("*.md")
    ]
    assert len(stories) == 30
    wanted = [f"{story}/index.html" for story in stories]
    wanted += [f"{stories[0].parts[0]}/{name}" for name in ("index.html", "feed.xml")]
    wanted += ["index.html", "tags/index.html", "sitemap.xml"]
    assert [name for name in wanted if not (site.output / name).is_file()] == []
    page = (site.output / wanted[0]).read_text()
    assert f'<link rel="canonical" href="https://wire.example/{stories[0].as_posix()}/">' in page
    others = [story for story in stories if story.parts[0] == stories[0].parts[0]]
    assert page.count("<li><time") == min(5, len(others) - 1)


def test_a_build_that_fails_ends_the_benchmark(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import sys; print('out of ink'); sys.exit(3)")
    with pytest.raises(BenchError, match=r"exit code 3(.|\n)*out of ink"):
        run(command, tmp_path, environment(), tmp_path / "log")


def test_memory_and_time_of_the_whole_tree_are_counted(tmp_path: Path) -> None:
    child = "x = b'x' * 60_000_000; y = sum(range(2_000_000)); import time; time.sleep(0.3)"
    command = (sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
    used = run(command, tmp_path, environment(), tmp_path / "log")
    assert used.wall_s > 0.3
    assert used.cpu_s > 0
    assert used.peak_mib is None or used.peak_mib > 57


def test_files_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_bytes(b"12345")
    (tmp_path / "c").write_bytes(b"1")
    assert count_files(tmp_path) == Files(2, 6, 2)
    assert count_files(tmp_path, (tmp_path / "c").stat().st_ctime_ns + 10**9) == Files(2, 6, 0)
