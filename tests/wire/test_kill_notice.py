"""Notices that a story is withdrawn. The copy is invented; real notices are read where they lie beside the project."""

from __future__ import annotations

import dataclasses
import json
import tarfile
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats.item import Item
from newsgen.formats.registry import read_items
from newsgen.wire import kill_notice
from newsgen.wire.kill_notice import KillNotice
from tests.support.material import shared

ADVISED = """Please be advised that a story saying Harwick Grain has closed its mill on the
Aldmoor canal is wrong and is withdrawn. The mill is open.
STORY SLUG: GRAIN MILL/ HEADLINE: Harwick Grain closes canal mill:
sources STORY_DATE: 24/10/2012 STORY_TIME: 1648 GMT
No replacement story will be issued."""
KILL = """HARWICK (NW) _ Please kill the story Mayor-Bridge, V1234. It wrongly says that the mayor sold
the bridge. A kill is mandatory.

Make certain the story is not used."""


def fields(notice: KillNotice | None) -> dict[str, object]:
    """What a notice says: the fields that are not absent."""
    assert notice is not None
    plain = {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}
    return {name: value for name, value in plain.items() if value not in ("", None, False) or name == "is_replaced"}


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        (
            "ADVISORY-Harwick Grain story withdrawn",
            ADVISED,
            {
                "slugline": "GRAIN MILL/", "headline": "Harwick Grain closes canal mill: sources",
                "subject": "Harwick Grain", "date": "2012-10-24", "time": "1648 GMT", "is_replaced": False,
                "reason": "A story saying Harwick Grain has closed its mill on the Aldmoor canal is wrong and is "
                "withdrawn.",
            },
        ),
        (
            "ADVISORY-Harwick Grain story withdrawn",  # as Markdown, run in
            " ".join(ADVISED.replace("_", "\\_").split()),
            {
                "slugline": "GRAIN MILL/", "headline": "Harwick Grain closes canal mill: sources",
                "subject": "Harwick Grain", "date": "2012-10-24", "time": "1648 GMT", "is_replaced": False,
                "reason": "A story saying Harwick Grain has closed its mill on the Aldmoor canal is wrong and is "
                "withdrawn.",
            },
        ),
        (
            "Advisory: Lund Ferries story withdrawn",
            'Please be advised that the story, "Lund Ferries sells its oldest boat," originally published on '
            "January 31, 2013, was erroneously re-issued on Sunday with an October 6 dateline. The story has been "
            "withdrawn.",
            {
                "headline": "Lund Ferries sells its oldest boat", "subject": "Lund Ferries", "date": "October 6",
                "reason": 'The story, "Lund Ferries sells its oldest boat," originally published on January 31, 2013, '
                "was erroneously re-issued on Sunday with an October 6 dateline.", "is_replaced": None,
            },
        ),
        (
            "CORRECTED: Orchard says Tarn to press its cider story withdrawn",
            "Please be advised that the ALDMOOR story saying that Tarn will press Orchard's cider is wrong. A\n"
            "substitute story follows:\n\nALDMOOR (Northern Wire) - Tarn is not pressing the cider of Mr. Orchard.",
            {
                "subject": "Orchard says Tarn to press its cider", "is_replaced": True,
                "reason": "The ALDMOOR story saying that Tarn will press Orchard's cider is wrong.",
            },
        ),
        ("Mayor sells bridge", KILL, {
            "slugline": "Mayor-Bridge", "item": "V1234", "is_mandatory": True, "is_replaced": None,
            "reason": "It wrongly says that the mayor sold the bridge.",
        }),
        ("KILL KILL KILL", 'Please kill item dpa 157, headlined "Lund votes". The count was of 2009.', {
            "headline": "Lund votes", "item": "dpa 157", "is_replaced": None,
        }),
        ("Lund votes", "KILL KILL KILL\n\nPlease kill item dpa 157.\n\nThe report on Lund is a hoax.", {
            "item": "dpa 157", "reason": "The report on Lund is a hoax.", "is_replaced": None,
        }),
        ("", "(Eds: Please disregard our story of Oct. 3, 2019, sent at 16:48 GMT. It is a duplicate. A corrected "
         "version will follow.)", {
            "date": "2019-10-03", "time": "16:48 GMT", "reason": "It is a duplicate.", "is_replaced": True,
        }),
        ("KILL KILL KILL", "Please kill the erroneous story Mill-Shares, V1234.\n\nThe mill has no shares.", {
            "slugline": "Mill-Shares", "item": "V1234", "is_replaced": None,
        }),
        ("WITHDRAWN: Mill shares rise 3 pct", "The price was of 2009.\n\nTARN (Northern Wire) - It was a hoax.", {
            "headline": "Mill shares rise 3 pct", "is_replaced": None,
        }),
        ("WITHDRAWN: Mill shares rise 3 pct", "", {"headline": "Mill shares rise 3 pct", "is_replaced": None}),
        ("WITHDRAWAL-UPDATE 2-Mill shares rise", "This story has been withdrawn.", {
            "headline": "Mill shares rise", "reason": "This story has been withdrawn.", "is_replaced": None,
        }),
        ("KILL: Mill shares rise", "", {"headline": "Mill shares rise", "is_replaced": None}),
        ("Mill shares rise (WITHDRAWN)", "", {"headline": "Mill shares rise", "is_replaced": None}),
        ("BULLETIN KILL", "Kill the story Mill-Shares. A kill is mandatory.", {
            "slugline": "Mill-Shares", "is_mandatory": True, "is_replaced": None,
        }),
        ("Harwick Grain story withdrawn", ADVISED.split("STORY SLUG")[0], {
            "subject": "Harwick Grain", "is_replaced": None,
            "reason": "A story saying Harwick Grain has closed its mill on the Aldmoor canal is wrong and is "
            "withdrawn.",
        }),
        ("Note to editors", "Please note that an October 24, 2012 story on the mill has been withdrawn.", {
            "date": "2012-10-24", "subject": "the mill", "is_replaced": None,
            "reason": "An October 24, 2012 story on the mill has been withdrawn.",
        }),
        (
            "KILL - MILL OPENS TO GEESE ONLY",
            'HARWICK, Oct 24 (Northern Wire) - Northern Wire withdraws the story "Mill opens to geese only" slugged '
            "MILL. The geese were ducks. There will be no substitute story.",
            {
                "headline": "Mill opens to geese only", "is_replaced": False,
                "reason": 'Northern Wire withdraws the story "Mill opens to geese only" slugged MILL.',
            },
        ),
        (
            "WITHDRAWAL: MILL OPENS TO GEESE ONLY",
            "HARWICK, Oct 24 (Northern Wire) - The story on the mill is withdrawn. There will be no substitute story.",
            {
                "headline": "MILL OPENS TO GEESE ONLY", "is_replaced": False,
                "reason": "The story on the mill is withdrawn.",
            },
        ),
        (
            "STORY REMOVED: Mill opens to geese only",
            "The Northern Wire story published on October 24 is wrong and has been withdrawn.",
            {
                "headline": "Mill opens to geese only", "date": "October 24", "is_replaced": None,
                "reason": "The Northern Wire story published on October 24 is wrong and has been withdrawn.",
            },
        ),
        (
            "ADVISORY-Mill opens to geese only story withdrawn",
            "Oct 24 (Northern Wire) - The story MILL OPENS TO GEESE ONLY has been withdrawn. No replacement story will "
            "be issued.",
            {
                "subject": "Mill opens to geese only", "is_replaced": False,
                "reason": "The story MILL OPENS TO GEESE ONLY has been withdrawn.",
            },
        ),
    ],
)  # fmt: skip
def test_notices(headline: str, body: str, expected: dict[str, object]) -> None:
    assert fields(kill_notice.parse(headline, body)) == expected


