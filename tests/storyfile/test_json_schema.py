"""The JSON Schema of story files: every key is there and described, real files fit, wrong ones do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from newsgen.cli.describing import schema as command
from newsgen.messages.file_keys import KEYS, TITLES, schema_text
from newsgen.storyfile import SCHEMAS, front_matter
from newsgen.storyfile.maps import ListOf, MapOf, NeverEmpty
from newsgen.storyfile.readers import Reader

CONTENT = Path(__file__).parents[2] / "content"
PLAIN = {"headline": "Ferry sails", "date": "2019-05-01T10:00", "section": "World"}


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 as editors take it: a date is a text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(kind: str, value: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(json.loads(schema_text(kind))).iter_errors(value)]


def names(table: Any, prefix: str = "") -> list[str]:
    found = []
    for key, reader in table.items():
        found.append(f"{prefix}{key}")
        found += inside(reader, f"{prefix}{key}.")
    return found


def inside(reader: Reader, prefix: str) -> list[str]:
    if isinstance(reader, ListOf | NeverEmpty):
        return inside(reader.reader, prefix)
    return names(reader.table, prefix) if isinstance(reader, MapOf) else []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_schema_is_one_and_describes_every_key_and_no_other(kind: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(kind)))
    table, _required, _is_list = SCHEMAS[kind]
    known = set(names(table)) | {"dateline.places", "dateline.date", "dateline.agency", "menu.title", "menu.order"}
    assert KEYS[kind].keys() == {name for name in known if name.partition(".")[0] in table}
    assert KEYS.keys() == SCHEMAS.keys() == TITLES.keys()
    assert [*command.params[0].type.choices] == [*SCHEMAS]  # type: ignore[attr-defined]


def header(path: Path) -> Any:
    return yaml.load(front_matter.cut(path.read_bytes()).header, AsEditorsRead)


def test_the_sample_stories_fit() -> None:
    stories = [path for path in CONTENT.rglob("*.md") if "_pages" not in path.parts]
    assert len(stories) > 20
    assert {path.name: wrong for path in stories if (wrong := faults("story", header(path)))} == {}


def test_the_other_samples_fit() -> None:
    for path in CONTENT.glob("_pages/*.md"):
        assert faults("page", header(path)) == [], path
    sections = list(CONTENT.rglob("_section.yaml"))
    assert sections
    notes = [*(("section", path) for path in sections), ("people", CONTENT / "_people.yaml")]
    for kind, path in [*notes, ("places", CONTENT / "_places.yaml")]:
        assert faults(kind, yaml.load(path.read_text("utf-8"), AsEditorsRead)) == [], path


@pytest.mark.parametrize(
    "wrong",
    [
        {"datline": "ALDMOOR"},
        {"headline": ""},
        {"headline": ["Ferry"]},
        {"date": "May 1, 2019"},
        {"date": "2019-05-01T10:00 CET"},
        {"status": "secret"},
        {"urgency": 12},
        {"urgency": "high"},
        {"embargo": "2019-05-01"},
        {"embargo": "2019-05-01T10:00"},
        {"expires": "soon"},
        {"noindex": "maybe"},
        {"language": "the language of the north"},
        {"id": ""},
        {"id": "x" * 201},
        {"slug": "a/b"},
        {"photos": "ferry.jpg"},
        {"photos": [{"file": "ferry.exe"}]},
        {"photos": [{"picture": "ferry.jpg"}]},
        {"corrections": [{"date": "2019-05-02", "kind": "lie", "text": "No."}]},
        {"corrections": [{"date": "2019-05-02"}]},
        {"aliases": ["ferry.html"]},
        {"kill": "yes"},
        {"extra": 3},
        {"source": {"sha256": "abc"}},
    ],
)
def test_wrong_stories_do_not_fit(wrong: dict[str, Any]) -> None:
    assert faults("story", PLAIN | wrong)


@pytest.mark.parametrize(
    "right",
    [
        {"headline": 1984},
        {"embargo": "hold"},
        {"embargo": "2019-05-01T10:00+02:00"},
        {"tags": "ferries, weather"},
        {"tags": ["ferries", 1984]},
        {"dateline": "ALDMOOR, May 1"},
        {"dateline": {"places": ["ALDMOOR"], "date": "May 1"}},
        {"photos": [{"file": "ferry.JPG", "caption": "A ferry"}]},
        {"extra": {"anything": [1, 2]}},
    ],
)
def test_right_stories_fit(right: dict[str, Any]) -> None:
    assert faults("story", PLAIN | right) == []


@pytest.mark.parametrize("missing", PLAIN)
def test_a_story_needs_its_keys(missing: str) -> None:
    assert faults("story", {key: text for key, text in PLAIN.items() if key != missing})


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("page", {"menu": "About"}),
        ("page", {"title": "About", "template": "../page.html"}),
        ("page", {"title": "About", "menu": {"order": 1}}),
        ("section", {"name": "World"}),
        ("section", {"order": "first"}),
        ("people", {"name": "Mila Hart"}),
        ("people", [{"bio": "A reporter"}]),
        ("people", [{"name": "Mila Hart", "url": "javascript:x"}]),
        ("places", [{"name": "Aldmoor", "latitude": 120}]),
    ],
)
def test_wrong_files_beside_them_do_not_fit(kind: str, wrong: Any) -> None:
    assert faults(kind, wrong)
