"""`python -m tests.bench pairs` (make bench), `scale` (make bench-scale) and `serve` (make bench-serve)."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import figures, machine, serving, sites, stories, table, tools
from tests.bench.errors import BenchError
from tests.bench.rounds import MODES, Run, rounds, settle
from tests.bench.sites import Kind

__all__ = ["main"]


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pairs = commands.add_parser("pairs", help="newsgen beside other generators")
    pairs.add_argument("--stories", type=_positive, default=21_578)
    pairs.add_argument("--pairs", type=_positive, default=5, help="how often everything is measured")
    pairs.add_argument("--peers", default="hugo", help=f"any of: {' '.join(tools.PEERS)}")
    pairs.add_argument("--where", default="tmpfs", help=f"any of: {' '.join(machine.PLACES)}")
    scale = commands.add_parser("scale", help="newsgen by size of archive")
    scale.add_argument("--sizes", default="21578 100000 1000000")
    scale.add_argument("--sites", default="full", help=f"any of: {' '.join(sites.NEWSGEN)}")
    scale.add_argument("--hugo", default="", metavar="SIZES", help="sizes at which Hugo is measured too")
    scale.add_argument("--pairs", type=_positive, default=1, help="how often everything is measured")
    scale.add_argument("--where", default="disk", help=f"any of: {' '.join(machine.PLACES)}")
    serve = commands.add_parser("serve", help="a preview beside hugo server")
    serve.add_argument("--stories", type=_positive, default=21_578)
    serve.add_argument("--saves", type=_positive, default=40, help="how often a story is saved")
    serve.add_argument("--where", default="tmpfs", help=f"any of: {' '.join(machine.PLACES)}")
    for command in (pairs, scale, serve):
        command.add_argument("--corpus", choices=["auto", "own"], default="auto", help="own: the invented stories")
        command.add_argument("--cache", type=Path, default=Path(".bench"), help="for tools and results")
    return parser


def _repeat(options: argparse.Namespace) -> str:
    """The command that measures the same again."""
    names = {
        "pairs": ("bench", "stories", "pairs", "peers", "where", "corpus"),
        "serve": ("bench-serve", "stories", "saves", "where", "corpus"),
        "scale": ("bench-scale", "sizes", "sites", "hugo", "pairs", "where", "corpus"),
    }[options.command]
    values = [f"{name.upper()}={shlex.quote(str(getattr(options, name)))}" for name in names[1:]]
    return " ".join(["make", names[0], *values])


def _measure(
    kinds: Sequence[Kind], modes: Sequence[str], count: int, where: str, options: argparse.Namespace
) -> list[Run]:
    """Make the sites of some kinds in one place, measure them, and remove them."""
    source = stories.choose(options.corpus, options.cache)
    with machine.workplace(where, options.cache) as (place, folder):
        ready = []
        for kind in kinds:
            print(f"{place}: {count} stories for {kind.name}", file=sys.stderr, flush=True)
            ready.append(sites.make(kind, folder / kind.name.replace(" ", "-"), source, count, options.cache))
        settle()
        runs = rounds(ready, modes, options.pairs, where=place, stories=count, folder=folder, is_disk=where == "disk")
        return list(runs)


def _pairs(kinds: Sequence[Kind], options: argparse.Namespace) -> list[Run]:
    runs: list[Run] = []
    for where in options.where.split():
        runs += _measure(kinds, MODES, options.stories, where, options)
    return runs


def _scale(kinds: Sequence[Kind], options: argparse.Namespace) -> list[Run]:
    runs: list[Run] = []
    for where in options.where.split():
        for size in map(int, options.sizes.split()):
            for kind in kinds:  # one at a time: a million stories and their pages take tens of GB
                if kind.is_newsgen or size in map(int, options.hugo.split()):
                    runs += _measure([kind], ("cold", "unchanged", "body"), size, where, options)
    return runs


def _serve(options: argparse.Namespace) -> None:
    """Both servers, one after the other, with the same stories."""
    source = stories.choose(options.corpus, options.cache)
    kinds = [sites.kind(name, options.cache) for name in ("full", "hugo")]
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    figures: list[serving.Figure] = []
    with machine.workplace(options.where, options.cache) as (place, folder):
        for kind in kinds:
            print(f"{place}: {options.stories} stories for {kind.name}", file=sys.stderr, flush=True)
            site = sites.make(kind, folder / kind.name.replace(" ", "-"), source, options.stories, options.cache)
            settle()
            if kind.is_newsgen:
                figures += serving.newsgen(site, options.saves, browser)
            else:
                figures += serving.hugo(site, max(3, options.saves // 8))
    facts = machine.facts(kinds, source.name, _repeat(options))
    text = serving.markdown([f"- {name}: {fact}" for name, fact in facts.items()], figures)
    (options.cache / "serve.md").write_text(text, encoding="utf-8")
    print(text)


def _save(name: str, facts: dict[str, str], runs: Sequence[Run], text: str, cache: Path) -> None:
    data = {
        "facts": facts,
        "rows": [asdict(row) for row in figures.rows(runs)],
        "ratios": [asdict(ratio) for ratio in figures.ratios(runs)],
        "runs": [asdict(run) for run in runs],
    }
    (cache / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    (cache / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"These figures are in {cache / name}.md and {name}.json.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and save the figures; 1 if something failed."""
    options = _parser().parse_args(arguments)
    options.cache = options.cache.absolute()
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        if options.command == "serve":
            _serve(options)
            return 0
        if options.command == "pairs":
            kinds = [sites.kind(name, options.cache) for name in (*sites.NEWSGEN, *options.peers.split())]
            measure, as_markdown, name = _pairs, table.markdown, "result"
        else:
            names = [*options.sites.split(), *(["hugo"] if options.hugo else [])]
            kinds = [sites.kind(name, options.cache) for name in names]
            measure, as_markdown, name = _scale, table.scale_markdown, "scale"
        source = stories.choose(options.corpus, options.cache).name
        facts = machine.facts(kinds, source, _repeat(options))
        runs = measure(kinds, options)
    except BenchError as error:
        print(f"The benchmark ended: {error}", file=sys.stderr)
        return 1
    _save(name, facts, runs, as_markdown(facts, runs), options.cache)
    return 0


if __name__ == "__main__":
    sys.exit(main())
