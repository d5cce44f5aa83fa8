"""Spellings of one name, and the section files and registers as one value."""

from __future__ import annotations

from newsgen.disk import MemoryDisk
from newsgen.model.settings import RegisterEntry, SectionFile, SectionHold, Settings
from newsgen.source.listing import classify, scan_content
from newsgen.source.registers import Register
from newsgen.source.site_notes import SiteNotes, read_site_notes

SETTINGS = Settings("Archive", "https://archive.example")


def test_spellings_of_one_name() -> None:
    people = Register([RegisterEntry("Jos\u00e9 Quill", aliases=("J. Quill",))], "people")
    links = {people.link(spelling) for spelling in ("Jos\u00e9 Quill", "JOSE\u0301  QUILL", "j. quill")}
    assert {(link.name, link.url) for link in links} == {("Jos\u00e9 Quill", "/people/jose-quill/")}
    plain = people.link("Jose Quill")
    assert (plain.name, plain.url) == ("Jose Quill", "/people/jose-quill/")
    other = people.link("Ann Bly")
    assert (other.name, other.url) == ("Ann Bly", "/people/ann-bly/")
    assert people.entry("jose-quill") == people.names[0]
    assert people.entry("ann-bly") is None


def site_notes(**files: str) -> SiteNotes:
    names = {"section": "content/world/_section.yaml", "people": "content/_people.yaml", "story": "content/world/a.md"}
    disk = MemoryDisk({names[name]: text.encode() for name, text in files.items()})
    return read_site_notes(disk, classify(scan_content(disk)), SETTINGS)


def test_a_section_file_with_errors_holds_its_section() -> None:
    notes = site_notes(section="embargoed: 2030-01-01T00:00Z\n", people="- name: Ann Bly\n")
    assert notes.sections == ()
    hold = SectionHold("content/world/_section.yaml", "content/world/", "world", "hold", True, line=1, column=1)
    assert notes.holds == (hold,)
    assert [problem.rule for problem in notes.problems] == ["unknown-key-near"]
    assert [entry.name for entry in notes.people] == ["Ann Bly"]


def test_the_digest_is_of_what_cards_depend_on() -> None:
    section = "title: The World\n"
    notes = site_notes(section=section)
    assert notes.section_files() == {"world": SectionFile("world", title="The World")}
    assert site_notes(section=f"# of the world\n{section}", story="another").digest == notes.digest
    others = [
        site_notes(section="title: World\n"),
        site_notes(people="- name: Ann Bly\n"),
    ]
    assert len({notes.digest, *(other.digest for other in others)}) == 3
