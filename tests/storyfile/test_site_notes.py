"""_section.yaml, _people.yaml and _places.yaml."""

from __future__ import annotations

import pytest

from newsgen import storyfile
from newsgen.model.settings import RegisterEntry, SectionFile
from newsgen.model.story import Rights

SECTION = "content/world/_section.yaml"
PEOPLE = "content/_people.yaml"
PLACES = "content/_places.yaml"


def test_a_section_file() -> None:
    data = b"title: World\ndescription: All of it.\norder: -2\nembargo: 2025-01-01T10:00Z\nrights: {holder: NW}\n"
    expected = SectionFile("world", "World", "All of it.", -2, "2025-01-01T10:00Z", Rights("NW"))
    assert storyfile.read_section(SECTION, data) == (expected, ())


@pytest.mark.parametrize("data", [b"", b"# nothing yet\n", b"\xef\xbb\xbf"])
def test_a_section_file_may_say_nothing(data: bytes) -> None:
    assert storyfile.read_section(SECTION, data) == (SectionFile("world"), ())


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"- a\n", "not-a-map"),
        (b"titel: x\n", "unknown-key-near"),
        (b"order: first\n", "wants-integer"),
        (b"embargo: 2025-01-01T10:00\n", "date-needs-zone"),
        (b"embargo:\n", "empty-guard"),
        (b"embargo: ' '\n", "empty-guard"),
        ("title: World\nembargo: hold".encode("utf-16"), "utf-16"),
        ("embargo: hold".encode("utf-16-le"), "utf-16"),
        (b"rights: mine\n", "wants-map"),
        (b"title: \xff\n", "not-utf-8"),
        (b"title: [\n", "yaml-bracket"),
    ],
)
def test_a_section_file_with_an_error_is_none(data: bytes, rule: str) -> None:
    section, problems = storyfile.read_section(SECTION, data)
    assert section is None
    assert [problem.rule for problem in problems] == [rule]


def test_people() -> None:
    data = b"""
- name: Ines Varga
  aliases: [I. Varga]
  bio: |
    Reports.
    From Kestrel Bay.
  url: https://example.org/ines
  photo: /world/ines.jpg
- name: Tom Arkell
"""
    entries, problems = storyfile.read_register(PEOPLE, data)
    assert problems == ()
    assert entries == (
        RegisterEntry(
            "Ines Varga", ("I. Varga",), "Reports.\nFrom Kestrel Bay.", "https://example.org/ines", "/world/ines.jpg"
        ),
        RegisterEntry("Tom Arkell"),
    )


def test_places() -> None:
    data = (
        b"- {name: Mumbai, aliases: [BOMBAY, MUMBAI], region: MH, country: India, latitude: 19.07, longitude: -72.9}\n"
    )
    entries, problems = storyfile.read_register(PLACES, data)
    assert problems == ()
    assert entries == (
        RegisterEntry("Mumbai", ("BOMBAY", "MUMBAI"), region="MH", country="India", latitude=19.07, longitude=-72.9),
    )


@pytest.mark.parametrize(
    ("path", "data", "rule", "line"),
    [
        (PEOPLE, b"name: x\n", "not-a-list", 1),
        (PEOPLE, b"- x\n", "wants-map", 1),
        (PEOPLE, b"- {aliases: [x]}\n", "missing-inside", 1),
        (PEOPLE, b"- name: ''\n", "required-empty", 1),
        (PEOPLE, b"- name: A\n- name: B\n  aliases: [a]\n", "name-claimed", 2),
        (PEOPLE, b"- name: Caf\xc3\xa9\n- name: Cafe\xcc\x81\n", "name-claimed", 2),
        (PEOPLE, b"- {name: A, url: 'javascript:alert(1)'}\n", "web-address", 1),
        (PEOPLE, b"- {name: A, url: //example.org}\n", "web-address", 1),
        (PEOPLE, b"- {name: A, url: 'https://user:word@example.org'}\n", "web-address", 1),
        (PEOPLE, b"- {name: A, url: 'https://example.org/\"onload=x'}\n", "web-address", 1),
        (PEOPLE, b"- {name: A, photo: ../x.jpg}\n", "picture-place", 1),
        (PEOPLE, b"- {name: A, latitude: 1}\n", "unknown-key-inside", 1),
        (PLACES, b"- {name: A, latitude: 91}\n", "wants-number", 1),
        (PLACES, b"- {name: A, longitude: north}\n", "wants-number", 1),
        (PLACES, b"- {name: A, bio: x}\n", "unknown-key-inside", 1),
    ],
)
def test_what_is_refused(path: str, data: bytes, rule: str, line: int) -> None:
    entries, problems = storyfile.read_register(path, data)
    assert entries == ()
    assert [(problem.rule, problem.line) for problem in problems] == [(rule, line)]


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    entries, problems = storyfile.read_register(
        PLACES, b"\xef\xbb\xbf- name: Oslo\n  aliases: Osloby; Christiania, N\n"
    )
    assert [entry.aliases for entry in entries] == [("Osloby", "Christiania, N")]
    assert [problem.rule for problem in problems] == ["list-in-commas"]
    section, complaints = storyfile.read_section(SECTION, b"\xef\xbb\xbftitle: World\ndescription:\n")
    assert section == SectionFile("world", "World")
    assert [(problem.rule, problem.severity) for problem in complaints] == [("empty-text", "advice")]


def test_a_name_may_stand_among_its_own_aliases() -> None:
    assert len(storyfile.read_register(PLACES, b"- {name: Oslo, aliases: [OSLO, oslo]}\n")[0]) == 1


def test_words_that_yaml_takes_for_a_comment_are_named() -> None:
    section, complaints = storyfile.read_section(SECTION, b"title: World\ndescription: Copy of desk #2\n")
    assert section == SectionFile("world", "World", "Copy of desk")
    entries, problems = storyfile.read_register(PEOPLE, b"- name: Ines Varga\n  aliases: [I. Varga]\n  bio: Lives #3\n")
    assert len(entries) == 1
    assert [(p.rule, p.line, p.values) for p in (*complaints, *problems)] == [
        ("text-cut", 2, ("description", "#2")),
        ("text-cut", 3, ("entry[1].bio", "#3")),
    ]


@pytest.mark.parametrize(
    ("path", "data", "near"),
    [
        (SECTION, b"embrago: hold\n", "embargo"),
        (SECTION, b"name: World\n", "title"),
        (SECTION, b"weight: 3\n", "order"),
        (PEOPLE, b"- name: A\n  biography: x\n", "entry[1].bio"),
        (PEOPLE, b"- title: A\n  name: B\n", "entry[1].name"),
        (PLACES, b"- name: A\n  lng: 3\n", "entry[1].longitude"),
        (PLACES, b"- name: A\n  coutnry: B\n", "entry[1].country"),
    ],
)
def test_a_key_that_is_not_known_is_told_with_the_nearest(path: str, data: bytes, near: str) -> None:
    read = storyfile.read_section if path == SECTION else storyfile.read_register
    problems = read(path, data)[1]
    assert [(problem.rule, problem.values[1]) for problem in problems] == [("unknown-key-near", near)]
