"""The build: from the files of a site to its output, incrementally, with the same bytes as a clean build.

One file a step; `pipeline` shows them in order. A `Snapshot` goes from step to step, and each gives a fuller one. The
steps read the store of the last build through its parts, and write it at the end, after the output. Nothing here knows
a command, prints, or asks the time: what a user gave comes in a `BuildRequest`, what was done goes out as a
`BuildResult`. This file imports nothing: an unchanged build takes 0.3 s because it loads few modules.

In reading order:

    request        what a build is asked for
    result         what a build did
    run            whose folder it is, and whether there is anything to do at all
    up_to_date     inputs and output against the last build, by sizes and times
    pipeline       the steps in order
    changes        which files are new, other or gone; the story files among them, parsed
    sample         which words are common, from a sample of the stories; reading stories needs it
    read_worker    in workers: story files to cards, picture files to their sizes
    templates      the theme, compiled while stories are read
    snapshot       the value that goes from step to step
    reindex        who may be seen; the shelves with the changes; what is shown otherwise
    relate         the related lists: every list, or one when a page asks for it
    relate_changed the related lists that a change can touch
    guard          what is held, and where its words could be beside the pages that are rendered
    decide         which units to plan again, which pages are new, which are gone
    page_maker     a page from its plan to its bytes, for a build, a check and a preview
    render_worker  in workers: units planned; pages compared, rendered, checked and written
    write          bytes to the output: whole or not at all
    produce        the decision carried out
    save           what the store keeps for the next build

Decisions:

- **A change to the settings, `_section.yaml`, `_people.yaml` or `_places.yaml` reads every story again.** Every card
  may depend on them; the fingerprints keep the rendering small. Drafts that are shown or not are no such change: they
  are looked at like stories whose time has come.
- **A story with errors has no page**, as in a clean build; the command ends with 1, so that nothing is published.
- **A story file that disappears** loses its page, with a warning that names the address; where the ledger has it,
  with an error. Withdrawal proper is `kill`.
- **Where the sample of 512 files says that other words are common**, the stories are read again that have other terms
  now: 100 to 1,000 of 20,000; all of them only where a word has come further.
- **Every file of the output counts for "nothing changed"**, a user's own too: something may have been planted in it.
- **What goes out of view goes first**: a page that cannot be written must not keep it published.
- **New addresses are recorded before they are written**, so that a build that is killed knows its own pages; a file
  that somebody else put at an address is never recorded, never written over, and named at every build.
- **Without a store, the marker `.newsgen` in the output says whose it is.** What an earlier build left there is then
  named, not removed: it cannot be told from a user's files.
- **A template that fails for one page takes that page away**, as a clean build would; a template that cannot be read
  at all stops the build before anything is written.
- **Nothing is compiled.** With parser, wire grammar, cards and terms compiled by mypyc, reading took 3 to 31 % less
  of a processor (three pairs), and reading is a seventh of a build: its time is in regular expressions, dictionaries
  and JSON, which are C already.
"""
