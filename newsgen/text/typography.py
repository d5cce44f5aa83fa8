"""Wire copy as a printer sets it: quotation marks, apostrophes and dashes of its language for those of a typewriter.

Only what is shown is set. Story files, what they are compared by and what is searched keep what was sent, and the
words of a text never change: only marks between and within them. What is not certain stays as it was sent: a mark for
inches or minutes, a mark alone between blanks, a quotation mark inside a word (Hebrew writes צה"ל with one).

markdown-it-py's `smartquotes` and `replacements` were the other way. They take thirty times as long as plain
paragraphs do in all, know no dash between blanks, open a quotation in '87, and turn (c) into ©.
tests/text/test_typography.py compares the two where both are right.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsgen.text.quotation import Marks, marks_of
from newsgen.text.scripts import UNSPACED

__all__ = ["AS_SENT", "OPAQUE", "SEAM", "Typography", "straight", "typography"]

OPAQUE = "\0"  # stands in a text for what is not to be looked at: code, an address
SEAM = "\1"  # stands where two pieces of one text meet, and is looked through
_HIDDEN = "\2"  # for an address, while the text around it is set
_FAR = 16  # marks and seams that are looked through: more stand together only in hostile text

_MARKS = re.compile("[\"'`]")
_IN_A_WORD = re.compile(r"'(?<=[^\W_]')(?=[^\W\d_])")
# Each begins with the mark, which is found fast: quotation marks before a word, and after a word or its stop.
_OPENING = re.compile(r"\"(?<![^\s(\[]\")(?=[^\W_])")
_CLOSING = re.compile(r"\"(?:(?<=[^\W\d_]\")|(?<=[.,!?\u2026)\u2019]\"))(?![^\s.,;:!?)\u2026])")
_FEET = re.compile(r"(?<=\d)'( ?)(\d{1,2}(?:\.\d+)?)\"(?!\d)")  # 5'10", 26°46'12"
_DASH = re.compile(r"(?<=[^\s-]) -{1,3}(?=\s)")
_DASH_IN_WORDS = re.compile(r"--(?<=[^\W_]--)(?=[^\W_])")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"<>]*[^\s\"<>'`.,;:!?)\]]")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|twere|em|n|til|cause|bout|round|cept)(?![^\W_])", re.I)  # after '
_OPENERS = frozenset("([{-/\u2013\u2014\u2018\u201c\u201a\u201e\u00ab\u2039\u300c\u300e\uff08\u00a1\u00bf")
_CLOSERS = frozenset(".,;:!?)]}\u2026\u2019\u201d\u00bb\u203a\u300d\u300f\u3001\u3002\uff0c\uff01\uff1f\uff09")
_ENDS = frozenset(".,;:!?\u2026\u3001\u3002\uff0c\uff01\uff1f")
_DASHES = frozenset("-/\u2013\u2014(")
_QUOTES = dict.fromkeys(map(ord, '"“”„«»「」『』″‘’‚‹›′'), "'")
_SPACED_DASH = re.compile(r"[\u00a0 ][\u2013\u2014](?=\s)")
_FRENCH_BLANK = re.compile("(?<=«)\u00a0|\u00a0(?=»)")


def straight(text: str) -> str:
    """A text to compare with what was sent: each quotation mark, double or not, is ', each dash between blanks -."""
    if text.isascii():
        return text.replace('"', "'")
    return _SPACED_DASH.sub(" -", _FRENCH_BLANK.sub("", text)).translate(_QUOTES)


@lru_cache(64)
def typography(language: str) -> Typography:
    """How the texts of a language (BCP 47) are set."""
    return Typography(marks_of(language))


