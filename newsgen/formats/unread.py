"""What of a piece of copy may say something that nobody read: each such line or value is a doubt.

A reading is weak where a line at an end of the copy has the words of a credit, a note, a byline or a caption but not
the shape that the grammar knows; where a name or an agency looks like no name; where the last line is no sentence. The
lines themselves stay where they are, so that nothing is lost: a doubt only says that a person should look.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from newsgen.formats.blocks import Block
from newsgen.formats.dateline_lines import starts_dateline
from newsgen.model.story import Dateline, Doubt
from newsgen.text.memo import cache_short_text
from newsgen.wire import byline, caption, names
from newsgen.wire import credits as credit_lines
from newsgen.wire.tables import phrases, table

__all__ = ["doubts_of_body", "doubts_of_captions", "doubts_of_credits", "doubts_of_dateline", "doubts_of_head"]

_ENDS = 2  # blocks at each end of the text that are looked at
_TOP = 5  # blocks at the top that are, as long as they are no sentences
_NO_START = ",.;:)]}-–—/"  # marks with which no text begins
_LINE = 260  # characters of a line that may be a note or a credit
_SENTENCE_END = re.compile(r"[.!?…。！？।۔:;][\"'”’»)\]]{0,2}$")
_BEHIND_SENTENCE = re.compile(r"(?:[.!?]\s+|\s[-–—|]\s)([^.!?]{2,50})$")  # The mill at dawn. Phoot by Mara Quill
_BY_NAME = re.compile(r"\b(?:by|von|par|por|de|di|door|av|af)\s[^\W\d_a-z][\w.'’-]+\s[^\W\d_a-z][\w.'’-]+")
_ROLES = (
    "reporting",
    "reported",
    "editing",
    "edited",
    "contributed",
    "contributing",
    "compiled",
    "translated",
    "photographs",
    "writing",
    "written",
    "inputs",
    "assistance",
)
_NOTES = (
    "correction",
    "corrects",
    "corrected",
    "clarifies",
    "refiles",
    "repeats",
    "updates",
    "recasts",
    "removes",
    "delayed",
)
_SLASHED = re.compile(r"[^\W\d_]\s?/\s?[^\W\d_]")  # as in a credit
_WORD = re.compile(r"[^\W\d_]+")
_BRACKET_AT_END = re.compile(r"[(\[]([^()\[\]]{4,60})[)\]]\.?$")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]+\s[^\W\d_a-z][\w.'’-]+")  # two words with capitals
_LABELLED_NAME = re.compile(r"[^\W\d_][\w &/-]{1,30}:\s[^\W\d_a-z][\w.'’-]+\s[^\W\d_a-z][\w.'’ -]+$")
_NAME_AND_PLACE = re.compile(  # Mara Quill writing for us from Lund
    r"[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]+){1,2}\s(?:[a-z]+\s){0,3}"
    r"(?:in|from|for|at|with|of)\s[^\W\d_a-z][\w.' -]+$"
)


@cache
def _words(key: str) -> re.Pattern[str]:
    """The words of a list of the table, as whole words or beginnings of words."""
    rows = [re.escape(row.rstrip("*")) + (r"\w*" if row.endswith("*") else "") for row in table("unread")[key]]
    return re.compile(rf"(?<!\w)(?:{'|'.join(rows)})(?!\w)", re.I)


def doubts_of_head(lines: Sequence[str], bylines: Sequence[str], persons: Sequence[str]) -> Iterator[Doubt]:
    """Of the lines above the text that nothing explains: `lines`. Of a byline: the line, and the persons read in it."""
    for line in lines:
        if _has_byline_words(line) and not persons:
            yield Doubt("byline", "byline-unread", line)
        if _may_be_note(line) or (line[:1] in "([" and line[-1:] in ")]"):
            yield Doubt("note", "note-unread", line)
        if line.endswith(":") and len(line.split()) > 4:
            yield Doubt("body", "body-guessed", line)
        if starts_dateline(f"{line} — Mills met."):
            yield Doubt("dateline", "dateline-unread", line)
        if _may_be_caption(line):
            yield Doubt("photos", "caption-unread", line)
    for person in persons:
        if _is_odd(person) and not names.is_agency(person) and not names.is_group(person):
            yield Doubt("byline", "byline-guessed", bylines[0] if bylines else person)
            break


def _may_be_caption(line: str) -> bool:
    """Whether a line ends with a name in brackets, or has a word of captions with a mark of credits or near its end."""
    if (bracket := _BRACKET_AT_END.search(line)) and _NAME.search(bracket[1]):
        return True
    behind = _BEHIND_SENTENCE.search(line) if len(line) <= _LINE else None
    if behind and (_NAME.search(behind[1]) or any(map(names.is_agency, behind[1].split()))):
        return True
    if len(line) > _LINE or not _words("caption").search(line):
        return False
    return any(mark in line for mark in "/©(:|") or _words("caption").search(" ".join(line.split()[-5:])) is not None


def _has_byline_words(line: str) -> bool:
    """Whether a short line has a name in it, and little else, or a word that begins bylines before a name."""
    words = line.split()
    if not 1 < len(words) <= 12 or _SENTENCE_END.search(line) or (any(map(str.isdigit, line)) and "|" not in line):
        return False
    capitals = sum(word[:1].isupper() for word in words)
    leads = {word.casefold().strip(":") for word in words[:-1]} & phrases("bylines", "sure")
    is_labelled = _LABELLED_NAME.match(line) is not None or _NAME_AND_PLACE.match(line) is not None
    return bool(_NAME.search(line)) and (bool(leads) or is_labelled or (len(words) <= 6 and capitals >= len(words) - 1))


def doubts_of_body(blocks: Sequence[Block], credit: str, has_note: bool) -> Iterator[Doubt]:
    """Of both ends of the text. `credit` is the credit line that was read; `has_note`, whether there was a note."""
    last = [block.text for block in blocks[max(1, len(blocks) - _ENDS) :] if not block.is_agate]
    start = blocks[0].text[:1] if blocks and not blocks[0].is_agate else "A"
    if start in _NO_START or start.islower():
        yield Doubt("body", "body-guessed", blocks[0].text[:_LINE])
    for block in blocks[:_TOP] if last else ():
        text = block.text if not block.is_agate and len(block.lines[0]) <= _LINE else ""
        if text and not has_note and _may_be_note(text):
            yield Doubt("note", "note-unread", text)
        if not text or _SENTENCE_END.search(text):
            break
        if len(text.split()) <= 10:
            yield Doubt("body", "body-guessed", text)
        if _has_byline_words(text) or (byline.is_title_line(text) and len(text) < 80):
            yield Doubt("byline", "byline-unread", text)
    for text in last:
        if not credit and len(text) <= _LINE and _may_be_credit(text):
            yield Doubt("credit", "credit-unread", text)
        is_bracketed = text[:1] in "([*" and not credit and len(text) <= _LINE
        if not has_note and (is_bracketed or _may_be_note(text)):
            yield Doubt("note", "note-unread", text)
    if last and _may_be_no_text(last[-1]):
        yield Doubt("body", "body-guessed", last[-1])


def _may_be_credit(text: str) -> bool:
    """Whether a line at the end has a word of credits, or one like it, and a name; or a name in brackets."""
    if text[:1] in '"“«':
        return False
    is_short = len(text.split()) <= 14
    has_word = _words("credit").search(text) is not None or (is_short and any(map(_is_near_role, _WORD.findall(text))))
    has_name = _NAME.search(text) is not None or any(names.is_agency(word.strip("()[].,;")) for word in text.split())
    is_marked = text[:1] in "([—–-/" or _BY_NAME.search(text) is not None
    return has_name and ((has_word and (is_short or _is_no_prose(text))) or (is_marked and is_short))


@cache_short_text
def _is_near_role(word: str) -> bool:
    """Whether a word is one of credits, perhaps with a slip of the keyboard: `Reprting`."""
    return len(word) > 4 and bool(difflib.get_close_matches(word.casefold(), _ROLES, 1, 0.8))


@cache_short_text
def _is_near_note(word: str) -> bool:
    """Whether a word is one of notes, perhaps with a slip of the keyboard: `Corrcts`."""
    return len(word) > 4 and bool(difflib.get_close_matches(word.casefold(), _NOTES, 1, 0.8))


def _may_be_no_text(text: str) -> bool:
    """Whether the last line of a text may be a page's or an editor's: no sentence, or all in brackets or stars."""
    if len(text) > _LINE:
        return False
    is_marked = text[:1] in "([*_/" and text[-1] in ")]*_/."
    return is_marked or (not _SENTENCE_END.search(text) and len(text.split()) <= 14)


def _is_no_prose(text: str) -> bool:
    """Whether a line is rather a list of names and roles than a sentence: many capitals, or no full stop."""
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return not _SENTENCE_END.search(text) or text[:1] in "([—–-/*" or 2 * capitals >= len(words)


def _may_be_note(text: str) -> bool:
    """Whether a line speaks of a story and of its correction, in words that are no known note."""
    if len(text) > _LINE:
        return False
    if any(map(_is_near_note, _WORD.findall(text[:60])[:3])):
        return True
    if not _words("note").search(text[:80]):
        return False
    has_word_first = _words("note").search(" ".join(text.split()[:3])) is not None
    return has_word_first or text[:1] in "([*" or bool(_words("story").search(text))


def doubts_of_credits(lines: Iterable[str]) -> Iterator[Doubt]:
    """Of credit lines that were read: a name that looks like none, words that are left over."""
    for line in lines:
        read = credit_lines.parse(line)
        is_odd = any(
            who.name and _is_odd(who.name) and not (who.is_group or names.is_agency(who.name)) for who in read.credits
        )
        is_odd |= any(
            not who.name and " " in who.place for who in read.credits
        )  # reporting from New York, or from Ann Lee
        if is_odd or not read.credits or (read.rest and any(map(str.isalpha, read.rest))):
            yield Doubt("credit", "credit-guessed", line)
            return


def doubts_of_captions(captions: Iterable[str]) -> Iterator[Doubt]:
    """Of captions: an agency that no table knows, a photographer's name that looks like none."""
    for text in captions:
        read = caption.parse(text)
        is_known = not read.agency or _is_picture_agency(read.agency)
        is_known = is_known and not _SLASHED.search(read.text[-40:]) and not {":", ","} & set(read.photographer)
        is_known = is_known and not (read.source and not read.photographer and len(read.source.split()) < 4)
        if not is_known or (read.photographer and (_is_odd(read.photographer) or not names.is_name(read.photographer))):
            yield Doubt("photos", "caption-guessed", text)
            return


def _is_picture_agency(text: str) -> bool:
    """Whether a name is an agency's of news or of pictures."""
    return names.is_agency(text) or text.casefold() in phrases("agencies", "pictures")


def doubts_of_dateline(line: Dateline) -> Iterator[Doubt]:
    """Of a dateline: it names neither a day nor an agency, or an agency that no table knows and no day."""
    if not line.date and not (line.agency and (names.is_agency(line.agency) or line.agency in _unspaced())):
        yield Doubt("dateline", "dateline-guessed", line.text)


@cache
def _unspaced() -> frozenset[str]:
    return frozenset(table("agencies")["unspaced"])


def _is_odd(name: str) -> bool:
    """Whether a person's name is no usual one: a figure, a word of a role in it, or more than five words."""
    return len(name.split()) > 5 or bool(_words("no_name").search(name)) or any(mark.isdigit() for mark in name)
