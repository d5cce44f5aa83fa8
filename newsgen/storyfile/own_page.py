"""The schema of a page in content/_pages/: front matter and text, as a story file has them."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem
from newsgen.storyfile import front_matter, tree
from newsgen.storyfile import readers as read
from newsgen.storyfile.body_advice import add_body_advice
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.maps import MapOf, fields
from newsgen.storyfile.readers import Reader
from newsgen.text import markdown

__all__ = ["KEYS", "MENU", "TEMPLATE", "read_menu", "read_own_page", "read_template"]

_UTC = ZoneInfo("UTC")  # a page has no date
TEMPLATE = re.compile(r"[\w.-]+(?:/[\w.-]+)*\.html\.j2")
MENU = MapOf({"title": read.required_line, "order": read.Integer(-9999, 9999)}, dict, ("title",))


def read_menu(problems: ProblemCollector, key: str, node: tree.Node) -> dict[str, Any] | None:
    """The name in the menu and the place there: a text is the name alone."""
    if type(node) is tree.Scalar:
        name = read.line(problems, key, node)
        return {"title": name} if name else None
    menu: dict[str, Any] | None = MENU(problems, key, node)
    return menu


def read_template(problems: ProblemCollector, key: str, node: tree.Node) -> str | None:
    name = read.line(problems, key, node)
    if name and not TEMPLATE.fullmatch(name):
        problems.add("page-template", node.at, key, name)
        return None
    return name


KEYS: dict[str, Reader] = {
    "title": read.required_line,
    "description": read.line,
    "template": read_template,
    "menu": read_menu,
    "language": read.language,
}


def read_own_page(path: str, data: bytes) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The values of a page's front matter, and every problem of the file; None where one of them is an error.

    Without a title the page has none: the file's name is no title that a reader should see.
    """
    try:
        parts = front_matter.cut(data)
    except front_matter.Fault as fault:
        problems = ProblemCollector(path, "", 1, _UTC)
        problems.add_fault(fault)
        return None, problems.as_tuple()
    problems = ProblemCollector(path, parts.header, parts.header_line, _UTC)
    try:
        root = tree.parse(parts.header)
    except tree.TreeFault as fault:
        problems.add_fault(fault)
        return None, problems.as_tuple()
    problems.add_cut_texts(root)
    if root is None:
        root = tree.Mapping(0, ())
    if type(root) is not tree.Mapping:
        problems.add("not-a-map", root.at)
        return None, problems.as_tuple()
    values = fields(problems, "", root, KEYS, ("title",))
    if "title" not in values and not problems.has_errors:
        problems.add("page-title", -1)
    add_body_advice(problems, data, parts)
    shown = [each for each in markdown.pictures(parts.body) if not each.is_elsewhere]
    values["pictures"] = tuple({each.file: (each.file, each.alt) for each in shown}.values())
    return None if problems.has_errors else values, problems.as_tuple()
