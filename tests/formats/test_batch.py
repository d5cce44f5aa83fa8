"""What many files say together: lines that stand in all of them, and the order of day and month."""

from __future__ import annotations

import pytest

from newsgen.formats.batch import Batch, Survey, without_furniture
from newsgen.formats.item import Item
from newsgen.formats.registry import read_items

WORDS = "mill ferry bridge harvest school river market museum harbour train orchard quarry".split()
TEXT = (
    "HARWICK (Northern Wire) - The {0} was looked at on Monday, and the council said that it was as good as it had "
    "been in the year before.\n\nNobody who knows the {0} was surprised.\n\nThe {0} is old."
)


def files(form: str, count: int = 12, folder: str = "wire") -> list[tuple[str, bytes]]:
    """Copy in a form: {0} is its subject, {text} its text."""
    return [(f"{folder}/{word}.txt", form.format(word, text=TEXT.format(word)).encode()) for word in WORDS[:count]]


def survey_of(*batches: list[tuple[str, bytes]]) -> Survey:
    survey = Survey()
    for batch in batches:
        for label, data in batch:
            survey.add(label, data)
    return survey


def items(copies: list[tuple[str, bytes]]) -> tuple[list[Item], tuple[tuple[str, int, int], ...]]:
    survey = survey_of(copies)
    left_out = survey.end()
    read = [item for label, data in copies for item in read_items(label, data, "", "", survey.batch_of(label))]
    assert all(isinstance(item, Item) for item in read)
    return [item for item in read if isinstance(item, Item)], left_out


def dropped(item: Item) -> tuple[object, ...]:
    source = item.front["source"]
    assert isinstance(source, dict)
    found = source.get("dropped", ())
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("The Harwick Daily\n\nA new {0}\n\n{text}\n", ("The Harwick Daily",)),
        ("THE HARWICK DAILY\nFounded in a barn\n\nA new {0}\n\n{text}\n", ("Founded in a barn", "THE HARWICK DAILY")),
        ("A new {0}\n\n{text}\n\nPrinted in a barn since the flood\n", ("Printed in a barn since the flood",)),
        ("A new {0}\n\n{text}\n\nPost Pin Send Print Nudge\n\nHarwick Daily © all rights reserved.\n",
         ("Post Pin Send Print Nudge",)),
    ],
)  # fmt: skip
def test_a_line_in_the_same_place_of_many_files_is_furniture(form: str, lines: tuple[str, ...]) -> None:
    """Without a table that knows it; its words are kept."""
    read, left_out = items(files(form))
    assert {line for line, _count, _files in left_out} >= set(lines)
    assert all((count, of) == (12, 12) for _line, count, of in left_out)
    for item, word in zip(read, WORDS, strict=True):
        assert item.headline == f"A new {word}"
        assert item.body.startswith(f"The {word} was looked at")
        assert item.body.endswith(f"The {word} is old.")
        assert set(dropped(item)) >= set(lines)


@pytest.mark.parametrize(
    "form",
    [
        "A new {0}\n\nBy Ann Lee\n\n{text}\n",
        "A new {0}\n\nAnn Lee\n\n{text}\n",
        "A new {0}\n\nJune 5, 2019\n\n{text}\n",
        "A new {0}\n\n{text}\n\n(Reporting by Ann Lee; Editing by Ben Marsh)\n",
        "A new {0}\n\n{text}\n\nThe mayor was at a wedding.\n",
        "A new {0}\n\nEMBARGOED UNTIL 0001 GMT JUNE 5, 2030\n\n{text}\n",
        "A new {0}\n\n{text}\n\nann.lee@wire.example\n",
        "BC-HARWICK-TOWN\n\nA new {0}\n\n{text}\n",
        "A new {0}\n\n{text}\n\nKeywords: HARWICK COUNCIL\n",
    ],
)
def test_what_a_story_says_may_be_in_every_file(form: str) -> None:
    read, left_out = items(files(form))
    assert left_out == ()
    alone = [item for label, data in files(form) for item in read_items(label, data)]
    assert read == alone


def test_the_title_of_a_column_stays_its_headline() -> None:
    """But where each piece has a headline of its own, it is furniture above that."""
    read, _left_out = items(files("Around the Town\n\nBy Ann Lee\n\n{text}\n"))
    assert {item.headline for item in read} == {"Around the Town"}
    read, _left_out = items(files("Around the Town\n\nA new {0}\n\nBy Ann Lee\n\n{text}\n"))
    assert [item.headline for item in read] == [f"A new {word}" for word in WORDS]


