"""What is wrong with the files beside the stories that hold stories back: said of the file, with the number. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen.model.errors import Problem
from newsgen.model.settings import SectionHold

__all__ = ["hold_problems"]


def hold_problems(holds: Iterable[SectionHold], held: Mapping[str, tuple[str, str]]) -> tuple[Problem, ...]:
    """An error for each file that holds stories without plainly being the file to say so.

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
        folder = hold.folder.removesuffix("/")
        if hold.is_in_doubt:
            problems.append(Problem("held-in-doubt", hold.path, hold.line, hold.column, (count, folder, hold.section)))
        elif hold.is_astray:
            problems.append(Problem("held-astray", hold.path, values=(count, folder, hold.section)))
        elif others := sorted({section for section in inside.values() if section != hold.section}):
            count = str(sum(section != hold.section for section in inside.values()))
            problems.append(Problem("held-by-folder", hold.path, values=(count, ", ".join(others))))
    return tuple(problems)
