"""What is no copy, or copy in a format that newsgen does not read: named, so that a person knows what to do.

Recognised by its content first, and where that says nothing by the ending of its name: a .txt that is HTML is HTML.
"""

from __future__ import annotations

import re

from newsgen.model.files import is_litter

__all__ = ["foreign_kind", "is_left_behind"]

_START = 4096  # bytes of a file that are looked at
_MAGIC = (
    (b"%PDF-", "is-pdf"), (b"{\\rtf", "is-rtf"), (b"\xd0\xcf\x11\xe0", "is-word"), (b"PK\x03\x04", "is-archive"),
    (b"\x1f\x8b", "is-archive"), (b"BZh", "is-archive"), (b"\xfd7zXZ", "is-archive"), (b"7z\xbc\xaf", "is-archive"),
    (b"Rar!", "is-archive"), (b"\xff\xd8\xff", "is-picture"), (b"\x89PNG", "is-picture"), (b"GIF8", "is-picture"),
    (b"RIFF", "is-picture"), (b"II*\0", "is-picture"), (b"MM\0*", "is-picture"),
)  # fmt: skip
_OFFICE = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetype|_rels/|docProps/|word/)", re.S)
_ENDINGS = {
    "csv": "is-csv", "tsv": "is-csv", "xls": "is-csv", "xlsx": "is-csv", "ods": "is-csv", "eml": "is-email",
    "msg": "is-email", "mbox": "is-mbox", "html": "is-html", "htm": "is-html", "xhtml": "is-html", "mhtml": "is-html",
    "sgml": "is-sgml", "sgm": "is-sgml", "rtf": "is-rtf", "doc": "is-word", "docx": "is-word", "odt": "is-word",
    "epub": "is-word", "pdf": "is-pdf", "xml": "is-xml", "nitf": "is-nitf", "json": "is-json",
    "jsonl": "is-json", "log": "is-log", "rss": "is-feed", "atom": "is-feed", "jpg": "is-picture", "jpeg": "is-picture",
    "png": "is-picture", "gif": "is-picture", "webp": "is-picture", "avif": "is-picture", "tif": "is-picture",
    "tiff": "is-picture", "svg": "is-picture", "zip": "is-archive", "tar": "is-archive", "gz": "is-archive",
    "tgz": "is-archive", "bz2": "is-archive", "xz": "is-archive", "7z": "is-archive", "rar": "is-archive",
}  # fmt: skip
_LEFT_BEHIND = ("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp", ".temp", ".part", ".crdownload")
_FRONT_MATTER = re.compile(r"(?:---[ \t]*\n(?:[\w-]+:.*\n|[ \t#-].*\n|\n){1,100}?---|\+\+\+[ \t]*\n(?:[\w-]+\s*=))")
_MBOX = re.compile(r"From \S+ .{0,40}\d{4}\s*\n[A-Za-z-]{2,40}: ")
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z-]{1,40}:.*\n(?:[ \t].*\n){0,20}){2,60}")
_OF_MAIL = re.compile(
    r"^(?:Received: |Return-Path: |Delivered-To: |DKIM-Signature: |Content-Type: multipart/"
    r"|Content-Transfer-Encoding: base64)",
    re.M | re.I,
)
_JSON = re.compile(r"(?:\[\s*)?\{\s*(?:\"[^\"\n]{0,200}\"\s*:|\})|\[\s*(?:\"[^\"\n]{0,200}\"\s*[,\]]|\])")
_ITEM_KEYS = ('"uri"', '"guid"', '"versioncreated"', '"altids"')
_NEWS_KEY = re.compile(r"\"(?:(?:headline|body)(?:s|_\w{1,20})?|pubstatus|slugline|associations)\"")
_TAG = re.compile(
    r"(?:<!--.{0,2000}?-->\s*|<\?.{0,200}?\?>\s*|<!(?i:doctype)\s[^>]{0,400}>\s*){0,5}<([A-Za-z][\w:.-]*)", re.S
)
_HTML_TAGS = frozenset(
    "html head body meta link title div p br span table article main section header h1 h2 h3 ul ol a b i em strong "
    "script style font center blockquote img".split()
)
_XML_KINDS = {
    "nitf": "is-nitf", "newsml": "is-newsml", "newsitem": "is-newsml", "newsmessage": "is-newsml",
    "packageitem": "is-newsml", "conceptitem": "is-newsml", "rss": "is-feed", "feed": "is-feed", "rdf": "is-feed",
}  # fmt: skip
_LOG = re.compile(
    r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \["
)
_ROWS = 3  # lines that a log, or a table, has at least
_CELL = 40  # characters in the name of a column


def is_left_behind(name: str) -> bool:
    """Whether a system or an editor left a file behind, to judge by its name: Thumbs.db, story.txt~, #story.txt#."""
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    return (
        is_litter(last)
        or last.endswith(_LEFT_BEHIND)
        or last.startswith(("~$", "._", ".~"))
        or (len(last) > 2 and last[0] == last[-1] == "#")
    )


def foreign_kind(name: str, data: bytes) -> str:
    """The rule that names what a file is; "" for plain text, and for what nobody knows."""
    ending = name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""
    if _OFFICE.match(data):
        return "is-csv" if ending in ("xlsx", "ods") else "is-word"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return _of_text(_text(data)) or _ENDINGS.get(ending, "")


def _text(data: bytes) -> str:
    """The beginning of a file as text, where only its ASCII matters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: 2 * _START].decode("utf-16", "replace").replace("\r\n", "\n").lstrip()
    return data[:_START].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").decode("latin-1").lstrip()


def _of_text(text: str) -> str:
    first = text[:1]
    if first == "<":
        return _of_markup(text)
    if first in ("{", "[") and _JSON.match(text):
        return "is-ninjs" if _NEWS_KEY.search(text) and any(key in text for key in _ITEM_KEYS) else "is-json"
    if first in ("-", "+") and _FRONT_MATTER.match(text):
        return "is-front-matter"
    if text.startswith("From ") and _MBOX.match(text):
        return "is-mbox"
    line = text[:200].partition("\n")[0]
    if ":" in line and (headers := _HEADERS.match(text)) and _OF_MAIL.search(headers[0]):
        return "is-email"
    if _LOG.match(line):
        lines = [other for other in text.split("\n")[:-1] if other.strip()][:20]
        return "is-log" if len(lines) >= _ROWS and all(map(_LOG.match, lines)) else ""
    return "is-csv" if any(mark in line for mark in ",;\t|") and _is_table(text) else ""


def _of_markup(text: str) -> str:
    """What a text is that begins with <: a page, XML or SGML; "" where that is no markup, as in `<Kept by>`."""
    found = _TAG.match(text)
    tag = found[1].rpartition(":")[2].lower() if found else ""
    low = text[:400].lower()
    is_tag = tag in _HTML_TAGS and not text.startswith("<?xml")
    if is_tag or low.startswith("<!doctype html") or "<html" in low:
        return "is-html"
    if tag in _XML_KINDS:
        return _XML_KINDS[tag]
    if text.startswith("<?xml"):
        return "is-xml"
    if low.startswith("<!doctype"):
        return "is-sgml"
    if found and (f"</{found[1]}>" in text or text.count("</") > 1):
        return "is-sgml" if found[1].isupper() else "is-xml"
    return ""


def _is_table(text: str) -> bool:
    """Whether lines are rows of cells: the first names the columns, and all have as many."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(text) >= _START:
        lines.pop()  # it may be cut
    if len(lines) < _ROWS:
        return False
    for mark in ",;\t|":
        cells = [cell.strip(' "') for cell in lines[0].split(mark)]
        is_head = len(cells) > 1 and f"{mark} " not in lines[0] and all(0 < len(cell) <= _CELL for cell in cells)
        if not is_head or len(set(cells)) < len(cells) or lines[0].endswith((".", ":", "!", "?")):
            continue
        if '"' in text:  # rows may hold marks and line ends in quotes
            return sum(mark in line for line in lines[1:]) * 2 > len(lines) and (len(cells) > 2 or mark in "\t;")
        if all(line.count(mark) == len(cells) - 1 for line in lines[:20]):
            return len(cells) > 2 or mark in "\t;"
    return False
