"""`make eval`: newsgen's related stories beside other ways to find them, judged by topics that no way may see."""

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
    """The table, in Markdown, and newsgen's figures beside it."""

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    rows: dict[str, Verdict] = {}
    say("random, before, tags")
    rows["five at random"] = judge(stories, methods.scattered(stories))
    rows["the five before"] = judge(stories, methods.before(stories))
    rows["tags in common"] = judge(stories, methods.by_tags(stories))
    say("TF-IDF cosine")
    vectors = methods.full(stories)
    rows["TF-IDF cosine"] = judge(stories, methods.cosine(vectors, leave_out=False))
    rows["TF-IDF cosine, no repeats"] = judge(stories, methods.cosine(vectors, leave_out=True))
    say("newsgen")
    lists, taken = methods.newsgen(stories)
    own = rows["newsgen"] = judge(stories, lists)
    lines = [
        f"{len(stories):,} stories; P@5, an empty place counts as a miss.",
        "",
        "| method | without earn, acq | all topics | by topic (macro) | empty lists | short lists |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {one.micro:.3f} | {one.micro_all:.3f} | {one.macro:.3f} | {one.empty:,} | {one.short:,} |"
        for name, one in rows.items()
    ]
    lines.append("")
    for name in ("TF-IDF cosine", "TF-IDF cosine, no repeats", "tags in common"):
        one = rows[name]
        lines.append(f"newsgen / {name}: {_ratio(own.micro, one.micro)}, by topic {_ratio(own.macro, one.macro)}")
    lines.append(f"lists of newsgen that hold a repeat: {methods.repeats(vectors, lists):,}")
    steps = ", ".join(f"{step} {time:.0f}" for step, time in taken.items())
    lines.append(f"microseconds of a processor a story: {sum(taken.values()):.0f} ({steps})")
    return "\n".join(lines)


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.3f}" if other else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 2 where the material is missing."""
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
