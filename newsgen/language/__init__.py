"""The language of a site: every word, date, number and list of names that its readers see.

The words of the interface are in `catalogue/`, one TOML file a language, by key; dates, numbers, plural categories and
the way to join names are CLDR's (Unicode's locale data, by Babel), but where a catalogue's table `[forms]` says
otherwise. `Language` joins the two, and a site's own words (`[tool.newsgen.words]`) go before both. In templates it is
`say`, and filters such as `long_day`; in Python it is handed in.

    catalogue    the files of words: which there are, and from which a language takes a word
    locale_data  what CLDR says of a language: patterns of dates, names of months, plural categories, digits
    language     `Language`: words, dates, numbers and joined names of one site

Decisions:

- **TOML, not gettext.** A plural is a table of CLDR's categories (`{one = "…", other = "…"}`), which translators know;
  there is nothing to compile; a site overrides a word in the form in which it stands here; Weblate reads it.
- **A word that a language lacks is English**, and `newsgen check` counts them. A date is never English for want of a
  word: CLDR has the dates of 200 languages for which there is no file here.
- **A region takes from its language**: `de-AT` reads `de-AT.toml`, then `de.toml`, then `en.toml`; which of them are
  there is nobody's concern. `pt-AO` reads `pt-PT.toml` before `pt.toml`, as CLDR has it.
- **`en` writes dates as most of the world's English papers do** (26 February 1987, 15:01): `en-US` is to be said.
- **Messages of the command line stay English**: they are in `messages/`.
"""
