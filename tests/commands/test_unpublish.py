"""Requests to unpublish: names taken out of everything, stories that are harder to find, notes, deletion, the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.commands import kill, unpublish, urls
from newsgen.commands.anonymise import AnonymiseResult
from newsgen.commands.anonymise import anonymise as anonymise_name
from newsgen.commands.scaffold import NewSite, new_site
from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.request import BuildRequest
from newsgen.messages.shown import in_order, show
from newsgen.model.errors import UsageError
from newsgen.model.story import Moment
from newsgen.source.requests import Request, is_ignored, read
from newsgen.storyfile import moment_at
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import NOW, PNG, Desk, story

WHEN = moment_at(NOW, "UTC")
TRIAL = "content/world/gleb-stolyarov-on-trial.md"


def a_desk() -> Desk:
    return Desk(
        {
            TRIAL: story(
                "Gleb Stolyarov on trial", body="The man, Gleb\nStolyarov, said nothing. GLEB STOLYAROV is 40.",
                people="[Gleb Stolyarov]", tags="[Gleb Stolyarov trial]",
                photos="[{file: gleb_stolyarov.png, caption: Gleb Stolyarov in court, alt: A man}]",
            ),
            "content/world/gleb_stolyarov.png": PNG,
            "content/world/next.md": story(
                "Trial ends", id="next", related="[world/gleb-stolyarov-on-trial]",
                body="As [told](/world/2019/05/01/gleb-stolyarov-on-trial.html). Gleb Stolyarovich was not there.",
            ),
        }
    )  # fmt: skip


def holding(desk: Desk, word: str) -> list[str]:
    """The output files that have a word, in name or bytes, in any case."""
    files = desk.output.files.items()
    return [path for path, data in files if word.encode() in path.lower().encode() + b" " + data.lower()]


def errors(desk: Desk) -> list[str]:
    return [show(problem) for problem in in_order(desk.build().problems) if problem.severity == "error"]


def anonymise(desk: Desk, name: str = "Gleb Stolyarov", instead: str = "a Lindmouth man") -> AnonymiseResult:
    return anonymise_name(desk.job(desk.output), name, instead, "Acquitted.", WHEN)


def test_a_name_goes_out_of_everything() -> None:
    desk = a_desk()
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    assert len(holding(desk, "gleb-stolyarov")) > 3
    result = anonymise(desk)
    assert result.problems == ()
    assert "content/world/a-lindmouth-man-on-trial.md" in result.changed
    assert errors(desk) == []
    for word in (
        "gleb stolyarov,",
        "gleb stolyarov ",
        "gleb\nstolyarov",
        "gleb-stolyarov",
        "gleb_stolyarov",
        "stolyarov<",
    ):
        assert holding(desk, word) == [], word
    assert holding(desk, "gleb stolyarovich")  # who is another
    page = desk.output.files["world/2019/05/01/a-lindmouth-man-on-trial.html"].decode()
    assert "A LINDMOUTH MAN is 40." in page
    assert 'src="/media/' in page
    assert desk.output.files == desk.clean()
    other = desk.output.files["world/2019/05/01/trial-ends.html"].decode()
    assert other.count("/world/2019/05/01/a-lindmouth-man-on-trial.html") >= 2  # its link, and what it pins
    assert b"gleb" not in desk.site.files["content/_urls.tsv"].lower()


def test_a_name_that_comes_again_is_on_no_page() -> None:
    desk = a_desk()
    desk.build()
    anonymise(desk)
    assert errors(desk) == []
    path = "content/world/later.md"
    desk.site.write(path, story("Court news", id="later", body="Gleb Stolyarov was seen."))
    lines = errors(desk)
    assert lines
    assert all("newsgen unpublish anonymise again" in line and "Stolyarov" not in line for line in lines)
    assert holding(desk, "gleb stolyarov ") == []
    assert desk.output.files == desk.clean()
    assert anonymise(desk).changed == (path,)
    assert errors(desk) == []
    assert desk.output.files == desk.clean()


def test_a_name_in_the_log_by_hand_takes_away_the_pages_that_stand() -> None:
    desk = a_desk()
    desk.build()
    desk.site.write("content/_requests.tsv", b"2020-01-01\tanonymise\tGleb Stolyarov\ta man\tAsked.\n")
    assert errors(desk)
    assert holding(desk, "gleb stolyarov ") == []
    assert desk.output.files == desk.clean()
    desk.site.remove("content/_requests.tsv")
    assert errors(desk) == []
    assert desk.output.files == desk.clean()


def test_a_surname_that_stands_alone_is_named() -> None:
    """Copy has the surname alone after the first mention. It may be another's, so it is not changed."""
    desk = a_desk()
    desk.site.write("content/world/next.md", story("Trial ends", id="next", body="Stolyarov is another."))
    body = "Gleb Stolyarov spoke.\n\nSTOLYAROV, 40, and the stolyarov bird."
    desk.site.write("content/world/later.md", story("Court news", id="later", body=body))
    result = anonymise(desk)
    assert [(problem.rule, problem.path, problem.line) for problem in result.problems] == [
        ("name-alone", "content/world/later.md", 10)
    ]
    assert "Stolyarov" in show(result.problems[0])
    assert b"STOLYAROV, 40" in desk.site.files["content/world/later.md"]


