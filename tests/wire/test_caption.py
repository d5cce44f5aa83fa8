"""Captions of invented pictures, in the agencies' forms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.model.story import Caption
from newsgen.wire import caption
from tests.support.material import shared

SAID = "Farmers at the fair in Harwick, June 3, 2019."


def show(read: Caption) -> tuple[str, str, str, str]:
    flags = {"pool": read.is_pool, "handout": read.is_handout, "file": read.is_file}
    return read.photographer, read.agency, read.source, " ".join(name for name, is_set in flags.items() if is_set)


CASES = [
    ("Mara Quill/Pool via REUTERS/File Photo", ("Mara Quill", "REUTERS", "", "pool file")),
    ("REUTERS/Mara Quill/Files", ("Mara Quill", "REUTERS", "", "file")),
    ("REUTERS/Stringer", ("", "REUTERS", "", "")),
    ("REUTERS/Mara Quill/Illustration/File Photo", ("Mara Quill", "REUTERS", "", "file")),
    ("Harwick Fire Brigade/Handout via REUTERS", ("", "REUTERS", "Harwick Fire Brigade", "handout")),
    (
        "Mara Quill/Harwick Press Office/Handout via REUTERS",
        ("Mara Quill", "REUTERS", "Harwick Press Office", "handout"),
    ),
    ("U.S. Plough Club/Handout via REUTERS.", ("", "REUTERS", "U.S. Plough Club", "handout")),
    ("(AP Photo/Mara Quill, File)", ("Mara Quill", "AP", "", "file")),
    ("(AP Photo/Harwick Pictures, Mara Quill)", ("Mara Quill", "AP", "Harwick Pictures", "")),
    ("(Mara Quill/Pool Photo via AP)", ("Mara Quill", "AP", "", "pool")),
    ("(Mara Quill, Lund, Harwick Pool Photo via AP)", ("Mara Quill", "AP", "Lund, Harwick", "pool")),
    (
        "(Photo by MARA QUILL / AFP) (Photo credit should read MARA QUILL/AFP/Getty Images)",
        ("MARA QUILL", "AFP", "Getty Images", ""),
    ),
    ("Mara Quill/Northern Wire", ("Mara Quill", "Northern Wire", "", "")),
    ("Mara Quill / Getty Images", ("Mara Quill", "Getty Images", "", "")),
    ("AP Photo/Mara Quill", ("Mara Quill", "AP", "", "")),
    ("(PTI Photo/Mara Quill)", ("Mara Quill", "PTI", "", "")),
    ("[Mara Quill/Reuters]", ("Mara Quill", "Reuters", "", "")),
    ("[Photo/Xinhua]", ("", "Xinhua", "", "")),
    ("Mara Quill, AP", ("Mara Quill", "AP", "", "")),
    ("Mara Quill — The Associated Press", ("Mara Quill", "The Associated Press", "", "")),
    ("PHOTO MARA QUILL, LA PRESSE CANADIENNE", ("MARA QUILL", "LA PRESSE CANADIENNE", "", "")),
    ("Crédito: Mara Quill/Reuters", ("Mara Quill", "Reuters", "", "")),
    ("Crédit photo : Mara Quill", ("Mara Quill", "", "", "")),
    ("Image source, Getty Images", ("", "Getty Images", "", "")),
    ("Mara Quill via Getty Images", ("Mara Quill", "Getty Images", "", "")),
    ("HP PHOTO: MARA QUILL", ("MARA QUILL", "", "", "")),
    ("(Source: Reuters)", ("", "Reuters", "", "")),
    ("(Foto: dpa)", ("", "dpa", "", "")),
]


@pytest.mark.parametrize(("credit", "expected"), CASES)
def test_credits(credit: str, expected: tuple[str, str, str, str]) -> None:
    read = caption.parse(f"{SAID} {credit}")
    assert show(read) == expected
    assert read.text == SAID
    assert read.credit.strip(".") == credit.strip(".")
    assert read.raw == f"{SAID} {credit}"
    assert show(caption.parse(SAID, credit)) == expected  # beside the caption instead of in it


def test_file_photo_before_and_instructions_after() -> None:
    orders = "ATTENTION EDITORS - THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY. NO RESALES. NO ARCHIVES."
    read = caption.parse(f"FILE PHOTO: {SAID} Harwick Fire Brigade/Handout via REUTERS {orders}")
    assert read.is_file
    assert read.no_archives
    assert read.restrictions == orders
    assert read.text == SAID


@pytest.mark.parametrize(
    "junk", ["Acquire Licensing Rights", "Purchase Licensing Rights, opens new tab", "ORG XMIT: HW101"]
)
def test_leftovers_of_a_page_stay_in_raw_only(junk: str) -> None:
    read = caption.parse(f"{SAID} Mara Quill/Pool via REUTERS {junk}")
    assert (read.text, read.photographer) == (SAID, "Mara Quill")
    assert junk in read.raw


@pytest.mark.parametrize("text", [SAID, "The 2018/19 season in Harwick. It rained.", "", "Farmers (left) and millers."])
def test_a_caption_without_credit_is_all_text(text: str) -> None:
    assert caption.parse(text) == Caption(text, text)


@given(
    st.lists(
        st.sampled_from(["A", "b", ". ", "/", "REUTERS", " via ", "(", ")", "Pool", "FILE PHOTO: ", "NO SALES", ","])
    )
)
def test_no_word_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    read = caption.parse(text)
    assert read.raw == text
    together = f"{read.text} {read.credit} {read.restrictions}"
    assert together.count("b") == text.count("b")


def test_real_captions() -> None:
    rows = [json.loads(line) for line in shared("wire-samples/credits.jsonl").read_text("utf-8").splitlines()]
    for row in (row for row in rows if row["kind"] == "caption"):
        read, want = caption.parse(row["text"]), row["photo"]
        names = [name for role in row["roles"] for name in role["names"]] or [""]
        assert (read.photographer, read.agency, read.source) == (names[0], want["agency"], want["provider"] or "")
        assert (read.is_pool, read.is_handout, read.is_file) == (want["pool"], want["handout"], want["file"])


@pytest.mark.parametrize(
    ("credit", "photographer", "agency"),
    [
        ("(Northern Wire photo by Mara Quill)", "Mara Quill", "Northern Wire"),
        ("[File: Mara Quill/AP]", "Mara Quill", "AP"),
        ("AP Photo by Mara Quill", "Mara Quill", "AP"),
        ("picture alliance/dpa | Mara Quill", "Mara Quill", "picture alliance"),
        ("(Mara Quill/Xinhua via AP, File)", "Mara Quill", "AP"), ("Courtesy of Mara Quill", "Mara Quill", ""),
        ("(Mara Quill for The Harwick Post)", "Mara Quill", ""), ("— Photo: AFP", "", "AFP"),
        ("- Copyright AFP Mara Quill", "Mara Quill", "AFP"),
        ("(Picture: Getty)", "", "Getty"), ("[Mara Quill/AP Photo]", "Mara Quill", "AP"),
    ],
)  # fmt: skip
def test_credits_in_more_orders(credit: str, photographer: str, agency: str) -> None:
    read = caption.parse(f"The mill at dawn. {credit}")
    assert (read.text, read.photographer, read.agency) == ("The mill at dawn.", photographer, agency)
    assert caption.is_caption(f"The mill at dawn. {credit}")
