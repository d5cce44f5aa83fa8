"""/dates/: the grid of years and months, of a long archive the years by decade."""

from __future__ import annotations

import re

from tests.support.sites import Desk, assert_same, differences, story


def page(desk: Desk) -> str:
    return desk.output.files["dates/index.html"].decode()


def links(text: str) -> list[str]:
    """The addresses of periods, in order."""
    return re.findall(r'href="(/\d{4}/(?:\d\d/)?)"', text)


def desk_of(*days: str) -> Desk:
    desk = Desk({f"content/world/{n}.md": story(f"Story {n}", f"{day}T10:00Z") for n, day in enumerate(days)})
    desk.build()
    return desk


def test_years_newest_first_and_their_months() -> None:
    desk = desk_of("1987-02-26", "1987-02-27", "1987-11-01", "1990-03-05")
    assert links(page(desk)) == ["/1990/", "/1990/03/", "/1987/", "/1987/02/", "/1987/11/"]
    assert 'aria-current="page"' in page(desk)
    assert 'href="/dates/"' in desk.output.files["index.html"].decode()


def test_pages_of_dates_lie_below_it() -> None:
    text = desk_of("1987-02-26").output.files["1987/02/26/index.html"].decode()
    crumbs = text[text.index('class="crumbs"') :]
    assert '<a href="/dates/">' in crumbs[: crumbs.index("</nav>")]
    assert 'href="/dates/" aria-current="true"' in text


def test_the_first_story_stands_there_and_is_reworded() -> None:
    desk = desk_of("1987-02-27", "1987-02-26", "1990-03-05")
    assert page(desk).count('<li data-story="') == 1
    assert ">Story 1</a>" in page(desk)
    desk.site.write("content/world/1.md", story("Reworded", "1987-02-26T10:00Z"))
    desk.build()
    assert ">Reworded</a>" in page(desk)
    assert_same(desk.output.files, desk.clean())


def test_the_front_page_leads_to_years_or_to_the_months_of_the_only_one() -> None:
    def strip(*days: str) -> list[str]:
        text = desk_of(*days).output.files["index.html"].decode()
        return links(text[: text.index("<main")])

    assert strip("1987-02-26", "1987-04-05", "1990-03-05") == ["/1990/", "/1987/"]
    assert strip("1987-02-26", "1987-04-05") == ["/1987/04/", "/1987/02/"]
    assert strip("1987-02-26", "1987-02-27") == []


def test_many_years_stand_by_decade() -> None:
    text = page(desk_of(*(f"{year}-05-01" for year in range(1950, 1991))))
    assert len(links(text)) == 41
    assert 'href="/1950/05/"' not in text
    assert len(text) < 20_000


def test_a_story_more_is_counted_and_another_body_changes_nothing() -> None:
    desk = desk_of("1987-02-26", "1990-03-05")
    desk.site.write("content/world/more.md", story("More", "1987-02-28T10:00Z"))
    desk.build()
    assert_same(desk.output.files, desk.clean())
    before = dict(desk.output.files)
    desk.site.write("content/world/more.md", story("More", "1987-02-28T10:00Z", body="Other."))
    desk.build()
    assert "dates/index.html" not in differences(before, desk.output.files)


def test_without_pages_of_dates_there_is_none() -> None:
    desk = Desk({"content/world/a.md": story("A")})
    desk.set(pages=("tags",))
    desk.build()
    assert "dates/index.html" not in desk.output.files
