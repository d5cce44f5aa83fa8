"""What a page says about itself: JSON-LD is JSON as `json` writes it, and nothing is made that nobody reads."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsgen.model.card import Item, Picture
from newsgen.model.page_parts import Head, ShownPhoto, StoryText
from newsgen.model.pages import Article, Directory, Home, Listing, NotFound, Shown
from newsgen.model.settings import Site
from newsgen.model.story import Caption, Correction, Credit, Link, Moment, Rights
from newsgen.render.head import head_of

NASTY = "\"'\\/</script><!--&amp;\u2028\u2029\x00\x7f\té漢😀"
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def a_site(text: str = "Wire") -> Site:
    assets = (("card.png", "/assets/card.1.png"), ("site.css", "/assets/site.2.css"))
    return Site(text, "https://a.example/x", "/x", "en", "UTC", text, (), (), (), assets, "newsgen")


def an_article(text: str = "Oil", place: str = "Oslo / Rome") -> Article:
    link = Link(text, "/people/a/")
    item = Item(text, "/a.html", text, (), "1987-02-26", "", "1987-02-26", text, "/world/", place, text, "story")
    return Article(
        item, Moment("1987-02-26", 100, "1987-02-26", "", ""), "1987-02-27", "", (), (), (), (), (), (), (), None, (),
        (Link(text, "/tags/a/"),), (link, Link(text)), (link, Link(text)), (("editing", link), ("reporting", link)), (),
        (), (Link(text, "/world/"),), "live", False, "", "",
    )  # fmt: skip


class GivenStory(StoryText):
    """A story whose parts are given."""

    def __init__(self, **parts: object) -> None:
        self.__dict__.update(parts)


def a_story(text: str = "Oil") -> StoryText:
    moment = Moment("1987-02-27", 200, "1987-02-27", "", "")
    photo = ShownPhoto(Picture("/media/a.png", 16, 9, text, "image/png"), Caption(text, text), None)
    return GivenStory(
        id=text, html=text, summary=text, words=7, letters=0, dateline=text, agency=(text,), byline=(Link(text),),
        credits=((Credit("reporting", text), Link(text)),), credit=text, headline_raw="", slugline="", notes=(),
        corrections=(Correction(moment, "correction", text),), updated=moment, rights=Rights(text, text, text, text),
        language="", direction="", photos=(photo,), contributors=(), organisations=(text,), urgency=None,
        highwire=(("citation_title", text),),
    )  # fmt: skip


def bare(story: StoryText) -> StoryText:
    texts = dict.fromkeys(("summary", "dateline", "credit"), "")
    series = dict.fromkeys(("agency", "byline", "corrections", "photos", "organisations"), ())
    return GivenStory(**vars(story) | texts | series | {"updated": None, "rights": None})


def a_listing(kind: str, level: str, text: str = "Oil") -> Listing:
    return Listing(
        kind, text, text, text, "/a/", level, "", 3, "1987-02-26", "1987-02-27", (Link(text, "/b/"), Link(text)), (),
        "lead", (), True, (), (), None, None, None, "/a/feed.xml", (), f"https://b.example/{text}",
    )  # fmt: skip


def pages(text: str) -> list[tuple[Shown, StoryText | None]]:
    article = an_article(text)
    nobody = replace(article, persons=(), people=(), places=(), tags=(), item=replace(article.item, place=""))
    return [
        (article, a_story(text)),
        (article, bare(a_story(text))),
        (nobody, bare(a_story(text))),
        (nobody, GivenStory(**vars(bare(a_story(text))) | {"agency": (text,)})),
        (replace(article, item=replace(article.item, place=" / ")), a_story(text)),
        *((a_listing(kind, level, text), None) for kind in ("section", "person", "place") for level in ("all", "year")),
        (Directory("tag", text, "/tags/", "", 2, (), (), (), (Link(text),)), None),
        (Home((), (), (), (), 3, "1987-02-26", "1987-02-27"), None),
    ]


def as_json_writes_it(text: str) -> str:
    plain = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
    return "".join(ESCAPES.get(character, character) for character in plain)


@example(NASTY)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_jsonld_is_what_json_writes(text: str) -> None:
    for page, story in pages(text):
        jsonld = head_of(a_site(text), page, story).jsonld
        assert jsonld == as_json_writes_it(jsonld)
        assert not set(jsonld) & set(ESCAPES)


def test_jsonld_of_hostile_text_reads_back() -> None:
    for page, story in pages(NASTY):
        graph = json.loads(head_of(a_site(NASTY), page, story).jsonld)["@graph"]
        assert NASTY in (graph[0].get("headline") or graph[0]["name"])


def news_article(page: Article, story: StoryText) -> dict[str, object]:
    node: dict[str, object] = json.loads(head_of(a_site(), page, story).jsonld)["@graph"][0]
    return node


def test_an_article_names_only_what_it_has() -> None:
    full = news_article(an_article(), a_story())
    assert list(full)[-12:] == [
        "dateline", "locationCreated", "contentLocation", "mentions", "keywords", "editor", "correction", "creditText",
        "sourceOrganization", "copyrightNotice", "copyrightYear", "copyrightHolder",
    ]  # fmt: skip
    assert full["locationCreated"] == [{"@type": "Place", "name": "Oslo"}, {"@type": "Place", "name": "Rome"}]
    assert full["dateModified"] == "1987-02-27"
    article = replace(an_article(place=""), modified="1987-02-26", persons=(), people=(), places=(), tags=())
    bare_one = news_article(article, bare(a_story()))
    assert list(bare_one)[-1] == "copyrightYear"
    assert bare_one["publisher"] == {"@id": "https://a.example/x/#publisher"}
    assert bare_one["author"] == [full["publisher"]]  # said once
    assert bare_one["image"] == ["https://a.example/x/assets/card.1.png"]
    assert bare_one["dateModified"] == "1987-02-26"


def test_breadcrumbs_are_the_pages_that_lead_to_it() -> None:
    """Of one page there is no list: the page itself is the second then, without an address."""
    lone, led = replace(an_article(), crumbs=()), an_article()
    for page, count in ((lone, 2), (led, 1 + len(led.crumbs))):
        items = json.loads(head_of(a_site(), page, a_story()).jsonld)["@graph"][1]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, count + 1))
        assert ["item" in item for item in items] == [True, *[page is led] * (count - 1)]


def test_a_text_without_spaces_has_no_count_of_words() -> None:
    assert news_article(an_article(), a_story())["wordCount"] == 7
    assert "wordCount" not in news_article(an_article(), GivenStory(**vars(a_story()) | {"words": 0, "letters": 7}))


@pytest.mark.parametrize(("page", "story"), [*pages("Oil"), (NotFound((), ()), None)])
def test_every_part_of_a_head_is_there(page: Shown, story: StoryText | None) -> None:
    head = head_of(a_site(), page, story)
    for name in Head.__annotations__:
        assert getattr(head, name) is not None, name


def test_nothing_is_made_that_no_template_asks_for() -> None:
    head = head_of(a_site(), an_article(), a_story())
    assert head.title == "Oil – 26 February 1987 | Wire"
    assert not {"jsonld", "description", "image", "properties"} & set(vars(head))
    assert head.jsonld is head.jsonld
    assert "jsonld" in vars(head)
