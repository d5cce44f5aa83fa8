"""Pages and files of a site's own: addresses, the menu, what is in newsgen's way, and what nobody may publish."""

from __future__ import annotations

import pytest

from newsgen.model.site_files import MenuEntry
from tests.support.previews import DeskPreview, without_marker
from tests.support.sites import PNG, Desk, assert_same, story

PLAIN = b"---\ntitle: About this archive\nmenu: About\n---\nWho we are.\n"
ABOUT = b"---\ntitle: About this archive\nmenu: About\n---\nWho we are. ![The harbour](/img/harbour.png)\n"


def problems(of: Desk) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in of.build().problems]


def page(of: Desk, path: str) -> str:
    return of.output.files[path].decode()


def test_a_page_has_the_sites_look_and_its_own_text() -> None:
    site = Desk(
        {
            "content/world/fog.md": story("Fog lifts", id="fog"),
            "content/_pages/about.md": ABOUT,
            "static/img/harbour.png": PNG,
        }
    )
    assert problems(site) == []
    about = page(site, "about/index.html")
    assert "<h1>About this archive</h1>" in about
    assert "<p>Who we are. " in about
    assert '<img src="/img/harbour.png" width="16" height="16" alt="The harbour"' in about
    assert '<a href="/about/">About</a>' in page(site, "index.html")
    assert "/about/" in page(site, "sitemaps/sitemap-pages.xml")
    assert site.output.files["img/harbour.png"] == PNG


def test_what_the_whole_world_may_ask_for_is_copied_too() -> None:
    """RFC 8615; whatever else begins with a dot is passed over, in that folder too."""
    names = (".well-known/security.txt", ".well-known/assetlinks.json", ".htaccess", ".git/config", ".well-known/.swp")
    files = {f"static/{name}": f"bytes of {name}".encode() for name in names}
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), **files})
    assert problems(site) == []
    found = {path: data for path, data in site.output.files.items() if data.startswith(b"bytes of ")}
    assert found == {name: files[f"static/{name}"] for name in names[:2]}
    site.site.write("static/.well-known/security.txt", b"bytes of another")
    assert [*site.build().rendered] == ["/.well-known/security.txt"]
    site.site.remove("static/.well-known/security.txt")
    assert [*site.build().removed] == ["/.well-known/security.txt"]


def test_a_page_is_no_story() -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/about.md": ABOUT})
    assert site.build().stories == 1
    assert "About this archive" not in page(site, "feed.xml")


def test_a_saved_page_renders_itself_alone() -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/about.md": ABOUT})
    site.build()
    site.site.write("content/_pages/about.md", ABOUT.replace(b"Who we are", b"Who we were"))
    assert [*site.build().rendered] == ["/about/"]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("about.md", "/about/"),
        ("team/How we work.md", "/team/how-we-work/"),
        ("team/index.md", "/team/"),
    ],
)
def test_where_a_page_goes(path: str, url: str) -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), f"content/_pages/{path}": ABOUT})
    site.build()
    assert f"{url[1:]}index.html" in site.output.files


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("content/_pages/world.md", "own-in-the-way"),
        ("content/_pages/index.md", "own-in-the-way"),
        ("content/_pages/tags.md", "own-in-the-way"),
        ("static/index.html", "own-in-the-way"),
        ("static/robots.txt", "own-in-the-way"),
        ("static/assets/logo.svg", "own-in-the-way"),
        ("static/world/index.html", "own-in-the-way"),
        ("static/_headers", "own-in-the-way"),
        ("static/100%.pdf", "static-name"),
        ("static/.well-known/newsgen-manifest.json", "own-in-the-way"),
    ],
)
def test_what_is_in_newsgens_way_is_named_and_left_out(path: str, rule: str) -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog")})
    without = site.build().pages
    site.site.write(path, PLAIN)
    assert problems(site) == [(rule, path)]
    assert site.build().pages == without


def test_a_section_that_comes_takes_its_address_and_gives_it_back() -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/sport.md": PLAIN})
    assert problems(site) == []
    assert "About this archive" in page(site, "sport/index.html")
    site.site.write("content/sport/race.md", story("Race won", section="Sport", id="race"))
    assert problems(site) == [("own-in-the-way", "content/_pages/sport.md")]
    assert "Race won" in page(site, "sport/index.html")
    site.site.remove("content/sport/race.md")
    assert ("own-in-the-way", "content/_pages/sport.md") not in problems(site)
    assert "About this archive" in page(site, "sport/index.html")