class Typography:
    """Sets texts with the marks of one language. Immutable."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._spaced_dash = f"\u00a0{marks.dash}"  # no line begins with it
        self._dash_in_words = f"\u00a0{marks.dash} " if marks.dash == "\u2013" else marks.dash

    def set(self, text: str) -> str:
        """A text of one or several paragraphs, parted by blank lines, as it is printed."""
        has_quotes = '"' in text or "'" in text or "`" in text
        if not has_quotes and " -" not in text and "--" not in text:
            return text
        addresses: list[str] = []
        if "://" in text or "www." in text:
            if _HIDDEN in text:
                return text
            addresses = _ADDRESS.findall(text)
            text = _ADDRESS.sub(_HIDDEN, text)
        if " -" in text:
            text = _DASH.sub(self._spaced_dash, text)
        if "--" in text:
            text = _DASH_IN_WORDS.sub(self._dash_in_words, text)
        if has_quotes:
            text = self._with_quotes(text)
        if addresses:
            first, *others = text.split(_HIDDEN)
            text = first + "".join(f"{url}{rest}" for url, rest in zip(addresses, others, strict=True))
        return text

    def set_pieces(self, pieces: list[str]) -> list[str]:
        """The pieces of one paragraph (mark-up stands between them), set as if they were one text."""
        whole = SEAM.join(pieces)
        if whole.count(SEAM) != len(pieces) - 1:
            return pieces
        return self.set(whole).split(SEAM)

    def _with_quotes(self, text: str) -> str:
        """First the marks that any reader is sure of, nearly all; a paragraph with others is read in order."""
        if "'" in text:
            text = _IN_A_WORD.sub(self._marks.apostrophe, text)
            if '"' in text:
                text = _FEET.sub("\u2032\\1\\2\u2033", text)
        clear = text
        if '"' in text:
            clear = _CLOSING.sub(self._marks.closing, _OPENING.sub(self._marks.opening, text))
        if '"' not in clear and "'" not in clear and "`" not in clear:
            return clear
        pairs = zip(clear.split("\n\n"), text.split("\n\n"), strict=True)
        return "\n\n".join([self._in_order(sent) if _MARKS.search(known) else known for known, sent in pairs])

    def _in_order(self, paragraph: str) -> str:
        """A paragraph read from its beginning. A quotation that does not close in it goes on in the next."""
        quotes = _Quotes(paragraph, self._marks)
        parts: list[str] = []
        end = 0
        for mark in _MARKS.finditer(paragraph):
            at = mark.start()
            if at < end:  # the second of two marks that are one
                continue
            shown, width = quotes.read(at)
            parts += (paragraph[end:at], shown)
            end = at + width
        parts.append(paragraph[end:])
        return "".join(parts)


class _AsSent(Typography):
    """Leaves texts as they are."""

    def set(self, text: str) -> str:
        return text


AS_SENT: Typography = _AsSent(marks_of(""))


class _Quotes:
    """Reads the marks of a paragraph from its beginning to its end."""

    def __init__(self, text: str, marks: Marks) -> None:
        self._text = text
        self._marks = marks
        self._is_open = False  # a quotation
        self._is_inner_open = False  # one within it
        self._opened_at = -1  # where the last mark that opened something ends
        self._last_closing: int | None = None  # where the last ' stands that may close something; not yet looked for

    def read(self, at: int) -> tuple[str, int]:
        """What is printed for the mark at a place, and how many characters it takes the place of."""
        text = self._text
        mark = text[at]
        if text[at : at + 2] in ("``", "''"):
            return self._double(at, 2)
        if mark == '"':
            return self._double(at, 1)
        if mark == "`":
            has_word = self._is_start(at) and not self._is_end(at + 1)
            return (self._opened(at + 1, inner=True), 1) if has_word else (mark, 1)
        return self._single(at), 1

    def _double(self, at: int, width: int) -> tuple[str, int]:
        sent = self._text[at : at + width]
        starts, ends = self._is_start(at), self._is_end(at + width)
        if starts and (not ends or self._text.startswith("..", at + width)):
            return self._opened(at + width), width
        before = self._before(at)
        if ends:
            if starts or (before.isdigit() and not self._closes_after_digit(at, width)):
                return sent, width
            return self._closed(), width
        if sent == "``":
            return self._opened(at + width), width
        if before in _ENDS or before in "'\u2019" or UNSPACED.match(before) or self._after(at + width) in _DASHES:
            return (self._closed() if self._is_open else self._opened(at + width)), width
        return sent, width

    def _closes_after_digit(self, at: int, width: int) -> bool:
        """Whether a mark behind a figure closes a quotation, and is none for inches: the next one does not close."""
        if not self._is_open:
            return False
        following = self._text.find('"', at + width)
        return following < 0 or self._is_start(following) or not self._is_end(following + 1)

    def _single(self, at: int) -> str:
        starts, ends = self._is_start(at), self._is_end(at + 1)
        before = self._before(at)
        if starts and ends:
            return "'"
        if starts:
            if _ELISION.match(self._text, at + 1) or not self._is_closed_later(at):
                return self._marks.apostrophe
            return self._opened(at + 1, inner=True)
        if ends and self._is_inner_open:
            self._is_inner_open = False
            return self._marks.inner_closing
        if before.isdigit() and (ends or self._after(at + 1).isdigit()):
            return "'"  # feet, minutes
        return self._marks.apostrophe

    def _is_closed_later(self, at: int) -> bool:
        """Whether a later mark of the paragraph may close the quotation that this one would open."""
        if self._last_closing is None:
            last = self._text.rfind("'")
            while last >= 0 and (self._is_start(last) or not self._is_end(last + 1)):
                last = self._text.rfind("'", 0, last)
            self._last_closing = last
        return at < self._last_closing

    def _opened(self, end: int, *, inner: bool = False) -> str:
        self._opened_at = end
        if inner:
            self._is_inner_open = True
            return self._marks.inner_opening
        self._is_open = True
        return self._marks.opening

    def _closed(self) -> str:
        self._is_open = False
        return self._marks.closing

    def _before(self, at: int) -> str:
        """The character before a place; "" at the beginning of the paragraph."""
        return self._text[max(0, at - _FAR) : at].rstrip(SEAM)[-1:]

    def _after(self, at: int) -> str:
        """The character at a place that is no mark; "" at the end of the paragraph."""
        return self._text[at : at + _FAR].lstrip("\"'`\1")[:1]

    def _is_start(self, at: int) -> bool:
        """Whether a word may begin after the mark at a place."""
        before = self._before(at)
        return at == self._opened_at or not before or before.isspace() or before in _OPENERS

    def _is_end(self, at: int) -> bool:
        """Whether a word may have ended before the mark that ends at a place."""
        after = self._after(at)
        return not after or after.isspace() or after in _CLOSERS
