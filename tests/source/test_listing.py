"""The files of content/ by kind, and which of them may be trusted unread; the same files during a preview."""

from __future__ import annotations

import random

import pytest

from newsgen.disk import FileStat, MemoryDisk
from newsgen.source.listing import SETTLE_NS, KnownFile, Listing, RawListing, classify, is_trusted, scan_content
from newsgen.source.live_listing import LiveListing


def listing(*paths: str) -> Listing:
    return classify(scan_content(MemoryDisk(dict.fromkeys(paths, b"x"))))


def paths(files: tuple[FileStat, ...]) -> list[str]:
    return [stat[0] for stat in files]


def test_files_by_kind() -> None:
    files = listing(
        "content/world/b.md",
        "content/world/\u00e9.md",
        "content/world/a.JPG",
        "content/world/_section.yaml",
        "content/_people.yaml",
        "content/_places.yaml",
        "content/_urls.tsv",
        "content/_requests.tsv",
    )
    assert paths(files.stories) == ["content/world/b.md", "content/world/\u00e9.md"]
    assert paths(files.pictures) == ["content/world/a.JPG"]
    assert paths(files.site_notes) == ["content/_people.yaml", "content/_places.yaml", "content/world/_section.yaml"]
    assert files.ledger
    assert files.requests
    assert files.problems == ()


@pytest.mark.parametrize(
    ("path", "rule", "severity"),
    [
        ("content/world/story.txt", "not-a-story", "warning"),
        ("content/world/_draft.md", "not-a-story", "warning"),
    ],
)
def test_files_that_cannot_be_used(path: str, rule: str, severity: str) -> None:
    files = listing(path)
    assert [(problem.rule, problem.path, problem.severity) for problem in files.problems] == [(rule, path, severity)]
    assert (files.stories, files.site_notes, files.stray_notes) == ((), (), ())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((f"content/world/{name}", "section") for name in (
            "_section.yml", "_Section.yaml", "_SECTION.YAML", "_section.yaml.txt", "_sections.yaml", "_secton.yaml",
            "_section .yaml", "_section copy.yaml", "_section(1).yaml", "__section.yaml", "_section", "_section.json",
            "_section.md", "_\uff53ection.yaml", "section.yaml", "Section.yml", "_sektion.yaml",
        )),
        ("content/_section.yaml", "section"),
        ("content/world/1987/_section.yaml", "section"),
        ("content/_people.yml", "people"),
        ("content/People.yaml", "people"),
        ("content/world/_people.yaml", "people"),
        ("content/_place.yaml", "places"),
        ("content/_PLACES.yaml.txt", "places"),
        ("content/_config.yml", ""),
    ],
)  # fmt: skip
def test_what_may_be_meant_as_a_note(path: str, kind: str) -> None:
    files = listing(path)
    assert [(note.kind, note.path) for note in files.stray_notes] == [(kind, path)]
    assert (files.stories, files.site_notes, files.problems) == ((), (), ())


@pytest.mark.parametrize("name", ["_section.yaml~", "_section.yaml.bak", "section.md", "sectional.yaml", "_people.jpg"])
def test_what_is_not_meant_as_a_note(name: str) -> None:
    assert listing(f"content/world/{name}").stray_notes == ()


def test_what_is_no_file_but_has_the_name_of_one() -> None:
    disk = MemoryDisk()
    disk.odd = {
        "content/world/_section.yaml": "link", "content/world/a.md": "folder", "content/world/b.md": "link",
        "content/world/c.jpg": "link", "content/world/v1.2": "folder", "content/_people.yaml": "device or pipe",
        "content/_urls.tsv": "link",
    }  # fmt: skip
    files = classify(scan_content(disk))
    assert [(note.kind, note.path, note.odd) for note in files.stray_notes] == [
        ("people", "content/_people.yaml", "device or pipe"),
        ("section", "content/world/_section.yaml", "link"),
    ]
    assert [(problem.path, problem.values, problem.severity) for problem in files.problems] == [
        ("content/_urls.tsv", ("link",), "error"),
        ("content/world/a.md", ("folder",), "error"),
        ("content/world/b.md", ("link",), "error"),
        ("content/world/c.jpg", ("link",), "warning"),
    ]


@pytest.mark.parametrize(
    "name", ["a.md~", "a.md.bak", "#a.md#", ".a.md.swp", "Thumbs.db", "~$a.docx", "desktop.ini", "a.md.rej"]
)
def test_files_of_editors_and_systems_are_passed_over(name: str) -> None:
    assert listing(f"content/world/{name}").problems == ()


NOW = ("content/a.md", 5, 1_000, 1_000)


