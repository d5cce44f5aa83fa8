"""Which guesses of an importer still stand: `source.doubts` of a story file, with what the importer wrote; and the file
without some of them.

A doubt ends when a person edits its field, or deletes the doubt. It keeps the field's value for that, flattened to one
line; of a long value the beginning and a digest.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from newsgen.model.files import short_digest
from newsgen.model.story import GUESSES, Doubt
from newsgen.storyfile import front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.maps import MapOf
from newsgen.storyfile.yaml_write import YamlValue

__all__ = ["read_doubt", "source_without_doubts", "standing", "value_as_written"]

_LIMIT = 120  # characters of a value that is kept whole

read_doubt = MapOf(  # the reader of one entry
    {"field": read.line, "reason": read.Choice(*GUESSES), "copy": read.line, "value": read.line},
    lambda values: Doubt(**values),
    ("field", "reason"),
)


def value_as_written(value: YamlValue) -> str:
    """A value of the front matter as a doubt keeps it. Of the body, its text."""
    return _shortened(_flat_value(value))


def standing(doubts: Iterable[Doubt], root: tree.Mapping, body: str) -> Iterator[tuple[int, Doubt]]:
    """The doubts whose fields are as the importer wrote them, each behind its field's place, or -1."""
    nodes = {key.text: value for key, value in root.entries}
    for doubt in doubts:
        node = nodes.get(doubt.field)
        now = body if doubt.field == "body" else "" if node is None else _flat_node(node)
        if _shortened(now) == doubt.value:
            yield -1 if node is None else node.at, doubt


def source_without_doubts(data: bytes, reasons: Container[str]) -> YamlValue | None:
    """The value of `source` in a story file, without its doubts for some reasons; None where nothing of it is left."""
    root = tree.parse(front_matter.cut(data).header)
    entries = root.entries if isinstance(root, tree.Mapping) else ()
    source = next((_value(node) for key, node in entries if key.text == "source"), {})
    if not isinstance(source, Mapping):
        return source
    doubts = [each for each in _listed(source.get("doubts")) if _reason(each) not in reasons]
    kept = {key: doubts if key == "doubts" else value for key, value in source.items() if key != "doubts" or doubts}
    return kept or None


def _value(node: tree.Node) -> YamlValue:
    if isinstance(node, tree.Scalar):
        return node.text
    if isinstance(node, tree.Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    return [_value(item) for item in node.items]


def _listed(value: YamlValue | None) -> Sequence[YamlValue]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _reason(doubt: YamlValue) -> YamlValue:
    return doubt.get("reason", "") if isinstance(doubt, Mapping) else ""


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LIMIT else f"{line[: _LIMIT - 20]}… {short_digest(line)}"


def _flat_value(value: YamlValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    items = value.values() if isinstance(value, Mapping) else value
    return "; ".join(map(_flat_value, items))


def _flat_node(node: tree.Node) -> str:
    if isinstance(node, tree.Scalar):
        return node.text
    items = [value for _key, value in node.entries] if isinstance(node, tree.Mapping) else node.items
    return "; ".join(map(_flat_node, items))
