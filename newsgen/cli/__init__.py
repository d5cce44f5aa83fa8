"""The command line: click, and nothing else.

A command reads its options, calls one function of `commands/`, `engine/` or `preview/`, prints what `messages/` makes
of the result, and ends with an exit code. The only sentences here are help texts. The only file written here is that
of `--report`; the lock of the site is taken here too (`source.project` owns it). Only this folder ends the process.

In reading order:

    main          the group of all commands, exit codes, Ctrl-C and signals; `main` is the entry point `newsgen`
    streams       standard streams that are closed, full or read by nobody
    console       what is printed where, and how much: --quiet, --verbose, the progress bar
    shared        what commands share: options, finding the site, reading the clock, the build's request, the lock
    writing       init, new, import, accept
    theming       theme list, theme eject
    describing    schema
    building      build, check, explain, schedule
    serving       serve
    sending       publish, verify
    publishing    kill, link, urls
    unpublishing  unpublish: anonymise, delist, note, delete

To add a command: a function in `commands/`; a click command in one of these files, named in its `__all__` (`main`
adds all of these); the lines that it prints in `messages.results`.

Exit codes: 0 done; 1 problems in the content or templates; 2 usage or settings; 3 another newsgen holds the lock; 4
disk or system; 5 a template failed after an earlier build, and the pages that it makes stay as they were; 130 and 143
stopped by Ctrl-C or SIGTERM. `model.errors` says which exception is which.

Decisions:

- **The engine is imported inside each command, not at the top**: `newsgen --help`, and a build that finds nothing to
  do, must not pay for what they do not use.
- **The clock is read once, in `shared`**: `--now`, else SOURCE_DATE_EPOCH, else the time. Except for the preview,
  which follows the time, nothing below reads a clock, the environment or the working directory.
- **`main` ends with `os._exit`, after flushing**: Python would take up to a second to free what a large build holds.
- **`check` shows advice without `--verbose`**, because editors run it to get advice.
- **`--quiet` hides warnings and results**, but never errors, and never the items that an import could not take.
- **A user's mistake is a sentence and an exit code; a bug of ours is a traceback.** With `--debug` both are
  tracebacks.
"""
