"""Large copy of every odd kind through an import: what is four times as long takes less than six times as long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from newsgen.commands.import_report import IngestReport
from newsgen.commands.ingest import ImportOptions, ingest
from newsgen.disk import MemoryDisk
from newsgen.formats.blocks import Block
from newsgen.formats.compose import Copy, compose
from newsgen.formats.item import Item

PLACES: dict[str, Callable[[str], str]] = {  # where the odd text stands
    "body": lambda text: f"Mill turns\n\nHARWICK (Northern Wire) - It turned.\n\n{text}",
    "last paragraph": lambda text: f"Mill turns\n\nHARWICK (Northern Wire) - It turned. {text})",
    "whole file": lambda text: text,
    "headline": lambda text: text.replace("\n", " ") + "\n\nHARWICK (Northern Wire) - It turned.\n",
    "dump": lambda text: f"-- Mill turns\n-- By A\n-- Wed Jun 5, 2019 9:02am EDT\n-- http://w.example/a/b\n\n {text}",
    "message": lambda text: f"nwf025 3 ec 121   nw 967\nMill turns =\n\n   Lund (ats afp) {text}\n",
    "element": lambda text: (
        f'<REUTERS NEWID="7"><DATE>{text}</DATE><TEXT><TITLE>{text}</TITLE><BODY>{text}</BODY></TEXT>'
    ),
}
KINDS = {  # what is repeated
    "opening brackets": "(",
    "closing brackets": ")",
    "double brackets": "((",
    "square brackets": "](",
    "quotation marks": '"',
    "curly quotation marks": "“",
    "apostrophes": "’",
    "dashes": " - ",
    "double dashes": "--",
    "commas": ", ",
    "full stops": ". ",
    "points": ".",
    "capitals": "HARWICK ",
    "capitals and commas": "HARWICK, ",
    "places": "HARWICK/",
    "letters and slashes": "A/",
    "initials": "A. ",
    "datelines": "HARWICK, June 3 (AP) - ",
    "agencies": "(AP) ",
    "days": "Jan 1, 2019\n",
    "open credit lines": "(Reporting by ",
    "credits": "(Reporting by A in X; ",
    "credits without brackets": "Editing by A and ",
    "contributors": "A in X contributed to this report. ",
    "bylines": "By A, B and C ",
    "captions": "(Photo by A / AFP) ",
    "credits of pictures": "FILE PHOTO: A/File Photo ",
    "notes": "(Adds x)\n\n",
    "bare notes": "Corrects a\n\n",
    "rates": "($1 = 0.5 x)\n\n",
    "keywords": "Keywords: a\n\n",
    "addresses": "a@b.example ",
    "lines of contacts": "a@b.example\n\n",
    "at signs": "a@",
    "telephone numbers": "+1 313 555 0100 ",
    "figures": "1 ",
    "short lines": "a\n",
    "short paragraphs": "a\n\n",
    "columns": "1   2\n",
    "indented lines": "    a\n",
    "blank lines": "\n",
    "blanks": " ",
    "lists of a page": "Next In World\nShare\n",
    "references": "&#146;",
    "elements": "<D>",
    "ends of a header": "=\n",
    "orders to kill": "Please kill the story ",
    "stories withdrawn": "The story is ",
    "withdrawals in French": "annule la depeche ",
    "combining marks": "e\u0301",
}


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of some work."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def assert_near_linear(small: Callable[[], object], large: Callable[[], object]) -> None:
    """A busy machine only adds: one try of three is enough."""
    tries: list[tuple[float, float]] = []
    while len(tries) < 3:
        tries.append((seconds(small), seconds(large)))
        if tries[-1][1] < max(6 * tries[-1][0], 0.05):
            return
    assert not tries, tries


@pytest.mark.parametrize("kind", ["notes", "keywords"])
def test_matter_at_the_ends_is_taken_off_in_one_go(kind: str) -> None:
    """It took the square of its length: 120,000 notes took 8 seconds, and now 0.4."""

    def taken_off(count: int) -> Item:
        return compose(Copy((Block((KINDS[kind].strip(),)),) * count, "Mill turns"), "a.txt", b"", "2020-01-01", "")

    assert_near_linear(lambda: taken_off(20_000), lambda: taken_off(80_000))


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_four_times_the_copy_takes_less_than_six_times_as_long(kind: str, place: str) -> None:
    form = "reuters-sgml" if place == "element" else "plain"

    def imported(length: int) -> IngestReport:
        copy = PLACES[place](KINDS[kind] * (length // len(KINDS[kind])))
        return ingest(MemoryDisk(), [("a.txt", copy.encode(), "2020-01-01")], ImportOptions(form))

    assert_near_linear(lambda: imported(80_000), lambda: imported(320_000))
