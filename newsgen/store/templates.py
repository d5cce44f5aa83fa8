"""The compiled templates, so that a build need not compile them again."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.store.database import Database
from newsgen.store.seal import SealFile

__all__ = ["Templates"]

_MOST = 200  # compiled templates kept


class Templates:
    """Code by the digest of what it was compiled from."""

    def __init__(self, database: Database, seal: SealFile) -> None:
        self._database = database
        self._seal = seal

    def all(self) -> dict[str, bytes]:
        """Every compiled template. None where a build was killed: code that nobody vouches for is not run."""
        if not self._seal.last.is_finished:
            return {}
        return {key: bytes(code) for key, code in self._database.query("select key, code from template")}

    def put(self, codes: Mapping[str, bytes]) -> None:
        """Keep some more, within a transaction; a theme that is edited all day leaves only some hundred of them."""
        if not codes:
            return
        if self._database.query("select count(*) from template")[0][0] > _MOST:
            self._database.execute("delete from template")
        self._database.execute_many("insert or replace into template values (?, ?)", sorted(codes.items()))
