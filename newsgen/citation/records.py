"""A citation as a record for a reference manager: BibTeX, RIS, and CSL-JSON (CSL 1.0.2).

`accessed` is the day on which the story was read ("2025-06-05"), "" for none: cite.js puts it in where it is known.
"""

from __future__ import annotations

import re

from newsgen.citation.days import plain_day
from newsgen.citation.names import Name
from newsgen.citation.work import Work
from newsgen.text.address import slug_of_id

__all__ = ["bibtex", "csl", "ris"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Characters that mean something to LaTeX. Braces are counted even where they are escaped: as commands none is left.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{mark: f"\\{mark}" for mark in "&%$#_"},
}  # fmt: skip
_LATEX_MARK = re.compile(r"[\\{}~^&%$#_]")


def bibtex(work: Work, accessed: str = "") -> str:
    """An `@article` entry for BibTeX and biblatex, in UTF-8."""
    year, month, day = work.day.split("-")
    fields = [
        ("author", " and ".join(map(_bibtex_name, work.authors))),
        ("title", f"{{{_latex(work.title)}}}"),
        ("journal", _latex(work.site)),
        ("year", year),
        ("month", _MONTHS[int(month) - 1]),
        ("day", str(int(day))),
        ("note", f"Version of {plain_day(work.version)}" if work.version else ""),
        ("publisher", _latex(work.publisher)),
        ("langid", work.language),
        ("url", work.url),
        ("urldate", accessed),
    ]
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'},\n" for key, value in fields if value]
    return f"@article{{{slug_of_id(work.id)},\n{''.join(lines)}}}"


def ris(work: Work, accessed: str = "") -> str:
    """A record of type NEWS (RIS as Research Information Systems and Zotero read it)."""
    fields = [
        ("TY", "NEWS"),
        *(("AU", _ris_name(name)) for name in work.authors),
        ("TI", _line(work.title)),
        ("T2", _line(work.site)),
        ("PB", _line(work.publisher)),
        ("DA", work.day.replace("-", "/")),
        ("PY", work.day[:4]),
        ("N1", f"Version of {plain_day(work.version)}" if work.version else ""),
        ("AN", _line(work.id)),
        ("LA", work.language),
        ("UR", work.url),
        ("Y2", accessed.replace("-", "/")),
    ]
    return "".join(f"{key}  - {text}\n" for key, text in fields if text) + "ER  - "


def csl(work: Work, accessed: str = "") -> dict[str, object]:
    """An item of CSL-JSON."""
    item: dict[str, object] = {
        "id": work.id,
        "type": "article-newspaper",
        "title": work.title,
        "author": list(map(_csl_name, work.authors)),
        "container-title": work.site,
        "publisher": work.publisher,
        "issued": _date(work.day),
        "version": plain_day(work.version) if work.version else "",
        "language": work.language,
        "URL": work.url,
        "accessed": _date(accessed) if accessed else "",
    }
    return {key: text for key, text in item.items() if text}


def _date(day: str) -> dict[str, object]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _csl_name(name: Name) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given, **({"suffix": name.suffix} if name.suffix else {})}


def _bibtex_name(name: Name) -> str:
    """`von der Leyen, Ursula`; a whole name in braces, so that none of its words is taken for a part."""
    if name.is_whole:
        return f"{{{_latex(name.family)}}}"
    return ", ".join(map(_latex, filter(None, (name.family, name.suffix, name.given))))


def _ris_name(name: Name) -> str:
    return ", ".join(filter(None, (_line(name.family), name.given, name.suffix)))


def _latex(text: str) -> str:
    return _LATEX_MARK.sub(lambda mark: _LATEX[mark[0]], _line(text))


def _line(text: str) -> str:
    """A text in one line: a line end would end the field."""
    return " ".join(text.split())
