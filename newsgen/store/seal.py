"""The seal: what the last build was given and left, in a small JSON file beside the database.

The seal vouches for the database by its size and times, and where the times are others by its checksum: a cache of
continuous integration restores the bytes alone. It is broken before the first change to the output, and set
again after the last. A build that finds nothing changed reads this file only, and opens no database.
"""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from typing import Literal

from newsgen.disk.system import patiently
from newsgen.model import codec
from newsgen.model.errors import Problem, SystemFault
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.store.database import DamagedError, Database

__all__ = ["Seal", "SealFile", "Span"]


@value
class Span:
    """The clocks from `start` on and before `end`, in seconds; None for no bound."""

    start: int | None = None
    end: int | None = None

    def covers(self, clock: int) -> bool:
        """Whether a clock lies within."""
        return (self.start is None or clock >= self.start) and (self.end is None or clock < self.end)


@value
class Seal:
    """What the last build was given and left. `Seal()` where no build is known.

    An unfinished seal of a first build has nothing but its state; any other has the fields of the build before.
    """

    state: Literal["none", "unfinished", "finished"] = "none"

    # What the build was given.
    stamp: str = ""  # newsgen and its libraries
    settings_digest: str = ""
    site_notes_digest: str = ""  # of the section files and the registers of people and places
    theme_digest: str = ""
    site_digest: str = ""  # of what every page shows of the site
    ledger_digest: str = ""
    requests_digest: str = ""
    own_digest: str = ""  # of the pages and files of the site's own
    listing_digest: str = ""  # of every input's path, size and times
    read_at_ns: int = 0  # the file system's time as the build began: a younger file may differ with the same times
    clock: int = 0  # seconds
    drafts: bool = False  # whether they were shown

    # What it found in the stories.
    stable: Span = Span()  # the clocks around this one at which no story's state is another
    story_count: int = 0  # shown
    held: tuple[tuple[str, str, int | None], ...] = ()  # stories that are not shown: id, state, until
    killed: tuple[str, ...] = ()  # the ids that the ledger says are of killed stories, in order
    has_problems: bool = False  # whether `stories.problems` has any
    has_unreadable: bool = False  # whether `stories.unreadable` has any
    common_words: tuple[str, ...] = ()  # one text for each field of `terms.CommonWords`, words joined by blanks
    sample_rank: int | None = None  # the largest rank of a file of the sample; None where it holds every file
    redirects_digest: str = ""
    brief_pages: tuple[str, ...] = ()  # on which a place leads on, or has a tombstone
    recorded: tuple[tuple[str, str], ...] | None = None  # of the ledger's newest lines, id and day; None: not asked

    # What it left.
    owner: str = ""  # the site that the output says it shows
    list_digest: str = ""  # of the list in the output of the files that newsgen wrote
    page_count: int = 0
    output_digest: str = ""  # of every file of the output: path, size, time
    output_ns: int = 0  # the file system's time when the output was written last
    other_files: tuple[str, ...] = ()  # of the output, that newsgen did not write
    retry: tuple[str, ...] = ()  # units whose page or removal was blocked
    former: tuple[tuple[str, str], ...] = ()  # addresses that pages which stay may name, and whose stories moved: id

    # What was wrong beside the stories.
    input_problems: tuple[Problem, ...] = ()  # with the other files of the site
    address_problems: tuple[Problem, ...] = ()  # with addresses of the ledger
    leak_problems: tuple[Problem, ...] = ()  # files of the output that give a held story away

    @property
    def exists(self) -> bool:
        """Whether a build is known, finished or not."""
        return self.state != "none"

    @property
    def is_unfinished(self) -> bool:
        """Whether a build was killed: which pages are newsgen's is believed, and nothing else."""
        return self.state == "unfinished"

    @property
    def is_finished(self) -> bool:
        """Whether all that it and the database say can be believed."""
        return self.state == "finished"


