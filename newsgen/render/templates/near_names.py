"""The names that were probably meant where a template names what is not there: fields, variables, filters, macros."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import jinja2
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from newsgen.render.templates.filters import FUNCTIONS
from newsgen.text.nearest import nearest

__all__ = ["Undefined", "with_near_name"]

_VARIABLES = ("asset", "head", "loop", "page", "site", "stories", *FUNCTIONS)
_TAGS = (
    "block call else elif endblock endcall endfilter endfor endif endmacro endset endwith extends filter for from if"
)
_KNOWN_TAGS = tuple(f"{_TAGS} import include macro raw set with".split())
_FILTER = re.compile(r"No (filter|test) named '([^']*)'")
_TAG = re.compile(r"[Uu]nknown tag '([^']*)'")
_MACRO = re.compile(r"the template '([^']*)' .*does not export the requested name '([^']*)'")
_DEFINED = re.compile(r"\{%[-+]?\s*(?:macro|set)\s+(\w+)")


class Undefined(jinja2.StrictUndefined):
    """What stands for a name that is not known: any use of it is an error, which says the nearest name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        name = self._undefined_name
        if self._undefined_hint or not isinstance(name, str):
            return message
        owner = self._undefined_obj
        return _asking(message.replace(f"{type(owner).__module__}.", "", 1), name, _names_of(owner))


def _names_of(owner: object) -> Collection[str]:
    """What could be asked of a value in a template; without one, the variables that every page has."""
    if owner is missing:
        return _VARIABLES
    if isinstance(owner, Mapping):
        return [key for key in owner if isinstance(key, str)]
    names = vars(owner) if isinstance(owner, TemplateModule) else dir(type(owner))
    return [name for name in names if not name.startswith("_")]


def with_near_name(message: str, environment: jinja2.Environment, files: Mapping[str, str]) -> str:
    """Jinja's complaint about a filter, a test, a tag or a macro, with the one that was probably meant."""
    if match := _FILTER.search(message):
        return _asking(message, match[2], environment.filters if match[1] == "filter" else environment.tests)
    if match := _TAG.search(message):
        return _asking(message, match[1], _KNOWN_TAGS)
    if match := _MACRO.search(message):
        return _asking(message, match[2], _DEFINED.findall(files.get(match[1], "")))
    return message


def _asking(message: str, name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    return f"{message.rstrip('.')} (did you mean {near}?)" if near else message
