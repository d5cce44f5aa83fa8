"""A story that is taken back while a preview runs: the desk sees it marked and as it is now, readers see nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.preview.bar import bar_json
from newsgen.preview.session import Session
from newsgen.preview.update import SessionOptions
from newsgen.store import Store
from tests.support.photos import small
from tests.support.serving import FILE, PAGE, a_folder
from tests.support.sites import NOW, story

OLD, NEW = b"Harbour report 3", "Harbour account 3"
SECTION = "content/world/_section.yaml"


@pytest.fixture(params=[False, True], ids=["no ledger", "ledger"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A site on disk, with or without the story's address in its ledger."""
    folder = a_folder(tmp_path, 5)
    if request.param:
        (folder / "content/_urls.tsv").write_text(f"s003\t{PAGE}\t2019-05-04\n")
    return folder


class Previews:
    """The desk's preview of a site, and its readers'."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.stores = [Store(":memory:") for _each in range(2)]
        self.desk, self.public = (
            Session(SessionOptions(root, lambda: NOW, "newsgen", drafts=drafts, settle_ns=0), store)
            for drafts, store in zip((True, False), self.stores, strict=True)
        )
        for session in (self.desk, self.public):
            session.start(1, None)
            assert OLD in session.answer(PAGE).body

    def save(self, path: str, data: bytes | None) -> None:
        if data is None:
            (self.root / path).unlink()
        else:
            (self.root / path).write_bytes(data)
        for session in (self.desk, self.public):
            session.update([path])

    def nowhere(self) -> bool:
        """Whether the readers find neither the old text nor the new, and the desk only at the story's address."""
        lists = [session.answer(path).body for session in (self.desk, self.public) for path in ("/", "/world/")]
        page = self.public.answer(PAGE)
        return not any(OLD in body or NEW.encode() in body for body in (*lists, page.body)) and page.status >= 400


@pytest.fixture
def previews(root: Path) -> Iterator[Previews]:
    both = Previews(root)
    yield both
    for store in both.stores:
        store.close()


def saved(line: str = "", headline: str = NEW) -> bytes:
    """The story with another headline at the same address, and one more line."""
    data = story(headline, "2019-05-04T10:00", id="s003", slug="harbour-report-3")
    return data.replace(b"---\n", f"---\n{line}\n".encode(), 1) if line else data


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("embargo: hold", b"<em>Embargoed</em>"),
        ("embargo: 2030-01-01T00:00Z", b"<em>Embargoed</em>"),
        ("status: withheld", b"<em>Withheld</em>"),
    ],
)
def test_a_held_story_is_shown_to_the_desk_alone(previews: Previews, line: str, label: bytes) -> None:
    previews.save(FILE, saved(line))
    assert previews.nowhere()
    answer = previews.desk.answer(PAGE)
    assert answer.status == 404  # as its host will say
    assert NEW.encode() in answer.body
    assert label in answer.body
    assert f'data-state="{"withheld" if "withheld" in line else "embargoed"}"'.encode() in answer.body
    assert b"noindex" in answer.body
    assert OLD not in answer.body
    assert bar_json(previews.desk, PAGE, None)["state"] in ("embargoed", "withheld")
    previews.save(FILE, saved(line, "Harbour memo 3"))  # its current text
    assert b"Harbour memo 3" in previews.desk.answer(PAGE).body
    previews.save(FILE, saved())
    assert label not in previews.desk.answer(PAGE).body
    assert all(NEW.encode() in session.answer(PAGE).body for session in (previews.desk, previews.public))


@pytest.mark.parametrize("line", ["status: killed", "expires: 2019-06-01T00:00Z", None])
def test_what_is_gone_is_shown_to_nobody(previews: Previews, line: str | None) -> None:
    previews.save(FILE, None if line is None else saved(line, "Harbour account 3"))
    for session in (previews.desk, previews.public):
        answer = session.answer(PAGE)
        assert answer.status in (200, 404, 410)  # 200: the headline of an expired story stays
        assert b"pilots" not in answer.body
        assert OLD not in answer.body
    if line is None or "killed" in line:
        assert previews.nowhere()


@pytest.mark.parametrize("note", [b"embargo: hold\n", b"embrago: hold\n"])
def test_a_section_that_is_held(previews: Previews, note: bytes) -> None:
    previews.save(FILE, saved())
    previews.save(SECTION, note)
    assert previews.nowhere()
    answer = previews.desk.answer(PAGE)
    assert NEW.encode() in answer.body
    assert b"<em>Embargoed</em>" in answer.body
    previews.save(SECTION, b"title: World\n")
    assert NEW.encode() in previews.public.answer(PAGE).body


def test_a_draft(previews: Previews) -> None:
    previews.save(FILE, saved("status: draft"))
    assert b"<em>Draft</em>" in previews.desk.answer(PAGE).body
    assert previews.public.answer(PAGE).status == 404


