"""What happens to a site beside its stories, in random order: nothing held is shown meanwhile, and all of it is mended.

Section files are moved, misnamed and broken; templates are broken and mended; links stand in place of files; names are
made anonymous, and the command is killed. The model of `support.lives` says which words the public may read.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from newsgen.commands.anonymise import anonymise as anonymise_name
from newsgen.engine import decide
from newsgen.engine.last_good import LastGood
from newsgen.source import site_notes
from newsgen.storyfile import moment_at
from tests.support.interrupted import kill_before
from tests.support.lives import OPERATIONS, OWN_FILES, Life, World, kill, read, record
from tests.support.photos import DARKROOM
from tests.support.sites import HOUR, THEME, Desk, assert_same

MISTAKES = ("{{ page.item.headlin }}", "{% endif %}", '{% include "nothing.html.j2" %}', "{{ 1 // 0 }}", "{{ x.y }}")
TOMBSTONE = re.compile(rb'data-state="(expired|killed)"')  # of a story that may be shown again
SECTION_FILES = {
    "_section.yaml": (
        b"embargo: hold\n",
        b"title: Held\nembargo: 2030-01-01T00:00:00Z\n",
        b"odrer: 1\n",
        b"order: [\n",
    ),
    "_Section.yml": (b"embargo: hold\n",),
    "_sections.yaml": (b"embargo: hold\n",),
}


class Site:
    """A desk with the model of its stories, and what is broken on it just now."""

    def __init__(self, seed: int, stories: int, *, are_briefs: bool) -> None:
        self.chance = random.Random(seed)
        self.world = World(stories, self.chance, are_short=are_briefs)
        self.desk = Desk(dict(OWN_FILES), darkroom=DARKROOM)
        self.desk.set(group_briefs=60 if are_briefs else 0)
        self.done: Counter[str] = Counter()
        for life in self.world.lives:
            self.write(life)
            self.desk.site.write(f"content/world/{life.word('f')}.png", life.photo())
        self.desk.build()

    def write(self, life: Life) -> None:
        if not life.is_away:
            self.desk.site.write(life.path, life.file())

    def old_words(self) -> set[str]:
        """While a page cannot be made anew, it may lead to where a story was that is still shown."""
        shown = [life for life in self.world.lives if self.world.state(life, self.desk.clock) == "live"]
        return {life.word(f"s{slug}") for life in shown for slug in "abcd"} if self.is_broken else set()

    @property
    def is_broken(self) -> bool:
        return self.desk.theme is not THEME


def change_stories(site: Site) -> None:
    for life in site.chance.sample(site.world.lives, 4):
        if life.status != "killed":
            site.chance.choice(OPERATIONS)(site.world, life, site.desk.clock)
            site.write(life)
    site.desk.clock += site.chance.choice((0, 1, 6)) * HOUR


def record_addresses(site: Site) -> None:
    record(site.world, site.desk)


def kill_one(site: Site) -> None:
    alive = [life for life in site.world.lives if life.status != "killed" and not life.is_away]
    kill(site.world, site.desk, site.chance.choice(alive))


def move_section_file(site: Site) -> None:
    """Hold another section than before, in one of many ways; or none."""
    for path in [path for path in site.desk.site.files if "_section" in path.lower()]:
        site.desk.site.remove(path)
    for path in [path for path in site.desk.site.odd if "_section" in path.lower()]:
        del site.desk.site.odd[path]
    site.world.held_sections = set()
    section = site.chance.choice(("Sport", "Business", ""))
    if section:
        name = site.chance.choice(list(SECTION_FILES))
        path = f"content/{section.lower()}/{name}"
        site.world.held_sections = {section}
        if site.chance.random() < 0.3:
            site.desk.site.odd[path] = site.chance.choice(("link", "device or pipe"))
        else:
            site.desk.site.write(path, site.chance.choice(SECTION_FILES[name]))


def break_a_template(site: Site) -> None:
    name = site.chance.choice([name for name, _text in THEME.templates if name.endswith(("html.j2", "xml.j2"))])
    mistake = site.chance.choice(MISTAKES)
    site.desk.set_template(name, mistake + dict(THEME.templates)[name])


def mend_the_templates(site: Site) -> None:
    site.desk.theme = THEME


def put_a_link(site: Site) -> None:
    life = site.chance.choice([life for life in site.world.lives if life.status != "killed"])
    site.desk.site.remove(life.path)
    site.desk.site.odd[life.path] = site.chance.choice(("link", "device or pipe"))
    life.is_away = True


def put_the_files_back(site: Site) -> None:
    for life in site.world.lives:
        if life.is_away:
            life.is_away = False
            site.write(life)


def anonymise(site: Site) -> None:
    """Kill the command before one of its changes, and build; then run it again, as its user does."""
    life = site.chance.choice([life for life in site.world.lives if not life.is_away])
    moment = moment_at(site.desk.clock, "UTC")

    def command(desk: Desk) -> object:
        return anonymise_name(desk.job(desk.output), life.person, "a Lindmouth man", "Asked.", moment)

    if kill_before(site.desk, site.chance.randrange(4), command):
        site.done["killed"] += 1
        site.desk.build()
        is_asked = life.person.encode() in site.desk.site.files.get("content/_requests.tsv", b"")
        assert not (is_asked and life.word("p") in read(site.desk.output.files))
        command(site.desk)
    life.is_anonymous = True


MISHAPS: tuple[Callable[[Site], None], ...] = (
    change_stories, change_stories, record_addresses, kill_one, move_section_file, break_a_template, break_a_template,
    mend_the_templates, put_a_link, put_the_files_back, anonymise,
)  # fmt: skip


def mended(desk: Desk) -> dict[str, bytes]:
    """What a clean build gives once the templates are mended."""
    whole = replace(desk, theme=THEME, files=dict(desk.site.files))
    whole.site.odd.update(desk.site.odd)
    return whole.clean()


def live_through(seed: int, steps: int, *, are_briefs: bool = False) -> Site:
    """After each step nothing held may be read; all that is public too, unless a template is broken."""
    site = Site(seed, 16, are_briefs=are_briefs)
    desk, world = site.desk, site.world
    before, expected_before = dict(desk.output.files), world.public_words(desk.clock)
    for step in range(steps):
        mishap = site.chance.choice(MISHAPS)
        mishap(site)
        site.done[mishap.__name__] += 1
        where = f"step {step}, {mishap.__name__}"
        result = desk.build()
        expected, readable = world.public_words(desk.clock), read(desk.output.files)
        assert readable - expected - site.old_words() == set(), f"leaked at {where}"
        if not site.is_broken:
            assert expected - readable == set(), f"lost at {where}"
            assert_same(desk.output.files, desk.clean())
        elif expected_before <= expected:  # nothing was taken back: every page stays that is still to be
            standing = {path for path, data in before.items() if not TOMBSTONE.search(data)}
            gone = sorted((standing & mended(desk).keys()) - desk.output.files.keys())
            assert gone == [], f"taken away at {where}"
            site.done["kept"] += result.kept
        before, expected_before = dict(desk.output.files), expected
    return site


def test_a_life_of_mishaps() -> None:
    site = live_through(7, 28)
    mend_the_templates(site)
    site.desk.build()
    assert_same(site.desk.output.files, site.desk.clean())
    assert site.done["kept"] > 40
    assert site.done["killed"] > 0


def test_a_life_of_briefs_on_shared_pages() -> None:
    live_through(3, 24, are_briefs=True)


@pytest.mark.long
@pytest.mark.parametrize("are_briefs", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_many_lives_of_mishaps(seed: int, are_briefs: bool) -> None:
    live_through(seed, 40, are_briefs=are_briefs)


def test_every_mishap_happens_soon() -> None:
    """One that never comes would test nothing."""
    happened = random.Random(5).choices(MISHAPS, k=200)
    assert set(happened) == set(MISHAPS)


BROKEN: dict[str, tuple[object, str, Callable[..., object], str, int]] = {
    "keeps every page": (LastGood, "may_stay", lambda *_arguments: True, "leaked", 4),
    "keeps no page": (LastGood, "may_stay", lambda *_arguments: False, "taken away", 3),
    "section files hold nothing": (site_notes, "_holds", lambda *_arguments: [], "leaked", 1),
    "looks only for pages that stood": (decide, "_before", lambda *_arguments: (set(), ()), "leaked", 9),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_engine_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, broken, says, seed = BROKEN[name]
    monkeypatch.setattr(owner, attribute, broken)
    with pytest.raises(AssertionError, match=says):
        live_through(seed, 40)
