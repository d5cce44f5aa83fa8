"""The suite must be able to fail: each engine here is broken on purpose, and must give other bytes than a clean build.

Each is broken in one place, and the edit is the one that shows it; with a whole engine the same edit shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsgen.disk import FileStat, MemoryDisk
from newsgen.engine import decide
from newsgen.model.files import Source, digest
from newsgen.render.templates.theme import Theme
from newsgen.store import Store
from tests.support.sites import PNG, THEME, Desk, assert_same, differences, many_stories, story

NEW = "content/world/new.md"
NEWEST = story("New", "1987-02-27T20:00:00Z", id="new", tags="[grain, zinc]", byline="Zed Quo")


def add(desk: Desk) -> None:
    desk.site.write(NEW, NEWEST)


def edit_body(desk: Desk) -> None:
    path = "content/world/011.md"
    desk.site.write(path, desk.site.files[path].replace(b"Text 11.", b"Text eleven."))


def edit_headline(desk: Desk) -> None:
    path = "content/world/011.md"
    desk.site.write(path, desk.site.files[path].replace(b"Story number 11", b"Story number eleven"))


def add_a_month(desk: Desk) -> None:
    """Add the first story of a month: the months beside it have another neighbour now."""
    desk.site.write(NEW, NEWEST.replace(b"1987-02-27", b"1987-03-27"))


def delete_the_pinned(desk: Desk) -> None:
    desk.site.remove("content/world/003.md")


def starts(*beginnings: str) -> Callable[[str], bool]:
    return lambda unit: unit.startswith(beginnings)


# What is forgotten, which units those are, and the edit that shows it.
FORGOTTEN: dict[str, tuple[Callable[[str], bool], Callable[[Desk], None]]] = {
    "the story itself": (lambda unit: unit == "story/new", add),
    "the story whose body changed": (lambda unit: unit == "story/s011", edit_body),
    "neighbours in the section": (lambda unit: unit.startswith("story/") and unit != "story/new", add),
    "the day": (lambda unit: unit == "shelf/date//1987-02-27", add),
    "parent shelf: the month": (lambda unit: unit == "shelf/date//1987-02", add),
    "parent shelf: the year": (lambda unit: unit == "shelf/date//1987", add),
    "parent shelf: the section's year": (lambda unit: unit == "shelf/section/world/1987", add_a_month),
    "neighbour shelf: the day before": (lambda unit: unit == "shelf/date//1987-02-12", add),
    "neighbour shelf: the month before": (lambda unit: unit == "shelf/section/world/1987-02", add_a_month),
    "the section": (lambda unit: unit == "shelf/section/world/", edit_headline),
    "the tag": (lambda unit: unit == "shelf/tag/grain/", edit_headline),
    "the person": (lambda unit: unit == "shelf/person/ines-varga/", edit_headline),
    "the place": (lambda unit: unit == "shelf/place/kestrel-bay/", edit_headline),
    "pins": (lambda unit: unit == "story/pinning", delete_the_pinned),
    "the feed": (starts("feed/date/"), add),
    "the section's feed": (starts("feed/section/"), edit_body),
    "the tag's feed": (starts("feed/tag/"), edit_body),
    "the directory of tags": (starts("directory/tag/"), add),
    "the directory of people": (starts("directory/person/"), add),
    "the story sitemap": (starts("story-sitemap/"), add),
    "the sitemap of lists": (starts("list-sitemap/"), add),
    "the sitemap of sitemaps": (starts("sitemap-index"), add_a_month),
    "the home page": (starts("home"), add),
}


def a_desk() -> Desk:
    photo = '[{file: boat.png, caption: "A boat. Northern Wire/Mila Hart"}]'
    pinning = story("Pinning", "1986-01-01", section="Sport", id="pinning", related="[s003]", photos=photo)
    return Desk(many_stories(12) | {"content/world/pinning.md": pinning, "content/world/boat.png": PNG})


@pytest.mark.parametrize("name", FORGOTTEN)
def test_an_engine_that_forgets_a_unit_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    is_forgotten, edit = FORGOTTEN[name]
    desk = a_desk()
    desk.build()
    forgotten: set[str] = set()

    def broken(*arguments: Any) -> set[str]:
        units = set(complete(*arguments))
        forgotten.update(unit for unit in units if is_forgotten(unit))
        return units - forgotten

    complete = decide._affected
    monkeypatch.setattr(decide, "_affected", broken)
    edit(desk)
    desk.build()
    assert forgotten, "the whole engine does not plan it either"
    assert differences(desk.output.files, desk.clean()) != []


@pytest.mark.parametrize("edit", dict.fromkeys(edit for _units, edit in FORGOTTEN.values()))
def test_the_whole_engine_passes_the_same_edits(edit: Callable[[Desk], None]) -> None:
    desk = a_desk()
    desk.build()
    edit(desk)
    desk.build()
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("changed", ["macros.html.j2", "base.html.j2", "article-about.html.j2", "home.html.j2"])
@pytest.mark.parametrize("kind", ["whole", "without what it includes", "its name"])
def test_an_engine_with_a_stale_template_closure_is_caught(
    kind: str, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def own_text(theme: Theme, name: str) -> str:
        return digest(theme._files[name].encode())

    def own_name(_theme: Theme, name: str) -> str:
        return digest(name.encode())

    if kind != "whole":
        monkeypatch.setattr(Theme, "digest", own_text if kind == "without what it includes" else own_name)
    desk = a_desk()
    desk.build()
    text = dict(THEME.templates)[changed]
    old = {"macros.html.j2": "<time", "base.html.j2": "</body>", "home.html.j2": "<section"}.get(changed, "</")
    assert old in text
    desk.set_template(changed, text.replace(old, f"<wbr>{old}"))
    desk.build()
    is_noticed = kind == "whole" or (changed == "home.html.j2" and kind == "without what it includes")
    assert (differences(desk.output.files, desk.clean()) == []) is is_noticed


class LateDisk(MemoryDisk):
    """An output whose files are removed only when `finish` is called, after the record was saved."""

    removals: list[str]

    def remove(self, path: str) -> None:
        self.removals.append(path)

    def finish(self) -> None:
        for path in self.removals:
            super().remove(path)
        self.removals.clear()


@pytest.mark.parametrize("is_killed", [False, True])
def test_an_engine_that_records_before_it_removes_is_caught(is_killed: bool) -> None:
    desk = a_desk()
    late = LateDisk(name="build")
    late.removals = []
    desk.output = late
    desk.build()
    delete_the_pinned(desk)
    desk.build()
    if is_killed:
        late.removals.clear()  # the record was saved; the process died before it took the files away
    late.finish()
    desk.build()
    late.finish()
    assert (differences(late.files, desk.clean()) == []) is not is_killed


class UnwrittenDisk(MemoryDisk):
    """An output that claims to have written what it has not."""

    is_honest = True
    is_lying = False  # scan() repeats the claims: as if the engine never looked at its output
    claims: dict[str, Source]

    def write(self, path: str, data: bytes) -> Source:
        if self.is_honest or path.startswith("."):
            source = super().write(path, data)
        else:
            self._clock += 1_000_000_000
            source = Source(path, len(data), self._clock)
        self.claims[path] = source
        return source

    def scan(
        self, folder: str = "", odd: list[tuple[str, str]] | None = None, unreadable: list[str] | None = None
    ) -> list[FileStat]:
        stats = super().scan(folder, odd)
        if not self.is_lying:
            return stats
        claims = [self.claims.get(stat[0], Source(*stat)) for stat in stats]
        return [(source.path, source.size, source.mtime_ns, source.ctime_ns) for source in claims]


@pytest.mark.parametrize("is_looked_at", [True, False])
def test_an_engine_that_records_before_it_writes_is_caught(is_looked_at: bool) -> None:
    """The record was saved, and the process died before the pages were written.

    The engine mends that, because it compares its output with its record; an engine that does not is caught.
    """
    desk = a_desk()
    disk = UnwrittenDisk(name="build")
    disk.claims = {}
    desk.output = disk
    desk.build()
    disk.is_honest = False
    edit_headline(desk)
    desk.build()
    disk.is_honest = True
    assert differences(disk.files, desk.clean()) != []
    disk.is_lying = not is_looked_at
    desk.build()
    assert (differences(disk.files, desk.clean()) == []) is is_looked_at


def test_an_engine_that_does_not_say_what_it_is_about_to_write_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before the record was saved, it takes its own files for a user's."""

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    caught = []
    for is_broken in (False, True):
        desk = a_desk()
        desk.build()
        add(desk)
        with monkeypatch.context() as patched:
            patched.setattr(Store, "finish", killed)
            if is_broken:
                patched.setattr(Store, "begin", lambda *_arguments: None)
            with pytest.raises(KeyboardInterrupt):
                desk.build()
        desk.site.remove(NEW)
        desk.build()
        caught.append(differences(desk.output.files, desk.clean()) != [])
    assert caught == [False, True]
