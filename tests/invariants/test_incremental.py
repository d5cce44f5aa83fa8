"""Invariant 1: incremental output equals clean output, byte for byte, after any history of edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from newsgen import touched as touched_module
from newsgen.build import build
from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.record import Record
from newsgen.site import Settings
from tests.sites import NOW, Desk, story

SECTIONS = ("World", "Business", "Sport")
TAGS = ("grain", "C++", "harbours", "C")
PEOPLE = ("Ines Varga", "Tom Arkell", "Ruth Oyelaran")
PLACES = ("KESTREL BAY", "ALDMOOR", "Lindmouth")
DAYS = ("1987-02-26", "1987-02-27", "1987-03-01", "1988-01-01", "2019-12-31", "2020-01-01")
HOUR = 3600


def a_story(draw: st.DrawFn) -> bytes:
    more: dict[str, str] = {}
    if draw(st.booleans()):
        more["tags"] = str(draw(st.lists(st.sampled_from(TAGS), max_size=3))).replace("'", '"')
    if draw(st.booleans()):
        more["byline"] = draw(st.sampled_from(PEOPLE))
    if draw(st.booleans()):
        more["credit"] = f'"(Reporting by {draw(st.sampled_from(PEOPLE))}; Editing by {draw(st.sampled_from(PEOPLE))})"'
    if draw(st.booleans()):
        more["dateline"] = f'"{draw(st.sampled_from(PLACES))} (Northern Wire)"'
    if draw(st.integers(0, 3)) == 0:
        more["related"] = "[s1, s2]"
    if draw(st.integers(0, 4)) == 0:
        more["embargo"] = draw(st.sampled_from(("hold", "2020-01-01T12:30:00Z", "2020-01-01T15:00:00Z")))
    if draw(st.integers(0, 6)) == 0:
        more["expires"] = draw(st.sampled_from(("2020-01-01T13:00:00Z", "2020-01-01T11:00:00Z")))
    if draw(st.integers(0, 5)) == 0:
        more["status"] = draw(st.sampled_from(("draft", "withheld", "killed")))
    if draw(st.integers(0, 5)) == 0:
        more["noindex"] = "true"
    if draw(st.integers(0, 4)) == 0:
        more["photos"] = '[{file: "/pool.png", caption: "A boat. Northern Wire/Mila Hart", alt: A boat}]'
    number = draw(st.integers(0, 12))
    more["id"] = f"s{number}"
    day = draw(st.sampled_from(DAYS))
    date = day if draw(st.booleans()) else f"{day}T{draw(st.integers(0, 23)):02}:15:00Z"
    headline = draw(st.sampled_from(("Grain talks resume", "UPDATE 1-Grain talks resume", "Ferry returns", "NO")))
    body = draw(st.sampled_from(("One.", "Two.\n\nThree.", "* four\n* five")))
    return story(headline, date, draw(st.sampled_from(SECTIONS)), body, **more)


STORIES = st.composite(a_story)()
# The head of a picture of 16 by 16: all that its size is read from.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (16).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0\x90\x91h6"


class Newsroom(RuleBasedStateMachine):
    """A desk that edits at random; after each step the incremental build must equal a clean one."""

    @initialize(bodies=st.lists(STORIES, max_size=6))
    def begin(self, bodies: list[bytes]) -> None:
        self.desk = Desk({f"content/world/{n}.md": body for n, body in enumerate(bodies)})
        self.kept: dict[str, bytes] = {}

    def paths(self) -> list[str]:
        return sorted(path for path in self.desk.site.files if path.endswith(".md"))

    @rule(number=st.integers(0, 14), body=STORIES)
    def write(self, number: int, body: bytes) -> None:
        self.desk.site.write(f"content/world/{number}.md", body)

    @rule(body=STORIES, data=st.data())
    def edit(self, body: bytes, data: st.DataObject) -> None:
        if self.paths():
            self.desk.site.write(data.draw(st.sampled_from(self.paths())), body)

    @rule(data=st.data())
    def edit_body(self, data: st.DataObject) -> None:
        if self.paths():
            path = data.draw(st.sampled_from(self.paths()))
            self.desk.site.write(path, self.desk.site.files[path] + b"\nMore.\n")

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        if self.paths():
            path = data.draw(st.sampled_from(self.paths()))
            body = self.desk.site.files[path]
            self.desk.site.remove(path)
            self.desk.site.write(path.replace(".md", "x.md"), body)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.paths():
            path = data.draw(st.sampled_from(self.paths()))
            self.kept[path] = self.desk.site.files[path]
            self.desk.site.remove(path)

    @rule()
    def restore(self) -> None:
        for path, body in self.kept.items():
            self.desk.site.write(path, body)
        self.kept.clear()

    @rule(step=st.sampled_from((-2 * HOUR, HOUR, 4 * HOUR)))
    def move_clock(self, step: int) -> None:
        self.desk.clock += step

    @rule(title=st.sampled_from(("The Archive", "The Other Archive")), entries=st.sampled_from((1, 5)))
    def change_settings(self, title: str, entries: int) -> None:
        self.desk.set(title=title, feeds=replace(self.desk.settings.feeds, entries=entries))

    @rule(text=st.sampled_from(("{{ page.title }}\n", "<h1>{{ page.title }}</h1>{{ site.title }}\n")))
    def change_template(self, text: str) -> None:
        self.desk.set_template("listing.html.j2", text)

    @rule(name=st.sampled_from(("Ines Varga", "I. Varga")))
    def write_people(self, name: str) -> None:
        text = f"- name: {name}\n  aliases: [Ines Varga, I. Varga]\n  photo: pool.png\n"
        self.desk.site.write("content/_people.yaml", text.encode())

    @rule(title=st.sampled_from(("World", "The world")), order=st.integers(1, 3))
    def write_section(self, title: str, order: int) -> None:
        self.desk.site.write("content/world/_section.yaml", f"title: {title}\norder: {order}\n".encode())

    @rule(extra=st.sampled_from((b"", b"1", b"2")))
    def write_picture(self, extra: bytes) -> None:
        self.desk.site.write("content/pool.png", PNG + extra)

    @rule()
    def remove_picture(self) -> None:
        self.desk.site.remove("content/pool.png")

    @rule(data=st.data())
    def damage_output(self, data: st.DataObject) -> None:
        files = sorted(path for path in self.desk.output.files if not path.startswith("."))
        if files:
            path = data.draw(st.sampled_from(files))
            data.draw(st.sampled_from((self.desk.output.remove, lambda p: self.desk.output.write(p, b"by hand"))))(path)

    @invariant()
    def incremental_equals_clean(self) -> None:
        self.desk.build()
        assert_same(self.desk.output.files, self.desk.clean())
        again = self.desk.build()
        assert not again.rendered
        assert not self.desk.output.writes


def assert_same(output: dict[str, bytes], clean: dict[str, bytes]) -> None:
    assert sorted(output) == sorted(clean)
    assert [path for path in clean if output[path] != clean[path]] == []


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


class LongNewsroom(Newsroom):
    """The same with longer histories."""


TestLongNewsroom = pytest.mark.long(LongNewsroom.TestCase)
TestLongNewsroom.settings = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


def many(count: int, tag: str = "grain") -> dict[str, bytes]:
    """Stories spread over days and hours, enough to split lists."""
    files = {}
    for n in range(count):
        date = f"1987-{2 + n // 60:02}-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}:00Z"
        files[f"content/world/{n:03}.md"] = story(
            f"Story number {n}", date, "World", f"Text {n}.", id=f"s{n:03}", tags=f"[{tag}, t{n % 3}, unique-{n:03}]",
            byline="Ines Varga", dateline='"KESTREL BAY (Northern Wire)"',
        )  # fmt: skip
    return files


@pytest.mark.parametrize("count", [99, 100, 101])
def test_lists_that_cross_the_limit(count: int) -> None:
    desk = Desk(many(count))
    desk.build()
    for extra in (count, count + 1, count + 2):
        desk.site.write(f"content/world/{extra:03}.md", many(extra + 1)[f"content/world/{extra:03}.md"])
        desk.build()
        assert_same(desk.output.files, desk.clean())
    for gone in (5, 6, 7, 8):
        desk.site.remove(f"content/world/{gone:03}.md")
        desk.build()
        assert_same(desk.output.files, desk.clean())


def test_a_body_edit_renders_its_page_and_the_feeds_that_carry_it() -> None:
    desk = Desk(many(60))
    desk.build()
    path = "content/world/040.md"
    desk.site.write(path, desk.site.files[path] + b"\nMore text.\n")
    outcome = desk.build()
    pages = [url for url in outcome.rendered if not url.endswith("feed.xml")]
    assert pages == ["/world/1987/02/13/story-number-40.html"]
    for url in outcome.rendered:
        if url.endswith("feed.xml"):
            assert "/story-number-40.html" in desk.output.files[url[1:]].decode()
    assert_same(desk.output.files, desk.clean())


def test_a_new_story_changes_at_most_ten_other_articles() -> None:
    desk = Desk(many(60))
    desk.build()
    desk.site.write("content/world/new.md", story("Newest", "1987-12-01T10:00:00Z", id="new"))
    outcome = desk.build()
    articles = [url for url in outcome.rendered if url.endswith(".html") and url != "/404.html"]
    assert "/world/1987/12/01/newest.html" in articles
    assert len(articles) == 11
    assert_same(desk.output.files, desk.clean())


def test_workers_change_nothing(tmp_path: Path) -> None:
    """Invariant 2, on disk: workers are other processes, which share no memory."""
    for path, data in many(140).items():
        FolderDisk(tmp_path / "site").write(path, data)
    outputs = []
    for jobs in (1, 2):
        job = Desk(jobs=jobs).job(MemoryDisk())
        output = FolderDisk(tmp_path / str(jobs))
        with Record(":memory:") as record:
            build(replace(job, site=FolderDisk(tmp_path / "site"), output=output), record)
        outputs.append({source.path: output.read(source.path) for source in output.walk()})
    assert len(outputs[0]) > 400
    assert_same(*outputs)


def test_the_clock_releases_and_takes_back() -> None:
    files = many(5) | {
        "content/world/e.md": story("Embargoed quokka", embargo="2020-01-01T13:00:00Z", id="e"),
        "content/world/x.md": story("Expiring wombat", expires="2020-01-01T14:00:00Z", id="x"),
    }
    desk = Desk(files)
    seen = []
    for step in (0, 1, 2, 3, 0):
        desk.clock = NOW + step * HOUR
        desk.build()
        assert_same(desk.output.files, desk.clean())
        whole = b"".join(desk.output.files.values())
        seen.append((b"quokka" in whole, b"wombat" in whole))
    assert seen == [(False, True), (True, True), (True, False), (True, False), (False, True)]


def test_a_killed_build_is_followed_by_a_full_comparison() -> None:
    desk = Desk(many(8))
    desk.build()
    path = "content/world/003.md"
    before = desk.site.files[path]
    desk.site.write(path, before.replace(b"Story number 3", b"Story number three"))
    desk.record.begin([])  # the build began to write …
    desk.output.write("index.html", b"half done")  # … wrote a page, was killed …
    desk.site.write(path, before)  # … and the edit was taken back
    desk.build()
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("forgotten", ["story/", "shelf/", "feed/", "directory/", "story-sitemap/", "home"])
def test_an_engine_that_forgets_a_unit_is_caught(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite must be able to fail: an engine broken on purpose gives other bytes than a clean build."""
    import newsgen.decide

    def broken(*arguments: object) -> set[str]:
        return {unit for unit in touched_module.touched(*arguments) if not unit.startswith(forgotten)}  # type: ignore[arg-type]

    desk = Desk(many(12))
    desk.build()
    monkeypatch.setattr(newsgen.decide, "touched", broken)
    desk.site.write("content/world/new.md", story("New", "1987-02-03T10:00:00Z", id="new", tags="[grain, zinc]"))
    desk.build()
    with pytest.raises(AssertionError):
        assert_same(desk.output.files, desk.clean())


def test_settings_are_compared_whole() -> None:
    desk = Desk(many(4))
    desk.build()
    desk.settings = Settings("Another", "https://example.org/archive", timezone="Asia/Tokyo", pages=("dates", "tags"))
    desk.build()
    assert_same(desk.output.files, desk.clean())
    assert "people/index.html" not in desk.output.files
