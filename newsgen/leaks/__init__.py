"""Nothing that is held gets out: what would give a held story away, and the search for it in whatever gets written.

Held are drafts, embargoed, withheld, killed and expired stories, and the names of persons who asked to be anonymous.
This folder trusts no planner and no template: it knows only phrases and bytes. `engine.guard` says what is held, and
has it looked for in templates and in existing files too.

    phrases      which runs of words give a story away, taken from its file
    automaton    looks for many runs of bytes at once
    reading      what a reader sees of a page
    names        a person's name taken out of texts and paths, where that is certain
    name_finder  finds a name in what a reader sees
    finder       looks for phrases, names and pictures in the bytes of a page before it is written

Decisions:

- **The check trusts nobody.** At each build it reads the files of all held stories, works out their states again, and
  looks for their words in the bytes about to be written. Its phrases are in no store.
- **Words are no secret if they stand in a live story's file or card, the default theme, the settings or the registers
  of names.** A site's own templates are no excuse. If one of them has words of a held story, every page is rendered
  and checked, so that incremental equals clean.
- **The check costs 1.4 s of processor time in a build of 31 s** (380 MB of output, 200 held stories), and in one edit
  nothing that can be measured.
- **When a published story is taken back, all existing pages are searched**, because the store may be wrong about
  where it was shown. When a story expires, they are not: that time was known. A page with its words is rendered
  again, and checked like any other.
- **A name is looked for in what a reader sees** (`reading`), not in bytes: with a soft hyphen in it, a part of it in a
  link, in two cells of a table. Pages in which nothing of a name or of what can hide one is found are not read so.
- **`unpublish anonymise` changes the story files, not the pages made of them.** A rule applied at each build would
  need the name in every store. The log of requests keeps the name, so that a build can refuse it.
"""
