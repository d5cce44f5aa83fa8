"""What people do to a site: edits whose details a `Pick` draws, so that they can be random.

Hypothesis draws few and reduces what fails to the shortest history; a seeded generator draws long histories fast.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from newsgen.commands import kill as kill_command
from newsgen.commands import urls
from newsgen.commands.anonymise import anonymise as anonymise_name
from newsgen.model.errors import NewsgenError
from newsgen.model.settings import Settings
from newsgen.model.site_files import MenuEntry
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.listing import is_story
from newsgen.source.requests import PATH as REQUESTS
from newsgen.storyfile import moment_at
from tests.support.interrupted import kill_before
from tests.support.photos import DARKROOM, small
from tests.support.sites import HOUR, PNG, THEME, Desk, story

__all__ = ["EDITS", "Edit", "Pick", "a_site", "a_story", "seeded"]

T = TypeVar("T")
SECTIONS = ("World", "Business", "Sport")
SECTION_FOLDERS = ("world", "sport", "annex")
TAGS = ("grain", "C++", "harbours", "C", "łódź")
PEOPLE = ("Ines Varga", "Tom Arkell", "Ruth Oyelaran")
PLACES = ("KESTREL BAY", "ALDMOOR", "Lindmouth")
DAYS = ("1987-02-26", "1987-02-27", "1987-03-01", "1988-01-01", "2019-12-31", "2020-01-01")
HEADLINES = ("Grain talks resume", "UPDATE 1-Grain talks resume", "Ferry returns", "NO", "Zürich fair opens")
BODIES = ("One.", "Two.\n\nThree.", "* four\n* five")


class Pick(Protocol):
    """Draws a value."""

    def __call__(self, values: Sequence[T], /) -> T: ...


Edit = Callable[[Desk, Pick], None]


def seeded(seed: int) -> Pick:
    """The same draws for the same seed, on every machine."""
    generator = random.Random(seed)

    def pick(values: Sequence[T], /) -> T:
        return values[generator.randrange(len(values))]

    return pick


def _listed(pick: Pick, values: Sequence[str], most: int) -> str:
    chosen = dict.fromkeys(pick(values) for _ in range(pick(range(most + 1))))
    return "[" + ", ".join(f'"{value}"' for value in chosen) + "]"


def a_story(pick: Pick, story_id: str = "") -> bytes:
    """A story file with some of all that a story may have."""
    more: dict[str, str] = {}
    if pick((True, False)):
        more["tags"] = _listed(pick, TAGS, 3)
    if pick((True, False)):
        more["byline"] = pick(PEOPLE)
    if pick((True, False)):
        more["credit"] = f'"(Reporting by {pick(PEOPLE)}; Editing by {pick(PEOPLE)})"'
    if pick((True, False)):
        more["dateline"] = f'"{pick(PLACES)} (Northern Wire)"'
    if pick(range(4)) == 0:
        more["related"] = _listed(pick, ("s1", "s2", "s3"), 2)
    if pick(range(5)) == 0:
        more["embargo"] = pick(("hold", "2020-01-01T12:30:00Z", "2020-01-01T15:00:00Z"))
    if pick(range(7)) == 0:
        more["expires"] = pick(("2020-01-01T13:00:00Z", "2020-01-01T11:00:00Z"))
    if pick(range(6)) == 0:
        more["status"] = pick(("draft", "withheld", "killed"))
    if pick(range(6)) == 0:
        more["noindex"] = "true"
    if pick(range(4)) == 0:
        more["updates"] = f"s{pick(range(13))}"
    if pick(range(5)) == 0:
        more["aliases"] = _listed(
            pick, ("/old/one", "/story.php?id=1", "/old/two/", "/about/", "/a/b.html", "/report.pdf"), 2
        )
    if pick(range(5)) == 0:
        more["photos"] = '[{file: "/pool.png", caption: "A boat. Northern Wire/Mila Hart", alt: A boat}]'
    more["id"] = story_id or f"s{pick(range(13))}"
    return story(pick(HEADLINES), _date(pick), pick(SECTIONS), pick(BODIES), **more)


def _date(pick: Pick) -> str:
    day = pick(DAYS)
    return pick((day, f"{day}T{pick(range(24)):02}:15:00Z"))


def a_site(pick: Pick, stories: int) -> Desk:
    """A site to begin with."""
    desk = Desk({f"content/world/{n}.md": a_story(pick) for n in range(stories)})
    desk.set(group_briefs=pick((0, 0, 2)))
    desk.darkroom = DARKROOM
    return desk


def _path(desk: Desk, pick: Pick) -> str:
    """A story's file; a new one where there is none."""
    paths = sorted(filter(is_story, desk.site.files))
    return pick(paths) if paths else "content/world/first.md"


