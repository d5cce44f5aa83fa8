"""Keys set and deleted in a story file: only what was meant may change, in the file and in the story."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen import storyfile
from newsgen.messages.shown import show
from newsgen.model.errors import ContentError
from newsgen.model.settings import SectionDefaults, SectionFile, SectionHold, Settings
from newsgen.model.story import Kill, Story
from newsgen.storyfile import YamlValue, edit_keys, front_matter
from tests.support.material import shared

SETTINGS = Settings("Archive", "https://archive.example", timezone="Europe/London")
PATH = "content/world/x.md"
ROOT = Path(__file__).parents[2]
BASE = "id: x1\nheadline: Grain talks resume\ndate: 1987-02-26T15:01\nsection: World\n"
KILL: Mapping[str, YamlValue] = {"date": "1987-02-27T09:00:00Z", "reason": "The report is wrong: it is withdrawn."}
WITHDRAWN: Mapping[str, YamlValue] = {"status": "killed", "kill": KILL, "updates": "some-id"}


def story(data: bytes) -> Story:
    parsed, problems = storyfile.read_story(PATH, data, SETTINGS, None)
    assert parsed is not None, [show(problem) for problem in problems]
    return parsed


def change(front: str, changes: Mapping[str, YamlValue | None], body: str = "---\nText.\n") -> str:
    """The front matter after an edit; the rest of the file must be as it was."""
    done = edit_keys(PATH, f"---\n{BASE}{front}{body}".encode(), changes, SETTINGS, None).decode()
    assert done.startswith(f"---\n{BASE}")
    assert done.endswith(body)
    return done.removeprefix(f"---\n{BASE}").removesuffix(body)


@pytest.mark.parametrize(
    ("front", "changes", "after"),
    [
        # a key that is not there goes before the closing fence
        ("", {"status": "killed"}, "status: killed\n"),
        ("note: |\n  One.\n\n", {"status": "killed"}, "note: |\n  One.\n\nstatus: killed\n"),
        ("note: |+\n  One.\n\n", {"status": "killed"}, "note: |+\n  One.\n\nstatus: killed\n"),
        ("# end\n", {"updates": "a: b"}, '# end\nupdates: "a: b"\n'),
        ("...\n", {"status": "killed"}, "status: killed\n...\n"),
        ("tags:\n", {"kill": KILL}, "tags:\nkill:\n  date: 1987-02-27T09:00:00Z\n  reason: "
         '"The report is wrong: it is withdrawn."\n'),
        # a key that is there is replaced in place, keeps its spelling and its comment
        ("status: live\ntags: [a]\n", {"status": "killed"}, "status: killed\ntags: [a]\n"),
        ("status: live   # desk # 2\n", {"status": "killed"}, "status: killed   # desk # 2\n"),
        ("slug:   # none yet\n", {"slug": "talks"}, "slug: talks   # none yet\n"),
        ('"status" : "live" # x\n', {"status": "killed"}, '"status": killed # x\n'),
        ("'status': 'live' # it's \"so\"\n", {"status": "killed"}, "'status': killed # it's \"so\"\n"),
        ("slugline: 'a # b' # c\n", {"slugline": "d"}, "slugline: d # c\n"),
        ("status: !!str live\n", {"status": "killed"}, "status: killed\n"),
        # a key that has the value already is not touched
        ("status:   'killed'\n", {"status": "killed"}, "status:   'killed'\n"),
        ("tags: [ a,b ]\n", {"tags": ["a", "b"]}, "tags: [ a,b ]\n"),
        ("", {"status": None}, ""),
        # values of several lines
        ("note: |\n  One.\n  # two\n\n  Three.\n # less\ntags: [a]\n", {"note": None}, " # less\ntags: [a]\n"),
        ("note: |\n  One.\n  # two\n\n# of tags\ntags: [a]\n", {"note": "x\ny"},
         'note: "x\\ny"\n\n# of tags\ntags: [a]\n'),
        ("note: >-\n  One\n\n  two.\n", {"note": None, "status": "killed"}, "status: killed\n"),
        ("note: |+\n  One.\n\n\ntags: [a]\n", {"note": None}, "tags: [a]\n"),
        ("note: |2\n    One.\n  # two\ntags: [a]\n", {"note": None}, "tags: [a]\n"),
        ('note: "One\n  # two"\ntags: [a]\n', {"note": None}, "tags: [a]\n"),
        ("note: 'It\'\'s\n  # two'\ntags: [a]\n", {"note": None}, "tags: [a]\n"),
        ('note:\n- "One \\"\n  # two"\n# of tags\ntags: [a]\n', {"note": None}, "# of tags\ntags: [a]\n"),
        ("slugline: one\n  two\n# c\ntags: [a]\n", {"slugline": None}, "# c\ntags: [a]\n"),
        ("tags: [a,\n  # c\n  b\n  ]\n# d\nplaces: [e]\n", {"tags": None}, "# d\nplaces: [e]\n"),
        ("tags: [\n]\nplaces: [e]\n", {"tags": ["a"]}, "tags: [a]\nplaces: [e]\n"),
        ("tags:\n- a\n\n# c\n- b\n\n# d\nplaces: [e]\n", {"tags": None}, "\n# d\nplaces: [e]\n"),
        ("tags:\n- a\n- b\n", {"tags": "c"}, "tags: c\n"),
        ("kill:\n  reason: x\n  # y\n\n# z\n", {"kill": {"reason": "z"}}, "kill:\n  reason: z\n  # y\n\n# z\n"),
        ("kill: {reason: x,\n  notice: y}\n", {"kill": {"reason": "z"}}, "kill:\n  reason: z\n"),
        ("extra:\n  status: live\nstatus: live\n", {"status": "draft"}, "extra:\n  status: live\nstatus: draft\n"),
        ("note: |\n  status: live\n", {"status": "draft"}, "note: |\n  status: live\nstatus: draft\n"),
        # whatever a value holds
        ("", {"extra": {"a b": [{"c": "1", "d": ["no", "~"]}, "", [], {}, ["e"]], "#": {}}},
         'extra:\n  a b:\n    - c: "1"\n      d:\n        - "no"\n        - "~"\n    - ""\n    - []\n    - {}\n'
         '    - [e]\n  "#": {}\n'),
    ],
)  # fmt: skip
def test_front_matter_before_and_after(front: str, changes: Mapping[str, YamlValue | None], after: str) -> None:
    assert change(front, changes) == after


@pytest.mark.parametrize(
    ("start", "end", "tail"),
    [("---\n", "\n", "---\nText.\n"), ("\ufeff---  \r\n", "\r\n", "--- \t\r\nText.\nMore\r\n"), ("---\n", "\n", "---")],
    ids=["plain", "mark-and-crlf", "no-final-newline"],
)
def test_line_ends_marks_and_fences_stay(start: str, end: str, tail: str) -> None:
    front = BASE + "status: live\n# c\nnote: |\n  One.\n"
    before = (start + front.replace("\n", end) + tail).encode()
    after = edit_keys(PATH, before, {"status": "killed", "kill": KILL}, SETTINGS, None).decode()
    wanted = front.replace("live", "killed") + (
        'kill:\n  date: 1987-02-27T09:00:00Z\n  reason: "The report is wrong: it is withdrawn."\n'
    )
    assert after == start + wanted.replace("\n", end) + tail
    assert edit_keys(PATH, after.encode(), {"status": "live", "kill": None}, SETTINGS, None) == before


def test_front_matter_that_is_indented() -> None:
    front = "".join(f"  {line}\n" for line in f"{BASE}status: live # c".splitlines())
    after = edit_keys(PATH, f"---\n{front}---\n".encode(), {"status": "killed", "kill": KILL}, SETTINGS, None).decode()
    assert after.startswith(f"---\n{front.replace('live', 'killed')}  kill:\n    date: 1987")
    assert story(after.encode()).kill is not None


@pytest.mark.parametrize(
    ("front", "key", "value", "line"),
    [
        ("{id: x1, headline: A, date: 1987-02-26, section: World}\n", "status", "killed", 3),
        (f"{BASE}? status\n: live\n", "status", "killed", 6),
        (f"{BASE}note: a\u2028status: live\n", "status", "killed", 6),  # YAML takes this for the end of a line
        (f"{BASE}status: live\n", "status", "dead", 6),
        (f"{BASE}", "title", "A", 6),
        (f"{BASE}", "headline", None, 3),
        (f"{BASE}", "slugline", "a\ud800", 6),
        (f"{BASE}note: |+\n  a\nslugline: b\n\n# c\n", "slugline", None, 8),  # the empty line would become the note's
        (f"{BASE}note: |\n  a\nslugline: b\n  # c\n", "slugline", None, 8),  # and so would the comment
    ],
)
def test_what_cannot_be_proven_is_left_to_a_person(front: str, key: str, value: YamlValue | None, line: int) -> None:
    data = f"---\n{front}---\nText.\n".encode()
    story(data)
    with pytest.raises(ContentError) as caught:
        edit_keys(PATH, data, {key: value}, SETTINGS, None)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.path, problem.line, problem.values) == ("edit-by-hand", PATH, line, (key,))


def test_the_sentence_names_the_key_and_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        edit_keys(PATH, f"---\n{BASE}status: live\n---\n".encode(), {"status": "dead"}, SETTINGS, None)
    assert [show(problem) for problem in caught.value.problems] == [
        "content/world/x.md:6: newsgen cannot change status here without risk to the rest of the file, so the file is "
        "as it was. Make this change by hand."
    ]


def test_a_file_that_is_no_story_is_refused_with_its_own_problems() -> None:
    with pytest.raises(ContentError) as caught:
        edit_keys(PATH, b"---\nheadline: A\ndate: soon\n---\n", {"status": "killed"}, SETTINGS, None)
    assert {problem.rule for problem in caught.value.problems} >= {"wants-date", "missing-section"}


MONEY_ON_HOLD = SectionDefaults(
    {"money": SectionFile("money")}, (SectionHold("content/money/_section.yaml", "content/money/", "money", "hold"),)
)


def test_what_follows_from_a_key_may_change_with_it() -> None:
    data = f"---\n{BASE}credit: (Editing by Ruth Adler)\n---\n".encode()
    changes = {"headline": "UPDATE 1-Talks end", "section": "Money", "credit": "(Editing by Tom Byrne)", "note": "a"}
    done = story(edit_keys(PATH, data, changes, SETTINGS, MONEY_ON_HOLD))
    assert (done.headline, done.labels, done.slug) == ("Talks end", ("Update 1",), "update-1-talks-end")
    assert (done.section, done.editors, done.notes) == ("Money", ("Tom Byrne",), ("a",))


# --- any story file --------------------------------------------------------------------------------------------------


def only_withdrawn(data: bytes) -> bool:
    """Whether a file is a story that can be edited; proves that a withdrawal of it changes nothing else, and back."""
    before, _problems = storyfile.read_story(PATH, data, SETTINGS, None)
    if before is None:
        return False
    done = edit_keys(PATH, data, WITHDRAWN, SETTINGS, None)
    after = story(done)
    assert (after.status, after.updates) == ("killed", "some-id")
    assert after.kill is not None
    assert after.kill.date is not None
    assert (after.kill.date.instant, after.kill.reason) == (541414800, KILL["reason"])
    same = {"status": before.status, "updates": before.updates, "kill": before.kill, "body_line": before.body_line}
    assert dataclasses.replace(after, **same) == before  # type: ignore[arg-type]
    text = front_matter.cut(data).header
    if not any(key in text for key in WITHDRAWN):
        new = done.find(b"status: killed")
        size = len(done) - len(data)
        assert done[:new] + done[new + size :] == data
        assert edit_keys(PATH, done, {"status": None, "kill": None, "updates": None}, SETTINGS, None) == data
    assert edit_keys(PATH, done, WITHDRAWN, SETTINGS, None) == done
    return True


def test_all_stories_of_the_sample_site() -> None:
    files = [path for path in sorted((ROOT / "content").rglob("*.md")) if "_pages" not in path.parts]
    assert len(files) >= 100
    assert all(only_withdrawn(path.read_bytes()) for path in files)


def rules(error: ContentError) -> set[str]:
    return {problem.rule for problem in error.problems}


def hostile() -> Iterator[bytes]:
    good = f"---\n{BASE}".encode()
    for path in sorted(shared("hostile/frontmatter").glob("*.md")):
        data = path.read_bytes().replace(b"title:", b"headline:", 1)
        end = b"\r\n" if data.startswith(b"---\r\n") else b"\n"
        yield data.replace(b"---" + end, b"---" + end + b"section: World" + end, 1)
    for path in sorted(shared("hostile/yaml").rglob("*.yaml")):
        data = path.read_bytes()
        yield good + data.removeprefix(b"---\n") + b"\n---\nBody\n"
        yield good + b"extra:\n  k:\n" + b"".join(b"    " + line for line in data.splitlines(True)) + b"\n---\nBody\n"
    for line in shared("hostile/strings/naughty.jsonl").read_text(encoding="utf-8").splitlines():
        text = next(value for name, value in json.loads(line).items() if name != "id")
        yield good + f"note: {json.dumps(text)}\ntags: [a]\n---\n{text}\n".encode("utf-8", "replace")


def test_hostile_files() -> None:
    taken, refused = 0, 0
    files = list(hostile())
    for data in files:
        try:
            taken += only_withdrawn(data)
        except ContentError as error:
            refused += rules(error) == {"edit-by-hand"}
    assert len(files) > 600
    assert taken > 300
    assert refused < 20


def test_files_of_the_seed() -> None:
    files = sorted(shared("seed").rglob("*.md"))
    assert [path for path in files if path.name != "README.md" and not only_withdrawn(path.read_bytes())] == []


PIECES = (
    "note: |\n  a\n", "note: >+\n  a\n\n", 'note: "a\n  # b"\n', "note: [a,\n  b]\n", "tags:\n- a\n# c\n- b\n",
    "tags: []\n", "tags:\n", "status: live\n", "status: live # c\n", '"status": "live"\n', "status:\n",
    "status: >-\n  live\n",
    "kill: {reason: a}\n", "kill:\n  reason: |\n    a\n   # b\n", "kill:\n", "updates: a\n", "? updates\n: a\n",
    "# c\n", "  # c\n", "\n", "extra: {a: {b: [c]}}\n", "extra:\n  status: live\n  kill: a\n",
    "slugline: a\n  b\n", "...\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "Text.\n"]))
def test_any_front_matter_of_odd_pieces(pieces: list[str], end: str, body: str) -> None:
    data = f"---\n{BASE}{''.join(pieces)}---\n{body}".replace("\n", end).encode()
    try:
        only_withdrawn(data)
    except ContentError as error:
        if rules(error) != {"edit-by-hand"}:
            raise
        assert any(piece in ("? updates\n: a\n", "  # c\n", "\n", "note: >+\n  a\n\n") for piece in pieces)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXTS, TEXTS)
def test_any_text_is_read_back_or_refused(reason: str, key: str) -> None:
    data = f"---\n{BASE}status: live\n---\nText.\n".encode()
    changes: Mapping[str, YamlValue] = {"kill": {"reason": reason, "notice": "a"}, "extra": {key: reason}}
    parsed = story(edit_keys(PATH, data, changes, SETTINGS, None)).kill
    assert parsed is not None
    assert parsed.notice == "a"
    if reason.isprintable():
        assert parsed == Kill(None, reason.strip(), "a")


@given(st.binary(max_size=200))
def test_any_bytes_are_edited_or_refused(data: bytes) -> None:
    for given_bytes in (data, f"---\n{BASE}".encode() + data + b"\n---\n"):
        with contextlib.suppress(ContentError):
            story(edit_keys(PATH, given_bytes, WITHDRAWN, SETTINGS, None))
