"""The grammar of agency copy: text in, values out.

What a headline's tags, a byline, a dateline, a credit line, a caption, a note or a kill notice says. Copy is never
changed. What cannot be read stays as sent, and nothing is guessed, neither a year nor a name. The importers
(formats/), the readers of story files (storyfile/) and the editor's rules (lint/) call these files. Imports only
model/ and text/.

    tables          the tables in TOML beside the code: names of agencies, words of languages
    names           closed lists: months, agencies, regions, groups; what looks like a person's name
    headline        wire tags of a headline: `UPDATE 2-`, `(CORRECTED)`
    byline          `By A, B and C`
    dateline        `HARWICK, June 3 (Northern Wire) -`, with one city or several
    dateline_unspaced  the same of scripts without spaces: Chinese, Japanese, Korean
    dateline_weak   starts of copy that are a dateline only by their look: `Karachi: `
    dateline_places  the places of a dateline, with their regions
    place_names     which words are in capitals; how pages show a place
    contacts        e-mail addresses, telephone numbers and the like, which no page prints
    credits         `(Reporting by A in X; Editing by B)`
    credit_forms    credit lines in other words: `With files from A`, `(Reporte de A; editado por B)`
    caption         a picture's caption, the credit at its end, `NO ARCHIVES`
    notes           editors' notes before copy, credit lines and end matter after it
    furniture       lines of a web page that are no copy: `Share`, `3 min read`
    versions        which version copy claims to be: `UPDATE 2`, `3rdLd-Writethru`
    headline_match  whether two headlines may be of versions of one story
    notice_stems    words of which one is in every notice that withdraws a story
    notice_words    the words of notices that withdraw a story, in other languages than English
    notice_form     whether copy is such a notice, certainly or perhaps
    kill_notice     what such a notice says of the story
    kill_match      which story of the archive such a notice means
    likely_notice   whether a story of an archive is likely to be such a notice

Decisions:

- **Every pattern is bounded** (`{0,3}`, limits in characters), because a body from elsewhere may be one line of
  megabytes.
- **The lists are closed.** A word that is on no list is copy: better a tag left in a headline than a subject taken
  out.
- **Of a doubtful notice, and of a doubtful match, an editor decides**: removing the wrong story is as bad as leaving
  the right one. Until then such copy is withheld.
"""
