"""What a kind of page is: a value with four functions. `registry` lists the kinds: a new one is a file and a line.

A unit is what is planned at once: it has a name, `kind/rest`, and yields pages. The store keeps for every page the unit
that planned it; that is how a page that is no longer planned is found.
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
    """One kind of page. `rest` is a unit's name without its kind: "" for a kind of which there is one unit."""

    name: str  # the kind in the names of its units: "shelf"
    addresses: Callable[[str, Scope], tuple[str, ...]]  # (rest, scope) -> where its pages go; () for none
    pages: Callable[[str, str, Scope], tuple[Page, ...]]  # (unit, rest, scope) -> the same pages with their data
    units: Callable[[Scope], Iterable[str]]  # every unit of this kind that a site may have, each once
    affected: Callable[[ShelfChange], Iterable[str]]  # the units that a change of stories may touch: never too few
    follows_redirects: bool = False  # planned from where addresses lead, and planned again where that changes
    is_small: bool = False  # its pages are small: many units can be planned and rendered together


def nothing(_change: ShelfChange) -> Iterable[str]:
    """For kinds that no change of stories touches."""
    return ()
