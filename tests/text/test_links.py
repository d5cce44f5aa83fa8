"""Where links lead, and how the links of a body are written."""

from __future__ import annotations

import pytest

from newsgen.text.links import in_feed, in_page, in_site

HERE = "/world/2024/05/01/b.html"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("a.html", ("/world/2024/05/01/a.html", "", True)),
        ("../30/", ("/world/2024/05/30/", "", True)),
        ("./a.html?x=/../y#z", ("/world/2024/05/01/a.html", "z", True)),
        ("/archive/world/index.html", ("/world/", "", True)),
        ("/archive/world/", ("/world/", "", True)),
        ("/archive", ("/", "", True)),
        ("/archive/../x", ("/x", "", False)),
        ("/world/", ("/world/", "", False)),
        ("#notes", (HERE, "notes", True)),
        ("", (HERE, "", True)),
        ("?page=2", (HERE, "", True)),
        ("/archive/w%6Frld/", ("/world/", "", True)),
        (" a.\nhtml ", ("/world/2024/05/01/a.html", "", True)),
        ("https://record.example/archive/a/#b", ("/a/", "b", True)),
        ("//RECORD.example/archive/a/", ("/a/", "", True)),
        ("https://record.example/", ("/", "", False)),
        ("https://other.example/archive/", None),
        ("mailto:a@record.example", None),
        ("http://[x", None),
        ("../../../../../../../x", ("/x", "", False)),
    ],
)
def test_a_link_leads_where_a_browser_finds_it(link: str, expected: tuple[str, str, bool] | None) -> None:
    assert in_site(link, HERE, "https://record.example/archive", "/archive") == expected


def test_a_site_at_the_root_of_its_host() -> None:
    assert in_site("/world/", HERE, "https://record.example", "") == ("/world/", "", True)
    assert in_site("//other.example/world/", HERE, "https://record.example", "") is None
    assert in_page("")("/world/") == "/world/"


@pytest.mark.parametrize(
    ("link", "page", "feed"),
    [
        ("/world/", "/archive/world/", "https://record.example/archive/world/"),
        ("/archive/world/", "/archive/world/", "https://record.example/archive/world/"),
        ("/archived/", "/archive/archived/", "https://record.example/archive/archived/"),
        ("a.html", "a.html", "https://record.example/archive/world/2024/05/01/a.html"),
        ("#b", "#b", f"https://record.example/archive{HERE}#b"),
        ("//cdn.example/x", "//cdn.example/x", "https://cdn.example/x"),
        ("https://x.example/?a=b", "https://x.example/?a=b", "https://x.example/?a=b"),
        ("mailto:a@b.example", "mailto:a@b.example", "mailto:a@b.example"),
        ("http://[x", "http://[x", "http://[x"),
    ],
)
def test_links_of_a_body_in_a_page_and_in_a_feed(link: str, page: str, feed: str) -> None:
    assert in_page("/archive")(link) == page
    assert in_feed("https://record.example/archive", "/archive", HERE)(link) == feed
