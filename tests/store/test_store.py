"""What is put down comes back; what a killed build put down does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.model.files import Source
from newsgen.store import (
    CardRow,
    DamagedError,
    NewRows,
    PageRow,
    PictureRow,
    RelatedRow,
    RelatedRows,
    Seal,
    Span,
    Store,
)  # fmt: skip
from tests.support.sites import NOW, PNG, Desk, story

PAGE = PageRow("/a.html", "story/a", "print", "bytes", 1, 2, "new")
SEAL = Seal(state="finished", stamp="newsgen 1")
A, B = "content/a.md", "content/b.md"


def card(name: str, *, state: str = "", until: int | None = None, facets: tuple[tuple[str, str], ...] = ()) -> CardRow:
    """The row of a story whose card nobody reads."""
    moments = () if until is None else (until,)
    return CardRow(f"content/{name}.md", name, f"url {name}.html", state, until, "", moments, facets, "{}")


def related(number: int, name: str, threshold: int = 5) -> RelatedRow:
    return RelatedRow(number, 100 + number, name, f"{name} boat", threshold, ("x",), ("x", "y"))


def learned(store: Store, new: NewRows, pages: tuple[PageRow, ...] = (), removed: tuple[str, ...] = ()) -> None:
    """Put down what a build read and wrote, and seal it."""
    store.begin(())
    for _step in store.learn(new):
        pass
    store.finish(pages, removed)
    store.seal.write(SEAL)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        yield opened


def test_files_are_known_by_size_times_and_digest(store: Store) -> None:
    files = [(Source(A, 1, 2, 3, "digest"), ""), (Source(B, 4, 5, 6, ""), "")]
    learned(store, NewRows(is_all=True, files=files))
    assert store.stories.files() == [(A, 1, 2, 3), (B, 4, 5, 6)]
    assert store.stories.known_files([A, A, "no"]) == {A: (1, 2, 3, "digest")}
    assert store.stories.unreadable() == {B}
    learned(store, NewRows(is_all=False, touched_files=[Source(A, 1, 8, 9, "")], removed_files=[B]))
    assert store.stories.known_files([A, B]) == {A: (1, 8, 9, "digest")}


def test_who_is_held_and_until_when(store: Store) -> None:
    cards = [card("b", state="embargo", until=50), card("a", state="draft"), card("c")]
    learned(store, NewRows(is_all=True, cards=cards))
    stories = store.stories
    assert stories.held() == [("a", "draft", None), ("b", "embargo", 50)]
    assert stories.held_at("url b.html") == [(B, "b", "embargo", 50)]
    assert stories.held_files() == {A: ("draft", "a.html"), B: ("embargo", "b.html")}
    assert stories.shown([A, "content/c.md"]) == {"content/c.md"}
    assert [stories.stable_span(clock) for clock in (49, 50)] == [Span(None, 50), Span(50, None)]
    assert [stories.changing_between(*span) for span in ((0, 49), (49, 50), (50, 60))] == [set(), {B}, set()]


def test_stories_are_found_by_what_they_claim_and_hold(store: Store) -> None:
    cards = [
        card("a", facets=(("pin", "b"), ("picture", "boat.png"))),
        card("b", facets=(("update", "a"), ("pin", "c"))),
        card("c", state="draft", facets=(("pin", "b"),)),
    ]
    learned(store, NewRows(is_all=True, cards=cards))
    stories = store.stories
    assert stories.claiming(["a"], ["url b.html"]) == {A, B}
    assert stories.updating(["a"]) == {B}
    assert stories.with_pictures(["boat.png"]) == {A}
    assert stories.ids_by_facet("pin") == {"b": {"a"}, "c": {"b"}}  # not what is held
    assert stories.ids_by_facet("pin", "b") == {"b": {"a"}}
    learned(store, NewRows(is_all=False, cards=[card("a")], removed_cards=[B]))
    assert stories.ids_by_facet("pin") == {}
    assert stories.addresses() == [("a", "a.html", "", A), ("c", "c.html", "draft", "content/c.md")]


def test_shelves_are_rows_of_keys(store: Store) -> None:
    keys, names = ["2019|1|a", "2020|1|b"], '{"Sea": 2}'
    learned(store, NewRows(is_all=True, shelves=[(("tag", "sea"), keys, names), (("tag", "air"), keys[:1], names)]))
    stories = store.stories
    assert stories.shelf(("tag", "sea")) == (2, "b")
    assert stories.shelf(("tag", "no")) is None
    assert stories.shelf_keys(("tag", "sea")) == keys
    assert (stories.shelf_names(("tag", "sea")), stories.shelf_names(("tag", "no"))) == (names, "")
    assert stories.slugs("tag") == ["air", "sea"]
    learned(store, NewRows(is_all=False, shelves=[(("tag", "sea"), [], "{}")]))
    assert stories.all_shelf_keys() == [(("tag", "air"), keys[:1])]


def test_a_full_build_leaves_nothing_of_the_stories_before(store: Store) -> None:
    files = [(Source(A, 1, 2, 3, "digest"), "")]
    rows = RelatedRows(is_all=True, rows=[related(0, "a")], blocks=[(0, 4, 1)], buckets={1: "{}"})
    learned(store, NewRows(is_all=True, files=files, cards=[card("a", state="draft", until=5)], related=rows))
    learned(store, NewRows(is_all=True, related=RelatedRows(is_all=True)))
    assert (store.stories.files(), store.stories.held(), store.stories.stable_span(5)) == ([], [], Span())
    assert (store.related.all_terms(), store.related.bucket(1)) == ([], "")


def test_related_lists(store: Store) -> None:
    rows = RelatedRows(True, [related(0, "a"), related(1, "b", 7)], blocks=[(0, 4, 2)], buckets={3: "{}"})
    learned(store, NewRows(is_all=True, related=rows, sample={A: "[]"}))
    part = store.related
    assert part.rows(["b"]) == [related(1, "b", 7)]
    assert part.rows(["b"])[0].story == (101, "b", "b boat") == part.terms(1)
    assert (part.list_of("a"), part.list_of("no"), part.all_lists()) == (("x",), (), {"a": ("x",), "b": ("x",)})
    assert part.thresholds(["a", "b"]) == {"a": 5, "b": 7}
    assert part.terms_between(100, 101) == [(100, "a", "a boat")]
    assert part.stories_with("boat") == [(0, "a", "a boat"), (1, "b", "b boat")]
    assert (part.next_number(), part.blocks(), part.bucket(3), part.bucket(4)) == (2, [(0, 4, 2)], "{}", "")
    assert part.sample() == {A: "[]"}
    with pytest.raises(DamagedError):
        part.terms(9)
    learned(store, NewRows(is_all=False, related=RelatedRows(removed=[1], blocks=[])))
    assert (part.next_number(), part.blocks(), part.sample()) == (1, [], {A: "[]"})


def test_the_manifest(store: Store) -> None:
    other = PageRow("/b.html", "tag/sea", "", "", 0, 0, "new")
    learned(store, NewRows(is_all=True), (other, PAGE))
    pages = store.pages
    assert (pages.rows(), pages.rows(["tag/sea"]), pages.row("/a.html"), pages.row("/no")) == (
        [PAGE, other], [other], PAGE, None,
    )  # fmt: skip
    assert pages.files() == [("/a.html", "story/a", 1, 2, "bytes"), ("/b.html", "tag/sea", 0, 0, "")]
    assert pages.without_file() == {"/b.html": "tag/sea"}
    assert pages.units_of(["tag", "ta", "story"]) == ["tag/sea", "story/a"]
    learned(store, NewRows(is_all=False), (), ("/a.html",))
    assert pages.rows() == [other]


def test_pictures(store: Store) -> None:
    row = PictureRow(Source("content/boat.png", 1, 2, 3, "digest"), None)
    learned(store, NewRows(is_all=True, pictures=[row]))
    learned(store, NewRows(is_all=True))  # a full build reads those again that differ, and says which are gone
    assert store.stories.pictures() == {"content/boat.png": row}
    learned(store, NewRows(is_all=False, removed_pictures=["content/boat.png"]))
    assert store.stories.pictures() == {}


def test_compiled_templates_are_given_back_after_a_finished_build_only(store: Store) -> None:
    learned(store, NewRows(is_all=True, templates={"key": b"code"}))
    assert store.templates.all() == {"key": b"code"}
    store.begin(())
    assert store.templates.all() == {}


def test_a_theme_that_is_edited_all_day_leaves_some_hundred_templates(store: Store) -> None:
    for number in range(250):
        learned(store, NewRows(is_all=False, templates={f"key {number}": b"code"}))
    assert 0 < len(store.templates.all()) < 250


def test_of_a_killed_build_only_the_claims_stay(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Store(path) as store:
        learned(store, NewRows(is_all=True, cards=[card("a", state="draft")]), (PAGE,))
    new = PageRow("/new.html", "story/new", "", "", 0, 0, "new")
    with Store(path) as store:
        store.begin([new])
        for _step in store.learn(NewRows(is_all=True)):
            pass
    with Store(path) as store:
        store.recover()
        assert store.stories.held() == [("a", "draft", None)]
        assert store.pages.rows() == [PAGE, new]
        store.recover()  # once more changes nothing
        assert store.pages.without_file() == {"/new.html": "story/new"}


def test_an_error_in_a_build_of_this_process_is_recovered_from(store: Store) -> None:
    learned(store, NewRows(is_all=True), (PAGE,))
    next(store.learn(NewRows(is_all=True, templates={"key": b"code"})))
    store.recover()
    assert store.pages.rows() == [PAGE]
    learned(store, NewRows(is_all=False))


def test_a_store_that_is_cleared_knows_nothing(tmp_path: Path) -> None:
    with Store(str(tmp_path / "record.sqlite")) as store:
        learned(store, NewRows(is_all=True), (PAGE,))
        assert not store.is_deleted()
        (tmp_path / "record.sqlite").unlink()
        assert store.is_deleted()
        store.clear()
        assert (store.seal.last, store.is_deleted()) == (Seal(), False)
        assert list(tmp_path.iterdir()) == []
        assert store.pages.rows() == []


@pytest.mark.parametrize(
    ("table", "column", "asked"),
    [
        ("card", "data", lambda store: store.stories.all_cards()),
        ("card", "data", lambda store: store.stories.shown_card("a")),
        ("card", "problems", lambda store: store.stories.problems()),
        ("picture", "picture", lambda store: store.stories.pictures()),
        ("related", "list", lambda store: store.related.all_lists()),
    ],
)
@pytest.mark.parametrize("nonsense", ["{", "1", "[1]"])
def test_a_row_of_nonsense_is_damage(table: str, column: str, asked: object, nonsense: str) -> None:
    if (column, nonsense) == ("list", "[1]"):
        return

    photo = '[{file: boat.png, caption: "A boat. Northern Wire/Mila Hart"}]'
    desk = Desk({"content/a.md": story("A boat", id="a", photos=photo), "content/boat.png": PNG}, clock=NOW)
    desk.build()
    desk.store.database.execute(f"update {table} set {column} = ?", nonsense)
    assert callable(asked)
    with pytest.raises(DamagedError):
        asked(desk.store)


@pytest.mark.parametrize(
    "damage", ["update page set digest = cast(x'ff41' as text)", "alter table page drop column reason"]
)
def test_a_flipped_bit_in_a_text_or_a_name_is_damage(store: Store, damage: str) -> None:
    learned(store, NewRows(is_all=True), (PAGE,))
    store.database.execute(damage)
    with pytest.raises(DamagedError):
        store.pages.rows()
