"""What the last build read and wrote, kept for the next one: an SQLite database, and a small JSON file that seals it.

There is a store for each output folder, in `.newsgen/`: `record-*.sqlite` and `record-*.json`. The code says "store";
users read of the "record of earlier builds". A store is a cache and never more. If it is lost, damaged, copied,
restored from a backup or of another version of newsgen, it is forgotten: the next build is a full one, and no page is
wrong. Apart from that, nothing is decided here: a store saves the rows it is given, and answers questions about them.

    rows       what a build saves and reads, as values
    database   the SQLite file: tables, settings of SQLite, the connection, what its errors mean
    seal       `Seal`: what the last build was given and left. Its file also holds the database's size and times
    stories    story files, cards, which stories are held, shelves, sizes of pictures
    pages      the manifest: every page that newsgen wrote, and its fingerprint; addresses claimed but not yet written
    related    related lists, the terms that stories are found by, the sample that says which words are common
    templates  compiled templates
    store      `Store`: the database with its five parts (seal, stories, pages, related, templates), and the steps of
               a build: recover, begin, learn, finish

Decisions:

- **A database is believed only while its size and times are those in the seal.** `begin` breaks the seal before the
  first change to the output: the file then says "unfinished". The seal is written again after the last change.
- **Of an unfinished build only one thing is believed**: which pages are newsgen's. All else is read and compared
  again.
- **A build that finds nothing changed reads the seal and opens no database.** Therefore everything that such a build
  reports is in the seal, or known there to be nothing.
- **New addresses are claimed before they are written**, so that after a kill the next build knows its own pages. A
  file that somebody else put at an address is never claimed. All claims are one row, because one row each takes
  twenty times as long.
- **JSON, not pickle**, for cards, pictures, problems and the seal: a store that comes from elsewhere must not be able
  to run code. Compiled templates are code all the same, and need the seal: after an unfinished build they are not
  used. Somebody who can write files there but not set their times cannot slip one in; somebody who can write the
  site's folder can change its templates anyway.
- **What a build learns is one transaction**, written while pages are rendered. `secure_delete` is on, because a
  deleted row may be of a killed story.
- **A preview holds its store**: it writes no seal and does not wait for the disk until it ends, because such a wait
  takes longer than an edit. If it is killed, the next preview reads everything again.
- **All keys of a shelf are one row.** One row for each story on each shelf would be a quarter of a million rows,
  which take longer to write than the pages that list them.
"""

from newsgen.store.database import DamagedError
from newsgen.store.rows import CardRow, NewRows, PageRow, PictureRow, RelatedRow, RelatedRows
from newsgen.store.seal import Seal, Span
from newsgen.store.store import Store

__all__ = [
    "CardRow", "DamagedError", "NewRows", "PageRow", "PictureRow", "RelatedRow", "RelatedRows", "Seal", "Span", "Store",
]  # fmt: skip