def test_a_name_that_no_story_has_is_noted_and_doubted() -> None:
    desk = a_desk()
    result = anonymise(desk, "Gleb Stoliarov")
    assert result.changed == ()
    assert [(problem.rule, problem.severity) for problem in result.problems] == [("name-nowhere", "warning")]
    assert "Gleb Stoliarov" in show(result.problems[0])
    assert b"Gleb Stoliarov" in desk.site.files["content/_requests.tsv"]


def test_what_cannot_be_changed_is_named() -> None:
    desk = a_desk()
    desk.site.write("content/_people.yaml", b"- name: Gleb Stolyarov\n")
    desk.site.write("content/world/a-lindmouth-man-on-trial.md", story("Other", id="other"))
    result = anonymise(desk)
    assert [(problem.rule, problem.path) for problem in result.problems] == [
        ("path-exists", TRIAL),
        ("name-by-hand", "content/_people.yaml"),
    ]


@pytest.mark.parametrize(("name", "instead", "rule"), [
    ("Stolyarov", "a man", "name-short"),
    ("Gleb Stolyarov", "a: man", "name-instead"),
    ("Gleb Stolyarov", "[a man]", "name-instead"),
    ("Gleb Stolyarov", "", "name-instead"),
    ("Gleb Stolyarov", "Gleb Stolyarov junior", "name-instead"),
    ("- 7", "a man", "name-short"),
])  # fmt: skip
def test_what_is_refused(name: str, instead: str, rule: str) -> None:
    desk = a_desk()
    files = dict(desk.site.files)
    with pytest.raises(UsageError) as raised:
        anonymise_name(desk.job(desk.output), name, instead, "Asked.", WHEN)
    assert raised.value.problems[0].rule == rule
    assert (instead if rule == "name-instead" else name) in show(raised.value.problems[0])
    with pytest.raises(UsageError):
        unpublish.delist(desk.job(desk.output), "next", " ", WHEN)
    assert desk.site.files == files


def test_a_story_that_is_delisted_has_its_page_and_no_more() -> None:
    desk = a_desk()
    desk.build()
    assert unpublish.delist(desk.job(desk.output), "next", "Asked.", WHEN).path == "content/world/next.md"
    assert errors(desk) == []
    url = "/world/2019/05/01/trial-ends.html"
    assert b'content="noindex"' in desk.output.files[url[1:]]
    assert not [path for path, data in desk.output.files.items() if path.endswith(".xml") and url.encode() in data]
    assert desk.output.files == desk.clean()


