"""Readers: one node of a tree -> one value of a kind, or a problem. `schema` and `site_notes` say which key has which.

A reader gets the collector of problems, the key as a person would name it (`photos[2].file`) and the node. It returns
None where it added a problem, and where there is no value. No reader knows a key by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Any, TypeAlias
from unicodedata import normalize
from urllib.parse import urlsplit

from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.tree import Mapping, Node, Scalar, Sequence
from newsgen.text.address import is_language, is_story_address, is_web_address
from newsgen.text.language_tags import tag_of
from newsgen.text.nearest import nearest
from newsgen.text.queries import is_query_address
from newsgen.text.visible import is_visible

__all__ = [
    "Choice", "Integer", "Number", "Reader", "addresses", "block", "boolean", "extra", "identities", "identity",
    "is_identity", "kind_of", "language", "line", "picture_fault", "picture_file", "required_line", "sha256", "texts",
    "web_address",
]  # fmt: skip

Reader: TypeAlias = Callable[[ProblemCollector, str, Node], Any]

_BLANKS = re.compile("[ \t\n\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ID_LIMIT = 200  # characters
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I | re.A)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)", re.I | re.A)
_OTHER_PICTURES = {
    ".heic": "picture-heic", ".heif": "picture-heic", ".svg": "picture-svg", ".svgz": "picture-svg",
    ".tif": "picture-tiff", ".tiff": "picture-tiff",
}  # fmt: skip
_PATTERN = re.compile(r"\*|/:")
_INTEGER = re.compile(r"-?\d{1,6}", re.A)
_NUMBER = re.compile(r"[+-]?\d{1,4}(?:\.\d{1,15})?", re.A)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.I | re.A)


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    return {Scalar: "text", Sequence: "a list", Mapping: "a map"}[type(node)]


def _any_text(problems: ProblemCollector, key: str, node: Node) -> str | None:
    if type(node) is not Scalar:
        problems.add("wants-text", node.at, key, kind_of(node))
        return None
    text = node.text
    if text.isprintable() and not problems.has_marks:
        return text
    return problems.shown(
        key, node.at, text.replace("\r\n", "\n").replace("\r", "\n")
    )  # an escape in quotes may give \r


def _one_line(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A text of one line, "" where a reader would see nothing of it."""
    if type(node) is Scalar and not problems.has_marks and node.text.isprintable() and "  " not in node.text:
        text: str | None = node.text.strip()  # nearly all
    else:
        text = _any_text(problems, key, node)
        text = text if text is None else _BLANKS.sub(" ", text).strip()
    return text if text is None or text.isascii() or is_visible(text) else ""


def _not_empty(problems: ProblemCollector, key: str, node: Node, text: str | None) -> str | None:
    """The text; None, with advice, where a reader would see nothing of it."""
    if text is None or (text and (text.isascii() or is_visible(text))):
        return text
    problems.add("empty-text", node.at, key, severity="advice")
    return None


