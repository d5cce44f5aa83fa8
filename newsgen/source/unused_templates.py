"""Files of a site's templates/ that no page uses, each with the file of the theme that was probably meant.

A page uses the templates of the default theme by name, and what these name in quotes. Files that cannot be templates by
their ending (sources of style sheets, notes) are nobody's mistake and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from newsgen.disk import composed
from newsgen.model.errors import Problem
from newsgen.text.nearest import nearest

__all__ = ["unused_templates"]

_ENGINE = re.compile(r"\.(?:j2|jinja2?|njk|liquid|twig|tpl|tmpl|mustache|hbs)$")
_ENDINGS = (".html", ".htm", ".xml")
# What other generators call the files of a theme.
_OTHER_GENERATORS = {
    "post": "article", "single": "article", "story": "article", "index": "home", "front": "home", "list": "listing",
    "section": "listing", "category": "listing", "archive": "listing", "tag": "listing", "layout": "base",
    "default": "base", "baseof": "base", "rss": "feed", "atom": "feed",
}  # fmt: skip


def unused_templates(own: Collection[str], templates: Mapping[str, str], theme: Collection[str]) -> Iterator[Problem]:
    """A warning for each file of a site's templates/ that no page uses.

    `own` are the names of its files, `theme` those of the default theme's, `templates` the texts of all templates.
    """
    unknown = sorted(set(own).difference(theme))
    if not unknown:
        return
    templates = {name: composed(text) for name, text in templates.items()}  # they may spell a name in any form
    used = [text for name, text in templates.items() if name in theme]
    left = [name for name in unknown if name in templates]
    for _more in unknown:  # what a used file names is used, and may name others
        found = [name for name in left if any(f'"{name}"' in text or f"'{name}'" in text for text in used)]
        if not found:
            break
        used += [templates[name] for name in found]
        left = [name for name in left if name not in found]
    words = "\n".join(used)
    for name in unknown:
        if name in templates and name not in left:
            continue
        is_asset = name.startswith("assets/")
        near = _near(name, theme)
        if is_asset and (not near or name.removeprefix("assets/") in words):  # it is published, so a page may use it
            continue
        if near:
            yield Problem("template-unused-near", f"templates/{name}", values=(near,), severity="warning")
        elif _ENGINE.sub("", name) != name or name.lower().endswith(_ENDINGS):
            yield Problem("template-unused", f"templates/{name}", severity="warning")


def _near(name: str, theme: Collection[str]) -> str:
    """The file of the theme that has nearly the same name, wherever it lies and whatever follows it; "" for none."""
    by_form = {_form(file): file for file in sorted(theme, reverse=True)}
    form = _form(name)
    stem, dot, ending = form.partition(".")
    likely = _OTHER_GENERATORS.get(stem, "")
    if likely and (file := by_form.get(f"{likely}{dot}{ending}") or by_form.get(f"{likely}.html")):
        return file
    if len(stem) > 2 and (file := next((by_form[known] for known in by_form if known.partition(".")[0] == stem), "")):
        return file
    return by_form.get(nearest(form, by_form, 0.8), "")


def _form(name: str) -> str:
    """A file's own name in lower case, without the ending of a template engine."""
    return _ENGINE.sub("", name.rpartition("/")[2].lower())