def test_a_note_stands_under_the_story_behind_others() -> None:
    desk = a_desk()
    desk.site.write("content/world/next.md", story("Trial ends", id="next", note='"One."'))
    unpublish.add_note(desk.job(desk.output), "next", "He was acquitted.", "Asked.", WHEN)
    assert errors(desk) == []
    page = desk.output.files["world/2019/05/01/trial-ends.html"].decode()
    assert 0 < page.index("One.") < page.index("He was acquitted.")


def test_a_story_is_deleted_without_a_trace() -> None:
    desk = a_desk()
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    unpublish.delete(desk.job(desk.output), TRIAL, "A court order.", WHEN)
    desk.site.write("content/world/next.md", story("Trial ends", id="next"))
    assert errors(desk) == []
    assert holding(desk, "stolyarov") == []
    assert desk.output.files == desk.clean()


def test_the_log_is_kept_and_never_published() -> None:
    desk = a_desk()
    unpublish.delist(desk.job(desk.output), "next", "Asked\tby Quillfeather.", WHEN)
    unpublish.add_note(desk.job(desk.output), "next", "A note.", "Asked.", WHEN)
    log = read(desk.site.files["content/_requests.tsv"])
    assert log.rows == (
        Request(WHEN.iso, "delist", "next", "", "Asked by Quillfeather."),
        Request(WHEN.iso, "note", "next", "A note.", "Asked."),
    )
    assert log.problems == ()
    assert errors(desk) == []
    assert holding(desk, "quillfeather") == []


def test_a_line_that_is_none_is_an_error_with_its_place() -> None:
    desk = a_desk()
    desk.site.write("content/_requests.tsv", b"2020-01-01\tforget\tme\t\t\n")
    assert errors(desk)[0].startswith("content/_requests.tsv:1:1: ")
    assert errors(desk)[0].startswith("content/_requests.tsv:1:1: ")  # and where nothing changed
    with pytest.raises(UsageError):
        unpublish.delist(desk.job(desk.output), "next", "Asked.", WHEN)


def test_pictures_that_would_get_one_name_stay_and_so_do_their_stories() -> None:
    files = {
        "content/world/a.md": story("One", id="a", photos="[{file: gleb_stolyarov.png, alt: one}]"),
        "content/world/b.md": story("Two", id="b", photos="[{file: gleb-stolyarov.png, alt: two}]"),
        "content/world/gleb_stolyarov.png": PNG,
        "content/world/gleb-stolyarov.png": PNG + b"2",
    }
    desk = Desk(dict(files))
    result = anonymise(desk)
    assert sorted((problem.rule, problem.path) for problem in result.problems) == [
        ("name-by-hand", "content/world/a.md"), ("name-by-hand", "content/world/b.md"),
        ("path-exists", "content/world/gleb-stolyarov.png"), ("path-exists", "content/world/gleb_stolyarov.png"),
    ]  # fmt: skip
    assert {path: data for path, data in desk.site.files.items() if path in files} == files
    assert b"Gleb Stolyarov" in desk.site.files["content/_requests.tsv"]


def test_a_blank_in_a_file_name_and_in_an_id() -> None:
    desk = Desk(
        {
            "content/world/Ann Lee.md": story("Court", photos="[{file: Ann Lee.png, alt: x}]"),
            "content/world/Ann Lee.png": PNG,
            "content/world/b.md": story("Two", id="b", related="[world/Ann Lee]"),
        }
    )
    assert anonymise(desk, "Ann Lee", "the girl").problems == ()
    assert {"content/world/the girl.md", "content/world/the girl.png"} <= desk.site.files.keys()
    assert {problem.rule for problem in desk.build().problems} <= {"no-id"}
    assert b"/world/2019/05/01/court.html" in desk.output.files["world/2019/05/01/two.html"]


@pytest.mark.parametrize("answer", [unpublish.delist, unpublish.delete])
def test_a_request_that_was_interrupted_is_finished_by_another(
    answer: Callable[[BuildRequest, str, str, Moment], unpublish.Answer],
) -> None:
    files = a_desk().site.files | {"content/_urls.tsv": b"next\t/world/2019/05/01/trial-ends.html\t2020-01-01\n"}
    assert finishes_when_run_again(files, lambda desk: answer(desk.job(desk.output), "next", "Asked.", WHEN)) >= 2


