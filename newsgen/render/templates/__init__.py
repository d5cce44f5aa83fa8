"""Jinja2, which nothing else of newsgen imports: templates by name, from a theme's files to filled text.

The `.j2` files themselves are not here: the default theme is `templates/` at the top of the repository, shipped as
`newsgen/theme/` in the wheel. `source.theme` finds these files and the site's own; they come in as texts, compiled
templates as bytes, and nothing here touches a disk. `{% include %}`, `{% extends %}` and `{% import %}` take
literals, so the files behind a page are known without rendering it. An undefined name is an error, with template and
line.

    theme        `Theme`: the templates of a site by name, their digests, filling them, what their mistakes mean
    compiler     a template's text to Python code, and that code to bytes that can be stored
    filters      `say`, and filters such as `long_day`, `thousands` and `within`, in the language of the site
    near_names   the name that was probably meant, where a template names what is not there
    macro_cache  the filters `once` and `each`: what a macro printed for a value, kept for the next page

To add a filter: a function and its name in `filters.FILTERS`. Names of filters and globals are public, because sites
have templates of their own: they are never renamed.

Decisions:

- **Templates are compiled as Jinja compiles them**, but for `say`, which is called as what it is. We used to rewrite
  more (adjacent texts joined, our own attributes read directly). That built 6,000 stories 4 % faster and 21,578
  stories 4 % slower, so we dropped it. What is called and printed costs: a macro, a text of the catalogue, `Markup`.
- **Compiled templates are stored between builds**, by a digest of their text: compiling the default theme takes 0.2
  s.
- **What macros print is cached** (`once`, `each`): a story is printed on some 25 lists, the navigation on every page.
  What is cached may depend only on the macro, on values that cannot change, and on `site`. Jinja guarantees that: an
  imported file's macro cannot see the page and is one object for all pages; a macro that can see its page, or whose
  file keeps state, is another object on each page, and so is not shared.
- **A file that keeps state is imported anew for each page** (a list, a dict, a cycler or a namespace set outside its
  macros). Otherwise one page would see what another did to it.
- **`lipsum` and `random` are removed**: they would give other bytes in every build.
"""