def _set(desk: Desk, pick: Pick, key: str, value: str) -> None:
    """Give one story another value of one key; "" takes the key away."""
    path = _path(desk, pick)
    text = desk.site.files.get(path, a_story(pick)).decode()
    text = re.sub(rf"(?m)^{key}: .*\n", "", text, count=1)
    line = f"{key}: {value}\n" if value else ""
    desk.site.write(path, text.replace("---\n", f"---\n{line}", 1).encode())


def own_page(desk: Desk, pick: Pick) -> None:
    """Write a page of the site's own, or take one away; some are where a section, a file or newsgen itself is."""
    path = f"content/_pages/{pick(('about', 'world/how', 'world', 'sport/index', 'tags', 'index', 'a/b'))}.md"
    if path in desk.site.files and pick((True, False)):
        desk.site.remove(path)
        return
    menu = pick(("", "menu: About\n", "menu: {title: How we work, order: 2}\n"))
    template = pick(("", "", "", "template: letter.html.j2\n"))
    text = f"---\ntitle: {pick(HEADLINES)}\n{menu}{template}---\n{pick(BODIES)}\n\n![A pool](/img/pool.png)\n"
    desk.site.write(path, text.encode())


def static_file(desk: Desk, pick: Pick) -> None:
    """Put a file into static/, or take one away; some are in the way of pages."""
    names = (
        "img/pool.png",
        "report.pdf",
        "a/b/index.html",
        "world/index.html",
        "world/map.pdf",
        "feed.xml",
        "About.txt",
    )
    path = f"static/{pick(names)}"
    if path in desk.site.files and pick((True, False)):
        desk.site.remove(path)
    else:
        desk.site.write(path, PNG if path.endswith(".png") else pick((b"One.", b"Two.", pick(HEADLINES).encode())))


def menu(desk: Desk, pick: Pick) -> None:
    """Order the menu, or leave it to newsgen."""
    entries = (
        MenuEntry(section="world"),
        MenuEntry("How", page="world/how"),
        MenuEntry(index="topics"),
        MenuEntry("Elsewhere", url="https://example.org/"),
    )
    desk.set(menu=tuple(entry for entry in entries if pick((True, False))))


def write(desk: Desk, pick: Pick) -> None:
    desk.site.write(f"content/{pick(('world', 'sport'))}/{pick(range(15))}.md", a_story(pick))


def edit_whole(desk: Desk, pick: Pick) -> None:
    desk.site.write(_path(desk, pick), a_story(pick))


def edit_body(desk: Desk, pick: Pick) -> None:
    path = _path(desk, pick)
    desk.site.write(path, desk.site.files.get(path, a_story(pick)) + b"\nMore.\n")


def change_opening(desk: Desk, pick: Pick) -> None:
    """Its first words, which pages that the story leads show; no prose cannot lead."""
    path = _path(desk, pick)
    front, fence, body = desk.site.files.get(path, a_story(pick)).decode().rpartition("---\n")
    first = pick(("Rain fell on the bay.", "NO PROSE", "> Quoted.\n\nThe ferry " + "sailed on " * 30 + "home."))
    desk.site.write(path, f"{front}{fence}\n{first}\n{body}".encode())


def choose_lead(desk: Desk, pick: Pick) -> None:
    """Pin a story to the home page, or to a section that it may not be in."""
    if pick((True, False)):
        desk.set(lead=pick(("", "s1", "s2", "s99")))
    else:
        _note(desk, pick, f"content/{pick(('world', 'sport'))}/_section.yaml", f"lead: {pick(('s1', 's2', 's3'))}\n")


def edit_headline(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "headline", pick((*HEADLINES, "A head of its own")))


def retag(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "tags", _listed(pick, TAGS, 3))


def redate(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "date", _date(pick))


def move_section(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "section", pick(SECTIONS))


def change_status(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "status", pick(("", "draft", "withheld", "killed")))


def break_story(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "urgency", pick(("", "seventeen")))


def rename_file(desk: Desk, pick: Pick) -> None:
    path = _path(desk, pick)
    body = desk.site.files.get(path, a_story(pick))
    desk.site.remove(path)
    desk.site.write(f"content/{pick(('world', 'sport'))}/moved-{pick(range(5))}.md", body)


def delete(desk: Desk, pick: Pick) -> None:
    path = _path(desk, pick)
    stories = [name for name in desk.site.files if name.startswith("content/") and name.endswith(".md")]
    if path in stories and len(stories) > 1:  # a build refuses to take the last one away
        desk.site.write(f"attic/{path}", desk.site.files[path])  # beside content/: no part of the site
        desk.site.remove(path)


