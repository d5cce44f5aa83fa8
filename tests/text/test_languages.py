"""Which language a text is in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsgen.text.languages import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The mill of the county turned on Monday, and the farmers said that it was a day of joy for all of them.",
            "en",
        ),
        (
            "Die Mühle im Landkreis drehte sich am Montag wieder, und die Bauern sagten, es sei ein Tag der Freude.",
            "de",
        ),
        ("El molino del condado volvió a girar el lunes, y los campesinos dijeron que fue un día de alegría.", "es"),
        ("Мельница в округе снова заработала в понедельник, и крестьяне сказали, что это был день радости.", "ru"),
        ("郡の水車が月曜日に再び回り始め、農家の人々は喜びの一日だったと話した。", "ja"),
        ("عادت طاحونة المقاطعة إلى الدوران يوم الاثنين وقال المزارعون إنه كان يوم فرح لهم جميعا.", "ar"),
        ("Wheat 12 up 11\nBarley 9 up 8\nRye 7 up 6\nOats 5 up 4\nMaize 3 up 2", ""),
        ("Mill turns", ""),
        ("", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("mark", ["", "’", "“", "—", "…", "\xa0", "é"])
@pytest.mark.parametrize(("letters", "language"), [(59, ""), (60, "en")])
def test_english_is_told_from_sixty_letters_on(letters: int, language: str, mark: str) -> None:
    """In ASCII, and with the quotation marks and dashes of English copy; 15 letters are enough in other copy."""
    text = f"the {mark} mill of " + "the " * 20
    start = next(at for at in range(len(text)) if sum(map(str.isalpha, text[:at])) == letters)
    assert detect(text[:start]) == (language if text.isascii() else "en")


def test_english_copy_loads_no_model() -> None:
    code = (
        "import sys; from newsgen.text.languages import detect; "
        "print(detect('The mill of the county turned on Monday, and it was said that it was a day of joy.'), "
        "'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "False"]