def test_two_files_at_one_address() -> None:
    files = {"content/_pages/a.md": PLAIN, "static/a/index.html": b"x", "static/Map.pdf": b"1", "static/map.pdf": b"2"}
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), **files})
    assert problems(site) == [("own-address-twice", "static/a/index.html"), ("own-address-twice", "static/map.pdf")]
    assert "static/Map.pdf"[7:] in site.output.files


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("---\nmenu: About\n---\nx\n", "page-title"),
        ("---\ntitle: About\nheadline: x\n---\nx\n", "unknown-key-inside"),
        ("---\ntitle: About\ntemplate: ../x\n---\nx\n", "page-template"),
        ("---\ntitle: About\ntemplate: letter.html.j2\n---\nx\n", "page-template-missing"),
        ("---\ntitle: About\n---\n![x](/no.png)\n", "page-picture"),
        ("no front matter\n", "no-front-matter"),
    ],
)
def test_what_is_wrong_with_a_page(text: str, rule: str) -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/about.md": text.encode()})
    assert [problem.rule for problem in site.build().problems][:1] == [rule]
    assert ("about/index.html" in site.output.files) == (rule == "page-picture")


def test_a_page_with_a_template_of_its_own() -> None:
    text = b"---\ntitle: Write to us\ntemplate: letter.html.j2\n---\nBy post.\n"
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/letter.md": text})
    site.set_template("letter.html.j2", "<p>{{ page.title }}</p>{{ stories[0].html|safe }}")
    assert problems(site) == []
    assert page(site, "letter/index.html") == "<p>Write to us</p><p>By post.</p>\n"


def test_the_menu_of_the_settings() -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/about.md": PLAIN})
    menu = (
        MenuEntry(index="dates"),
        MenuEntry(page="about"),
        MenuEntry("The world", section="world"),
        MenuEntry(section="sport"),
        MenuEntry("Elsewhere", url="https://example.org/x"),
        MenuEntry("Nowhere", page="nowhere"),
    )
    site.set(menu=menu)
    assert problems(site) == [("menu-page", "pyproject.toml")]
    nav = page(site, "index.html").partition("<nav")[2].partition("</nav>")[0]
    links = [part.partition('"')[0] for part in nav.split('href="')[1:]]
    assert links == ["/dates/", "/about/", "/world/", "https://example.org/x"]


def test_own_files_that_give_a_held_story_away() -> None:
    """They are looked through like every page."""
    secret = "The harbour will be closed on Friday, three people said who asked not to be named."
    held = story("Harbour to close", body=secret, id="held", embargo="hold")
    files = {"static/notes.txt": secret.encode(), "content/_pages/about.md": f"---\ntitle: A\n---\n{secret}\n".encode()}
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/world/held.md": held, **files})
    rules = {problem.rule for problem in site.build().problems if problem.severity == "error"}
    assert rules == {"held-shown"}
    assert "notes.txt" not in site.output.files
    assert "about/index.html" not in site.output.files


def test_a_static_file_keeps_its_bytes() -> None:
    data = PNG + b"\0not read by anybody"
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "static/x.png": data, "static/y": b"\0\xff"})
    site.build()
    assert (site.output.files["x.png"], site.output.files["y"]) == (data, b"\0\xff")
    site.site.write("static/y", b"z")
    assert [*site.build().rendered] == ["/y"]
    site.site.remove("static/y")
    assert site.build().removed == ("/y",) or "y" not in site.output.files


def test_a_preview_takes_own_files_in_and_lets_them_go() -> None:
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "static/notes.txt": b"1"})
    preview = DeskPreview(site)
    assert preview.files()["notes.txt"] == b"1"
    for path, data in (("static/more.txt", b"2"), ("content/_pages/about.md", PLAIN), ("static/notes.txt", b"3")):
        site.site.write(path, data)
        preview.update()
        site.build()
        assert without_marker(site.output.files) == preview.files()
    for path in ("static/notes.txt", "content/_pages/about.md"):
        site.site.remove(path)
        preview.update()
        site.build()
        assert without_marker(site.output.files) == preview.files()


def test_a_title_in_the_menu_that_gives_a_story_away_which_is_held_later() -> None:
    """It is on every page, and no page of a story differs."""
    text = b"---\ntitle: Harbour to close on Friday\nmenu: Harbour to close on Friday\n---\nx\n"
    site = Desk({"content/world/fog.md": story("Fog lifts", id="fog"), "content/_pages/a.md": text})
    site.build()
    site.site.write("content/world/held.md", story("Harbour to close on Friday", id="held", embargo="hold"))
    assert "held-shown" in {problem.rule for problem in site.build().problems}
    assert not [path for path, data in site.output.files.items() if b"Harbour to close" in data]
    assert_same(site.output.files, site.clean())
