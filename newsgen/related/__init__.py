"""Which stories are related, by the words that they use: five, as a rule, on each story's page.

The same archive gives the same lists, whatever was built before, on any machine. A list depends on the stories that may
be shown, the settings and what editors pin; never on the clock, a page or the order in which files were read. Which
lists a change can touch is the engine's matter (`engine.relate`); here is how one is found.

In reading order:

    terms        words of a story to its terms, weighed; which words are common, from a sample
    stopwords    the commonest words of some languages, for archives too small for a sample
    bounds       the numbers that say how all this scales; tests pass smaller ones
    blocks       blocks of time; the stories of a block compared all at once
    similarity   two stories compared: their score, whether they are one text sent again
    lists        the list of one story: whom it is compared with, who is chosen
    pins         what editors pin and exclude
    rows         a card as it is compared, an editor's wish, what the settings allow
    in_memory    all stories in memory, for a build that finds every list
    scores       many lists at once, with NumPy
    in_store     the stories of the store, for a change to some
    block_cache  blocks that a preview compared lately
    amend        a list after a change elsewhere, from what it was chosen from
    lookup       any story's list by its id: found, stored, or found on demand
    reasons      why a story is on a list, or is not, for `newsgen explain` and the preview's bar

Decisions:

- **Lists are local.** A score is a whole number that only the two stories and the kinds of their words decide: no
  length, no count of the archive, no digit that a third story could change.
- **Words are of three kinds, and a sample of 512 files says which.** Finer kinds were no better (`make eval`), and
  would change with every story. When the sample says otherwise, once in a hundred new stories among 20,000, the
  stories that have other terms now are read again: a card knows its terms, and its borderline words, which would be
  terms if they were less common. That is 100 to 1,000 of 20,000 stories; all of them only where a word moved further.
- **Time is cut into blocks**, so that a story is compared with some thousands, whatever the size of the archive. Rare
  terms lead further. Where a block begins and ends depends on no story far away.
- **A list remembers what it was chosen from**, its candidates, and the least score at which another story could change
  it, its threshold. So a story's scores say which lists it touches, and a touched list follows from its candidates,
  exactly, or has to be found anew. Among 100,000 stories an edit takes 45 ms that way; it took 300 when every touched
  list was found anew, for each needs other blocks.
- **NumPy finds many lists**, in a fifth of the time; fewer than 1,500 are found one by one, for to load NumPy takes as
  long as a hundred lists, and an edit finds some dozens. Both add up the same whole numbers, and a test compares them.
  SciPy's sparse matrices took as long as NumPy's sorting and adding up, for 35 MB more to download.
- **No stemming.** Snowball's, none, or five letters gave the same figures. Unit length and the logarithms of TF-IDF
  gave worse ones than square roots (here: 1, 2, 3, 4) without any length.
"""
