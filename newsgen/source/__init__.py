"""What a site's folder holds, read into values: settings, files by kind, theme, ledger, log of requests.

Knows the layout of a site. Parses no story (`storyfile/` does), decides nothing about what a page shows, and touches
files only through a `Disk`, except in `project` and `theme`.

    project       where a site is, its output folder, the lock, the path of its store, the digest of newsgen itself
    text_files    the text of settings, templates and style sheets
    settings      [tool.newsgen] of pyproject.toml -> Settings
    settings_reader  one setting of a kind, with the place of each mistake
    menu_settings  [[tool.newsgen.menu]] -> MenuEntry
    word_settings  [tool.newsgen.words] -> Words
    target_settings  [tool.newsgen.publish.NAME] -> TargetSettings
    base_url      one spelling of the site's address, or what is wrong with it
    theme         the files of the theme: the default one (`templates/` of the repository, `newsgen/theme/` in the
                  wheel), in which the site's own `templates/` replaces files by name
    style_sheets  what style sheets name, with the addresses that hold a digest
    unused_templates  files of templates/ that no page uses
    ledger        content/_urls.tsv: every address ever published
    requests      content/_requests.tsv: the private log of requests to unpublish
    note_names    which names are meant as _section.yaml, _people.yaml or _places.yaml
    listing       the files of content/ by kind; when size and times prove that a file is unchanged
    site_files    pages of content/_pages/ and files of static/, with their addresses
    near_pictures  the picture that is meant by the name of one that is not there
    live_listing  the same during a preview, scanned again only where something happened
    registers     which spellings are one person or place: look-ups in _people.yaml and _places.yaml
    storylines    of which storylines of _storylines.yaml a story is part
    site_notes    reads all section files, registers and storylines of a site; one value with them and the settings

To add a setting: a field in `model/settings.py` and its reader in `settings._SETTINGS`. Its name is the key.

Decisions:

- **Whatever may say `embargo` and cannot be read or placed holds what it may be about**: a section file with errors, a
  link or folder of its name, a name that is nearly right, one in the wrong folder. Better nothing is public than too
  much. It holds the stories of its folder, and those of the section that its folder's name says; so does a
  _section.yaml in its place, for nobody who writes one looks up which section each story in the folder names.
- **The ledger says what was published**, not the store, which may be lost. A tombstone is written only at an address
  that the ledger has: a story that was killed or had expired before it was recorded there leaves no trace.
- **Size and times prove a file unchanged only if it was at least two seconds old when it was read**: a second change
  soon after the first may leave both as they are.
"""
