"""The files beside the stories: _section.yaml, _people.yaml and _places.yaml."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem
from newsgen.model.settings import RegisterEntry, SectionFile
from newsgen.storyfile import dates, front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.complaints import Notes
from newsgen.storyfile.readers import Reader
from newsgen.storyfile.schema import rights_reader
from newsgen.text.address import name_key

__all__ = ["names", "section"]

_UTC = ZoneInfo("UTC")  # nothing in these files is read in the site's zone: an embargo says its own


def _embargo(notes: Notes, key: str, node: tree.Node) -> str | None:
    """As written; read again for each story, so that it stays one text in the context of a build."""
    if dates.embargo(notes, key, node) is None or type(node) is not tree.Scalar:
        return None
    text = node.text.strip()
    return "hold" if text.casefold() == "hold" else text


_SECTION: dict[str, Reader] = {
    "title": read.line,
    "description": read.line,
    "order": read.integer(-9999, 9999),
    "embargo": _embargo,
    "rights": rights_reader,
}
_PERSON: dict[str, Reader] = {
    "name": read.required_line,
    "aliases": read.texts,
    "bio": read.block,
    "url": read.web_address,
    "photo": read.picture_file,
}
_PLACE: dict[str, Reader] = {
    "name": read.required_line,
    "aliases": read.texts,
    "region": read.line,
    "country": read.line,
    "latitude": read.number(-90, 90),
    "longitude": read.number(-180, 180),
    "description": read.block,
}


def _tree(path: str, data: bytes) -> tuple[Notes, tree.Node | None]:
    """The tree of a whole YAML file, with whatever is wrong with it noted."""
    try:
        text = front_matter.decode(data)
    except front_matter.Fault as fault:
        notes = Notes(path, "", 1, _UTC)
        notes.add_fault(fault)
        return notes, None
    notes = Notes(path, text, 1, _UTC)
    try:
        return notes, tree.parse(text)
    except tree.TreeFault as fault:
        notes.add_fault(fault)
        return notes, None


def section(path: str, data: bytes) -> tuple[SectionFile | None, tuple[Problem, ...]]:
    """A section's file and everything that is wrong with it; no section where any of it is an error."""
    notes, root = _tree(path, data)
    folder = path.removeprefix("content/").rpartition("/")[0]
    if root is None:
        return (None if notes.has_errors else SectionFile(folder)), tuple(notes.problems)
    if type(root) is not tree.Mapping:
        notes.add("not-a-map", root.at)
        return None, tuple(notes.problems)
    found = read.fields(notes, "", root, _SECTION)
    return (None if notes.has_errors else SectionFile(folder=folder, **found)), tuple(notes.problems)


def names(path: str, data: bytes) -> tuple[tuple[RegisterEntry, ...], tuple[Problem, ...]]:
    """The entries of _people.yaml or _places.yaml, and everything that is wrong; none where any of it is an error."""
    notes, root = _tree(path, data)
    if root is None:
        return (), tuple(notes.problems)
    if type(root) is not tree.Sequence:
        notes.add("not-a-list", root.at)
        return (), tuple(notes.problems)
    table = _PEOPLE_ENTRY if path.endswith("_people.yaml") else _PLACES_ENTRY
    found: list[RegisterEntry] = []
    owners: dict[str, str] = {}
    for index, item in enumerate(root.items):
        entry: RegisterEntry | None = table(notes, f"entry[{index + 1}]", item)
        if entry is None:
            continue
        found.append(entry)
        for key in dict.fromkeys(map(name_key, (entry.name, *entry.aliases))):
            if key in owners:
                notes.add("name-claimed", item.at, key, owners[key], entry.name)
            owners.setdefault(key, entry.name)
    return (() if notes.has_errors else tuple(found)), tuple(notes.problems)


def _entry(table: dict[str, Reader]) -> Reader:
    def made(found: dict[str, object]) -> RegisterEntry:
        if "bio" in found:
            found["description"] = found.pop("bio")
        return RegisterEntry(**found)  # type: ignore[arg-type]  # the table has checked every type

    return read.map_of(table, made, ("name",))


_PEOPLE_ENTRY = _entry(_PERSON)
_PLACES_ENTRY = _entry(_PLACE)
