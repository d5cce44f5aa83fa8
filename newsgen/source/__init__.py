"""What a site's folder holds, read into values: settings, files by kind, theme, ledger, log of requests.

Knows the layout of a site. Parses no story (`storyfile` does), decides nothing about what a page shows, and touches
files only through a `Disk`; but for `project`, which finds the folder itself, and `theme`, which finds the default
theme in the package.

    project       where a site is, its output folder, the lock, the records' paths, the digest of newsgen itself
    settings      [tool.newsgen] of pyproject.toml -> Settings, with the place of each mistake
    theme         the default theme, in which the site's own files replace those of the same name
    ledger        content/_urls.tsv: every address ever published
    requests      content/_requests.tsv: the private log of requests to unpublish
    listing       the files of content/ by kind; when size and times prove that a file is unchanged
    live_listing  the same files during a preview, scanned again only where something happened
    registers     which spellings are one person or place
    site_notes    the settings with sections, people and places, as one value that every card depends on

Decisions
- A change to the settings, `_section.yaml`, `_people.yaml` or `_places.yaml` reads every story again: every card may
  depend on them. Fingerprints keep the rendering small.
- A section file with errors holds its whole section, because it may have said `embargo`: better nothing is public than
  too much. An unknown `_name.yaml` is an error for the same reason.
- The ledger says what was published, and not the record, which may be lost. A tombstone stands only at an address that
  the ledger has. What was killed or expired before it was recorded there leaves nothing at all.
- A file is trusted by its size and times only if it was older than two seconds when it was read: within that, a second
  change may leave no mark in them.
"""
