"""The grammar of agency copy: text in, values out.

What a headline's tags, a byline, a dateline, a credit line, a caption, a note or a kill notice says. Copy is never
changed, and what cannot be read stays as sent; nothing is guessed, neither a year nor a name. The importers (formats/),
the readers of story files (storyfile/) and the editor's rules (lint/) ask here. Imports only model/ and text/.

    names           closed lists: months, agencies, regions, groups; what reads as a person's name
    headline        wire tags of a headline: `UPDATE 2-`, `(CORRECTED)`
    byline          `By A, B and C`
    dateline        `HARWICK, June 3 (Northern Wire) -`; how pages show a place
    credits         `(Reporting by A in X; Editing by B)`
    caption         the text of a picture's caption, and the credit at its end
    notes           editors' notes before copy, credit lines and end matter after it
    furniture       lines of a web page that are no copy: `Share`, `3 min read`
    versions        which version of a story copy claims to be
    headline_match  whether two headlines may be of versions of one story
    kill_notice     notices that a story is withdrawn, and what they say of it
    kill_match      which story of the archive such a notice means

Decisions:

- **Every pattern is bounded** (`{0,3}`, limits in characters), for copy comes from elsewhere and a body may be one line
  of megabytes.
- **The lists are closed.** A word that is on no list is copy: better a tag left in a headline than a subject taken out.
- **A doubtful notice is no notice, and a doubtful match is an editor's choice**: to remove the wrong story is as bad as
  to leave the one that is meant.
"""
