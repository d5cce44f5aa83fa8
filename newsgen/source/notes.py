"""What people wrote about sections, persons and places, read once a build; a change to it reads every story again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsgen import storyfile
from newsgen.disk import Disk, FileStat
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.settings import RegisterEntry, SectionFile, Settings
from newsgen.source.registers import Register
from newsgen.text.address import slug_of_name

__all__ = ["Context", "context"]


@dataclass(frozen=True, slots=True)
class Context:
    """The settings and the files beside the stories. Every card may depend on all of it."""

    settings: Settings
    sections: tuple[SectionFile, ...]
    people: tuple[RegisterEntry, ...]
    places: tuple[RegisterEntry, ...]
    digest: str
    problems: tuple[Problem, ...]

    def section_files(self) -> Mapping[str, SectionFile]:
        """The section files by the address of their section."""
        return {slug_of_name(section.folder): section for section in self.sections}

    def registers(self) -> tuple[Register, Register]:
        """Persons and places by every spelling."""
        return Register(self.people, "people"), Register(self.places, "places")


def context(site: Disk, notes: tuple[FileStat, ...], settings: Settings, *, drafts: bool) -> Context:
    """Read the notes of a listing. One with errors is reported, and counts as absent.

    But a section whose file cannot be read may be under embargo, so all of it is held.
    """
    sections: list[SectionFile] = []
    people: tuple[RegisterEntry, ...] = ()
    places: tuple[RegisterEntry, ...] = ()
    problems: list[Problem] = []
    for path, *_stat in notes:
        data = site.read(path)
        if path.endswith("_section.yaml"):
            section, found = storyfile.section(path, data)
            sections.append(section or SectionFile(path.split("/")[1], embargo="hold"))
        else:
            names, found = storyfile.names(path, data)
            if path.endswith("_people.yaml"):
                people = names
            else:
                places = names
        problems.extend(found)
    whole = "\n".join(
        [
            codec.to_json(settings),
            *map(codec.to_json, sections),
            codec.to_json(people),
            codec.to_json(places),
            str(drafts),
        ]
    )
    return Context(settings, tuple(sections), people, places, digest(whole.encode()), tuple(problems))
