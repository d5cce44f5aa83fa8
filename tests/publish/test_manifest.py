"""The manifest: what differs between two, its bytes, and bytes that are none."""

from __future__ import annotations

import pytest

from newsgen.publish import manifest as manifests
from newsgen.publish.manifest import Manifest, compare
from newsgen.publish.remembered import Remembered

OLD = Manifest({"a.html": "1", "b.html": "2", "c.html": "3"}, "rules")


def test_what_differs() -> None:
    difference = compare(OLD, Manifest({"a.html": "1", "b.html": "9", "d.html": "4"}, "rules"))
    assert difference.appears == ("d.html",)
    assert difference.changes == ("b.html",)
    assert difference.vanishes == ("c.html",)
    assert difference.unchanged == ("a.html",)
    assert difference.put == ("b.html", "d.html")


def test_everything_appears_where_nothing_stands() -> None:
    assert compare(None, OLD).appears == ("a.html", "b.html", "c.html")
    assert compare(None, OLD).vanishes == ()


def test_every_file_changes_with_the_rules() -> None:
    assert compare(OLD, Manifest(OLD.files, "others")).changes == ("a.html", "b.html", "c.html")


def test_what_is_unsure_changes_or_vanishes() -> None:
    unsure = Manifest(OLD.files, "rules", frozenset({"a.html", "c.html", "gone.html"}))
    difference = compare(unsure, Manifest({"a.html": "1", "b.html": "2"}, "rules"))
    assert difference.changes == ("a.html",)
    assert difference.unchanged == ("b.html",)
    assert difference.vanishes == ("c.html", "gone.html")


@pytest.mark.parametrize(
    "manifest",
    [
        OLD,
        Manifest({}),
        Manifest({'ü/\u2028\n".html': "1"}, "", frozenset({"z", "a"})),
        Manifest({}, remembered=Remembered(killed=frozenset({"2", "1"}), names=frozenset({"3"}))),
    ],
)
def test_bytes_and_back(manifest: Manifest) -> None:
    assert manifests.read(manifests.to_bytes(manifest)) == manifest


def test_the_bytes_do_not_depend_on_the_order_of_files() -> None:
    turned = Manifest(dict(reversed([*OLD.files.items()])), OLD.rules)
    assert manifests.to_bytes(turned) == manifests.to_bytes(OLD)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"format": 1}',
        b'{"format": 2, "rules": "", "files": {}}',
        b'{"format": 1, "rules": "", "files": []}',
        b'{"format": 1, "rules": "", "files": {"a": 1}}',
        b'{"format": 1, "rules": "", "files": {"a": "1"}, "unsure": 3}',
        b'{"format": 1, "rules": "", "files": {"a": "1"}, "unsure": null}',
        b"[" * 100_000,
    ],
)
def test_bytes_that_are_no_manifest(data: bytes) -> None:
    assert manifests.read(data) is None


@pytest.mark.parametrize(
    "path",
    ["../up.html", "/root.html", "a/../../up.html", "a//b.html", "./a.html", "", "a/", "a\\..\\b", "a\0b", "C:/x"],
)
def test_a_manifest_that_names_files_outside_is_none(path: str) -> None:
    """Who can write the manifest at a target must not have newsgen delete, link or read anything beside the site."""
    assert manifests.read(manifests.to_bytes(Manifest({path: "1"}))) is None
    assert manifests.read(manifests.to_bytes(Manifest({}, "", frozenset({path})))) is None
