"""Random sites that hold stories back, each with a twin from which what is held is gone: both must look the same.

What is held shares words, names, days, pictures and addresses with what is live, so that it could weigh in anywhere:
how common a word is, how a name is spelt, where a list splits, which letter a directory has.

A file cannot always be taken away without another meaning for readers. Then the twin has a file in its place that says
no more than readers may know: that a story was killed, and what it replaced; of an expired story that was published
also its headline, date, address and whose it was; of a held version that joins others, that these are one story.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, replace

from newsgen.model.settings import FeedSettings, Settings
from newsgen.related.bounds import DEFAULT_BOUNDS
from newsgen.source.ledger import PATH as LEDGER
from tests.support.lives import OWN_FILES
from tests.support.newsroom import FILLER, SMALL_BOUNDS, TOPICS
from tests.support.photos import DARKROOM, small
from tests.support.sites import Desk, story

__all__ = ["KINDS", "Secrets", "a_site_with_secrets"]

POOL = small(0)  # a picture that several stories may show

HOLDS = {
    "draft": {"status": "draft"},
    "withheld": {"status": "withheld"},
    "embargoed": {"embargo": '"2020-01-01T12:00:01Z"'},
    "on hold": {"embargo": "hold"},
    "embargoed draft": {"status": "draft", "embargo": '"2019-01-01T12:00:00Z"'},
    "killed": {"status": "killed"},
    "expired": {"expires": '"2020-01-01T12:00:00Z"'},
    "of a held section": {"section": "Vault"},
    "of a section with a mistake": {"section": "Cracked"},
    "in the folder of a held section": {},
    "beside a misnamed section file": {},
    "with a mistake": {"status": "draft", "urgency": "seventeen"},
}
KINDS = tuple(HOLDS)
FOLDERS = {"in the folder of a held section": "vault", "beside a misnamed section file": "annex"}
SECTION_FILES = {
    "content/vault/_section.yaml": b"title: The vault\nembargo: hold\n",
    "content/annex/_Section.yml": b"embargo: hold\n",
    "content/cracked/_section.yaml": b"title: Cracked\nodrer: 1\n",
    "content/world/_section.yaml": b"title: The world\norder: 2\n",
}
REGISTERS = {
    "content/_people.yaml": b"- name: Ines Varga\n  aliases: [I. Varga]\n- name: Zed Quo\n  aliases: [ZED QUO]\n",
    "content/_places.yaml": b"- name: Kestrel Bay\n  aliases: [KESTREL BAY]\n- name: Zorn\n  country: Corvane\n",
}
# A held story's spelling is another, and its dates are later and earlier: the newest must not be asked.
SECTIONS = ("World", "Sport", "WORLD", "sport", "Zoology")
TAGS = ("grain", "harbours", "GRAIN", "Harbours", "zinc")
PEOPLE = ("Ines Varga", "Tom Arkell", "INES VARGA", "I. Varga", "Zed Quo")
PLACES = ("KESTREL BAY", "Aldmoor", "Kestrel Bay", "ALDMOOR", "Zorn")
DAYS = ("1987-02-26", "1987-02-27", "1988-01-01", "2019-05-01", "2019-05-01", "1986-12-31", "2019-12-31", "2020-01-01")
GONE = "Another text, of which nothing may be seen either."


@dataclass
class Secrets:
    """A site with held stories. `published` is the same when nothing was held yet, and so names every address."""

    held: Desk
    twin: Desk
    published: Desk
    kinds: dict[str, str]  # of the held stories, by path
    old_addresses: tuple[str, ...]  # that the ledger has


class _Drawn:
    """The site as it is drawn, story by story."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fronts: dict[str, dict[str, str]] = {}
        self.kinds: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {"content/pool.png": POOL}
        self.ledger: dict[str, str] = {}

    def words(self, most: int) -> str:
        topic = TOPICS[self.chance.choice(list(TOPICS))].split()
        return " ".join(self.chance.choices(topic, k=self.chance.randrange(2, most)) + self.chance.choices(FILLER, k=5))

    def some(self, values: tuple[str, ...], is_held: bool) -> list[str]:
        """One or two values; only held stories have those after the second."""
        return list(dict.fromkeys(self.chance.choice(values if is_held else values[:2]) for _ in range(2)))

    def photo(self, number: int, *, is_held: bool) -> dict[str, str]:
        """A photo: that of the pool, one of its own, or another file of the same bytes."""
        file = self.chance.choice(("/pool.png", f"/world/own-{number}.png", f"/world/as-pool-{number}.png"))
        if file != "/pool.png":
            self.pictures[f"content{file}"] = POOL if "as-pool" in file else small(number)
        credit = self.chance.choice(PEOPLE if is_held else PEOPLE[:2])
        return {"file": file, "caption": f"{self.words(6)}. Northern Wire/{credit}", "alt": self.words(3)}

    def draw(self, number: int, count: int, kind: str) -> None:
        """Draw one story."""
        chance, is_held = self.chance, kind != "live"
        day = chance.choice(DAYS if is_held else DAYS[:5])
        front = {
            "headline": f"{self.words(5)} {number}",
            "date": f"{day}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z",
            "section": self.some(SECTIONS, is_held)[0],
            "slug": f"report-{number if chance.random() < 0.9 else chance.randrange(count)}",
            "id": f"s{number if chance.random() < 0.97 else chance.randrange(count)}",
            "body": "\n\n".join(self.words(16) for _ in range(chance.randrange(1, 4))),
            # Of some only one can be had: a held story must not have it.
            "aliases": f"[/elsewhere/{number}, '/story.php?id={number}', /shared/{number % 5}, '/?p={number % 5}']",
        }
        if chance.random() < 0.7:
            front["tags"] = json.dumps(self.some(TAGS, is_held))
            front["credit"] = f'"(Reporting by {self.some(PEOPLE, is_held)[0]}; Editing by Ruth Oyelaran)"'
            front["dateline"] = f'"{self.some(PLACES, is_held)[0]} (Northern Wire)"'
        if chance.random() < 0.3:
            front["photos"] = json.dumps([self.photo(number, is_held=is_held)])
        if chance.random() < 0.2:
            front["related"] = f"[s{chance.randrange(count)}, -s{chance.randrange(count)}]"
        if chance.random() < 0.2:
            front["updates"] = f"s{chance.randrange(count)}"
        if chance.random() < 0.2:
            there = f"/world/{chance.choice(DAYS).replace('-', '/')}/report-{chance.randrange(count)}.html"
            front["body"] += f"\n\nAs [told]({there}) before."
        if chance.random() < 0.1:
            front["noindex"] = "true"
        if chance.random() < 0.1:
            front["corrections"] = '[{date: 2019-12-31, text: "The tonnage was wrong."}]'
        if chance.random() < 0.3:  # its address, or one that it had
            url = f"/{front['section'].lower()}/{day.replace('-', '/')}/{front['slug']}.html"
            self.ledger[chance.choice((url, f"/old/{number}.html"))] = front["id"]
        folder = FOLDERS.get(kind) or chance.choice(("world", "sport"))
        path = f"content/{folder}/{number:03}.md"
        self.fronts[path] = front
        if is_held:
            self.kinds[path] = kind


