"""Names in the order of a language, and under its letters."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.text.alphabets import LANGUAGES
from newsgen.text.collation import collation

# As CLDR sorts them, by language.
SORTED = {
    "en": "«Fog» | 1999 | 20 | ærø | aft | Åsa | Ascot | Émile | Eve | New York | Newark | O'Brien | Oakes | Østby | "
          "Zoe | Ωρωπός | Москва | حلب | 上海",
    "ru": "5 | Абрам | Егоров | Ежов | Ёлкин | Иванов | Йод | Щука | Яна | Adam",
    "uk": "Гоголь | Ґонта | Ева | Єва | Ив | Ірпінь | Їжак",
    "ar": "إبراهيم | أحمد | آدم | باسم | تامر | جمال | محمد | Zed",
    "fa": "آرش | احمد | پروین | کوروش | گیتی | نادر | وحید | هما | یلدا",
    "he": "אברהם | כהן | שלום",
    "el": "Αθήνα | Άρης | Σίσυφος | Ωμέγα",
    "de": "Ahr | Ähre | Aue | Gross | Groß | Großmann | Öl | Oslo | Ozon",
    "fr": "cote | coté | côte | côté | Écu | Eden",
    "es": "Nadal | Nuñez | Ñu | Ocaña",
    "sv": "Ask | Orm | Zorn | Åberg | Ärla | Östlund",
    "da": "Odense | Zorn | Ærø | Østby | Aarhus | Århus | Åsen",
    "cs": "Cyril | Čapek | Děčín | Hrad | Chrudim | Ivan | Rudolf | Řehoř",
    "pl": "Lipa | Łódź | Mak | Zebra | Źródło | Żaba",
    "hu": "Cukor | Czukor | Csaba | Daru | Dzsem | Ecet",
    "tr": "Cizre | Çankaya | Hatay | Ilıca | Irmak | İzmir | Of | Ödemiş",
    "ja": "アップル | かあさん | カード | がく | ガス | かに | さくら | ん | 山田 | 林 | Tokyo",
    "zh": "上海 | 北京 | 北海 | 张伟 | 李 | 王 | Beijing",
    "ko": "가나 | 각 | 김 | 까치 | 나무 | 박 | 이",
    "hi": "अमित | दिल्ली | बिहार | बुध | राम",
    "th": "กรุงเทพ | ขอนแก่น | ชลบุรี | เชียงใหม่ | ตรัง",
}  # fmt: skip


@pytest.mark.parametrize("language", SORTED)
def test_names_are_sorted_as_the_language_does(language: str) -> None:
    names = SORTED[language].split(" | ")
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=collation(language).key) == names
    assert sorted(shuffled, key=collation(f"{language}-XX").key) == names


@pytest.mark.parametrize(
    ("language", "name", "headings"),
    [
        ("en", "Østby", "OST"), ("da", "Østby", "ØST"), ("da", "Aarhus", "ÅRH"), ("en", "Aarhus", "AAR"),
        ("ru", "Ёлкин", "ЕЛК"), ("en", "Ёлкин", "ЕЛК"), ("ar", "أحمد", "احم"), ("fa", "كوروش", "کور"),
        ("el", "Άρης", "ΑΡΗ"), ("tr", "irmak", "İRM"), ("tr", "Irmak", "IRM"), ("en", "1st Army", "1ST"),
        ("ja", "ガス", "かかさ"), ("ja", "ｶﾞｽ", "かかさ"), ("ja", "林", "木林"),
        ("zh", "上海", "一上水"), ("ko", "까치", "ㄱᅡㅊ"),
        ("th", "เชียงใหม่", "ชเย"), ("en", "O'B", "OB"), ("en", "!?", "#"), ("en", "", "#"), ("en", "ﬁ", "FI"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_letters(language: str, name: str, headings: str) -> None:
    assert "".join(collation(language).headings(name, 3)) == headings


def test_a_letter_of_two_is_one_heading() -> None:
    assert collation("cs").headings("Chrudim", 2) == ("Ch", "R")
    assert collation("hu").headings("Dzsem", 1) == ("Dzs",)


@pytest.mark.parametrize("language", sorted({*LANGUAGES, *SORTED}))
def test_names_under_one_heading_stand_together(language: str) -> None:
    order = collation(language)
    letters = (
        "aáäåæbcčdđeəfgğhiıįjklłmnñoöøœpqrsşštuüvwxyýzžþßабвгґдеёжзиіїйкўяاآبتثهوىیيكکگあアかガがん山林王가나까ㄱกเข19"
    )
    names = sorted([one + other for one in letters for other in f"{letters}-' "], key=order.key)
    headings = [order.headings(name, 1) for name in names]
    runs = [heading for at, heading in enumerate(headings) if at == 0 or heading != headings[at - 1]]
    assert len(runs) == len(set(runs))


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["en", "sv", "cs", "ja", "ar", "tr", "th"]))
def test_every_two_names_have_an_order(one: str, other: str, language: str) -> None:
    order = collation(language)
    assert (order.key(one) == order.key(other)) == (one == other)
    assert len(order.headings(one, 3)) in (1, 2, 3)
