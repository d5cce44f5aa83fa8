"""The top of a piece of copy: every line above the text, read as what it says.

The lines come in any order, with or without blank lines between them: labels, breadcrumbs, the site's name, a kicker, a
slugline, the headline, a deck, bylines, dates, captions, notes, embargoes. A line that nothing explains is a candidate
for the headline; the rest of them become deck or are dropped. The text begins with the dateline, or with prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsgen.formats import compound_lines, dates, embargo, labels, sluglines
from newsgen.formats.dateline_lines import dateline_alone, starts_dateline
from newsgen.formats.dates import DateLine
from newsgen.formats.head_parts import (
    PARAGRAPH,
    PROSE,
    SENTENCE_END,
    SITE_MARK,
    Head,
    group_at,
    is_explained,
    is_heading_of,
    stands_above_byline,
)
from newsgen.formats.headline_choice import choose, take_above
from newsgen.wire import byline, caption, dateline, furniture, names, notes
from newsgen.wire.contacts import is_contact_line
from newsgen.wire.tables import table

__all__ = ["read_head"]

_LINES = 30  # lines without blank ones that may stand above the text
_LONG = 200  # the same of any paragraph
_BODY = 60  # characters behind a label of the text from which they are its first line
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,400}$")
_POINT = re.compile(r"\s*[*•·▪◦‣●–-]\s+(\S.*)$")
_AND = re.compile(r"(?:and|und|et|y|e|en|&)\s(\S.*)$")  # the second line of a byline
_COLUMNS = re.compile(r"\S {3,}\S+(?: {2,}\S+)+")


def read_head(lines: Sequence[str], month_first: bool | None = None) -> tuple[Head, int]:
    """(what stands above the text, the index of the line at which the text begins). `month_first`: see `dates`."""
    reader = _HeadReader(lines, month_first)
    start = reader.read(len(lines))
    has_text = any(line.strip() for line in lines[start : start + 60])
    is_sure = has_text and starts_dateline(" ".join(line.strip() for line in lines[start : start + 3]))
    if reader.below >= 0 and (not has_text or (len(reader.head.deck) > 3 and not is_sure)):
        start = reader.below  # nothing reads as text: then what stands below the headline is
        reader = _HeadReader(lines, month_first)
        reader.read(start)
    return reader.head, start


class _HeadReader:
    """Reads the lines from the first on, and keeps those that nothing explains. Mutable; one for each piece of copy."""

    def __init__(self, lines: Sequence[str], month_first: bool | None) -> None:
        self.head = Head(is_coded=labels.are_codes(lines[:_LINES]))
        self._label = labels.read_code if self.head.is_coded else labels.read
        self._month_first = month_first
        self._lines = lines
        self._candidates: list[tuple[int, str]] = []  # (index of the line, its text)
        self._says_update = False  # the line before was `Updated`
        self._next_line = ""  # behind the line that is read
        self._explained = -1  # the index of the last line that is explained
        self.below = -1  # the index of the first line below the headline that nothing explains

    def read(self, stop: int) -> int:
        """Read the head; the index of the line at which the text begins, `stop` at the latest."""
        at, count = 0, 0
        while at < stop and count < _LINES:
            text = " ".join(self._lines[at].split())
            if not text:
                at += 1
                continue
            count += 1
            self._next_line = next((line.strip() for line in self._lines[at + 1 : at + 3] if line.strip()), "")
            label = self._label(text)
            starts = label is not None and label.field == "body"
            if label and starts and (not label.text or len(label.text) > _BODY or self.head.is_coded):
                self.head.dropped.append(text.removesuffix(label.text).strip())
                self.head.first = label.text
                self._choose_headline()
                return at + 1
            if label and starts and not self._candidates and self._next_line:  # Story: Mill turns
                self.head.dropped.append(text.removesuffix(label.text).strip())
                text = label.text
            if label and not starts and not embargo.read(text):
                at += self._take_label(label, at, text)
                self._explained = at - 1
            elif self._begins_text(at, text):
                break
            elif self._take(text) or self._take_name(at, text):
                self._explained = at
                at += 1
            else:
                self._candidates.append((at, text))
                at += 1
        self._choose_headline()
        return at

    # --- where the text begins ---

    def _begins_text(self, at: int, text: str) -> bool:
        """Whether the text begins with a line."""
        if compound_lines.read(text):  # Vigo - 12 JUN 2024 - 14:14 CEST
            return False
        group = group_at(self._lines, at)
        if len(group) > 1 and not starts_dateline(text) and any(starts_dateline(other) for other in group[1:8]):
            return False
        has_headline = bool(self._candidates or self.head.headline)
        paragraph = " ".join(group)
        line, before, rest = dateline.split(paragraph[:PARAGRAPH])
        if line and rest and (not before or len(group) == 1 or not is_explained(text)):
            is_bare = not line.agency and not line.date
            return has_headline or not is_bare or len(text) > 100
        if is_explained(text):
            return False
        if len(group) > 1 and _COLUMNS.search(self._lines[at].strip()):
            return has_headline
        if is_heading_of(group):
            return False
        if not paragraph.isascii() and any(mark in paragraph for mark in "。！？") and len(paragraph) >= 12:
            return has_headline or len(paragraph) > 60
        ends = bool(SENTENCE_END.search(paragraph))
        if len(paragraph) >= _LONG or (ends and len(paragraph) >= PROSE):
            return True
        least = 5 if paragraph.endswith(":") else 7
        is_short_sentence = (
            (ends or least == 5) and len(paragraph.split()) >= least and at > 0 and not self._lines[at - 1].strip()
        )
        return has_headline and is_short_sentence and not stands_above_byline(self._lines[at + len(group) :])

    # --- what a line is ---

    def _take_label(self, label: labels.Label, at: int, text: str) -> int:
        """Take a labelled line, with the next one where its value stands there; how many lines were taken."""
        value, taken = label.text, 1
        if not value:
            following = next(
                (line for line in range(at + 1, min(at + 3, len(self._lines))) if self._lines[line].strip()), 0
            )
            if following and not self._label(self._lines[following]):
                value, taken = " ".join(self._lines[following].split()), following - at + 1
        head = self.head
        if label.field in ("headline", "byline", "section", "slugline", "dateline", "deck"):
            head.dropped.append(text.removesuffix(label.text).strip())
        read = dates.read_line(text, self._month_first)
        if not read and label.field == "date":
            read = dates.read_line(value, self._month_first)
        if not read and text.casefold().startswith("publication") and (day := dates.find_in(value.replace(": ", " "))):
            read = DateLine(day)
        if label.field == "headline" and value and not head.headline:
            head.headline = value
        elif read:
            self._take_date(read, text)
        elif label.field == "byline" and value:
            head.bylines.append(byline.turned_round(value))
        elif label.field == "section" and value and not head.section:
            head.section = value
        elif label.field == "slugline" and value and not head.slugline:
            head.slugline = value
        elif label.field == "dateline" and value and not head.dateline:
            head.dateline = value
        elif label.field == "deck" and value:
            head.deck.append(value)
        elif label.field == "credit" and value:
            (head.photos if caption.is_caption(text) else head.credits).append(text)
        elif label.field == "note":
            head.notes.append(text if value in text else f"{text} {value}")
        else:
            head.dropped.append(text if value in text else f"{text} {value}")
        return taken

    def _take_date(self, read: DateLine, text: str) -> None:
        """The first date that is no update's; an update's where there is no other."""
        is_update = read.is_update or self._says_update
        if self.head.date is None or (self.head.date.is_update and not is_update):
            self.head.date, self.head.date_line = read._replace(is_update=is_update), text
        self.head.dropped.append(text)
        self._says_update = False

    def _take(self, text: str) -> bool:
        """Take a line by what it says; False where it may be a headline."""
        head = self.head
        words = furniture.bullet(text) or text
        low = text.casefold().strip(" :")
        kind = furniture.kind(text)
        if embargo.read(text):
            head.holds.append(text)
        elif read := dates.read_line(words, self._month_first):
            self._take_date(read, text)
        elif low in table("layout")["above"]["lines"]:
            self._says_update = low == "updated"
            head.dropped.append(text)
        elif kind == "breadcrumb" and len(words) <= 60:
            if not head.section and names.is_name(words):
                head.section = words
            head.dropped.append(text)
        elif kind and kind != "breadcrumb":
            head.dropped.append(text)
        elif note := notes.note(text):
            head.notes.append(note.text)
        elif is_contact_line(text):
            head.contacts.append(text)
            if byline.is_byline(text):
                head.persons += byline.parse(text)
        elif self._take_parts(text):
            pass
        elif byline.is_byline(text) or (self._candidates and " | " in text and byline.is_bare_byline(text)):
            head.bylines.append(text)
            head.credits += filter(None, [byline.credit_behind(text)])
        elif head.bylines and (rest := _AND.match(text)) and byline.is_byline(f"By {rest[1]}"):
            head.bylines[-1] = f"{head.bylines[-1]} {text}"
        elif head.bylines and byline.is_title_line(text):
            head.dropped.append(text)
        elif _ADDRESS.match(text):
            if head.address:
                head.dropped.append(text)
            head.address = head.address or text
        elif self._candidates and not head.dateline and (alone := dateline_alone(text)):
            head.dateline = alone
        elif caption.is_caption(text) and (self._candidates or not SITE_MARK.search(text)):
            head.photos.append(text)
        elif self._candidates and (point := _POINT.match(text)):
            head.points.append(point[0].strip())
        elif not self._candidates and furniture.is_breadcrumb(text):
            head.dropped.append(text)
        elif not self._candidates and not head.slugline and (slug := sluglines.read_slugline(text)):
            head.slugline = slug
            head.dropped += [text.removesuffix(slug).strip()] if slug != text else []
        elif names.is_agency(text) or sluglines.is_metadata(text) or self._is_code(text):
            head.dropped.append(text)
        else:
            return False
        return True

    def _is_code(self, text: str) -> bool:
        """Whether a line is a code: above the headline a message's, below it a data base's."""
        if not self._candidates:
            return sluglines.is_code(text, (self.head.dropped or [""])[-1])
        return text.isupper() and text.isalpha() and len(text) < 7 and sluglines.is_metadata(self._next_line)

    def _take_parts(self, text: str) -> bool:
        """Take a line whose parts say several things: a byline and a date."""
        read = compound_lines.read(text, self._month_first)
        if read is None:
            return False
        if read.date:
            self._take_date(read.date, text)
        else:
            self.head.dropped.append(text)
        if read.bylines and not self.head.bylines:
            self.head.persons += [person for line in read.bylines for person in byline.parse(line)]
            self.head.guessed_byline = self.head.guessed_byline or (read.bylines[0] if read.is_guess else "")
        return True

    def _take_name(self, at: int, text: str) -> bool:
        """Take a line that is only a name, below a headline and above the text: a byline without `By`."""
        if not self._candidates or len(text) > 60 or at + 1 >= len(self._lines):
            return False
        behind = self._lines[at + 1].strip()
        goes_on = bool(behind) and (
            byline.is_title_line(behind) or names.is_agency(behind) or compound_lines.read(behind) is not None
        )
        is_apart = not self._lines[at - 1].strip() or self._explained == at - 1
        goes_on |= dates.read_line(behind) is not None
        if not byline.is_bare_byline(text) or not (
            goes_on or (is_apart and not behind) or byline.without_agency(text) != text
        ):
            return False
        self.head.bylines.append(text)
        self.head.guessed_byline = self.head.guessed_byline or text
        return True

    def _choose_headline(self) -> None:
        """The headline among the lines that nothing explains; those above are dropped, those below are the deck."""
        head = self.head
        if head.headline:
            head.deck += [text for _at, text in self._candidates]
            head.unread += [text for _at, text in self._candidates]
        elif self._candidates:
            take_above(self.head, self._candidates)
            chosen = choose(self._candidates)
            head.headline, head.is_headline_guess = chosen.text, chosen.is_guess
            head.dropped += chosen.above
            head.deck += [text for _at, text in chosen.below]
            head.unread += [*chosen.above, *(text for _at, text in chosen.below)]
            self.below = chosen.below[0][0] if chosen.below else -1
        elif len(head.slugline.split()) > 3 and not head.slugline.isupper():  # Bridge to close, Take 2
            head.headline, head.slugline = head.slugline, ""
