"""A preview's session among faults: none leaves a page from before, or a record that nobody can start from."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

import pytest

from newsgen.disk import Disk, FolderDisk
from newsgen.model.errors import Problem, SystemFault
from newsgen.preview.background import Background, BackgroundLimits
from newsgen.preview.bar import bar_json
from newsgen.preview.debounce import Debouncer
from newsgen.preview.memory import MemoryUpkeep
from newsgen.preview.session import Session
from newsgen.preview.thread import SessionThread
from newsgen.preview.update import SessionOptions
from newsgen.preview.watch import Watch, WatchOptions
from newsgen.related import similarity
from newsgen.source.live_listing import ChangedFiles, LiveListing
from newsgen.source.theme import theme_files
from newsgen.store import DamagedError, Store
from newsgen.store.related import Related
from newsgen.store.stories import Stories
from tests.support.previews import DeskPreview, without_marker
from tests.support.serving import FILE, PAGE, a_folder
from tests.support.sites import NOW, Desk, story

ON_HOME = b"Harbour report 3<"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site on disk."""
    folder = a_folder(tmp_path, 12)
    (folder / ".newsgen").mkdir()
    (folder / "templates").mkdir()
    return folder


def started(root: Path, *, drafts: bool = True) -> Session:
    """A preview that has read the site. Its files count as older than what was read of them."""
    store = Store(str(root / ".newsgen/preview.sqlite"))
    session = Session(SessionOptions(root, lambda: NOW, "newsgen", drafts=drafts, settle_ns=0), store)
    session.start(1, None)
    return session


def opened(root: Path, *, drafts: bool = True) -> Session:
    """A preview that knows all that there is to know."""
    session = started(root, drafts=drafts)
    while session.save_step() or session.warm_step():
        pass
    session.update(None)
    return session


def save(session: Session) -> None:
    """Have what was read saved in the record, as the preview does between two requests."""
    while session.save_step():
        pass


