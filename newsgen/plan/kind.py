"""A page kind as a value: four functions. `registry` lists them; a new kind is a file in this folder and a line there.

A unit is what is planned at once: it has a name, `kind/rest`, and yields pages. The store knows which unit planned each
page, and so finds the pages that are no longer planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from newsgen.model.pages import Page
from newsgen.plan.affected import ShelfChange
from newsgen.plan.scope import Scope

__all__ = ["PageKind", "nothing"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page. `rest` is a unit's name without the kind: "" for a kind that has only one unit."""

    name: str  # the kind in the names of its units: "shelf"
    addresses: Callable[[str, Scope], tuple[str, ...]]  # (rest, scope) -> where its pages go; () for none
    pages: Callable[[str, str, Scope], tuple[Page, ...]]  # (unit, rest, scope) -> the same pages with their data
    units: Callable[[Scope], Iterable[str]]  # every unit of this kind that may have pages, each once
    affected: Callable[[ShelfChange], Iterable[str]]  # the units that a change may touch: never too few
    follows_redirects: bool = False  # planned from where addresses lead, and planned again where that changes
    has_related: bool = False  # its pages show related stories
    is_small: bool = False  # its pages are small: many units are planned and rendered together


def nothing(_change: ShelfChange) -> Iterable[str]:
    """For kinds that no change of stories touches."""
    return ()
