"""No held story is given away, not even by templates, planners or planted files; and what is no secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.commands import kill, urls
from newsgen.engine import decide
from newsgen.index.index import Index
from newsgen.lifecycle import resolve
from newsgen.messages.shown import in_order, show
from newsgen.model.card import Card
from newsgen.plan import Scope, pictures, registry
from newsgen.plan.picture_files import PictureFiles
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, PNG, Desk, assert_same, story

HEADLINE = "Harbour board to sell the old pilot house"
BODY = "The harbour board has decided to sell the old pilot house on the north quay.\n\nA vote is due in the spring."
HELD = "content/world/pilot.md"
WHEN = moment_at(NOW, "UTC")
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


def problems_of(desk: Desk) -> list[str]:
    problems = in_order(desk.build().problems)
    return [f"{problem.rule} {problem.path} {' '.join(problem.values)}" for problem in problems]


def texts(desk: Desk) -> str:
    return "\n".join(data.decode("latin-1") for data in desk.output.files.values())


# --- sabotage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", STATES)
def test_a_headline_typed_into_a_template_takes_the_page_away(kind: str) -> None:
    desk = a_desk(**STATES[kind])
    desk.build()
    assert "index.html" in desk.output.files
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    assert f"held-shown / {HELD}" in problems_of(desk)
    assert HEADLINE not in texts(desk)
    assert "index.html" not in desk.output.files
    assert_same(desk.output.files, desk.clean())
    assert f"held-shown / {HELD}" in problems_of(desk)


def test_the_template_was_there_before_the_story_was_held() -> None:
    desk = a_desk()
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    assert problems_of(desk) == []
    assert "index.html" in desk.output.files
    desk.site.write(HELD, story(HEADLINE, id="pilot", body=BODY, status="withheld"))
    assert f"held-shown / {HELD}" in problems_of(desk)
    assert HEADLINE not in texts(desk)
    assert_same(desk.output.files, desk.clean())
    desk.site.write(HELD, story(HEADLINE, id="pilot", body=BODY))
    assert problems_of(desk) == []
    assert_same(desk.output.files, desk.clean())


def test_an_asset_of_the_site_may_not_hold_it_either() -> None:
    desk = a_desk(status="draft")
    desk.theme = type(desk.theme)(
        desk.theme.templates, (*desk.theme.assets, ("soon.js", f"say('{HEADLINE}')".encode()))
    )
    assert any(line.startswith("held-shown /assets/soon") for line in problems_of(desk))
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
    assert problems_of(desk) == []
    assert sum(PNG in data for data in desk.output.files.values()) == 1

    def everywhere(_digest: str, scope: Scope) -> tuple[str, ...]:
        return (scope.pictures.by_path["content/world/pilot.png"][0].url,)

    monkeypatch.setattr(PictureFiles, "shown_at", lambda self, digest, index, has_people: "content/world/pilot.png")
    monkeypatch.setitem(registry.KINDS, "picture", replace(pictures.KIND, addresses=everywhere))
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
    assert problems_of(desk) == []
    desk.output.write("note.txt", planted)
    for _time in range(2):
        assert problems_of(desk) == [f"held-in-file build/note.txt {HELD}"]
    desk.output.write("note.txt", b"harmless again")
    assert problems_of(desk) == []


def test_a_leak_planted_in_a_page_is_written_over() -> None:
    desk = a_desk(status="draft")
    desk.build()
    desk.output.write("index.html", desk.output.files["index.html"] + HEADLINE.encode())
    assert problems_of(desk) == []
    assert_same(desk.output.files, desk.clean())


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
    assert problems_of(desk) == []
    assert texts(desk).count(HEADLINE) > 5
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/a.md", story("Ferry sails on time", id="a", body="A ferry sailed late."))  # one edit
    assert problems_of(desk) == []
    assert_same(desk.output.files, desk.clean())


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
    assert problems_of(desk) == []


def test_an_expired_story_may_be_told_of_where_it_was() -> None:
    desk = a_desk(expires="2020-01-01T13:00:00Z")
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    desk.clock = NOW + 3600
    assert problems_of(desk) == []
    assert HEADLINE in texts(desk)
    assert "north quay" not in texts(desk)
    assert_same(desk.output.files, desk.clean())


def test_a_killed_story_may_be_told_of_by_address_and_reason() -> None:
    desk = a_desk()
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    kill.kill(desk.job(desk.output), "pilot", "No such sale was decided.", "", WHEN)
    assert problems_of(desk) == []
    assert "No such sale was decided." in texts(desk)
    assert HEADLINE not in texts(desk)
    assert_same(desk.output.files, desk.clean())


def test_the_sentences_name_the_file_and_not_its_words() -> None:
    desk = a_desk(status="draft")
    desk.set_template("home.html.j2", f"<!doctype html><title>Home</title><h1>{HEADLINE}</h1>")
    lines = [show(problem) for problem in desk.build().problems]
    assert lines
    assert all(HELD in line and "pilot house" not in line for line in lines)


def test_a_reason_may_quote_the_headline() -> None:
    desk = Desk(
        {"content/world/a.md": story("Ferry", id="a"), "content/world/p.md": story(HEADLINE, id="p", body=BODY)}
    )
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    kill.kill(desk.job(desk.output), "p", f'The story headlined "{HEADLINE}" was sent in error.', "", WHEN)
    assert problems_of(desk) == []
    holding = sorted(path for path, data in desk.output.files.items() if HEADLINE.encode() in data)
    assert len(holding) == 4  # the tombstone, its copy for the 410, the list and the feed of what was withdrawn
    assert not [path for path, data in desk.output.files.items() if b"north quay" in data]
    assert_same(desk.output.files, desk.clean())


def test_a_live_story_may_show_the_same_picture_from_another_folder() -> None:
    desk = Desk(
        {
            "content/world/a.md": story("Ferry", id="a", photos="[{file: a.png, alt: x}]"),
            "content/world/a.png": PNG,
            "content/sport/a.png": PNG,
            "content/sport/w.md": story("Other", id="w", status="draft", photos="[{file: a.png, alt: x}]"),
        }
    )
    assert problems_of(desk) == []
    assert PNG in desk.output.files.values()
