"""YAML text -> places and texts; whatever else YAML can express is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.storyfile import tree, yaml_full
from newsgen.storyfile.tree import Mapping, Node, Scalar, Sequence, TreeFault


def plain(node: Node | None) -> object:
    """A tree without places."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else node.text


Parse = Callable[[str], Node | None]
PARSERS: dict[str, Parse] = {
    "fast where it can": tree.parse,
    "libyaml": yaml_full.parse,
    "python": lambda text: yaml_full.parse(text, yaml_full.PurePythonParser),  # an installation may lack libyaml
}


@pytest.fixture(params=PARSERS)
def parse(request: pytest.FixtureRequest) -> Parse:
    """Each way to parse."""
    return PARSERS[request.param]


class TestEveryParser:
    @pytest.mark.parametrize(
        "text", ["NO", "0123", "12:30:45", "null", "2024", "1e3", ".inf", "0x1F", "2024-01-01", "true", "=", "!!str 12"]
    )
    def test_a_value_stays_the_text_that_it_is(self, parse: Parse, text: str) -> None:
        assert plain(parse(f"a: {text}")) == {"a": text.removeprefix("!!str ")}

    @pytest.mark.parametrize("text", ["a:", "a: ~", "a: # nothing"])
    def test_nothing_after_the_colon_is_absent(self, parse: Parse, text: str) -> None:
        root = parse(text)
        assert isinstance(root, Mapping)
        value = root.entries[0][1]
        assert isinstance(value, Scalar)
        assert value.is_absent

    @pytest.mark.parametrize("text", ["a: ''", 'a: "~"', "a: null"])
    def test_a_quoted_text_is_never_absent(self, parse: Parse, text: str) -> None:
        root = parse(text)
        assert isinstance(root, Mapping)
        value = root.entries[0][1]
        assert isinstance(value, Scalar)
        assert not value.is_absent

    @pytest.mark.parametrize(
        ("text", "at"),
        [
            ("a: Takes #1 spot\nb: c\n", 9),
            ("a: #1", 3),
            ("a: b\n  c #metoo\nb: c\n", 9),
            ("a: b\n  #1 c\nd: e\n", 7),
            ("a: [b, c #1\n]", 9),
            ("a: # meant", -1),
            ("a: b # meant", -1),
            ("a: b#1", -1),
            ('a: "b" #1', -1),
            ("a: b\n#c: d\n", -1),
            ("a: b\n  #c: d\n", -1),
            ("a: b\n  #- c\n", -1),
        ],
    )
    def test_a_comment_that_may_be_text_is_marked(self, parse: Parse, text: str, at: int) -> None:
        root = parse(text)
        assert isinstance(root, Mapping)
        value = root.entries[0][1]
        last = value.items[-1] if isinstance(value, Sequence) else value
        assert isinstance(last, Scalar)
        assert last.comment_at == at

    @pytest.mark.parametrize("text", ["- a\n#b\n- c\n", "- a\n  #b\n- c\n"])
    def test_an_entry_of_a_list_turned_off(self, parse: Parse, text: str) -> None:
        root = parse(f"a:\n{text}")
        assert isinstance(root, Mapping)
        value = root.entries[0][1]
        assert isinstance(value, Sequence)
        assert [item.comment_at >= 0 for item in value.items if isinstance(item, Scalar)] == ["  #" in text, False]

    def test_a_pair_of_escapes_is_one_letter(self, parse: Parse) -> None:
        text = 'a: "Party \\uD83C\\uDF89 time, \\ud83d\\ude00"\nb: C:\\ud83c\\udf89 "\\ud83c"\n'
        assert plain(parse(text)) == {"a": "Party \U0001f389 time, \U0001f600", "b": 'C:\\ud83c\\udf89 "\\ud83c"'}

    def test_lists_and_maps_nest(self, parse: Parse) -> None:
        assert plain(parse("a:\n- b\n- {c: d}\ne: [f, g]\n")) == {"a": ["b", {"c": "d"}], "e": ["f", "g"]}

    def test_places_count_characters(self, parse: Parse) -> None:
        root = parse("é: 1\n日本: [x, y]\n")
        assert isinstance(root, Mapping)
        assert [(key.at, value.at) for key, value in root.entries] == [(0, 3), (5, 9)]

    @pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
    def test_nothing_is_no_tree(self, parse: Parse, text: str) -> None:
        assert parse(text) is None

    @pytest.mark.parametrize(
        ("text", "rule", "at"),
        [
            ("a: &x 1", "yaml-anchor", 3),
            ("a: *x", "yaml-alias", 3),
            ("a: !!int 1", "yaml-tag", 3),
            ("a: !ENV x", "yaml-tag", 3),
            ("a: ! x", "yaml-tag", 3),
            ("a: !!python/object/apply:os.system [x]", "yaml-tag", 3),
            ("a: !!map {}", "yaml-tag", 3),
            ("<<: {a: 1}", "yaml-merge", 0),
            ("a: 1\na: 2", "duplicate-key", 5),
            ("caf\u00e9: 1\ncafe\u0301: 2", "duplicate-key", 8),
            ("1: a", "yaml-key", 0),
            ("null: a", "yaml-key", 0),
            ("True: a", "yaml-key", 0),
            ("? [a]\n: b", "yaml-key", 2),
            ("? {a: b}\n: c", "yaml-key", 2),
            ("~: a", "yaml-key", 0),
            ("? \n: a", "yaml-key", 1),
            ("a: 1\n--- \nb: 2", "yaml-documents", 5),
            ("%YAML 1.1\n---\na: 1", "yaml-directive", 0),
            ("a: b: c", "yaml-colon-in-text", 4),
            ('a: Lee: "Yes"\nb: c', "yaml-colon-in-text", 6),
            ("a:b\nc: d", "yaml-colon-blank", 1),
            ("c: d\na:b c\nd: e", "yaml-colon-blank", 6),
            ("a:\n- f:b.jpg\n  c: d", "yaml-colon-blank", 6),
            ("a x\nb: c", "yaml-no-key", 0),
            ("a: x\ny\nb: c", "yaml-no-key", 5),
            ("a: b\n  c: d", "yaml-indent", 7),
            ("a:\n  b: c\n d: e", "yaml-indent", 11),
            ("a:\n  - x\n - y", "yaml-indent", 10),
            (" a: b\nc: d", "yaml-indent", 6),
            ('a: "b" c\nd: e', "yaml-after-end", 7),
            ("a: 'it's'", "yaml-after-end", 7),
            ("a: [b] c", "yaml-after-end", 7),
            ('a: "b": c', "yaml-after-end", 6),
            ('a: "C:\\path"', "yaml-escape", 6),
            ('a: "x \\ud83c y"', "yaml-escape", 6),
            ('a: "x \\udf89\\ud83c y"', "yaml-escape", 6),
            ('a: "x \\U00110000"', "yaml-escape", 6),
            ('a: "x \\u12g"', "yaml-escape", 6),
            ("a: [b, c\nd: e", "yaml-bracket", 3),
            ("a: {b: c", "yaml-bracket", 3),
            ('a: ["b" c]', "yaml-in-brackets", 8),
            ("a: @b", "yaml-mark", 3),
            ("a: %b", "yaml-mark", 3),
            ("a: - b", "yaml-mark", 3),
            ("a: , b", "yaml-mark", 3),
            ("a: |b", "yaml-mark", 3),
            ("c: d\na\uff1ab\n", "yaml-colon-wide", 6),
            ("a\uff1ab\nc: d", "yaml-colon-wide", 1),
            ("c: d\na:\u00a0b\n", "yaml-colon-blank", 6),
            ("c: d\na :b\n", "yaml-colon-blank", 7),
            ("a: 'b", "yaml-quote", 3),
            ("a:\n\tb: c", "yaml-tab", 3),
            ("a: b\n  c #1\n  d", "yaml-hash", 9),
            ("a: [b #1, c]", "yaml-hash", 6),
            ("a: x\x07", "control-character", 4),
            ("日本: x\x07", "control-character", 5),
        ],
    )
    def test_what_is_refused(self, parse: Parse, text: str, rule: str, at: int) -> None:
        with pytest.raises(TreeFault) as caught:
            parse(text)
        assert (caught.value.rule, caught.value.at) == (rule, at)

    @pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
    def test_nesting_ends_at_its_limit_whatever_follows(self, parse: Parse, opening: str) -> None:
        with pytest.raises(TreeFault) as caught:
            parse(opening * 20_000)
        assert caught.value.rule == "too-deep"
        if opening != "? ":  # a map as a key is refused at any depth
            closing = {"[": "]", "{a: ": "}"}.get(opening, "")
            deepest = yaml_full.DEPTH_LIMIT - 1
            assert parse(opening * deepest + "x" + closing * deepest) is not None

    def test_a_quoted_number_is_a_key(self, parse: Parse) -> None:
        assert plain(parse('"1": a')) == {"1": "a"}


def test_the_number_of_values_has_a_limit() -> None:
    assert tree.parse("a: [" + "x," * (yaml_full.NODE_LIMIT - 4) + "x]") is not None
    with pytest.raises(TreeFault) as caught:
        tree.parse("a: [" + "x," * yaml_full.NODE_LIMIT + "x]")
    assert caught.value.rule == "too-many-values"


def base_loaded(text: str) -> object:
    """What the loader of PyYAML reads that leaves every value a text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


VALUES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner),
    max_leaves=12,
)


@settings(max_examples=25)  # it takes much longer to make values than to read them
@given(st.dictionaries(st.from_regex(r"k[a-z]{0,6}", fullmatch=True), VALUES, min_size=1), st.booleans())
def test_a_tree_is_what_the_base_loader_reads(value: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    if "!!" in text or "&id" in text:
        return
    keys_are_texts = all(word not in text for word in ("true:", "null:"))
    if keys_are_texts:
        assert plain(tree.parse(text)) == base_loaded(text)


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{},#&*!|>'\"%@`?~ \n\t01é\u2028")), max_size=60))
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        root = tree.parse(text)
    except TreeFault as fault:
        at = fault.at
    else:
        at = root.at if root else 0
    assert 0 <= at <= len(text)
