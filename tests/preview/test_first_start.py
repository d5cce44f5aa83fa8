"""A preview that nobody started before takes over what the last build knew."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newsgen.engine.request import BuildRequest
from newsgen.engine.run import build
from newsgen.preview.update import SessionOptions, Updater
from newsgen.source import project
from newsgen.source.theme import theme_files
from newsgen.store import Store
from tests.support.serving import FILE, PAGE, a_folder
from tests.support.sites import NOW, story

SOON = "/world/2019/05/04/soon.html"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site on disk that was built, with a draft; then one story was saved again."""
    root = a_folder(tmp_path, 12)
    (root / "content/world/2019/draft.md").write_bytes(story("Soon", "2019-05-04T12:00", id="soon", status="draft"))
    site = project.find(root, is_given=True)
    output = project.output_disk(site, None)
    later_ns = time.time_ns() + 10**10  # so that the files count as older than what was read of them
    with project.site_lock(site), Store(project.record_path(site, output)) as store:
        build(BuildRequest(site.disk, output, site.settings, theme_files(site.disk), NOW, later_ns, "newsgen"), store)
    (root / FILE).write_bytes(story("Harbour report 3", "2019-05-04T10:00", id="s003", body="Saved since."))
    return root


def started(root: Path, path: str, *, drafts: bool = True, stamp: str = "newsgen") -> Updater:
    updater = Updater(SessionOptions(root, lambda: NOW, stamp, drafts=drafts), Store(path), lambda: None)
    updater.start(1, None)
    return updater


def pages(updater: Updater) -> dict[str, bytes]:
    """Every page that a preview shows."""
    live = updater.live
    live.flush()
    assert live.now is not None
    urls = [row.url for row in updater.store.pages.rows()]
    return {url: live.render(page, live.now) for url in urls if (page := live.page(url, live.now))}


@pytest.mark.parametrize("drafts", [True, False])
def test_only_what_changed_since_the_build_is_read(built: Path, drafts: bool) -> None:
    quick = started(built, str(built / ".newsgen/preview.sqlite"), drafts=drafts)
    whole = started(built, ":memory:", drafts=drafts)
    assert (quick.live.was_reread, whole.live.was_reread) == (False, True)
    shown = pages(quick)
    assert shown == pages(whole)
    assert b"Saved since." in shown[PAGE]
    assert (SOON in shown) is drafts
    quick.stop()


def test_what_another_newsgen_built_is_not_believed(built: Path) -> None:
    updater = started(built, str(built / ".newsgen/preview.sqlite"), stamp="another newsgen")
    assert updater.live.was_reread
    updater.stop()


def test_a_build_that_is_at_work_is_not_disturbed(built: Path) -> None:
    site = project.find(built, is_given=True)
    before = Path(project.record_path(site, project.output_disk(site, None))).read_bytes()
    with project.site_lock(site):
        updater = started(built, str(built / ".newsgen/preview.sqlite"))
    assert updater.live.was_reread
    assert Path(project.record_path(site, project.output_disk(site, None))).read_bytes() == before
    updater.stop()


def test_what_an_earlier_preview_left_comes_first(built: Path) -> None:
    path = str(built / ".newsgen/preview.sqlite")
    first = started(built, path)
    first.live.flush()
    first.stop()
    (built / "content/world/2019/draft.md").unlink()
    second = started(built, path)
    assert not second.live.was_reread
    assert SOON not in pages(second)
    second.stop()
