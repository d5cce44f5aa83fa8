"""How a story is cited: in the styles that readers are asked for, and as records for reference managers. Pure.

A story is cited as a newspaper article whose newspaper is the site; the agency is its author where copy names nobody,
and else the publisher of its record. What is cited is the version that the page shows, at that version's
own address. The day on which a reader looked is not known when a site is built: each form has a place for it, which a
script fills (templates/assets/cite.js) and which stays empty without one, as every style allows.

The styles and formats are English and the same on every site, for so are their rules. In reading order:

    names        a person's name in its parts, as far as that is certain
    days         days as citations write them
    work         `Work`: what is known of a story that is cited
    medium       a citation in pieces, written as text or as HTML
    titles       headlines as titles: capitals, quotation marks, what ends them
    styles       APA 7, MLA 9, Chicago 17 (bibliography)
    records      BibTeX, RIS, CSL-JSON

Decisions:

- **Our own formatters.** citeproc-py takes 6 to 20 ms a citation, for every story of every build; these 23 to 67 µs a
  form. tests/citation compares them with it, field by field.
- **A particle belongs to the family name** (von der Leyen, Ursula), as APA has it: who is `de Gaulle` and who
  `Gaulle, Charles de` is no rule of grammar.
- **No name in a script without blanks is turned round**, nor one with a comma that is not before a Jr.: it is cited as
  it stands.
"""
