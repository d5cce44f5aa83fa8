"""`yaml_fast` gives the tree that `yaml_full` gives, or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsgen.storyfile import front_matter, yaml_fast, yaml_full
from tests.support.material import shared

CONTENT = Path(__file__).resolve().parents[2] / "content"


def assert_same(text: str) -> bool:
    """Whether `yaml_fast` reads `text`; where it does, both trees have the same values, places, quotes and order."""
    tree = yaml_fast.parse(text)
    if tree is not None:
        assert repr(tree) == repr(yaml_full.parse(text))
    return tree is not None


PLAIN = """\
id: nw-1987-grain
headline: "Grain talks \\"resume\\": 3.5% up #1 \\\\ 'x' é 😀"
date: 1987-02-26T17:55:36Z
note: (Reporting by A in B; Editing by C) it's [d] {e} https://x.example/?a=b&c a:b::c - "d", !e
byline: [Ruth Adler, "O'Hara, Jr.",Élodie é, d'Arc x]
tags: []
editors:
  - Ruth Adler
  - "*"
  - [a, b]
people:
- Silas Gannet
photos:
- file: a.jpg
  caption: "x"
- file: b.jpg
source:
  format: plain
  dropped:
  - x
  - "y"
  z-1:
      deep: [é]
extra:
  a:
    - b: c
      d:
        - e
        - f: g
      h:
      - i
      j: k
"""


def test_what_story_files_hold_is_read() -> None:
    assert assert_same(PLAIN)
    for line in PLAIN.splitlines(keepends=True)[:6]:
        assert assert_same(line)


def test_nearly_all_headers_of_the_sample_site_are_read() -> None:
    headers = [front_matter.cut(path.read_bytes()).header for path in sorted(CONTENT.rglob("[!_]*.md"))]
    assert len(headers) > 50
    assert sum(map(assert_same, headers)) > 0.95 * len(headers)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "# x\n", "a: b", "a:\n", "a: ~\n", "a: b\na: c\n", "null: a\n", "True: a\n", "1: a\n", "a : b\n",
        "a:  b\n", "a: b \n", "a: b: c\n", "a: b:\n", "a: b #c\n", "a: #b\n", "a:b\n", "a: b\n c\n", "a: b\n\nc: d\n",
        "a:\n  b\n", "a:\n  b: c\n d: e\n", "a:\n- b\n c: d\n", "a:\n  - b\n  c: d\n", "a: [b, c\n]\n", "a: [b, ]\n",
        "a: [b: c]\n", "a: [b?c]\n", "a: [b] c\n", "a: [b] \n", 'a: "b" c\n', 'a: "b\\nc"\n', 'a: "b\nc"\n',
        "a: 'b'\n", "a: |\n  b\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: {b: c}\n", "a: - b\n", "---\na: b\n",
        "a: b\n...\n", "a: b\n--- \n", "%YAML 1.1\n", "\ufeffa: b\n", "a: b\u2028c\n", "a: b\x85c: d\n", "a: \tb\n",
        "a:\tb\n", "<<: b\n", "é: b\n", "- a\n", "a:\n  - b\n - c\n", "a:\n-\n  b: c\n", "a:\n- - b\n", " a: b\n",
        f"{'a' * 62}: b\n", f"a: {'b' * yaml_fast.LIMIT}\n", f"a: [{'b,' * 4990}b]\n" + "c: d\n" * 10,
        "".join(f"{'  ' * depth}a:\n" for depth in range(9)) + "  " * 9 + "a: b\n",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_yaml_full(text: str) -> None:
    assert yaml_fast.parse(text) is None


# --- headers at the edge of what yaml_fast reads ----------------------------------------------------------------------

KEYS = st.sampled_from(
    ["a", "b", "c", "id", "A-b_1", "y", "no", "null", "True", "1", "1a", "-a", "é", "e\u0301", "<<", '"a"', "'a'",
     "a b", "?", "[a]", "k" * 61, "k" * 62, ""]
)  # fmt: skip
COLONS = st.sampled_from([": "] * 12 + [":", ":  ", " : ", ":\t", " ", ""])
PIECES = st.sampled_from(
    [*"""abC19.,:;-+*&!|>%@`?#~'"\\/(){}[]<=^_$ \t\n\r\x00\x1b\x7f\x85\xa0\ud7ff\ue000\ufeff\ufffe\u2028\u2029""",
     *"é\u0301あ\u2013“…\u200b\u2060😀\U0001ffff", ": ", " #", "- ", ", ", '\\"', "\\\\", "\\n", "\\/", "\\x41", "---",
     "...", "word", "two words", "12:30:45", "a" * 1030]
)  # fmt: skip
RAW = st.lists(PIECES, max_size=5).map("".join)
QUOTED = RAW.map('"{}"'.format) | st.text(max_size=8).map(json.dumps)
PLAIN_TEXTS = st.sampled_from(["x", "NO", "1987-02-26T17:55:36Z", "(By A in B; C)", "a b, c"])
TEXTS = PLAIN_TEXTS | QUOTED | st.builds("{}{}".format, PLAIN_TEXTS, RAW) | RAW
LISTS = st.builds(
    "[{}]{}".format,
    st.lists(TEXTS, max_size=4).flatmap(
        lambda items: st.sampled_from([", ", ",", " , "]).map(lambda by: by.join(items))
    ),
    st.sampled_from(["", "", "", "", " ", "x", ": y"]),
)
VALUES = TEXTS | LISTS | st.just("")
STARTS = st.sampled_from(
    ["", "", "", "  ", "  ", "    ", "- ", "- ", "  - ", "  - ", "    - ", " ", "   ", "- - ", "\t"]
)
LINES = st.builds("{}{}{}{}{}\n".format, STARTS, KEYS, COLONS, VALUES, st.sampled_from(["", "", "", "", " ", " # x"]))
ITEMS = st.builds("{}{}\n".format, STARTS, VALUES)
OPENINGS = st.builds("{}{}:\n".format, STARTS, KEYS)
HEADERS = st.lists(LINES | ITEMS | OPENINGS, min_size=1, max_size=6).map("".join)


def written(value: str | list[Any] | dict[str, Any], indent: int) -> str:
    """A value in block style."""
    blanks = " " * indent
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(f"{blanks}- {written(item, indent + 2).strip()}" for item in value)
    gaps = {key: " " if isinstance(inner, str) else "\n" for key, inner in value.items()}
    return "\n".join(f"{blanks}{key}:{gaps[key]}{written(inner, indent + 2)}" for key, inner in value.items())


def nested(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Maps and lists of texts."""
    keys = st.sampled_from(["a", "b", "c", "no", "A-b_1"])
    inside = st.recursive(
        texts,
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(keys, inner, min_size=1, max_size=3),
        max_leaves=8,
    )
    return st.dictionaries(keys, inside, min_size=1).map(lambda value: f"{written(value, 0)}\n")


def changed(text: str, at: int, length: int, piece: str) -> str:
    """`text` with a piece in place of some characters."""
    at %= len(text)
    return f"{text[:at]}{piece}{text[at + length :]}"


GOOD_TEXTS = PLAIN_TEXTS | st.sampled_from(['""', '"b: #c"', '"\\"b\\" \\\\"', "[]", "[a, b c]", '["a", b]', "[é,x]"])
CHANGED = st.builds(changed, nested(GOOD_TEXTS) | st.just(PLAIN), st.integers(0, 2000), st.integers(0, 2), PIECES)
NEARLY = HEADERS | nested(VALUES) | nested(GOOD_TEXTS) | CHANGED


@settings(max_examples=200)
@given(NEARLY)
@example("a: b\n- c\n")
@example("a:\n- b: c\n  d: e\n- f\n")
@example("a:\n  - b:\n    - c\n")
@example("a:\n  - b\n- c\n")
def test_both_give_the_same_tree(text: str) -> None:
    assert_same(text)


@pytest.mark.long
@settings(max_examples=2500)
@given(NEARLY)
def test_both_give_the_same_tree_of_many_texts(text: str) -> None:
    assert_same(text)


@settings(max_examples=300)
@given(NEARLY)
def test_both_give_the_same_tree_without_libyaml(text: str) -> None:
    tree = yaml_fast.parse(text)
    if tree is not None:
        assert repr(tree) == repr(yaml_full.parse(text, yaml_full.PurePythonParser))


@settings(max_examples=600)
@given(
    st.text(max_size=12),
    st.sampled_from(["a: x{}y\n", "a: {}\n", 'a: "{}"\n', "a: [x{}y]\n", "a: [{}]\n", "a:\n- {}\n"]),
)
def test_any_character_anywhere_is_read_the_same(text: str, form: str) -> None:
    try:
        assert_same(form.format(text))
    except UnicodeEncodeError:
        pytest.fail("a surrogate was read")


@pytest.mark.long
def test_every_character_is_read_the_same() -> None:
    for code in (*range(0x10000), *range(0x10000, 0x110000, 0xFFF)):
        char = chr(code)
        for form in (f"a: x{char}y\n", f"a: {char}y\n", f'a: "{char}"\n', f"a: [x{char}y]\n", f"a: [{char}y]\n"):
            assert_same(form)


def test_hostile_headers_are_read_the_same() -> None:
    texts: list[str] = []
    for folder, pattern in (("frontmatter", "*.md"), ("yaml/suite", "*.yaml"), ("yaml/pyyaml", "*.yaml")):
        for path in sorted(shared(f"hostile/{folder}").glob(pattern)):
            text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
            texts += [text, text.removeprefix("---\n").partition("\n---")[0] + "\n"]
    for name in ("names/names.jsonl", "strings/naughty.jsonl"):
        for line in shared(f"hostile/{name}").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for value in row.get("values", [row.get("value", row.get("s"))]):
                texts += [
                    f"a: {value}\n",
                    f'a: "{value}"\n',
                    f"a: {json.dumps(value)}\n",
                    f"a: [x, {value}]\n",
                    f"{value}: a\n",
                ]
    texts = [text for text in texts if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)]
    assert len(texts) > 1000
    assert sum(map(assert_same, texts)) > 100
