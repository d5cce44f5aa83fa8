"""What the last build knew and wrote.

A cache, and never more: a store that is lost or damaged costs a full build, not a wrong page.

    rows       the rows, as values
    database   the SQLite file: tables, connection, errors
    seal       what the last build was given and left, in a JSON file that vouches for the database
    stories    story files, cards, shelves, pictures
    pages      the manifest, and claims
    related    related lists, the terms that they are found by, the sample
    templates  compiled templates
    store      all of these, and a build's way through them
"""

from newsgen.store.database import DamagedError
from newsgen.store.rows import CardRow, NewRows, PageRow, PictureRow, RelatedRow, RelatedRows
from newsgen.store.seal import Seal, Span
from newsgen.store.store import Store

__all__ = [
    "CardRow", "DamagedError", "NewRows", "PageRow", "PictureRow", "RelatedRow", "RelatedRows", "Seal", "Span", "Store",
]  # fmt: skip
