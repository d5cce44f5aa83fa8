"""The sentences of `problems.RULES` about what an import guessed of a story, in alphabetical order of their rules.

`{0}` is what the import wrote, `{1}` the words of the copy that it rests on.
"""

from __future__ import annotations

__all__ = ["GUESS_RULES"]

GUESS_RULES: dict[str, str] = {
    "body-guessed": "The text may have a line at an end that is none of it: {1}. Take it out; if it belongs there, delete this entry under source: doubts:.",
    "byline-guessed": "The byline {0} is a guess: the copy has a line that reads as a name, without By. Correct it; if it is right, delete its entry under source: doubts:.",
    "byline-unread": "A line of the copy may be a byline that was not read: {1}. Add byline: to the front matter; if it is none, delete this entry under source: doubts:.",
    "caption-guessed": "The credit of a photo is a guess: {1}. Correct it; if it is right, delete its entry under source: doubts:.",
    "caption-unread": "A line of the copy may be a picture's caption that was not read: {1}. Add it to photos:; if it is none, delete this entry under source: doubts:.",
    "credit-guessed": "Who is credited with what is a guess: {1}. Correct it; if it is right, delete its entry under source: doubts:.",
    "credit-unread": "A line at the end of the text may be a credit line that was not read: {1}. Move it to credit:; if it is none, delete this entry under source: doubts:.",
    "date-guessed": "The date {0} is a guess: the copy has none that is clear. Correct it; if it is right, delete its entry under source: doubts:.",
    "dateline-guessed": "The dateline {0} is a guess: it names neither a day nor an agency that newsgen knows. Correct it; if it is right, delete its entry under source: doubts:.",
    "dateline-unread": "The text begins as if with a dateline that could not be read: {1}. Add dateline: to the front matter; if it is none, delete this entry under source: doubts:.",
    "embargo-guessed": "How long the copy is held back ({0}) is a guess: {1} can be read in another way. Correct it; if it is right, delete its entry under source: doubts:.",
    "encoding-guessed": "The characters of the text are a guess ({1}): the copy does not say its encoding, or was damaged. Correct it; if it is right, delete its entry under source: doubts:.",
    "headline-guessed": "The headline is a guess: the copy has none that is clear. Correct it; if it is right, delete its entry under source: doubts:.",
    "may-be-notice": "This copy may be a notice that withdraws a story, so it is withheld. If it is a story, delete its status: line. If it is a notice, kill the story that it means (newsgen kill ID --reason …), and delete this file.",
    "note-unread": "A line of the copy may be a note or a correction that was not read: {1}. Move it to corrections: or note:; if it is none, delete this entry under source: doubts:.",
}
