"""A page to its bytes: templates filled with what a plan gives, and with nothing else.

Rendering is pure: the same page, files, site and theme give the same bytes in every process. It never reads the clock,
the environment or the store; the files that a page needs come in as bytes, and only `read_sources` touches a disk.
What templates receive is said in model/pages.py and model/page_parts.py.

    renderer     `Renderer`: one page to bytes; reads the files that a page is made from
    fingerprint  what a page is rendered from, as short digests: which pages are still what they were
    head         title, description, canonical address, Open Graph
    jsonld       schema.org as JSON-LD
    story_text   the body, and the front matter that only a story's own page shows
    word_diff    which words changed between two versions of a story
    lazy         attributes that are worked out when a template first reads them
    templates/   Jinja2: themes, compiled templates, filters

Decisions:

- **A fingerprint has four parts** (template, site, data, files), so that `explain` can say why a page was rendered. It
  holds everything that a page can show: a page whose fingerprint is the recorded one is not rendered.
- **What is costly is worked out when a template asks for it** (`Lazy`): a theme that prints no JSON-LD pays for none.
  `functools.cached_property` costs twice as much in Python 3.11, where it takes a lock.
- **JSON-LD is joined from encoded pieces**, a fifth of the cost of `json.dumps` of the same graph: it is the dearest
  part of an article's head, and every article has one. A test compares it with what `json` writes.
- **A template that fails for one page takes that page away**, as a clean build would. One that cannot be read at all
  stops the build before anything is written.
"""
