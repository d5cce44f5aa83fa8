"""HTML as a real parser reads it, for tests of what may not be in a page."""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html  # type: ignore[import-untyped]

__all__ = ["is_empty", "live_constructs", "parsed"]

_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "longdesc", "srcset"}
_ADDRESSES |= {"xlink:href", "manifest", "ping", "icon", "dynsrc", "lowsrc", "archive", "codebase", "profile", "usemap"}
_KNOWN = frozenset(
    "p h2 h3 h4 h5 h6 a em strong code pre blockquote ul ol li hr br div table thead tbody tr th td".split()
)
_SPANS = ({"class": "ticker"},)  # the only ones that newsgen makes in a body
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-\t\n\r]*):", re.I)


def parsed(markup: str) -> Any:
    """The tree of a fragment, in a div of its own."""
    return lxml_html.fragment_fromstring(markup, create_parent="div")


def is_empty(markup: str) -> bool:
    """Whether there is nothing to parse."""
    return not markup.strip()


def live_constructs(markup: str) -> list[str]:
    """What could do something in a body's HTML: unexpected elements, handlers, styles, ids, unsafe addresses."""
    constructs: list[str] = []
    for element in parsed(markup).iterdescendants():
        if element.tag == "span" and dict(element.attrib) in _SPANS:
            continue
        if element.tag not in _KNOWN:
            constructs.append(f"element {element.tag}")
            continue
        for name, value in element.attrib.items():
            scheme = _SCHEME.match(value)
            if name.startswith("on") or name in ("style", "id", "name", "srcdoc"):
                constructs.append(f"attribute {name}")
            elif name in _ADDRESSES and scheme and scheme.group(1).lower() not in ("http", "https", "mailto"):
                constructs.append(f"address {value[:60]}")
    return constructs
