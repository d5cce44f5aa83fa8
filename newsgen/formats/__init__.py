"""Wire copy of every format that newsgen imports -> items, and items -> story files. Bytes in, values out.

No word of the copy is lost: what no key of a story holds goes under `source` (dropped, unparsed, contacts) or `extra`.
One bad item never stops the others: it comes back as a Failure. The grammar of agency copy itself (credits, datelines,
bylines, notes) is in `wire`; what an import does with the items is in `commands.ingest`.

    registry      which formats there are, which one some bytes are in, their items
    item          what a reader of a format gives back: Item, Failure or Skipped

    The formats
    plain         web pages as copied, `-- ` dumps, old wire messages, bare text -> Copy
    reuters_sgml  Reuters-21578, the collection of 1987

    What formats share
    blocks        bytes -> text -> paragraphs and agate
    dates         dates as copy and file names write them -> ISO 8601
    compose       Copy -> Item: notes, credits and dateline become front matter, the rest the body
    to_storyfile  Item -> the bytes of a story file

To add a format: one file with a function (name, bytes, fallback day) -> items, and its name in `registry.FORMATS`.

Decisions
- Where the copy gives no date, headline or section, `Item.warnings` says what stands in for it.
- Reuters-21578 is read as text, not as SGML or XML: it has no root, and control characters stand in it as references.
- The id of an item comes from its source (address, NEWID, digest), so that importing the same file twice changes
  nothing, and an edited source is a conflict that a person settles.
"""
