"""A string as YAML that every reader of YAML 1.1 or 1.2 reads back as the same string."""

from __future__ import annotations

import json
import re

__all__ = ["scalar"]

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ./()+-]|(?<=\w)'(?=\w)|,(?= )|_)*(?<! )")
_WORDS = frozenset("y n yes no on off true false null none nan inf".split())  # read as something else by some reader
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def scalar(text: str) -> str:
    """A string of YAML that is read back as itself."""
    if len(text) <= 2000 and _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _UNPRINTABLE.sub(lambda mark: f"\\u{ord(mark.group()):04x}", json.dumps(text, ensure_ascii=False))
