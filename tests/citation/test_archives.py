"""The citations of whole archives parse in bibtexparser, rispy and citeproc-py, and agree with each other."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.citation.oracle import cited_by_citeproc, compare, from_latex, read_bibtex, read_ris
from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.reuters import write_reuters

ROOT = Path(__file__).parents[2]
STORIES = int(os.environ.get("NEWSGEN_REUTERS", "11000"))


def citations(folder: Path) -> Iterator[dict[str, Any]]:
    """Those of the story files below an output folder."""
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        yield from (story["citation"] for story in data.get("stories", [data]) if "citation" in story)


def faults(citation: dict[str, Any], styles: Sequence[str] = ("apa", "mla", "chicago")) -> list[str]:
    """What does not agree in the citations of one story; citeproc-py takes some 10 ms for each style."""
    (item,) = citation["csl"]
    entry, reference = read_bibtex(citation["bibtex"]), read_ris(citation["ris"])
    title = " ".join(item["title"].split())
    authors = item.get("author", [])
    names = [person.get("literal") or f"{person['family']}, {person['given']}" for person in authors]
    day = "/".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    found = {
        "bibtex title": from_latex(str(entry["title"])) == title,
        "bibtex url": entry["url"] == item["URL"],
        "bibtex authors": len(entry.get("author", [])) == len(authors),  # type: ignore[arg-type]
        "ris title": reference["title"] == title,
        "ris url": reference["urls"] == [item["URL"]],
        "ris date": reference["date"] == day,
        "ris authors": len(reference.get("authors", [])) == len(names),  # type: ignore[arg-type]
    }
    fields = [title, item["container-title"], item["URL"].partition("://")[2], day[:4]]
    for style in styles:
        ours, theirs = compare(citation[style]), compare(cited_by_citeproc(style, item))
        found[style] = all(compare(field) in ours and compare(field) in theirs for field in fields)
    return [f"{item['id']}: {name}" for name, is_right in found.items() if not is_right]


def build(folder: Path) -> Path:
    command = [*COMMAND, "build", "--site", str(folder), "--output", str(folder / "build")]
    subprocess.run(command, check=False, capture_output=True, env=ENVIRONMENT)
    return folder / "build"


def test_the_sample(tmp_path: Path) -> None:
    for name in ("content", "pyproject.toml", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    found = list(citations(build(tmp_path)))
    assert len(found) > 80
    assert [fault for citation in found for fault in faults(citation)] == []


@pytest.mark.long
def test_eleven_thousand_stories_of_reuters(tmp_path: Path) -> None:
    sources, folder = tmp_path / "sgml", tmp_path / "site"
    write_reuters(folder / "content/world", STORIES, sources)
    settings = '[tool.newsgen]\ntitle = "Reuters"\nbase_url = "https://a.example"\nstory_files = ["json"]\n'
    (folder / "pyproject.toml").write_text(settings)
    found = list(citations(build(folder)))
    assert len(found) == STORIES
    wrong = [fault for citation in found for fault in faults(citation, ("apa",))]
    wrong += [fault for citation in found[::20] for fault in faults(citation, ("mla", "chicago"))]
    assert wrong == []
