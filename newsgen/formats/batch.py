"""What many files say together that none says alone: which lines are furniture, and whether 03/06/2025 is in June.

All files are looked into before the first is read: only the lines at both ends, and only those are counted that are
short. A line that stands in the same place in many files of a folder is furniture though no table knows it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from newsgen.formats import dates, embargo, labels
from newsgen.wire import byline, caption, dateline, furniture, names, notes
from newsgen.wire import credits as credit_lines
from newsgen.wire.contacts import is_contact_line

__all__ = ["ALONE", "Batch", "Survey", "without_furniture"]

T = TypeVar("T")

_REACH = 8  # lines at each end
_BYTES = 4096  # at each end of a large file
_LONGEST = 120  # characters of a line of furniture
_FILES = 5  # that have it at the least
_SHARE = 0.3  # of the files of a folder
_KEPT = 20_000  # different lines that are counted at a time
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{4}(?![\d/])")
_SENTENCE_END = re.compile(r"[.!?…。！？।۔:][\"'”’»)\]]{0,2}$")
_WORD_OF_CASE = re.compile(r"[^\W\d_]*[a-zà-ÿ]|\s")
_LABEL = re.compile(r"\w[\w ]{1,24}[:：]\s")
_RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b|\brights reserved\b", re.I)


@dataclass(frozen=True, slots=True)
class Batch:
    """What the reader of a file knows of the others in its folder."""

    above: frozenset[str] = frozenset()  # lines of furniture at the top, and at the end
    below: frozenset[str] = frozenset()
    month_first: bool | None = None  # whether 03/06/2025 is 6 March; None where that is not known


ALONE = Batch()


@dataclass(slots=True)
class _Counts:
    """The lines of the files of one folder."""

    files: int = 0
    above: Counter[str] = field(default_factory=Counter)
    below: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)  # lines with which a file begins
    months_first: int = 0  # dates that can be read in one order only
    days_first: int = 0

    def add(self, above: Sequence[str], below: Sequence[str]) -> None:
        """Count the lines at both ends of a file."""
        self.files += 1
        if above[0].startswith("--"):  # a dump, which is read in another way
            return
        self.first[above[0]] += 1
        self.above.update({line for line in above if len(line) <= _LONGEST})
        self.below.update({line for line in below if len(line) <= _LONGEST})
        for counter in (self.above, self.below, self.first):
            if len(counter) > _KEPT:  # a line in a third of the files is among those that came more than once
                least = 1
                while len(counter) > _KEPT // 2:
                    for line in [line for line, count in counter.items() if count <= least]:
                        del counter[line]
                    least += 1

    @property
    def month_first(self) -> bool | None:
        """The order of slashed dates, where they all agree."""
        return None if bool(self.months_first) == bool(self.days_first) else bool(self.months_first)

    def furniture(self) -> tuple[dict[str, int], dict[str, int]]:
        """The lines of furniture at the top, and at the end, each with the number of files that have it."""
        least = max(_FILES, _SHARE * self.files)
        above = {
            line: count
            for line, count in self.above.items()
            if count >= least and _may_be_furniture(line, is_first=self.first[line] * 10 >= count * 9)
        }
        below = {
            line: count
            for line, count in self.below.items()
            if count >= least and _may_be_furniture(line, is_first=False)
        }
        return above, below


class Survey:
    """Counts the lines of many files, folder by folder. Mutable; one for each import."""

    def __init__(self) -> None:
        self._all = _Counts()
        self._open: list[tuple[str, _Counts]] = []  # the folders that the last file lies in
        self._batches: dict[str, Batch] = {}
        self._left_out: dict[str, list[int]] = {}  # line -> files that have it, files of their folders
        self._whole = ALONE

    def add(self, label: str, data: bytes) -> None:
        """Count a file that is going to be read."""
        lines = _lines(data)
        if not lines:
            return
        folder = label.rpartition("/")[0]
        while self._open and f"{folder}/".startswith(f"{self._open[-1][0]}/") is False:
            self._close(*self._open.pop())
        if not self._open or self._open[-1][0] != folder:
            self._open.append((folder, _Counts()))
        above, below = ([_squeezed_if_short(line) for line in end] for end in _ends(lines))
        dated = [
            found
            for line in lines
            if "/" in line
            and (found := _SLASHED.search(_squeezed(line)))
            and dates.read_line(found.string.lstrip("- "))
        ]
        for counts in (self._open[-1][1], self._all):
            counts.add(above, below)
            counts.months_first += sum(int(found[2]) > 12 for found in dated)
            counts.days_first += sum(int(found[1]) > 12 for found in dated)

    def _close(self, folder: str, counts: _Counts) -> None:
        above, below = counts.furniture()
        before = self._batches.get(folder, ALONE)
        month_first = counts.month_first if counts.months_first or counts.days_first else before.month_first
        self._batches[folder] = Batch(before.above | above.keys(), before.below | below.keys(), month_first)
        self._note({**above, **below}, counts.files)

    def _note(self, found: dict[str, int], files: int) -> None:
        for line, count in found.items():
            total = self._left_out.setdefault(line, [0, 0])
            total[0] += count
            total[1] += files

    def end(self) -> tuple[tuple[str, int, int], ...]:
        """No file comes any more. (line of furniture, files that have it, files looked at), the most frequent first."""
        while self._open:
            self._close(*self._open.pop())
        above, below = self._all.furniture()
        self._whole = Batch(frozenset(above), frozenset(below), self._all.month_first)
        self._note({line: n for line, n in {**above, **below}.items() if line not in self._left_out}, self._all.files)
        left_out = ((line, count, files) for line, (count, files) in self._left_out.items())
        return tuple(sorted(left_out, key=lambda row: (-row[1], row[0])))

    def batch_of(self, label: str) -> Batch:
        """What the other files say of one."""
        own, whole = self._batches.get(label.rpartition("/")[0], ALONE), self._whole
        month_first = own.month_first if own.month_first is not None else whole.month_first
        return Batch(own.above | whole.above, own.below | whole.below, month_first)


def without_furniture(lines: Sequence[str], batch: Batch) -> tuple[list[str], list[str], list[str]]:
    """(lines of copy without the batch's furniture, what was left out above, what was left out below)."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    above, below = _ends(filled)
    out_above = [at for at in above if _squeezed(lines[at]) in batch.above]
    out_below = [at for at in below if _squeezed(lines[at]) in batch.below]
    out = {*out_above, *out_below}
    if len(out) == len(filled):
        return list(lines), [], []
    kept = ["" if at in out else line for at, line in enumerate(lines)]
    return kept, [lines[at].strip() for at in out_above], [lines[at].strip() for at in out_below]


def _ends(filled: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """The lines at both ends, of those that are not blank."""
    middle = (len(filled) + 1) // 2
    return filled[: min(_REACH, middle)], filled[max(len(filled) - _REACH, middle) :]


def _squeezed_if_short(line: str) -> str:
    """A line with one blank between two words, where it may be one of furniture then; any other as it is."""
    return line if len(line) - line.count(" ") > _LONGEST else _squeezed(line)


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _lines(data: bytes) -> list[str]:
    """The lines at both ends of a file that are not blank; none of what is surely no plain text."""
    if data.startswith((b"<", b"{", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_BYTES]:
        return []
    if len(data) <= 2 * _BYTES:
        parts = [data]
    else:
        parts = [data[:_BYTES].rpartition(b"\n")[0], data[-_BYTES:].partition(b"\n")[2]]
    lines = []
    for part in parts:
        lines += part.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    return [line for line in lines if line and not line.isspace()]


def _may_be_furniture(line: str, *, is_first: bool) -> bool:
    """Whether a line that many files have may be furniture: it is no sentence, and says nothing of a story.

    A name that stands first is a newspaper's; elsewhere it may be a byline.
    """
    if (_SENTENCE_END.search(line) and not _RIGHTS.search(line)) or _LABEL.match(line):
        return False
    if not any(mark.isalpha() for mark in line) or furniture.kind(line) or not _WORD_OF_CASE.search(line):
        return False
    if not is_first and len(line.split()) < 4 and byline.is_bare_name(byline.without_agency(line)):
        return False
    return not (
        byline.is_byline(line)
        or dates.read_line(line)
        or embargo.read(line)
        or notes.note(line)
        or labels.read(line)
        or is_contact_line(line)
        or names.is_agency(line)
        or credit_lines.parse(line).credits
        or dateline.split(line)[0]
        or (caption.is_caption(line) and not _RIGHTS.search(line) and " | " not in line)
    )
