"""A name that is taken out of a site: in whatever form, by an interrupted command, and in files beside the stories."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest

from newsgen.commands.anonymise import AnonymiseResult, anonymise
from newsgen.messages.shown import in_order
from newsgen.storyfile import moment_at
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import NOW, PNG, Desk, story

WHEN = moment_at(NOW, "UTC")
PAGE = "world/2019/05/01/court-hears-case.html"
FIRST = "The first paragraph has many words, so that no summary reaches the second one, which has the name. " * 4


def remove(desk: Desk, name: str = "Mika Brandvold") -> AnonymiseResult:
    return anonymise(desk.job(desk.output), name, "a local man", "Asked.", WHEN)


def shown(data: bytes) -> str:
    """The words of a page, found otherwise than newsgen does."""
    text = unicodedata.normalize("NFKD", unescape(re.sub(r"<[^<>]*>", "", data.decode("utf-8", "replace"))))
    text = "".join(mark for mark in text if unicodedata.category(mark) not in ("Cf", "Mn"))
    return " ".join(re.sub(r"[*_`\\|]", "", text).lower().split())


def showing(desk: Desk, *names: str) -> list[str]:
    """The files of the output, or their paths, that show a name."""
    pages = ((path, shown(path.encode() + b"\n" + data)) for path, data in desk.output.files.items())
    return [path for path, text in pages if any(name in text for name in names)]


@pytest.mark.parametrize("body", [
    "Held *Mika* Brandvold today.", "Held Mika [Brandvold](https://e.example/) today.", "Held Mika\\\nBrandvold today.",
    "Held Mika Brand\u00advold today.", "Mika\u200b Brandvold", "Mika Brandvolds Anwalt kam.", "Mika Brand&shy;vold",
    "| a | b |\n|---|---|\n| Mika | Brandvold |", "> Mika\n> Brandvold", "~~Mika~~ Brandvold", "Mi**ka** Brandvold",
    "[Mika Brandvold](/people/mika-brandvold/)", "Brandvold, Mika", "1. Mika\n   Brandvold", "Mi\uff4ba Brandvold",
])  # fmt: skip
def test_no_page_shows_the_name_however_it_is_written(body: str) -> None:
    files = {
        "content/world/a.md": story("Court hears case", id="a", body=f"{FIRST}\n\n{body}"),
        "content/world/b.md": story("Mika Brandvold is freed", id="b"),
    }
    desk = Desk(files)
    desk.build()
    result = remove(desk)
    lines = [problem for problem in desk.build().problems if problem.severity == "error"]
    assert showing(desk, "mika brandvold", "brandvold, mika") == []
    assert desk.output.files == desk.clean()
    is_doubtful = PAGE not in desk.output.files
    assert is_doubtful == any(problem.rule == "name-by-hand" and problem.line >= 8 for problem in result.problems)
    if is_doubtful:
        assert ("name-shown", f"/{PAGE}", ("content/world/a.md",)) in {(p.rule, p.path, p.values) for p in lines}


@pytest.mark.parametrize("front", [
    {"photos": '[{file: p.png, caption: "Seen: Mika Brand\u00advold", alt: x}]'},
    {"note": '"*Mika* Brandvold agreed."'},
    {"photos": '[{file: p.png, caption: y, alt: "Mika\u00a0Brandvold"}]'}, {"slug": "mika-brandvold-in-court"},
    {"corrections": '[{date: "2019-05-02T09:00", text: "It was Mika  Brandvold."}]'},
    {"extra": "{who: MIKA BRANDVOLD}"},
    {"tags": "[Mika Brandvolds trial]"}, {"dateline": '"MIKA\u2060 BRANDVOLD"'},
])  # fmt: skip
def test_a_name_in_the_front_matter(front: dict[str, str]) -> None:
    desk = Desk({"content/world/a.md": story("Court hears case", id="a", **front), "content/world/p.png": PNG})
    remove(desk)
    desk.build()
    assert showing(desk, "brandvold") == []
    assert desk.output.files == desk.clean()


def test_a_template_that_has_the_name_is_named() -> None:
    desk = Desk({"content/world/a.md": story("Court", id="a"), "templates/about.html.j2": b"By Mika <b>Brandvold</b>"})
    assert ("name-by-hand", "templates/about.html.j2") in {(p.rule, p.path) for p in remove(desk).problems}
    desk.set_template("404.html.j2", "By Mi<b>k</b>a <i>Brandvold</i>")
    found = [problem for problem in in_order(desk.build().problems) if problem.rule == "name-shown"]
    assert [(problem.path, problem.values) for problem in found] == [("/404.html", ("templates/404.html.j2",))]
    assert "404.html" not in desk.output.files
    assert desk.output.files == desk.clean()


def test_a_list_names_the_story_that_it_has_the_name_from() -> None:
    desk = Desk(
        {"content/world/a.md": story("Court", id="a"), "content/world/b.md": story("Mika Brandvolds case", id="b")}
    )
    remove(desk)
    found = {p.path: p.values for p in desk.build().problems if p.rule == "name-shown"}
    assert found["/world/"] == ("content/world/b.md",)


def test_aliases_of_the_register_go_with_the_name() -> None:
    people = b"- name: Mika Brandvold\n  aliases: [Michael Brandvold, Mik]\n"
    desk = Desk(
        {"content/_people.yaml": people, "content/world/a.md": story("Court", id="a", body="Michael Brandvold, Mik.")}
    )
    result = remove(desk, "michael brandvold")
    assert ("name-by-hand", "content/_people.yaml") in {(problem.rule, problem.path) for problem in result.problems}
    assert desk.site.files["content/world/a.md"].endswith(b"\nA local man, Mik.\n")
    log = desk.site.files["content/_requests.tsv"].decode()
    assert [line.split("\t")[2] for line in log.splitlines()] == ["michael brandvold", "Mika Brandvold"]


def test_a_command_that_was_interrupted_is_finished_by_another() -> None:
    name = "mika-brandvold"
    files = {
        f"content/world/{name}-held.md": story(
            "Mika Brandvold held", id=f"{name}-held", photos=f"[{{file: {name}.png, alt: x}}]"
        ),
        f"content/world/{name}.png": PNG,
        "content/world/b.md": story("Court", id="b", body="MIKA BRANDVOLD"),
        "content/_urls.tsv": f"{name}-held\t/world/2019/05/01/{name}-held.html\t2020-01-01\n".encode(),
    }
    assert finishes_when_run_again(files, remove) == 7


def test_settings_that_have_the_name_are_named_and_no_page_is_written() -> None:
    author = b'[project]\nauthors = [{name = "Mika Brandvold"}]\n'
    desk = Desk({"content/world/a.md": story("Court", id="a"), "pyproject.toml": author})
    assert {problem.rule for problem in remove(desk).problems} == {"name-nowhere"}
    assert not desk.build().has_errors
    desk.set(title="The papers of Mika Brandvold")
    assert ("name-by-hand", "pyproject.toml") in {(problem.rule, problem.path) for problem in remove(desk).problems}
    assert {p.values for p in desk.build().problems if p.rule == "name-shown"} == {("pyproject.toml",)}
    assert showing(desk, "mika brandvold") == [".newsgen"]  # which says whose output it is, and has the title
