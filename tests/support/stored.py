"""A desk whose store is a file, as that of a command is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsgen.engine.request import BuildRequest
from newsgen.store import Store
from tests.support.sites import Desk

__all__ = ["StoredDesk"]


class StoredDesk(Desk):
    """A site in memory, with a store on disk that no process has open between two builds."""

    path: Path  # of the store

    @classmethod
    def at(cls, folder: Path, files: dict[str, bytes]) -> StoredDesk:
        desk = cls(files)
        desk.store.close()
        desk.path = folder / "record.sqlite"
        return desk

    def build_and_close(self) -> None:
        with Store(str(self.path)) as self.store:
            self.build()

    def request(self) -> BuildRequest:
        """What a command is given."""
        return replace(self.job(self.output), store_path=str(self.path))

    def damage(self, table: str) -> None:
        """Overwrite the first page of a table in the file, in a way that the seal does not notice."""
        with Store(str(self.path)) as store:
            (size,), (page,) = (
                *store.database.query("pragma page_size"),
                *store.database.query("select rootpage from sqlite_master where name = ?", table),
            )
            store.database.close()
            with self.path.open("r+b") as file:
                file.seek(size * (page - 1))
                file.write(b"\xff" * size)
            store.seal.write(store.seal.last)
