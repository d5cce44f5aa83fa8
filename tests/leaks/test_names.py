"""Names that are to be anonymous: replaced whole in text, and on no page of a build."""

from __future__ import annotations

import pytest

from newsgen.commands import kill
from newsgen.commands.anonymise import AnonymiseResult
from newsgen.commands.anonymise import anonymise as anonymise_name
from newsgen.leaks.names import ALLOWED, NameRemover
from newsgen.messages.shown import in_order
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, assert_same, story

WHEN = moment_at(NOW, "UTC")


def problems_of(desk: Desk) -> list[str]:
    return [
        f"{problem.rule} {problem.path} {' '.join(problem.values)}".strip()
        for problem in in_order(desk.build().problems)
    ]


def anonymise(desk: Desk, name: str, instead: str = "a man") -> AnonymiseResult:
    return anonymise_name(desk.job(desk.output), name, instead, "Asked.", WHEN)


def test_names_are_replaced_whole() -> None:
    remover = NameRemover(["Ann Lee"], "the girl")
    assert remover.replace("Ann Lee, ann  lee; Ann\nLee's ANN LEE") == "The girl, the girl; the girl's THE GIRL"
    assert remover.replace("headline: Ann Lee\npeople: [Ann Lee]\nIt is. Ann Lee") == (
        "headline: The girl\npeople: [the girl]\nIt is. The girl"
    )
    assert remover.replace("Joann Lee, Ann Leeds, Mary-Ann Lees") == "Joann Lee, Ann Leeds, Mary-Ann Lees"
    assert (
        remover.replace("/x/ann-lee-wins.html ann_lee.jpg joann-lee") == "/x/the-girl-wins.html the-girl.jpg joann-lee"
    )
    assert remover.replace("He met Ann\n\nLee Jones.") == "He met Ann\n\nLee Jones."
    assert ALLOWED.fullmatch("a Lindmouth man, 40") is None
    assert ALLOWED.fullmatch("Mr. X of St. Ives")


@pytest.mark.parametrize("written", ["Conor O'Brien", "Conor O’Brien", "CONOR O'BRIEN", "Conor\nO'Brien"])
def test_a_name_with_an_apostrophe_is_on_no_page_and_in_no_feed(written: str) -> None:
    desk = Desk({"content/world/a.md": story("Court news", id="a")})
    desk.build()
    anonymise(desk, "Conor O'Brien")
    desk.site.write("content/world/l.md", story("Later", id="l", body=f"Yesterday {written} spoke."))
    shown = {line.split()[1] for line in problems_of(desk) if line.startswith("name-shown")}
    lists = {"/", "/2019/", "/2019/05/", "/2019/05/01/", "/world/", "/world/2019/", "/world/2019/05/"}
    feeds = {f"{place}/{feed}" for place in ("", "/world", "/feeds/changes") for feed in ("feed.json", "feed.xml")}
    files = {f"/world/2019/05/01/later.{kind}" for kind in ("html", "json", "txt")}
    assert shown == lists | feeds | files
    assert not [path for path, data in desk.output.files.items() if b"conor" in data.lower()]
    assert_same(desk.output.files, desk.clean())
    anonymise(desk, "Conor O'Brien")
    assert problems_of(desk) == []


def test_a_page_whose_address_has_the_name_is_not_written() -> None:
    desk = Desk(
        {
            "content/world/a.md": story("Ferry", id="a"),
            "content/world/g.md": story("Gleb Stolyarov on trial", id="g", body="Other."),
        }
    )
    desk.build()
    desk.site.write("content/_requests.tsv", b"2020-01-01\tanonymise\tGleb Stolyarov\ta man\tx\n")
    kill.kill(desk.job(desk.output), "g", "Wrong.", "", WHEN)
    assert "name-shown /world/2019/05/01/gleb-stolyarov-on-trial.html content/_urls.tsv" in problems_of(desk)
    assert not [path for path in desk.output.files if "gleb" in path]
    assert_same(desk.output.files, desk.clean())


def test_a_name_does_not_reach_over_the_end_of_a_paragraph() -> None:
    body = "He met Ann\n\nLee Jones came."
    desk = Desk({"content/world/a.md": story("Court", id="a", body=body)})
    assert anonymise(desk, "Ann Lee", "the girl").changed == ()


def test_another_person_whose_name_begins_alike_in_any_script() -> None:
    desk = Desk({"content/world/a.md": story("Новости суда", id="a", body="Иван Петровский выступил в суде.")})
    desk.build()
    assert anonymise(desk, "Иван Петров", "житель").changed == ()
    assert problems_of(desk) == []
    desk.site.write("content/world/b.md", story("Суд", id="b", body="Выступил Иван Петров."))
    assert "name-shown /feed.xml content/world/b.md" in problems_of(desk)
