"""The rules of `check`: for each what is reported, and what is so near that it must not be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from newsgen import storyfile
from newsgen.commands.scaffold import NewSite, new_site
from newsgen.disk import MemoryDisk
from newsgen.index.cards import CardInputs, make_card
from newsgen.language.language import language_of
from newsgen.lint.archive_rules import ARCHIVE_RULES, check_archive
from newsgen.lint.duplicates import Sketch, sketch
from newsgen.lint.file_rules import FILE_RULES, check_file
from newsgen.lint.links import LINK_RULES
from newsgen.lint.picture_rules import PICTURE_RULES, PictureFile, check_pictures
from newsgen.lint.policy import POLICY_RULES
from newsgen.lint.rules import RULES, SWITCHABLE, switched_on
from newsgen.lint.site_rules import SITE_RULES, check_site
from newsgen.lint.story_rules import STORY_RULES, SiteFacts, check_story, entry_urls, live_story
from newsgen.lint.word_rules import WORD_RULES
from newsgen.messages import problems as messages
from newsgen.messages.problems import sentence
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.settings import Agency, RegisterEntry, SectionDefaults, SectionFile, Settings
from newsgen.model.story import Caption, Rights
from newsgen.model.value import value
from newsgen.source.registers import Register
from newsgen.source.settings import parse_settings
from newsgen.source.storylines import Storylines
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, story

SETTINGS = Settings("The Archive", "https://archive.example")
WORDS = "the a of harbour fog board ferry clock said mayor bridge on in gale sheep vote minister tide loaf bell".split()
LEDE = "The ferry came in sideways, said the harbour master, who had seen it done better by a wardrobe. "


@value
class Live:
    """A live story: its card, and the sketch of its body."""

    card: Card
    text: Sketch


def look(
    data: bytes,
    name: str = "a",
    *,
    people: Iterable[RegisterEntry] = (),
    places: Iterable[RegisterEntry] = (),
    sections: dict[str, SectionFile] | None = None,
) -> Live:
    """One story file as the check sees it."""
    path = f"content/world/{name}.md"
    made, problems = storyfile.read_story(path, data, SETTINGS, SectionDefaults(sections or {}))
    assert made is not None, problems
    registers = Register(people, "people"), Register(places, "places"), Register((), "tags")
    storylines = Storylines((), registers[2])
    inputs = CardInputs(SETTINGS, sections or {}, *registers, storylines, frozenset(), language_of("en"))
    return Live(make_card(made, "", inputs), sketch(made.body))


def site_facts(
    *, settings: Settings = SETTINGS, people: tuple[RegisterEntry, ...] = (), places: tuple[RegisterEntry, ...] = ()
) -> SiteFacts:
    live_ids = frozenset(["a-live-story"])
    return SiteFacts(settings, NOW, entry_urls(people, "people"), entry_urls(places, "places"), live_ids)


def checked(stories: Iterable[Live], site: SiteFacts, off: Iterable[str] = ()) -> list[Problem]:
    """What all rules say."""
    stories = list(stories)
    sketches = {story.card.path: story.text for story in stories}
    return list(check_archive([story.card for story in stories], sketches, site, frozenset(off)))


def problems_of(rule: str, stories: Iterable[Live], **names: tuple[RegisterEntry, ...]) -> list[Problem]:
    """What one rule says."""
    site = site_facts(people=names.get("people", ()), places=names.get("places", ()))
    problems = checked(stories, site, RULES.keys() - {rule})
    assert switched_on(problems, frozenset([rule])) == []
    assert "error" not in {problem.severity for problem in problems} or rule == "correction-missing"
    for problem in problems:
        assert sentence(problem)
    return problems


def copy(words: int, seed: int = 0) -> str:
    """So many words of text that nobody else has."""
    chance = Random(seed)
    return " ".join(chance.choice(WORDS) + "abcdefgh"[chance.randrange(8)] for _ in range(words)) + "."


# --- datelines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-07"),  # four days before
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-01T23:59"),  # two after
        ("SALTMERE, Dec 31 (Northern Wire)", "2020-01-04"),
        ("SALTMERE, Jan 2 (Northern Wire)", "2019-12-31"),
        ("SALTMERE, June 31 (Northern Wire)", "2019-07-01"),  # there is none
        ("SALTMERE, Feb 29 (Northern Wire)", "2019-03-01"),  # nor there, that year
        ("SALTMERE, June 3 (Northern Wire)", "2019-07-03"),  # the month forgotten
        ("3 June (Northern Wire)", "2019-07-03"),
        ("SALTMERE, June 3, 2018 (Northern Wire)", "2019-06-03"),
    ],
)
def test_a_dateline_of_another_day(dateline: str, date: str) -> None:
    (problem,) = problems_of("dateline-stale", [look(story("Fog", date, dateline=f'"{dateline}"'))])
    assert (problem.path, problem.values) == ("content/world/a.md", (dateline, date[:10]))
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-03T10:00"),
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-03"),
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-06"),  # over a weekend
        ("SALTMERE, June 3 (Northern Wire)", "2019-06-02T23:30"),  # it is tomorrow where it was filed
        ("SALTMERE, Dec 31 (Northern Wire)", "2020-01-01T00:10"),
        ("SALTMERE, Jan 1 (Northern Wire)", "2019-12-31T23:00"),
        ("SALTMERE, Feb 29 (Northern Wire)", "2020-03-01"),
        ("SALTMERE, 3 June (Northern Wire)", "2019-06-03"),
        ("SALTMERE, Sept 3 (Northern Wire)", "2019-09-03"),
        ("SALTMERE, June 3, 2019 (Northern Wire)", "2019-06-03"),
        ("SALTMERE, Feb & (Northern Wire)", "2019-06-03"),  # cannot be read: not judged
        ("SALTMERE (Northern Wire)", "2019-06-03"),
    ],
)
def test_a_dateline_that_may_stand(dateline: str, date: str) -> None:
    assert problems_of("dateline-stale", [look(story("Fog", date, dateline=f'"{dateline}"'))]) == []


def test_an_updated_story_may_have_an_updated_dateline() -> None:
    for day, reported in [("June 4", 0), ("June 9", 0), ("June 11", 0), ("June 12", 1)]:
        data = story("Fog", "2019-06-01", updated="2019-06-10", dateline=f'"SALTMERE, {day} (Northern Wire)"')
        assert len(problems_of("dateline-stale", [look(data)])) == reported, day


def test_a_story_without_a_dateline() -> None:
    """Nor is a brief, factbox, photo… asked for one."""
    kinds = ["story", "factbox", "timeline", "brief", "analysis", "advisory", "photo"]
    (problem,) = problems_of("dateline-missing", [look(story("Fog", type=kind), kind) for kind in kinds])
    assert (problem.path, problem.severity) == ("content/world/story.md", "advice")


def test_many_stories_without_a_dateline_are_said_once() -> None:
    few = [look(story("Fog"), f"{number:02}") for number in range(20)]
    assert [problem.rule for problem in problems_of("dateline-missing", few)] == ["dateline-missing"] * 20
    (problem,) = problems_of("dateline-missing", [*few, look(story("Gale"), "last")])
    assert (problem.rule, problem.path, problem.values) == ("datelines-missing", "content/world/00.md", ("21",))


# --- names ----------------------------------------------------------------------------------------------------------


def naming(*names: str, key: str = "people", people: tuple[RegisterEntry, ...] = ()) -> list[Live]:
    """Stories that name each of these; the first in two stories."""
    return [
        look(story("Fog", **{key: json.dumps([name])}), f"{number}", people=people)
        for number, name in enumerate((names[0], *names))
    ]


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("Gleb Stolyarov", "Gleb Stoliarov"),
        ("Ines Vargas", "Ines Varghas"),
        ("Ines Vargas", "Ines Varglas"),
        ("Perrin Holtby", "Perrin Holbty"),
        ("Sergei Stolyarov", "Sergey Stoliarov"),  # two, in a long name
        ("Christofer Weir", "Christopher Weir"),
        ("John Smith", "John A. Smith"),
        ("John A. Smith", "John Smith"),
        ("John Albert Smith", "John A. Smith"),
        ("Mary Ann Lee", "Maryann Lee"),
        ("Łucja Wrenlock", "Łucja Wrenlok"),
    ],
)
def test_two_spellings_of_a_person(common: str, rare: str) -> None:
    (problem,) = problems_of("name-near", naming(common, rare))
    assert (problem.path, problem.values) == ("content/world/2.md", (rare, common, "2"))
    assert f'aliases: ["{rare}"] under - name: {common} in content/_people.yaml' in sentence(problem)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg", "Arno Berg"),
        ("Maria Berglund", "Mario Berglund"),  # given names of one length
        ("Paula Berglund", "Paul Berglund"),  # and those of him and her
        ("Daniel Berglund", "Daniele Berglund"),
        ("Tonya Berglund", "Tania Berglund"),
        ("Wei Lee", "Wei Leo"),  # too short to tell
        ("Anna Torvall", "Anna Korvall"),  # another initial
        ("Christopher Martin", "Christopher Morton"),
        ("Bartholomew Stolyar", "Bartholomew Stalker"),
        ("John A. Smith", "John B. Smith"),
        ("Gleb Stolyarov", "Gleb Stoyarmov"),  # two letters off, and it sounds otherwise
        ("Al Stoliarev", "Al Stolyarav"),  # two letters of a short name
        ("J. Smith", "J. A. Smith"),
        ("John III", "John Smith III"),
        ("Jan Bergen", "Jan van Bergen"),
        ("John Smith", "John Smith Jr."),
        ("John Smith II", "John Smith III"),
        ("Ed Brook", "Ed B. Rook"),
        ("Wrenlock", "Wrenlok"),  # a word alone is no person's name
        ("Inés Vargas", "Ines  Vargas"),  # one name already
    ],
)
def test_two_persons(one: str, other: str) -> None:
    assert problems_of("name-near", naming(one, other)) == []


def test_of_three_spellings_two_are_reported_for_the_first() -> None:
    problems = problems_of("name-near", naming("Gleb Stolyarov", "Gleb Stoliarov", "Gleb Stolyarow"))
    assert [problem.values[:2] for problem in problems] == [
        ("Gleb Stoliarov", "Gleb Stolyarov"),
        ("Gleb Stolyarow", "Gleb Stolyarov"),
    ]


def test_a_spelling_of_a_spelling_is_reported_for_the_name_itself() -> None:
    looks = [*naming("Gleb Stolyarov"), *naming("Gleb Stolyarov", "Gleb Stoliarov", "Gleb Stoliarof")]
    problems = problems_of("name-near", [*looks, *naming("Gleb Stoliarov")])
    assert [problem.values for problem in problems] == [
        ("Gleb Stoliarof", "Gleb Stolyarov", "4"),
        ("Gleb Stoliarov", "Gleb Stolyarov", "4"),
    ]


def test_a_story_counts_once_for_each_name() -> None:
    twice = look(story("Fog", byline="Gleb Stolyarov", people="[Gleb Stolyarov]", editors="[Gleb Stolyarov]"))
    (problem,) = problems_of("name-near", [twice, *naming("Gleb Stolyarov"), *naming("Gleb Stoliarov")[1:]])
    assert problem.values == ("Gleb Stoliarov", "Gleb Stolyarov", "3")


def test_who_may_be_either_of_two_is_not_reported() -> None:
    assert problems_of("name-near", naming("John Smith", "John A. Smith", "John B. Smith")) == []


def test_what_the_file_of_names_says_is_believed() -> None:
    names = "Gleb Stolyarov", "Gleb Stoliarov"
    joined = (RegisterEntry(names[0], aliases=(names[1],)),)
    assert problems_of("name-near", naming(*names, people=joined), people=joined) == []
    two = (RegisterEntry(names[0]), RegisterEntry(names[1]))
    assert problems_of("name-near", naming(*names, people=two), people=two) == []
    rarer = (RegisterEntry(names[1]),)  # the one with an entry is the name, however rare
    (problem,) = problems_of("name-near", naming(*names, people=rarer), people=rarer)
    assert problem.values == (names[0], names[1], "1")


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("Brackwater", "Brackwatr"),
        ("Hannover", "Hanover"),
        ("Kestrel Bay", "Kestrelbay"),
        ("Saltmere, Corvane", "Satlmere, Corvane"),
    ],
)
def test_two_spellings_of_a_place(common: str, rare: str) -> None:
    (problem,) = problems_of("place-near", naming(common, rare, key="places"))
    assert problem.values == (rare, common, "2")
    assert "content/_places.yaml" in sentence(problem)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Lindmouth", "Windmouth"),
        ("Saltmere, Corvane", "Saltmere, Estmere"),
        ("Saltmere", "Satlmere, Corvane"),
        ("North Orrin", "South Orrin"),
    ],
)
def test_two_places(one: str, other: str) -> None:
    assert problems_of("place-near", naming(one, other, key="places")) == []


def test_a_place_without_a_record_is_said_once() -> None:
    known = (RegisterEntry("Kestrel Bay", aliases=("PORT KESTREL",)), RegisterEntry("Oslo"))
    looks = [
        look(
            story("Fog", places="[Oslo, Tarnhead]", dateline='"PORT KESTREL, May 1 (Northern Wire)"'), "b", places=known
        ),
        look(story("Fog", dateline='"TARNHEAD, May 1 (Northern Wire)"'), "a", places=known),
    ]
    (problem,) = problems_of("place-unknown", looks, places=known)
    assert (problem.path, problem.values) == ("content/world/a.md", ("Tarnhead", "2"))
    assert problem.severity == "advice"
    assert problems_of("place-unknown", looks) == []  # a site without _places.yaml


def test_a_person_without_a_record_is_said_once() -> None:
    known = (RegisterEntry("Ines Vargas", aliases=("I. Vargas",)),)
    looks = [
        look(story("Fog", people="[I. Vargas, Gleb Stolyarov]"), "b", people=known),
        look(
            story("Fog", people="[Gleb Stolyarov]", byline="Arno Berg"), "a", people=known
        ),  # who wrote it is no matter
    ]
    (problem,) = problems_of("person-unknown", looks, people=known)
    assert (problem.path, problem.values) == ("content/world/a.md", ("Gleb Stolyarov", "2"))
    assert problem.severity == "advice"
    assert problems_of("person-unknown", looks) == []  # a site without _people.yaml


def test_many_persons_without_a_record_are_said_once() -> None:
    known = (RegisterEntry("Ines Vargas"),)
    names = [f"Arno Berg{letter}" for letter in "abcdefghijklmnopqrst"]
    looks = [look(story("Fog", people=json.dumps([name])), name[-1]) for name in names]
    assert [problem.rule for problem in problems_of("person-unknown", looks, people=known)] == ["person-unknown"] * 20
    looks += [look(story("Fog", people="[Wei Lee, Arno Bergc]"), "z")]
    (problem,) = problems_of("person-unknown", looks, people=known)
    assert (problem.rule, problem.path) == ("persons-unknown", "content/_people.yaml")
    assert problem.values == ("21", "Arno Bergc (2), Arno Berga (1), Arno Bergb (1), Arno Bergd (1), Arno Berge (1)")


# --- sections -------------------------------------------------------------------------------------------------------


def in_sections(*names: str) -> list[Live]:
    """A story in each of these."""
    return [look(story("Fog", section=name), f"{number}") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("meant", "written"),
    [("World", "Wrold"), ("World", "Worlds"), ("Business", "Busines"), ("Arts & Books", "Art & Books")],
)
def test_a_section_of_one_story_that_is_nearly_another(meant: str, written: str) -> None:
    if written == "Art & Books":  # three letters are too few to tell
        assert problems_of("section-near", in_sections(meant, meant, written)) == []
        return
    (problem,) = problems_of("section-near", in_sections(meant, meant, written))
    assert (problem.path, problem.values, problem.severity) == ("content/world/2.md", (written, meant, "2"), "advice")


def test_sections_that_may_stand() -> None:
    assert problems_of("section-near", in_sections("World", "World", "Wrold", "Wrold")) == []  # two stories are in it
    assert problems_of("section-near", in_sections("World", "World", "Sport", "WORLD")) == []
    site = replace(site_facts(), sections=frozenset(["/worlds/", "/world/"]))  # each has a _section.yaml
    assert checked(in_sections("World", "World", "Worlds"), site, RULES.keys() - {"section-near"}) == []


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["https://archive.example.org", "https://example.com/news", "http://example.net:8080", "https://example.org"]
)
def test_an_address_that_is_an_example(url: str) -> None:
    (problem,) = check_site(Settings("The Archive", url))
    assert (problem.path, problem.rule, problem.severity) == ("pyproject.toml", "base-url-example", "warning")
    assert url in sentence(problem)


def test_the_description_that_init_wrote_is_asked_about_until_it_is_another() -> None:
    site = MemoryDisk()
    new_site(site, NewSite("The Archive", moment_at(NOW, "UTC"), "archive-1"))
    settings = parse_settings("pyproject.toml", site.read("pyproject.toml"))
    found = [problem for problem in check_site(settings) if problem.rule != "base-url-example"]
    assert [(problem.rule, problem.severity) for problem in found] == [("description-example", "advice")]
    assert "An archive of wire stories." in sentence(found[0])
    for text in ("Wire stories of the Lindmouth desk.", ""):
        assert "description-example" not in {p.rule for p in check_site(replace(settings, description=text))}


@pytest.mark.parametrize(
    "url",
    ["https://archive.example", "https://notexample.org", "https://example.organic.uk", "https://a.eu/example.org"],
)
def test_an_address_that_may_be_meant(url: str) -> None:
    assert list(check_site(Settings("The Archive", url))) == []


# --- datelines in the text ------------------------------------------------------------------------------------------


def datelines(body: str, dateline: str = "") -> list[tuple[str, ...]]:
    """What is said of a text that may have a dateline too many."""
    more = {"dateline": json.dumps(dateline)} if dateline else {}
    path = "content/world/a.md"
    made, _problems = storyfile.read_story(path, story("Fog", body=body, **more), SETTINGS, None)
    assert made is not None
    found = [problem for problem in check_file(made, ()) if problem.rule == "dateline-twice"]
    for problem in found:
        assert made.body.splitlines()[problem.line - made.body_line].strip()
        assert sentence(problem)
    return [problem.values for problem in found]


@pytest.mark.parametrize(
    ("before", "body", "found"),
    [
        ("SALTMERE, June 3 (Northern Wire)", "SALTMERE, June 3 (Northern Wire) - Fog came in.", "same"),
        ("SALTMERE, June 3 (Northern Wire)", "SALTMERE, June 3 - Fog came in.", "SALTMERE, June 3"),
        ("SALTMERE, June 3 (Northern Wire)", "LINDMOUTH, June 3 - Fog came in.", "LINDMOUTH, June 3"),
        ("Saltmere, June 3", "\n\nSaltmere, June 3 - Fog came in.", "Saltmere, June 3"),
        ("[東京　３日　ロイター]", "［東京　３日　ロイター］ - 霧が出た。", "［東京 ３日 ロイター］"),
        ("", "SALTMERE, June 3 (Northern Wire) - SALTMERE, June 3 - Fog came in.", "SALTMERE, June 3"),
        ("", "SALTMERE, June 3 (Northern Wire) -\n\nSALTMERE, June 3 - Fog came in.", "SALTMERE, June 3"),
    ],
)
def test_a_second_dateline(before: str, body: str, found: str) -> None:
    (values,) = datelines(body, before)
    assert values[1] == (before if found == "same" else found)


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("SALTMERE, June 3 (Northern Wire)", "Fog came in over Saltmere - and stayed."),
        ("SALTMERE, June 3 (Northern Wire)", "SALTMERE was under fog on Monday."),
        ("SALTMERE, June 3 (Northern Wire)", "Fog came in.\n\nSALTMERE, June 3 - That is what the log says."),
        ("", "SALTMERE, June 3 (Northern Wire) - Fog came in."),
        ("", "SALTMERE, June 3 - Fog came in.\n\nLINDMOUTH, June 3 - It came here too."),  # a round-up
        ("", "FOG came in - and stayed."),
        ("SALTMERE", ""),
    ],
)
def test_a_text_with_one_dateline(before: str, body: str) -> None:
    assert datelines(body, before) == []


# --- photos and rights ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("photo", "reported"),
    [
        ("{file: fog.jpg, caption: Fog.}", ("fog.jpg",)),
        ("{file: fog.jpg, alt: A grey field.}", None),
        ("{caption: Fog.}", None),
    ],
)
def test_a_photo_without_alt(photo: str, reported: tuple[str, ...] | None) -> None:
    problems = problems_of("alt-missing", [look(story("Fog", photos=f"[{photo}]"))])
    assert [problem.values for problem in problems] == ([reported] if reported else [])


def test_large_pictures_are_named_and_many_said_once() -> None:
    def said(count: int, size: int) -> list[tuple[str, tuple[str, ...]]]:
        files = (PictureFile(f"content/{n:02}.jpg", size, ()) for n in range(count))
        problems = list(check_pictures(files, is_made_smaller=True))
        assert all(problem.severity == "advice" and sentence(problem) for problem in problems)
        return [(problem.rule, problem.values) for problem in problems]

    assert said(2, 1_000_000) == []
    assert said(1, 3_249_000) == [("photo-large", ("3.2",))]
    assert said(20, 1_000_001) == [("photo-large", ("1.0",))] * 20
    assert said(21, 1_000_001) == [("photos-large", ("21",))]
    made = PictureFile("content/a.jpg", 9_000_000, (), is_copied=False)
    assert list(check_pictures([made], is_made_smaller=True)) == []


def test_without_pillow_one_warning_says_what_is_missing() -> None:
    files = [PictureFile(f"content/{n}.jpg", 250_000 + n, ()) for n in range(3)]
    (problem,) = check_pictures(files, is_made_smaller=False)
    assert (problem.rule, problem.path, problem.values) == ("photos-copied", "content/1.jpg", ("2",))
    assert "pip install 'newsgen[pictures]'" in sentence(problem)


def test_a_photo_that_may_not_be_shown_needs_no_alt() -> None:
    one = look(story("Fog", photos="[{file: fog.jpg}]"))
    assert problems_of("alt-missing", [replace(one, card=replace(one.card, photos=(None,)))]) == []


def test_an_agency_whose_rights_nothing_says_is_named_once() -> None:
    looks = [look(story("Fog", agency="Aldmoor Press"), name) for name in "ba"]
    (problem,) = problems_of("rights-missing", looks)
    assert (problem.path, problem.values) == ("content/world/a.md", ("Aldmoor Press", "2"))
    assert "(stories: 2)" in sentence(problem)


def test_rights_of_the_story_the_section_or_the_agency_are_enough() -> None:
    own = look(story("Fog", agency="Aldmoor Press", rights="{holder: Aldmoor Press}"))
    section = {"world": SectionFile("world", rights=Rights(holder="Aldmoor Press"))}
    inherited = look(story("Fog", agency="Aldmoor Press"), sections=section)
    none = look(story("Fog"))
    assert problems_of("rights-missing", [own, inherited, none]) == []
    plain = look(story("Fog", agency="[Gull Wire, aldmoor press]"))
    off = RULES.keys() - {"rights-missing"}
    for agency, reported in [
        (Agency("Aldmoor Press", "Free to reuse."), 0),
        (Agency("Aldmoor Press"), 2),
        (Agency("Other", "Free."), 2),
    ]:
        settings = replace(SETTINGS, agencies=(agency,))
        assert len(checked([plain], site_facts(settings=settings), off)) == reported, agency


# --- duplicates -----------------------------------------------------------------------------------------------------


def repeated(first: bytes, second: bytes) -> list[tuple[str, tuple[str, ...]]]:
    looks = [look(second, "second"), look(first, "first")]
    return [(problem.path, problem.values) for problem in problems_of("duplicate-story", looks)]


SAID = [("content/world/second.md", ("content/world/first.md",))]
LONG = copy(300)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LEDE * 2, LEDE.upper() + "\n\n" + LEDE.replace(",", " -")),  # case, marks and blanks say nothing
        (LONG, LONG.replace(LONG.split()[20], "colour")),
        (LONG, LONG + " It was later than it had been."),
        (LONG, " ".join(LONG.split()[4:])),
    ],
)
def test_a_text_that_is_told_twice(first: str, second: str) -> None:
    one, two = story("Fog", "2019-05-01", body=first), story("Gale", "2019-05-09", body=second)
    assert repeated(one, two) == SAID


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("No trade was reported on the floor.", "No trade was reported on the floor."),  # too short to be one story
        (LONG, copy(300, 1)),
        (LONG, copy(150) + copy(150, 2)),  # half of it
        (LONG, " ".join("colour" if at % 20 == 10 else word for at, word in enumerate(LONG.split()))),  # rewritten
        (f"{LONG} It rose to 52,000.", f"{LONG} It rose to 25,000."),  # last week's report but for its figures
        ("", ""),
    ],
)
def test_texts_that_are_two(first: str, second: str) -> None:
    kind = {"type": "brief"}
    assert repeated(story("Fog", body=first, **kind), story("Gale", "2019-05-09", body=second, **kind)) == []


@pytest.mark.parametrize(
    ("headline", "more", "reported"),
    [
        ("Fog shuts harbour", {}, True),
        ("FOG SHUTS HARBOUR", {}, True),
        ("UPDATE 1-Fog shuts harbour", {}, True),
        ("Fog shuts the harbour", {}, False),
        ("Fog shuts harbour", {"date": "2019-05-02T01:00"}, False),
        ("Fog shuts harbour", {"section": "Weather"}, False),
        ("Fog shuts harbour", {"type": "factbox"}, False),
    ],
)
def test_a_headline_that_is_there_twice_in_a_day(headline: str, more: dict[str, str], reported: bool) -> None:
    later = {"date": "2019-05-01T12:00", "section": "World"} | more
    first = story("Fog shuts harbour", body=copy(80))
    second = story(f'"{headline}"', body=copy(80, 1), **later)
    assert repeated(first, second) == (SAID if reported else [])


def test_each_repeat_names_the_first() -> None:
    looks = [look(story("Fog", f"2019-05-0{day}", body=LONG), f"{day}") for day in (3, 1, 2)]
    assert [(problem.path, problem.values) for problem in problems_of("duplicate-story", looks)] == [
        ("content/world/2.md", ("content/world/1.md",)),
        ("content/world/3.md", ("content/world/1.md",)),
    ]


def test_an_old_version_repeats_nothing() -> None:
    """And is repeated by nothing: its newest version stands for it."""
    old, newer = (look(story("Fog", f"2019-05-0{day}", body=LONG), f"{day}") for day in (1, 2))
    old = replace(old, card=replace(old.card, newest="2"))
    assert problems_of("duplicate-story", [old, newer]) == []


def test_order_says_nothing() -> None:
    looks = [look(story("Fog", f"2019-05-0{day}", body=copy(300, day % 2)), f"d{day}") for day in range(1, 9)]
    looks += naming("Gleb Stolyarov", "Gleb Stoliarov", "Gleb Stolyarow", "Inés Vargas", "Ines Vargas", "Ines Vargass")
    problems = {tuple(sorted(map(repr, checked(order, site_facts())))) for order in (looks, looks[::-1])}
    assert len(problems) == 1


def test_a_sketch_is_the_same_on_every_machine_and_day() -> None:
    made = sketch(LEDE * 4)
    assert (made.words, made.digest, made.figures) == (72, 17993871717008190688, 0)
    assert sum(memoryview(made.bins).cast("H")) == 2217571


# --- dates ----------------------------------------------------------------------------------------------------------


def test_a_date_that_is_yet_to_come() -> None:
    """A day ahead it is tomorrow somewhere; a year ahead somebody took `date` for an embargo."""
    ahead = [look(story("Fog", date), date) for date in ("2020-01-02T11:59", "2020-01-02T12:01", "2030-01-01")]
    assert [problem.values for problem in problems_of("date-ahead", ahead)] == [
        ("2020-01-02T12:01:00+00:00",),
        ("2030-01-01",),
    ]


# --- corrections, pins, files ---------------------------------------------------------------------------------------


def test_a_headline_tagged_corrected_without_a_correction() -> None:
    (problem,) = problems_of("correction-missing", [look(story('"CORRECTED-Fog"'), "a"), look(story("Fog"), "b")])
    assert (problem.path, problem.severity) == ("content/world/a.md", "error")


def test_a_related_story_that_is_not_live() -> None:
    problems = problems_of("related-unknown", [look(story("Fog", related="[a-live-story, -gone, gone]"))])
    assert [problem.values for problem in problems] == [("-gone",), ("gone",)]


@pytest.mark.parametrize(
    ("section", "story_id", "is_right"),
    [("", "a", True), ("world", "a", True), ("sport", "a", False), ("", "c", False), ("world", "old", True)],
)
def test_a_lead_that_is_not_live_or_of_another_section(section: str, story_id: str, *, is_right: bool) -> None:
    live, old = look(story("Fog", id="a")).card, replace(look(story("Fog", id="old"), "old").card, newest="a")
    site = replace(site_facts(), leads=(("content/world/_section.yaml", section, story_id),))
    problems = list(check_archive([live, old], {}, site, frozenset(RULES.keys() - {"lead-unknown"})))
    assert [problem.values[0] for problem in problems] == ([] if is_right else [story_id])
    assert all(sentence(problem) for problem in problems)


def test_an_old_version_is_asked_for_its_correction_and_pins_alone() -> None:
    one = look(story('"CORRECTED-Fog"', "2030-01-01", related="[gone]", photos="[{file: a.jpg}]"))
    old = live_story(replace(one.card, newest="b"))
    rules = [problem.rule for problem in check_story(old, site_facts())]
    assert rules == ["correction-missing", "related-unknown"]


@pytest.mark.parametrize(
    ("kind", "said"), [("story", ["no-body"]), ("factbox", ["no-body"]), ("brief", []), ("photo", [])]
)
def test_a_file_without_a_text(kind: str, said: list[str]) -> None:
    made, _problems = storyfile.read_story("content/world/a.md", story("Fog", body="", type=kind), SETTINGS, None)
    assert made is not None
    assert [problem.rule for problem in check_file(made, ())] == said


@pytest.mark.parametrize(
    ("headline", "more", "rules"),
    [
        ("Fog story withdrawn", {"body": "The story headlined “Fog in Lund” is wrong. It has been withdrawn."}, 1),
        ("Advisory: Fog story withdrawn", {"body": "Please be advised the story on the fog has been withdrawn."}, 1),
        ("ANNULATION", {"body": "La dépêche sur le brouillard est annulée."}, 1),
        ("Fog story withdrawn", {"body": "The story on the fog has been withdrawn.", "status": "withheld"}, 0),
        ("Fog story withdrawn", {"body": "The Gazette has withdrawn a story, it said.", "dateline": "LUND (AP)"}, 0),
        ("Ferry withdrawn in fog", {"body": "The ferry has been withdrawn."}, 0),
    ],
)  # fmt: skip
def test_a_notice_that_is_shown_as_a_story(headline: str, more: dict[str, str], rules: int) -> None:
    data = story(json.dumps(headline), **more)
    made, _problems = storyfile.read_story("content/world/a.md", data, SETTINGS, None)
    assert made is not None
    assert [(p.rule, p.severity) for p in check_file(made, ())] == [("notice-as-story", "warning")] * rules


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Fog.\n\nIt lifted.\n\nContact: ann@wire.example\n", "ann@wire.example"),
        ("\n\n\nNewsroom +44 20 7946 0123.\n\nFog.\n", "+44 20 7946 0123"),
        ("Fog. Call\ntel. 020 7946 0123.", "tel. 020 7946 0123"),
        ("Fog.\n\nCall +44 20 7946 0123.\n\nIt lifted.", ""),  # inside a story it is news
        ("Fog, of 12 345 678 drops, in 1987 1988 1989.", ""),
    ],
)
def test_contacts_at_an_end_of_a_body(body: str, said: str) -> None:
    data = story("Fog", body=body)
    made, _problems = storyfile.read_story("content/world/a.md", data, SETTINGS, None)
    assert made is not None
    found = list(check_file(made, ()))
    assert [(p.rule, p.values[0], p.severity) for p in found] == ([("contact-in-body", said, "advice")] if said else [])
    for problem in found:
        assert data.decode().split("\n")[problem.line - 1][problem.column - 1 :].startswith(said)


def test_a_photo_that_an_archive_may_not_keep() -> None:
    captions = Caption("Fog.", "Fog."), Caption("Fog.", "Fog. NO ARCHIVES.", no_archives=True)
    made, _problems = storyfile.read_story("content/world/a.md", story("Fog"), SETTINGS, None)
    assert made is not None
    assert [(p.rule, p.severity) for p in check_file(made, captions)] == [("no-archives", "warning")]


# --- all of them ----------------------------------------------------------------------------------------------------


def test_every_rule_is_listed_and_has_a_sentence() -> None:
    page_rules = LINK_RULES | POLICY_RULES | WORD_RULES
    assert RULES.keys() == FILE_RULES | PICTURE_RULES | STORY_RULES.keys() | ARCHIVE_RULES | SITE_RULES | page_rules
    assert set(RULES) <= set(messages.RULES)
    assert list(RULES) == sorted(RULES)


def test_every_rule_can_be_switched_off() -> None:
    looks = [
        look(
            story("Fog", body=LONG, dateline='"SALTMERE, June 9 (Northern Wire)"', photos="[{file: a.jpg}]",
                  related="[gone]"), "1",
        ),
        look(story("Fog", body=LONG, people="[Gleb Stolyarov]", places="[Brackwater]", agency="Aldmoor Press"), "2"),
        look(story("Gale", "2020-01-03T10:00", people="[Gleb Stoliarov]", places="[Brackwatr]"), "3"),
        look(story('"CORRECTED-UPDATE 2-Tide turns late"', body=LEDE), "4"),
        look(story("Tide turns late", body=LEDE * 2), "0"),
        look(story("Ebb", section="Wrold"), "5"),
    ]  # fmt: skip
    site = site_facts(people=(RegisterEntry("Ines Vargas"),), places=(RegisterEntry("Oslo"),))
    site = replace(site, leads=(("pyproject.toml", "", "gone"),))
    asked = {problem.rule for problem in checked(looks, site)}
    assert asked == STORY_RULES.keys() | ARCHIVE_RULES
    assert checked(looks, site, RULES) == []
    for rule in RULES:
        assert {problem.rule for problem in checked(looks, site, [rule])} == asked - {rule}


def test_what_a_build_or_the_pages_say_can_be_switched_off_too() -> None:
    problems = [Problem(rule, "a") for rule in ("no-body", "no-archives", "broken-link", "version-likely", "bad-id")]
    off = frozenset(["no-body", "no-archives", "broken-link", "version-unlinked"])
    assert [problem.rule for problem in switched_on(problems, off)] == ["bad-id"]


def test_a_site_without_fault_and_a_site_without_stories() -> None:
    fog = look(story("Fog", dateline='"SALTMERE, May 1"'))
    assert checked([fog], site_facts()) == []
    assert checked([], site_facts(places=(RegisterEntry("Oslo"),))) == []


def test_odd_names_and_texts_do_no_harm() -> None:
    odd = ["+ +", "C++", "' '", "\u0301 \u0301", "日本 太郎", "x" * 5000 + " y", "Jr. III", "a" * 200 + " b"]
    data = story("Fog", people=json.dumps(odd), places=json.dumps(odd))
    texts = enumerate(("", "...", "\ud800 a", "日本" * 5000, "a " * 500))
    looks = [replace(look(data, f"{number}"), text=sketch(text)) for number, text in texts]
    site = site_facts(people=(RegisterEntry("Ines Vargas"),), places=(RegisterEntry("Oslo"),))
    assert all(sentence(problem) for problem in checked(looks, site))


def test_rules_that_find_errors_stay_on() -> None:
    assert RULES.keys() - SWITCHABLE.keys() == {"broken-fragment", "broken-link", "correction-missing", "link-outside"}
