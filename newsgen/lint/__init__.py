"""Everything that `newsgen check` asks about stories, as pure functions: cards, stories and links in, Problems out.

Nothing here reads a file or knows the store. What a rule must know of the rest of the site is handed to it
(`SiteFacts`). No rule words its sentence: `messages.problems` does, by the rule's name. Who asks what:

    any build, as it reads a file   `check_file`, so `newsgen build` says the same
    `newsgen check`                 `check_archive`, live stories one by one and all together; `broken_links`, all
                                    pages
    the editor's bar of a preview   `check_story`, `check_names` and `check_sections` about the story on the page,
                                    `check_site` on the home page

Files, in reading order:

    rules           the name of every rule with its one line, for `--list-rules` and `--off`
    file_rules      one file as it is read: no text, two datelines, a photo whose caption says NO ARCHIVES
    picture_rules   a picture file that is large, says where it was taken, or of which nobody can tell
    site_rules      settings that are still those of an example
    word_rules      words of the interface that are not in the language of the site
    story_rules     one live story: a photo without alt text; dateline missing, or of another day; rights missing;
                    dated ahead of now; correction not explained; person or place without an entry; `related` leads
                    nowhere
    archive_rules   all live stories: duplicates, names, sections, versions (below); adds up what many have in common
    dateline_days   whether a dateline's day fits the story's date
    spelling        two names of persons or places that are spelled nearly alike
    duplicates      the same text twice, or nearly the same
    versions        advice on versions of one story that `updates` does not join, and on versions that are missing
    proposals       which stories look like versions of one; `newsgen link` writes these proposals
    chains          stories joined into lines of versions, without circles
    policy          what of a page a browser would refuse, by the Content Security Policy
    links           links in rendered pages to an address or a place that is not there, as a browser finds it

To add a rule: a line in `rules.RULES`, a function in the file of its kind, and a sentence in `messages.problems`.

Decisions:

- **Rather silent than noisy.** A rule says nothing where signs disagree. What many stories have in common is said
  once: a place without an entry with the number of its stories; from 21 stories without a dateline, or 21 persons
  without an entry, only how many. An archive of 100,000 stories must not get 20,000 lines of advice.
- **What is wrong with the form of a file** (an unknown key, a bad date, YAML) is found by `storyfile/`, which knows
  the line and column. The rules here are about stories that could be read.
- **Of the rules about one story, old versions are asked two** (correction not explained, `related` leads nowhere):
  nobody edits them any more, and the newest version is asked everything.
- **Two stories or names are compared only if they share a key** (a rare word, a sound): a million take n log n.
"""
