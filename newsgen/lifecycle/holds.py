"""What is wrong with section files, seen from the stories: what they hold without being plainly meant to, and files
that are about no story. Said of the file, with the number of stories. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from newsgen.model.errors import Problem
from newsgen.model.settings import SectionHold
from newsgen.source.listing import Listing
from newsgen.source.site_notes import SiteNotes
from newsgen.text.address import slug_of_name

__all__ = ["hold_problems", "section_problems"]


def section_problems(
    site_notes: SiteNotes, listing: Listing, held: Mapping[str, tuple[str, str]], shown: Callable[[str], int]
) -> tuple[Problem, ...]:
    """What `hold_problems` says, and a warning for each section file whose folder has stories of other sections alone.

    `shown` gives the number of stories that are shown in the section with an address.
    """
    problems = hold_problems(site_notes.holds, held)
    named = {problem.path for problem in problems}
    unused = []
    for section in site_notes.sections:
        slug, folder = slug_of_name(section.folder), f"content/{section.folder}/"
        if shown(slug) or any(url.startswith(f"/{slug}/") for _state, url in held.values()):
            continue
        path = f"{folder}_section.yaml"
        if path not in named and any(story.startswith(folder) for story, *_stat in listing.stories):
            unused.append(Problem("section-unused", path, values=(section.folder,), severity="warning"))
    return (*problems, *unused)


def hold_problems(holds: Iterable[SectionHold], held: Mapping[str, tuple[str, str]]) -> tuple[Problem, ...]:
    """An error for each file that holds stories without plainly being the file to say so; none where it holds none.

    `held` has the state and address of each story that is not shown, by file.
    """
    problems = []
    embargoed: dict[str, str] | None = None  # the section of each story under an embargo, by file
    for hold in holds:
        if embargoed is None:
            embargoed = {path: url[1:].partition("/")[0] for path, (state, url) in held.items() if state == "embargoed"}
        inside = {path: section for path, section in embargoed.items() if path.startswith(hold.folder)}
        of_section = {path for path, section in embargoed.items() if section == hold.section}
        count = str(len(inside.keys() | of_section))
        if count == "0":
            continue
        folder = hold.folder.removesuffix("/")
        if hold.is_in_doubt:
            problems.append(Problem("held-in-doubt", hold.path, hold.line, hold.column, (count, folder, hold.section)))
        elif hold.is_astray:
            problems.append(Problem("held-astray", hold.path, values=(count, folder, hold.section)))
        elif others := sorted({section for section in inside.values() if section != hold.section}):
            count = str(sum(section != hold.section for section in inside.values()))
            problems.append(Problem("held-by-folder", hold.path, values=(count, ", ".join(others))))
    return tuple(problems)
