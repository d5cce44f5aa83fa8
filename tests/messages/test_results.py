"""What a person reads of what a command did."""

from __future__ import annotations

import pytest

from newsgen.messages import results
from newsgen.messages.shown import quoted


def test_a_kill_says_what_to_do_and_where_a_tombstone_will_be() -> None:
    assert list(results.kill_lines(["content/a.md", "content/b.md"], ("/world/a.html",))) == [
        "content/a.md is killed.",
        "content/b.md is killed.",
        "Build and publish now: it stays online until then.",
        "A tombstone will be at /world/a.html",
    ]
    assert "never published" in list(results.kill_lines(["content/a.md"], ()))[-1]


def test_an_anonymised_archive_says_what_still_has_the_name() -> None:
    (only,) = results.anonymised_lines(())
    assert only.startswith("0 files changed.")
    first, last = results.anonymised_lines(("content/a.md",))
    assert first == "content/a.md no longer has it."
    assert last.startswith("1 file changed.")
    assert "Git" in last


def test_a_new_site_is_named_as_a_shell_takes_it() -> None:
    assert results.site_made("my archive").endswith("newsgen build --site 'my archive'")


def test_a_preview_says_where_it_is_for_other_devices() -> None:
    here, there = "http://127.0.0.1:8000/", "http://192.0.2.7:8000/"
    assert list(results.preview_place(here)) == [f"The site is at {here}  Stop with Ctrl-C."]
    assert list(results.preview_place(here, [there]))[1:] == [f"On other devices: {there}"]


@pytest.mark.parametrize(
    ("argument", "typed"),
    [
        ("my archive", "'my archive'"),
        ("it's", "'it'\"'\"'s'"),
        ("C:\\archive", "C:\\archive"),
        ("C:\\My archive", '"C:\\My archive"'),
        ("d:/a & b", '"d:/a & b"'),
        ("\\\\server\\the share", '"\\\\server\\the share"'),
    ],
)
def test_a_path_is_quoted_as_its_system_wants_it(argument: str, typed: str) -> None:
    assert quoted(argument) == typed
