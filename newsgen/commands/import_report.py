"""What an import says it did: every item exactly once."""

from __future__ import annotations

from dataclasses import dataclass

from newsgen.model.value import value
from newsgen.wire.kill_notice import KillNotice

__all__ = ["Entry", "IngestReport", "Notice"]


@value
class Entry:
    """What became of one item."""

    source: str  # file as given, with #id where it has many items
    path: str = ""  # the story file; "" where there is none
    id: str = ""
    reason: str = ""  # rule names, parted by ", "
    values: tuple[str, ...] = ()  # fill the sentence of the rule


@dataclass(frozen=True, slots=True)
class Notice:
    """An agency's notice that a story is withdrawn. It is no story itself."""

    source: str  # file as given, with #id where it has many items
    text: str  # headline and text in one line
    day: str  # "2012-10-25"
    parsed: KillNotice
    path: str = ""  # of the story file of one that may as well be a story


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Every item of an import, in exactly one of the first six lists."""

    imported: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    skipped: tuple[Entry, ...] = ()
    conflicts: tuple[Entry, ...] = ()
    failed: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()  # for kill_notices.py
    doubtful: tuple[Notice, ...] = ()  # may be notices; they are among those imported too, as stories that are withheld

    left_out: tuple[tuple[str, int, int], ...] = ()  # lines of furniture, the files that have each, those looked at

    @property
    def items(self) -> int:
        """How many items there were."""
        lists = (self.imported, self.unchanged, self.skipped, self.conflicts, self.failed, self.notices)
        return sum(map(len, lists))

    def as_json(self) -> dict[str, object]:
        """The report as `--report FILE` has it, without what became of the notices."""
        lists = ("imported", "unchanged", "skipped", "conflicts", "failed")
        entries = {
            name: [
                {"source": entry.source, "path": entry.path, "id": entry.id, "reason": entry.reason}
                for entry in getattr(self, name)
            ]
            for name in lists
        }
        left_out = [{"line": line, "files": count, "of": files} for line, count, files in self.left_out]
        return {"items": self.items, **entries, "left_out": left_out}
