"""From the shelves to pages: which pages a site has, where each goes, and all that each may show.

A planner sees only what `Scope` holds, so a page can depend on nothing else. A unit of planning is one story, one
shelf, one feed…: it has a name, and yields its pages. Nothing here renders, reads a file or asks the store.

In reading order:

    scope        all that a planner may look at
    units        the names of units: `story/<id>`, `shelf/<kind>/<slug>/<period>`
    affected     what a change of stories means, worked out once for all kinds
    kind         what a kind of page is: addresses, pages, units, and which of these a change touches
    registry     every kind there is; what the engine asks
    articles     a story's own page
    listings     a section, tag, person, place or date, over all time or one period
    periods      which periods of a shelf have a page
    directories  all tags, people or places by letter
    home         the home page
    feeds        Atom feeds of the site, its sections and its tags
    sitemaps     sitemaps by month and by letter, and their index
    corrections  the latest corrections, and those of each month
    redirects    rules of the host, pages that lead on, short permanent addresses
    tombstones   what stays of a killed or expired story; the list of what was withdrawn
    static       404, robots.txt, headers, the theme's files; pictures

Decisions:

- **Pagination is by time.** A list of up to 100 stories is one page; a longer one shows the newest and leads to
  years, months, days, hours. No page number ever shifts when a story arrives, and no page holds an unbounded list.
- **Lists show no text of a body**, so that a typo in a body leaves every list alone. Feeds carry text, and follow it.
- **"Touched" may be generous**: an edited story plans every page that may show it, and the fingerprint of each tells
  whether it has to be rendered. A unit that is missed would be a stale page; tests/invariants looks for one.
- **A tombstone lies twice where a rule answers 410**: a host may take a rule that leads to its own address for none.
- **Sitemaps are split by month and by letter**, so that they grow without ever being renumbered.
"""

from newsgen.plan.registry import addresses, affected_units, all_units, is_small, plan, redirect_units
from newsgen.plan.scope import Scope, site

__all__ = ["Scope", "addresses", "affected_units", "all_units", "is_small", "plan", "redirect_units", "site"]
