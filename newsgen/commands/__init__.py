"""What each command does, except `build` (engine/) and `serve` (preview/).

A command is a function: a `BuildRequest` and what the user gave go in, a value comes out. `check`, `explain` and
`schedule` write nothing; the others write story files, the ledger or the log of requests. A user's mistake is a
UsageError or ContentError. No option is read here, no sentence is worded and nothing is printed (`cli/`, `messages/`);
no page is written: the next build does that.

In reading order:

    archive       the whole archive read once, from the store of the last build where there is one
    check         every problem of a site; and whether an incremental build would equal a clean one
    explain       what a page is made of, why it was last rendered, why a story is on its list or not
    schedule      what the clock alone will change
    kill          withdraw a story and the versions that it replaced
    urls          the ledger of published addresses: record them, give one up
    link          join stories that are versions of each other
    ingest        wire copy in, story files out
    kill_notices  kill the stories that an agency's notices withdraw
    unpublish     requests to unpublish: take out a name, delist, add a note, delete
    scaffold      the files of a new site, and of a new story

Decisions:

- **Commands write story files and logs, never the output or the store.** What they change takes effect at the next
  build, which checks it as it checks any other edit. A story file is edited key by key (`storyfile.edit_keys`): every
  other byte stays as it was.
- **`check` believes nothing that an earlier build knew**: it reads and renders everything with an empty store. The
  other commands read the archive through the store, and parse only the files that changed since the last build.
- **Nothing is written over a file that cannot be read**: where the ledger or the log of requests has errors, the
  commands that would write it stop.
- **Withdrawing is `kill`, not deleting the file.** A story file that disappears loses its page, with a warning that
  names the address; where the ledger has the address, with an error. The file of a killed story keeps its text: each
  build looks for it in what it writes.
- **An import overwrites nothing.** A story is known by its id; one whose source is the same is left as it is, with all
  hand edits, and one whose source has changed is a conflict that a person settles.
- **A notice kills only a story that is found without a doubt**; otherwise somebody is asked, or told which it may be.
- **`unpublish anonymise` writes its log first**: where it is interrupted, the next build refuses the name all the
  same.
"""