def test_a_note_that_was_interrupted_is_written_once() -> None:
    def note(desk: Desk) -> unpublish.Answer:
        return unpublish.add_note(desk.job(desk.output), "next", "He was acquitted.", "Asked.", WHEN)

    assert finishes_when_run_again(a_desk().site.files, note) == 2


def test_a_story_that_was_deleted_before() -> None:
    desk = a_desk()
    unpublish.delete(desk.job(desk.output), "next", "Asked.", WHEN)
    with pytest.raises(UsageError) as raised:
        unpublish.delete(desk.job(desk.output), "next", "Asked.", WHEN)
    assert [problem.rule for problem in raised.value.problems] == ["deleted-already"]


@pytest.mark.parametrize(("files", "is_said"), [
    ({}, False),  # nothing says that it is in Git
    ({".gitignore": b"/build/\n"}, True),
    ({".git": b"gitdir: elsewhere"}, True),
    ({".gitignore": b"/build/\n/content/_requests.tsv\n"}, False),
    ({".gitignore": b"", "content/.gitignore": b"*.tsv"}, False),
])  # fmt: skip
def test_a_log_that_git_would_keep_is_said_once(files: dict[str, bytes], *, is_said: bool) -> None:
    desk = Desk(a_desk().site.files | files)
    problems = unpublish.delist(desk.job(desk.output), "next", "Asked.", WHEN).problems
    assert [problem.rule for problem in problems] == ["log-not-ignored"] * is_said
    assert unpublish.delist(desk.job(desk.output), "next", "Asked again.", WHEN).problems == ()


def test_a_new_site_keeps_the_log_out_of_git() -> None:
    site = MemoryDisk()
    new_site(site, NewSite("Archive", WHEN, "b7c1"))
    assert is_ignored(site.files[".gitignore"])


@pytest.mark.parametrize("mode", [0o600, 0o444, 0o640])
def test_files_keep_their_modes_and_the_log_is_private(mode: int, tmp_path: Path) -> None:
    for path, data in a_desk().site.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
        (tmp_path / path).chmod(mode)
    (tmp_path / "content/_urls.tsv").write_bytes(b"next\t/world/gleb-stolyarov.html\t2020-01-01\n")
    (tmp_path / "content/_urls.tsv").chmod(mode)
    desk = Desk()
    job = replace(desk.job(desk.output), site=FolderDisk(tmp_path, "site"))
    anonymise_name(job, "Gleb Stolyarov", "a man", "Acquitted.", WHEN)
    kill.kill(job, "next", "Wrong.", "", WHEN)
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.*")}
    names = ("a-man-on-trial.md", "a-man.png", "next.md")
    assert [modes[f"content/world/{name}"] for name in names] == [mode] * 3
    assert modes["content/_urls.tsv"] == mode
    assert modes["content/_requests.tsv"] == 0o600
    (tmp_path / "content/_requests.tsv").chmod(0o664)  # of an earlier version, or copied
    unpublish.delist(job, "content/world/a-man-on-trial.md", "Asked.", WHEN)
    assert (tmp_path / "content/_requests.tsv").stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("answer", [unpublish.delist, unpublish.delete])
def test_a_file_whose_id_is_another_storys_cannot_be_changed(
    answer: Callable[[BuildRequest, str, str, Moment], unpublish.Answer],
) -> None:
    desk = Desk({"content/a.md": story("One", id="same"), "content/b.md": story("Two", id="same")})
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    before = dict(desk.site.files)
    with pytest.raises(UsageError) as raised:
        answer(desk.job(desk.output), "content/b.md", "Asked.", WHEN)
    assert [(problem.rule, problem.path) for problem in raised.value.problems] == [("id-of-another", "content/b.md")]
    assert desk.site.files == before
    assert answer(desk.job(desk.output), "same", "Asked.", WHEN).path == "content/a.md"
