"""What the last build knew and wrote: the files it read, the card of each story, the shelves, the manifest of pages.

A cache, and never more: a record that is lost or damaged costs a full build, not a wrong page.
"""

from newsgen.store.database import DamagedError
from newsgen.store.record import Record
from newsgen.store.rows import CardRow, KinRow, Kinship, PageRow, PictureRow, Saved, problems_of

__all__ = [
    "CardRow", "DamagedError", "KinRow", "Kinship", "PageRow", "PictureRow", "Record", "Saved", "problems_of",
]  # fmt: skip
