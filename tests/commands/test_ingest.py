"""Imports into a site in memory: nothing overwritten, every item accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.commands.import_report import IngestReport
from newsgen.commands.incoming import SourceFile
from newsgen.commands.ingest import ImportOptions, ingest
from newsgen.disk import MemoryDisk
from newsgen.formats.item import Failure
from newsgen.messages.imports import import_lines, not_imported_lines
from newsgen.model.errors import UsageError
from newsgen.model.settings import Settings
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import Desk

MILL = b"Mill turns\n\nJune 5, 2019\n\nHARWICK (Northern Wire) - The mill turned.\n"
NUMBERED = b"-- Mill turns\n-- \n" + (
    b"-- Wed Jun 5, 2019 9:02am EDT\n-- http://wire.example/a/mill-turns-idNW1\n\nLUND (AP) - It %s.\n"
)
DAY = "2020-01-01"


def counts(report: IngestReport) -> dict[str, int]:
    by_list = {}
    for name in ("imported", "unchanged", "skipped", "conflicts", "failed"):
        entries = getattr(report, name)
        if entries:
            by_list[name] = len(entries)
    assert sum(by_list.values()) == report.items == report.as_json()["items"]
    return by_list


def test_a_story_is_written_below_its_section_and_month() -> None:
    site = MemoryDisk()
    report = ingest(site, [("a.txt", MILL, DAY)], ImportOptions(section="Old World"))
    assert counts(report) == {"imported": 1}
    assert site.writes == ["content/old-world/2019/06/mill-turns.md"]
    assert site.read(site.writes[0]).startswith(b"---\nid: plain-")
    entry = report.imported[0]
    assert (entry.source, entry.path, entry.reason) == ("a.txt", site.writes[0], "")


def test_copy_without_a_section_goes_to_news() -> None:
    report = ingest(MemoryDisk(), [("a.txt", MILL, DAY)])
    assert (report.imported[0].path, report.imported[0].reason) == ("content/news/2019/06/mill-turns.md", "no-section")


def test_a_second_import_changes_nothing_even_after_hand_edits() -> None:
    site = MemoryDisk()
    path = ingest(site, [("a.txt", MILL, DAY)]).imported[0].path
    site.write(path, site.read(path).replace(b"The mill turned.", b"The mill turned again."))
    site.writes.clear()
    assert counts(ingest(site, [("b.txt", MILL, DAY)])) == {"unchanged": 1}
    assert site.writes == []


def test_copy_that_was_imported_is_known_whatever_became_of_its_id() -> None:
    site = MemoryDisk()
    path = ingest(site, [("a.txt", MILL, DAY)]).imported[0].path
    data = site.read(path)
    site.write(path, data.replace(data.split(b"\n")[1], b"id: mill"))
    site.writes.clear()
    report = ingest(site, [("b.txt", MILL, DAY)])
    assert [(entry.path, entry.id) for entry in report.unchanged] == [(path, "mill")]
    assert site.writes == []


def test_what_an_editor_left_behind_is_no_copy_even_where_its_bytes_are_known() -> None:
    report = ingest(MemoryDisk(), [("a.txt", MILL, DAY), ("a.txt~", MILL, DAY), ("Thumbs.db", b"\0" * 9, DAY)])
    assert [(entry.source, entry.reason) for entry in report.skipped] == [
        ("a.txt~", "is-leftover"), ("Thumbs.db", "is-leftover"),
    ]  # fmt: skip


def test_a_changed_source_is_a_conflict_and_overwrites_nothing() -> None:
    site = MemoryDisk()
    ingest(site, [("a.txt", NUMBERED % b"turned", DAY)])
    site.writes.clear()
    report = ingest(site, [("a.txt", NUMBERED % b"stopped", DAY)])
    assert counts(report) == {"conflicts": 1}
    assert (report.conflicts[0].id, report.conflicts[0].reason) == ("mill-turns-idNW1", "source-changed")
    assert report.conflicts[0].path == "content/news/2019/06/mill-turns.md"
    assert site.writes == []


def test_an_id_that_a_person_used_is_a_conflict() -> None:
    site = MemoryDisk({"content/x.md": b'---\nheadline: X\nid: "mill-turns-idNW1"  \n---\n'})
    report = ingest(site, [("a.txt", NUMBERED % b"turned", DAY)])
    assert [entry.reason for entry in report.conflicts] == ["id-taken"]


def test_two_stories_with_one_address_get_two() -> None:
    site = MemoryDisk()
    other = MILL.replace(b"turned", b"stopped")
    report = ingest(site, [("a.txt", MILL, DAY), ("b.txt", other, DAY)])
    first, second = (entry.path for entry in report.imported)
    assert first == "content/news/2019/06/mill-turns.md"
    assert second.startswith("content/news/2019/06/mill-turns-")
    assert f"slug: {second.rsplit('/', 1)[1].removesuffix('.md')}\n".encode() in site.read(second)
    again = ingest(site, [("b.txt", other, DAY), ("a.txt", MILL, DAY)])
    assert counts(again) == {"unchanged": 2}
    fresh = ingest(MemoryDisk(), [("a.txt", MILL, DAY), ("b.txt", other, DAY)])
    assert [entry.path for entry in fresh.imported] == [first, second]


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    sources: list[SourceFile] = [
        ("a.txt", MILL, DAY), ("b.txt", MILL, DAY), ("c.txt", b"", DAY),
        ("d.txt", Failure("d.txt", "unreadable-file"), DAY),
        ("e.md", b"---\nid: e\nheadline: E\n---\n", DAY),
    ]  # fmt: skip
    site = MemoryDisk()
    dry = ingest(site, sources, ImportOptions(is_dry=True))
    assert site.writes == []
    assert dry == ingest(site, sources)
    assert counts(dry) == {"imported": 1, "unchanged": 1, "failed": 2, "skipped": 1}
    assert [entry.reason for entry in dry.failed] == ["empty-file", "unreadable-file"]


def test_each_item_is_counted_and_named_where_it_became_a_story() -> None:
    counted: list[tuple[int, str]] = []
    ingest(
        MemoryDisk(),
        [("a.txt", MILL, DAY), ("b.txt", MILL, DAY)],
        on_item=lambda count, item: counted.append((count, item.headline if item else "")),
    )
    assert counted == [(1, "Mill turns"), (2, "")]


def test_a_reserved_section_is_refused() -> None:
    assert [
        entry.reason for entry in ingest(MemoryDisk(), [("a.txt", MILL, DAY)], ImportOptions(section="Tags")).failed
    ] == ["reserved-section"]


@pytest.mark.parametrize(
    ("copy", "rule"),
    [
        (b"Long report\n\n" + b"Words of a report. " * 300_000, "file-too-large"),
        (f"Long report\n\n{'报' * 1_420_000}".encode("utf-16"), "file-too-large"),  # only as UTF-8
        (b"Mill turns\n\n" + b"(Adds %s)\n\n" % (b"quotes " * 160) * 1000 + b"It turned.", "header-too-large"),
        (b"Mill turns\n\nIt turned, and " + b"turned " * 20 + b"\n\nNext In World\n\n" + b"Ferry sails\n" * 11_000,
         "too-many-values"),
    ],
)  # fmt: skip
def test_what_no_build_could_read_is_refused(copy: bytes, rule: str) -> None:
    site = MemoryDisk()
    report = ingest(site, [("a.txt", copy, DAY), ("b.txt", MILL, DAY)])
    assert counts(report) == {"imported": 1, "failed": 1}
    assert [entry.reason for entry in report.failed] == [rule]
    assert len(site.writes) == 1
    (line,) = not_imported_lines(report)
    assert line.startswith("a.txt: no build could read its story file. The f")  # The file …, The front matter …
    assert "limit" in line or "more than" in line


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        ingest(MemoryDisk(), [], ImportOptions("telex"))


@given(st.lists(st.sampled_from([MILL, MILL.replace(b"mill", b"barn"), NUMBERED % b"a", NUMBERED % b"b", b"", b"x y"])))
def test_every_item_lands_in_one_list_and_nothing_is_overwritten(copies: list[bytes]) -> None:
    site = MemoryDisk()
    report = ingest(site, [(f"{at}.txt", copy, DAY) for at, copy in enumerate(copies)])
    counts(report)
    assert report.items == len(copies)
    assert len(site.writes) == len(set(site.writes)) == len(report.imported)


def test_a_story_in_another_language_than_the_sites_says_so() -> None:
    spanish = "Gira el molino\n\nHARWICK (Northern Wire) - El molino del condado volvió a girar el lunes con alegría.\n"
    arabic = "تدور الطاحونة\n\nعادت طاحونة المقاطعة إلى الدوران يوم الاثنين وقال المزارعون إنه كان يوم فرح لهم جميعا.\n"
    site = MemoryDisk()
    ingest(site, [("a.txt", MILL, DAY), ("b.txt", spanish.encode(), DAY), ("c.txt", arabic.encode(), DAY)])
    said = [
        [line for line in site.read(path).decode().split("\n") if line.startswith(("language", "direction"))]
        for path in site.writes
    ]
    assert said == [[], ["language: es"], ["language: ar", "direction: rtl"]]
    same = MemoryDisk()
    ingest(same, [("b.txt", spanish.encode(), DAY)], ImportOptions(settings=Settings("", "", language="es-MX")))
    assert b"language" not in same.read(same.writes[0])


LONG = "The mill at Harwick turned again on Monday after a dry summer, its keeper said, “and the river is high”. " * 2


def in_copy(text: str, day: str = "June 5, 2019", headline: str = "Mill turns again") -> bytes:
    return f"{headline}\n\n{day}\n\nHARWICK (Northern Wire) - {text}\n".encode()


@pytest.mark.parametrize(
    "again",
    [
        in_copy(LONG).replace(b"\n", b"\r\n"),
        in_copy(LONG).replace(b"\n", b"  \n") + b"\n\n",
        in_copy(LONG).decode().encode("windows-1252"),
        in_copy(LONG.replace("“", '"').replace("”", '"')),
        in_copy(LONG, "June 7, 2019"),
        in_copy(LONG).decode().encode("utf-16"),
        in_copy(LONG.replace("“", "&ldquo;").replace("”", "&rdquo;")),
        in_copy(LONG).decode("latin-1").encode(),
    ],
    ids=["line ends", "blanks", "encoding", "quotes", "day", "utf-16", "entities", "mojibake"],
)
def test_the_same_text_is_one_story(again: bytes) -> None:
    site = MemoryDisk()
    first = ("a.txt", in_copy(LONG), DAY)
    report = ingest(site, [first, ("b.txt", again, "2021-01-01")])
    assert counts(report) == {"imported": 1, "skipped": 1}
    assert ingest(MemoryDisk(), [first, ("b.txt", again, "2021-01-01")], ImportOptions(is_dry=True)) == report
    assert [(entry.source, entry.path, entry.reason) for entry in report.skipped] == [
        ("b.txt", report.imported[0].path, "same-text")
    ]
    files = dict(site.files)
    assert counts(ingest(site, [("c.txt", again, DAY)])) == {"skipped": 1}  # of an earlier import
    assert counts(ingest(site, [first, ("b.txt", again, DAY)])) == {"unchanged": 1, "skipped": 1}
    assert site.files == files
    (line,) = not_imported_lines(report)
    assert line == f"b.txt: this is the same text as another story's, so it was not imported again ({site.writes[0]})"


@pytest.mark.parametrize(
    "other",
    [
        in_copy(LONG, headline="Mill stops again"),
        in_copy(LONG + " It may stop in June."),
        in_copy(LONG.replace("Monday", "Friday")),
        in_copy(LONG, "By Ann Lee\n\nJune 5, 2019"),
        in_copy(LONG) + b"\n(Reporting by Ben Marsh)\n",
        in_copy(LONG, "HOLD FOR RELEASE"),
    ],
    ids=["headline", "addition", "word", "byline", "credit", "hold"],
)
def test_what_differs_in_a_word_is_another_story(other: bytes) -> None:
    sources = [("a.txt", in_copy(LONG), DAY), ("b.txt", other, DAY)]
    assert counts(ingest(MemoryDisk(), sources)) == {"imported": 2}
    assert counts(ingest(MemoryDisk(), sources, ImportOptions(is_dry=True))) == {"imported": 2}


def test_a_short_text_may_come_every_day() -> None:
    copies = [in_copy("No story today.", day) for day in ("June 5, 2019", "June 6, 2019", "5 June 2019")]
    report = ingest(MemoryDisk(), [(f"{at}.txt", copy, DAY) for at, copy in enumerate(copies)])
    assert counts(report) == {"imported": 2, "skipped": 1}


NIGHT = b"Mill turns\n\nMay 31, 2019 11:30 pm EDT\n\nHARWICK (Northern Wire) - %s\n"
MORNING = b"Mill turns\n\nJune 1, 2019 6:30 am EDT\n\nHARWICK (Northern Wire) - %s\n"


@pytest.mark.parametrize(
    ("zone", "copies", "expected"),
    [
        ("UTC", (NIGHT % b"It turned.", MORNING % b"It still turned."), 1),
        ("America/New_York", (NIGHT % b"It turned.", MORNING % b"It still turned."), 0),
        ("America/New_York", (NIGHT % b"It turned.", NIGHT % b"It still turned."), 1),
        ("Asia/Tokyo", (MORNING % b"It turned.", NIGHT % b"It still turned."), 1),
    ],
)
def test_addresses_are_those_that_the_site_will_have(zone: str, copies: tuple[bytes, bytes], expected: int) -> None:
    """A story that was sent at night in another zone is dated the next day on the site."""
    desk = Desk()
    desk.set(timezone=zone)
    first, second = ((f"{at}.txt", copy, DAY) for at, copy in enumerate(copies))
    options = ImportOptions(settings=Settings("", "", timezone=zone))
    together = ingest(desk.site, [first, second], options)
    taken = [entry for entry in together.imported if "address-taken" in entry.reason]
    assert (len(together.imported), len(taken)) == (2, expected)
    assert {problem.rule for problem in desk.build().problems}.isdisjoint({"address-taken", "id-taken"})
    one_by_one = MemoryDisk()
    ingest(one_by_one, [first], options)
    ingest(one_by_one, [second], options)
    assert {path: desk.site.files[path] for path in one_by_one.files} == one_by_one.files


def test_an_address_that_was_given_to_a_story_is_never_another_ones() -> None:
    ledger = b"ferry\t/news/2019/06/05/mill-turns.html\t2019-06-06\n"
    by_hand = b"---\nid: mill\nheadline: Mill turns\ndate: 2019-06-05\nsection: News\n---\n\nBy hand.\n"
    for files in ({"content/_urls.tsv": ledger}, {"content/old/mill.md": by_hand}):
        report = ingest(MemoryDisk(files), [("a.txt", MILL, DAY)])
        assert report.imported[0].reason == "no-section, address-taken"


def test_a_story_that_was_killed_does_not_come_back() -> None:
    story_id = ingest(MemoryDisk(), [("a.txt", MILL, DAY)]).imported[0].id
    site = MemoryDisk({"content/_urls.tsv": f"{story_id}\t/news/2019/06/05/m.html\t2019-06-06\tkilled\n".encode()})
    report = ingest(site, [("a.txt", MILL, DAY)])
    assert [(entry.reason, entry.path) for entry in report.failed] == [("id-killed", "")]
    assert site.writes == []


def test_what_a_batch_has_in_common_is_used_and_said() -> None:
    """A line that stands in all files is no copy, and a date that can be read one way only tells how to read others."""
    subjects = "mill ferry bridge market museum".split()
    days = ["03/06/2019", "03/25/2019", "03/07/2019", "03/08/2019", "03/09/2019"]
    sources: list[SourceFile] = [
        (f"{subject}.txt", b"The Harwick Daily\n\n" + in_copy(f"The {subject} is shut.", day, f"Shut: {subject}"), DAY)
        for subject, day in zip(subjects, days, strict=True)
    ]
    site = MemoryDisk()
    report = ingest(site, sources)
    assert report.left_out == (("The Harwick Daily", 5, 5),)
    assert list(import_lines(report, dry_run=False))[-2] == (
        "«The Harwick Daily» stands in 5 of 5 files: left out, and kept under source: dropped:"
    )
    assert report.as_json()["left_out"] == [{"line": "The Harwick Daily", "files": 5, "of": 5}]
    assert [entry.path for entry in report.imported] == [
        f"content/news/2019/03/shut-{subject}.md" for subject in subjects
    ]
    assert b"date: 2019-03-06\n" in site.files["content/news/2019/03/shut-mill.md"]
    assert b"doubts" not in b"".join(site.files.values())
    assert counts(ingest(site, sources)) == {"unchanged": 5}


def test_an_import_that_was_killed_ends_the_same_when_it_is_run_again() -> None:
    """With two stories of one address, one text twice, and a line that all have in common."""
    texts = ("It is shut.", LONG, "It is open.", LONG.replace("“", '"'), "It is shut, too.", "It is sold.")
    sources: list[SourceFile] = [
        (f"{at}.txt", b"The Harwick Daily\n\n" + in_copy(text), DAY) for at, text in enumerate(texts)
    ]
    assert finishes_when_run_again({}, lambda desk: ingest(desk.site, sources)) == 5
