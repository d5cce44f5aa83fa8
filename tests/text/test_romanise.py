"""Letters as ASCII, in the way of a language; and the addresses that new stories get from them."""

from __future__ import annotations

import pytest

from newsgen.commands.ingest import ImportOptions, ingest
from newsgen.commands.scaffold import new_story
from newsgen.disk import MemoryDisk
from newsgen.leaks.name_finder import NameFinder
from newsgen.leaks.names import NameRemover
from newsgen.model.settings import Settings
from newsgen.storyfile import moment_at
from newsgen.text.address import slug_of_headline
from newsgen.text.romanise import romanised
from tests.support.sites import NOW


@pytest.mark.parametrize(
    ("language", "headline", "slug"),
    [
        ("de", "Köln: Größere Brücke über den Rhein", "koeln-groessere-bruecke-ueber-den-rhein"),
        ("de-AT", "Ärger in Öblarn", "aerger-in-oeblarn"),
        ("sv", "Köpings hamn är öppen på lördag", "kopings-hamn-ar-oppen-pa-lordag"),
        ("fi", "Hyvää päivää, Åbo", "hyvaa-paivaa-abo"),
        ("da", "Færgen på Ærø sejler i år", "faergen-paa-aeroe-sejler-i-aar"),
        ("nb", "Brøyting på Ås", "broeyting-paa-aas"),
        ("fr", "L’été à Étretat: œuvres d’art", "lete-a-etretat-oeuvres-dart"),
        ("ca", "El col·legi nou", "el-collegi-nou"),
        ("tr", "Işık ve İstanbul", "isik-ve-istanbul"),
        ("hr", "Đurđevac slavi", "djurdjevac-slavi"),
        ("ru", "Щедрый подъезд: ёлка, съёмка и цирк", "shchedryy-podezd-elka-semka-i-tsirk"),
        ("uk", "Згурський і Юрій їдуть у Київ", "zghurskyi-i-yurii-yidut-u-kyiv"),
        ("bg", "Щастлив ъгъл в Русе", "shtastliv-agal-v-ruse"),
        ("sr", "Њујорк и Чачак", "njujork-i-cacak"),
        ("el", "Η μπάλα και το αυτοκίνητο στην Αθήνα", "i-bala-kai-to-aftokinito-stin-athina"),
        ("el", "Άγγελος, Εύβοια, μαύρο", "angelos-evvoia-mavro"),
        ("en", "Грани of the harbour", "grani-of-the-harbour"),
    ],
)
def test_a_new_address_is_as_papers_in_the_language_write_it(language: str, headline: str, slug: str) -> None:
    assert slug_of_headline(headline, language) == slug


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("ar", "القاهرة تفتح الميناء"),
        ("he", "נמל חיפה נפתח"),
        ("hi", "बंदरगाह खुला"),
        ("ja", "灯台の修理が終わる"),
        ("zh", "灯塔修缮完工"),
    ],
)
def test_other_scripts_keep_a_digest(language: str, headline: str) -> None:
    assert slug_of_headline(headline, language) == slug_of_headline(headline)
    assert slug_of_headline(headline).startswith("story-")


def test_a_story_that_names_no_slug_keeps_the_address_it_had() -> None:
    """The address of what is published depends on no language: a change of that moves nothing."""
    assert slug_of_headline("Köln im Regen") == "koln-im-regen"
    assert slug_of_headline("В Харвике").startswith("story-")


def test_an_import_and_a_new_story_write_it_into_the_file() -> None:
    site = MemoryDisk()
    path = new_story(site, "Köln im Regen", "Welt", moment_at(NOW, "UTC"), "de")
    assert b"\nslug: koeln-im-regen\n" in site.read(path)
    copy = (
        "Brücke in Köln geöffnet\n\nKÖLN, 5. Juni (Nordagentur) - Die Brücke ist seit Mittwoch wieder offen.\n".encode()
    )
    options = ImportOptions(settings=Settings("A", "https://a.example", language="de"))
    (entry,) = ingest(site, [("bruecke.txt", copy, "2020-06-05")], options).imported
    assert entry.path.endswith("/bruecke-in-koeln-geoeffnet.md")


def test_what_is_ascii_stays() -> None:
    assert romanised("Grain talks", "de") == "grain talks"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Jürgen Müller", "de"),
        ("Anna Müllerschön", "de"),
        ("Bjørn Åsen", "da"),
        ("Đorđe Kos", "hr"),
        ("Иван Щербаков", "ru"),
        ("Галина Юхименко", "uk"),
        ("Αγγελική Παύλου", "el"),
    ],
)
def test_a_name_that_nobody_may_see_is_found_in_an_address(name: str, language: str) -> None:
    """Who asked to be anonymous is so in addresses too, in whatever way a headline became one."""
    slug = slug_of_headline(f"{name} – 2020", language)
    page = f'<a href="/world/2020/{slug}.html">x</a>'
    assert NameFinder([name]).has(page.encode())
    assert not NameFinder([name]).has(NameRemover([name], "N. N.").replace(page).encode())


def test_a_name_is_not_taken_for_a_part_of_it() -> None:
    assert not NameFinder(["José 山田"]).has(b'<a href="/world/2020/jose-rides.html">x</a>')
