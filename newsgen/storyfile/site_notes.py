"""The schemas of the files beside the stories: _section.yaml, and _people, _places, _topics and _storylines.yaml."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem
from newsgen.model.settings import RegisterEntry, SectionFile, Storyline
from newsgen.storyfile import comma_lists, dates, front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.maps import MapOf, NeverEmpty, fields
from newsgen.storyfile.readers import Reader
from newsgen.storyfile.schema import rights_reader
from newsgen.text.address import name_key, slug_of_name

__all__ = [
    "PERSON", "PLACE", "SECTION", "STORYLINE", "TOPIC", "read_embargo", "read_register", "read_section",
    "read_storylines",
]  # fmt: skip

_UTC = ZoneInfo("UTC")  # nothing in these files depends on the site's zone: an embargo names its own


def read_embargo(problems: ProblemCollector, key: str, node: tree.Node) -> str | None:
    """The embargo as written, once it is found right. Each story reads it again: a section file stays plain text."""
    if dates.embargo(problems, key, node) is None or type(node) is not tree.Scalar:
        return None
    text = node.text.strip()
    return "hold" if text.casefold() == "hold" else text


SECTION: dict[str, Reader] = {
    "title": read.line,
    "description": read.line,
    "order": read.Integer(-9999, 9999),
    "lead": read.line,
    "embargo": NeverEmpty(read_embargo),
    "rights": rights_reader,
}
PERSON: dict[str, Reader] = {
    "name": read.required_line,
    "aliases": comma_lists.persons,
    "bio": read.block,
    "url": read.web_address,
    "photo": read.picture_file,
}
PLACE: dict[str, Reader] = {
    "name": read.required_line,
    "aliases": comma_lists.places,
    "region": read.line,
    "country": read.line,
    "latitude": read.Number(-90, 90),
    "longitude": read.Number(-180, 180),
    "description": read.block,
}

TOPIC: dict[str, Reader] = {
    "name": read.required_line,
    "aliases": comma_lists.topics,
    "text": read.block,
    "parent": read.line,
}
STORYLINE: dict[str, Reader] = {
    "name": read.required_line,
    "text": read.block,
    "stories": read.identities,
    "tags": comma_lists.topics,
    "slugline": read.line,
}


def _register_entry(values: dict[str, object]) -> RegisterEntry:
    for key in ("bio", "text"):
        if key in values:
            values["description"] = values.pop(key)
    return RegisterEntry(**values)  # type: ignore[arg-type]  # the readers have checked every type


_REGISTER_ENTRIES = {
    "_people.yaml": MapOf(PERSON, _register_entry, ("name",)),
    "_places.yaml": MapOf(PLACE, _register_entry, ("name",)),
    "_topics.yaml": MapOf(TOPIC, _register_entry, ("name",)),
}
_STORYLINE_ENTRY = MapOf(STORYLINE, lambda values: Storyline(**values), ("name",))


def _parse(path: str, data: bytes) -> tuple[ProblemCollector, tree.Node | None]:
    """The tree of a whole YAML file, and the problems met so far; None where the file cannot be read or is empty."""
    try:
        text = front_matter.decode(data)
    except front_matter.Fault as fault:
        problems = ProblemCollector(path, "", 1, _UTC)
        problems.add_fault(fault)
        return problems, None
    problems = ProblemCollector(path, text, 1, _UTC)
    problems.add_c1_marks(data)
    try:
        root = tree.parse(text)
    except tree.TreeFault as fault:
        problems.add_fault(fault)
        return problems, None
    problems.add_cut_texts(root)
    return problems, root


def read_section(path: str, data: bytes) -> tuple[SectionFile | None, tuple[Problem, ...]]:
    """A _section.yaml and every problem of the file; None where one of them is an error."""
    problems, root = _parse(path, data)
    folder = path.removeprefix("content/").rpartition("/")[0]
    if root is None:
        return (None if problems.has_errors else SectionFile(folder)), problems.as_tuple()
    if type(root) is not tree.Mapping:
        problems.add("not-a-map", root.at)
        return None, problems.as_tuple()
    values = fields(problems, "", root, SECTION)
    return (None if problems.has_errors else SectionFile(folder=folder, **values)), problems.as_tuple()


def _entries(path: str, data: bytes, reader: MapOf) -> tuple[ProblemCollector, list[tuple[tree.Node, Any]]]:
    """The entries of a file that is a list, each with where it stands, and every problem of the file."""
    problems, root = _parse(path, data)
    if root is None:
        return problems, []
    if type(root) is not tree.Sequence:
        problems.add("not-a-list", root.at)
        return problems, []
    read_all = [(item, reader(problems, f"entry[{at}]", item)) for at, item in enumerate(root.items, 1)]
    return problems, [(item, entry) for item, entry in read_all if entry is not None]


def read_register(path: str, data: bytes) -> tuple[tuple[RegisterEntry, ...], tuple[Problem, ...]]:
    """The entries of _people, _places or _topics.yaml and every problem of the file; none where one is an error."""
    problems, items = _entries(path, data, _REGISTER_ENTRIES[path.rpartition("/")[2]])
    owners: dict[str, str] = {}
    for item, entry in items:
        for key in dict.fromkeys(map(name_key, (entry.name, *entry.aliases))):
            if key in owners:
                problems.add("name-claimed", item.at, key, owners[key], entry.name)
            owners.setdefault(key, entry.name)
    _check_parents(problems, items, owners)
    return (() if problems.has_errors else tuple([entry for _item, entry in items])), problems.as_tuple()


def _check_parents(
    problems: ProblemCollector, items: list[tuple[tree.Node, RegisterEntry]], owners: dict[str, str]
) -> None:
    """Each parent of a topic is another topic of the file, and no topic is above itself."""
    parents = {entry.name: owners.get(name_key(entry.parent), "") for _item, entry in items if entry.parent}
    for item, entry in items:
        if entry.parent and not parents[entry.name]:
            problems.add("topic-parent-unknown", item.at, entry.name, entry.parent)
            continue
        name, above = entry.name, set[str]()
        while (name := parents.get(name, "")) and name not in above:
            above.add(name)
        if entry.name in above:
            problems.add("topic-parent-circle", item.at, entry.name)


def read_storylines(path: str, data: bytes) -> tuple[tuple[Storyline, ...], tuple[Problem, ...]]:
    """The entries of _storylines.yaml and every problem of the file; no entries where one is an error."""
    problems, items = _entries(path, data, _STORYLINE_ENTRY)
    owners: dict[str, str] = {}
    storylines: list[Storyline] = []
    for item, entry in items:
        slug = slug_of_name(entry.name)
        if slug in owners:
            problems.add("name-claimed", item.at, slug, owners[slug], entry.name)
        owners.setdefault(slug, entry.name)
        if not (entry.stories or entry.tags or entry.slugline):
            problems.add("storyline-empty", item.at, entry.name)
        storylines.append(replace(entry, line=problems.line_of(item.at)))
    return (() if problems.has_errors else tuple(storylines)), problems.as_tuple()
