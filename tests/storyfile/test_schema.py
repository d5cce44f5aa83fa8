"""The schema of a story file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen import storyfile
from newsgen.messages.shown import show
from newsgen.model.errors import Problem
from newsgen.model.settings import SectionDefaults, SectionFile, SectionHold, Settings
from newsgen.model.story import Contributor, Correction, Dateline, Kill, Photo, Rights, SourceNote, Story

SETTINGS = Settings("Archive", "https://archive.example", timezone="Europe/London")
PATH = "content/world/1987/02/x.md"
BASE = "id: x1\nheadline: Grain talks resume\ndate: 1987-02-26T15:01\nsection: World\n"


def read(more: str, section: SectionFile | None = None, base: str = BASE) -> tuple[Story | None, tuple[Problem, ...]]:
    defaults = None
    if section:
        hold = SectionHold("content/world/_section.yaml", "content/world/", "world", section.embargo)
        defaults = SectionDefaults({"world": section}, (hold,) if section.embargo else ())
    return storyfile.read_story(PATH, f"---\n{base}{more}\n---\nText.\n".encode(), SETTINGS, defaults)


def story(more: str = "", section: SectionFile | None = None, base: str = BASE) -> Story:
    parsed, problems = read(more, section, base)
    assert [show(problem) for problem in problems] == []
    assert parsed is not None
    return parsed


def rules(more: str, base: str = BASE) -> list[str]:
    return [problem.rule for problem in read(more, base=base)[1]]


def test_three_keys_and_a_body_make_a_story() -> None:
    parsed, problems = read("", base="headline: Grain talks resume\ndate: 1987-02-26T15:01\nsection: World\n")
    assert parsed is not None
    assert (parsed.id, parsed.has_id, parsed.slug) == ("world/1987/02/x", False, "grain-talks-resume")
    assert (parsed.body, parsed.body_line, parsed.status, parsed.type) == ("Text.\n", 7, "live", "story")
    assert [(problem.rule, problem.severity) for problem in problems] == [("no-id", "advice")]


def test_every_key() -> None:
    parsed = story(
        """updated: 1987-02-26T16:00Z
slug: grain-talks
slugline: BC-GRAIN
byline: [By Anna Lindqvist, Tom Byrne]
dateline: GENEVA, Feb 26 (Northern Wire)
credit: (Reporting by Anna Lindqvist; Editing by Ruth Adler)
contributors: [{role: graphics, name: Jo Pask, place: Geneva}]
tags: [grain, trade]
people: Ruth Adler
places: [Geneva]
organisations: [Grain Council]
photos:
- {file: silo.jpg, caption: A silo., alt: Silo, credit: Mila Hart, expires: 1999-01-01T00:00Z}
type: analysis
language: en-GB
direction: ltr
urgency: 4
status: withheld
embargo: 1987-02-27T00:00Z
expires: 1990-01-01T00:00Z
updates: x0
corrections: [{date: 1987-02-27, kind: refile, text: Fixes a name.}]
kill: {date: 1987-02-28, reason: Wrong, notice: Withdrawn.}
related: [a, -b]
noindex: true
rights: {holder: Northern Wire, notice: N, usage: U, restrictions: R}
note: (Adds quotes)
source: {format: sgm, file: r.sgm, sha256: """
        + "0f" * 32
        + """, dropped: [x], unparsed: y, contacts: [z]}
