"""Figures of runs: medians, and ratios of runs of the same turn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.rounds import Run

__all__ = ["Ratio", "Row", "Spread", "ratios", "rows", "spread"]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some values, and their range."""

    median: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Row:
    """All runs of one site in one mode."""

    where: str
    stories: int
    site: str
    mode: str
    wall_s: Spread
    cpu_s: Spread
    peak_mib: float | None  # the median of the peaks
    files: int
    size: int  # bytes
    written: int  # files written by one build, at the most


@dataclass(frozen=True, slots=True)
class Ratio:
    """newsgen's figures divided by a peer's: below 1, newsgen needs less."""

    where: str
    stories: int
    site: str
    peer: str
    mode: str
    wall: Spread  # of the ratios of each turn
    cpu: Spread
    peak: float | None


def spread(values: Iterable[float]) -> Spread:
    """The median, the least and the most."""
    numbers = list(values)
    return Spread(median(numbers), min(numbers), max(numbers))


def _peak(runs: Sequence[Run]) -> float | None:
    peaks = [run.used.peak_mib for run in runs if run.used.peak_mib is not None]
    return median(peaks) if peaks else None


def _grouped(runs: Iterable[Run]) -> dict[tuple[str, int, str, str], list[Run]]:
    """Runs of the same site in the same mode, in order of first appearance."""
    groups: dict[tuple[str, int, str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.where, run.stories, run.site, run.mode), []).append(run)
    return groups


def rows(runs: Iterable[Run]) -> list[Row]:
    """One row for each site and mode."""
    return [
        Row(
            *key,
            wall_s=spread(run.used.wall_s for run in group),
            cpu_s=spread(run.used.cpu_s for run in group),
            peak_mib=_peak(group),
            files=group[-1].files.count,
            size=group[-1].files.size,
            written=max(run.files.written for run in group),
        )
        for key, group in _grouped(runs).items()
    ]


def ratios(runs: Iterable[Run]) -> list[Ratio]:
    """Each newsgen site over each peer in the same place, size and mode, turn by turn."""
    groups = _grouped(runs)
    pairs = []
    for (where, stories, site, mode), ours in groups.items():
        for (other_where, other_stories, peer, other_mode), theirs in groups.items():
            is_pair = site.startswith("newsgen ") and not peer.startswith("newsgen ")
            if not is_pair or (where, stories, mode) != (other_where, other_stories, other_mode):
                continue
            both = list(zip(ours, theirs, strict=True))
            peaks = _peak(ours), _peak(theirs)
            pairs.append(
                Ratio(
                    where, stories, site, peer, mode,
                    wall=spread(a.used.wall_s / b.used.wall_s for a, b in both),
                    cpu=spread(a.used.cpu_s / b.used.cpu_s for a, b in both),
                    peak=peaks[0] / peaks[1] if peaks[0] and peaks[1] else None,
                )
            )  # fmt: skip
    return pairs
