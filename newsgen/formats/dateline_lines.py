"""Lines above copy that begin with a dateline, or are nothing else."""

from __future__ import annotations

from newsgen.wire import dateline

__all__ = ["dateline_alone", "starts_dateline"]

_PARAGRAPH = 700  # characters of a line that are read


def starts_dateline(text: str) -> bool:
    """Whether a line begins with a dateline that names an agency or a day."""
    line, before, rest = dateline.split(text[:_PARAGRAPH])
    return line is not None and not before and bool(rest) and bool(line.agency or line.date)


def dateline_alone(text: str) -> str:
    """The dateline that a line consists of, with its dash: `HARWICK, May 5 /PRNewswire/ --`; "" for any other line."""
    line, before, rest = dateline.split(f"{text} Mills met.") if text.endswith(("-", "–", "—", ":")) else (None, "", "")
    return line.text if line and not before and rest == "Mills met." and (line.agency or line.date) else ""