@pytest.mark.parametrize(
    ("known", "read_at_ns", "expected"),
    [
        ((5, 1_000, 1_000, "digest"), 1_001 + SETTLE_NS, True),
        ((5, 1_000, 1_000, "digest"), 1_000 + SETTLE_NS, False),  # too young when it was read
        ((5, 1_000, 1_000, ""), 1_001 + SETTLE_NS, False),  # it could not be read
        ((6, 1_000, 1_000, "digest"), 1_001 + SETTLE_NS, False),
        ((5, 1_000, 999, "digest"), 1_001 + SETTLE_NS, False),
        (None, 1_001 + SETTLE_NS, False),
    ],
)
def test_when_a_file_is_trusted(known: KnownFile | None, read_at_ns: int, expected: bool) -> None:
    assert is_trusted(NOW, known, read_at_ns) is expected


NAMES = ["a.md", "b.md", "\u00e9.md", "_section.yaml", "_section.yml", "p.jpg", "d/e.md", "d/f.txt", "d-x.md", "d0.md"]


@pytest.mark.parametrize("seed", range(10))
def test_a_live_listing_equals_a_new_scan(seed: int) -> None:
    """Whatever files are written and removed, and whether a file or its folder is reported."""
    choice = random.Random(seed)
    disk = MemoryDisk({f"content/world/{name}": b"x" for name in NAMES[:4]})
    live = LiveListing(scan_content(disk))
    for _round in range(30):
        before = {stat[0]: stat for stat in scan_content(disk).files}
        reported = []
        for name in choice.sample(NAMES, choice.randrange(4)):
            path = f"content/world/{name}"
            if path in disk.files and choice.random() < 0.5:
                disk.remove(path)
            else:
                disk.write(path, b"y")
            reported.append(choice.choice([path, path.rpartition("/")[0]]))
        after = {stat[0]: stat for stat in scan_content(disk).files}
        wanted = {path: after.get(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert live.differs(disk, wanted) is bool(wanted)
        changed = live.rescan(disk, reported) if choice.random() < 0.8 else live.rescan_all(disk)
        assert changed == wanted
        scan = scan_content(disk)
        assert live.raw() == scan
        listed = classify(scan)
        assert (live.listing().stories, live.listing().pictures) == (listed.stories, listed.pictures)
        assert live.listing().site_notes == listed.site_notes
        assert (live.listing().stray_notes, live.listing().problems) == (listed.stray_notes, listed.problems)


def test_two_files_whose_names_differ_in_form_are_an_error_that_names_both() -> None:
    disk = MemoryDisk({f"content/world/{name}": b"" for name in ("café.md", "cafe\u0301.md", "b.md")})
    listing = classify(scan_content(disk))
    assert [stat[0] for stat in listing.stories] == ["content/world/b.md", "content/world/café.md"]
    problem = listing.problems[0]
    assert (problem.rule, problem.path, problem.severity) == ("name-twice", "content/world/café.md", "error")
    assert problem.values == (r"'content/world/caf\xe9.md'", r"'content/world/cafe\u0301.md'")


def test_a_second_section_file_in_another_form_may_still_hold_its_section() -> None:
    disk = MemoryDisk({f"content/{name}/_section.yaml": b"" for name in ("café", "cafe\u0301")})
    listing = classify(scan_content(disk))
    assert [stat[0] for stat in listing.site_notes] == ["content/café/_section.yaml"]
    assert [note.kind for note in listing.stray_notes] == ["section"]


@pytest.mark.parametrize(("name", "register"), [
    ("_Requests.tsv", "content/_requests.tsv"), ("world/_requests.tsv", "content/_requests.tsv"),
    ("_urls.txt", "content/_urls.tsv"), ("world/_URLS.TSV", "content/_urls.tsv"),
])  # fmt: skip
def test_a_register_in_another_place_is_an_error(name: str, register: str) -> None:
    """A killed story, or a name, would be public again."""
    (problem,) = classify(scan_content(MemoryDisk({f"content/{name}": b"x"}))).problems
    assert (problem.rule, problem.path, problem.values) == ("register-elsewhere", f"content/{name}", (register,))
    assert problem.severity == "error"


@pytest.mark.parametrize("name", ["_requests.tsv", "_urls.tsv"])
@pytest.mark.parametrize("kind", ["link", "folder", "device or pipe"])
def test_what_is_no_file_in_place_of_a_register_is_an_error(name: str, kind: str) -> None:
    (problem,) = classify(RawListing.of([], [(f"content/{name}", kind)])).problems
    assert (problem.path, problem.values, problem.severity) == (f"content/{name}", (kind,), "error")
