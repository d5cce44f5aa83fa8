"""Which stories are related, by the words that they use: usually five, on each story's page.

The same archive gives the same lists on any machine, whatever was built before. A list depends on the stories that
may be shown, the settings and what editors pin; never on the clock, a page or the order in which files were read.
Here is how one list is found. Which lists a change can touch is `engine.relate_changed`'s matter.

In reading order:

    terms        words of a story to its terms, with weights; which words are common, from a sample
    stopwords    the commonest words of some languages, for archives too small for a sample
    bounds       the limits: stories in a block, terms of a story, files in the sample, when NumPy pays
    blocks       blocks of time; all stories of a block compared at once
    similarity   two stories compared: their score, and whether one is the other's text sent again
    lists        the list of one story: whom it is compared with, who is chosen
    pins         what editors pin and exclude (`related` in the front matter)
    rows         the row of a card as these files compare it; what its editor wishes, what the settings allow
    in_memory    all stories in memory, when a build finds every list
    scores       many lists at once, with NumPy
    in_store     stories fetched from the store, when a change touches some lists
    block_cache  blocks that a preview compared recently
    amend        a list after a change elsewhere, worked out from its candidates
    lookup       the list of any story by its id: from this build, from the store, or found on demand
    reasons      why a story is on a list or not, for `newsgen explain` and the preview's bar

Decisions:

- **Lists are local.** A score is a whole number that depends on the two stories and on how common their words are,
  not on lengths or counts of the archive, so no third story changes it.
- **Words are of three kinds (everywhere, frequent, rare), and a sample of 512 files says which.** Finer kinds were no
  better (`make eval`) and would change with every story. Among 20,000 stories, one new story in a hundred makes the
  sample say something else. Then only the stories whose terms change, 100 to 1,000, are read again: each card stores
  its borderline words, which would be terms if they were less common. Once in many thousands of new stories a word
  moves further than that, and every story is read again.
- **Time is cut into blocks**, so that a story is compared with a few thousand, whatever the size of the archive. Rare
  terms reach further. Where a block begins and ends depends on no story far away.
- **A list stores its candidates and its threshold**, the lowest score at which another story could change it. So the
  scores of a changed story say which lists it touches. Such a list is usually worked out from its candidates,
  exactly; if they do not suffice, it is found again. In 100,000 stories an edit takes 45 ms this way, and 300 without
  it.
- **NumPy finds many lists in a fifth of the time.** Fewer than 1,500 stories are done one by one, because loading
  NumPy takes as long as a hundred lists, and an edit needs some dozens. Both ways add up the same whole numbers; a
  test compares them. SciPy's sparse matrices were no faster, and 35 MB more to download.
- **No stemming, no TF-IDF.** Snowball, no stemming and the first five letters gave equally good lists. Unit length
  and TF-IDF's logarithms gave worse ones than weights of 1, 2, 3, 4 without regard to length.
"""
