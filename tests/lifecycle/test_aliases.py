"""Addresses that stories had on another site lead to them, as those of the ledger do."""

from __future__ import annotations

import pytest

from newsgen.commands import kill, urls
from newsgen.lifecycle.aliases import Alias
from newsgen.lifecycle.redirects import redirects
from newsgen.messages.problems import sentence
from newsgen.publish.host_rules import parse_rules
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, story


def desk(host: str = "netlify", /, **stories: dict[str, str]) -> Desk:
    site = Desk({f"content/world/{id_}.md": story(f"Story {id_}", id=id_, **more) for id_, more in stories.items()})
    site.set(host=host)
    return site


def rules(site: Desk) -> list[str]:
    lines = site.output.files.get("_redirects", b"").decode().splitlines()
    return [line for line in lines if line.startswith("/")]


def problems(site: Desk) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(problem.rule, problem.path, problem.values) for problem in site.build().problems]


def test_an_alias_leads_to_its_story() -> None:
    site = desk(fog={"aliases": "[/2019/05/fog/, /old/fog.php, 'https://old.example/x/fog']"})
    assert problems(site) == []
    to = next(path for path in site.output.files if path.endswith("story-fog.html"))
    assert rules(site) == [f"/2019/05/fog/ /{to} 301", f"/old/fog.php /{to} 301", f"/x/fog /{to} 301"]


def test_an_alias_follows_its_story_and_goes_with_it() -> None:
    site = desk(fog={"aliases": "/fog"})
    site.build()
    site.site.write("content/world/fog.md", story("Story fog", section="Sport", id="fog", aliases="/fog"))
    site.build()
    assert rules(site)[0].startswith("/fog /sport/")
    for more in ({"aliases": "/fog", "embargo": "hold"}, {}):
        site.site.write("content/world/fog.md", story("Story fog", id="fog", **more))
        site.build()
        assert rules(site) == []


