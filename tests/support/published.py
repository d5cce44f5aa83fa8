"""Stories that were published once, and what became of them since: recorded, killed, replaced by newer versions."""

from __future__ import annotations

from newsgen.commands import kill as kill_command
from newsgen.commands import urls
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, story

__all__ = ["BRIDGE", "URL", "a_desk", "add_versions", "files_with", "kill", "record"]

BRIDGE = "content/world/2019/05/bridge.md"
URL = "/world/2019/05/01/bridge.html"


def a_desk() -> Desk:
    """Two stories, one of them with words that are nowhere else: Quillfeather in its headline, Vintner in its body."""
    desk = Desk()
    desk.site.write("content/world/2019/05/ferry.md", story("Ferry sails", id="ferry", slug="ferry"))
    desk.site.write(BRIDGE, story("Quillfeather closes", body="Vintner text.", id="bridge", slug="bridge"))
    return desk


def record(desk: Desk) -> None:
    """Record every address, as `newsgen urls --record` does."""
    urls.record_addresses(desk.job(desk.output), "2020-01-01")


def kill(desk: Desk, story_id: str, reason: str = "The source was false.") -> None:
    """Kill a story, as `newsgen kill` does."""
    kill_command.kill(desk.job(desk.output), story_id, reason, "", moment_at(NOW, "UTC"))


def files_with(desk: Desk, word: str) -> list[str]:
    """The output files that have a word in their name or bytes, in any case."""
    files = desk.output.files.items()
    return [path for path, data in files if word.lower().encode() in path.lower().encode() + b" " + data.lower()]


def add_versions(desk: Desk) -> None:
    """Three versions of a story, v1 to v3, each with a body of its own."""
    for number, (slug, label) in enumerate((("one", ""), ("two", "UPDATE 1-"), ("three", "CORRECTED-UPDATE 2-")), 1):
        more = {"updates": f"v{number - 1}"} if number > 1 else {}
        body = f"The crossing carries {number}00 cars. Nobody was hurt."
        name = f"content/world/2019/05/{slug}.md"
        date = f"2019-05-01T1{number}:00"
        desk.site.write(name, story(f'"{label}Span opens"', date, body=body, id=f"v{number}", **more))
