"""The list of all rules of `newsgen check`: what each looks for, and which of them `--off` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen.model.errors import Problem

__all__ = ["RULES", "SWITCHABLE", "switched_on"]

# In alphabetical order. The sentence that a person reads when a rule finds something is in messages/problems.py.
RULES: Mapping[str, str] = {
    "alt-missing": "a photo with a file has no alt text",
    "base-url-example": "base_url is still the address of an example",
    "body-guessed": "imported copy begins or ends with a line that may be none of its text",
    "broken-fragment": "a link leads to a place that its page does not have",
    "broken-link": "a link within the site leads nowhere",
    "byline-guessed": "an import took a line that reads as a name for a byline",
    "byline-unread": "imported copy has a line that may be a byline, which could not be read",
    "caption-guessed": "an import read the credit of a photo, but does not know its agency or name",
    "caption-unread": "imported copy has a line that may be a caption, which could not be read",
    "contact-in-body": "the first or last paragraph has an e-mail address or a telephone number",
    "correction-missing": "the headline says that the story was corrected, and corrections does not say how",
    "credit-guessed": "an import read a credit line, but not all of it, or a name that looks like none",
    "credit-unread": "imported copy ends with a line that may be a credit line, which could not be read",
    "csp-blocked": "a page loads something from elsewhere that the site's policy does not allow",
    "csp-inline": "a page has a script or style inline, which the site's policy does not allow",
    "date-ahead": "a story is dated more than a day ahead of now, and no embargo holds it",
    "date-guessed": "an import found no clear date in the copy, and guessed one",
    "dateline-guessed": "an import took a place for a dateline that names neither a day nor a known agency",
    "dateline-missing": "a story, not a brief, factbox, photo or the like, has no dateline",
    "dateline-stale": "the dateline's day is not that of the story: at most 3 days before, or 1 after",
    "dateline-twice": "a text begins with a dateline, and another stands before it",
    "dateline-unread": "imported copy begins as if with a dateline, which could not be read",
    "description-example": "description is still what newsgen init wrote",
    "duplicate-story": "two stories have nearly the same text, or the same headline, section and day",
    "embargo-guessed": "an import read that copy is held back, from words or a day that can be read in another way",
    "encoding-guessed": "an import guessed the encoding of the copy, or mended or lost characters",
    "headline-guessed": "an import found no clear headline in the copy, and guessed one",
    "lead-unknown": "lead names a story that is not live, or not in the section",
    "link-outside": "a link leaves the folder of the site, and leads to what the site has inside it",
    "list-in-commas": "several topics, persons, places or organisations are written as one text, with commas",
    "may-be-notice": "imported copy may be a notice that withdraws a story, so it is withheld",
    "name-near": "two names of persons are spelled nearly alike",
    "no-archives": "the caption of a photo says NO ARCHIVES",
    "no-body": "a story has no text, and is no brief or photo",
    "note-unread": "imported copy has a line that may be a note or a correction, which could not be read",
    "notice-as-story": "a story that is shown reads like an agency's notice that withdraws another",
    "person-unknown": "there is a _people.yaml, and it does not have a person whom a story is about",
    "photo-animated": "a picture file moves, and is published as it is",
    "photo-cmyk": "a picture file has the colours of print, and is converted to those of screens",
    "photo-damaged": "a picture file cannot be decoded to its end, and is published as it is",
    "photo-deep": "a picture file has 16 bits a channel, of which 8 are published",
    "photo-empty": "a picture file has no bytes",
    "photo-heic": "a picture file is HEIC, which few browsers show",
    "photo-large": "a picture file has more than 1 MB",
    "photo-position": "a picture file says where it was taken, which newsgen leaves out of what it publishes",
    "photo-said": "a caption or a credit is shown that only the picture file says",
    "photo-svg": "a picture file is SVG, which may hold scripts",
    "photo-tiff": "a picture file is TIFF, which browsers do not show",
    "photo-tiny": "a picture is one or two pixels wide or high",
    "photo-too-large": "a picture has too many pixels to be decoded, and is published as it is",
    "photo-unclear": "newsgen cannot tell whether a picture file says where it was taken, and publishes it as it is",
    "photo-unreadable": "a file with the name of a picture is none",
    "photos-copied": "large pictures are published as they are, because Pillow is not installed",
    "place-near": "two names of places are spelled nearly alike",
    "place-unknown": "there is a _places.yaml, and it does not have the place",
    "raw-html": "a text has HTML, which is shown as text",
    "related-unknown": "related names a story that is not live",
    "rights-missing": "an agency's stories say no rights, nor does their section, nor do the settings",
    "section-near": "no other story is in a story's section, and its name is nearly that of another",
    "storyline-unknown": "_storylines.yaml names a story that is not live",
    "version-missing": "versions of a story are missing, to judge by their numbers",
    "version-unlinked": "a story looks like the next version of another, and updates does not say so",
    "words-missing": "the interface has English words, for the catalogue of the site's language lacks them",
}

# A desk may know better than a rule that gives advice or a warning; these four find errors, and stay on.
_ERRORS = ("broken-fragment", "broken-link", "correction-missing", "link-outside")
SWITCHABLE: Mapping[str, str] = {name: text for name, text in RULES.items() if name not in _ERRORS}

# Problems that are worded otherwise than their rule's: because they are many, or less sure.
_VARIANTS: Mapping[str, str] = {
    "comma-in-entry": "list-in-commas",
    "datelines-missing": "dateline-missing",
    "list-in-lines": "list-in-commas",
    "persons-unknown": "person-unknown",
    "photos-large": "photo-large",
    "photos-position": "photo-position",
    "version-likely": "version-unlinked",
}


def switched_on(problems: Iterable[Problem], off: frozenset[str]) -> list[Problem]:
    """The problems whose rules are not among those that are `off`."""
    return [problem for problem in problems if _VARIANTS.get(problem.rule, problem.rule) not in off]