def line(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A text of one line: line breaks and runs of blanks become one blank."""
    text = _one_line(problems, key, node)
    return text if text else _not_empty(problems, key, node, text)


def block(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A text that may have several lines."""
    text = _any_text(problems, key, node)
    return _not_empty(problems, key, node, text if text is None else text.strip())


def required_line(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """As `line`, but an empty text is an error."""
    text = _one_line(problems, key, node)
    if text == "":
        problems.add("required-empty", node.at, key)
    return text or None


def texts(problems: ProblemCollector, key: str, node: Node) -> tuple[str, ...] | None:
    """A list of texts, each once; a single text counts as a list of one."""
    if type(node) is Scalar:
        single = line(problems, key, node)
        return None if single is None else (single,)
    if type(node) is not Sequence:
        problems.add("wants-texts", node.at, key, kind_of(node))
        return None
    items = [line(problems, f"{key}[{index + 1}]", item) for index, item in enumerate(node.items)]
    return tuple(dict.fromkeys(text for text in items if text is not None))


def extra(problems: ProblemCollector, key: str, node: Node) -> None:
    """A map of anything, which newsgen leaves alone."""
    if type(node) is not Mapping:
        problems.add("wants-map", node.at, key, kind_of(node), "any")


class Choice:
    """A reader of one of some words; `others` says which of them is meant by words of other generators."""

    __slots__ = ("_others", "words")

    def __init__(self, *words: str, others: Table[str, str] | None = None) -> None:
        self.words = words
        self._others = others or {}

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> str | None:
        """The word in lower case."""
        text = line(problems, key, node)
        if text is None or (folded := text.casefold()) in self.words:
            return text if text is None else folded
        near = nearest(text, (*self.words, *self._others))
        near = self._others.get(near, near)
        if near:
            problems.add("choice-near", node.at, key, text[:60], near, ", ".join(self.words))
        else:
            problems.add("choice", node.at, key, text[:60], ", ".join(self.words))
        return None


def addresses(problems: ProblemCollector, key: str, node: Node) -> tuple[str, ...] | None:
    """A list of addresses in the site, or one alone: from its root, as a browser shows them, without a host.

    A host would take `*` and `/:name` for patterns that stand for many addresses.
    """
    found = []
    for text in texts(problems, key, node) or ():
        path = _without_host(text)
        if not (is_query_address(path) or (is_story_address(path) and "#" not in path and not _PATTERN.search(path))):
            problems.add("bad-alias", node.at, key, text)
        else:
            found.append(path)
    return tuple(dict.fromkeys(found)) or None


def _without_host(address: str) -> str:
    """An address from the site's root on."""
    if "://" not in address:
        return address
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path


def boolean(problems: ProblemCollector, key: str, node: Node) -> bool | None:
    """`true` or `false`; `yes` and `no` too."""
    text = node.text.casefold() if type(node) is Scalar else ""
    if text in ("true", "yes"):
        return True
    if text in ("false", "no"):
        return False
    problems.add("wants-boolean", node.at, key)
    return None


class Integer:
    """A reader of a whole number from `low` to `high`."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> int | None:
        """The number."""
        text = node.text if type(node) is Scalar else ""
        if _INTEGER.fullmatch(text) and self.low <= int(text) <= self.high:
            return int(text)
        problems.add("wants-integer", node.at, key, str(self.low), str(self.high))
        return None


class Number:
    """A reader of a number from `low` to `high`."""

    __slots__ = ("high", "low")

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> float | None:
        """The number."""
        text = node.text if type(node) is Scalar else ""
        if _NUMBER.fullmatch(text) and self.low <= float(text) <= self.high:
            return float(text)
        problems.add("wants-number", node.at, key, f"{self.low:g}", f"{self.high:g}")
        return None


def is_identity(text: str) -> bool:
    """Whether a text can be a story's id: one line of up to 200 characters, no blanks around it."""
    is_line = 0 < len(text) <= _ID_LIMIT and text == text.strip() and not _CONTROL.search(text)
    return is_line and (text.isascii() or is_visible(text))


def identity(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A story's id; in NFC, in which all names are compared."""
    if type(node) is not Scalar:
        problems.add("wants-text", node.at, key, kind_of(node))
        return None
    if not is_identity(node.text):
        problems.add("bad-id", node.at, key)
        return None
    return node.text if node.text.isascii() else normalize("NFC", node.text)


def identities(problems: ProblemCollector, key: str, node: Node) -> tuple[str, ...] | None:
    """A list of ids, each once; a single id counts as a list of one."""
    if type(node) is Mapping:
        problems.add("wants-texts", node.at, key, kind_of(node))
        return None
    items = node.items if type(node) is Sequence else (node,)
    ids = [identity(problems, f"{key}[{index + 1}]", item) for index, item in enumerate(items)]
    return tuple(dict.fromkeys(story_id for story_id in ids if story_id is not None))


def language(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A language tag (BCP 47)."""
    text = line(problems, key, node)
    if text is None or is_language(text):
        return text
    if near := tag_of(text):
        problems.add("bad-language-near", node.at, key, text[:60], near)
    else:
        problems.add("bad-language", node.at, key, text[:60])
    return None


def picture_file(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """The file of a picture: in the story's folder, or in content/ where it begins with a slash."""
    text = line(problems, key, node)
    if text is None:
        return None
    if fault := picture_fault(text):
        problems.add(fault, node.at, key)
        return None
    return text


def picture_fault(file: str) -> str:
    """The rule that a name breaks as the file of a picture; "" for a good one."""
    parts = file.removeprefix("/").split("/")
    if "\\" in file or _SCHEME.match(file) or any(part in ("", ".", "..") for part in parts):
        return "picture-place"
    ending = parts[-1][parts[-1].rfind(".") :]
    if not _PICTURE.fullmatch(ending) or parts[-1].startswith("."):
        return _OTHER_PICTURES.get(ending.lower(), "picture-kind")
    return ""


def web_address(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """An address of http or https."""
    text = line(problems, key, node)
    if text is None or is_web_address(text):
        return text
    problems.add("web-address", node.at, key)
    return None


def sha256(problems: ProblemCollector, key: str, node: Node) -> str | None:
    """A SHA-256 as 64 hexadecimal digits."""
    text = line(problems, key, node)
    if text is None or _SHA256.fullmatch(text):
        return text
    problems.add("wants-sha256", node.at, key)
    return None
