"""Invariant 5: nothing of a story that is not live is in any output file, nor in any file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgen.model.settings import Settings
from tests.support.sites import NOW, PNG, Desk, instant, story

HELD = {
    "draft": {"status": "draft"},
    "withheld": {"status": "withheld"},
    "killed": {"status": "killed"},
    "embargoed": {"embargo": "2020-01-01T13:00:00Z"},
    "on hold": {"embargo": "hold"},
    "expired": {"expires": "2020-01-01T11:00:00Z"},
}
FULL = {
    "id": "quillon-1",
    "slugline": "BC-QUILLON",
    "byline": "Quillon Marsh",
    "dateline": '"QUILLONTOWN, May 1 (Quillon Press)"',
    "credit": '"(Reporting by Quillon Arden; Editing by Quillon Birch)"',
    "tags": "[quillon]",
    "people": "[Quillon Cole]",
    "places": "[Quillon Bay]",
    "organisations": "[Quillon Works]",
    "photos": '[{file: quillon.png, caption: "Quillon. Northern Wire/Quillon Dove", alt: Quillon}]',
    "note": "Quillon note",
}


def everything(desk: Desk) -> str:
    """All names and bytes of the output."""
    return "\n".join(f"{path}\n{data.decode('latin-1')}" for path, data in desk.output.files.items()).casefold()


def a_desk(**front: str) -> Desk:
    files = {
        "content/world/a.md": story("An open story", id="a", related="[quillon-1]"),
        "content/quillon/q.md": story("Quillon opens", section="Quillon", body="Quillon text.", **(FULL | front)),
        "content/quillon/quillon.png": PNG,
        "content/quillon/_section.yaml": b"title: Quillon section\ndescription: About quillon\n",
        "content/_people.yaml": b"- name: Quillon Marsh\n  bio: A quillon\n  photo: quillon/quillon.png\n",
        "content/_places.yaml": b"- name: Quillontown\n  country: Quillonia\n",
    }
    return Desk(files)


@pytest.mark.parametrize("kind", HELD)
def test_a_held_story_leaves_no_trace(kind: str) -> None:
    desk = a_desk(**HELD[kind])
    desk.build()
    assert "an open story" in everything(desk)
    assert "quillon" not in everything(desk)


@pytest.mark.parametrize("kind", HELD)
def test_a_story_that_is_held_later_leaves_no_trace(kind: str) -> None:
    desk = a_desk()
    desk.build()
    assert everything(desk).count("quillon") > 50
    desk.site.write("content/quillon/q.md", a_desk(**HELD[kind]).site.files["content/quillon/q.md"])
    desk.build()
    assert "quillon" not in everything(desk)
    assert desk.output.files == desk.clean()


def test_an_embargo_ends_at_its_instant_and_not_a_second_before() -> None:
    desk = a_desk(embargo="2020-01-01T14:00:00+01:00")
    for step, is_out in ((3599, False), (3600, True), (3599, False)):
        desk.clock = NOW + step
        desk.build()
        assert ("quillon" in everything(desk)) is is_out
        assert desk.output.files == desk.clean()


def test_a_released_story_is_dated_by_its_date_at_the_same_address() -> None:
    desk = a_desk(embargo="2020-01-01T13:00:00Z")
    desk.clock = instant("2020-01-01T13:00")
    desk.build()
    assert "quillon/2019/05/01/quillon-opens.html" in desk.output.files


def test_a_photo_whose_right_has_expired_is_gone_and_the_story_stays() -> None:
    """Its credit stays."""
    photos = '[{file: dove.png, caption: "Sundew. Northern Wire/Mila Dove", expires: "2020-01-01T13:00:00Z"}]'
    desk = a_desk(photos=photos)
    desk.site.write("content/quillon/dove.png", PNG + b"dove")
    desk.build()
    assert "sundew" in everything(desk)
    assert PNG + b"dove" in desk.output.files.values()
    desk.clock = instant("2020-01-01T13:00")
    desk.build()
    assert "sundew" not in everything(desk)
    assert PNG + b"dove" not in desk.output.files.values()
    assert "quillon opens" in everything(desk)
    assert "northern wire/mila dove" in everything(desk)
    assert "/people/mila-dove/" not in everything(desk)  # a list of what she took has nothing
    assert desk.output.files == desk.clean()


def test_drafts_are_built_on_request_but_embargoes_hold() -> None:
    desk = a_desk(status="draft")
    desk.drafts = True
    desk.build()
    assert 'data-state="draft"' in everything(desk)
    desk = a_desk(status="draft", embargo="hold")
    desk.drafts = True
    desk.build()
    assert "quillon" not in everything(desk)


def test_contacts_and_wire_notes_of_the_source_are_never_printed() -> None:
    source = "{format: plain, file: a.txt, dropped: [zorrel], unparsed: [zorrel], contacts: [zorrel@example.org]}"
    credit = '"(Reporting by Ines Varga; ((zorrel@example.org; +1 555 0100)))"'
    desk = Desk({"content/world/a.md": story("Open", id="a", source=source, credit=credit, extra="{zorrel: zorrel}")})
    desk.build()
    assert "zorrel" not in everything(desk)
    assert "ines varga" in everything(desk)


def test_a_noindex_story_is_in_no_feed_and_no_sitemap() -> None:
    desk = Desk({"content/world/a.md": story("Hidden heron", id="a", noindex="true")})
    desk.build()
    paths = [path for path, data in desk.output.files.items() if b"eron" in data]
    assert "world/2019/05/01/hidden-heron.html" in paths
    assert not [path for path in paths if path.endswith(".xml")]
    assert b'content="noindex"' in desk.output.files["world/2019/05/01/hidden-heron.html"]


def test_the_sample_sites_held_stories_leave_no_trace(sample_site: Path) -> None:
    """Each word is planted in one story of content/."""
    canaries = ("quillhaven", "marrowfleet", "brinewick", "trevanion", "vellumgate", "lanternmoot", "starwhistle")
    content = Path(__file__).parent.parent.parent / "content"
    planted = "\n".join(path.read_text() for path in content.rglob("*.md")).casefold()
    assert all(word in planted for word in canaries)
    for path in sample_site.rglob("*"):
        whole = path.relative_to(sample_site).as_posix().casefold()
        if path.is_file():
            whole += path.read_bytes().decode("latin-1").casefold()
        assert not [word for word in canaries if word in whole], path


def test_settings_without_people_make_no_page_for_them() -> None:
    desk = a_desk()
    desk.settings = Settings("The Archive", "https://archive.example", pages=())
    desk.build()
    assert not [path for path in desk.output.files if path.startswith(("people", "tags", "places", "2019"))]
    assert b"Quillon Marsh" in desk.output.files["quillon/2019/05/01/quillon-opens.html"]
    assert b"/people/" not in desk.output.files["quillon/2019/05/01/quillon-opens.html"]
