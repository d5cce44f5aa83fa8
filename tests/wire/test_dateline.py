"""Datelines of an invented agency and of real ones, over invented copy."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.model.story import Dateline
from newsgen.wire import dateline, dateline_weak, place_names
from tests.support.material import shared

SPLITS = [
    ("HARWICK (Northern Wire) - Farmers met.", "HARWICK (Northern Wire)", ("HARWICK",), "", "Northern Wire"),
    ("HARWICK (Reuters) -Farmers met.", "HARWICK (Reuters)", ("HARWICK",), "", "Reuters"),
    ("HARWICK (Reuters)- Farmers met.", "HARWICK (Reuters)", ("HARWICK",), "", "Reuters"),
    ("HARWICK (Reuters) -- Farmers met.", "HARWICK (Reuters)", ("HARWICK",), "", "Reuters"),
    ("HARWICK, June 3 (Reuters) – Farmers met.", "HARWICK, June 3 (Reuters)", ("HARWICK",), "June 3", "Reuters"),
    (
        "HARWICK Oct 23 (Reuters Legal) - Farmers met.",
        "HARWICK Oct 23 (Reuters Legal)",
        ("HARWICK",),
        "Oct 23",
        "Reuters Legal",
    ),
    ("(Reuters) - Farmers met.", "(Reuters)", (), "", "Reuters"),
    ("Nov 20 (Reuters) - Farmers met.", "Nov 20 (Reuters)", (), "Nov 20", "Reuters"),
    ("HARWICK/ OLD TOWN (AP) — Farmers met.", "HARWICK/ OLD TOWN (AP)", ("HARWICK", "OLD TOWN"), "", "AP"),
    ("HARWICK, France/LUND (AP) _ Farmers met.", "HARWICK, France/LUND (AP)", ("HARWICK, France", "LUND"), "", "AP"),
    (
        "LUND/PONT-SUR-MER, France (dpa) - Farmers met.",
        "LUND/PONT-SUR-MER, France (dpa)",
        ("LUND", "PONT-SUR-MER, France"),
        "",
        "dpa",
    ),
    ("ST. ANN, Fla. and LUND (AP) — Farmers met.", "ST. ANN, Fla. and LUND (AP)", ("ST. ANN, Fla.", "LUND"), "", "AP"),
    ("St. ANN, Minnesota (AP) — Farmers met.", "St. ANN, Minnesota (AP)", ("St. ANN, Minnesota",), "", "AP"),
    ("McHARWICK, VIRGINIA (AP) — Farmers met.", "McHARWICK, VIRGINIA (AP)", ("McHARWICK, VIRGINIA",), "", "AP"),
    ("Harwick, Germany (dpa) - Farmers met.", "Harwick, Germany (dpa)", ("Harwick, Germany",), "", "dpa"),
    ("HARWICK (Ill.) (AP) — Farmers met.", "HARWICK (Ill.) (AP)", ("HARWICK (Ill.)",), "", "AP"),
    ("HARWICK (KHWK) — Farmers met.", "HARWICK (KHWK)", ("HARWICK",), "", "KHWK"),
    ("HARWICK, Feb & (Reuters) - Farmers met.", "HARWICK, Feb & (Reuters)", ("HARWICK",), "Feb &", "Reuters"),
    ("HARWICK, April 29 - Farmers met.", "HARWICK, April 29", ("HARWICK",), "April 29", ""),
    (
        "PORT OF LUND, Trinidad and Tobago (AP) — Farmers met.",
        "PORT OF LUND, Trinidad and Tobago (AP)",
        ("PORT OF LUND, Trinidad and Tobago",),
        "",
        "AP",
    ),
]


@pytest.mark.parametrize(("copy", "text", "places", "date", "agency"), SPLITS)
def test_split_takes_the_dateline_off_a_first_paragraph(
    copy: str, text: str, places: tuple[str, ...], date: str, agency: str
) -> None:
    assert dateline.split(copy) == (Dateline(text, places, date, agency), "", "Farmers met.")
    assert dateline.parse(text) == Dateline(text, places, date, agency)


WORLD = [  # copy; dateline; places; date; agency
    ("NORTH HARWICK, NY (AP) _ Mills met.", "NORTH HARWICK, NY (AP)", ("NORTH HARWICK, NY",), "", "AP"),
    ("HARWICK, May 5, 2015 (AFP) - Mills met.", "HARWICK, May 5, 2015 (AFP)", ("HARWICK",), "May 5, 2015", "AFP"),
    ("Harwick [India], May 5 (ANI): Mills met.", "Harwick [India], May 5 (ANI)", ("Harwick [India]",), "May 5", "ANI"),
    ("Harwick.- Mills met.", None, (), "", ""),
    ("HARWICK, Lund (May 5, 2026) – Mills met.", "HARWICK, Lund (May 5, 2026)", ("HARWICK, Lund",), "May 5, 2026", ""),
    ("Lund. May 5. INTERFAX-LUND – Mills met.", "Lund. May 5. INTERFAX-LUND", ("Lund",), "May 5", "INTERFAX-LUND"),
    ("(HBS) - Mills met.", "(HBS)", (), "", "HBS"),
    ("HARWICK (Reuters Health) - Mills met.", "HARWICK (Reuters Health)", ("HARWICK",), "", "Reuters Health"),
    ("HARWICK/ritzau/ - Mills met.", "HARWICK/ritzau/", ("HARWICK",), "", "ritzau"),
    ("Lund, 9. rujna 2020. (Hina) - Mills met.", "Lund, 9. rujna 2020. (Hina)", ("Lund",), "9. rujna 2020", "Hina"),
    ("Lund, 2020. május 5. (MTI) - Mills met.", "Lund, 2020. május 5. (MTI)", ("Lund",), "2020. május 5", "MTI"),
    ("Lund (A) [B], May 5 (ANI): Mills met.", "Lund (A) [B], May 5 (ANI)", ("Lund (A) [B]",), "May 5", "ANI"),
    ("HARWICK - Northern Dispatch - Mills met.", "HARWICK - Northern Dispatch", ("HARWICK",), "", "Northern Dispatch"),
    ("HARWICK — (Ferry Folk) — Mills met.", "HARWICK — (Ferry Folk)", ("HARWICK",), "", "Ferry Folk"),
    ("Northern Wire Writer HARWICK, Lund (AP) - Mills met.", None, (), "", ""),
    ("New Harwick, May 5 (PTI) Mills met.", "New Harwick, May 5 (PTI)", ("New Harwick",), "May 5", "PTI"),
    ("HARWICK (STT) Mills met.", "HARWICK (STT)", ("HARWICK",), "", "STT"),
    ("Harwick (Wattle) - Mills met.", None, (), "", ""),
    ("HARWICK, May 5 (Wattle) - Mills met.", "HARWICK, May 5 (Wattle)", ("HARWICK",), "May 5", "Wattle"),
    ("Harwick/Lund (dpa/xy) - Mills met.", "Harwick/Lund (dpa/xy)", ("Harwick", "Lund"), "", "dpa/xy"),
    ("Harwick (xyz) - Mills met.", "Harwick (xyz)", ("Harwick",), "", "xyz"),
    ("HARWICK. May 5 (Interfax) - Mills met.", "HARWICK. May 5 (Interfax)", ("HARWICK",), "May 5", "Interfax"),
    ("HARWICK, May 5, Kyodo - Mills met.", "HARWICK, May 5, Kyodo", ("HARWICK",), "May 5", "Kyodo"),
    ("Harwick, SANA- Mills met.", "Harwick, SANA", ("Harwick",), "", "SANA"),
    ("Harwick, 11 set 2020 (Lusa) – Mills met.", "Harwick, 11 set 2020 (Lusa)", ("Harwick",), "11 set 2020", "Lusa"),
    ("Harwick, 11 de mayo (EFE).- Mills met.", "Harwick, 11 de mayo (EFE)", ("Harwick",), "11 de mayo", "EFE"),
    ("Lund, 11 set - (Adnkronos) - Mills met.", "Lund, 11 set - (Adnkronos)", ("Lund",), "11 set", "Adnkronos"),
    ("(ANSA) - HARWICK, 11 SET - Mills met.", "(ANSA) - HARWICK, 11 SET", ("HARWICK",), "11 SET", "ANSA"),
    ("LUND, 11 SEP 89 (ACAN-EFE) -- Mills met.", "LUND, 11 SEP 89 (ACAN-EFE)", ("LUND",), "11 SEP 89", "ACAN-EFE"),
    ("Harwick, 11.09.2020 (PAP) - Mills met.", "Harwick, 11.09.2020 (PAP)", ("Harwick",), "11.09.2020", "PAP"),
    ("HARWICK--(BUSINESS WIRE)--Mills met.", "HARWICK--(BUSINESS WIRE)", ("HARWICK",), "", "BUSINESS WIRE"),
    ("HARWICK, May 5, 2020 /CNW/ - Mills met.", "HARWICK, May 5, 2020 /CNW/", ("HARWICK",), "May 5, 2020", "CNW"),
    ("Harwick /ritzau/ Mills met.", "Harwick /ritzau/", ("Harwick",), "", "ritzau"),
    (
        "HARWICK, ONTARIO--(Marketwired - May 5, 2014) - Mills met.",
        "HARWICK, ONTARIO--(Marketwired - May 5, 2014)", ("HARWICK, ONTARIO",), "May 5, 2014", "Marketwired",
    ),
    ("HARWICK — Mills met.", "HARWICK", ("HARWICK",), "", ""),
    ("HARWICK—Mills met.", "HARWICK", ("HARWICK",), "", ""),
    ("NEW HARWICK: Mills met.", "NEW HARWICK", ("NEW HARWICK",), "", ""),
    ("HARWICK, Fla. -- Mills met.", "HARWICK, Fla.", ("HARWICK, Fla.",), "", ""),
    ("HARWICK, May 5, 2001 — Mills met.", "HARWICK, May 5, 2001", ("HARWICK",), "May 5, 2001", ""),
    ("ХАРВИК, 10 фев — РИА Новости. Mills met.", "ХАРВИК, 10 фев — РИА Новости", ("ХАРВИК",), "10 фев", "РИА Новости"),
    ("HARWICK, Narch 2 - Mills met.", "HARWICK, Narch 2", ("HARWICK",), "Narch 2", ""),
    ("HARWICK, Va., Marc 16 - Mills met.", "HARWICK, Va., Marc 16", ("HARWICK, Va.",), "Marc 16", ""),
    ("ХАРВИК, 11 июня. /ТАСС/. Mills met.", "ХАРВИК, 11 июня. /ТАСС/", ("ХАРВИК",), "11 июня.", "ТАСС"),
    ("هارويك، 3 ديسمبر (رويترز) - Mills met.", "هارويك، 3 ديسمبر (رويترز)", ("هارويك",), "3 ديسمبر", "رويترز"),
    ("הארוויק, 5 ביוני (רויטרס) - Mills met.", "הארוויק, 5 ביוני (רויטרס)", ("הארוויק",), "5 ביוני", "רויטרס"),
    ("हार्विक, 5 जून (रॉयटर्स) - Mills met.", "हार्विक, 5 जून (रॉयटर्स)", ("हार्विक",), "5 जून", "रॉयटर्स"),
    ("【ハーウィック共同】Mills met.", "【ハーウィック共同】", ("ハーウィック",), "", "共同"),
    ("［ルンド １１日 ロイター］ - Mills met.", "［ルンド １１日 ロイター］", ("ルンド",), "１１日", "ロイター"),
    ("北方社哈威克8月12日电 Mills met.", "北方社哈威克8月12日电", ("哈威克",), "8月12日", "北方社"),
    ("(하윅=연합뉴스) Mills met.", "(하윅=연합뉴스)", ("하윅",), "", "연합뉴스"),
    ("BP (Lund) - Mills met.", None, (), "", ""),
    ("HARWICK (WTL) Mills met.", None, (), "", ""),  # no known agency, no day, no dash
    ("HOW IT WORKS: Mills met.", None, (), "", ""),
    ("STORY_DATE: Mills met.", None, (), "", ""),
    # the agency between days, stops and bars; ordinals; other brackets; scripts without capitals
    ("HARWICK, March 9 AAP - Mills met.", "HARWICK, March 9 AAP", ("HARWICK",), "March 9", "AAP"),
    ("HARWICK, MARCH 9, ARMENPRESS. Mills met.", "HARWICK, MARCH 9, ARMENPRESS", ("HARWICK",), "MARCH 9", "ARMENPRESS"),
    ("LUND, Sweden, March 9, Trend: Mills met.", "LUND, Sweden, March 9, Trend", ("LUND, Sweden",), "March 9", "Trend"),
    ("Харвик. 9 марта. ИНТЕРФАКС - Mills met.", "Харвик. 9 марта. ИНТЕРФАКС", ("Харвик",), "9 марта", "ИНТЕРФАКС"),
    ("ЛУНД, 9 ноя - РИА Новости. Mills met.", "ЛУНД, 9 ноя - РИА Новости", ("ЛУНД",), "9 ноя", "РИА Новости"),
    ("LUND, 9th May, 2020 (WAM) -- Mills met.", "LUND, 9th May, 2020 (WAM)", ("LUND",), "9th May, 2020", "WAM"),
    ("HARWICK, 3rd May (Reuter) - Mills met.", "HARWICK, 3rd May (Reuter)", ("HARWICK",), "3rd May", "Reuter"),
    ("HARWICK (LundNews) - Mills met.", "HARWICK (LundNews)", ("HARWICK",), "", "LundNews"),
    ("HARWICK [AP] — Mills met.", "HARWICK [AP]", ("HARWICK",), "", "AP"),
    ("Harwick, March 9 — Mills met.", "Harwick, March 9", ("Harwick",), "March 9", ""),
    ("HARWICK, LUNDPOST.com - Mills met.", "HARWICK, LUNDPOST.com", ("HARWICK",), "", "LUNDPOST.com"),
    ("（하윅=연합뉴스）Mills met.", "（하윅=연합뉴스）", ("하윅",), "", "연합뉴스"),
    ("[하윅=뉴시스] Mills met.", "[하윅=뉴시스]", ("하윅",), "", "뉴시스"),
    ("הרוויק (סוכנות) - Mills met.", "הרוויק (סוכנות)", ("הרוויק",), "", "סוכנות"),
]  # fmt: skip


@pytest.mark.parametrize(("copy", "text", "places", "date", "agency"), WORLD)
def test_datelines_of_the_world(copy: str, text: str | None, places: tuple[str, ...], date: str, agency: str) -> None:
    read, before, rest = dateline.split(copy)
    if text is None:
        assert (read, before, rest) == (None, "", copy)
        return
    assert (read, before, rest) == (Dateline(text, places, date, agency), "", "Mills met.")
    assert dateline.parse(text) == read


@pytest.mark.parametrize(
    ("copy", "reporters"),
    [
        ("北方社哈威克8月12日电（记者林小河）工程启动。", "（记者林小河）"),
        ("(하윅=연합뉴스) 김가람 이누리 기자 = 등대가 문을 연다.", "김가람 이누리 기자"),
    ],
)
def test_reporters_behind_a_dateline(copy: str, reporters: str) -> None:
    read, before, rest = dateline.split(copy)
    assert read is not None
    assert before == reporters
    assert rest in ("工程启动。", "등대가 문을 연다.")


@pytest.mark.parametrize(
    ("before", "copy"),
    [
        ("(Adds quotes, details)", "(Adds quotes, details) HARWICK (Reuters) - Farmers met."),
        ("By Mara Quill", "By Mara Quill HARWICK (Reuters) - Farmers met."),
        (
            "(Adds quotes) By Mara Q. Quill and Tom Ash",
            "(Adds quotes) By Mara Q. Quill and Tom Ash HARWICK (Reuters) - Farmers met.",
        ),
        ("Corrects wheat/barley ratio.", "Corrects wheat/barley ratio. HARWICK (Reuters) - Farmers met."),
    ],
)
def test_split_gives_what_stood_before(before: str, copy: str) -> None:
    read, lead, rest = dateline.split(copy)
    assert read is not None
    assert (read.places, lead, rest) == (("HARWICK",), before, "Farmers met.")


@pytest.mark.parametrize(
    "copy",
    [
        "The fair (long delayed) - opened on Monday.",
        "HNA (Harwick Nautical Association) - the sailors' club - met.",
        "Harwick (Reuters) staff met.",
        "He moved from Harwick (AP) - to Lund.",
        "Shares in Plough (HWK) - rose.",
        "GRAIN (NYSE) - the company - rose.",
        "Feb 8 2008 - Farmers met.",
        "NOTE - Farmers met.",
        "HARWICK - farmers met.",
        "(Sic) - he said.",
        "On Monday, March 9 - Farmers met.",
        "Lund lost, 11 to 7. Trend: farmers met.",
        "Harwick [sic] - Farmers met.",
        "The mill, it said. Beta: a wheel.",
        "",
    ],
)
def test_a_sentence_with_brackets_or_a_dash_is_no_dateline(copy: str) -> None:
    assert dateline.split(copy) == (None, "", copy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HARWICK, Feb 26 - ", Dateline("HARWICK, Feb 26", ("HARWICK",), "Feb 26", "")),
        ("    HARWICK, N.Y., March 5 -", Dateline("HARWICK, N.Y., March 5", ("HARWICK, N.Y.",), "March 5", "")),
        ("what the clerk wrote", Dateline("what the clerk wrote")),
        ("", Dateline("")),
    ],
)
def test_parse_never_fails(text: str, expected: Dateline) -> None:
    assert dateline.parse(text) == expected


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("NEW HARWICK", "New Harwick"),
        ("HARWICK, New Hampshire", "Harwick, New Hampshire"),
        ("McHARWICK", "McHarwick"),
        ("ST. PETERSBURG, Fla.", "St. Petersburg, Fla."),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("AIX-EN-PROVENCE", "Aix-en-Provence"),
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("ST. JOHN'S", "St. John's"),
        ("COEUR D'ALENE, Idaho", "Coeur d'Alene, Idaho"),
        ("WASHINGTON, D.C.", "Washington, D.C."),
        ("Duesseldorf, Germany", "Duesseldorf, Germany"),
    ],
)
def test_place_names_as_shown(place: str, shown: str) -> None:
    assert place_names.place_name(place) == shown


@given(st.text(alphabet=st.sampled_from("AB ab(),-/.'19—By Reuters"), max_size=120))
def test_nothing_is_lost(copy: str) -> None:
    read, before, rest = dateline.split(copy)
    together = "".join(f"{before}{read.text if read else ''}{rest}".split())
    assert [mark for mark in together if mark not in "-—_,"] == [
        mark for mark in "".join(copy.split()) if mark not in "-—_,"
    ]
    dateline.parse(copy)
    place_names.place_name(copy)


def test_real_datelines() -> None:
    rows = [json.loads(line) for line in shared("wire-samples/credits.jsonl").read_text("utf-8").splitlines()]
    for row in (row for row in rows if row["kind"] == "dateline"):
        read, _before, rest = dateline.split(f"{row['text']} Farmers met.")
        want = row["dateline"]
        assert read is not None
        assert (list(read.places), read.date or None, read.agency) == (want["places"], want["date"], want["agency"])
        assert rest == "Farmers met."


PROSE = "The mill of the county turned on Monday."


@pytest.mark.parametrize(
    ("start", "text", "agency"),
    [
        ("Karlshof: ", "Karlshof", ""), ("Santo Domingo.- ", "Santo Domingo", ""),
        ("New Harwick – ", "New Harwick", ""), ("Lund, Sweden — ", "Lund, Sweden", ""),
        ("HARWICK - Ferry Folk - ", "HARWICK - Ferry Folk", "Ferry Folk"),
        ("Update: ", "", ""), ("Our view: ", "", ""), ("By Mara: ", "", ""), ("Monday – ", "", ""),
        ("County: ", "", ""),
        ("Lund, Skåne län i norr — ", "", ""), ("Mara Quill, miller — ", "", ""), ("Abstract: ", "", ""),
    ],
)  # fmt: skip
def test_a_dateline_by_its_look_only(start: str, text: str, agency: str) -> None:
    read = dateline_weak.split(f"{start}{PROSE}", f"Mill turns again. {PROSE}")
    assert (read[0].text, read[0].agency) == (text, agency) if read else text == ""
    if read:
        assert f"{start}{PROSE}"[read[1] :] == PROSE