class SealFile:
    """The seal of one database, read once. For a database in memory there is no file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._path = f"{database.path.removesuffix('.sqlite')}.json"
        self._is_marked = False  # whether the file says "unfinished" while the store is held
        self._fault: SystemFault | None = None  # why an earlier record could be neither read nor removed
        self.was_damaged = False  # whether there was something that could not be trusted, and was forgotten
        self.last = Seal() if database.is_in_memory else self._read()

    def _read(self) -> Seal:
        """What the seal says; `Seal()` where there is none, or none that can be trusted."""
        try:
            if os.path.lexists(self._path) and not os.path.isfile(self._path):  # to open a pipe would take for ever
                raise ValueError("no file")
            with open(self._path, "rb") as file:
                checksum, _, body = file.read().partition(b"\n")
            if checksum.decode("ascii", "replace") != digest(body):
                raise ValueError("damaged")
            vouched_for, told = json.loads(body)
            seal = _from_json(told)
            if seal.is_unfinished:
                self._database.check()
            elif not self._is_of_database(vouched_for):
                raise ValueError("another database")
        except FileNotFoundError:
            self.was_damaged = os.path.lexists(self._database.path)
        except SystemFault as fault:
            self._fault = fault
            return Seal()
        except (OSError, ValueError, TypeError, RecursionError, DamagedError):
            self.was_damaged = True
        else:
            return seal
        try:
            self._database.remove(self._path)
        except SystemFault as fault:
            self._fault = fault
        return Seal()

    def _is_of_database(self, vouched_for: list[int]) -> bool:
        """Whether the database is the one that was sealed, here or on another computer."""
        now, then, checksum = self._database.stat(), vouched_for[:-1], vouched_for[-1]
        return then == now or (then[:2] == now[:2] and checksum == self._database.checksum())

    def require_writable(self) -> None:
        """SystemFault where an earlier record can be neither read nor removed: who only reads does without it."""
        if self._fault:
            raise self._fault

    def write(self, seal: Seal) -> None:
        """End a build: seal the database as it is now. While the store is held, only `last` changes."""
        self.last = seal
        if self._database.is_in_memory or self._database.is_held:
            return
        self._database.close()  # SQLite may touch the file until then
        self._put(seal, [*self._database.stat(), self._database.checksum()])

    def break_seal(self) -> None:
        """Mark the build unfinished, durably, before its first change to the output.

        While the store is held, the file says so once, and `last` stays.
        """
        unfinished = replace(self.last, state="unfinished")
        if not self._database.is_held:
            self.last = unfinished
            self._put(unfinished, [])
        elif not self._is_marked:
            self._put(unfinished, [])
            self._is_marked = True

    def release(self, listing_digest: str) -> None:
        """Write what was sealed while the store was held; `listing_digest` is of the files that it now knows."""
        is_other = self._is_marked or self.last.listing_digest != listing_digest
        if is_other and self.last.exists and not self._database.is_in_memory and not self._database.is_deleted():
            self._is_marked = False
            self._database.sync()
            self.write(replace(self.last, listing_digest=listing_digest))

    def clear(self) -> None:
        """Forget the last build, and delete the database and the seal."""
        self.last = Seal()
        self._is_marked = False
        self._database.remove(self._path)

    def _put(self, seal: Seal, vouched_for: list[int]) -> None:
        if self._database.is_in_memory:
            return
        body = json.dumps([vouched_for, _as_json(seal)], ensure_ascii=True, separators=(",", ":")).encode()
        temporary = f"{self._path}.tmp"
        try:
            with open(temporary, "wb") as file:
                file.write(digest(body).encode() + b"\n" + body)
                file.flush()
                os.fsync(file.fileno())
            patiently(lambda: os.replace(temporary, self._path))
        except OSError as error:
            raise self._database.fault(error) from error


def _as_json(seal: Seal) -> dict[str, object]:
    """By name, so that a person can read it."""
    return dict(zip(_NAMES, codec.encode(seal), strict=True))


def _from_json(told: object) -> Seal:
    """ValueError or TypeError where it is not a seal, or one of another version of newsgen."""
    if not isinstance(told, dict) or list(told) != _NAMES:
        raise ValueError("another version")
    return codec.decode(Seal, list(told.values()))


_NAMES = [field.name for field in fields(Seal)]
