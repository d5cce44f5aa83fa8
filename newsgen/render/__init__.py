"""A page to its bytes: templates filled with the data that a plan gives, and with nothing else.

**The HTML is not here.** The default theme, with every template and style sheet, is the folder `templates/` at the
top of the repository; the wheel ships it as `newsgen/theme/`. A site's own `templates/` replaces files of it by name
(`source.theme`). What each template receives is in `model/pages.py` and `model/page_parts.py`.

Rendering is pure: the same page, files, site and theme give the same bytes in every process. It never reads the
clock, the environment or the store. The files that a page needs come in as bytes: `renderer.read_sources` reads them,
the only function of this folder that touches a disk.

In reading order:

    renderer     `Renderer`: one page to bytes
    fingerprint  what a page is rendered from, as four short digests: unchanged means the page need not be rendered
    head         what a page says about itself: title, description, canonical address, Open Graph
    jsonld       the same for search engines: schema.org as JSON-LD
    cited        a story as a work that is cited: citations, and tags for reference managers
    story_text   the body, and the front matter that only a story's own page shows
    feed_text    a story as a feed carries it; JSON Feed
    story_files  the files beside a story's page: text, and ninjs
    word_diff    which words changed between two versions of a story
    lazy         `Lazy`: attributes that are computed when a template first reads them
    templates/   Jinja2: finding, compiling and filling templates; the filters

Decisions:

- **A fingerprint has four parts** (template, site, data, files), so that `explain` can say why a page was rendered.
  It covers everything that a page can show, so an unchanged fingerprint is proof enough.
- **Costly parts are computed only when a template asks** (`Lazy`): a theme without JSON-LD does not pay for it.
  `functools.cached_property` would cost twice as much in Python 3.11, which takes a lock there.
- **JSON-LD is joined from pieces that are encoded already**, at a fifth of the cost of `json.dumps`. Every article
  has one, and nothing else in its head costs as much. A test compares the result with `json`'s.
- **If a template fails for one page, that page is removed**, as a clean build would not have it. If a template cannot
  be read at all, the build stops before it writes anything.
"""
