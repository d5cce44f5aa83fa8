"""Small sites in memory, built as the command builds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from weakref import finalize

from newsgen.disk import Disk, FolderDisk, MemoryDisk
from newsgen.engine.request import BuildRequest
from newsgen.engine.result import BuildResult
from newsgen.engine.run import build
from newsgen.messages.shown import show
from newsgen.model.settings import FeedSettings, Settings
from newsgen.pictures.darkroom import Darkroom
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.source.theme import ThemeFiles, theme_files
from newsgen.store import Store

__all__ = [
    "HOUR", "NOW", "PNG", "THEME", "Desk", "assert_same", "differences", "half_written", "instant", "many_stories",
    "store_of", "story", "world",
]  # fmt: skip

THEME = theme_files(FolderDisk("/nonexistent-newsgen-site"))


def instant(text: str) -> int:
    """An ISO time in UTC as seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


NOW = instant("2020-01-01T12:00")
HOUR = 3600
# The head of a picture of 16 by 16: all that its size is read from.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (16).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0\x90\x91h6"


def story(
    headline: str, date: str = "2019-05-01T10:00", section: str = "World", body: str = "Text.", **more: str
) -> bytes:
    """A story file; further front matter as YAML text."""
    lines = [f"headline: {headline}", f"date: {date}", f"section: {section}"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    return ("---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n").encode()


def store_of(owner: object) -> Store:
    """A store in memory that is closed when its owner is collected."""
    store = Store(":memory:")
    finalize(owner, store.close)
    return store


@dataclass
class Desk:
    """A site somebody works on, with its output and its store."""

    files: dict[str, bytes] = field(default_factory=dict)
    settings: Settings = field(
        default_factory=lambda: Settings("The Archive", "https://archive.example", feeds=FeedSettings(entries=5))
    )
    clock: int = NOW
    jobs: int = 1
    theme: ThemeFiles = THEME
    drafts: bool = False
    stamp: str = "newsgen and its libraries"
    related_bounds: Bounds = DEFAULT_BOUNDS
    darkroom: Darkroom | None = None  # what makes the files of pictures

    def __post_init__(self) -> None:
        self.site = MemoryDisk(self.files, "site")
        self.output = MemoryDisk(name="build")
        self.store = store_of(self)

    def job(self, output: Disk, *, is_clean: bool = False, is_preview: bool = False) -> BuildRequest:
        return BuildRequest(
            site=self.site,
            output=output,
            settings=self.settings,
            theme=self.theme,
            clock=self.clock,
            read_at_ns=self.site.now_ns(),
            stamp=self.stamp,
            workers=self.jobs,
            is_clean=is_clean,
            is_preview=is_preview,
            drafts=self.drafts,
            related_bounds=self.related_bounds,
            darkroom=self.darkroom,
        )

    def build(self, *, is_clean: bool = False) -> BuildResult:
        """Build incrementally, as the same user would."""
        self.output.writes.clear()
        return build(self.job(self.output, is_clean=is_clean), self.store)

    def build_messages(self) -> list[str]:
        """Build, and give the problems as a user reads them, without advice."""
        return [show(problem) for problem in self.build().problems if problem.severity != "advice"]

    def clean(self) -> dict[str, bytes]:
        """What a first build of the same site gives."""
        output = MemoryDisk(name="build")
        with Store(":memory:") as store:
            build(self.job(output), store)
        return output.files

    def set_template(self, name: str, text: str) -> None:
        """Override one template."""
        templates = dict(self.theme.templates) | {name: text}
        self.theme = replace(self.theme, templates=tuple(sorted(templates.items())))

    def set(self, **settings: object) -> None:
        """Change settings."""
        self.settings = replace(self.settings, **settings)  # type: ignore[arg-type]


def world(**stories: bytes) -> Desk:
    """A desk with stories in World, each in a file of the given name."""
    return Desk({f"content/world/{name}.md": data for name, data in stories.items()})


def differences(output: dict[str, bytes], clean: dict[str, bytes]) -> list[str]:
    """The paths of files that differ, or that only one side has."""
    return sorted(path for path in output.keys() | clean.keys() if output.get(path) != clean.get(path))


def half_written(output: dict[str, bytes], *versions: dict[str, bytes]) -> list[str]:
    """The paths of files that are as in none of some whole outputs; temporary files do not count."""
    return [
        path
        for path, data in output.items()
        if not path.startswith(".newsgen-tmp/") and data not in [files.get(path) for files in versions]
    ]


def assert_same(output: dict[str, bytes], clean: dict[str, bytes]) -> None:
    assert differences(output, clean) == []


def many_stories(count: int, tag: str = "grain") -> dict[str, bytes]:
    """Story files spread over days and hours, so that long lists are split."""
    files = {}
    for n in range(count):
        date = f"1987-{2 + n // 60:02}-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}:00Z"
        files[f"content/world/{n:03}.md"] = story(
            f"Story number {n}", date, "World", f"Text {n}.", id=f"s{n:03}", tags=f"[{tag}, t{n % 3}, unique-{n:03}]",
            byline="Ines Varga", dateline='"KESTREL BAY (Northern Wire)"',
        )  # fmt: skip
    return files
