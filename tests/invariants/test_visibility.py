"""What the public may read of every story: a plain model and the whole output agree, after random lives of stories.

Each story has words of its own in its headline, body, address, tag, person, place, picture and credit line. The model
says which of them the public may read; the output must hold these, and no others: too much is a leak, too little a
loss.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from newsgen.commands import kill as kill_command
from newsgen.commands import urls
from newsgen.storyfile import moment_at
from newsgen.text.address import output_path
from tests.support.previews import DeskPreview
from tests.support.sites import HOUR, NOW, PNG, Desk, assert_same, many_stories, story

ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/St_Johns", "Europe/London")
WORD = re.compile(rb"zq\d{4}[a-z]+", re.I)
ALL = "hbtplfck"  # headline, body, tag, person, place, picture file, caption, credit line


@dataclass
class Life:
    """A story as the model knows it."""

    number: int
    status: str = "live"
    embargo: int | None = None
    is_on_hold: bool = False
    expires: int | None = None
    photo_expires: int | None = None
    slug: str = "a"
    section: str = "World"
    updates: int | None = None
    published: set[tuple[str, str]] = field(default_factory=set)  # (section, slug) that the ledger has

    @property
    def id(self) -> str:
        return f"n{self.number}"

    @property
    def path(self) -> str:
        return f"content/world/{self.id}.md"

    def word(self, kind: str) -> str:
        return f"zq{self.number:04}{kind}"

    def state(self, clock: int) -> str:
        if self.status != "live":
            return self.status
        if self.is_on_hold or (self.embargo is not None and clock < self.embargo):
            return "embargoed"
        return "expired" if self.expires is not None and clock >= self.expires else "live"

    def file(self) -> bytes:
        """The story file."""
        photo = f"file: {self.word('f')}.png, caption: A boat {self.word('c')} in port, alt: A boat"
        if self.photo_expires is not None:
            photo += f', expires: "{_iso(self.photo_expires)}"'
        more = {
            "id": self.id,
            "slug": self.word(f"s{self.slug}"),
            "tags": f"[{self.word('t')}]",
            "people": f"[{self.word('p')} Vale]",
            "places": f"[{self.word('l')}]",
            "credit": f'"(Reporting by {self.word("k")} Dane; Editing by Ruth Oyelaran)"',
            "photos": f"[{{{photo}}}]",
        }
        if self.status != "live":
            more["status"] = self.status
        if self.is_on_hold or self.embargo is not None:
            more["embargo"] = "hold" if self.is_on_hold else f'"{_iso(self.embargo or 0)}"'
        if self.expires is not None:
            more["expires"] = f'"{_iso(self.expires)}"'
        if self.updates is not None:
            more["updates"] = f"n{self.updates}"
        day = f"2019-{1 + self.number % 12:02}-{1 + self.number % 28:02}T{self.number % 24:02}:10:00Z"
        return story(f"Report {self.word('h')}", day, self.section, f"Some text {self.word('b')}.", **more)


def _iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat()


class World:
    """All lives, and what of them may be read."""

    def __init__(self, stories: int, chance: random.Random) -> None:
        self.lives = [Life(number) for number in range(stories)]
        self.chance = chance

    def replacing(self, life: Life) -> list[Life]:
        """The stories that replace one, the next first."""
        chain = []
        at: Life | None = life
        while at is not None:
            at = next((later for later in self.lives if later.updates == at.number), None)
            chain += [at] if at else []
        return chain

    def replaced(self, life: Life) -> list[Life]:
        """The stories that one replaces."""
        chain = []
        while life.updates is not None:
            life = self.lives[life.updates]
            chain.append(life)
        return chain

    def state(self, life: Life, clock: int) -> str:
        """The state of a story in its chain: it ends with a later version."""
        state = life.state(clock)
        if state != "live":
            return state
        later = {version.state(clock) for version in self.replacing(life)}
        return "killed" if "killed" in later else "expired" if "expired" in later else "live"

    def public_words(self, clock: int) -> set[str]:
        """Every word that may be read."""
        words: set[str] = set()
        for life in self.lives:
            state = self.state(life, clock)
            shown = ""
            if state == "live":
                shown = ALL
                if life.photo_expires is not None and clock >= life.photo_expires:
                    shown = shown.replace("f", "").replace("c", "")
                words.add(life.word(f"s{life.slug}"))
            elif state == "expired" and life.published:
                shown = "hk"
                words.add(life.word(f"s{life.slug}"))
            if state in ("live", "expired", "killed"):  # redirects and tombstones
                words.update(life.word(f"s{slug}") for _section, slug in life.published)
            words.update(life.word(kind) for kind in shown)
        return words


def _hours(world: World, clock: int) -> int:
    return clock + world.chance.choice((-30, -2, 1, 3, 5, 24, 40)) * HOUR


def hold(world: World, life: Life, clock: int) -> None:
    life.status = world.chance.choice(("draft", "withheld"))


def release(world: World, life: Life, clock: int) -> None:
    life.status, life.is_on_hold, life.embargo = "live", False, None


def embargo(world: World, life: Life, clock: int) -> None:
    life.is_on_hold = world.chance.random() < 0.2
    life.embargo = None if life.is_on_hold else _hours(world, clock)


def expire(world: World, life: Life, clock: int) -> None:
    life.expires = world.chance.choice((None, _hours(world, clock)))


def expire_photo(world: World, life: Life, clock: int) -> None:
    life.photo_expires = world.chance.choice((None, _hours(world, clock)))


def rename(world: World, life: Life, clock: int) -> None:
    life.slug = world.chance.choice("abcd")


def move(world: World, life: Life, clock: int) -> None:
    life.section = world.chance.choice(("World", "Sport", "Business"))


def update(world: World, life: Life, clock: int) -> None:
    """Let it replace an earlier story that no other replaces."""
    old = life.number - world.chance.choice((1, 1, 2, 3))
    is_free = all(other.updates != old for other in world.lives)
    life.updates = old if old >= 0 and is_free else None


OPERATIONS = (hold, release, release, embargo, expire, expire_photo, rename, move, update, update)


def kill(world: World, desk: Desk, life: Life) -> None:
    """As `newsgen kill` does: the versions that the story replaced are killed with it."""
    for version in (life, *world.replaced(life)):
        if version.status != "killed":
            if world.state(version, desk.clock) == "live":
                version.published.add((version.section, version.slug))
            version.status = "killed"
    kill_command.kill(desk.job(desk.output), life.id, "False.", "", moment_at(desk.clock, desk.settings.timezone))


def record(world: World, desk: Desk) -> None:
    """As `newsgen urls --record` does."""
    for life in world.lives:
        if world.state(life, desk.clock) == "live":
            life.published.add((life.section, life.slug))
    urls.record_addresses(desk.job(desk.output), "2020-01-01")


def read(files: Mapping[str, bytes]) -> set[str]:
    """All words of stories in the paths and bytes of some files."""
    words: set[bytes] = set()
    for path, data in files.items():
        words.update(WORD.findall(path.encode()), WORD.findall(data))
    return {word.decode().lower() for word in words}


def live_through(seed: int, stories: int, lives: int, steps: int) -> None:
    """Change stories at random; after each step the output must hold what the model says, no less and no more."""
    chance = random.Random(seed)
    world = World(stories, chance)
    desk = Desk()
    desk.set(timezone=ZONES[seed % len(ZONES)])
    for life in world.lives:
        desk.site.write(life.path, life.file())
        desk.site.write(f"content/world/{life.word('f')}.png", PNG + life.id.encode())
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
        assert rules <= {"address-held"}
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
    assert differs == {path for path in desk.output.files if desk.output.files[path] != before.get(path)}
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
    desk.site.write(f"content/world/{life.word('f')}.png", PNG)
    desk.site.write("content/world/open.md", story("An open story", id="open"))
    desk.set(timezone=zone)
    everything = {life.word(f"s{life.slug}"), *(life.word(mark) for mark in ALL)}
    for step in (-1, 0, 1, -1, 0):
        desk.clock = tomorrow + step
        desk.build()
        is_held = held_at is None or (step < 0 if held_at < 0 else step >= 0)
        assert read(desk.output.files) == (set() if is_held else everything), step
        assert_same(desk.output.files, desk.clean())
