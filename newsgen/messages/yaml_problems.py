"""The sentences of `problems.RULES` about YAML that cannot be read, in alphabetical order of their rules."""

from __future__ import annotations

__all__ = ["YAML_RULES"]

YAML_RULES: dict[str, str] = {
    "yaml-after-end": 'The value ends with {0}, and this comes after it. Put the whole value in double quotes, with \\" for each quotation mark inside.',
    "yaml-alias": "The alias {0} is not allowed. Write the value out; put text that begins with * in quotes.",
    "yaml-anchor": "The anchor {0} is not allowed. Put text that begins with & in quotes.",
    "yaml-bracket": "The bracket {0} that opens here is never closed. Close it, or put the whole value in quotes if it is text.",
    "yaml-colon-blank": "A blank is missing after the colon of {0}. Write one.",
    "yaml-colon-in-text": "A colon with a blank after it would begin another value here. Put the whole value in quotes.",
    "yaml-colon-wide": "The colon after {0}, {1}, is that of another keyboard. Write : and a blank.",
    "yaml-directive": "A line that begins with % is not allowed in front matter. Delete it.",
    "yaml-documents": "There is more than one YAML document. Keep one.",
    "yaml-escape": "In double quotes, \\ begins an escape, and {0} is none. Write \\\\ for each \\, or use single quotes.",
    "yaml-hash": 'YAML takes "{0}" for a comment, and cannot read what follows. Put the whole value in quotes; if it is a comment, write a blank after the #.',
    "yaml-in-brackets": "The list or map in brackets cannot be read here. Put commas between its entries, and quotes around text that has marks in it.",
    "yaml-indent": "This line is indented otherwise than the lines it belongs to. Begin it at the same depth as they do, with spaces.",
    "yaml-key": "A key must be text; this is {0}. Put it in quotes if it is meant as text.",
    "yaml-mark": "A text cannot begin with {0} here. Put the whole value in quotes.",
    "yaml-merge": "Merge keys (<<) are not allowed. Write the keys out.",
    "yaml-no-key": 'This line has no key. Write "key: value", or indent the line if it belongs to the value above it.',
    "yaml-quote": "The quotation mark that opens here is never closed. Close it.",
    "yaml-syntax": "This is not YAML: {0}. Put the whole value in quotes if it is text.",
    "yaml-tab": "A tab cannot indent a line. Use spaces.",
    "yaml-tag": "The tag {0} is not allowed: values are text. Put text that begins with ! in quotes.",
}