def restore(desk: Desk, pick: Pick) -> None:
    attic = sorted(path for path in desk.site.files if path.startswith("attic/"))
    if attic:
        path = pick(attic)
        desk.site.write(path.removeprefix("attic/"), desk.site.files[path])
        desk.site.remove(path)


def move_clock(desk: Desk, pick: Pick) -> None:
    desk.clock += pick((-24 * HOUR, -2 * HOUR, HOUR, 4 * HOUR, 24 * HOUR))


def change_settings(desk: Desk, pick: Pick) -> None:
    now = desk.settings
    desk.settings = pick(
        (
            replace(now, title=pick(("The Archive", "The Other Archive"))),
            replace(now, feeds=replace(now.feeds, entries=pick((1, 5)), content=pick(("full", "summary")))),
            replace(now, timezone=pick(("UTC", "Asia/Tokyo"))),
            replace(now, pages=pick((Settings("", "").pages, ("dates", "tags", "ids"), ()))),
            replace(now, group_briefs=pick((0, 1, 2, 60))),
            replace(now, host=pick(("netlify", "cloudflare", "github"))),
            replace(now, permalink=pick((Desk().settings.permalink, "/{section}/{year}/{slug}/"))),
        )
    )


def change_template(desk: Desk, pick: Pick) -> None:
    """Override a template, one that others include or import, or an asset; or take all overrides back."""
    name = pick(
        ("listing.html.j2", "article-about.html.j2", "macros.html.j2", "base.html.j2", "feed.xml.j2", "", "css")
    )
    if not name:
        desk.theme = THEME
    elif name == "css":
        assets = dict(THEME.assets) | {"site.css": pick((b"a {}", b"b {}"))}
        desk.theme = replace(desk.theme, assets=tuple(sorted(assets.items())))
    else:
        text = dict(THEME.templates)[name]
        more = "" if name == "feed.xml.j2" else pick(("{# a note #}\n", "<!-- a line -->\n"))
        desk.set_template(name, text + more)


def change_people(desk: Desk, pick: Pick) -> None:
    entry = f"- name: {pick(('Ines Varga', 'I. Varga'))}\n  aliases: [Ines Varga, I. Varga]\n  photo: pool.png\n"
    _note(desk, pick, "content/_people.yaml", entry)


def change_places(desk: Desk, pick: Pick) -> None:
    entry = f"- name: {pick(('Kestrel Bay', 'Kestrel Bay Harbour'))}\n  aliases: [KESTREL BAY]\n  country: Corvane\n"
    _note(desk, pick, "content/_places.yaml", entry)


def change_storylines(desk: Desk, pick: Pick) -> None:
    """Storylines by ids, some of stories that are not there, and by topics."""
    entries = [
        f"- name: {pick(('Recount', 'Grain talks'))}\n  stories: {_listed(pick, ('s1', 's2', 's5', 'nobody'), 3)}\n",
        f"- name: Harbours\n  text: {pick(('What became of them.', 'And then?'))}\n  tags: {_listed(pick, TAGS, 2)}\n",
    ]
    _note(desk, pick, "content/_storylines.yaml", "".join(entries[pick(range(2)) :]))


def change_topics(desk: Desk, pick: Pick) -> None:
    entry = f"- name: {pick(('Grain', 'Cereals'))}\n  aliases: [grain]\n  text: {pick(('One.', 'Two.'))}\n"
    parent = pick(("", "  parent: grain\n", "  parent: nothing\n"))
    _note(desk, pick, "content/_topics.yaml", f"{entry}- name: C++\n{parent}")


def change_section(desk: Desk, pick: Pick) -> None:
    embargo = pick(("", "", "embargo: hold\n", "odrer: 1\n"))
    text = f"title: {pick(('World', 'The world'))}\norder: {pick(range(1, 4))}\n{embargo}"
    _note(desk, pick, f"content/{pick(('world', 'sport'))}/_section.yaml", text)


def move_section_file(desk: Desk, pick: Pick) -> None:
    """To another folder, or to a name that nobody reads; or back."""
    old = pick([path for path in sorted(desk.site.files) if "_section" in path] or ["content/world/_section.yaml"])
    data = desk.site.files.get(old, b"embargo: hold\n")
    desk.site.remove(old)
    desk.site.write(f"content/{pick(SECTION_FOLDERS)}/{pick(('_section.yaml', '_section.yaml', '_Section.yml'))}", data)


def put_a_link(desk: Desk, pick: Pick) -> None:
    """In place of a file of the site, which is kept elsewhere."""
    # In place of a register a link stops the build: tests/engine/test_registers.py.
    paths = [path for path in sorted(desk.site.files) if path.startswith("content/") and path not in (LEDGER, REQUESTS)]
    if paths:
        path = pick(paths)
        desk.site.write(f"elsewhere/{path}", desk.site.files[path])
        desk.site.remove(path)
        desk.site.odd[path] = pick(("link", "device or pipe"))


