"""Small sites in memory, built as the command builds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from weakref import finalize

from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.request import BuildRequest
from newsgen.engine.result import BuildResult
from newsgen.engine.run import build
from newsgen.model.settings import FeedSettings, Settings
from newsgen.source.theme import ThemeFiles, theme_files
from newsgen.store import Store

__all__ = ["NOW", "Desk", "instant", "store_of", "story"]

THEME = theme_files(FolderDisk("/nonexistent-newsgen-site"))


def instant(text: str) -> int:
    """An ISO time in UTC as seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


NOW = instant("2020-01-01T12:00")


def story(
    headline: str, date: str = "2019-05-01T10:00", section: str = "World", body: str = "Text.", **more: str
) -> bytes:
    """A story file; further front matter as YAML text."""
    lines = [f"headline: {headline}", f"date: {date}", f"section: {section}"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    return ("---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n").encode()


def store_of(owner: object) -> Store:
    """A record in memory that is closed when its owner goes."""
    found = Store(":memory:")
    finalize(owner, found.close)
    return found


@dataclass
class Desk:
    """A site somebody works on, with its output and its record."""

    files: dict[str, bytes] = field(default_factory=dict)
    settings: Settings = field(
        default_factory=lambda: Settings("The Archive", "https://archive.example", feeds=FeedSettings(entries=5))
    )
    clock: int = NOW
    jobs: int = 1
    theme: ThemeFiles = THEME
    drafts: bool = False
    stamp: str = "newsgen and its libraries"

    def __post_init__(self) -> None:
        self.site = MemoryDisk(self.files, "site")
        self.output = MemoryDisk(name="build")
        self.store = store_of(self)

    def job(self, output: MemoryDisk, *, is_clean: bool = False, is_preview: bool = False) -> BuildRequest:
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
        )

    def build(self, *, is_clean: bool = False) -> BuildResult:
        """Build incrementally, as the same user would."""
        self.output.writes.clear()
        return build(self.job(self.output, is_clean=is_clean), self.store)

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
