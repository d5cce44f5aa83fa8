"""Hostile stories, names and bodies of ../shared/hostile, which is no part of the project: tests skip without it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tests.support.material import shared

__all__ = ["from_recipe", "names", "rows", "table"]


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in shared(f"hostile/{name}").read_text(encoding="utf-8").splitlines()]


def table(name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a table."""
    with shared(f"hostile/{name}").open(encoding="utf-8", newline="") as file:
        return {row[key]: row[value] for row in csv.DictReader(file, delimiter="\t")}


def names() -> Iterator[tuple[str, str]]:
    """Every hostile name: (id of its row, name)."""
    for row in rows("names/names.jsonl"):
        for name in row.get("values", [row.get("value")]):
            yield row["id"], name


def from_recipe(parts: Iterable[tuple[str, int | str]], size: int = 0) -> str:
    """A recipe's text: each part is [text, count], where the count N is the size, and {i} in a text the counter."""
    texts = []
    for text, count in parts:
        times = size if count == "N" else int(count)
        texts.append("".join(text.replace("{i}", str(i)) for i in range(times)) if "{i}" in text else text * times)
    return "".join(texts)