extra: {anything: [at, {all: 1}]}"""
    )
    assert parsed.updated is not None
    assert parsed.updated.time == "16:00"
    assert parsed.byline == ("Anna Lindqvist", "Tom Byrne")
    assert parsed.dateline == Dateline("GENEVA, Feb 26 (Northern Wire)", ("GENEVA",), "Feb 26", "Northern Wire")
    assert parsed.agency == ("Northern Wire",)
    assert parsed.editors == ("Ruth Adler",)
    assert [(credit.role, credit.name) for credit in parsed.credits] == [
        ("reporting", "Anna Lindqvist"),
        ("editing", "Ruth Adler"),
    ]
    assert parsed.contributors == (Contributor("graphics", "Jo Pask", "Geneva"),)
    assert (parsed.tags, parsed.people, parsed.places) == (("grain", "trade"), ("Ruth Adler",), ("Geneva",))
    assert parsed.organisations == ("Grain Council",)
    assert parsed.photos == (Photo("silo.jpg", "A silo.", "Silo", "Mila Hart", 915148800),)
    assert (parsed.type, parsed.language, parsed.direction, parsed.urgency) == ("analysis", "en-GB", "ltr", 4)
    assert (parsed.status, parsed.embargo, parsed.is_on_hold, parsed.expires) == (
        "withheld",
        541382400,
        False,
        631152000,
    )
    assert (parsed.updates, parsed.related, parsed.noindex) == ("x0", ("a", "-b"), True)
    assert isinstance(parsed.corrections[0], Correction)
    assert (parsed.corrections[0].kind, parsed.corrections[0].text) == ("refile", "Fixes a name.")
    assert isinstance(parsed.kill, Kill)
    assert (parsed.kill.reason, parsed.kill.notice) == ("Wrong", "Withdrawn.")
    assert parsed.rights == Rights("Northern Wire", "N", "U", "R")
    assert parsed.notes == ("(Adds quotes)",)
    assert parsed.source == SourceNote("sgm", "r.sgm", "0f" * 32, ("x",), ("y",), ("z",))


@pytest.mark.parametrize(
    "text", ["NO", "0123", "12:30:45", "null", "2024", "2024-01-01", "1e3", "true", "0x1F", ".nan"]
)
def test_a_headline_is_the_text_that_was_written(text: str) -> None:
    assert story(base=BASE.replace("Grain talks resume", text)).headline == text


@pytest.mark.parametrize("key", ["byline", "slugline", "credit", "note", "tags", "people", "agency"])
def test_other_texts_stay_texts_too(key: str) -> None:
    parsed = story(f"{key}: 12:30:45")
    value = getattr(parsed, {"note": "notes"}.get(key, key))
    assert value in ("12:30:45", ("12:30:45",))


def test_wire_tags_are_labels() -> None:
    parsed = story(base=BASE.replace("Grain talks resume", '"UPDATE 2-Grain talks resume"'))
    assert (parsed.headline, parsed.labels) == ("Grain talks resume", ("Update 2",))
    assert parsed.headline_raw == "UPDATE 2-Grain talks resume"
    assert parsed.slug == "update-2-grain-talks-resume"  # beside the story that it updates


def test_a_headline_is_one_line() -> None:
    assert (
        story(base=BASE.replace("Grain talks resume", '"a\\r\\nSet-Cookie: x\\u2028b  c\\n"')).headline
        == "a Set-Cookie: x b c"
    )


def test_forbidden_characters_are_left_out_with_advice() -> None:
    parsed, problems = read('tags: ["a\\u0007b\\uFFFE"]')
    assert parsed is not None
    assert parsed.tags == ("ab",)
    assert [(problem.rule, problem.values, problem.severity) for problem in problems] == [
        ("unprintable", ("tags[1]", "2"), "advice")
    ]


def test_a_body_with_forbidden_characters_is_named() -> None:
    parsed, problems = storyfile.read_story(PATH, f"---\n{BASE}---\na\x07b\n".encode(), SETTINGS, None)
    assert parsed is not None
    assert parsed.body == "ab\n"
    assert [(problem.rule, problem.line) for problem in problems] == [("unprintable", 7)]


def test_an_empty_list_item_is_left_out_with_advice() -> None:
    parsed, problems = read('tags: ["", " ", grain, grain]')
    assert parsed is not None
    assert parsed.tags == ("grain",)
    assert [problem.values[0] for problem in problems] == ["tags[1]", "tags[2]"]


@pytest.mark.parametrize(
    "key", ["slug", "byline", "tags", "photos", "extra", "source", "related", "updated", "type", "corrections"]
)
@pytest.mark.parametrize("nothing", ["", " ~"])
def test_a_key_without_a_value_is_absent_with_advice(key: str, nothing: str) -> None:
    parsed, problems = read(f"{key}:{nothing}")
    assert parsed == replace(story(), body_line=8)
    assert [(p.rule, p.line, p.values, p.severity) for p in problems] == [("empty-text", 6, (key,), "advice")]


def test_all_problems_of_a_file_at_once_and_in_place() -> None:
    _story, problems = read(
        "tags: {a: b}\nurgency: 12\nsectoin: x\nstatus: drft", base="headline: H\ndate: 2024-13-01\n"
    )
    assert [(problem.rule, problem.line, problem.column) for problem in problems if problem.severity == "error"] == [
        ("date-impossible", 3, 7),
        ("wants-texts", 4, 7),
        ("wants-integer", 5, 10),
        ("unknown-key-near", 6, 1),
        ("choice-near", 7, 9),
        ("missing-section", 1, 0),
    ]


@pytest.mark.parametrize(
    ("more", "rule", "near"),
    [
        ("headlin: x", "unknown-key-near", "headline"),
        ("title: x", "unknown-key-near", "headline"),
        ("Tags: [x]", "unknown-key-near", "tags"),
        ("photos: [{fil: x.jpg}]", "unknown-key-near", "photos[1].file"),
        ("rights: {owner: x, usge: y}", "unknown-key-near", "rights.usage"),
        ("source: {sha: x}", "unknown-key-near", "source.sha256"),
        ("corrections: [{dte: 2024-01-01, date: 2024-01-01, text: x}]", "unknown-key-near", "corrections[1].date"),
        ("kill: {reson: x}", "unknown-key-near", "kill.reason"),
        ("dateline: {places: [X], dat: x}", "unknown-key-near", "dateline.date"),
    ],
)
def test_the_nearest_key_is_named(more: str, rule: str, near: str) -> None:
    assert (rule, near) in [(problem.rule, problem.values[-1]) for problem in read(more)[1]]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("slug: ''", "bad-slug-empty"),
        ("slug: '.'", "bad-slug-empty"),
        ("slug: ../x", "bad-slug"),
        ("slug: Upper", "bad-slug"),
        ("slug: index", "bad-slug"),
        ("slug: 'story '", "bad-slug"),
        ("slug: [a]", "wants-text"),
        ("byline: {a: b}", "wants-texts"),
        ("byline: [[a]]", "wants-text"),
        ("photos: x.jpg", "wants-list"),
        ("photos: [x.jpg]", "wants-map"),
        ("extra: x", "wants-map"),
        ("contributors: [{role: x}]", "missing-inside"),
        ("corrections: [{kind: refile, date: 2024-01-01}]", "missing-inside"),
        ("corrections: [{kind: typo, date: 2024-01-01, text: x}]", "choice"),
        ("type: stroy", "choice-near"),
        ("type: Article", "choice-near"),
        ("status: published", "choice-near"),
        ("status: Withdrawn", "choice-near"),
        ("direction: up", "choice"),
        ("language: our own!", "bad-language"),
        ("language: portuguese", "bad-language-near"),
        ("urgency: 0", "wants-integer"),
        ("urgency: 5.0", "wants-integer"),
        ("urgency: '" + "9" * 5000 + "'", "wants-integer"),
        ("noindex: perhaps", "wants-boolean"),
        ("embargo: 2025-01-01T10:00", "date-needs-zone"),
        ("expires: 2025-01-01", "date-needs-zone"),
        ("photos: [{file: a.jpg, expires: 2025-01-01}]", "date-needs-zone"),
        ("updates: 'a\n\n b'", "bad-id"),
        ("updates: ' a'", "bad-id"),
        ("related: [" + "x" * 201 + "]", "bad-id"),
        ("related: {a: b}", "wants-texts"),
        ("source: {sha256: abc}", "wants-sha256"),
        ("extra: &x {}", "yaml-anchor"),
    ],
)
def test_what_is_refused(more: str, rule: str) -> None:
    parsed, problems = read(more)
    assert parsed is None
    assert rule in [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        (["silo.jpg", "a/b/silo.JPEG", "/world/silo.webp", "silo.v2.png", "a.avif", "a.gif"], ""),
        (["../silo.jpg", "a/../b.jpg", "./a.jpg", "//host/a.jpg", "a//b.jpg", "a\\b.jpg", "/"], "picture-place"),
        (["https://host/a.jpg", "javascript:a.jpg", "data:image/png;base64,x.png", "C:a.jpg"], "picture-place"),
        (["silo", ".jpg", "silo.jpg.html", "jpg", "silo.jpg?x", "silo.svg.x"], "picture-kind"),
        (["silo.svg", "a/silo.SVG", "silo.svgz"], "picture-svg"),
        (["silo.heic", "a/silo.HEIF"], "picture-heic"),
        (["silo.tif", "a/silo.TIFF"], "picture-tiff"),
    ],
)
def test_a_picture_is_a_file_of_the_site(files: list[str], rule: str) -> None:
    for file in files:
        assert rules(f"photos: [{{file: '{file}'}}]") == ([rule] if rule else []), file


@pytest.mark.parametrize("section", ["Tags", "Search", "404", "On This Day", "Media", "Corrections"])
def test_a_section_may_not_take_an_address_of_newsgen(section: str) -> None:
    rules_broken = rules("", BASE.replace("World", section))
    assert rules_broken in (["section-reserved"], [])
    if section != "404":  # which gets a digest, as any name of digits does
        assert rules_broken == ["section-reserved"]


def test_a_section_named_as_a_year_is_told_apart_from_it() -> None:
    assert story(base=BASE.replace("World", "2024")).section == "2024"


def test_an_id_that_the_path_cannot_give_is_asked_for() -> None:
    parsed, problems = storyfile.read_story(
        "content/world/" + "y" * 250 + ".md", f"---\n{BASE[7:]}---\n".encode(), SETTINGS, None
    )
    assert parsed is None
    assert [problem.rule for problem in problems] == ["no-id", "no-id-possible"]


def test_the_section_gives_what_the_story_does_not_say() -> None:
    rights = Rights("Northern Wire")
    section = SectionFile("world", embargo="2025-01-01T10:00Z", rights=rights)
    assert (story("", section).embargo, story("", section).rights) == (1735725600, rights)
    own = story("embargo: hold\nrights: {holder: Other}", section)
    assert (own.embargo, own.is_on_hold, own.rights) == (None, True, Rights("Other"))
    held = story("", SectionFile("world", embargo="hold"))
    assert (held.embargo, held.is_on_hold) == (None, True)


def test_a_dateline_may_be_written_in_parts() -> None:
    parsed = story("dateline: {places: [MOSCOW, LONDON], date: June 3, agency: Reuters}")
    assert parsed.dateline == Dateline("MOSCOW/LONDON, June 3 (Reuters)", ("MOSCOW", "LONDON"), "June 3", "Reuters")
    assert parsed.agency == ("Reuters",)


def test_a_written_agency_goes_before_the_datelines() -> None:
    assert story("dateline: OSLO (Reuters)\nagency: NTB").agency == ("NTB",)


def test_editors_that_the_credit_line_contradicts() -> None:
    credit = "credit: (Reporting by A Berg; Editing by Ruth Adler)\n"
    assert story(credit + "editors: [ruth adler]").editors == ("ruth adler",)
    parsed, problems = read(credit + "editors: [Tom Byrne]")
    assert parsed is not None
    assert parsed.editors == ("Tom Byrne",)
    assert [(problem.rule, problem.severity) for problem in problems] == [("editors-disagree", "advice")]


def test_killed_without_a_kill_is_fine() -> None:
    assert story("status: killed").kill is None


def test_crlf_and_a_byte_order_mark_change_nothing() -> None:
    plain = f"---\n{BASE}---\nText.\n"
    marked = storyfile.read_story(PATH, b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode(), SETTINGS, None)
    assert marked == storyfile.read_story(PATH, plain.encode(), SETTINGS, None)


LINES = st.lists(
    st.sampled_from(
        [
            *("headline: x", "date: 2024-01-01", "section: World", "id: a", "tags: [a, b]", "photos:", "- file: a.jpg"),
            *("  caption: ", "status: live", "byline: 1", "kill: {", "}", "embargo: hold", "extra:", "  a: 1", "- x"),
            *("---", "\ttab", "rights: &a", "source: {file: x}", "note: 'x", "slug: é", ": x", "urgency: 1"),
            *("corrections: [{date: 2024-01-01, text: x}]", "dateline: OSLO, June 3 (NTB)", "credit: (Editing by A B)"),
        ]
    ),
    max_size=14,
)


@given(LINES, st.binary(max_size=8))
def test_any_file_is_a_story_or_has_an_error_in_it(lines: list[str], noise: bytes) -> None:
    data = "\n".join(["---", *lines, "---", "Text."]).encode() + noise
    parsed, problems = storyfile.read_story(PATH, data, SETTINGS, None)
    assert (parsed is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.path == PATH
        assert show(problem).startswith(PATH)
        assert 0 <= problem.line <= data.count(b"\n") + 1


@pytest.mark.parametrize(
    ("more", "values", "line", "column"),
    [
        ("credit: by desk #4", ("credit", "#4"), 6, 17),
        ("slugline: #1 spot", ("slugline", "#1 spot"), 6, 11),
        ("slugline: Flight # 12 late", ("slugline", "# 12 late"), 6, 18),
        ("tags:\n- a #metoo\n- b", ("tags[1]", "#metoo"), 7, 5),
        ("kill:\n  reason: Wrong\n  notice: Quay\n    #3 was meant", ("kill.notice", "#3 was meant"), 9, 5),
    ],
)  # fmt: skip
def test_words_that_yaml_takes_for_a_comment_are_named(
    more: str, values: tuple[str, str], line: int, column: int
) -> None:
    parsed, problems = read(more)
    assert parsed is not None
    cut = [problem for problem in problems if problem.rule == "text-cut"]
    assert [(p.values, p.line, p.column, p.severity) for p in cut] == [(values, line, column, "warning")]
    assert f'"{values[1]}"' in show(cut[0])


@pytest.mark.parametrize(
    ("more", "values"),
    [
        ("tags: politics, economy, Lindmouth", ("politics", "economy", "Lindmouth")),
        ("tags: politics; economy, trade,", ("politics", "economy", "trade")),
        ('tags: "経済、貿易"', ("経済", "貿易")),
        ("people: Ruth Adler, Tom Byrne", ("Ruth Adler", "Tom Byrne")),
        ("people: Tom Byrne, Jr., Ruth Adler", ("Tom Byrne, Jr.", "Ruth Adler")),
        ("people: Adler, Ruth; Byrne, Tom", ("Adler, Ruth", "Byrne, Tom")),
        ("places: Oslo; Washington, D.C.", ("Oslo", "Washington, D.C.")),
        ("organisations: Nordbank, Inc., Grain Council", ("Nordbank, Inc.", "Grain Council")),
        ("editors: Ruth Adler, Tom Byrne", ("Ruth Adler", "Tom Byrne")),
        ("agency: Northern Wire, Southern Wire", ("Northern Wire", "Southern Wire")),
    ],
)
def test_a_list_with_commas_is_read_as_one(more: str, values: tuple[str, ...]) -> None:
    parsed, problems = read(more)
    assert getattr(parsed, more.partition(":")[0]) == values
    assert [(p.rule, p.severity, p.line) for p in problems] == [("list-in-commas", "advice", 6)]
    assert problems[0].values[1] == str(len(values))


@pytest.mark.parametrize(
    ("more", "values"),
    [
        ("places: |\n  Oslo\n  Washington, D.C.\n\n", ("Oslo", "Washington, D.C.")),
        ('tags: "grain,\\ntrade"', ("grain", "trade")),
    ],
)
def test_a_text_of_lines_is_a_list(more: str, values: tuple[str, ...]) -> None:
    parsed, problems = read(more)
    assert getattr(parsed, more.partition(":")[0]) == values
    assert [(p.rule, p.severity) for p in problems] == [("list-in-lines", "advice")]
    assert problems[0].values[1] == "2"


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ("places: Washington, D.C.", ["comma-in-entry"]),
        ("people: Adler, Ruth", ["comma-in-entry"]),
        ("people: Ruth Adler, Madonna", ["comma-in-entry"]),
        ("people: Tom Byrne, Jr.", []),
        ("organisations: Ash, Birk & Co", ["comma-in-entry"]),
        ("organisations: Nordbank, Inc.", []),
        ('tags: ["Trade, foreign"]', []),
        ("note: One, two; three", []),
    ],
)
def test_a_comma_within_a_name_parts_nothing(more: str, asked: list[str]) -> None:
    parsed, problems = read(more)
    key, _colon, text = more.partition(": ")
    assert getattr(parsed, {"note": "notes"}.get(key, key)) == (text.strip('["]'),)
    assert [problem.rule for problem in problems] == asked


@pytest.mark.parametrize("key", ["status", "embargo", "expires", "kill", "noindex"])
@pytest.mark.parametrize("value", ["", " ~", ' ""', " # later", ' " "'])
def test_what_may_hold_a_story_back_is_never_empty(key: str, value: str) -> None:
    parsed, problems = read(f"{key}:{value}")
    assert parsed is None
    assert [(problem.rule, problem.line, problem.values) for problem in problems] == [("empty-guard", 6, (key,))]


def test_a_photo_with_an_empty_expires_is_an_error() -> None:
    assert rules("photos:\n- file: a.jpg\n  expires:\n  alt:") == ["empty-guard", "empty-text"]


@pytest.mark.parametrize("key", ["headline", "date", "section"])
def test_an_empty_key_that_is_needed_is_said_once(key: str) -> None:
    base = "".join(
        f"{line.partition(':')[0]}:\n" if line.startswith(key) else f"{line}\n" for line in BASE.splitlines()
    )
    assert rules("", base=base) == [f"missing-{key}"]


@pytest.mark.parametrize("text", ["\u200b", "\u2060 \ufeff", "\u00ad\u200d", "\u3164", "\u2800\u00a0", "\u0301"])
def test_a_headline_has_something_to_see(text: str) -> None:
    written = text.encode("unicode_escape").decode().replace("\\xa", "\\u00a")
    assert rules("", base=BASE.replace("Grain talks resume", f'"{written}"')) == ["required-empty"]
    assert rules(f'credit: "{written}"') == ["empty-text"]


@pytest.mark.parametrize(
    ("more", "near"),
    [
        ("xyzzy: x", ""),
        ("status: drfat", "draft"),
        ("Tag: [a]", "tags"),
        ("publishDate: 2024-01-01", "date"),
        ("caption: A quay", "photos"),
        ("last-modified: 2024-01-01", "updated"),
        ("embago: hold", "embargo"),
        ("photos: [{image: a.jpg}]", "photos[1].file"),
        ("rights: {copyright: N}", "rights.notice"),
        ("status: spiked", "killed"),
        ("type: opinion", "analysis"),
        ("type: artcle", "story"),
    ],
)
def test_what_is_not_known_is_told_with_the_nearest(more: str, near: str) -> None:
    parsed, problems = read(more)
    assert parsed is None
    at = 2 if problems[0].rule == "choice-near" else 1
    assert [(*problem.values, "")[at] for problem in problems] == [near]


def test_a_word_of_a_list_may_have_capitals() -> None:
    parsed = story("status: Withheld\ntype: FACTBOX")
    assert (parsed.status, parsed.type) == ("withheld", "factbox")


@pytest.mark.parametrize("text", ["\\u200b", "\\u3164", "\\u2060\\u2060"])
def test_an_id_can_be_seen(text: str) -> None:
    assert rules(f'updates: "{text}"') == ["bad-id"]


@pytest.mark.parametrize("start", ["tags: ", "tags: |\n  ", "people: Ann Bell, "])
def test_a_list_in_one_text_is_no_longer_than_another(start: str) -> None:
    mark = "\n  " if "|" in start else ", "
    assert rules(start + mark.join(f"Ann {number}" for number in range(10_001))) == ["too-many-values"]
