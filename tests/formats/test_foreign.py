"""What is no copy is named by its content, then by its ending; copy that looks a little like it is copy."""

from __future__ import annotations

import io
import zipfile

import pytest

from newsgen.commands.import_report import Entry, IngestReport
from newsgen.formats.foreign import foreign_kind, is_left_behind
from newsgen.formats.item import Failure, Skipped
from newsgen.formats.registry import read_items
from newsgen.messages.imports import not_imported_lines

HTML = b"<!DOCTYPE html>\n<html><head><title>Mill turns</title></head><body><p>It turned.</p></body></html>\n"
MAIL = b"Received: from mill.example by wire.example; Mon, 5 Jun 2019 09:02:00 +0000\nFrom: a@mill.example\n"
MAIL += b"Subject: Mill turns\n\nIt turned.\n"
CSV = b"id,headline,date\n1,Mill turns,2019-06-05\n2,Ferry sails,2019-06-06\n3,Mill stops,2019-06-07\n"
LOG = b"".join(b"2019-06-05 09:02:%02d INFO mill: turned\n" % second for second in range(6))


def a_document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (HTML, "is-html"),
        (b"\xef\xbb\xbf\r\n" + HTML.replace(b"\n", b"\r\n"), "is-html"),
        (HTML.decode().encode("utf-16"), "is-html"),
        (b"<!-- saved from the mill -->\n<div class='story'><p>It turned.</p></div>", "is-html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="y"><body/></html>', "is-html"),
        (b'<?xml version="1.0"?>\n<nitf><head/><body/></nitf>', "is-nitf"),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<newsItem guid="a"><x/></newsItem>', "is-newsml"),
        (b"<NewsML><NewsItem/></NewsML>", "is-newsml"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "is-feed"),
        (b'<?xml version="1.0"?><story><p>It turned.</p></story>', "is-xml"),
        (b"<DOC>\n<DOCNO> NW1 </DOCNO>\n<TEXT>\nIt turned.\n</TEXT>\n</DOC>\n", "is-sgml"),
        (b'{"uri": "nw1", "headline": "Mill turns", "body_text": "It turned."}', "is-ninjs"),
        (b'[\n {"title": "Mill turns"}\n]', "is-json"),
        (b'{"title": "Mill turns"}\n{"title": "Ferry sails"}\n', "is-json"),
        (b"---\ntitle: Mill turns\nlayout: post\n---\n\nIt turned.\n", "is-front-matter"),
        (b'+++\ntitle = "Mill turns"\n+++\n\nIt turned.\n', "is-front-matter"),
        (b"From a@mill.example Wed Jun  5 09:02:00 2019\n" + MAIL, "is-mbox"),
        (MAIL, "is-email"),
        (b'From: A <a@mill.example>\nContent-Type: multipart/mixed;\n boundary="x"\n\n--x\n', "is-email"),
        (CSV, "is-csv"),
        (CSV.replace(b",", b";"), "is-csv"),
        (CSV.replace(b",", b"\t"), "is-csv"),
        (b'"id","headline"\n"1","Mill, turns"\n"2","Ferry\nsails"\n"3","a"\n'.replace(b'","', b'","x","'), "is-csv"),
        (LOG, "is-log"),
        (b'10.0.0.1 - - [05/Jun/2019:09:02:00 +0000] "GET / HTTP/1.1" 200 5\n' * 4, "is-log"),
        (b"{\\rtf1\\ansi It turned.}", "is-rtf"),
        (b"%PDF-1.7\n", "is-pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is-word"),
        (a_document(), "is-word"),
        (b"\x1f\x8b\x08\0", "is-archive"),
        (b"\x89PNG\r\n\x1a\n", "is-picture"),
    ],
)  # fmt: skip
def test_content_tells_whatever_the_name_is(data: bytes, kind: str) -> None:
    for name in ("wire/a.txt", "a", "a.eml"):
        assert foreign_kind(name, data) == kind
    (result,) = read_items("wire/a.txt", data)
    assert result == Failure("wire/a.txt", kind)
    (line,) = not_imported_lines(IngestReport(failed=(Entry("a.txt", reason=kind),)))
    assert line.startswith("a.txt: this is ")
    assert "no build" not in line


@pytest.mark.parametrize(
    "copy",
    [
        b"<Mill Turns>\n\nHARWICK (AP) - It turned.\n",
        b"<Harwick Mill Co> said it would turn.\n\nIt turned <HWK.L>.\n",
        b"[Picture: the mill]\n\nMill turns\n\nIt turned.\n",
        b"{Eds: adds quote}\n\nMill turns\n\nIt turned.\n",
        b"---\nMill turns\n---\n\nIt turned.\n",
        b"-- Mill turns\n-- By A\n-- Wed Jun 5, 2019 9:02am EDT\n-- http://w.example/a/b\n\nIt turned.\n",
        b"From Harwick to Lund in 2019\n\nIt turned: they said so.\n",
        b"From: Northern Wire\nSubject: Mill turns\nDate: 5 June 2019\n\nIt turned.\n",
        b"HEADLINE: Mill turns\nDATE: June 5, 2019\nBYLINE: Ann Lee\n\nIt turned.\n",
        b"Mill turns, ferry sails, rain falls\n\nIt turned, they said, and sailed.\nIt fell, all day, and night.\n",
        b"Rain, wind, hail\nSun, then, rain\nSnow, ice, fog\nMore, later, on.\n",
        b"2019-06-05 09:02\n\nMill turns\n\nIt turned.\n",
        b"Team | W | L\n\nHarwick won. Lund lost.\n",
        "Mühle dreht sich; Fähre fährt\n\nSie drehte sich; es war Juni.\n".encode("latin-1"),
    ],
)
def test_copy_is_copy(copy: bytes) -> None:
    assert foreign_kind("a.txt", copy) == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", "is-csv"), ("a.EML", "is-email"), ("a/b.html", "is-html"), ("a.log", "is-log"), ("a.JSON", "is-json"),
        ("a.b/c", ""), ("a.txt", ""), ("a", ""), ("a.md", ""), ("a.v2", ""),
    ],
)  # fmt: skip
def test_the_ending_tells_where_the_content_does_not(name: str, kind: str) -> None:
    assert foreign_kind(name, b"Mill turns\n\nIt turned.\n") == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/Thumbs.db", True), ("a/story.txt~", True), ("#story.txt#", True), ("story.txt.bak", True),
        ("~$a.doc", True),
        (".DS_Store", True), ("a.swp", True), ("#mill.txt", False), ("a/backup.txt", False), ("~a.txt", False),
    ],
)  # fmt: skip
def test_what_editors_and_systems_leave_behind(name: str, expected: bool) -> None:
    assert is_left_behind(name) is expected
    (result, *_rest) = read_items(name, b"Mill turns\n\nIt turned.\n")
    assert (result == Skipped(name, "is-leftover")) is expected
