"""Citations agree, field by field, with what citeproc-py, bibtexparser and rispy make of the same work."""

from __future__ import annotations

import pytest

from newsgen.citation import records, styles
from newsgen.citation.days import mla_day, us_day
from newsgen.citation.medium import as_html, as_text
from newsgen.citation.work import Work
from tests.citation.oracle import authors_of, cited_by_citeproc, compare, from_latex, read_bibtex, read_ris, whole
from tests.citation.works import WORKS, a_work

STYLES = {"apa": styles.apa, "mla": styles.mla, "chicago": styles.chicago}
READ = "2025-06-05"

each_work = pytest.mark.parametrize("work", [pytest.param(work, id=name) for name, work in WORKS.items()])
each_style = pytest.mark.parametrize("style", STYLES)


def agree(style: str, work: Work) -> list[str]:
    """Where a style's citation and citeproc's differ in a field."""
    ours, theirs = compare(as_text(STYLES[style](work))), compare(cited_by_citeproc(style, records.csl(work)))
    day = {"apa": us_day, "mla": mla_day, "chicago": us_day}[style](work.day)
    fields = [work.title, work.site, work.url.partition("://")[2], day]
    if style == "apa":
        fields[-1] = f"({work.day[:4]}, {us_day(work.day).partition(',')[0]})"
    fields += [name.family for name in work.authors]
    missing = [field for field in fields[:4] if compare(field) not in ours]
    return missing + [field for field in fields if (compare(field) in ours) != (compare(field) in theirs)]


@each_style
@each_work
def test_every_field_is_where_citeproc_has_it(style: str, work: Work) -> None:
    assert agree(style, work) == []


@pytest.mark.parametrize("name", ["plain", "two", "three", "more than APA names", "particle", "suffix", "agency"])
def test_apa_is_letter_for_letter_that_of_citeproc(name: str) -> None:
    """citeproc-py has faults of its own in MLA and Chicago: it shortens first names there."""
    assert as_text(styles.apa(WORKS[name])).replace(". . .", "…") == cited_by_citeproc("apa", records.csl(WORKS[name]))


@pytest.mark.parametrize(
    ("name", "style", "citation"),
    [
        ("plain", "apa", "Hart, M. (1987, February 26). Fog closes the port of Aldmoor. The Aldmoor Archive. {url}"),
        ("plain", "mla", "Hart, Mila. “Fog Closes the Port of Aldmoor.” The Aldmoor Archive, 26 Feb. 1987, {bare}."),
        ("plain", "chicago",
         "Hart, Mila. “Fog Closes the Port of Aldmoor.” The Aldmoor Archive, February 26, 1987. {url}."),
        ("nobody", "apa", "Fog closes the port of Aldmoor. (1987, February 26). The Aldmoor Archive. {url}"),
        ("nobody", "mla", "“Fog Closes the Port of Aldmoor.” The Aldmoor Archive, 26 Feb. 1987, {bare}."),
        ("nobody", "chicago",
         "The Aldmoor Archive. “Fog Closes the Port of Aldmoor.” February 26, 1987. {url}."),
        ("three", "mla",
         "Hart, Mila, et al. “Fog Closes the Port of Aldmoor.” The Aldmoor Archive, 26 Feb. 1987, {bare}."),
        ("corrected", "apa",
         "Hart, M. (1987, February 26). Fog closes the port of Aldmoor [Version of March 1, 1987]. The Aldmoor "
         "Archive. {url}"),
        ("corrected on the same day", "chicago",
         "Hart, Mila. “Fog Closes the Port of Aldmoor.” The Aldmoor Archive, February 26, 1987, updated February 26, "
         "1987, 18:05. {url}."),
        ("German", "mla",
         "Hart, Mila. “Der Nebel schließt den Hafen.” The Aldmoor Archive, 26 Feb. 1987, {bare}."),
        ("suffix", "chicago",
         "Grun, Otto, Jr. “Fog Closes the Port of Aldmoor.” The Aldmoor Archive, February 26, 1987. {url}."),
    ],
)  # fmt: skip
def test_the_styles_as_their_manuals_have_them(name: str, style: str, citation: str) -> None:
    url = WORKS[name].url
    assert as_text(STYLES[style](WORKS[name])) == citation.format(url=url, bare=url.removeprefix("https://"))


@each_style
def test_the_day_of_access(style: str) -> None:
    said = {
        "apa": "Retrieved June 5, 2025, from https",
        "mla": ". Accessed 5 June 2025.",
        "chicago": "Accessed June 5, 2025. https",
    }[style]
    assert said in as_text(STYLES[style](a_work()), READ)
    assert records.csl(a_work(), READ)["accessed"] == {"date-parts": [[2025, 6, 5]]}
    assert read_ris(records.ris(a_work(), READ))["access_date"] == "2025/06/05"
    assert read_bibtex(records.bibtex(a_work(), READ))["urldate"] == READ


@each_style
def test_html_is_escaped_and_has_a_place_for_the_day_of_access(style: str) -> None:
    html = as_html(STYLES[style](WORKS["italics and marks"]))
    assert "&lt;topps&gt; *rises* &amp; falls" in html.lower()
    assert html.count('<span data-read="') == 1
    assert "<i>The Aldmoor Archive</i>" in html


@each_work
def test_bibtex_is_read_back(work: Work) -> None:
    entry = read_bibtex(records.bibtex(work))
    assert from_latex(str(entry["title"])) == work.title
    assert from_latex(str(entry["journal"])) == work.site
    assert (entry["year"], entry["month"], entry["day"]) == ("1987", "feb", "26")
    assert entry["url"] == work.url
    assert authors_of(entry) == whole(work)
    assert ("note" in entry) == bool(work.version)
    assert str(entry[""]).isascii()


@each_work
def test_ris_is_read_back(work: Work) -> None:
    entry = read_ris(records.ris(work))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == " ".join(work.title.split())
    assert entry["secondary_title"] == work.site
    assert (entry["date"], entry["year"]) == ("1987/02/26", "1987")
    assert entry["urls"] == [work.url]
    names = (", ".join(filter(None, (name.family, name.given, name.suffix))) for name in work.authors)
    assert entry.get("authors", []) == list(names)


def test_a_line_end_in_a_headline_ends_no_field() -> None:
    work = a_work(title="Fog\nTY  - BOOK\n}\n@book{x, title = {y}}", publisher="A\nER  - ")
    assert read_ris(records.ris(work))["title"] == "Fog TY - BOOK } @book{x, title = {y}}"
    assert from_latex(str(read_bibtex(records.bibtex(work))["title"])) == "Fog TY - BOOK } @book{x, title = {y}}"
