"""The bytes of a story file -> front matter and body: encoding, fences and limits. Reads no YAML.

Every refusal is a `Fault` with a place in the text, which the callers turn into Problems. Nothing is guessed: bytes
that are not UTF-8 are reported, never replaced. C1 characters are read as the marks of Windows-1252, one for one.
"""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.text.windows_1252 import read_c1

__all__ = ["FILE_LIMIT", "HEADER_LIMIT", "Cut", "Fault", "c1_marks", "cut", "decode", "drop_unprintable", "place"]

FILE_LIMIT = 4 * 1024 * 1024  # bytes: in a year of a busy wire no story reaches 1 MB
HEADER_LIMIT = 1024 * 1024  # characters

# What XML 1.0 and HTML forbid in text: C0 but for tab and newline, DEL, C1, and the 66 noncharacters of Unicode.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*$", re.M)
_C1 = re.compile(rb"\xc2[\x80-\x9f]")  # in UTF-8, nothing else has these bytes
_C1_LEAD = b"\xc2"  # is looked for in a tenth of the time
_C1_TEXT = re.compile("[\x80-\x9f]")
_CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_NONCHARACTER_BYTES = (b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")  # one is in each of them


class Fault(Exception):
    """Why a file cannot be read, and where. Lines and columns count from 1; 0 means unknown."""

    def __init__(
        self, rule: str, values: tuple[str, ...] = (), line: int = 0, column: int = 0, excerpt: str = ""
    ) -> None:
        super().__init__(rule, values, line, column, excerpt)
        self.rule = rule
        self.values = values
        self.line = line
        self.column = column
        self.excerpt = excerpt


@value
class Cut:
    """A story file cut at its fences."""

    header: str
    header_line: int  # the line of the file on which the header begins
    written: str  # the body as it is in the file
    body: str  # as it is read: without comments and forbidden characters; each line where it was
    body_line: int
    dropped: int  # how many forbidden characters the body lost


def drop_unprintable(text: str) -> str:
    """`text` without the characters that XML and HTML forbid."""
    return _UNPRINTABLE.sub("", text)


def _may_have_unprintable(data: bytes) -> bool:
    """Whether UTF-8 may be that of a character that XML and HTML forbid."""
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        return True
    return not data.isascii() and any(sign in data for sign in _NONCHARACTER_BYTES)  # `decode` leaves no C1


def place(text: str, at: int) -> tuple[int, int, str]:
    """(line, column, the line's text) of the character at `at`."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text.count("\n", 0, at) + 1, at - start + 1, text[start : end if end >= 0 else len(text)]


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Fault:
    """The fault of bytes that are not UTF-8, at the first of them."""
    at = error.start
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").rstrip("\r")
    column = len(data[start:at].decode("utf-8", "replace")) + 1
    return Fault("not-utf-8", (f"0x{data[at]:02X}", str(at + 1)), data.count(b"\n", 0, at) + 1, column, line)


def c1_marks(data: bytes) -> Fault | None:
    """Where the first of the C1 characters is that `decode` reads as marks, and how many there are; None for none."""
    count = len(_C1.findall(data)) if _C1_LEAD in data else 0
    if not count:
        return None
    text = data.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
    first = _C1_TEXT.search(text)
    line, column, excerpt = place(text, first.start() if first else 0)
    return Fault("windows-marks", (str(count),), line, column, read_c1(excerpt))


def decode(data: bytes) -> str:
    """The text of a UTF-8 file that a person wrote, its lines ending in \\n. Raises Fault."""
    if len(data) > FILE_LIMIT:
        raise Fault("file-too-large", (f"{len(data):,}", f"{FILE_LIMIT:,}"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise Fault("utf-16")
    if b"\x00" in data:
        if any(
            half.count(0) * 2 > len(half) for half in (data[0:128:2], data[1:128:2])
        ):  # UTF-16 without a byte order mark
            raise Fault("utf-16")
        at = data.index(0)
        raise Fault("nul", (str(at + 1),), data.count(b"\n", 0, at) + 1)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()  # in half the time of utf-8-sig
    except UnicodeDecodeError as error:
        raise _undecodable(data, error) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            raise Fault("lone-cr", (), *place(text, text.index("\r")))
    return _C1_TEXT.sub(lambda mark: read_c1(mark[0]), text) if _C1_LEAD in data and _C1.search(data) else text


def _closing(text: str, at: int) -> re.Match[str] | None:
    """The first closing fence from `at` on. Searches for the dashes, not line by line: 0.3 µs, not 2."""
    while (at := text.find("---", at)) >= 0:
        if text[at - 1] == "\n" and (fence := _CLOSING.match(text, at)):
            return fence
        at += 3
    return None


def _without_html_marks(rest: str) -> str:
    from newsgen.text import html_in_body  # only here: most archives have no HTML, and it takes 5 ms to load

    return html_in_body.without_html_marks(rest) if html_in_body.may_have_html(rest) else rest


def cut(data: bytes) -> Cut:
    """Cut a story file at its fences. Raises Fault."""
    text = decode(data)
    opening = _OPENING.match(text)
    if not opening:
        if not text.strip():
            raise Fault("empty-file")
        raise Fault("no-front-matter", (), 1, 1, text[:200].partition("\n")[0])
    closing = _closing(text, opening.end())
    if not closing:
        raise Fault("no-closing-fence", (), 1, 1, "---")
    if closing.start() - opening.end() > HEADER_LIMIT:
        raise Fault("header-too-large", (f"{closing.start() - opening.end():,}", f"{HEADER_LIMIT:,}"), 1)
    header = text[opening.end() : closing.start()]
    rest = text[closing.end() + 1 :]
    body = _without_html_marks(rest) if "<!--" in rest or "&#" in rest else rest
    length = len(body)
    # The bytes are checked at 1 ns each; the expression takes 25.
    if _may_have_unprintable(data) or not (body is rest or rest.isascii()):
        body = drop_unprintable(body)
    return Cut(header, 2, rest, body, 3 + header.count("\n"), length - len(body))
