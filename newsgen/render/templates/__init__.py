"""Jinja2, which nothing else of newsgen imports: templates by name, from a theme's files to filled text.

Files come in as texts and compiled templates as bytes; nothing here touches a disk. `{% include %}`, `{% extends %}`
and `{% import %}` take literals, so the files behind a page are known without rendering it. An undefined name is an
error, with template and line. The names of filters and globals are public: sites' own templates use them.

    theme        `Theme`: the templates of a site, their digests, filling them, what their mistakes mean
    compiler     a template's text to Python code, and that code to bytes that can be stored
    filters      the filters `long_day`, `short_day`, `month_day`, `thousands`, `names`, `within`
    macro_cache  the filters `once` and `each`: what a macro printed for a value, kept for the next page

Decisions:

- **Templates are compiled as Jinja compiles them.** Its code was rewritten before (texts printed in a row joined, our
  own attributes read directly): that built 6,000 stories 4 % faster and 21,578 stories 4 % slower, so it went.
- **Compiled templates are stored** between builds, behind a digest: compiling the default theme takes about 0.2 s.
- **What macros print is kept** (`once`, `each`): a story is printed in some 25 lists, and the navigation on every page.
  Only a macro, a value that cannot change, plain arguments and `site` may decide what is kept. Jinja sees to that: a
  macro of an imported file is one object for all pages and cannot see them; a macro that can see its page, or is of a
  file that keeps state, is another object for each page.
- **A file that keeps state is imported anew for each page** (a list, a dict, a cycler, a namespace that it sets outside
  its macros), or one page would see what another did to it.
- **`lipsum` and `random` are taken out**: they would give other bytes at every build.
"""
