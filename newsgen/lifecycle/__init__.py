"""Who may see what, and when: the state of each story, which version stands for it, and where its addresses lead.

Every output asks here; no page, list or template filters by itself. Pure: cards, a clock and the ledger in, values
out.

In reading order:

    state      draft, embargoed, withheld, live, killed or expired; the card as readers may see it, without photos
               whose rights have ended; when that changes
    versions   joins versions by `updates`: which is the newest, which it replaces, which are withdrawn with it
    holds      what is wrong with section files, seen from the stories
    resolve    which stories are shown: of two that claim one id or address, one; of versions, the newest
    aliases    addresses that stories had on another site
    redirects  where every published address leads: page, new address or tombstone; `plan.redirects` makes pages of it

Decisions:

- **One clock for a whole build.** An instant that is reached counts: at its embargo a story is live, at its `expires`
  it is expired.
- **If two stories claim one id or address**, the one with the smaller path has it, and the other is an error. The id
  of a killed story is never used again.
- **Where addresses lead is worked out for the whole ledger at once, or not at all**: it takes half a second for
  100,000 lines, and leaves no state that could go stale. It is skipped if the ledger is unchanged and its text
  contains no id and no address of a story that changed.
"""
