"""The text of sound bytes is what the reader of files that may have anything wrong would give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen import storyfile
from newsgen.text.sound import sound_text


@given(st.text())
def test_a_sound_text_is_the_same(text: str) -> None:
    sound = sound_text(text.encode("utf-8", "replace"))
    if sound is not None:
        assert sound == storyfile.read_text("a", text.encode("utf-8", "replace"))


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa", b"a\0", b"a\r\nb", b"\xff\xfea\0", b"\xc2\x92", b"\xff", b""])
def test_what_is_odd_is_looked_at_more_closely(data: bytes) -> None:
    assert sound_text(data) is None


def test_most_files_are_sound() -> None:
    assert sound_text('title = "Café · Archive"\n'.encode()) == 'title = "Café · Archive"\n'
