"""The schema of a story file: every key, its kind and its meaning.

A story of 16 keys with dateline, credit line and wire tag takes 85 µs of a core on which `yaml.CBaseLoader` takes 96
for its header alone: the credit line 32, the tree 20, the cut 5. A story of 9 short keys takes 50.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem
from newsgen.model.settings import SectionDefaults, Settings
from newsgen.model.story import Contributor, Correction, Credit, Dateline, Kill, Photo, Rights, SourceNote, Story
from newsgen.storyfile import comma_lists, dates, doubts, front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.body_advice import add_body_advice
from newsgen.storyfile.body_pictures import with_body_pictures
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.maps import ListOf, MapOf, NeverEmpty, fields
from newsgen.storyfile.other_generators import STATUSES, TYPES
from newsgen.storyfile.readers import Reader
from newsgen.text import address
from newsgen.wire import byline as bylines
from newsgen.wire import credits as credit_lines
from newsgen.wire import dateline as datelines
from newsgen.wire import headline as headlines

__all__ = [
    "DATELINE", "KEYS", "REQUIRED", "default_id", "read_byline", "read_dateline", "read_section_name", "read_slug",
    "read_story", "rights_reader",
]  # fmt: skip

_UTC = ZoneInfo("UTC")


def read_slug(problems: ProblemCollector, key: str, node: tree.Node) -> str | None:
    text = node.text if type(node) is tree.Scalar else None
    if text is None:
        return read.line(problems, key, node)  # which adds the problem
    if address.is_safe_slug(text):
        return text
    if any(character.isalnum() for character in text):
        problems.add("bad-slug", node.at, key, address.slug_of_headline(text))
    else:
        problems.add("bad-slug-empty", node.at, key)
    return None


def read_section_name(problems: ProblemCollector, key: str, node: tree.Node) -> str | None:
    text = read.required_line(problems, key, node)
    if text is None:
        return None
    slug = address.slug_of_name(text)
    if slug in address.RESERVED_ROOTS or (len(slug) == 4 and slug.isdigit()):
        problems.add("section-reserved", node.at, text, slug)
        return None
    return text


def read_byline(problems: ProblemCollector, key: str, node: tree.Node) -> tuple[str, ...] | None:
    names: list[str] = []
    for text in read.texts(problems, key, node) or ():
        names += bylines.written_names(text)  # a text in which the grammar of wire copy sees no name stays as written
    return tuple(dict.fromkeys(names)) or None


def read_dateline(problems: ProblemCollector, key: str, node: tree.Node) -> Dateline | None:
    if type(node) is tree.Mapping:
        dateline: Dateline | None = DATELINE(problems, key, node)
        return dateline
    text = read.line(problems, key, node)
    return None if text is None else datelines.parse(text)


def _make_dateline(values: dict[str, Any]) -> Dateline:
    places, date, agency = values["places"], values.get("date", ""), values.get("agency", "")
    text = "/".join(places) + (f", {date}" if date else "") + (f" ({agency})" if agency else "")
    return Dateline(text, places, date, agency)


DATELINE = MapOf({"places": comma_lists.places, "date": read.line, "agency": read.line}, _make_dateline, ("places",))
rights_reader = MapOf(
    {"holder": read.line, "notice": read.block, "usage": read.block, "restrictions": read.block},
    lambda values: Rights(**values),
)
_PHOTO = MapOf(
    {
        "file": read.picture_file,
        "caption": read.block,
        "alt": read.line,
        "credit": read.line,
        "expires": NeverEmpty(dates.instant_of),
    },
    lambda values: Photo(**values),
)
_CONTRIBUTOR = MapOf(
    {"role": read.line, "name": read.line, "place": read.line}, lambda values: Contributor(**values), ("role", "name")
)
_CORRECTION = MapOf(
    {"date": dates.moment, "kind": read.Choice("correction", "clarification", "refile"), "text": read.block},
    lambda values: Correction(values["date"], values.get("kind", "correction"), values["text"]),
    ("date", "text"),
)

KEYS: dict[str, Reader] = {
    "id": read.identity,
    "headline": read.required_line,
    "date": dates.moment,
    "updated": dates.moment,
    "section": read_section_name,
    "slug": read_slug,
    "slugline": read.line,
    "byline": read_byline,
    "dateline": read_dateline,
    "credit": read.block,
    "editors": comma_lists.persons,
    "contributors": ListOf(_CONTRIBUTOR),
    "agency": comma_lists.organisations,
    "tags": comma_lists.topics,
    "people": comma_lists.persons,
    "places": comma_lists.places,
    "organisations": comma_lists.organisations,
    "photos": ListOf(_PHOTO),
    "type": read.Choice(
        "story", "factbox", "timeline", "brief", "analysis", "advisory", "obituary", "photo", others=TYPES
    ),
    "language": read.language,
    "direction": read.Choice("ltr", "rtl"),
    "urgency": read.Integer(1, 9),
    "status": NeverEmpty(read.Choice("draft", "live", "withheld", "killed", others=STATUSES)),
    "embargo": NeverEmpty(dates.embargo),
    "expires": NeverEmpty(dates.instant_of),
    "updates": read.identity,
    "aliases": read.addresses,
    "corrections": ListOf(_CORRECTION),
    "kill": NeverEmpty(
        MapOf({"date": dates.moment, "reason": read.block, "notice": read.block}, lambda values: Kill(**values))
    ),
    "related": read.identities,
    "noindex": NeverEmpty(read.boolean),
    "rights": rights_reader,
    "note": read.texts,
    "source": MapOf(
        {
            "format": read.line,
            "file": read.line,
            "sha256": read.sha256,
            "dropped": read.texts,
            "unparsed": read.texts,
            "contacts": read.texts,
            "doubts": ListOf(doubts.read_doubt),
        },
        lambda values: SourceNote(**values),
    ),
    "extra": read.extra,
}
# The fields of a story that follow from more than the key of their name. Every other key is the field of its name.
_DERIVED = frozenset(["id", "headline", "date", "section", "slug", "editors", "agency", "embargo", "rights", "note"])
REQUIRED = {"headline": "missing-headline", "date": "missing-date", "section": "missing-section"}


def read_story(
    path: str, data: bytes, settings: Settings, sections: SectionDefaults | None
) -> tuple[Story | None, tuple[Problem, ...]]:
    """The story of a file and every problem of the file; no story where one of them is an error.

    `sections` has what the files beside the stories say; None where that does not matter.
    """
    zone = ZoneInfo(settings.timezone)
    try:
        parts = front_matter.cut(data)
    except front_matter.Fault as fault:
        problems = ProblemCollector(path, "", 1, zone)
        problems.add_fault(fault)
        return None, problems.as_tuple()
    problems = ProblemCollector(path, parts.header, parts.header_line, zone)
    values = _values(problems, parts)
    add_body_advice(problems, data, parts)
    story = None if problems.has_errors else _story(problems, values, parts, sections)
    return None if problems.has_errors else story, problems.as_tuple()


def _values(problems: ProblemCollector, parts: front_matter.Cut) -> dict[str, Any]:
    """The values of all keys that have one; adds a problem for each required key that has none."""
    try:
        root = tree.parse(parts.header)
    except tree.TreeFault as fault:
        problems.add_fault(fault)
        return {}
    problems.add_cut_texts(root)
    if root is None:
        root = tree.Mapping(0, ())
    if type(root) is not tree.Mapping:
        problems.add("not-a-map", root.at)
        return {}
    values = fields(problems, "", root, KEYS, REQUIRED)
    source: SourceNote | None = values.get("source")
    if source and source.doubts:
        for at, doubt in doubts.standing(source.doubts, root, parts.body):
            problems.add(doubt.reason, at, doubt.value, doubt.copy, severity="advice")
    if values.keys() >= REQUIRED.keys() and "id" in values:  # nearly all
        return values
    given = {key.text: (key, value) for key, value in root.entries}
    for name, rule in REQUIRED.items():
        if name not in given:
            problems.add(rule, -1)
            continue
        key, value = given[name]
        if type(value) is tree.Scalar and value.is_absent:  # a wrong value has its problem already
            problems.add(rule, key.at + len(name) + 1)
    if "id" not in given:
        problems.add("no-id", -1, default_id(problems.path), severity="advice")
        if not read.is_identity(default_id(problems.path)):
            problems.add("no-id-possible", -1)
    return values


def _story(
    problems: ProblemCollector, values: dict[str, Any], parts: front_matter.Cut, sections: SectionDefaults | None
) -> Story:
    """The story of values that are right each by itself, with what follows from them and from the section."""
    labels, headline = headlines.parse(values["headline"])
    credited: tuple[Credit, ...] = credit_lines.parse(values["credit"]).credits if "credit" in values else ()
    dateline: Dateline | None = values.get("dateline")
    agency = values.get("agency") or ((dateline.agency,) if dateline and dateline.agency else ())
    hold = values.pop("embargo", None)
    rights = values.get("rights")
    if sections is not None:
        slug = address.slug_of_name(values["section"])
        section = sections.files.get(slug)
        rights = rights or (section.rights if section else None)
        if hold is None and sections.holds:
            hold = _strictest(sections.embargoes(problems.path, slug))
    body_pictures: tuple[str, ...] = ()
    if "![" in parts.body:
        values["photos"], body_pictures = with_body_pictures(problems, values.get("photos", ()), parts)
    plain = {name: value for name, value in values.items() if name not in _DERIVED}  # 3 µs less than naming each
    return Story(
        path=problems.path,
        id=values.get("id") or default_id(problems.path),
        headline=headline,
        headline_raw=values["headline"],
        labels=labels,
        date=values["date"],
        section=values["section"],
        # With the wire tag, so that `UPDATE 2-X` of the same day can stand beside `X`.
        slug=values.get("slug") or address.slug_of_headline(values["headline"] if labels else headline),
        body=parts.body,
        body_line=parts.body_line,
        body_pictures=body_pictures,
        has_id="id" in values,
        credits=credited,
        editors=_editors(problems, values.get("editors", ()), credited),
        agency=agency,
        embargo=None if hold == "hold" else hold,
        is_on_hold=hold == "hold",
        rights=rights,
        notes=values.get("note", ()),
        **plain,
    )


def _editors(problems: ProblemCollector, editors: tuple[str, ...], credited: tuple[Credit, ...]) -> tuple[str, ...]:
    """The editors as written, else those of the credit line; adds advice where the two differ."""
    names = tuple(dict.fromkeys(who.name for who in credited if who.role == "editing" and not who.is_group))
    if not editors or not names:
        return editors or names
    if set(map(address.name_key, editors)) != set(map(address.name_key, names)):
        problems.add("editors-disagree", -1, ", ".join(editors), ", ".join(names), severity="advice")
    return editors


def _strictest(texts: list[str]) -> int | str | None:
    """Of the embargoes of section files, which were found right when those were read, the one that holds longest."""
    if not texts or "hold" in texts:
        return "hold" if texts else None
    nobody = ProblemCollector("", "", 1, _UTC)
    instants = (dates.embargo(nobody, "embargo", tree.Scalar(0, text, True)) for text in texts)
    return max(instant for instant in instants if isinstance(instant, int))


def default_id(path: str) -> str:
    """The id of a story that names none: its path without `content/` and `.md`."""
    return path.removeprefix("content/").removesuffix(".md")