def take_a_link_away(desk: Desk, pick: Pick) -> None:
    """The file is where it was, or nowhere."""
    if desk.site.odd:
        path = pick(sorted(desk.site.odd))
        del desk.site.odd[path]
        is_back = pick((True, True, False)) or not any(
            is_story(name) for name in desk.site.files if name.startswith("content/")
        )  # content/ may not be emptied
        if is_back and f"elsewhere/{path}" in desk.site.files:
            desk.site.write(path, desk.site.files[f"elsewhere/{path}"])


def _anonymise(desk: Desk, pick: Pick) -> None:
    moment = moment_at(desk.clock, desk.settings.timezone)
    with suppress(NewsgenError):
        anonymise_name(desk.job(desk.output), pick(PEOPLE), "a Lindmouth man", "Asked.", moment)


def anonymise(desk: Desk, pick: Pick) -> None:
    _anonymise(desk, pick)


def begin_to_anonymise(desk: Desk, pick: Pick) -> None:
    """The command is killed before one of its changes."""
    kill_before(desk, pick(range(6)), lambda killed: _anonymise(killed, pick))


def withdraw_requests(desk: Desk, pick: Pick) -> None:
    """So that not every story with a name is refused from now on."""
    desk.site.remove(REQUESTS)


def _note(desk: Desk, pick: Pick, path: str, text: str) -> None:
    if pick(range(4)) == 0:
        desk.site.remove(path)
    else:
        desk.site.write(path, text.encode())


def change_picture(desk: Desk, pick: Pick) -> None:
    data = pick((small(1), small(2), b"no picture", b""))
    if data:
        desk.site.write("content/pool.png", data)
    else:
        desk.site.remove("content/pool.png")


def damage_output(desk: Desk, pick: Pick) -> None:
    files = sorted(path for path in desk.output.files if not path.startswith("."))
    if files:
        path = pick(files)
        if pick((True, False)):
            desk.output.remove(path)
        else:
            desk.output.write(path, pick((b"by hand", b"", desk.output.files[path] + b" ")))


def rename_slug(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "slug", pick(("", "fair", "ferry", "grain-talks-resume")))


def change_update(desk: Desk, pick: Pick) -> None:
    _set(desk, pick, "updates", pick(("", *(f"s{number}" for number in range(13)))))


def correct(desk: Desk, pick: Pick) -> None:
    day = pick(("2019-12-30", "2020-01-01"))
    _set(desk, pick, "corrections", pick(("", f'[{{date: {day}, text: "The tonnage was wrong."}}]')))


def record_addresses(desk: Desk, pick: Pick) -> None:
    with suppress(NewsgenError):  # of a site with mistakes
        urls.record_addresses(desk.job(desk.output), pick(("2019-12-31", "2020-01-01")))


def remove_address(desk: Desk, pick: Pick) -> None:
    addresses = re.findall(r"(?m)^[^\t\n]+\t(/\S+)", desk.site.files.get(LEDGER, b"").decode())
    if addresses:
        with suppress(NewsgenError):
            urls.remove_address(desk.job(desk.output), pick(addresses), "2020-01-01")


def kill(desk: Desk, pick: Pick) -> None:
    with suppress(NewsgenError):
        moment = moment_at(desk.clock, desk.settings.timezone)
        kill_command.kill(desk.job(desk.output), f"s{pick(range(13))}", "The source was false.", "", moment)


def change_ledger(desk: Desk, pick: Pick) -> None:
    """By hand: a line removed or doubled, conflict markers of a merge, or the whole file removed."""
    lines = desk.site.files.get(LEDGER, b"").decode().splitlines()
    if lines:
        line = pick(lines)
        lines = pick(([], [other for other in lines if other != line], [*lines, line], ["<<<<<<< ours", *lines]))
        if lines:
            desk.site.write(LEDGER, ("\n".join(lines) + "\n").encode())
        else:
            desk.site.remove(LEDGER)


EDITS: tuple[Edit, ...] = (
    write, edit_whole, edit_body, edit_headline, retag, redate, move_section, change_status, break_story, rename_file,
    delete, restore, move_clock, change_settings, change_template, change_people, change_places, change_section,
    change_picture, damage_output, rename_slug, change_update, correct, record_addresses, remove_address, kill,
    change_ledger, move_section_file, put_a_link, take_a_link_away, anonymise, begin_to_anonymise, withdraw_requests,
    own_page, static_file, menu, change_opening, choose_lead, change_storylines,
    change_topics,
)  # fmt: skip
