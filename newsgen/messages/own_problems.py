"""The sentences of `problems.RULES` about a site's own pages, files and menu, in alphabetical order of their rules."""

from __future__ import annotations

__all__ = ["OWN_RULES"]

OWN_RULES: dict[str, str] = {
    "menu-entry": "{0}: an entry of the menu has exactly one of {1}.",
    "menu-page": "The menu names the page {0}, but there is no content/_pages/{0}.md. Write that page, or take the entry out.",
    "own-address-twice": "This file would be at {0}, where {1} is already. Give one of them another name.",
    "own-in-the-way": "This file would be at {0}, an address that newsgen needs for {1}. It is left out: give it another name or folder.",
    "page-picture": "The picture {0} of the text cannot be shown, so its words are. Put it in static/, and write its name there with a slash: /harbour.jpg.",
    "page-template": "{0} is no template for a page: {1}. Name a file of templates/ that ends in .html.j2, such as contact.html.j2.",
    "page-template-missing": "There is no template templates/{0}, which this page asks for. Write it, or delete the key template.",
    "page-title": 'title is missing. Add "title: About this archive".',
    "static-name": 'No host takes this name. Leave out # % ? : * " < > and |.',
}
