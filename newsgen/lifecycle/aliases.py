"""Addresses that stories had on another site: `aliases` of the front matter, which lead on as the ledger's do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.settings import HostRules
from newsgen.model.value import value
from newsgen.text.address import collision_key
from newsgen.text.queries import has_query, query_key

__all__ = ["Alias", "alias_redirects", "aliases_of"]


@value
class Alias:
    """An address of before, and the story that is there now."""

    url: str
    id: str
    path: str  # of the story file


def aliases_of(cards: Iterable[Card]) -> tuple[Alias, ...]:
    """The aliases of some stories, in order of address."""
    found = (Alias(url, card.item.id, card.path) for card in cards for url in card.aliases)
    return tuple(sorted(found, key=lambda alias: (alias.url, alias.id)))


def alias_redirects(
    aliases: Iterable[Alias],
    urls: Mapping[str, str],
    taken: Mapping[str, str],
    known: Iterable[str],
    host: HostRules,
) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Where aliases lead: (address, address of the story); and what is wrong with others.

    `urls` has the address of each story that is shown, by its id: an alias of another leads nowhere. `taken` has what
    stands at an address, by its collision key. `known` are addresses that the ledger leads on from already.
    A host without rules shows a page at the address, which it can only where that ends as a page does. What follows a ?
    only some hosts' rules look at; then it does not matter what stands there without it.
    """
    owners = {collision_key(url): "" for url in known}
    moved, problems = [], []
    for alias in aliases:
        is_query = has_query(alias.url)
        key, to = query_key(alias.url) if is_query else collision_key(alias.url), urls.get(alias.id, "")
        if not to or alias.url == to:
            continue
        if key in taken:
            problems.append(Problem("alias-taken", alias.path, values=(alias.url, taken[key])))
        elif owners.setdefault(key, alias.id) != alias.id:
            if owners[key]:  # else the ledger has it, which counts for more
                problems.append(Problem("alias-twice", alias.path, values=(alias.url, owners[key])))
        elif is_query and not host.sees_queries:
            problems.append(Problem("alias-query", alias.path, values=(alias.url,), severity="warning"))
        elif url := alias.url if host.redirect_limit else _page_at(alias.url):
            moved += [(url, to)]
        else:
            problems.append(Problem("alias-host", alias.path, values=(alias.url,), severity="warning"))
    return moved, problems


def _page_at(url: str) -> str:
    """The address at which a page can lead on from another: that of a folder for one without an ending; "" for none."""
    name = url.rpartition("/")[2]
    if "." not in name:
        return url if not name else f"{url}/"
    return url if name.endswith((".html", ".htm")) else ""
