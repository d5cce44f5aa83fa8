"""What a review found in the proof and in unpublish: each fault as it was shown."""

from __future__ import annotations

import pytest

from newsgen.commands import kill, unpublish, urls
from newsgen.messages.problems import in_order
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, PNG, Desk, story

WHEN = moment_at(NOW, "UTC")
TEXT = "The harbour board has decided to sell the old pilot house on the north quay."


def said(desk: Desk) -> list[str]:
    return [f"{one.rule} {one.path} {' '.join(one.values)}".strip() for one in in_order(desk.build().problems)]


def same(desk: Desk) -> None:
    assert desk.output.files == desk.clean()


def anonymise(desk: Desk, name: str, instead: str = "a man") -> unpublish.AnonymiseResult:
    return unpublish.anonymise(desk.job(desk.output), name, instead, "Asked.", WHEN)


@pytest.mark.parametrize("written", ["Conor O'Brien", "Conor O’Brien", "CONOR O'BRIEN", "Conor\nO'Brien"])
def test_a_name_with_an_apostrophe_is_on_no_page_and_in_no_feed(written: str) -> None:
    desk = Desk({"content/world/a.md": story("Court news", id="a")})
    desk.build()
    anonymise(desk, "Conor O'Brien")
    desk.site.write("content/world/l.md", story("Later", id="l", body=f"Yesterday {written} spoke."))
    assert [line for line in said(desk) if line.startswith("name-shown")] == [
        "name-shown /feed.xml", "name-shown /world/2019/05/01/later.html", "name-shown /world/feed.xml",
    ]  # fmt: skip
    assert not [path for path, data in desk.output.files.items() if b"conor" in data.lower()]
    same(desk)
    anonymise(desk, "Conor O'Brien")
    assert said(desk) == []


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
    assert "name-shown /world/2019/05/01/gleb-stolyarov-on-trial.html" in said(desk)
    assert not [path for path in desk.output.files if "gleb" in path]
    same(desk)


def test_pictures_that_would_get_one_name_stay_and_so_do_their_stories() -> None:
    files = {
        "content/world/a.md": story("One", id="a", photos="[{file: gleb_stolyarov.png, alt: one}]"),
        "content/world/b.md": story("Two", id="b", photos="[{file: gleb-stolyarov.png, alt: two}]"),
        "content/world/gleb_stolyarov.png": PNG,
        "content/world/gleb-stolyarov.png": PNG + b"2",
    }
    desk = Desk(dict(files))
    done = anonymise(desk, "Gleb Stolyarov")
    assert sorted((one.rule, one.path) for one in done.problems) == [
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
    assert [line for line in said(desk) if not line.startswith("no-id")] == []
    assert b"/world/2019/05/01/court.html" in desk.output.files["world/2019/05/01/two.html"]


def test_a_name_does_not_reach_over_the_end_of_a_paragraph() -> None:
    body = "He met Ann\n\nLee Jones came."
    desk = Desk({"content/world/a.md": story("Court", id="a", body=body)})
    assert anonymise(desk, "Ann Lee", "the girl").changed == ()


def test_another_person_whose_name_begins_alike_in_any_script() -> None:
    desk = Desk({"content/world/a.md": story("Новости суда", id="a", body="Иван Петровский выступил в суде.")})
    desk.build()
    assert anonymise(desk, "Иван Петров", "житель").changed == ()
    assert said(desk) == []
    desk.site.write("content/world/b.md", story("Суд", id="b", body="Выступил Иван Петров."))
    assert "name-shown /feed.xml" in said(desk)


@pytest.mark.parametrize(
    "live",
    [
        TEXT.replace("decided to", "decided\nto"), TEXT.replace("decided to", "decided  to"),
        TEXT.replace("decided to", "decided\u00a0to"), TEXT.replace("harbour", "&#104;arbour"),
        "> " + TEXT.replace("decided to", "decided\n> to"), TEXT.replace("decided to", "decided \n  to"),
    ],
)  # fmt: skip
def test_the_next_version_of_a_live_story_may_be_wrapped_otherwise(live: str) -> None:
    desk = Desk(
        {
            "content/world/a.md": story("Ferry sails on time", id="a", body=live),
            "content/world/w.md": story("UPDATE 1-Ferry sails on time", id="w", status="draft", body=TEXT),
        }
    )
    assert said(desk) == []


@pytest.mark.parametrize(
    "headline", ["Weather: 26 February 1987", "World, May 2019", "All stories of 26 February", "26 February 1987"]
)
def test_dates_and_titles_that_newsgen_prints_are_no_secret(headline: str) -> None:
    desk = Desk({"content/world/a.md": story("Ferry sails on time", date="1987-02-26T10:00", id="a")})
    desk.build()
    desk.site.write("content/world/w.md", story(f'"{headline}"', id="w", status="draft"))
    assert said(desk) == []
    same(desk)
    assert said(Desk(dict(desk.site.files))) == []


def test_a_reason_may_quote_the_headline() -> None:
    headline = "Harbour board to sell the old pilot house"
    desk = Desk(
        {"content/world/a.md": story("Ferry", id="a"), "content/world/p.md": story(headline, id="p", body=TEXT)}
    )
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    kill.kill(desk.job(desk.output), "p", f'The story headlined "{headline}" was sent in error.', "", WHEN)
    assert said(desk) == []
    holding = sorted(path for path, data in desk.output.files.items() if headline.encode() in data)
    assert len(holding) == 4  # the tombstone, its copy for the 410, the list and the feed of what was withdrawn
    assert not [path for path, data in desk.output.files.items() if b"north quay" in data]
    same(desk)


def test_a_live_story_may_show_the_same_picture_from_another_folder() -> None:
    desk = Desk(
        {
            "content/world/a.md": story("Ferry", id="a", photos="[{file: a.png, alt: x}]"),
            "content/world/a.png": PNG,
            "content/sport/a.png": PNG,
            "content/sport/w.md": story("Other", id="w", status="draft", photos="[{file: a.png, alt: x}]"),
        }
    )
    assert said(desk) == []
    assert PNG in desk.output.files.values()
