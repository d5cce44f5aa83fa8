"""Every sentence shown to a person, and every report that a program reads.

No other folder words anything: the rest of newsgen hands over values (a `Problem`, the result of a build), and this
folder turns them into text. It decides nothing, writes nothing and prints nothing. `cli/` prints; `preview/` sends
the same sentences to the browser.

In reading order:

    problems     errors, warnings and advice: one sentence for each rule of a `Problem`
    guess_problems  those of them about what an import guessed
    own_problems  those of them that are about a site's own pages, files and menu
    picture_problems  those of them that are about pictures
    publish_problems  those of them that are about publishing
    yaml_problems  those of them that are about YAML that cannot be read
    shown        these in order, errors first; the line, the excerpt, the caret; many of a kind as one
    times        instants as a person or cron reads them
    explanation  what `newsgen explain` answers, and the words for the states of a story
    imports      what an import did
    results      what each other command did
    publications  what `newsgen publish` and `verify` would do, did and found, also as JSON
    file_keys    what the keys of story files and of those beside them mean
    theme_files  what each file of the default theme is for
    scheduled    what `newsgen schedule` answers
    reports      the same as JSON, for `--report` and `--format json`
    items        what an import reads of copy, as JSON

To change or add a sentence: an error, a warning or advice (say, that a port is taken) is a line of `problems.RULES`,
under its rule's name, which `--format json` shows as `rule`. Every other line that a command prints is in `results`,
`imports` or `explanation`; help texts are in `cli/`; what a page says is in the `templates/` at the top of the
repository.

Decisions:

- **A problem carries its rule's name and values, not its sentence.** So a test can check that every rule has exactly
  one sentence, tests and programs can name rules, and a sentence can be improved in one place.
- **Each sentence of a problem ends with what to do.** It quotes the file's own words and names the key, the option or
  the command to use.
- **What a file holds is shown with control characters and escapes written out**: a story must not be able to act on
  the terminal of whoever checks it.
- **`results` imports the types of results for type checking only**: it words every command's result, and no command
  should have to load another's engine.
- **The keys of the JSON reports are a promise to other programs.** The sentences are not, so programs should go by
  `rule`.
"""