@pytest.mark.parametrize(
    ("with_line", "without", "is_found"), [(4, 0, False), (5, 0, True), (5, 12, False), (6, 12, True)]
)
def test_five_files_and_a_third_of_the_folder_must_have_it(with_line: int, without: int, is_found: bool) -> None:
    lined = files("The Harwick Daily\n\nA new {0}\n\n{text}\n", with_line)
    plain = [(label.replace("wire/", "wire/z"), data) for label, data in files("A new {0}\n\n{text}\n", without)]
    found = survey_of(lined, plain).end()
    assert found == ((("The Harwick Daily", with_line, with_line + without),) if is_found else ())


def test_folders_have_furniture_of_their_own() -> None:
    """And what is in too few files of each folder may be in many of the whole."""
    daily = files("The Harwick Daily\n\nA new {0}\n\n{text}\n", folder="a")
    other = [copy for folder in ("b", "b/c", "d") for copy in files("A new {0}\n\n{text}\n", folder=folder)]
    survey = survey_of(daily, other)
    assert survey.end() == (("The Harwick Daily", 12, 12),)
    assert survey.batch_of("a/x.txt").above == {"The Harwick Daily"}
    assert survey.batch_of("b/x.txt") == Batch()
    by_day = [(f"2019/06/{day:02}/a.txt", data) for day, (_label, data) in enumerate(daily)]
    survey = survey_of(by_day)
    assert survey.end() == (("The Harwick Daily", 12, 12),)
    assert survey.batch_of("2019/06/03/b.txt").above == {"The Harwick Daily"}


def test_only_lines_at_the_ends_are_left_out() -> None:
    batch = Batch(frozenset(["Masthead"]), frozenset(["Share bar"]))
    lines = ["", " Masthead ", "Head", *("text",) * 20, "Masthead", *("text",) * 20, "Share  bar", ""]
    kept, above, below = without_furniture(lines, batch)
    assert (above, below) == (["Masthead"], ["Share  bar"])
    assert [line for line in kept if line] == [line for line in lines[2:-2] if line]
    assert without_furniture(["Masthead", "Share bar"], batch) == (["Masthead", "Share bar"], [], [])


DATED = "A new {0}\n\n%s\n\n{text}\n"


@pytest.mark.parametrize(
    ("other", "day", "is_guess"),
    [
        ("03/25/2019", "2019-03-06", False),
        ("25/03/2019", "2019-06-03", False),
        ("11/11/2019", "2019-06-03", True),
        ("Published 12/31/2018 5:05 pm", "2019-03-06", False),
        ("The form of 12/31/2018 was lost on the way to the council, which met all day.", "2019-06-03", True),
    ],
)
def test_another_date_of_the_batch_tells_the_day_from_the_month(other: str, day: str, is_guess: bool) -> None:
    copies = files(DATED % "03/06/2019", 2) + files(DATED % other, 1, "wire/later")
    item = items(copies)[0][0]
    assert item.day == day
    assert any(doubt.field == "date" for doubt in item.doubts) is is_guess


def test_where_dates_contradict_each_other_the_folder_decides_or_nobody() -> None:
    american = [*files(DATED % "03/06/2019", 1, "a"), *files(DATED % "03/25/2019", 2, "a")]
    british = [*files(DATED % "03/06/2019", 1, "b"), *files(DATED % "25/03/2019", 2, "b")]
    neither = files(DATED % "03/06/2019", 1, "c")
    survey = survey_of(american, british, neither)
    survey.end()
    assert [survey.batch_of(f"{folder}/x.txt").month_first for folder in "abc"] == [True, False, None]


@pytest.mark.parametrize(
    "form",
    [
        "A new {0}\n\n{text}\n\nPublished %s\n",
        "-- A new {0}\n-- By Ann Lee\n-- %s\n-- http://wire.example/a/new-{0}-idNW1\n\n{text}\n",
        "A new {0}\n\nDate: %s\n\n{text}\n",
    ],
    ids=["below", "dump", "label"],
)
def test_the_order_counts_wherever_the_date_stands(form: str) -> None:
    alone = items(files(form % "03/06/2019", 1))[0][0]
    assert [doubt.field for doubt in alone.doubts] == ["date"]
    together = items(files(form % "03/06/2019", 1) + files(form % "12/31/2018", 2, "wire/z"))[0][0]
    assert (together.day, together.doubts) == ("2019-03-06", ())
