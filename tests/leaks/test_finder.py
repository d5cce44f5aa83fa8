"""The proof that no held story is given away: sabotage by templates, planners, planted files; and what is no secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.commands import kill, urls
from newsgen.engine import decide
from newsgen.index.index import Index
from newsgen.leaks import phrases
from newsgen.lifecycle import resolve
from newsgen.messages.problems import in_order, show
from newsgen.model.card import Card
from newsgen.plan import Scope, registry, static
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, PNG, Desk, story

HEADLINE = "Harbour board to sell the old pilot house"
BODY = "The harbour board has decided to sell the old pilot house on the north quay.\n\nA vote is due in the spring."
HELD = "content/world/pilot.md"
STATES = {
    "draft": {"status": "draft"},
    "withheld": {"status": "withheld"},
    "killed": {"status": "killed"},
    "embargoed": {"embargo": "2020-01-01T13:00:00Z"},
    "expired": {"expires": "2020-01-01T11:00:00Z"},
}


def a_desk(**held: str) -> Desk:
    files = {
        "content/world/a.md": story("Ferry sails on time", id="a", body="A ferry sailed."),
        HELD: story(HEADLINE, id="pilot", body=BODY, **held),
    }
    return Desk(files)


def said(desk: Desk) -> list[str]:
    problems = in_order(desk.build().problems)
    return [f"{problem.rule} {problem.path} {' '.join(problem.values)}" for problem in problems]


def texts(desk: Desk) -> str:
    return "\n".join(data.decode("latin-1") for data in desk.output.files.values())


def same(desk: Desk) -> None:
    assert desk.output.files == desk.clean()


# --- phrases --------------------------------------------------------------------------------------------------------


def test_every_phrase_of_a_live_story_stands_in_the_site(sample_site: Path) -> None:
    """Else a phrase could not be found where it leaked. What is held has some, and none of them stands there."""
    pages = b"\n".join(path.read_bytes() for path in sample_site.rglob("*.html"))
    content = Path(__file__).parents[2] / "content"
    held = live = 0
    for path in content.rglob("*.md"):
        data = path.read_bytes()
        told = phrases.phrases_of(data)
        found = [phrase.encode() in pages for phrase in (*told.headline, *told.text)]
        head = data.partition(b"\n---")[0]
        if any(mark in head for mark in (b"\nstatus: ", b"\nembargo: ", b"\nexpires: ")):
            held += not any(found)
        else:
            live += all(found)
            assert sum(found) >= len(found) - 2, path  # the alt of a photo whose right has expired
            assert found, path
    assert held >= 5
    assert live >= 60


def test_phrases_are_broken_where_a_page_may_print_something_else() -> None:
    told = phrases.phrases_of(
        story(
            '"UPDATE 2-Grain talks at the mill resume"',
            body="""Short.

