"""What the public may read of every story: a plain model and the whole output agree, after random lives of stories.

The model (`support.lives`) says which words the public may read; the output must hold these, and no others: too much is
a leak, too little a loss.
"""

from __future__ import annotations

import random

import pytest

from newsgen.engine.own_files import LIST
from newsgen.storyfile import moment_at
from newsgen.text.address import output_path
from tests.support.lives import ALL, OPERATIONS, OWN_FILES, Life, World, kill, read, record
from tests.support.photos import DARKROOM
from tests.support.previews import DeskPreview
from tests.support.sites import HOUR, NOW, PNG, Desk, assert_same, many_stories, story

ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/St_Johns", "Europe/London")


def live_through(seed: int, stories: int, lives: int, steps: int, *, are_briefs: bool = False) -> None:
    """Change stories at random; after each step the output must hold what the model says, no less and no more."""
    chance = random.Random(seed)
    world = World(stories, chance, are_short=are_briefs)
    desk = Desk(darkroom=DARKROOM)
    desk.set(timezone=ZONES[seed % len(ZONES)], group_briefs=60 if are_briefs else 0)
    for life in world.lives:
        desk.site.write(life.path, life.file())
        desk.site.write(f"content/world/{life.word('f')}.png", life.photo())
    for path, data in OWN_FILES.items():
        desk.site.write(path, data)
    busy = chance.sample(world.lives, lives)
    preview = DeskPreview(desk) if stories < 100 else None
    for step in range(steps):
        for life in chance.sample(busy, max(1, lives // 5)):
            if life.status != "killed":
                chance.choice(OPERATIONS)(world, life, desk.clock)
                desk.site.write(life.path, life.file())
        desk.clock += chance.choice((0, 1, 2, 6)) * HOUR
        if step % 3 == 1:
            record(world, desk)
        if step % 3 == 2 and (alive := [life for life in busy if life.status != "killed"]):
            kill(world, desk, chance.choice(alive))
        rules = {problem.rule for problem in desk.build().problems if problem.severity == "error"}
        assert rules == set()
        expected, readable = world.public_words(desk.clock), read(desk.output.files)
        if preview:
            preview.update()
            assert read(preview.files()) == expected, f"the preview's public view, step {step}"
            later = desk.clock + chance.choice((-5, 3, 30)) * HOUR
            assert read(preview.files(later)) == world.public_words(later), (
                f"the preview at another instant, step {step}"
            )
        assert readable - expected == set(), f"leaked at step {step}"
        assert expected - readable == set(), f"lost at step {step}"
    assert_same(desk.output.files, desk.clean())
    states = {world.state(life, desk.clock) for life in busy}
    assert len(states) >= 4  # enough happened


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.long) for seed in (0, 1, 2, 4))])
def test_small_worlds(seed: int) -> None:
    live_through(seed, 40, 30, 12)


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.long) for seed in (0, 1, 2, 4))])
def test_briefs_on_shared_pages(seed: int) -> None:
    """Twenty stand on the page of each of two days, in three sections."""
    live_through(seed, 40, 30, 12, are_briefs=True)


def test_forty_lives_among_two_hundred_stories() -> None:
    live_through(2026, 200, 40, 6)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_hundred_lives_among_a_thousand_stories(seed: int) -> None:
    live_through(seed, 1000, 100, 20)


def test_a_build_at_the_instant_of_release_renders_what_changes() -> None:
    """Every page that is rendered is written; most are not touched."""
    files = many_stories(80)
    path = "content/world/040.md"
    files[path] = files[path].replace(b"---\n", b'---\nembargo: "2020-01-01T13:00:00Z"\n', 1)
    desk = Desk(files)
    desk.build()
    before = dict(desk.output.files)
    desk.clock = NOW + HOUR
    result = desk.build()
    assert_same(desk.output.files, desk.clean())
    differs = {output_path(url) for url in result.written}
    files = desk.output.files
    assert differs == {path for path in files if path != LIST and files[path] != before.get(path)}
    assert "world/1987/02/13/story-number-40.html" in differs
    assert set(result.rendered) == set(result.written)
    assert len(differs) < len(before) / 3
    articles = [path for path in differs if path.startswith("world/") and not path.endswith(("index.html", ".xml"))]
    assert len(articles) <= 12  # itself, those beside it, and those that have it among the next ten


# --- five time zones --------------------------------------------------------------------------------------------------

HELD = {
    "embargoed": ({"embargo": '"{local}"'}, -1),
    "draft": ({"status": "draft"}, None),
    "withheld": ({"status": "withheld"}, None),
    "killed": ({"status": "killed"}, None),
    "expired": ({"expires": '"{local}"'}, 0),
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("kind", HELD)
def test_a_second_makes_the_difference_in_every_zone(kind: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held until tomorrow, from tomorrow on, or always: to the second."""
    monkeypatch.setenv("TZ", zone)
    extra, held_at = HELD[kind]
    tomorrow = NOW + 24 * HOUR
    local = moment_at(tomorrow, zone).iso
    life = Life(7)
    lines = "".join(f"{key}: {value.format(local=local)}\n" for key, value in extra.items()).encode()
    desk = Desk({life.path: life.file().replace(b"---\n", b"---\n" + lines, 1)})
    desk.site.write(f"content/world/{life.word('f')}.png", PNG + life.word("f").encode())
    desk.site.write("content/world/open.md", story("An open story", id="open"))
    desk.set(timezone=zone)
    everything = {life.word(f"s{life.slug}"), *(life.word(mark) for mark in ALL)}
    for step in (-1, 0, 1, -1, 0):
        desk.clock = tomorrow + step
        desk.build()
        is_held = held_at is None or (step < 0 if held_at < 0 else step >= 0)
        assert read(desk.output.files) == (set() if is_held else everything), step
        assert_same(desk.output.files, desk.clean())
