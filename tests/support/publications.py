"""A small invented site that is published, edited and published again; and a reader who looks all the while.

site = a_site(tmp_path / "site", 'kind = "folder"\npath = "../www"')
site.publish()                  # the real command
before = site.public()
site.correct()
site.build()
expected = difference(before, site.public())    # exactly what a publication may put and delete
with Reader(read, before, site.public(), is_whole=True) as reader:
    site.publish()
assert reader.findings == []
"""

from __future__ import annotations

import json
import re
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import unquote

from newsgen.publish.protocol import Surroundings
from newsgen.publish.release import RULE_FILES
from tests.support.archive import COMMAND, SETTINGS, Archive, Done, tree
from tests.support.sites import instant, story

__all__ = [
    "NOW", "STORIES", "Changes", "FakeTime", "Reader", "Site", "a_site", "difference", "picture", "surroundings",
]  # fmt: skip

STORIES = 30
NOW = instant("2026-11-29T12:00")  # the clock of tests that do not run the command, which takes the real one
_SECTIONS = ("World", "Sport", "Harbours")
_WORDS = ("Grain", "Timber", "Ferries", "Herring", "Lighthouse", "Dredging", "Quay", "Pilots", "Cranes", "Ballast")
_AGENCY = (
    b'\n[[tool.newsgen.agencies]]\nname = "Northern Wire"\nrights = "Northern Wire. Invented copy, free to use."\n'
)
_ASSETS = re.compile(rb"""(?:src|href)=["']?/?((?:assets|media)/[^"'\s>?#]+)""")


class Changes(NamedTuple):
    """What one publication does to the files that readers can get, each list in order."""

    put: list[str]  # new and changed
    deleted: list[str]


