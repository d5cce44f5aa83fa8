"""`make eval`: newsgen's related stories beside those of other methods, judged by topics that are hidden from all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.eval import methods
from tests.eval.judge import Verdict, judge
from tests.eval.stories import MATERIAL, Judged, read

__all__ = ["main", "report"]


def report(stories: Sequence[Judged]) -> str:
    """The table, in Markdown, and below it newsgen compared with others."""

    def progress(step: str) -> None:
        print(step, file=sys.stderr, flush=True)

    rows: dict[str, Verdict] = {}
    progress("random, before, tags")
    rows["five at random"] = judge(stories, methods.scattered(stories))
    rows["the five before"] = judge(stories, methods.before(stories))
    rows["tags in common"] = judge(stories, methods.by_tags(stories))
    progress("TF-IDF cosine")
    vectors = methods.full(stories)
    rows["TF-IDF cosine"] = judge(stories, methods.cosine(vectors, leave_out=False))
    rows["TF-IDF cosine, no repeats"] = judge(stories, methods.cosine(vectors, leave_out=True))
    progress("newsgen")
    lists, taken = methods.newsgen(stories)
    newsgen = rows["newsgen"] = judge(stories, lists)
    lines = [
        f"{len(stories):,} stories; P@5, an empty place counts as a miss.",
        "",
        "| method | without earn, acq | all topics | by topic (macro) | empty lists | short lists |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {row.micro:.3f} | {row.micro_all:.3f} | {row.macro:.3f} | {row.empty:,} | {row.short:,} |"
        for name, row in rows.items()
    ]
    lines.append("")
    for name in ("TF-IDF cosine", "TF-IDF cosine, no repeats", "tags in common"):
        row = rows[name]
        micro, macro = _ratio(newsgen.micro, row.micro), _ratio(newsgen.macro, row.macro)
        lines.append(f"newsgen / {name}: {micro}, by topic {macro}")
    lines.append(f"lists of newsgen that hold a repeat: {methods.repeats(vectors, lists):,}")
    steps = ", ".join(f"{step} {time:.0f}" for step, time in taken.items())
    lines.append(f"microseconds of a processor a story: {sum(taken.values()):.0f} ({steps})")
    return "\n".join(lines)


def _ratio(a: float, b: float) -> str:
    return f"{a / b:.3f}" if b else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 2 if the material is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--material", type=Path, default=MATERIAL, help="a folder with Reuters-21578, *.tar.xz")
    options = parser.parse_args(arguments)
    try:
        stories = read(options.material)
    except FileNotFoundError:
        print(f"No Reuters-21578 archive (*.tar.xz) in {options.material}. Name another folder.", file=sys.stderr)
        return 2
    print(report(stories))
    return 0


if __name__ == "__main__":
    sys.exit(main())
