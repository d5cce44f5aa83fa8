"""The files of a new site, and of a new story."""

from __future__ import annotations

import json

from newsgen.commands.known_stories import read_or_empty
from newsgen.commands.workflow import GITHUB_WORKFLOW, WORKFLOW_PATH
from newsgen.disk import Disk
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.source.ledger import PATH as LEDGER
from newsgen.source.requests import PATH as REQUESTS
from newsgen.storyfile import YamlValue, map_lines
from newsgen.text.address import RESERVED_ROOTS, slug_of_headline, slug_of_name

__all__ = ["new_site", "new_story", "starter_story"]

_SETTINGS = """\
[tool.newsgen]
title = {title}
base_url = "https://archive.example.org"  # where the site will stand: canonical addresses and feeds need it
id = "{id}"  # tells this site from others; leave it as it is
description = "An archive of wire stories."
language = "en"
timezone = "UTC"  # of dates without a zone, and of the times shown
"""
_NETLIFY = """\
[build]
  command = "pip install newsgen && newsgen build"
  publish = "build"

[build.environment]
  PYTHON_VERSION = "3.11"
"""
_GITHUB = """\
host = "github"

[tool.newsgen.publish.live]
kind = "github"
remote = "https://github.com/OWNER/REPOSITORY.git"  # the repository of this site
"""
_IGNORE = f"/build/\n/.newsgen/\n/.newsgen-tmp/\n/{REQUESTS}\n"
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


def new_site(site: Disk, title: str, moment: Moment, site_id: str, ci: str = "") -> tuple[str, ...]:
    """Write a new site; the paths written. UsageError where the folder holds more than dot files (.git).

    `site_id` is a text that no other site has. With `ci` "github", GitHub publishes the site; else Netlify may. The
    settings come last: what a command wrote that was interrupted before them is no obstacle.
    """
    year, month, _day = moment.day.split("-")
    files = {
        **({WORKFLOW_PATH: GITHUB_WORKFLOW} if ci == "github" else {"netlify.toml": _NETLIFY}),
        ".gitignore": _IGNORE,
        "content/news/_section.yaml": _SECTION,
        f"content/news/{year}/{month}/{_STORY_FILE}": _STORY.format(id=_STORY_ID, day=moment.day),
        "pyproject.toml": _SETTINGS.format(title=json.dumps(title, ensure_ascii=False), id=site_id)
        + (_GITHUB if ci == "github" else ""),
    }
    present = [path for path, *_stat in site.scan()]
    if "pyproject.toml" in present or any(_is_other(site, path, files.get(path, "")) for path in present):
        raise UsageError(Problem("folder-not-empty", site.name))
    for path in (".gitignore", WORKFLOW_PATH):  # hidden ones may be there already
        if site.has(path):
            files.pop(path, None)
    for path, text in files.items():
        site.write(path, text.encode("utf-8"))
    site.remove_temporary_files()
    return tuple(files)


def _is_other(site: Disk, path: str, text: str) -> bool:
    """Whether a file is not what would be written there."""
    try:
        return site.read(path) != text.encode()
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


def new_story(site: Disk, headline: str, section: str, moment: Moment) -> str:
    """Write a story file with id, date and slug, and an empty body; its path. Never writes over a file.

    UsageError for a section whose address newsgen needs itself.
    """
    year, month, _day = moment.day.split("-")
    home = slug_of_name(section)
    for name, text in (("headline", headline), ("section", section)):
        if not text.strip():
            raise UsageError(Problem("empty-argument", name))
    if home in RESERVED_ROOTS:
        raise UsageError(Problem("section-reserved", section, values=(section, home)))
    wanted = slug_of_headline(headline)
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
    lines = ["---", *map_lines(front), "---", "", ""]
    site.write(path, "\n".join(lines).encode("utf-8"))
    site.remove_temporary_files()
    return path