def difference(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Changes:
    """What has to be put and deleted between two outputs, compared by bytes without newsgen's manifests."""
    put = sorted(path for path, data in after.items() if before.get(path) != data)
    return Changes(put, sorted(before.keys() - after.keys()))


def picture(number: int) -> bytes:
    """A PNG of 16 by 8 of one colour: another for each number."""
    rows = zlib.compress((b"\0" + bytes((number * 7 % 256, number * 13 % 256, 90)) * 16) * 8)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 16, 8, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _files(stories: int) -> Iterator[tuple[str, bytes]]:
    for number in range(stories):
        section, word, other = _SECTIONS[number % 3], _WORDS[number % 10], _WORDS[number // 3 % 10]
        folder = f"content/{section.lower()}"
        more = {"id": f"s{number:02}", "slug": f"report-{number}", "tags": f"[{_WORDS[number % 4].lower()}]"}
        if number % 10 == 0:
            yield f"{folder}/boat-{number}.png", picture(number)
            caption = "A boat at Kestrel Bay. Northern Wire/Mila Hart"
            more["photos"] = json.dumps([{"file": f"boat-{number}.png", "caption": caption, "alt": "A boat"}])
        yield (
            f"{folder}/s{number:02}.md",
            story(
                f"{word} report {number} on {other.lower()}",
                f"2019-{5 + number // 15 % 8:02}-{1 + number % 15:02}T10:{number % 60:02}",
                section,
                f"{word} and {other.lower()} were counted in report {number}. Nobody was hurt.",
                byline=("Ines Varga", "Tom Arkell")[number % 2],
                dateline='"KESTREL BAY (Northern Wire)"',
                **more,
            ),
        )


class Site(Archive):
    """A site in a real folder, published by the real command. Its stories are s00, s01, …"""

    env: Mapping[str, str] = {}  # of every command, beside the test's own

    def story(self, story_id: str) -> Path:
        """The file of a story."""
        return next((self.root / "content").rglob(f"{story_id}.md"))

    def url(self, story_id: str) -> str:
        """The address of a story of which the date and slug are as they were at first: "/world/2019/05/13/…"."""
        number = int(story_id[1:])
        section = _SECTIONS[number % 3].lower()
        return f"/{section}/2019/{5 + number // 15 % 8:02}/{1 + number % 15:02}/report-{number}.html"

    def set_settings(self, target: str, more: str = "") -> None:
        """Write pyproject.toml: the keys of the target `live`, and more lines of [tool.newsgen], such as a host."""
        text = SETTINGS.decode().replace("[tool.newsgen]\n", f"[tool.newsgen]\n{more}\n", 1)
        table = f"\n[tool.newsgen.publish.live]\n{target}\n" if target else ""
        (self.root / "pyproject.toml").write_bytes(text.encode() + _AGENCY + table.encode())

    # --- commands ---

    def newsgen(self, *arguments: str, ok: tuple[int, ...] = (0,), **env: str) -> Done:
        """Run a command on the site."""
        command = [*COMMAND, arguments[0], *arguments[1:], "--site", str(self.root)]
        return self.run(command, ok, **{**self.env, **env})

    def publish(self, *arguments: str, ok: tuple[int, ...] = (0,), **env: str) -> Done:
        """`newsgen publish`."""
        return self.newsgen("publish", *arguments, ok=ok, **env)

    def publish_json(self, *arguments: str) -> dict[str, Any]:
        """What `newsgen publish --json` says."""
        done = self.publish("--json", *arguments)
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def build_now(self) -> None:
        """Build at the real time, as `newsgen publish` does; the ledger learns what is shown."""
        self.newsgen("urls", "--record")
        self.newsgen("build", "--jobs", "1")

    def public(self) -> dict[str, bytes]:
        """The files of the output as it stands: all that may be at a target, but for the manifest there."""
        return {path: data for path, data in tree(self.output).items() if not path.startswith(".newsgen")}

    # --- a day's work ---

    def correct(self, story_id: str = "s12") -> None:
        """A headline is corrected: the story changes, and every page that names it."""
        path = self.story(story_id)
        path.write_bytes(path.read_bytes().replace(b"headline: ", b"headline: Corrected ", 1))

    def correct_body(self, story_id: str = "s12", text: str = "Another sentence.") -> None:
        """A sentence is added to a story: nothing but its page changes."""
        path = self.story(story_id)
        path.write_bytes(path.read_bytes() + f"\n{text}\n".encode())

    def kill(self, story_id: str = "s13") -> None:
        """`newsgen kill`."""
        self.newsgen("kill", story_id, "--reason", "The source was false.")

    def delete(self, story_id: str = "s09") -> None:
        """`newsgen unpublish delete`: the story's file is gone, and its addresses are given up."""
        self.newsgen("unpublish", "delete", story_id, "--reason", "Asked for.")

    def rename(self, story_id: str = "s15") -> None:
        """A story gets another slug: a page appears, and the old address leads to it."""
        path = self.story(story_id)
        path.write_bytes(path.read_bytes().replace(b"slug: report-", b"slug: renamed-", 1))

    def change_picture(self, story_id: str = "s20") -> None:
        """Another picture in the same file: a new asset, and pages that name it."""
        number = int(story_id[1:])
        self.story(story_id).with_name(f"boat-{number}.png").write_bytes(picture(number + 100))


def a_site(root: Path, target: str = "", *, stories: int = STORIES, more: str = "") -> Site:
    """A site of so many stories in three sections, with an agency, pictures and a ledger of all that is shown.

    `target` has the lines of [tool.newsgen.publish.live], `more` further ones of [tool.newsgen].
    """
    root.mkdir(parents=True)
    site = Site(root)
    site.save(dict(_files(stories)))
    site.set_settings(target, more)
    site.build_now()
    return site


@dataclass
class FakeTime:
    """A clock that only sleeping moves."""

    now: float = float(NOW)
    slept: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


def surroundings(folder: str | Path, time: FakeTime | None = None, **env: str) -> Surroundings:
    """What a target may know of the computer, with a clock that does not tick and a sleep that takes no time."""
    time = time or FakeTime()
    return Surroundings(env, str(folder), int(time.now), time.sleep)


class Reader:
    """Looks at a target while it changes from an old publication to a new one, and notes what nobody may ever see.

    `read` gives the bytes at a path of the output, such as "world/index.html", and None where readers get nothing;
    `old` and `new` are whole outputs, {} for none. In a `with` block it looks again and again, in a thread; `look`
    looks once. Findings are:

    - bytes that are neither of the old site nor of the new one;
    - a page that is there without an asset that it names;
    - with `is_whole`, a file of the old site after one of the new.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        old: Mapping[str, bytes],
        new: Mapping[str, bytes],
        *,
        is_whole: bool = False,
    ) -> None:
        self.findings: list[str] = []
        self.rounds = 0  # how often every file was looked at
        self.saw_old = self.saw_new = False  # a file that differs, in either state
        self._read, self._old, self._new, self._is_whole = read, old, new, is_whole
        changed = [path for path in {*old, *new} if old.get(path) != new.get(path) and path not in RULE_FILES]
        self._paths = sorted({*changed, *(path for path in ("index.html",) if path in new)})
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)

    def __enter__(self) -> Reader:
        self.look()
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()
        self.look()

    def _poll(self) -> None:
        try:
            while not self._end.wait(0.01):  # between two rounds, so that others can work
                self.look()
        except BaseException as error:  # else a reader that fails would be one that finds nothing
            self.findings.append(f"the reader failed: {error!r}")

    def look(self) -> None:
        """Look at every file that differs once."""
        for path in self._paths:
            data = self._read(path)
            self._compare(path, data)
            if data is not None and path.endswith(".html"):
                self._look_at_assets(path, data)
        self.rounds += 1

    def _compare(self, path: str, data: bytes | None) -> None:
        old, new = self._old.get(path), self._new.get(path)
        if data not in (old, new):
            self._note(f"{path} is of neither site: {'missing' if data is None else data[:60]!r}")
        elif old != new:
            self.saw_old = self.saw_old or data == old
            if self._is_whole and self.saw_new and data == old:
                self._note(f"{path} is of the old site, after a file of the new one")
            self.saw_new = self.saw_new or data == new

    def _look_at_assets(self, page: str, data: bytes) -> None:
        for asset in sorted({unquote(name.decode()) for name in _ASSETS.findall(data)}):
            if self._read(asset) is None and self._read(page) == data and self._read(asset) is None:
                self._note(f"{page} is there without {asset}")

    def _note(self, finding: str) -> None:
        if finding not in self.findings:
            self.findings.append(finding)
