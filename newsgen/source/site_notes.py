"""The settings with what people wrote about sections, persons and places: read once a build.

A change to any of it reads every story again, because every card may depend on it.
"""

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

__all__ = ["SiteNotes", "read_site_notes"]


@dataclass(frozen=True, slots=True)
class SiteNotes:
    """The settings and the files beside the stories. Every card may depend on all of it."""

    settings: Settings
    sections: tuple[SectionFile, ...]
    people: tuple[RegisterEntry, ...]
    places: tuple[RegisterEntry, ...]
    digest: str  # of all the above
    problems: tuple[Problem, ...]

    def section_files(self) -> Mapping[str, SectionFile]:
        """The section files by the slug of their section."""
        return {slug_of_name(section.folder): section for section in self.sections}

    def registers(self) -> tuple[Register, Register]:
        """The registers of persons and of places."""
        return Register(self.people, "people"), Register(self.places, "places")


def read_site_notes(site: Disk, files: tuple[FileStat, ...], settings: Settings) -> SiteNotes:
    """Read the files of `Listing.site_notes`.

    A file with errors is reported and counts as absent; but a section whose file has errors may be under embargo, so
    the whole section is held.
    """
    sections: list[SectionFile] = []
    people: tuple[RegisterEntry, ...] = ()
    places: tuple[RegisterEntry, ...] = ()
    problems: list[Problem] = []
    for path, *_stat in files:
        data = site.read(path)
        if path.endswith("_section.yaml"):
            section, complaints = storyfile.read_section(path, data)
            sections.append(section or SectionFile(path.split("/")[1], embargo="hold"))
        else:
            names, complaints = storyfile.read_register(path, data)
            if path.endswith("_people.yaml"):
                people = names
            else:
                places = names
        problems.extend(complaints)
    text = "\n".join(
        [
            codec.to_json(settings),
            *map(codec.to_json, sections),
            codec.to_json(people),
            codec.to_json(places),
        ]
    )
    return SiteNotes(settings, tuple(sections), people, places, digest(text.encode()), tuple(problems))
