"""The sentences of `problems.RULES` about a site's own pages, files, menu and theme, in alphabetical order of their rules."""

from __future__ import annotations

__all__ = ["OWN_RULES"]

OWN_RULES: dict[str, str] = {
    "alias-host": "The host of this site cannot lead on from {0}: it has no rules, and shows no page there. Take the alias out, or publish where rules work (see host).",
    "alias-queries-over": "{0} aliases have a ?, but {1} takes only {2} rules for them. The rest lead nowhere, that of {3} first: take some out.",
    "alias-query": 'The alias {0} leads nowhere: the rules of this host do not look at what follows a ?. Take it out, or publish where they do (host = "netlify", or a server of your own with its rules).',
    "alias-taken": "The alias {0} leads nowhere, for {1} is there. Take it out, or give what is there another address.",
    "alias-twice": "The alias {0} is the story {1}'s already. Take it out of one of them.",
    "bad-alias": "{0}: {1} is no address that a story can have had. Write it from the site's root, as in /2019/05/fog/ or /story.php?id=12, without # and *, and with names and values of letters, digits and - . _ ~ after a ?.",
    "csp-blocked": 'Browsers will not load {0}, which this names: the site\'s policy does not allow it. Add it to [tool.newsgen.csp]: {1} = ["{2}"].',
    "csp-inline": "Browsers will not run or apply {0} on this page: the site's policy allows nothing inline. Put it into a file of templates/assets/.",
    "csp-source": "{0} cannot have the source {1}. Write a host such as https://fonts.example.org, data: or blob:.",
    "menu-entry": "{0}: an entry of the menu has exactly one of {1}.",
    "menu-page": "The menu names the page {0}, but there is no content/_pages/{0}.md. Write that page, or take the entry out.",
    "own-address-twice": "This file would be at {0}, where {1} is already. Give one of them another name.",
    "own-in-the-way": "This file would be at {0}, an address that newsgen needs for {1}. It is left out: give it another name or folder.",
    "page-picture": "The picture {0} of the text cannot be shown, so its words are. Put it in static/, and write its name there with a slash: /harbour.jpg.",
    "page-template": "{0} is no template for a page: {1}. Name a file of templates/ that ends in .html.j2, such as contact.html.j2.",
    "page-template-missing": "There is no template templates/{0}, which this page asks for. Write it, or delete the key template.",
    "page-title": 'title is missing. Add "title: About this archive".',
    "static-name": 'No host takes this name. Leave out # % ? : * " < > and |.',
    "style-missing": "This style sheet names {0}, but there is no such file in templates/assets/. Put it there, or correct the name.",
    "style-missing-near": "This style sheet names {0}, but there is no such file in templates/assets/. There is {1}.",
    "theme-file": "The default theme has no file {0}. newsgen theme list shows all.",
    "theme-file-near": "The default theme has no file {0}. Did you mean {1}?",
    "theme-file-there": "The site has this file already. To go back to the default theme's, move it away first.",
    "word-braces": "{0} has a brace that nothing belongs to. In braces goes {1}; write {{ for a brace that is shown.",
    "word-category": "{0}: in the language of this site numbers are one of {1}.",
    "word-unknown": "newsgen has no word {0}. docs/reference/words.md has the keys of all.",
    "word-value": "{0} is not given {1}. It can show {2}.",
    "words-missing": "{0} of the {1} texts of the interface are not in {2}, so they are English: {3}. Write them under [tool.newsgen.words].",
}
