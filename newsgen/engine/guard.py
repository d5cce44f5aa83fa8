"""What a build must not give away, and where it is looked for beside the pages that are rendered.

Those places are: the site's own templates, which somebody may have typed a headline into; the pages that stand, when a
story is taken back that was shown; and the files in the output that newsgen did not write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen.disk import Disk
from newsgen.engine.request import BuildRequest
from newsgen.engine.snapshot import LeakCheck, Snapshot
from newsgen.index.index import Index
from newsgen.leaks import phrases
from newsgen.leaks.finder import Finder, HeldContent, HeldStory
from newsgen.leaks.name_finder import NameFinder
from newsgen.lifecycle.holds import section_problems
from newsgen.lifecycle.resolve import Resolved
from newsgen.lifecycle.state import public_card, state
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.plan import units
from newsgen.source.theme import default_theme
from newsgen.store import Store
from newsgen.text.address import output_path, picture_path
from newsgen.workers import pool

__all__ = ["guard", "leaking_files", "leaking_pages", "leaking_site_files"]

_OPEN = ("", "refused")  # states in which a story has no secret: it is shown, or an error keeps it out


def guard(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot with what is held at its clock, from the story files: a store keeps nothing of a killed story."""
    held = _held_files(snapshot, store)
    snapshot = replace(snapshot, section_problems=_section_problems(snapshot, held))
    names = snapshot.changes.requests.names
    if not held and not names:
        return snapshot
    request, site_notes = snapshot.request, snapshot.changes.site_notes
    same_bytes: dict[str, list[str]] = {}
    for picture, row in sorted(snapshot.changes.pictures.items()):
        for mark in {row.source.digest, row.published}:
            same_bytes.setdefault(mark, []).append(picture)
    stories = tuple(_held_story(snapshot, same_bytes, path, *held[path]) for path in sorted(held))
    own_files, default_texts = _theme(request)
    around = (
        site_notes.settings,
        site_notes.sections,
        site_notes.people,
        site_notes.places,
        site_notes.topics,
        site_notes.storylines,
    )
    common = "\n".join((*default_texts, *map(codec.to_json, around)))
    names_finder = NameFinder(names, thorough=True)
    in_theme = tuple(sorted(f"templates/{name}" for name, data in own_files.items() if names_finder.has(data)))
    in_files = (*in_theme, *_notes_with_names(snapshot, names_finder)) if names else ()
    held_content = HeldContent(stories, names, common, request.clock, request.drafts, in_files, bool(in_theme))
    finder = Finder(held_content, snapshot.index)
    new_names = names if store.seal.last.exists and not snapshot.changes.is_same_requests else ()
    taken_back = _taken_back(store, stories)
    withdrawn = None
    if taken_back or new_names:
        withdrawn = HeldContent(taken_back, new_names, "", request.clock, request.drafts, thorough=True)
    site = snapshot.scope.site  # whose menu, with the titles of own pages, is on every page
    menu = "\n".join(link.name for link in (*site.nav, *site.pages)).encode()
    is_in_theme = bool(in_theme) or any(finder.given_away(data) for data in (menu, *own_files.values()))
    return replace(snapshot, leaks=LeakCheck(finder, withdrawn, is_in_theme))


def _section_problems(snapshot: Snapshot, held: Mapping[str, tuple[str, str]]) -> tuple[Problem, ...]:
    changes, index = snapshot.changes, snapshot.index
    return section_problems(changes.site_notes, changes.listing, held, lambda slug: index.count(("section", slug)))


def _held_files(snapshot: Snapshot, store: Store) -> dict[str, tuple[str, str]]:
    """The files of the stories that are held: state, address."""
    changes = snapshot.changes
    states = {} if changes.is_all else store.stories.held_files()
    for path in (*changes.gone, *(path for path, parsed in changes.parsed.items() if parsed.card is None)):
        states.pop(path, None)
    states.update((s.card.path, (_state(snapshot.request, s), s.card.item.url)) for s in snapshot.resolved)
    return {path: row for path, row in states.items() if row[0] not in _OPEN}


def _state(request: BuildRequest, story: Resolved) -> str:
    """The state of a story, asked again where it is shown: this check trusts nobody."""
    if story.state or public_card(story.card, request.clock, drafts=request.drafts):
        return story.state
    return state(story.card, request.clock)


def _held_story(snapshot: Snapshot, same_bytes: Mapping[str, list[str]], path: str, state: str, url: str) -> HeldStory:
    """What gives a story away. `same_bytes` has the picture files by their digests."""
    try:
        found = phrases.phrases_of(snapshot.request.site.read(path))
    except OSError:  # said elsewhere
        return HeldStory(path, state, (), (), url, ())
    rows = snapshot.changes.pictures
    pictures = {picture_path(path, name) for name in found.pictures}
    # Portraits are public.
    portraits = {f"content/{name.photo.removeprefix('/')}" for name in snapshot.changes.site_notes.people}
    shown = [rows[name] for name in pictures if name in rows]
    digests = sorted({mark for row in shown for mark in (row.source.digest, row.published)})
    secret = tuple(
        (each, tuple(same_bytes[each])) for each in digests if each and portraits.isdisjoint(same_bytes[each])
    )
    return HeldStory(path, state, found.headline, found.text, url, secret)


