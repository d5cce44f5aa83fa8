"""Wire copy of every format that newsgen imports -> items, and items -> story files. Bytes in, values out.

No word of the copy is lost: what fits no key of a story goes under `source` (dropped, unparsed, contacts) or `extra`.
One bad item never stops the others: it comes back as a Failure. The grammar of agency copy itself (credits,
datelines, bylines, notes) is in `wire/`; what an import does with the items is in `commands.ingest`.

    registry      the list of formats; the items of a file in whichever it is
    foreign       what is no copy, or in a format that newsgen does not read: what it is
    item          what a reader of a format returns: Item, Failure or Skipped

The formats:

    plain         web pages as copied, `-- ` dumps, old wire messages, bare text -> Copy
    reuters_sgml  Reuters-21578, the collection of 1987

Plain text in layers:

    batch            what many files say together: lines of furniture, the order of day and month
    documents        several stories in one file
    labels           `HEADLINE: …`, `Byline: …`, the headers of mail and of data bases
    dates            dates as copy and file names write them -> ISO 8601; those of front matter are in `storyfile.dates`
    embargo          lines that hold copy back -> an instant, or "hold"
    sluglines        lines of a wire above copy: sluglines, codes of messages
    dateline_lines   lines that begin with a dateline, or may; those that are nothing else
    compound_lines   lines that say several things: `By Ann Lee | Harwick Post | June 3, 2025`
    head_parts       what stands above the text, as a value; lines that are certainly no text
    headline_choice  which of some lines above copy is its headline
    head             every line above the text, read as what it says
    marks            marks that end copy: `-30-`, `(END)`, initials of a desk, labels of data bases
    tail             what stands behind the text: lists of other stories, marks, lines of copyright

What formats share:

    encoding         bytes -> text, and what of that is a guess
    letters          how odd bytes look as text of an encoding
    mend             what a wrong conversion left in a text: `Itâ€™s`, `&eacute;`, `=E2=80=99`
    blocks           text -> blocks: paragraphs and agate (tables set in columns)
    ends             notes, contacts, holds and credit lines at both ends of the blocks
    unread           what of a piece of copy may say something that nobody read: doubts
    compose          Copy -> Item: what the copy says becomes front matter, the rest the body
    to_storyfile     Item -> the bytes of a story file

To add a format: one file with a function (name, bytes, fallback day) -> items, and its name in `registry.FORMATS`.

Decisions:

- **If copy gives no date, headline or section**, `Item.doubts` says what is used instead;
  it goes into the story file (`source.doubts`), and `newsgen check` asks until a person has looked at it.
- **Reuters-21578 is read as text, not as SGML or XML**: it has no root element, and contains control characters
  written as references, which XML forbids.
- **The id of an item comes from its source** (address, NEWID, digest), so importing a file twice changes nothing.
"""
