"""Everything that `newsgen check` asks about stories, as pure functions: cards, stories and links in, Problems out.

Nothing here reads a file or knows the record. What a rule needs of the rest of the site is handed to it (`SiteFacts`).
No rule words a sentence: `messages.problems` does, by the rule's name. Who asks:

    engine, when it reads a file    check_file       what `newsgen build` says as well
    `newsgen check`                 check_archive    all stories, and what many have in common once
                                    broken_links     all pages
    the preview's bar               check_story      the story that it shows, and `check_names` of that story alone

Files, in reading order:

    rules           the list that `--list-rules` shows and `--off` takes
    file_rules      one file as it is read
    story_rules     one live story
    archive_rules   all live stories together
    dateline_days   whether a dateline's day fits a date
    spelling        names that are spelled nearly alike
    duplicates      texts that are nearly the same
    versions        versions of one story that nobody joined
    proposals       which stories look like versions of one
    chains          stories joined into lines of versions
    links           links that lead nowhere

A new rule is a line in `rules`, a function, and a sentence in `messages.problems`.

Decisions that someone will ask about:

- **Rather silent than noisy.** Each rule says nothing where signs disagree, and says once what many stories have in
  common: a place without an entry with the number of its stories, and from 21 stories without a dateline, or 21 persons
  without an entry, only how many there are. An archive of 100,000 stories must not get 20,000 lines of advice.
- **What is wrong with the form of a file** (a key, a date, YAML) `storyfile` finds, which knows the line and column.
  Here is what a well-formed story should have besides.
- **An old version is asked little.** Nobody edits it any more, and its newest version is asked everything.
- **No pair of stories or names is compared unless it shares a key**, so that a check of a million takes n log n.
"""
