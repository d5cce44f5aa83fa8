"""The build: from the files of a site to its output, incrementally, with the same bytes as a clean build.

A `Snapshot` goes from step to step, and each step returns a fuller one. The steps read the store of the last build,
and write it at the end, after the output. Nothing here knows a command, prints or asks the time: what a user asked
for comes in as a `BuildRequest`, what was done goes out as a `BuildResult`. This file imports nothing, because an
unchanged build takes 0.3 s (20,000 stories) only by loading few modules.

Values that go in, through and out:

    request         what a build is asked for; how many workers there are by default
    snapshot        what goes from step to step
    result          what a build did, and how long each stage took

Steps, in the order in which a build takes them:

    run             whose folder the output is (the marker `.newsgen`), and whether anything changed at all
    own_files       whose the output is, and which files in it are newsgen's
    up_to_date      inputs and output compared with the last build, by sizes and times alone
    pipeline        all further steps in order, each called once
    changes         which files are new, changed or gone; the story files among them are parsed
    sample          how common words are, judged by 512 stories; reads stories, because their terms depend on it
    templates       compiles the theme while stories are read
    reindex         which stories may be seen now; shelves with the changes; which stories are shown differently
    picture_rows    the pictures that stories may show, without the names of persons who are anonymous
    relate          the related lists: every list after a full reading, one when a preview's page asks for it
    relate_changed  the related lists that some changed stories can touch: finds out which, and brings them up to date
    guard           what is held; looks for it in templates, in pages of earlier builds, in files of others
    decide          which units to plan again: asks `plan.registry` what the changed cards affect, and adds what
                    changed pictures, redirects, related lists and theme affect; which pages are new or gone
    produce         removes pages that are gone, then has units planned and rendered in workers
    write           puts the bytes of a page in the output; never over a file that newsgen did not write (`put`)
    save            what the store keeps for the next build

What runs in workers:

    read_worker     story files to cards, picture files to their sizes
    render_worker   units planned; their pages compared by fingerprint, rendered, checked for leaks and written
    last_good       whether the page that stands stays where a new one cannot be made
    page_maker      one page from its plan to its bytes; builds, `check` and the preview all use it

Decisions:

- **A change to the settings, `_section.yaml`, `_people.yaml` or `_places.yaml` reads every story again**, because
  every card may depend on them. Few pages are rendered all the same: fingerprints see to that. Showing drafts or not
  is no such change: only the drafts are looked at.
- **A story with errors has no page**, as in a clean build. The command ends with 1, so that nothing gets published.
- **What is no story's failure takes no page away**: where a template fails or a path is blocked, the last good page
  stays (`last_good`), its line in the manifest too, so that it is compared again at each build. Where it shows what may
  not be shown any more, it goes: a template never stops a kill, whose tombstone then comes with the mended one.
- **A story file that disappears loses its page.** A warning names the address; if the ledger has it, an error does.
- **A content/ without stories after a build with some is refused**, before anything is removed: far more often a disk
  is not mounted than somebody deletes the last story. `--clean` takes them off.
- **Every file of the output counts for "nothing changed"**, a user's own too: somebody may have planted it there.
- **What may no longer be seen is removed first**: a later page that cannot be written must not keep it published.
- **The output itself says which of its files are newsgen's** (`own_files`): a store is lost easily, for it is kept out
  of version control. Without either, a file is taken for a page only where it has the same bytes.
- **newsgen is not compiled with mypyc.** With the parser, the wire grammar, cards and terms compiled, reading took 3
  to 31 % less processor time (three pairs of runs). Reading is a seventh of a build, and spends its time in regular
  expressions, dictionaries and JSON, which are C already.
"""