def _notes_with_names(snapshot: Snapshot, finder: NameFinder) -> Iterator[str]:
    """The notes on sections, people and places in which a reader sees a name, and the settings."""
    if finder.has(codec.to_json(snapshot.request.settings).encode()):
        yield "pyproject.toml"
    for path, *_stat in snapshot.changes.listing.site_notes:
        if finder.has(_read(snapshot.request.site, path)):
            yield path


def _read(disk: Disk, path: str) -> bytes:
    """The bytes of a file; none where it cannot be read: said elsewhere."""
    try:
        return disk.read(path)
    except OSError:
        return b""


def _theme(request: BuildRequest) -> tuple[dict[str, bytes], list[str]]:
    """The files of the theme that are the site's own; and the text of the default theme, which is nobody's secret."""
    default = default_theme()
    files: Mapping[str, bytes] = {name: text.encode() for name, text in request.theme.templates}
    files = {**files, **{f"assets/{name}": data for name, data in request.theme.assets}}
    own = {name: data for name, data in files.items() if default.get(name) != data}
    return own, [data.decode("utf-8", "replace") for data in default.values()]


def _taken_back(store: Store, stories: tuple[HeldStory, ...]) -> tuple[HeldStory, ...]:
    """The held stories that the last build may have shown. Not the expired: their time was known from the first."""
    seal = store.seal.last
    if not seal.exists:
        return ()
    taken = [story for story in stories if story.state != "expired"]
    if seal.is_unfinished:
        return tuple(taken)
    shown = store.stories.shown(story.path for story in taken)
    return tuple(story for story in taken if story.path in shown)


@dataclass(frozen=True, slots=True)
class _LookThrough:
    """Whether pages that stand hold words of a held story."""

    output: Disk
    withdrawn: HeldContent

    def __call__(self) -> Callable[[list[str]], list[bool]]:
        finder = Finder(self.withdrawn, Index())

        def has_leak(url: str) -> bool:
            try:
                data = url.encode() + b"\n" + self.output.read(output_path(url))
            except OSError:  # it is gone, and nothing stands there
                return False
            return bool(finder.given_away(data)) or finder.names_in(data)

        return lambda batch: [has_leak(url) for url in batch]


def leaking_pages(snapshot: Snapshot, store: Store) -> dict[str, str]:
    """The pages of the last build that hold words of a story which has been taken back since, with their units."""
    withdrawn, request = snapshot.leaks.withdrawn, snapshot.request
    if not withdrawn:
        return {}
    standing = {row.url: row.unit for row in store.pages.rows() if row.digest}
    hits = pool.map_tasks(_LookThrough(request.output, withdrawn), list(standing), request.workers, request.cluster)
    return {url: standing[url] for url, is_hit in zip(standing, hits, strict=True) if is_hit}


def leaking_site_files(snapshot: Snapshot, store: Store) -> dict[str, str]:
    """The own pages and files of the last build that give away a story which is held now, with their units.

    Their words are nobody's story, so a story may come to be held that says the same: they are looked at again wherever
    a story, a picture or a request for anonymity is another.
    """
    finder, changes, output = snapshot.leaks.finder, snapshot.changes, snapshot.request.output
    is_other = changes.parsed or changes.gone or changes.changed_pictures or snapshot.removed or snapshot.added
    if not finder or not (is_other or not changes.is_same_requests) or not store.seal.last.exists:
        return {}
    found = {}
    for row in store.pages.rows(store.pages.units_of(units.OWN_KINDS)):
        try:
            data = output.read(output_path(row.url))
        except OSError:  # it is made again anyway
            continue
        has_name = finder.names_in(row.url.encode() + b"\n" + data)
        if has_name or finder.given_away(data) or finder.pictured(row.url, data):
            found[row.url] = row.unit
    return found


def leaking_files(snapshot: Snapshot, paths: Iterable[str]) -> tuple[Problem, ...]:
    """What files in the output that newsgen did not write give away."""
    finder, output = snapshot.leaks.finder, snapshot.request.output
    if not finder:
        return ()
    problems = []
    for path in sorted(paths):
        try:
            data = output.read(path)
        except OSError:  # nobody else can read it either
            continue
        given = finder.given_away(data)
        if given:  # a live story may say the same
            given = finder.given_away(data, _live_files(snapshot, finder))
        if picture := finder.pictured(path, data):
            given.add(picture)
        where = f"{output.name}/{path}" if output.name else path
        problems += [Problem("held-in-file", where, values=(held,)) for held in sorted(given)]
        if finder.names_in(path.encode() + b"\n" + data):
            problems.append(Problem("name-in-file", where))
    return tuple(problems)


def _live_files(snapshot: Snapshot, finder: Finder) -> Iterator[bytes]:
    """The files of all stories that are not held."""
    for path, *_stat in snapshot.changes.listing.stories:
        if path not in finder.paths:
            yield snapshot.request.site.read(path)
