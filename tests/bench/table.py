"""Figures as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.bench.figures import Ratio, Row, Spread, ratios, rows
from tests.bench.rounds import Run

__all__ = ["markdown", "scale_markdown"]

_MODES = {
    "cold": "cold",
    "unchanged": "nothing changed",
    "body": "one body edited",
    "headline": "one headline edited",
}
_NOTE = (
    "Medians [least-most]. CPU is user and system time of the process and its children. Memory is the largest sum of\n"
    "the proportional set sizes (PSS) of all its processes. Ratios are those of each pair: below 1, newsgen needs less."
)


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table with its figures aligned to the right."""
    marks = ["---" if head in ("build", "site", "ratio") else "---:" for head in heads]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *lines))


def _figure(value: float) -> str:
    """Three significant digits: 0.052, 1.23, 45.6, 1234."""
    digits = 3 if value < 0.1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f}"


def _spread(value: Spread) -> str:
    if value.least == value.most:
        return _figure(value.median)
    return f"{_figure(value.median)} [{_figure(value.least)}-{_figure(value.most)}]"


def _mib(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def _sites(rows_here: Sequence[Row]) -> str:
    lines = [
        (_MODES[row.mode], row.site, _spread(row.wall_s), _spread(row.cpu_s), _mib(row.peak_mib), f"{row.written:,}")
        for row in sorted(rows_here, key=lambda row: list(_MODES).index(row.mode))
    ]
    return _table(("build", "site", "wall s", "CPU s", "peak MiB", "files written"), lines)


def _ratios(ratios_here: Sequence[Ratio]) -> str:
    lines = [
        (
            _MODES[r.mode], f"{r.site} / {r.peer}", _spread(r.wall), _spread(r.cpu),
            "-" if r.peak is None else _figure(r.peak),
        )
        for r in sorted(ratios_here, key=lambda r: (r.peer, r.site, list(_MODES).index(r.mode)))
    ]  # fmt: skip
    return _table(("build", "ratio", "wall", "CPU", "peak memory"), lines)


def _outputs(rows_here: Sequence[Row]) -> str:
    cold = {row.site: row for row in rows_here if row.mode == "cold"}
    lines = [(row.site, f"{row.files:,}", f"{row.size / 1e6:,.1f}") for row in cold.values()]
    return _table(("site", "files", "MB"), lines)


def _facts(facts: dict[str, str]) -> str:
    return "\n".join(f"- {name}: {text}" for name, text in facts.items())


def markdown(facts: dict[str, str], runs: Sequence[Run]) -> str:
    """What `make bench` prints: for each place the builds, the ratios, the outputs."""
    parts = ["# newsgen beside other generators", _facts(facts), _NOTE]
    all_rows, all_ratios = rows(runs), ratios(runs)
    for where in dict.fromkeys(run.where for run in runs):
        here = [row for row in all_rows if row.where == where]
        beside = [ratio for ratio in all_ratios if ratio.where == where]
        parts += [f"## {here[0].stories:,} stories, {where}", _sites(here)]
        parts += [_ratios(beside)] if beside else []
        parts += [_outputs(here)]
    return "\n\n".join(parts) + "\n"


def scale_markdown(facts: dict[str, str], runs: Sequence[Run]) -> str:
    """What `make bench-scale` prints: one line for each site, size and mode."""
    lines = [
        (
            row.site, _MODES[row.mode], f"{row.stories:,}", _spread(row.wall_s), _spread(row.cpu_s),
            _figure(row.cpu_s.median / row.stories * 1e6), _mib(row.peak_mib), f"{row.files:,}",
            f"{row.size / 1e6:,.0f}", f"{row.written:,}",
        )
        for row in rows(runs)
    ]  # fmt: skip
    heads = ("site", "build", "stories", "wall s", "CPU s", "CPU µs a story", "peak MiB", "files", "MB", "written")
    return "\n\n".join(["# newsgen by size of archive", _facts(facts), _NOTE, _table(heads, lines)]) + "\n"