_GATE = "Lund opens its weir gate early"


@pytest.mark.parametrize(
    ("headline", "body", "meant"),  # `meant`: headline, subject, slugline and item of the story
    [
        # the headline and a sentence
        ("Weir gate story withdrawn", f'LUND (Northern Wire) - The story headlined "{_GATE}" is wrong. The story '
         "has been withdrawn.", _GATE),
        ("Weir gate story withdrawn", f'LUND (AP) - The story "{_GATE}" is wrong. It has been withdrawn.', _GATE),
        (_GATE, f'The story headlined "{_GATE}" is wrong. The story has been withdrawn.', _GATE),
        ("Advisory: Story on TARNCO dredging rivers in Lund withdrawn", "Please be advised the story on TARNCO, which "
         "was based on a newspaper's report, has been withdrawn after TARNCO said it is inaccurate.",
         "TARNCO dredging rivers in Lund"),
        ("Weir story withdrawn", "The story on the weir has been withdrawn.", "Weir"),
        ("Weir story withdrawn", "LUND (Northern Wire) - Northern Wire has withdrawn its story on the weir.", "Weir"),
        ("Weir story retracted", "LUND (AP) - Our story of June 3 was incorrect and has been retracted.", "Weir"),
        ("The Associated Press withdraws story about weir", "LUND (AP) — The Associated Press has withdrawn its story "
         "about the opening of the weir. The letter on which it was based was forged.", "the opening of the weir"),
        (f"{_GATE} - story withdrawn", "LUND (Northern Wire) - The story sent on Tuesday is incorrect and has been "
         "withdrawn. No replacement will be issued.", _GATE),
        ("ADVISORY - Weir story killed", "The story sent on Monday contained errors.", "Weir"),
        ("Stories on the weir withdrawn", "The stories on the weir have been withdrawn. They were forged.", "the weir"),
        # a heading
        ("Mandatory kill: Lund opens gate", "The gate is shut.", "Lund opens gate"),
        ("Kill advisory: Lund opens gate", "The story was sent in error.", "Lund opens gate"),
        ("Story withdrawn: Lund opens gate", "The gate is shut.", "Lund opens gate"),
        ("Withdrawal notice: Lund opens gate", "The story is wrong.", "Lund opens gate"),
        ("RETRACTED: Lund opens gate", "The story was based on a hoax.", "Lund opens gate"),
        ("DISREGARD: Lund opens gate", "Please disregard the previous story.", "Lund opens gate"),
        ("Lund opens gate (KILLED)", "The gate is shut.", "Lund opens gate"),
        ("KILL", "Lund opens gate", ""),
        ("Gate", "MANDATORY KILL - The story slugged Weir-Gate is wrong. A kill is mandatory.", ""),
        # an order, or advice to subscribers
        ("Notice", f'Please disregard the story headlined "{_GATE}" sent at 10:12 GMT.', _GATE),
        ("Note", "Clients, please ignore our story on the weir, sent at noon.", "the weir"),
        ("Note", "Clients should note that the story on the weir has been withdrawn.", "the weir"),
        ("Note", "Editors, please note: our report on the weir is withdrawn.", "the weir"),
        ("Note", "Editors: the story on the weir is wrong and is withdrawn.", "the weir"),
        ("Note", "Please note that the story on the weir was sent in error and should not be used.", "the weir"),
        ("Weir", "LUND (AP) — Kill BC-US--Weir-Gate, which moved at 9:30. A kill is mandatory.", "BC-US--Weir-Gate"),
        ("ADVISORY", "Please disregard Weir-Gate, dateline LUND, June 3. The gate is shut.", "Weir-Gate"),
        ("ADVISORY: Reuters withdraws story on weir", "LUND (Reuters) - Reuters has withdrawn its story headlined "
         f"‘{_GATE}’.", _GATE),
        # a sentence that only an agency writes
        ("Weir", f'The story "{_GATE}" is withdrawn and will not be replaced.', _GATE),
        (_GATE, "This story has been withdrawn because it was based on a hoax.", ""),
        # other languages
        ("ANNULATION", "Prière de ne pas tenir compte de notre dépêche «La vanne s'ouvre».", "La vanne s'ouvre"),
        ("La vanne s'ouvre", "ATTENTION - ANNULATION. La dépêche «La vanne s'ouvre» est annulée.", "La vanne s'ouvre"),
        ("ANNULATION - La vanne s'ouvre", "La dépêche diffusée à 10H12 est annulée.", "La vanne s'ouvre"),
        ("Annulation de la dépêche sur la vanne", "Elle reste fermée.", "de la dépêche sur la vanne"),
        ("STORNIERUNG: Wehr öffnet", "Die Meldung «Wehr öffnet sich» von 10.12 Uhr ist storniert.", "Wehr öffnet sich"),
        ("Storno", "Bitte verwenden Sie unsere Meldung «Wehr öffnet sich» nicht.", "Wehr öffnet sich"),
        ("Achtung: Meldung zurückgezogen", "Die Meldung über das Wehr wird zurückgezogen.", ""),
        ("ANULACIÓN", 'Rogamos anulen la noticia titulada "La compuerta se abre".', "La compuerta se abre"),
        ("ANULACIÓN: La compuerta se abre", "Queda anulada la noticia emitida a las 10.12.", "La compuerta se abre"),
        ("dpa zieht Meldung über Wehr zurück", "Das Wehr bleibt geschlossen.", ""),
        ("EFE anula la noticia de la compuerta", "La compuerta sigue cerrada.", ""),
        ("ACHTUNG", "ACHTUNG REDAKTIONEN: Bitte die Meldung dpa 0157 nicht verwenden.", ""),
        ("ANNULLAMENTO", "Si prega di annullare la notizia sulla paratoia.", ""),
        ("INTREKKING", "Het bericht over de stuw is ingetrokken.", ""),
        ("MAKULERAS: Dammen öppnas", "Artikeln om dammen makuleras.", "Dammen öppnas"),
        ("АННУЛИРУЕТСЯ", "Сообщение о плотине аннулируется.", ""),
    ],
)  # fmt: skip
def test_notices_in_other_wording(headline: str, body: str, meant: str) -> None:
    notice = kill_notice.parse(headline, body)
    assert notice is not None
    assert not notice.is_doubtful
    assert meant in (notice.headline, notice.subject, notice.slugline)


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Weir gate story withdrawn",
            "LUND (Northern Wire) - The gate stays shut until June, contrary to what was sent.",
        ),
        ("Lund weir story retracted", "The gate stays shut until June."),
        ("Story on Lund's weir withdrawn", "The gate stays shut."),
        (_GATE, "The story has been withdrawn."),
        ("ANNULATION - La vanne s'ouvre", "Elle reste fermée."),
        ("Withdrawn: Lund opens gate", "The gate stays shut."),
    ],
)
def test_what_may_be_a_notice_is_doubtful(headline: str, body: str) -> None:
    notice = kill_notice.parse(headline, body)
    assert notice is not None
    assert notice.is_doubtful


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Brewer withdraws cider", "LUND (Northern Wire) - Orchard & Sons has withdrawn its cider, the company said."),
        ("Bill withdrawn after protests", "LUND (Northern Wire) - A bill on weirs has been withdrawn, the mayor said."),
        ("Report on flood withdrawn", "LUND (Northern Wire) - A report on the flood was withdrawn on Monday."),
        ("Council flood report withdrawn", "LUND (Northern Wire) - The report on the flood has been withdrawn."),
        ("Council flood report withdrawn", "The council's report has been withdrawn, officials said. It was wrong."),
        (
            "Article 5 withdrawn",
            "LUND (Northern Wire) - Article 5 of the treaty has been withdrawn. It will not be replaced.",
        ),
        ("Gazette retracts story on mayor", "LUND (Northern Wire) - The Lund Gazette retracted a story on the mayor."),
        ("Gazette's mayor story withdrawn", "The Lund Gazette has withdrawn a story on the mayor, its editor said."),
        ("Judge orders story withdrawn", "LUND (Northern Wire) - A judge ordered the Gazette to withdraw a story."),
        (
            "Journal article retracted",
            "LUND (Northern Wire) - An article on eels was retracted by the Journal of Eels.",
        ),
        ("Item withdrawn from sale", "The item has been withdrawn from sale, the auctioneer said."),
        ("Editor resigns", 'LUND (Northern Wire) - "Our story is wrong. It is withdrawn," the editor said.'),
        ("Kill switch for weirs", "LUND (Northern Wire) - Weirs must have a kill switch. The story is an old one."),
        ("Annulation du festival de Lund", "LUND (AFP) - Le festival de Lund est annulé, selon un article de presse."),
        ("Stornierung von Reisen kostet mehr", "Wer storniert, zahlt mehr, heißt es in einem Bericht des Amtes."),
        ("La anulación de la boda", "La boda queda anulada, dice una nota de prensa."),
        ("Tarn withdraws from canal project", "HARWICK (Northern Wire) - Tarn has withdrawn from a project."),
        ("Storm kills 3", "LUND (Northern Wire) - A storm killed three people."),
        ("Candidate withdraws", "Candidate Mara Quill was withdrawn by her party, the story goes."),
        ("Kill Bill sequel announced", "A sequel is to be made."),
        ("Kill: the making of a film", "It took three years."),
        ("KILL-OR-CURE PLAN FOR LUND BANK", "LUND, Feb 3 - The bank has a plan."),
        ("Withdrawal: how a town lives without opium", "The story is an old one."),
        ("WITHDRAWAL: How a town lives without opium", "TARN (Northern Wire) - The story is an old one."),
        ("WITHDRAWAL: No substitute for rest", "TARN (Northern Wire) - There is no substitute, the story goes."),
        ("STORY REMOVED: a tower loses its top", "HARWICK (Northern Wire) - The tower has a story less."),
        ("MILL STORY WITHDRAWN", "HARWICK (Northern Wire) - The Herald withdrew a story. It will print another."),
        ("MANDATORY KILL SWITCH FOR TELEPHONES", "HARWICK, Feb 3 - Telephones must have one."),
        ("Herald story withdrawn", "HARWICK (Northern Wire) - The Harwick Herald has withdrawn a story on the mayor."),
        ("Herald story withdrawn", "The Herald's story on the mayor has been withdrawn, the paper said. It was wrong."),
        ("Herald withdraws story", "HARWICK (Northern Wire) - The story is wrong and is withdrawn, the Herald said."),
        ("CORRECTED: Herald mayor story withdrawn", "The story was withdrawn by the Herald on Monday."),
        ("ADVISORY: Herald mayor story withdrawn", "HARWICK (Northern Wire) - The Herald has withdrawn a story."),
        ("Editors were begged", '"Please kill the story," the mayor wrote. "A kill is mandatory."'),
        ("Editors were begged", 'HARWICK (Northern Wire) - "Please kill the story," the mayor wrote.'),
        ("ADVISORY-Mill story to be updated", "Please be advised that the story on the mill will be updated."),
        ("ADVISORY-Mill talks", "Please be advised that the offer for the mill has been withdrawn."),
        ("HOLD HOLD HOLD", "Please hold item dpa 157."),
        ("CORRECTED-Mill shares rise", "(Corrects the price in paragraph 2)"),
        ("", ""),
    ],
)
def test_ordinary_copy_is_no_notice(headline: str, body: str) -> None:
    assert kill_notice.parse(headline, body) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("24/10/2012", "2012-10-24"),
        ("04/05/2012", "2012-05-04"),
        ("10/24/2012", "2012-10-24"),
        ("Oct 24, 2012", "2012-10-24"),
        ("24 October 2012", "2012-10-24"),
        ("2012-10-24", "2012-10-24"),
        ("Oct 24", "Oct 24"),
        ("31/02/2012", "31/02/2012"),
        ("yesterday", "yesterday"),
    ],
)
def test_dates(written: str, read: str) -> None:
    notice = kill_notice.parse("ADVISORY-Mill story withdrawn", f"STORY_DATE: {written}\nSTORY_TIME: 1648 GMT")
    assert notice is not None
    assert (notice.date, notice.time) == (read, "1648 GMT")


