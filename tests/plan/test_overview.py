"""What the page of a topic, person or place says of all its stories, and of the topics above and below it."""

from __future__ import annotations

import re

from newsgen.messages.shown import show
from tests.support.sites import Desk, assert_same, differences, story

TOPICS = b"""\
- name: Cereals
  text: What is grown for its grains.
  aliases: [corn]
- name: Wheat
  parent: cereals
- name: Durum
  parent: Wheat
"""


def desk_of(*stories: bytes, topics: bytes = TOPICS) -> Desk:
    desk = Desk({f"content/{n}.md": data for n, data in enumerate(stories)} | {"content/_topics.yaml": topics})
    desk.build()
    return desk


def page(desk: Desk, path: str) -> str:
    return desk.output.files[f"{path}/index.html"].decode()


def test_a_topic_has_its_introduction_and_its_other_names() -> None:
    desk = desk_of(story("A", id="a", tags="[corn]"), story("B", id="b", tags="[Cereals]"))
    assert "What is grown for its grains." in page(desk, "tags/cereals")
    assert page(desk, "tags/cereals").count("data-story=") >= 2
    assert "tags/corn/index.html" not in desk.output.files


def test_topics_lead_up_and_down() -> None:
    desk = desk_of(*(story(name, id=name, tags=f"[{name}]") for name in ("cereals", "wheat", "durum")))
    crumbs = page(desk, "tags/durum").partition('class="crumbs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="(/tags/.*?)"', crumbs) == ["/tags/", "/tags/cereals/", "/tags/wheat/"]
    assert '<a href="/tags/wheat/">Wheat</a>' in page(desk, "tags/cereals").partition('class="links"')[2]


def test_a_topic_that_comes_or_goes_is_led_to_or_no_longer() -> None:
    desk = desk_of(*(story(name, id=name, tags=f"[{name}]") for name in ("cereals", "wheat", "durum")))
    for change in ("[]", "[wheat]", "[durum]"):
        desk.site.write("content/1.md", story("wheat", id="wheat", tags=change))
        desk.build()
        assert_same(desk.output.files, desk.clean())
    desk.site.remove("content/0.md")
    desk.build()
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/_topics.yaml", b"- {name: Durum, text: Hard.}\n")
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_wrong_parents_are_named_with_their_line() -> None:
    desk = Desk(
        {
            "content/a.md": story("A"),
            "content/_topics.yaml": b"- name: A\n  parent: B\n- name: B\n  parent: A\n- name: C\n  parent: D\n",
        }
    )
    messages = [show(problem) for problem in desk.build().problems if problem.severity == "error"]
    assert [message.splitlines()[0] for message in messages] == [
        "content/_topics.yaml:1:3: The topic A is above itself, by way of its parents. Take one parent away.",
        "content/_topics.yaml:3:3: The topic B is above itself, by way of its parents. Take one parent away.",
        "content/_topics.yaml:5:3: The topic C has the parent D, which _topics.yaml does not have. Add it, or correct "
        "the name.",
    ]


def grain(count: int) -> list[bytes]:
    """Stories on grain over four months, half of them by Ines Varga."""
    return [
        story(
            f"Grain {n}", f"1987-{2 + n % 4:02}-0{1 + n // 4}T10:00Z", id=f"g{n}", tags="[grain, ferries]",
            byline="Ines Varga" if n % 2 else "Tom Arkell", dateline='"KESTREL BAY (Northern Wire)"',
        )
        for n in range(count)
    ]  # fmt: skip


def test_a_timeline_and_its_table() -> None:
    desk = desk_of(*grain(14))
    text = page(desk, "tags/grain")
    line = text[text.index('class="ways timeline"') :].partition("</section>")[0]
    assert re.findall(r"M(\d+) 24v-(\d+)", line) == [("0", "24"), ("4", "24"), ("8", "18"), ("12", "18")]
    assert re.findall(r'<td class="right">(\d+)', line) == ["4", "4", "3", "3"]
    assert "timeline" not in page(desk_of(*grain(11)), "tags/grain")
    desk.site.write("content/more.md", story("More", "1990-01-01T10:00Z", id="more", tags="[grain]"))
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_what_occurs_with_a_topic() -> None:
    desk = desk_of(*grain(6))
    text = page(desk, "tags/grain").partition('class="together"')[2]
    rows = re.findall(r'<li><a href="(.*?)">.*?</a> (\d)</li>', text)
    assert rows == [("/tags/ferries/", "6"), ("/people/ines-varga/", "3"), ("/people/tom-arkell/", "3"),
                    ("/places/kestrel-bay/", "6")]  # fmt: skip
    desk.site.write("content/1.md", grain(6)[1].replace(b"Ines Varga", b"Ruth Oyelaran"))
    desk.build()
    assert_same(desk.output.files, desk.clean())
    before = dict(desk.output.files)
    desk.site.write("content/1.md", grain(6)[1].replace(b"Ines Varga", b"Ruth Oyelaran") + b"More.\n")
    desk.build()
    assert "tags/grain/index.html" not in differences(before, desk.output.files)
