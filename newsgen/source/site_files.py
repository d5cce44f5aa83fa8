"""The pages of content/_pages/ and the files of static/: read, and given their addresses. Read once a build.

Which of these addresses newsgen itself needs, `plan.own` says: that depends on the stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsgen import storyfile
from newsgen.disk import Disk, FileStat
from newsgen.model import codec
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.site_files import OwnPage, StaticFile
from newsgen.store import PictureRow
from newsgen.text.address import collision_key, slug_of_name, without_index

__all__ = ["NO_SITE_FILES", "PAGES", "STATIC", "SiteFiles", "read_site_files"]

PAGES = "content/_pages/"
STATIC = "static/"
_OWN = "/.well-known/newsgen-"  # of files that a publication keeps at its target
_UNSAFE = re.compile(r'[#%?:*"<>|\\\x00-\x1f\x7f]')  # what hosts and file systems cannot have in a name


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The pages and files of a site's own, each in order of path."""

    pages: tuple[OwnPage, ...] = ()
    statics: tuple[StaticFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Of all that a page of the site may show of them; "" where there is none."""
        return digest(codec.to_json((self.pages, self.statics)).encode()) if self.pages or self.statics else ""


NO_SITE_FILES = SiteFiles()


def read_site_files(site: Disk, pages: Iterable[FileStat], statics: Mapping[str, PictureRow]) -> SiteFiles:
    """Read the pages; `statics` has each file of static/ as it was read.

    A file that cannot be used is named, and left out.
    """
    problems: list[Problem] = []
    taken: dict[str, str] = {}  # by the key of an address: the file that has it
    found: list[OwnPage] = []
    for path, *_stat in pages:
        page = _page(site, path, problems)
        if page and _claim(page.url, path, taken, problems):
            found.append(page)
    files = []
    for path, row in sorted(statics.items()):
        url = without_index(f"/{path.removeprefix(STATIC)}")
        if not row.source.digest:
            problems.append(Problem("unreadable", path, values=("it cannot be opened",)))
        elif _UNSAFE.search(url):
            problems.append(Problem("static-name", path))
        elif url.lower().startswith(_OWN):
            problems.append(Problem("own-in-the-way", path, values=(url, "the manifest of a publication")))
        elif _claim(url, path, taken, problems):
            picture = replace(row.picture, url=url) if row.picture else None
            files.append(StaticFile(path, url, row.source.digest, picture))
    pictures = {file.url for file in files if file.picture}
    for page in found:
        missing = [name for name, _alt in page.pictures if name not in pictures]
        problems += [Problem("page-picture", page.path, values=(name,), severity="warning") for name in missing]
    return SiteFiles(tuple(found), tuple(files), tuple(problems))


def _page(site: Disk, path: str, problems: list[Problem]) -> OwnPage | None:
    try:
        data = site.read(path)
    except OSError as error:
        problems.append(Problem("unreadable", path, values=(error.strerror or str(error),)))
        return None
    values, complaints = storyfile.read_own_page(path, data)
    problems.extend(complaints)
    if values is None:
        return None
    menu = values.pop("menu", {})
    return OwnPage(
        path=path, url=_address(path), digest=digest(data), menu=menu.get("title", ""),
        menu_order=menu.get("order", 0), **values,
    )  # fmt: skip


def _address(path: str) -> str:
    """`content/_pages/team/how-we-work.md` is at /team/how-we-work/; `index.md` is the page of its folder."""
    parts = path.removeprefix(PAGES).removesuffix(".md").split("/")
    if parts[-1] == "index":
        parts.pop()
    return "/" + "".join(f"{slug_of_name(part)}/" for part in parts)


def _claim(url: str, path: str, taken: dict[str, str], problems: list[Problem]) -> bool:
    """Whether a file may have an address; else the problem is added."""
    owner = taken.setdefault(collision_key(url), path)
    if owner != path:
        problems.append(Problem("own-address-twice", path, values=(url, owner)))
    return owner == path