def _file(front: dict[str, str]) -> bytes:
    return story(**front)


def _said(front: dict[str, str], kind: str, *, was_published: bool, is_joint: bool) -> dict[str, str]:
    """What readers may know of a held story, as a story of its own; empty for nothing."""
    said = {"headline": "Gone", "date": "2001-01-01", "section": "Elsewhere", "body": GONE, "id": front["id"]}
    if "updates" in front:
        said["updates"] = front["updates"]
    if kind == "killed":
        return said | HOLDS[kind]
    if kind == "expired":
        kept = ("headline", "date", "section", "slug", "credit", "dateline") if was_published else ()
        return said | HOLDS[kind] | {key: front[key] for key in kept if key in front} if kept or is_joint else {}
    return said | HOLDS["withheld"] if is_joint else {}


def _with_expired_photo(front: dict[str, str]) -> tuple[bytes, bytes]:
    """A story whose right to its photo has ended, and its twin: another photo of the same photographer."""
    (photo,) = json.loads(front["photos"])
    credit = photo["caption"].rpartition(". ")[2]
    other = {"file": "/pool.png", "caption": f"Something else. {credit}", "alt": "Else"}
    ended = {"expires": "2020-01-01T12:00:00Z"}
    return (
        _file(front | {"photos": json.dumps([photo | ended])}),
        _file(front | {"photos": json.dumps([other | ended])}),
    )