def failing(owner: type, method: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a method of the store, or of one of its parts, fail once."""
    work: Callable[..., Any] = getattr(owner, method)

    def fail(*_arguments: object, **_more: object) -> None:
        monkeypatch.setattr(owner, method, work)
        raise error

    monkeypatch.setattr(owner, method, fail)


def test_a_page_that_is_asked_for_is_as_its_file_is_now(root: Path) -> None:
    """Before the system has reported the save; and a request is all that it takes to tell others of it."""
    session = opened(root)
    assert session.answer(PAGE).status == 200
    session.take_changes()
    (root / FILE).write_bytes(story("Harbour report 3", "2019-05-04T10:00", id="s003", body="Saved just now."))
    assert b"Saved just now." in session.answer(PAGE).body
    assert [change.story for change in session.take_changes()] == [PAGE]
    (root / FILE).write_bytes(story("Ferry news", "2019-05-04T10:00", id="s003"))
    assert session.answer(PAGE).status == 404
    assert b"Ferry news<" in session.answer("/").body
    (root / FILE).unlink()
    assert session.answer("/world/2019/05/04/ferry-news.html").status == 404
    session.stop()


def test_a_file_that_goes_before_it_is_read_is_gone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = LiveListing.rescan

    def rescan(files: LiveListing, site: Disk, paths: Iterable[str]) -> ChangedFiles:
        changed = work(files, site, paths)
        (root / FILE).unlink(missing_ok=True)
        return changed

    session = opened(root)
    assert session.answer(PAGE).status == 200
    monkeypatch.setattr(LiveListing, "rescan", rescan)
    (root / FILE).write_bytes(story("Another", id="s003"))
    session.update({FILE})
    assert session.problems == ()
    assert session.answer(PAGE).status == 404
    session.stop()


def test_a_deletion_that_was_not_taken_in_is_found_at_the_next_start(root: Path) -> None:
    template = root / "templates/listing.html.j2"
    session = opened(root, drafts=False)
    template.write_text(dict(theme_files(FolderDisk(root)).templates)["listing.html.j2"] + "<!-- -->")
    session.update({"templates/listing.html.j2"})
    template.write_text("{% if %}")
    session.update({"templates/listing.html.j2"})
    assert [problem.rule for problem in session.fault] == ["template-syntax"]
    (root / FILE).unlink()
    session.update({FILE})
    session.stop()
    template.unlink()
    session = opened(root, drafts=False)
    assert session.answer(PAGE).status == 404
    assert ON_HOME not in session.answer("/").body
    session.stop()


def test_what_did_not_change_is_not_compared_at_the_next_start(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(root).stop()
    monkeypatch.setattr(Stories, "files", None)  # nobody asks what was there
    session = started(root)
    assert session.answer(PAGE).status == 200
    session.stop()


def test_a_full_disk_leaves_no_record_that_nobody_can_start_from(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = root / "pyproject.toml"
    session = opened(root)
    failing(Related, "put", sqlite3.OperationalError("database or disk is full"), monkeypatch)
    settings.write_text(settings.read_text().replace("The Archive", "Another"))
    session.update({"pyproject.toml"})
    save(session)
    assert [problem.rule for problem in session.fault] == ["record-fault"]
    with pytest.raises(SystemFault):
        bar_json(session, "/", None)
    assert session.answer("/", NOW + 5).status == 500
    session.stop()
    session = opened(root)
    assert b"Another" in session.answer("/").body
    assert session.fault == ()
    failing(Related, "put", sqlite3.OperationalError("database or disk is full"), monkeypatch)
    settings.write_text(settings.read_text().replace("Another", "A third"))
    session.update({"pyproject.toml"})
    save(session)
    session.update(None)
    assert session.fault == ()
    assert session.answer(PAGE).status == 200
    session.stop()


@pytest.mark.parametrize(("owner", "method"), [(Related, "put"), (Store, "finish"), (Stories, "stable_span")])
def test_a_change_that_failed_shows_when_it_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, owner: type, method: str
) -> None:
    """Until then the site is as before; afterwards no page is left from before."""
    session = opened(root, drafts=False)
    assert ON_HOME in session.answer("/").body
    fault = SystemFault(Problem("record-fault", "preview.sqlite", values=("disk I/O error",)))
    failing(owner, method, sqlite3.OperationalError("disk I/O error") if owner is Related else fault, monkeypatch)
    (root / FILE).write_bytes(story("Harbour report 3", "2019-05-04T10:00", id="s003", status="withheld"))
    session.update({FILE})
    assert [problem.rule for problem in session.fault] == ["record-fault"]
    assert ON_HOME in session.answer("/").body
    session.update(None)
    assert session.fault == ()
    assert ON_HOME not in session.answer("/").body
    assert session.answer(PAGE).status == 404
    session.stop()


@pytest.mark.parametrize("what", ["files", "folder"])
def test_a_record_that_somebody_took_away_is_made_again(root: Path, what: str) -> None:
    session = opened(root)
    state = root / ".newsgen"
    if what == "folder":
        shutil.rmtree(state)
    else:
        for file in state.iterdir():
            file.unlink()
    (root / FILE).write_bytes(story("Ferry news", "2019-05-04T10:00", id="s003"))
    session.update({FILE})
    assert session.fault == ()
    assert b"Ferry news<" in session.answer("/").body
    save(session)
    session.stop()
    session = opened(root)
    assert b"Ferry news<" in session.answer("/").body
    session.stop()


def test_a_save_is_not_lost_beside_a_folder_that_cannot_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_path = FolderDisk.scan_path

    def closed(disk: FolderDisk, path: str, odd: list[tuple[str, str]]) -> list[tuple[str, int, int, int]]:
        if path.endswith("zz"):
            raise PermissionError(13, "Permission denied", f"{root}/{path}")
        return scan_path(disk, path, odd)

    session = opened(root)
    monkeypatch.setattr(FolderDisk, "scan_path", closed)
    (root / FILE).write_bytes(story("Ferry news", "2019-05-04T10:00", id="s003"))
    session.update({FILE, "content/world/zz"})
    assert [problem.rule for problem in session.fault] == ["unreadable"]
    monkeypatch.undo()
    session.update(set())
    assert session.fault == ()
    assert b"Ferry news<" in session.answer("/").body
    session.stop()


def test_two_stories_of_one_spot_that_are_saved_together() -> None:
    """Of one second, and with one checksum of their ids: a block of the record's cannot tell them apart."""
    ids = ("s0088781", "s0226020")
    words = ("orchard cider apple blossom ", "chess rook gambit bishop ")
    files = {
        f"content/world/f{number}.md": story(
            f"Zinc {number}", "2019-05-01", id=f"f{number}",
            body="zinc copper smelter ingot " * 3 + f"u{'x' * number}w v{'y' * number}q " * 3,
        )
        for number in range(3)
    }  # fmt: skip
    for story_id, text in zip(ids, words, strict=True):
        files[f"content/world/{story_id}.md"] = story(f"Story {story_id}", "2019-05-01", id=story_id, body=text * 3)
    for changed in (0, 1):
        desk = Desk(dict(files))
        preview = DeskPreview(desk)
        assert preview.files() == without_marker(desk.clean())
        for number, story_id in enumerate(ids):
            body = "zinc copper melon tuba " if number == changed else words[number]
            more = {} if number == changed else {"tags": "[metal]"}
            desk.site.write(
                f"content/world/{story_id}.md",
                story(f"Story {story_id}", "2019-05-01", body=body * 3, id=story_id, **more),
            )
        preview.update()
        assert preview.files() == without_marker(desk.clean())


def test_the_clock_goes_on_after_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Faulty:
        problems = ()
        ticks = 0

        def take_changes(self) -> list[object]:
            return []

        def stop(self) -> None:
            pass

        def update(self, paths: object) -> None:
            pass

        def warm_step(self) -> bool:
            return False

        def save_step(self) -> bool:
            return False

        def update_if_due(self) -> None:
            self.ticks += 1
            if self.ticks == 1:
                raise DamagedError

    session = Faulty()
    watch = Watch(tmp_path, lambda _path, _is_open: None, WatchOptions(polls=True))

    async def tick() -> None:
        thread = SessionThread(cast("Session", session), lambda _changes: None)
        background = Background(thread, Debouncer(), watch, lambda _reason: None, BackgroundLimits(tick_s=0))
        work = asyncio.create_task(background.run())
        while session.ticks < 3 and not work.done():
            await asyncio.sleep(0)
        work.cancel()
        thread.stop()

    asyncio.run(tick())
    watch.stop()
    assert session.ticks >= 3
    assert "DamagedError" in capsys.readouterr().err


def test_what_was_read_for_related_lists_is_let_go_of() -> None:
    """A preview that runs all day does not keep in mind every story of the archive."""
    similarity.score("harbour|pilots||", "harbour|ferries||")
    assert similarity.vector.cache_info().currsize > 0
    upkeep = MemoryUpkeep()
    upkeep.release_if_much()  # nothing was done yet
    assert similarity.vector.cache_info().currsize > 0
    upkeep.note_work(1000)
    upkeep.release_if_much()
    assert similarity.vector.cache_info().currsize == 0
