"""From shelves to pages: which pages a site has, where each goes, and the data that each may show.

A planner sees only what `Scope` holds, so a page can depend on nothing else. What is planned at once is a unit: one
story, one shelf, one feed. It has a name (`story/<id>`) and yields pages. Nothing here renders, reads a file or asks
the store.

The frame:

    scope        all that a planner may look at
    story_forms  in which forms each story has a file beside its page, by the settings and the count of stories
    units        the names of units
    alphabet     the names of tags, persons or places in the order of the site's language, and by their first letters
    menu         what the menu of a site has, in which order
    affected     a change of cards (index.diff) worked out for shelves: which grew, shrank, appeared or went, and
                 which stories' own pages it may touch
    kind         what a kind of page is: its addresses, its pages, its units, and which of these a change may touch
    registry     the list of all kinds; the engine asks only here

The kinds; each file also says which of its own units a change touches (`affected`):

    articles     a story's own page: its text, what is beside it, other versions
    beside       the lists beside a story: what happened next and before, related stories, neighbours in the section
    story_files  the files beside a page that shows stories whole: as text, as data
    briefs       the short stories of a section's day, on one page
    leads        which stories lead a page: a choice among those that may be seen
    headlines    which stories the page of a list shows, and under which headings
    listings     the page of a section, tag, person, place or date, over all time or one period
    periods      which years, months, days, hours, and parts of a day without hours, of a list have a page
    overview     what a page of a topic, person or place says of all its stories: over time, and what occurs with it
    directories  all tags, people or places, by letter where they are many
    place_map    the places that have a position, on a map
    dates        the grid of years and months
    on_this_day  the days of the year, and what was published on each in all years
    home         the home page: the lead, the latest stories, the sections, the years
    feed_entries  what a feed holds of a story, and in which forms feeds are written
    feeds        the feeds of the site, its sections and its tags
    changes_feed  the feed of what was added or changed last
    feed_list    the page that lists the feeds
    sitemaps     sitemaps by month and by letter, and their index
    corrections  the latest corrections, and those of each month
    redirects    `_redirects` for the host, pages that lead to the new address, short permanent addresses; where each
                 address leads is worked out in lifecycle.redirects
    tombstones   what stays at the address of a killed or expired story; the list of withdrawn stories
    own          pages of content/_pages/ and files of static/; which of them are in newsgen's way
    policy       the Content Security Policy: what pages may load
    static       404, robots.txt, `_headers`, the theme's files
    pictures     the files of a picture that a live story shows, or a person's page; picture_files says which these are

To add a kind: a file with a `KIND`, its name in `registry.KINDS`, the data class in `model/pages.py`, a template.

Decisions:

- **Lists are split by time, not into numbered pages.** A list of up to 80 stories (`index.shelves.LIMIT`) is one
  page. A longer one is a front: some of its stories, and links to years, months, days, hours. Stories without an hour
  stand under none: where a day has many, they split by the beginnings of their ids. So no story that arrives shifts the
  others to other pages, and no page grows without bound.
- **A brief's address is a place on the page of its day, and depends on its own file alone** (`index.briefs`). Of more
  than 40 the text goes to the pages of the hours, and the places stay. So no brief that arrives changes the address of
  another, and the page of a day is the one list that grows with what was published on it.
- **No host sees the place on a page that somebody asks for**, so a page of briefs says itself what became of those that
  were published on it: where they are now, or that they were withdrawn. It answers 200 also where all were.
- **A page of briefs shows each one's related stories, and no neighbours**: these stand above and below.
- **Every list runs from the newest story to the oldest**, of a date as of a section or topic. Calendars, months, days
  and hours run forward.
- **Lists show nothing of a story's body** but how the stories begin that lead them, so a typo further down changes no
  list. Feeds carry text, and change with it.
- **The page of a day shows no count of another day**, so that a story more changes one day's page, not those of its
  month.
- **"Affected" may be generous.** A unit too many costs its planning; the fingerprints of its pages tell whether they
  have to be rendered. A unit too few would be a stale page: tests/invariants looks for one.
- **A killed story's tombstone is written at two addresses where the host answers 410**: some hosts ignore a rule that
  leads to its own address.
- **Sitemaps are split by month and letter**, so that they grow without being renumbered.
"""

from newsgen.plan.picture_files import PictureFiles
from newsgen.plan.registry import (
    addresses,
    affected_units,
    all_units,
    has_related,
    is_small,
    plan,
    redirect_units,
    units_of_story,
)
from newsgen.plan.scope import Scope, site

__all__ = [
    "PictureFiles", "Scope", "addresses", "affected_units", "all_units", "has_related",
    "is_small", "plan", "redirect_units", "site", "units_of_story",
]  # fmt: skip