def test_the_alias_of_a_killed_story_leads_nowhere() -> None:
    site = desk(fog={"aliases": "/fog"}, ice={})
    urls.record_addresses(site.job(site.output), "2020-01-01")
    kill.kill(site.job(site.output), "fog", "It was false.", "", moment_at(NOW, "UTC"))
    site.build()
    assert not any(line.startswith("/fog ") for line in rules(site))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"fog": {"aliases": "/x"}, "ice": {"aliases": "/x"}}, ("alias-twice", "content/world/ice.md", ("/x", "fog"))),
        ({"fog": {"aliases": "/world/"}}, ("alias-taken", "content/world/fog.md", ("/world/", "/world/"))),
        ({"fog": {"aliases": "fog.html"}}, ("bad-alias", "content/world/fog.md", ("aliases", "fog.html"))),
        ({"fog": {"aliases": "/tags/x"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/tags/x"))),
        ({"fog": {"aliases": "/*"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/*"))),
        ({"fog": {"aliases": "/:year/fog"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/:year/fog"))),
        ({"fog": {"aliases": "'/a?p=:id'"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/a?p=:id"))),
        ({"fog": {"aliases": "'/a?p'"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/a?p"))),
        ({"fog": {"aliases": "'/a?p=1 2'"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/a?p=1 2"))),
        ({"fog": {"aliases": "'/a;b?p=1'"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/a;b?p=1"))),
        ({"fog": {"aliases": "'/a/../b?p=1'"}}, ("bad-alias", "content/world/fog.md", ("aliases", "/a/../b?p=1"))),
        (
            {"fog": {"aliases": "'/x?a=1&b=2'"}, "ice": {"aliases": "'/x?b=2&a=1'"}},
            ("alias-twice", "content/world/ice.md", ("/x?b=2&a=1", "fog")),
        ),
    ],
)
def test_what_is_wrong_with_an_alias(more: dict[str, dict[str, str]], said: tuple[str, str, tuple[str, ...]]) -> None:
    assert said in problems(desk("netlify", **more))


def test_an_alias_where_a_story_or_a_page_is() -> None:
    site = desk(fog={}, ice={"aliases": "[/about/, /map.pdf]"})
    site.site.write("content/_pages/about.md", b"---\ntitle: About\n---\nWe.\n")
    site.site.write("static/map.pdf", b"%PDF")
    site.build()
    to = next(path for path in site.output.files if path.endswith("story-fog.html"))
    site.site.write("content/world/rye.md", story("Story rye", id="rye", aliases=f"/{to}"))
    assert problems(site) == [
        ("alias-taken", "content/world/ice.md", ("/about/", "/about/")),
        ("alias-taken", "content/world/ice.md", ("/map.pdf", "/map.pdf")),
        ("alias-taken", "content/world/rye.md", (f"/{to}", f"/{to}")),
    ]
    site.site.remove("content/_pages/about.md")
    assert ("alias-taken", "content/world/ice.md", ("/about/", "/about/")) not in problems(site)
    assert [line for line in rules(site) if line.startswith("/about/ ")]


def test_a_host_without_rules_gets_pages_that_lead_on() -> None:
    site = desk("github", fog={"aliases": "[/2019/05/fog/, /2019/fog, /old/fog.html, /old/fog.php]"})
    assert [(rule, values) for rule, _path, values in problems(site)] == [("alias-host", ("/old/fog.php",))]
    for path in ("2019/05/fog/index.html", "2019/fog/index.html", "old/fog.html"):
        assert b"story-fog.html" in site.output.files[path]
    assert "old/fog.php" not in site.output.files


def test_an_alias_with_a_query_comes_before_what_is_there_without() -> None:
    """Where a host tells queries apart: rules that name more come first, and hold though a page stands there."""
    old = "['/story.php?id=12', '/?p=7', '/story.php?id=12&page=2', /story.php, 'https://old.example/index.php?id=3']"
    site = desk(fog={"aliases": old})
    assert problems(site) == []
    to = next(path for path in site.output.files if path.endswith("story-fog.html"))
    assert rules(site) == [
        f"/story.php id=12 page=2 /{to} 301!",
        f"/ p=7 /{to} 301!",
        f"/index.php id=3 /{to} 301!",
        f"/story.php id=12 /{to} 301!",
        f"/story.php /{to} 301",
    ]
    read = parse_rules("", site.output.files["_redirects"].decode())
    assert read.redirect_of("/story.php", "page=2&id=12") == (f"/{to}", 301, True)
    assert read.redirect_of("/story.php", "id=12") == (f"/{to}", 301, True)
    assert read.redirect_of("/story.php", "id=13") == (f"/{to}", 301, False)
    assert read.redirect_of("/", "p=7") == (f"/{to}", 301, True)
    assert read.redirect_of("/", "p=8") is read.redirect_of("/") is None
    assert len(read.redirects) == 5


@pytest.mark.parametrize("host", ["cloudflare", "gitlab", "github", "s3", "other"])
def test_a_host_that_tells_no_queries_apart(host: str) -> None:
    site = desk(host, fog={"aliases": "['/story.php?id=12', /fog]"})
    assert problems(site) == [("alias-query", "content/world/fog.md", ("/story.php?id=12",))]
    assert not [path for path in site.output.files if "story.php" in path]
    assert not [line for line in rules(site) if "id=12" in line]


def test_more_queries_than_a_host_has_rules() -> None:
    aliases = tuple(Alias(f"/?p={number}", "fog", "content/a.md") for number in range(10_002))
    places = {"fog": ("/world/fog.html", "", "content/a.md")}
    found = redirects((), places, lambda _paths: {}, "netlify", (*aliases, Alias("/fog", "fog", "content/a.md")))
    assert len(found.asked) == 10_000
    assert [redirect.url for redirect in found.stubs] == ["/fog"]
    over = [(problem.rule, problem.values) for problem in found.problems]
    assert over[0] == ("alias-queries-over", ("10002", "netlify", "10000", "/world/fog.html"))
    assert all(sentence(problem) for problem in found.problems)
