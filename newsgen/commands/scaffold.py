"""The files of a new site, and of a new story."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsgen.commands.beside import pictures_named, with_photos
from newsgen.commands.host_files import REQUIREMENTS, WHEELS, files_of_host, settings_of_host
from newsgen.commands.known_stories import read_or_empty
from newsgen.commands.workflow import WORKFLOW_PATH
from newsgen.disk import Disk
from newsgen.lint.site_rules import FIRST_DESCRIPTION
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.model.value import value
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.requests import PATH as REQUESTS
from newsgen.storyfile import YamlValue, map_lines
from newsgen.text.address import RESERVED_ROOTS, slug_of_headline, slug_of_name

__all__ = ["NewSite", "new_site", "new_story", "starter_story"]

_DRAFT = "status: draft  # no reader sees it until you take this line away"

_SETTINGS = """\
[tool.newsgen]
title = {title}
base_url = "https://archive.example.org"  # where the site will stand: canonical addresses and feeds need it
id = "{id}"  # tells this site from others; leave it as it is
description = "{description}"  # stands on every page, and in what search engines show
language = "en"
timezone = "UTC"  # of dates without a zone, and of the times shown
"""
# Lines that these files must have. They are added to files that are there, as a repository on the web is often made.
_GIT_LINES = {
    ".gitignore": ("/build/", "/.newsgen/", "/.newsgen-tmp/", "/.venv/", "/.netlify/", f"/{REQUESTS}"),
    ".gitattributes": (f"{LEDGER} merge=union",),  # two branches add addresses: both are kept
}
_WELCOME = ("readme", "license", "licence")  # how names of files begin that a folder may have already
_SECTION = "title: News\ndescription: What came in.\norder: 1\n"
_STORY_ID = "first-story"
_STORY_FILE = "archive-opens.md"
_STORY = """\
---
id: {id}
headline: Archive opens with its first story
date: {day}
section: News
byline: Sam Ferro
dateline: HARBOUR TOWN
tags: [archives]
---

A wire archive opened here with a single story, which its first reader is welcome to replace.

Stories live in `content/`, one Markdown file each. A headline, a date and a section are all that a story needs.
"""


@value
class NewSite:
    """What a new site is to be."""

    title: str
    moment: Moment  # of its first story
    id: str  # a text that no other site has
    kind: str = ""  # of the target that it is made for: a key of INIT_HOSTS; "" for Netlify, without a target
    ci: str = ""  # "github": GitHub publishes it
    requirements: tuple[str, ...] = ("newsgen",)  # what pip is to install elsewhere
    wheel: tuple[str, bytes] | None = None  # where that is a file: its name, and its bytes
    editor_files: tuple[tuple[str, str], ...] = ()  # path and text of what editors read


def new_site(site: Disk, new: NewSite) -> tuple[str, ...]:
    """Write a new site; the paths written. UsageError where the folder holds more than a repository begins with.

    That is dot files, a README and a LICENSE. The settings come last: what a command wrote that was interrupted before
    them is no obstacle.
    """
    if new.ci and new.kind not in ("", new.ci):
        raise UsageError(Problem("init-ci-host", "--ci", values=(new.ci, new.kind)))
    kind = new.kind or new.ci
    year, month, _day = new.moment.day.split("-")
    texts = {
        **files_of_host(kind, new.ci, new.requirements),
        "content/news/_section.yaml": _SECTION,
        f"content/news/{year}/{month}/{_STORY_FILE}": _STORY.format(id=_STORY_ID, day=new.moment.day),
        "pyproject.toml": _SETTINGS.format(
            title=json.dumps(new.title, ensure_ascii=False), id=new.id, description=FIRST_DESCRIPTION
        )
        + settings_of_host(kind),
    }
    files = {path: text.encode("utf-8") for path, text in (*new.editor_files, *texts.items())}
    if new.wheel and REQUIREMENTS in files:
        files = {f"{WHEELS}/{new.wheel[0]}": new.wheel[1], **files}
    present = [path for path, *_stat in site.scan()]
    if "pyproject.toml" in present or any(_is_in_the_way(site, path, files) for path in present):
        raise UsageError(Problem("folder-not-empty", site.name))
    for path in (WORKFLOW_PATH, *(path for path, _text in new.editor_files)):
        if site.has(path):  # hidden, and somebody's
            files.pop(path, None)
    written = [path for path, lines in _GIT_LINES.items() if _add_lines(site, path, lines)]
    for path, data in files.items():
        site.write(path, data)
    site.remove_temporary_files()
    return (*written, *files)


def _add_lines(site: Disk, path: str, lines: tuple[str, ...]) -> bool:
    """Add the lines that a file lacks, and make it where there is none; whether anything was written."""
    if not site.has(path):
        site.write(path, "".join(f"{line}\n" for line in lines).encode())
        return True
    before = site.read(path)
    missing = [line for line in lines if line.encode() not in (each.strip() for each in before.splitlines())]
    if missing:
        gap = b"\n" if before and not before.endswith(b"\n") else b""
        site.edit(path, before + gap + "".join(f"{line}\n" for line in missing).encode())
    return bool(missing)


def _is_in_the_way(site: Disk, path: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file is neither one that a repository begins with nor what would be written there."""
    if "/" not in path and path.lower().startswith(_WELCOME):
        return False
    try:
        return site.read(path) != files.get(path)
    except OSError:
        return True


def starter_story(site: Disk) -> str:
    """The file of the story that `new_site` wrote; "" where it is gone, has been edited, or was published."""
    if f"{_STORY_ID}\t" in read_or_empty(site, LEDGER).decode("utf-8", "replace"):
        return ""
    for path, *_stat in site.scan("content/news"):
        if path.endswith(f"/{_STORY_FILE}"):
            text = read_or_empty(site, path).decode("utf-8", "replace")
            day = text.partition("\ndate: ")[2][:10]
            if text == _STORY.format(id=_STORY_ID, day=day):
                return path
    return ""


def new_story(site: Disk, headline: str, section: str, moment: Moment, language: str) -> str:
    """Write a story file with id, date and slug, and an empty body: a draft; its path. Never writes over a file.

    The slug is in the way of `language`, the site's. Pictures in its folder that are called as its address is are its
    photos.

    UsageError for a section whose address newsgen needs itself.
    """
    year, month, _day = moment.day.split("-")
    home = slug_of_name(section)
    for name, text in (("headline", headline), ("section", section)):
        if not text.strip():
            raise UsageError(Problem("empty-argument", name))
    if home in RESERVED_ROOTS:
        raise UsageError(Problem("section-reserved", section, values=(section, home)))
    wanted = slug_of_headline(headline, language)
    slug, number = wanted, 1
    folder = f"content/{home}/{year}/{month}"
    while site.stat(f"{folder}/{slug}.md") is not None:
        number += 1
        slug = f"{wanted}-{number}"
    path = f"{folder}/{slug}.md"
    front: dict[str, YamlValue] = {
        "id": f"{home}-{moment.day}-{slug}",
        "headline": headline,
        "date": moment.iso,
        "section": section,
        "slug": slug,
    }
    names = pictures_named(slug, (path for path, *_stat in site.scan_path(folder, [])))
    lines = ["---", *map_lines(with_photos(front, names)), _DRAFT, "---", "", ""]
    site.write(path, "\n".join(lines).encode("utf-8"))
    site.remove_temporary_files()
    return path
