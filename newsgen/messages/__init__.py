"""Every sentence shown to a person, and every report that a program reads.

No other folder words anything: the rest of newsgen hands over values (a `Problem`, the result of a build), and this
folder turns them into text. It decides nothing, writes nothing and prints nothing: `cli/` prints, and ends the process;
`preview/` sends the same sentences to the browser.

In reading order:

    problems     what is wrong, and what to do: one sentence for each rule of `Problem`; how one is shown
    times        instants as a person or cron reads them
    explanation  what `newsgen explain` answers, and the words for the states of a story
    results      what each command did
    reports      the same as JSON, for `--report` and `--format json`

Where to change a sentence: an error, a warning or advice is in `problems`, under its rule's name, which `--format json`
shows as `rule`. Every other line that a command prints is in `results` or `explanation`. Help texts are in `cli/`. What
is printed in a page is in `templates/`.

Decisions:

- A problem carries its rule's name and values, not its sentence: a test can hold every rule to having exactly one
  sentence, tests and programs name rules, and a sentence can be improved in one place.
- Each sentence of a problem ends with what to do. It quotes the file's own words and names the key, the option or the
  command to use.
- What a file holds is shown with control characters and escapes written out: a story must not be able to act on the
  terminal of whoever checks it.
- The types of results are imported for type checking only: `results` words each command's result, and no command may
  have to load the engine of another.
- The keys of the JSON reports are a promise to other programs. The sentences are not, so programs should go by `rule`.
"""
