"""The schema of a story file: every key, its type, its meaning. `docs/story.md` says the same in words.

A story of 16 keys with dateline, credit line and wire tag takes 85 µs of a core on which `yaml.CBaseLoader` takes 96
for its header alone: 32 the credit line, 20 the tree, 5 the cut. One of 9 keys, all of them short, takes 50.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from newsgen.model.errors import ContentError, Problem
from newsgen.model.settings import SectionFile, Settings
from newsgen.model.story import Contributor, Correction, Credit, Dateline, Kill, Photo, Rights, SourceNote, Story
from newsgen.storyfile import dates, front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.complaints import Notes
from newsgen.storyfile.readers import Reader
from newsgen.text import address
from newsgen.wire import byline as bylines
from newsgen.wire import credits as credit_lines
from newsgen.wire import dateline as datelines
from newsgen.wire import headline as headlines

__all__ = ["body", "default_id", "rights_reader", "story"]

_UTC = ZoneInfo("UTC")


def _slug(notes: Notes, key: str, node: tree.Node) -> str | None:
    text = node.text if type(node) is tree.Scalar else None
    if text is None:
        return read.line(notes, key, node)  # which says what it should be
    if address.is_safe_slug(text):
        return text
    if any(mark.isalnum() for mark in text):
        notes.add("bad-slug", node.at, key, address.slug_of_headline(text))
    else:
        notes.add("bad-slug-empty", node.at, key)
    return None


def _section(notes: Notes, key: str, node: tree.Node) -> str | None:
    text = read.required_line(notes, key, node)
    if text is None:
        return None
    slug = address.slug_of_name(text)
    if slug in address.RESERVED_ROOTS or (len(slug) == 4 and slug.isdigit()):
        notes.add("section-reserved", node.at, text, slug)
        return None
    return text


def _byline(notes: Notes, key: str, node: tree.Node) -> tuple[str, ...] | None:
    found: list[str] = []
    for text in read.texts(notes, key, node) or ():
        # Somebody wrote this key: what the grammar of wire copy takes for no name stays as written.
        found += bylines.parse(text) or (text,)
    return tuple(dict.fromkeys(found)) or None


def _dateline(notes: Notes, key: str, node: tree.Node) -> Dateline | None:
    if type(node) is tree.Mapping:
        made: Dateline | None = _DATELINE(notes, key, node)
        return made
    text = read.line(notes, key, node)
    return None if text is None else datelines.parse(text)


def _make_dateline(found: dict[str, Any]) -> Dateline:
    places, date, agency = found["places"], found.get("date", ""), found.get("agency", "")
    text = "/".join(places) + (f", {date}" if date else "") + (f" ({agency})" if agency else "")
    return Dateline(text, places, date, agency)


_DATELINE = read.map_of({"places": read.texts, "date": read.line, "agency": read.line}, _make_dateline, ("places",))
rights_reader = read.map_of(
    {"holder": read.line, "notice": read.block, "usage": read.block, "restrictions": read.block},
    lambda found: Rights(**found),
)
_PHOTO = read.map_of(
    {
        "file": read.picture_file,
        "caption": read.block,
        "alt": read.line,
        "credit": read.line,
        "expires": dates.instant_of,
    },
    lambda found: Photo(**found),
)
_CONTRIBUTOR = read.map_of(
    {"role": read.line, "name": read.line, "place": read.line}, lambda found: Contributor(**found), ("role", "name")
)
_CORRECTION = read.map_of(
    {"date": dates.moment, "kind": read.choice("correction", "clarification", "refile"), "text": read.block},
    lambda found: Correction(found["date"], found.get("kind", "correction"), found["text"]),
    ("date", "text"),
)

_KEYS: dict[str, Reader] = {
    "id": read.identity,
    "headline": read.required_line,
    "date": dates.moment,
    "updated": dates.moment,
    "section": _section,
    "slug": _slug,
    "slugline": read.line,
    "byline": _byline,
    "dateline": _dateline,
    "credit": read.block,
    "editors": read.texts,
    "contributors": read.list_of(_CONTRIBUTOR),
    "agency": read.texts,
    "tags": read.texts,
    "people": read.texts,
    "places": read.texts,
    "organisations": read.texts,
    "photos": read.list_of(_PHOTO),
    "type": read.choice("story", "factbox", "timeline", "brief", "analysis", "advisory", "photo"),
    "language": read.language,
    "direction": read.choice("ltr", "rtl"),
    "urgency": read.integer(1, 9),
    "status": read.choice("draft", "live", "withheld", "killed"),
    "embargo": dates.embargo,
    "expires": dates.instant_of,
    "updates": read.identity,
    "corrections": read.list_of(_CORRECTION),
    "kill": read.map_of(
        {"date": dates.moment, "reason": read.block, "notice": read.block}, lambda found: Kill(**found)
    ),
    "related": read.identities,
    "noindex": read.boolean,
    "rights": rights_reader,
    "note": read.texts,
    "source": read.map_of(
        {
            "format": read.line,
            "file": read.line,
            "sha256": read.sha256,
            "dropped": read.texts,
            "unparsed": read.texts,
            "contacts": read.texts,
        },
        lambda found: SourceNote(**found),
    ),
    "extra": read.extra,
}
# What a story says of these follows from more than the key; the others are its fields, by the same names.
_READ_FURTHER = frozenset(
    ["id", "headline", "date", "section", "slug", "editors", "agency", "embargo", "rights", "note"]
)
_REQUIRED = {"headline": "missing-headline", "date": "missing-date", "section": "missing-section"}


def story(
    path: str, data: bytes, settings: Settings, sections: Mapping[str, SectionFile] | None
) -> tuple[Story | None, tuple[Problem, ...]]:
    """The story of a file and everything that is wrong with it; no story where any of it is an error."""
    zone = ZoneInfo(settings.timezone)
    try:
        parts = front_matter.cut(data)
    except front_matter.Fault as fault:
        notes = Notes(path, "", 1, zone)
        notes.add_fault(fault)
        return None, tuple(notes.problems)
    notes = Notes(path, parts.header, parts.header_line, zone)
    found = _values(notes, parts.header)
    if parts.dropped:
        notes.problems.append(
            Problem("unprintable", path, parts.body_line, 0, ("The body", str(parts.dropped)), severity="advice")
        )
    made = None if notes.has_errors else _made(notes, found, parts, sections or {})
    return None if notes.has_errors else made, tuple(notes.problems)


def _values(notes: Notes, text: str) -> dict[str, Any]:
    """The keys that have a value, each read; required ones that have none are noted."""
    try:
        root = tree.parse(text)
    except tree.TreeFault as fault:
        notes.add_fault(fault)
        return {}
    if root is None:
        root = tree.Mapping(0, ())
    if type(root) is not tree.Mapping:
        notes.add("not-a-map", root.at)
        return {}
    found = read.fields(notes, "", root, _KEYS)
    if found.keys() >= _REQUIRED.keys() and "id" in found:  # nearly all
        return found
    given = {key.text: (key, value) for key, value in root.entries}
    for name, rule in _REQUIRED.items():
        if name not in given:
            notes.add(rule, -1)
            continue
        key, value = given[name]
        if type(value) is tree.Scalar and value.is_absent:  # any other that was not read has been noted
            notes.add(rule, key.at + len(name) + 1)
    if "id" not in given:
        notes.add("no-id", -1, default_id(notes.path), severity="advice")
        if not read.is_identity(default_id(notes.path)):
            notes.add("no-id-possible", -1)
    return found


def _made(notes: Notes, found: dict[str, Any], parts: front_matter.Cut, sections: Mapping[str, SectionFile]) -> Story:
    """The story of checked values, with what follows from them and from its section."""
    labels, headline = headlines.parse(found["headline"])
    credited: tuple[Credit, ...] = credit_lines.parse(found["credit"]).credits if "credit" in found else ()
    dateline: Dateline | None = found.get("dateline")
    agency = found.get("agency") or ((dateline.agency,) if dateline and dateline.agency else ())
    hold = found.pop("embargo", None)
    rights = found.get("rights")
    section = sections.get(address.slug_of_name(found["section"]))
    if section is not None:
        rights = rights or section.rights
        if hold is None and section.embargo:
            hold = _default_embargo(section.embargo)
    kept = {name: value for name, value in found.items() if name not in _READ_FURTHER}  # 3 µs less than one by one
    return Story(
        path=notes.path,
        id=found.get("id") or default_id(notes.path),
        headline=headline,
        headline_raw=found["headline"],
        labels=labels,
        date=found["date"],
        section=found["section"],
        # With its tags, so that `UPDATE 2-X` of the same day stands beside `X`.
        slug=found.get("slug") or address.slug_of_headline(found["headline"] if labels else headline),
        body=parts.body,
        body_line=parts.body_line,
        has_id="id" in found,
        credits=credited,
        editors=_editors(notes, found.get("editors", ()), credited),
        agency=agency,
        embargo=None if hold == "hold" else hold,
        is_on_hold=hold == "hold",
        rights=rights,
        notes=found.get("note", ()),
        **kept,
    )


def _editors(notes: Notes, editors: tuple[str, ...], credited: tuple[Credit, ...]) -> tuple[str, ...]:
    """The editors as written, else those of the credit line; says so where they are not the same."""
    names = tuple(dict.fromkeys(one.name for one in credited if one.role == "editing" and not one.is_group))
    if not editors or not names:
        return editors or names
    if set(map(address.name_key, editors)) != set(map(address.name_key, names)):
        notes.add("editors-disagree", -1, ", ".join(editors), ", ".join(names), severity="advice")
    return editors


def _default_embargo(text: str) -> int | str | None:
    """The embargo of a section file, which was checked when that file was read."""
    return dates.embargo(Notes("", text, 1, _UTC), "embargo", tree.Scalar(0, text, True))


def default_id(path: str) -> str:
    """The id of a story that has none: its path without `content/` and ending."""
    return path.removeprefix("content/").removesuffix(".md")


def body(data: bytes, path: str = "") -> str:
    """The body of a story file, as `story` reads it, without reading the front matter; raises ContentError."""
    try:
        return front_matter.body(data)
    except front_matter.Fault as fault:
        raise ContentError(Problem(fault.rule, path, fault.line, fault.column, fault.values, fault.excerpt)) from None