def _settings(chance: random.Random) -> Settings:
    """Settings under which a site has more pages, or fewer, or others."""
    settings = Settings("The Archive", "https://archive.example", feeds=FeedSettings(entries=chance.choice((3, 20))))
    return replace(
        settings,
        pages=chance.choice((settings.pages, settings.pages, (*settings.pages, "ids"))),
        host=chance.choice(("netlify", "cloudflare", "github")),
        permalink=chance.choice((settings.permalink, settings.permalink, "/{section}/{year}/{slug}/")),
        timezone=chance.choice(("UTC", "Asia/Tokyo")),
    )


def a_site_with_secrets(seed: int, stories: int) -> Secrets:
    """A random site of some stories, of which about a third are held."""
    drawn = _Drawn(seed)
    chance = drawn.chance
    for number in range(stories):
        drawn.draw(number, stories, chance.choice(KINDS) if chance.random() < 0.35 else "live")
    claims = Counter(front["id"] for front in drawn.fronts.values())
    for front in drawn.fronts.values():
        if claims[front["id"]] > 1:  # which of them replaces another hangs on who else claims the id
            front.pop("updates", None)
    updating = Counter(front.get("updates", "") for front in drawn.fronts.values())
    ledger = "".join(f"{story_id}\t{url}\t2019-06-01\n" for url, story_id in sorted(drawn.ledger.items())).encode()
    published = {path: _file(front) for path, front in drawn.fronts.items()}
    held, twin, secret_pictures = dict(published), dict(published), set()
    for path, front in drawn.fronts.items():
        kind = drawn.kinds.get(path, "live")
        is_expired = "photos" in front and kind == "live" and chance.random() < 0.3
        if "photos" in front and (kind != "live" or is_expired):
            secret_pictures.add(f"content{json.loads(front['photos'])[0]['file']}")
        if is_expired:
            held[path], twin[path] = _with_expired_photo(front)
        elif kind != "live":
            held[path] = _file(front | HOLDS[kind])
            joined = updating[front["id"]] + ("updates" in front)
            said = _said(
                front,
                kind,
                was_published=front["id"] in drawn.ledger.values(),
                is_joint=kind != "with a mistake" and (joined > 1 or (kind == "expired" and "updates" in front)),
            )
            twin.pop(path)
            if said:
                twin[path] = _file(said)
    public_pictures = {path: drawn.pictures[path] for path in drawn.pictures.keys() - secret_pictures}
    public_pictures["content/pool.png"] = POOL
    notes = REGISTERS | OWN_FILES | ({LEDGER: ledger} if ledger else {})
    settings, bounds = _settings(chance), chance.choice((SMALL_BOUNDS, DEFAULT_BOUNDS))
    return Secrets(
        Desk(held | drawn.pictures | notes | SECTION_FILES, settings, related_bounds=bounds, darkroom=DARKROOM),
        Desk(twin | public_pictures | notes | SECTION_FILES, settings, related_bounds=bounds, darkroom=DARKROOM),
        Desk(published | drawn.pictures | notes, settings, related_bounds=bounds, darkroom=DARKROOM),
        drawn.kinds,
        tuple(sorted(drawn.ledger)),
    )
