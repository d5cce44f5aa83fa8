"""What each command does, except `build` (engine/) and `serve` (preview/).

A command is a function: it takes a `BuildRequest` and what the user gave, and returns a value. `check`, `explain` and
`schedule` write nothing; the others write story files, the ledger or the log of requests. A user's mistake is a
UsageError or ContentError. No option is read here, no sentence is worded, nothing is printed (`cli/`, `messages/`),
and no page is written: the next build does that.

In reading order:

    archive       the whole archive, read once; finds a story by id or file
    check         asks every rule of `lint/`; with an output, also whether an incremental build equals a clean one
    explain       what a page is made of, why it was last rendered, why a story is on its related list or not
    schedule      what the clock alone will change, and when
    kill          withdraws a story and the versions that it replaced
    urls          records published addresses in the ledger, or gives one up
    link          joins versions of one story: writes `updates`
    accept        takes guesses of imports for right: deletes their doubts
    incoming      the files that an import is given, in folders and archives too
    import_report  what an import says it did
    copy_details  what a story file has of its copy beside headline and text
    known_stories  what it must know of the stories that are there: ids, addresses, texts
    beside        the pictures that lie beside copy, by their names
    filing        items of copy filed as story files
    ingest        imports: wire copy in, story files out
    wanted_stories  the few files of an archive that decide what notices mean
    kill_notices  kills the stories that an agency's notices withdraw
    theme         the files of the theme, and a copy of one to change
    request_log   the private log of requests to unpublish
    unpublish     requests about one story: delists, adds a note, deletes
    anonymise     requests of persons: takes a name out of every file
    workflow      the workflow with which GitHub publishes a site
    installed     how newsgen came to this computer, so that another gets the same
    host_files    what a new site needs for its host: settings to fill in, files that the host reads
    scaffold      the files of a new site, and of a new story

To add a command: a function here, then see `cli/`.

Decisions:

- **Commands write story files and logs, never the output or the store.** What they change takes effect at the next
  build, which checks it like any other edit. A story file is edited key by key (`storyfile.edit_keys`): every other
  byte stays as it was.
- **`check` uses nothing that an earlier build stored**: it reads and renders everything. The other commands read the
  archive through the store, and parse only the files that changed since the last build.
- **If the ledger or the log of requests has errors, the commands that would write it stop.**
- **A story is withdrawn by `kill`, not by deleting its file.** The file keeps its text, because each build looks for
  that text in what it writes.
- **An import writes no story file that a build would refuse**: it reads each back first, in a tenth of its time.
- **An import overwrites nothing.** A story is known by its id. If its source is unchanged, the story file stays as it
  is, with all hand edits; if the source has changed, it is a conflict that a person settles.
- **The same text is one story**, whatever its line ends, encoding, quotation marks or day: the second is skipped, and
  the report names the file of the first. Where one has a byline, a caption or any other line that the other has not,
  they are two. Items of a collection that has numbers of its own are told by these.
- **A notice kills a story only if it is certain which one.** Otherwise the user is asked, or told which it may be. Copy
  that may be a notice is imported, but withheld.
- **`unpublish anonymise` writes its log first**, so that the next build refuses the name even if the command is
  interrupted.
"""