@given(st.text(max_size=80), st.text(max_size=400))
def test_any_text_is_read(headline: str, body: str) -> None:
    kill_notice.parse(headline, body)
    kill_notice.parse(f"ADVISORY-{headline} story withdrawn", f"Please be advised that a story {body} is withdrawn.")


@pytest.mark.parametrize(
    "piece",
    [
        "story ",
        "please ",
        "KILL ",
        "kill the story A-",
        "The story is wrong. ",
        "annule la depeche ",
        "bitte ",
        "AP withdrew ",
        "item ",
        "HEADLINE: ",
        "(",
        "sent ",
        "story is ",
        "A. ",
    ],
)
def test_long_texts_take_no_longer(piece: str) -> None:
    body = piece * (200_000 // len(piece))
    for start in ("", "Please be advised that a story is withdrawn. ", "Please kill the story "):
        began = time.process_time()
        kill_notice.parse(f"KILL: {start}{body}", start + body)
        assert time.process_time() - began < 0.5


# --- real copy -------------------------------------------------------------------------------------------------------


def read(name: str) -> list[KillNotice | None]:
    """What the files of a folder say, as copy and as the story that an import makes of it."""
    notices = []
    for path in sorted(shared(f"wire-samples/life-cycle/{name}").glob("*.txt")):
        head, _blank, body = path.read_text(encoding="utf-8").partition("\n\n")
        (item,) = read_items(path.name, path.read_bytes())
        assert isinstance(item, Item)
        notices += [kill_notice.parse(head.partition("\n")[0].strip("- "), body)]
        notices += [kill_notice.parse(item.headline, item.body)]
    return notices


def test_the_four_real_notices() -> None:
    for notice, is_replaced in zip(read("withdrawn-ubs-singapore"), (False, False, None, None), strict=True):
        assert notice is not None
        assert notice.slugline == "BANKING LIBOR UBS"
        assert notice.headline.startswith("UBS suspends")
        assert notice.headline.endswith(": sources")
        assert (notice.date, notice.time, notice.is_replaced) == ("2012-10-24", "1648 GMT", is_replaced)
        assert notice.reason.endswith("withdrawn.")
    for notice in read("withdrawn-boehringer"):
        assert notice is not None
        assert (notice.subject, notice.date, notice.is_replaced) == ("Boehringer Ingelheim", "October 6", None)
        assert notice.headline.endswith("enters consent decree")
        assert "re-issued" in notice.reason
    for notice in read("withdrawn-apple-intel"):
        assert notice is not None
        assert (notice.subject, notice.headline, notice.is_replaced) == (
            "Apple says Intel to supply iPhone CPU",
            "",
            True,
        )
        assert notice.reason.endswith("is wrong.")
        assert not notice.is_mandatory


def test_no_other_version_of_a_story_is_a_notice() -> None:
    folders = sorted(path.name for path in shared("wire-samples/life-cycle").glob("versions-*"))
    assert len(folders) == 7
    assert [notice for name in folders for notice in read(name) if notice] == []


def test_no_story_of_1987_is_a_notice() -> None:
    (archive,) = shared("reuters-21578").glob("*.tar.xz")
    with tarfile.open(archive) as members:
        member = next(member for member in members if member.name.endswith(".sgm"))
        file = members.extractfile(member)
        assert file is not None
        items = [item for item in read_items(member.name, file.read()) if isinstance(item, Item)]
    assert len(items) == 1000
    assert [item.headline for item in items if kill_notice.parse(item.headline, item.body)] == []


def test_lines_of_agency_copy_are_no_notices_but_one() -> None:
    lines = shared("wire-samples/credits.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) > 100
    assert [text for text in texts if kill_notice.parse("Mill talks resume", text)] == []
    taken = [text for text in texts if kill_notice.parse(text, "")]
    assert [text.startswith("ADVISORY-") and text.endswith("story withdrawn") for text in taken] == [True]


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Attention editors: Aldmoor item retracted", "The item about Aldmoor is hereby retracted."),
        ("Note to subscribers - Aldmoor story withdrawn", "The story about Aldmoor could not be confirmed."),
        ("ATTN EDITORS: Aldmoor item killed", "The item was sent in error."),
    ],
)
def test_words_to_editors_in_the_headline_are_as_good_as_a_tag(headline: str, text: str) -> None:
    notice = kill_notice.parse(headline, text)
    assert notice is not None
    assert (notice.subject, notice.is_doubtful) == ("Aldmoor", False)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Attention editors: photos of the mill", "The photos of the mill will follow."),
        ("Editors, writers quit over retracted story", "HARWICK (Northern Wire) - Six editors quit on Monday."),
    ],
)
def test_words_to_editors_alone_withdraw_nothing(headline: str, text: str) -> None:
    assert kill_notice.parse(headline, text) is None
