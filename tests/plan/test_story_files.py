"""The files beside a story's page: the same story as text and as ninjs, and nothing of others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsgen.model.settings import Settings
from newsgen.plan import story_forms
from tests.citation.oracle import cited_by_citeproc, read_bibtex, read_ris
from tests.support.previews import DeskPreview
from tests.support.sites import PNG, Desk, assert_same, story, world

FOG = "world/2019/05/01/fog-lifts"


def data_of(desk: Desk, path: str = FOG) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.output.files[f"{path}.json"])
    return found


def text_of(desk: Desk, path: str = FOG) -> str:
    return desk.output.files[f"{path}.txt"].decode()


@pytest.fixture
def desk() -> Desk:
    fog = story(
        "Fog lifts", id="fog", byline="[Mila Hart, Tom Arkell]", agency="[Northern Wire]", tags="[weather]",
        dateline='"ALDMOOR, May 1 (Northern Wire)"', slugline="FOG/", updated="2019-05-02T09:00",
        people="[Odile Marsh]",
        corrections="[{date: 2019-05-03T10:00, kind: correction, text: It was five.}]", note="[A note.]",
        photos="[{file: a.png, caption: A boat.}]", body="It *is* [gone](/about/).\n\nAll \"gone\".",
    )  # fmt: skip
    desk = world(fog=fog, rain=story("Rain comes", "2019-05-01T12:00", id="rain", tags="[weather]"))
    desk.site.write("content/world/a.png", PNG)
    desk.set(base_url="https://archive.example/old")
    desk.build()
    return desk


def test_the_text_is_what_a_reader_reads(desk: Desk) -> None:
    parts = text_of(desk).split("\n\n")
    assert parts[0] == "Fog lifts"
    assert parts[1].splitlines()[:2] == ["By Mila Hart and Tom Arkell", "Northern Wire"]
    assert parts[1].endswith("\nhttps://archive.example/old/world/2019/05/01/fog-lifts.html")
    assert parts[2] == "Correction, 3 May 2019, 10:00 UTC: It was five."
    assert parts[3:6] == ["ALDMOOR, May 1 (Northern Wire) — It is gone.", 'All "gone".', "A note."]
    assert [part.partition(":")[0] for part in parts[6:9]] == ["APA", "MLA", "Chicago"]
    assert read_bibtex(parts[9])["url"] == "https://archive.example/old/world/2019/05/01/fog-lifts.html"
    assert read_ris(parts[10])["authors"] == ["Hart, Mila", "Arkell, Tom"]


def test_the_data_are_ninjs(desk: Desk) -> None:
    data = data_of(desk)
    assert data["standard"]["name"] == "ninjs"
    assert data["uri"] == "https://archive.example/old/world/2019/05/01/fog-lifts.html"
    assert data["headlines"] == [{"role": "main", "value": "Fog lifts"}]
    assert (data["by"], data["located"], data["slugline"]) == ("Mila Hart and Tom Arkell", "Aldmoor", "FOG/")
    assert data["firstCreated"] == "2019-05-01T10:00:00+00:00"
    assert data["versionCreated"] == "2019-05-03T10:00:00+00:00"
    (body,) = data["bodies"]
    assert body["value"].startswith('<p>It <em>is</em> <a href="https://archive.example/old/about/"')
    assert {person["name"] for person in data["people"]} == {"Mila Hart", "Tom Arkell", "Odile Marsh"}
    assert data["subjects"] == [{"name": "weather", "uri": "https://archive.example/old/tags/weather/"}]
    (picture,) = data["associations"]
    assert picture["uri"].startswith("https://archive.example/old/")
    (item,) = data["citation"]["csl"]
    assert "Hart, M., & Arkell, T. (2019, May 1). Fog lifts" in cited_by_citeproc("apa", item)


def test_the_page_leads_to_its_files_and_to_reference_managers(desk: Desk) -> None:
    page = desk.output.files[f"{FOG}.html"].decode()
    assert f'href="/old/{FOG}.txt"' in page
    assert f'href="/old/{FOG}.json"' in page
    for tag in (
        '"z:itemType" content="newspaperArticle"', '"citation_author" content="Hart, Mila"',
        '"citation_title" content="Fog lifts"', '"citation_publication_date" content="2019/05/01"',
    ):  # fmt: skip
        assert f"<meta name={tag}>" in page
    assert "@article" not in page


def test_a_file_is_made_of_its_own_text_whatever_was_made_before_it(desk: Desk) -> None:
    preview, path = DeskPreview(desk), "content/world/fog.md"

    def shown(*forms: str) -> list[bytes]:
        view = preview.live.now
        assert view is not None
        pages = [preview.live.page(f"/{FOG}.{form}", view) for form in forms]
        return [preview.live.render(page, view) for page in pages if page]

    page, text, data = shown("html", "txt", "json")
    assert shown("json", "txt", "html", "txt", "json") == [data, text, page, text, data]
    desk.site.write(path, desk.site.files[path].replace(b'All "gone".', b"All _back_."))
    preview.update()
    for forms in (("txt", "json"), ("html", "json", "txt")):
        assert all(b"back" in each and b"gone\xe2" not in each for each in shown(*forms))


def test_nothing_of_other_stories_is_in_them(desk: Desk) -> None:
    before = {path: desk.output.files[f"{FOG}.{path}"] for path in ("txt", "json")}
    desk.site.write("content/world/rain.md", story("Rain ends", "2019-05-01T12:00", id="rain", tags="[weather]"))
    rendered = desk.build().rendered
    assert f"/{FOG}.txt" not in rendered
    assert {path: desk.output.files[f"{FOG}.{path}"] for path in before} == before
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("forms", [("txt",), ("json",), ()])
def test_a_site_says_which_it_wants(desk: Desk, forms: tuple[str, ...]) -> None:
    desk.set(story_files=forms)
    desk.build()
    assert {form for form in ("txt", "json") if f"{FOG}.{form}" in desk.output.files} == {*forms}
    assert ("@article" in desk.output.files[f"{FOG}.html"].decode()) == (not forms)
    assert_same(desk.output.files, desk.clean())


def test_a_large_archive_has_none_unless_it_asks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_forms, "_MOST", 2)
    assert f"{FOG}.txt" in desk.output.files
    desk.site.write("content/world/more.md", story("More", id="more"))
    assert [problem.rule for problem in desk.build().problems] == ["story-files-many"]
    assert f"{FOG}.txt" not in desk.output.files
    assert_same(desk.output.files, desk.clean())
    desk.set(story_files=("txt",))
    assert desk.build().problems == ()
    assert f"{FOG}.txt" in desk.output.files


def test_an_archive_too_large_for_its_host_has_none_unless_it_asks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_forms, "_FILES_A_STORY", 8_000)
    desk.set(host="cloudflare")
    assert desk.build().problems == ()
    assert f"{FOG}.txt" in desk.output.files
    desk.site.write("content/world/more.md", story("More", id="more"))
    (message,) = desk.build_messages()
    assert "With a .txt and a .json file beside each of 3 stories the site would have about 24,000 files" in message
    assert f"{FOG}.txt" not in desk.output.files
    assert len(desk.build().problems) == 1  # though nothing changed
    assert_same(desk.output.files, desk.clean())
    desk.set(host="netlify")
    assert desk.build().problems == ()
    assert f"{FOG}.txt" in desk.output.files
    desk.set(host="cloudflare", story_files=())
    assert desk.build().problems == ()
    assert f"{FOG}.txt" not in desk.output.files


@pytest.mark.parametrize(
    ("host", "stories", "forms"),
    [
        ("cloudflare", 5_000, ("txt", "json")),
        ("cloudflare", 5_001, ()),
        ("netlify", 50_000, ("txt", "json")),
        ("netlify", 50_001, ()),
    ],
)
def test_how_many_stories_have_files(host: str, stories: int, forms: tuple[str, ...]) -> None:
    settings = Settings("The Archive", "https://archive.example", host=host)
    assert story_forms.story_forms(settings, stories) == forms
    assert len([*story_forms.form_problems(settings, stories)]) == (not forms)


def test_addresses_that_end_in_a_slash(desk: Desk) -> None:
    desk.set(permalink="/{section}/{slug}/")
    desk.build()
    assert {"world/fog-lifts/index.txt", "world/fog-lifts/index.json"} <= desk.output.files.keys()
    assert 'href="/old/world/fog-lifts/index.txt"' in desk.output.files["world/fog-lifts/index.html"].decode()


def test_briefs_share_theirs_as_they_share_a_page(desk: Desk) -> None:
    desk.set(group_briefs=60)
    desk.build()
    page = "world/2019/05/01/briefs"
    (brief,) = data_of(desk, page)["stories"]
    assert brief["uri"] == "https://archive.example/old/world/2019/05/01/briefs.html#rain-comes"
    assert "Rain comes" in text_of(desk, page)
    desk.site.write("content/world/snow.md", story("Snow too", "2019-05-01T13:00", id="snow"))
    desk.build()
    assert [each["headlines"][0]["value"] for each in data_of(desk, page)["stories"]] == ["Rain comes", "Snow too"]
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize(
    "held", ["status: killed", "status: withheld", "embargo: hold", 'expires: "2019-06-01T00:00Z"']
)
def test_what_is_held_has_no_files(desk: Desk, held: str) -> None:
    path = "content/world/rain.md"
    desk.site.write(path, desk.site.files[path].replace(b"---\n", f"---\n{held}\n".encode(), 1))
    desk.build()
    assert [name for name in desk.output.files if "rain" in name and name.endswith((".txt", ".json"))] == []
    assert_same(desk.output.files, desk.clean())
