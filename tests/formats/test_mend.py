"""What a wrong conversion left: mended where that is exact, else left alone."""

from __future__ import annotations

import pytest

from newsgen.formats.mend import without_entities, without_mojibake
from tests.support.languages import STORIES


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("Itâ€™s a cafÃ©", "It’s a café"),
        ("â€œYes,â€\x9d he said â€” twice", "“Yes,” he said — twice"),
        ("KÃ–LN, KÃ¶ln", "KÖLN, Köln"),
        ("voilÃ\xa0 un cafÃ©", "voilà un café"),
        ("Â£30 at 10Â°C", "£30 at 10°C"),
        ("cafÃƒÂ© and Ã¢â‚¬â„¢", "café and ’"),
        ("Itâ\x80\x99s Ã©", "It’s é"),
        ("caf√© ‚Äúyes‚Äù", "café “yes”"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("Р’ РҐР°СЂРІРёРєРµ", "В Харвике"),
        ("å‘¨äº”", "周五"),
        ("ï»¿Fair", "\ufeffFair"),
    ],
)
def test_utf_8_that_was_read_as_another_encoding(sent: str, read: str) -> None:
    mended = without_mojibake(sent)
    assert mended.text == read
    assert not mended.is_garbled


@pytest.mark.parametrize(
    "text",
    [
        "“ATÉ AMANHÔ", "“ATÉ AMANHÃ” disse", "Spaß“ «CAFÉ»", "«Café»… «à»", "SÃO PAULO – “NÃO”", "Рівне, Сіль, Від",
        "„Ruß“ – Ä", "“PÂ” (sic)", *STORIES.values(),
    ],
)  # fmt: skip
def test_sound_copy_stays(text: str) -> None:
    mended = without_mojibake(text)
    assert (mended.text, mended.words, mended.is_garbled) == (text, {}, False)


def test_what_is_lost_stays_as_sent_and_is_said() -> None:
    mended = without_mojibake("â€œIt is,â€ he said")
    assert mended.text == "“It is,â€ he said"
    assert mended.is_garbled
    assert mended.words == {"â€œIt": "“It"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("AT&amp;T", "AT&T"),
        ("caf&eacute; &#8217;s &#x2019;", "café ’s ’"),
        ("&amp;eacute;t&amp;#233;", "été"),
        ("R&D; &foo; &copy 2019 & more;", "R&D; &foo; &copy 2019 & more;"),
        ("Tom & Ann; &nbsp;end", "Tom & Ann; \xa0end"),
    ],
)
def test_entities(sent: str, read: str) -> None:
    assert without_entities(sent).text == read


def test_each_word_that_was_changed_is_named_as_sent() -> None:
    assert without_entities("a AT&amp;T b caf&eacute; AT&amp;T").words == {"AT&amp;T": "AT&T", "caf&eacute;": "café"}
    assert without_mojibake("cafÃƒÂ© cafÃ©").words == {"cafÃƒÂ©": "café", "cafÃ©": "café"}
