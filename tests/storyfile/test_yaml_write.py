"""YAML that any reader reads back as the values that were written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgen.storyfile import YamlValue, map_lines
from newsgen.storyfile.yaml_write import scalar
from tests.support.words import ODD_TEXTS

TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"])))


@given(TEXTS)
def test_texts_are_read_back_as_themselves(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}\n") == {"a": text}
    assert yaml.load(f"- {scalar(text)}\n", yaml.BaseLoader) == [text]


VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_maps_are_read_back_as_themselves(values: dict[str, YamlValue]) -> None:
    assert yaml.load("\n".join(map_lines(values)), yaml.BaseLoader) == values


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Grain talks resume", ["x: Grain talks resume"]),
        (3, ["x: 3"]),
        ("3", ['x: "3"']),
        ("", ['x: ""']),
        ((), ["x: []"]),
        ({}, ["x: {}"]),
        (("a", "b c"), ["x: [a, b c]"]),
        (("a", "b, c"), ["x:", "  - a", "  - b, c"]),
        (("a", "1"), ["x:", "  - a", '  - "1"']),
        (("a" * 60, "b" * 60), ["x:", f"  - {'a' * 60}", f"  - {'b' * 60}"]),
        (({"a": "1", "b": ("c",)}, "d"), ["x:", '  - a: "1"', "    b: [c]", "  - d"]),
        (
            {"date": "2019-06-05T09:02Z", "text": "2019-06-05"},
            ["x:", "  date: 2019-06-05T09:02Z", '  text: "2019-06-05"'],
        ),
    ],
)
def test_lines_of_a_value(value: YamlValue, lines: list[str]) -> None:
    assert map_lines({"x": value}) == lines
