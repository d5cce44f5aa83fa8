"""The settings with what people wrote about sections, persons, places and storylines: read once a build.

A change to any of it reads every story again, because every card may depend on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from newsgen import storyfile
from newsgen.disk import Disk
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.settings import RegisterEntry, SectionDefaults, SectionFile, SectionHold, Settings, Storyline
from newsgen.source.listing import Listing, StrayNote, odd_problem
from newsgen.source.note_names import right_path
from newsgen.source.registers import Register
from newsgen.source.storylines import Storylines
from newsgen.text.address import slug_of_name

__all__ = ["SiteNotes", "read_site_notes"]


@dataclass(frozen=True, slots=True)
class SiteNotes:
    """The settings and the files beside the stories. Every card may depend on all of it."""

    settings: Settings
    sections: tuple[SectionFile, ...]
    holds: tuple[SectionHold, ...]
    people: tuple[RegisterEntry, ...]
    places: tuple[RegisterEntry, ...]
    topics: tuple[RegisterEntry, ...]
    storylines: tuple[Storyline, ...]
    digest: str  # of all the above
    problems: tuple[Problem, ...]
    has_unreadable: bool = False  # the system could not read one of them: no size or time says when it can

    def section_files(self) -> Mapping[str, SectionFile]:
        """The section files by the slug of their section."""
        return {slug_of_name(section.folder): section for section in self.sections}

    def section_defaults(self) -> SectionDefaults:
        """What stories get from the files beside them."""
        return SectionDefaults(self.section_files(), self.holds)

    def registers(self) -> tuple[Register, Register, Register]:
        """The registers of persons, of places and of topics."""
        return Register(self.people, "people"), Register(self.places, "places"), Register(self.topics, "tags")

    def storyline_finder(self) -> Storylines:
        """Which story is part of which storyline."""
        return Storylines(self.storylines, Register(self.topics, "tags"))


def read_site_notes(site: Disk, listing: Listing, settings: Settings) -> SiteNotes:
    """Read the files beside the stories, and those that may be meant as such.

    A file with errors is reported and counts as absent; but what may have set an embargo holds what it may be about.
    """
    sections: list[SectionFile] = []
    holds: list[SectionHold] = []
    registers: dict[str, tuple[RegisterEntry, ...]] = {"people": (), "places": (), "topics": ()}
    storylines: tuple[Storyline, ...] = ()
    problems: list[Problem] = []
    for path, *_stat in listing.site_notes:
        data, unreadable = _read(site, path)
        if path.endswith("_section.yaml"):
            section, complaints = (None, unreadable) if unreadable else storyfile.read_section(path, data)
            sections.extend([section] if section else [])
            holds.extend(_holds(path, section, complaints))
        elif path.endswith("_storylines.yaml"):
            storylines, complaints = ((), unreadable) if unreadable else storyfile.read_storylines(path, data)
        else:
            names, complaints = ((), unreadable) if unreadable else storyfile.read_register(path, data)
            registers[path.rpartition("/_")[2].removesuffix(".yaml")] = names
        problems.extend(complaints)
    for stray in listing.stray_notes:
        held, complaints = _look_at(site, stray)
        holds.extend(held)
        problems.extend(complaints)
    text = "\n".join(
        [
            codec.to_json(settings),
            *map(codec.to_json, sections),
            *map(codec.to_json, holds),
            *map(codec.to_json, registers.values()),
            codec.to_json(storylines),
        ]
    )
    has_unreadable = any(problem.rule == "unreadable" for problem in problems)
    return SiteNotes(
        settings, tuple(sections), tuple(holds), registers["people"], registers["places"], registers["topics"],
        storylines, digest(text.encode()), tuple(problems), has_unreadable,
    )  # fmt: skip


def _read(site: Disk, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The bytes of a file; or none, and why it cannot be read."""
    try:
        return site.read(path), ()
    except OSError as error:
        return b"", (Problem("unreadable", path, values=(error.strerror or str(error),)),)


def _look_at(site: Disk, stray: StrayNote) -> tuple[list[SectionHold], tuple[Problem, ...]]:
    """What something may hold that is not read as a note, and what is wrong with it."""
    path, kind = stray.path, stray.kind
    section: SectionFile | None = None
    complaints: tuple[Problem, ...] = ()
    if kind == "folder":
        hold = _holds(f"{path}/_section.yaml", None, ())[0]
        return [replace(hold, path=path)], (odd_problem("odd-file", path, stray.odd),)
    if stray.odd:
        wrong = replace(odd_problem("odd-file", path, stray.odd), severity="error")
    elif kind:
        wrong = Problem("note-astray", path, values=(right_path(path, kind),))
    else:
        wrong = Problem("unknown-note", path)
    if kind in ("section", "") and not stray.odd:
        data, complaints = _read(site, path)
        if not complaints and (kind or b"embargo" in data.lower()):
            section, complaints = storyfile.read_section(path, data)
        elif not complaints:
            return [], (wrong,)  # some other file, which says nothing of an embargo
    holds = _holds(path, section, complaints) if kind in ("section", "") else []
    return [replace(hold, is_astray=True) for hold in holds], (wrong, *complaints)


def _holds(path: str, section: SectionFile | None, complaints: tuple[Problem, ...]) -> list[SectionHold]:
    """What a section file holds; `section` is None where nobody knows what it says, for what the complaints say."""
    if section and not section.embargo:
        return []
    folder = path.rpartition("/")[0]
    name = slug_of_name(folder.rpartition("/")[2]) if "/" in folder else ""
    if section:
        return [SectionHold(path, f"{folder}/", name, section.embargo)]
    first = next((problem for problem in complaints if problem.severity == "error"), None)
    line, column = (first.line, first.column) if first else (0, 0)
    return [SectionHold(path, f"{folder}/", name, "hold", is_in_doubt=True, line=line, column=column)]
