"""What the last build read and wrote, kept for the next one: SQLite, and a small JSON file that seals it.

Messages call it the record of earlier builds. It promises to be a cache and never more: a store that is lost, damaged,
copied, restored from a backup or of another version of newsgen is forgotten. That costs a full build, and no wrong
page. It must not decide anything: it answers questions, and puts down what it is given.

    rows       what a build puts down and reads, as values
    database   the SQLite file: tables, the connection, what errors mean
    seal       `Seal`, what the last build was given and left; its file, which vouches for the database
    stories    story files, cards, who is held, facets, shelves, pictures
    pages      the manifest of pages, and the claims of a build that was killed
    related    related lists, the terms that they are found by, the sample of common words
    templates  compiled templates
    store      `Store`: these five as one, and the steps of a build: recover, begin, learn, finish

Decisions that somebody will ask about:

- The seal vouches for the database by its size and times. It is broken before the first change to the output and set
  after the last. A database that it does not vouch for is not read. Of a build that was killed only one thing is
  believed, which pages are newsgen's; everything is read and compared again.
- A build that finds nothing changed reads the seal and opens no database: of 20,000 stories it takes 0.3 s in all. So
  whatever that build reports is in the seal, problems beside the stories too.
- Cards, pictures, problems and the seal are JSON, not pickle: a record that came from elsewhere must not be able to run
  code. Compiled templates are code all the same: who can only write files cannot make the database's times fit the
  seal, and whoever can write a site's folder can write its templates. Of an unfinished build they are not used.
- New addresses are claimed before they are written, so that a killed build knows its own pages. All claims are one row,
  which takes a twentieth of the time of one row each. A file that somebody else put at an address is never claimed.
- What a build reads and writes is one transaction, put down while pages are rendered. `secure_delete` is on: what was
  deleted may be of a killed story.
- A preview holds its store: it seals nothing and waits for no disk until it ends, for to wait would take longer than an
  edit. One that is killed reads everything again at its next start.
- The keys of a shelf are one row. A row for each membership, a quarter of a million, would take longer to write than
  the pages that list them.
"""

from newsgen.store.database import DamagedError
from newsgen.store.rows import CardRow, NewRows, PageRow, PictureRow, RelatedRow, RelatedRows
from newsgen.store.seal import Seal, Span
from newsgen.store.store import Store

__all__ = [
    "CardRow", "DamagedError", "NewRows", "PageRow", "PictureRow", "RelatedRow", "RelatedRows", "Seal", "Span", "Store",
]  # fmt: skip