Millers & bakers met "for the first time in years", said *two* of
the seven people who were there.""",
        )
    )
    assert told.headline == ("Grain talks at the mill resume",)
    assert told.text == ("for the first time in years", "the seven people who were there")


def test_phrases_of_a_script_without_blanks() -> None:
    told = phrases.phrases_of(
        story("漁港に新しい灯台が完成、来月公開", body="港の新しい灯台が完成し、来月から一般に公開される。")
    )
    assert told.headline
    assert told.text


# --- sabotage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", STATES)
def test_a_headline_typed_into_a_template_takes_the_page_away(kind: str) -> None:
    desk = a_desk(**STATES[kind])
    desk.build()
    assert "index.html" in desk.output.files
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    assert f"held-shown / {HELD}" in said(desk)
    assert HEADLINE not in texts(desk)
    assert "index.html" not in desk.output.files
    same(desk)
    assert f"held-shown / {HELD}" in said(desk)


def test_the_template_was_there_before_the_story_was_held() -> None:
    desk = a_desk()
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    assert said(desk) == []
    assert "index.html" in desk.output.files
    desk.site.write(HELD, story(HEADLINE, id="pilot", body=BODY, status="withheld"))
    assert f"held-shown / {HELD}" in said(desk)
    assert HEADLINE not in texts(desk)
    same(desk)
    desk.site.write(HELD, story(HEADLINE, id="pilot", body=BODY))
    assert said(desk) == []
    same(desk)


def test_an_asset_of_the_site_may_not_hold_it_either() -> None:
    desk = a_desk(status="draft")
    desk.theme = type(desk.theme)(
        desk.theme.templates, (*desk.theme.assets, ("soon.js", f"say('{HEADLINE}')".encode()))
    )
    assert any(line.startswith("held-shown /assets/soon") for line in said(desk))
    assert HEADLINE not in texts(desk)


def test_a_planner_that_shows_what_is_held_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk(status="withheld")

    def everybody(card: Card, clock: int, *, drafts: bool = False) -> Card:
        return card

    monkeypatch.setattr(resolve, "public_card", everybody)
    problems = desk.build().problems
    assert {"/", "/feed.xml", "/world/2019/05/01/harbour-board-to-sell-the-old-pilot-house.html"} <= {
        problem.path for problem in problems if (problem.rule, problem.values) == ("held-shown", (HELD,))
    }
    assert HEADLINE not in texts(desk)
    assert BODY not in texts(desk)


def test_pages_that_an_engine_forgot_are_found_when_a_story_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    desk.build()
    assert texts(desk).count(HEADLINE) > 5
    desk.site.write(HELD, story(HEADLINE, id="pilot", body=BODY, status="withheld"))
    monkeypatch.setattr(decide, "_affected", lambda snapshot, store: set())
    desk.build()
    assert HEADLINE not in texts(desk)


def test_a_picture_of_a_held_story_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk(status="withheld", photos="[{file: pilot.png, alt: A house}]")
    desk.site.write("content/world/pilot.png", PNG)
    desk.site.write("content/world/b.md", story("Two", id="b", photos="[{file: other.png, alt: A boat}]"))
    desk.site.write("content/world/other.png", PNG + b"other")
    assert said(desk) == []
    assert sum(PNG in data for data in desk.output.files.values()) == 1

    def everywhere(path: str, scope: Scope) -> tuple[str, ...]:
        return (scope.pictures[path][0].url,)

    monkeypatch.setattr(static, "_picture_addresses", everywhere)
    monkeypatch.setitem(registry.KINDS, "picture", replace(static.PICTURE_KIND, addresses=everywhere))
    monkeypatch.setattr(
        Index, "facet_names", lambda self, kind: ["content/world/pilot.png"] if kind == "picture" else []
    )
    problems = desk.build(is_clean=True).problems
    assert [(p.rule, p.values) for p in problems] == [("held-shown", (HELD,))]
    assert not [data for data in desk.output.files.values() if data == PNG]


@pytest.mark.parametrize("planted", [HEADLINE.encode(), b"\0\1" + BODY.encode(), PNG])
def test_a_leak_planted_in_the_output_is_caught_at_every_build_until_it_is_gone(planted: bytes) -> None:
    desk = a_desk(embargo="hold", photos="[{file: pilot.png, alt: A house}]")
    desk.site.write("content/world/pilot.png", PNG)
    desk.build()
    desk.output.write("note.txt", b"harmless")
    assert said(desk) == []
    desk.output.write("note.txt", planted)
    for _time in range(2):
        assert said(desk) == [f"held-in-file build/note.txt {HELD}"]
    desk.output.write("note.txt", b"harmless again")
    assert said(desk) == []


def test_a_leak_planted_in_a_page_is_written_over() -> None:
    desk = a_desk(status="draft")
    desk.build()
    desk.output.write("index.html", desk.output.files["index.html"] + HEADLINE.encode())
    assert said(desk) == []
    same(desk)


def test_check_finds_what_a_build_would(tmp_path: Path) -> None:
    from newsgen.commands.check import check

    desk = a_desk(status="draft")
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    problems = check(desk.job(desk.output), None).problems
    assert ("held-shown", "/", (HELD,)) in [(p.rule, p.path, p.values) for p in problems]


# --- what is no secret ----------------------------------------------------------------------------------------------


def test_words_that_a_live_story_has_are_no_secret() -> None:
    """A draft of the next version, under the same headline and with the same paragraphs."""
    desk = a_desk()
    desk.site.write("content/world/next.md", story(HEADLINE, id="next", body=f"{BODY}\n\nMore.", status="draft"))
    assert said(desk) == []
    assert texts(desk).count(HEADLINE) > 5
    same(desk)
    desk.site.write("content/world/a.md", story("Ferry sails on time", id="a", body="A ferry sailed late."))  # one edit
    assert said(desk) == []
    same(desk)


def test_words_of_the_theme_the_settings_and_the_registers_are_no_secret() -> None:
    desk = a_desk()
    desk.site.write("content/_people.yaml", b"- name: Ines Varga\n  bio: She reports on the harbour and its boats.\n")
    desk.set(title="The Harbour and Quay Archive")
    for number, headline in enumerate(
        (
            "The Harbour and Quay Archive",
            "Skip to the content",
            "She reports on the harbour and its boats",
            "1 May 2019",
        )
    ):
        desk.site.write(f"content/world/{number}.md", story(headline, id=f"n{number}", status="draft"))
    desk.site.write("content/world/b.md", story("By her", id="b", byline="Ines Varga"))
    assert said(desk) == []


def test_an_expired_story_may_be_told_of_where_it_was() -> None:
    desk = a_desk(expires="2020-01-01T13:00:00Z")
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    desk.clock = NOW + 3600
    assert said(desk) == []
    assert HEADLINE in texts(desk)
    assert "north quay" not in texts(desk)
    same(desk)


def test_a_killed_story_may_be_told_of_by_address_and_reason() -> None:
    desk = a_desk()
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    kill.kill(desk.job(desk.output), "pilot", "No such sale was decided.", "", moment_at(NOW, "UTC"))
    assert said(desk) == []
    assert "No such sale was decided." in texts(desk)
    assert HEADLINE not in texts(desk)
    same(desk)


def test_the_sentences_name_the_file_and_not_its_words() -> None:
    desk = a_desk(status="draft")
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    lines = [show(problem) for problem in desk.build().problems]
    assert lines
    assert all(HELD in line and "pilot house" not in line for line in lines)
