"""Stories as a plain model knows them: what the public may read of each, and the random things that happen to them.

Each story has words of its own in its headline, body, address, tag, person, place, picture and credit line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PIL import Image

from newsgen.commands import kill as kill_command
from newsgen.commands import urls
from newsgen.storyfile import moment_at
from tests.support.photos import saved
from tests.support.sites import HOUR, PNG, Desk, story

__all__ = ["ALL", "OPERATIONS", "OWN_FILES", "Life", "World", "kill", "read", "record"]

WORD = re.compile(rb"zq\d{4}[a-z]+", re.I)
ALL = "hbtplfckwr"  # headline, body, tag, person, place, picture, caption, credit line, addresses elsewhere, correction
OWN_FILES = {  # pages and files of the site's own, among which stories come and go
    "content/_pages/about.md": b"---\ntitle: About\nmenu: About\n---\n\nAn archive. ![A pool](/img/pool.png)\n",
    "content/_storylines.yaml": b"- name: Serial\n  stories: [n1, n2, n3, n5, n8, n13, s1, s2, s3, s5]\n",
    "static/img/pool.png": PNG,
    "static/report.pdf": b"%PDF-1.4",
}


@dataclass
class Life:
    """A story as the model knows it."""

    number: int
    is_short: bool = False  # without a photo, and on a day with others: a brief, where the settings group these
    status: str = "live"
    embargo: int | None = None
    is_on_hold: bool = False
    expires: int | None = None
    photo_expires: int | None = None
    slug: str = "a"
    section: str = "World"
    updates: int | None = None
    is_away: bool = False  # a link stands in place of its file
    is_anonymous: bool = False  # the person in it
    published: set[tuple[str, str]] = field(default_factory=set)  # (section, slug) that the ledger has

    @property
    def id(self) -> str:
        return f"n{self.number}"

    @property
    def path(self) -> str:
        return f"content/world/{self.id}.md"

    def word(self, kind: str) -> str:
        return f"zq{self.number:04}{kind}"

    @property
    def person(self) -> str:
        return f"{self.word('p')} Vale"

    def state(self, clock: int) -> str:
        if self.is_away:
            return "away"
        if self.status != "live":
            return self.status
        if self.is_on_hold or (self.embargo is not None and clock < self.embargo):
            return "embargoed"
        return "expired" if self.expires is not None and clock >= self.expires else "live"

    def photo(self) -> bytes:
        """Its photo. Of one in five, smaller files are made, which say who took it."""
        if self.number % 5:
            return PNG + self.word("f").encode()
        exif = Image.Exif()
        exif[0x013B] = f"{self.word('f')} Dove"
        return saved(Image.new("RGB", (130, 87), (self.number % 251, 101, 90)), exif=exif)

    def file(self) -> bytes:
        """The story file."""
        photo = f"file: {self.word('f')}.png, caption: A boat {self.word('c')} in port, alt: A boat"
        if self.photo_expires is not None:
            photo += f', expires: "{_iso(self.photo_expires)}"'
        more = {
            "id": self.id,
            "slug": self.word(f"s{self.slug}"),
            "tags": f"[{self.word('t')}]",
            "people": f"[{'a Lindmouth man' if self.is_anonymous else self.person}]",
            "places": f"[{self.word('l')}]",
            "credit": f'"(Reporting by {self.word("k")} Dane; Editing by Ruth Oyelaran)"',
            "corrections": f"[{{date: 2019-12-31, text: It was {self.word('r')}.}}]",
            "aliases": f"[/old/{self.word('w')}, '/old.php?id={self.word('w')}']",
        }
        if not self.is_short:
            more["photos"] = f"[{{{photo}}}]"
        if self.status != "live":
            more["status"] = self.status
        if self.is_on_hold or self.embargo is not None:
            more["embargo"] = "hold" if self.is_on_hold else f'"{_iso(self.embargo or 0)}"'
        if self.expires is not None:
            more["expires"] = f'"{_iso(self.expires)}"'
        if self.updates is not None:
            more["updates"] = f"n{self.updates}"
        number = self.number
        day = f"05-0{1 + number % 2}" if self.is_short else f"{1 + number % 12:02}-{1 + number % 28:02}"
        date = f"2019-{day}T{number % 24:02}:10:00Z"
        return story(f"Report {self.word('h')}", date, self.section, f"Some text {self.word('b')}.", **more)


def _iso(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat()


class World:
    """All lives, and what of them may be read."""

    def __init__(self, stories: int, chance: random.Random, *, are_short: bool = False) -> None:
        self.lives = [Life(number, are_short) for number in range(stories)]
        self.held_sections: set[str] = set()  # by section files
        self.chance = chance

    def replacing(self, life: Life) -> list[Life]:
        """The stories that replace one, the next first."""
        chain = []
        at: Life | None = life
        while at is not None:
            at = next((later for later in self.lives if later.updates == at.number and not later.is_away), None)
            chain += [at] if at else []
        return chain

    def replaced(self, life: Life) -> list[Life]:
        """The stories that one replaces."""
        chain = []
        while life.updates is not None and not self.lives[life.updates].is_away:
            life = self.lives[life.updates]
            chain.append(life)
        return chain

    def state(self, life: Life, clock: int) -> str:
        """The state of a story in its chain: it ends with a later version."""
        state = self._own_state(life, clock)
        if state != "live":
            return state
        later = {self._own_state(version, clock) for version in self.replacing(life)}
        return "killed" if "killed" in later else "expired" if "expired" in later else "live"

    def _own_state(self, life: Life, clock: int) -> str:
        """The state that a story would have alone. Its own embargo counts for more than its section's."""
        state = life.state(clock)
        is_held = life.section in self.held_sections and life.embargo is None
        return "embargoed" if is_held and state in ("live", "expired") else state

    def public_words(self, clock: int) -> set[str]:
        """Every word that may be read."""
        words: set[str] = set()
        for life in self.lives:
            state = self.state(life, clock)
            shown = ""
            if state == "live":
                shown = ALL
                if life.is_short or (life.photo_expires is not None and clock >= life.photo_expires):
                    shown = shown.replace("f", "").replace("c", "")
                words.add(life.word(f"s{life.slug}"))
            elif state == "expired" and life.published:
                shown = "hk"
                words.add(life.word(f"s{life.slug}"))
            if state in ("live", "expired", "killed"):  # redirects and tombstones
                words.update(life.word(f"s{slug}") for _section, slug in life.published)
            words.update(life.word(kind) for kind in shown if not (kind == "p" and life.is_anonymous))
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
    versions = (life, *world.replaced(life))
    for version in [version for version in versions if world.state(version, desk.clock) == "live"]:
        version.published.add((version.section, version.slug))
    for version in versions:
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
