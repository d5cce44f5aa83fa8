"""The store of one output folder: its parts, and its life from one build to the next.

A build is `recover`, then questions to the parts, then `begin`, `learn`, `finish` and `seal.write`, in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from newsgen.model.errors import Problem, SystemFault
from newsgen.store.database import DamagedError, Database
from newsgen.store.pages import Pages
from newsgen.store.related import Related
from newsgen.store.rows import NewRows, PageRow
from newsgen.store.seal import SealFile
from newsgen.store.stories import Stories
from newsgen.store.templates import Templates

__all__ = ["Store"]


class Store:
    """What the last build knew and wrote. Give it a path, or ":memory:".

    To open one reads its seal only: the database is opened by the first question.
    """

    def __init__(self, path: str) -> None:
        self.database = Database(path)
        self.seal = SealFile(self.database)
        self.stories = Stories(self.database)
        self.pages = Pages(self.database)
        self.related = Related(self.database)
        self.templates = Templates(self.database, self.seal)

    @property
    def path(self) -> str:
        """Where the database is, for messages."""
        return self.database.path

    def is_deleted(self) -> bool:
        """Whether somebody took the file away."""
        return self.seal.last.exists and self.database.is_deleted()

    # --- a build ---

    def recover(self) -> None:
        """After a build that did not finish: forget what it read, and know what it was about to write as newsgen's."""
        self.seal.require_writable()
        if not self.seal.last.is_unfinished and not self.database.in_transaction:
            return
        with self.database.faults():
            self.database.rollback()
            self.database.execute("begin")
            self.pages.settle_claims()
            self.database.execute("commit")

    def begin(self, new: Iterable[PageRow]) -> None:
        """Break the seal, durably, before the first change to the output.

        `new` are the addresses that are about to be written for the first time. While the store is held, they are not
        put down: a preview writes none.
        """
        if self.database.is_held:
            self.seal.break_seal()
            return
        self.database.connection()
        if self.seal.last.exists:
            self.seal.break_seal()
            self.pages.claim(new)
        else:  # of a first build that is killed before this, the next finds no store again
            self.pages.claim(new)
            self.seal.break_seal()

    def learn(self, new: NewRows) -> Iterator[None]:
        """Put down what was read, some thousand rows at each step: between steps, pages are rendered.

        One transaction, which `finish` ends: of a build that is killed, nothing of it is kept.
        """
        with self.database.faults():
            self.database.execute("begin")
            if new.is_all:
                self.stories.clear()
                self.database.drop_indexes()
            yield from self.stories.put(new)
            self.templates.put(new.templates)
            yield
            self.related.put(new.related)
            if new.sample is not None:
                self.related.put_sample(new.sample)
            self.database.make_indexes("card", "file", "related")

    def finish(self, pages: Iterable[PageRow], removed: Iterable[str], retimed: Iterable[tuple[str, int]] = ()) -> None:
        """Put down what was written, and end the transaction that `learn` began. `seal.write` comes next.

        `retimed` are pages whose files have other times than they were written at.
        """
        with self.database.faults():
            self.pages.put_times(retimed)
            self.pages.put(pages, removed)
            self.database.make_indexes("page")
            self.database.execute("commit")

    # --- a preview ---

    def copy_from(self, path: str) -> bool:
        """Take over what another store knows, in place of what this one does; whether there was anything to believe.

        Only for who holds the lock of the site: nobody may write to the other meanwhile. SystemFault where the disk
        refuses.
        """
        with Store(path) as other:
            seal = other.seal.last
        if not seal.is_finished:
            return False
        self.clear()
        self.database.copy_from(path)
        self.seal.write(seal)
        return True

    def hold(self) -> None:
        """Seal nothing until `release`: a preview changes its store all day, and waits for no disk meanwhile.

        A preview that is killed leaves a store that counts as unfinished: the next one reads everything again.
        """
        if not self.database.is_in_memory:
            self.database.close()  # what is opened from now on waits for no disk
        self.database.is_held = True

    def release(self, listing_digest: str) -> None:
        """Seal what was done while the store was held; `listing_digest` is of the files that it now knows."""
        if not self.database.is_held:
            return
        self.database.rollback()
        self.database.is_held = False
        self.database.close()
        self.seal.release(listing_digest)

    # --- its end ---

    def clear(self) -> None:
        """Forget everything."""
        self.seal.clear()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        if isinstance(error, DamagedError):  # that nobody could answer by reading everything again
            raise SystemFault(Problem("record-unreadable", self.path)) from error
