"""Names as a directory has them."""

from __future__ import annotations

import pytest

from newsgen.text.surnames import filed


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("Ines Varga", "en", "Varga, Ines"),
        ("Tom Arkell Jr.", "en", "Arkell, Tom, Jr."),
        ("Maximiliane Freiin von und zu Hohenlindmouth", "de", "Hohenlindmouth, Maximiliane Freiin von und zu"),
        ("Anna De Luca", "it", "De Luca, Anna"),
        ("Jan van der Berg", "nl", "Berg, Jan van der"),
        ("Omar al-Rashid", "en", "al-Rashid, Omar"),
        ("Karim bin Yusuf", "en", "bin Yusuf, Karim"),
        ("محمد عبد الله", "ar", "عبد الله، محمد"),
        ("José Luis Ruiz Montes", "es", "Ruiz Montes, José Luis"),
        ("Lucía Vega Montes", "es", "Vega Montes, Lucía"),
        ("María José Vega", "es", "Vega, María José"),
        ("Elena Vega y Montes", "es", "Vega y Montes, Elena"),
        ("Nagy Péter", "hu", "Nagy Péter"),
        ("Sigríður Jónsdóttir", "is", "Sigríður Jónsdóttir"),
        ("山田 花子", "en", "山田 花子"),
        ("Kim", "en", "Kim"),
        ("Varga, Ines", "en", "Varga, Ines"),
    ],
)
def test_a_name_is_filed(name: str, language: str, shown: str) -> None:
    assert filed(name, language)[1] == shown


def test_an_article_is_passed_over() -> None:
    names = ["Omar al-Rashid", "Ruth Quist", "Tom Sand"]
    assert sorted(names, key=lambda name: filed(name, "en")[0]) == ["Ruth Quist", "Omar al-Rashid", "Tom Sand"]