def test_a_story_that_is_held_and_moved_keeps_nothing_at_its_old_address(previews: Previews) -> None:
    previews.save(FILE, saved("embargo: hold").replace(b"harbour-report-3", b"elsewhere"))
    assert previews.nowhere()
    assert OLD not in previews.desk.answer(PAGE).body
    assert NEW.encode() in previews.desk.answer(PAGE.replace("harbour-report-3", "elsewhere")).body


def test_a_file_with_a_mistake_keeps_its_last_good_page_for_the_desk(previews: Previews) -> None:
    previews.save(FILE, saved().replace(b"date:", b"dat:"))
    assert OLD in previews.desk.answer(PAGE).body
    assert previews.nowhere()


def test_a_disk_that_goes_away_does_not_take_the_preview_along(previews: Previews) -> None:
    content, away = previews.root / "content", previews.root / "away"
    content.rename(away)
    content.mkdir()
    for session in (previews.desk, previews.public):
        session.update(None)
        assert OLD in session.answer(PAGE).body
        assert [(problem.rule, problem.values) for problem in session.fault] == [("content-emptied", ("5",))]
    content.rmdir()
    away.rename(content)
    for session in (previews.desk, previews.public):
        session.update(None)
        assert session.fault == ()
        assert OLD in session.answer(PAGE).body


PHOTOS = "photos: [{file: quay.jpg, alt: A quay}, {file: gone.jpg, alt: A boat, expires: 2019-06-01T00:00Z}]"
QUAY, GONE = small(4), small(5)


def media_in(page: bytes) -> set[str]:
    """The addresses of picture files in a page."""
    return {address.decode() for address in re.findall(rb"/media/[\w.-]+", page)}


@pytest.mark.parametrize("line", ["", "embargo: hold", "status: withheld", "status: draft", "status: killed"])
def test_the_pictures_of_a_held_story_are_shown_to_the_desk_alone(tmp_path: Path, line: str) -> None:
    """All that its page names, in every format; none whose right has expired."""
    previews = Previews(a_folder(tmp_path, 5))
    previews.save(str(Path(FILE).with_name("quay.jpg")), QUAY)
    previews.save(str(Path(FILE).with_name("gone.jpg")), GONE)
    previews.save(FILE, saved(PHOTOS))
    addresses = media_in(previews.public.answer(PAGE).body)
    assert {address.rpartition(".")[2] for address in addresses} == {"avif", "webp", "jpg"}
    live = {address: previews.public.answer(address).body for address in addresses}
    assert all(previews.public.answer(address).status == 200 for address in addresses)
    previews.save(FILE, saved(f"{line}\n{PHOTOS}" if line else PHOTOS))
    shown = media_in(previews.desk.answer(PAGE).body)
    is_killed = "killed" in line
    assert shown == (set() if is_killed else addresses)
    for address in addresses:
        assert (previews.public.answer(address).body == live[address]) == (not line)
        assert (previews.desk.answer(address).body == live[address]) == (not is_killed)
    for store in previews.stores:
        store.close()


def test_a_picture_of_a_live_story_too_is_shown_to_all(previews: Previews) -> None:
    previews.save(str(Path(FILE).with_name("quay.jpg")), QUAY)
    previews.save(
        "content/world/2019/s000.md", story("Quay", "2019-05-04T11:00", id="s000", photos="[{file: quay.jpg}]")
    )
    previews.save(FILE, saved(f"embargo: hold\n{PHOTOS}"))
    addresses = media_in(previews.desk.answer(PAGE).body)
    assert addresses
    for session in (previews.desk, previews.public):
        assert {session.answer(address).status for address in addresses} == {200}


def test_held_briefs_stand_on_their_page_for_the_desk(root: Path) -> None:
    """Marked, beside those that readers see; where there are no others, with the status that a host gives."""
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text() + "group_briefs = true\n")
    (root / "content/world/2019/s000.md").write_bytes(story("Quay report", "2019-05-04T11:00", id="s000", slug="quay"))
    page = "/world/2019/05/04/briefs.html"
    store = Store(":memory:")
    public_store = Store(":memory:")
    desk, public = (
        Session(SessionOptions(root, lambda: NOW, "newsgen", drafts=drafts, settle_ns=0), each)
        for drafts, each in ((True, store), (False, public_store))
    )
    for session in (desk, public):
        session.start(1, None)
        assert OLD in session.answer(page).body
    (root / FILE).write_bytes(saved("embargo: hold"))
    for session in (desk, public):
        session.update([FILE])
    assert NEW.encode() not in public.answer(page).body
    assert b"Quay report" in public.answer(page).body
    answer = desk.answer(page)
    assert answer.status == 200
    assert NEW.encode() in answer.body
    assert b'data-state="embargoed"' in answer.body
    assert b'data-state="live"' in answer.body
    assert b"noindex" in answer.body
    assert NEW.encode() not in desk.answer("/world/").body
    assert bar_json(desk, page, None)["state"] == "embargoed"
    (root / "content/world/2019/s000.md").unlink()
    for session in (desk, public):
        session.update(["content/world/2019/s000.md"])
    assert desk.answer(page).status == 404
    assert NEW.encode() in desk.answer(page).body
    assert public.answer(page).status == 404
    store.close()
    public_store.close()
