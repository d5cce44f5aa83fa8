"""Who may see what, and when: the state of each story, which version stands for it, and where its addresses lead.

Every output asks here; no page, list or template filters by itself. Pure: cards, a clock and the ledger in, values out.

In reading order:

    state      draft, embargoed, withheld, live, killed, expired; the card as readers may see it; when that changes
    versions   which version of a story is the newest, which it replaces, and which end with it
    resolve    who is shown: of two stories that claim one id or address, one; of versions, the newest
    redirects  where every address leads that was ever published

Decisions:

- **One clock for a whole build.** An instant that is reached counts: at its embargo a story is live, at its `expires`
  it is expired.
- **Two stories that claim one id or address**: the one with the smaller path has it, the other is named as an error.
  An id of a killed story is never used again.
- **The ledger says what was published**, not the store, which may be lost: a tombstone stands only at an address that
  the ledger has. What was killed, or expired, before it was recorded there leaves nothing at all.
- **Where addresses lead is worked out whole or not at all**: half a second for 100,000 lines, and no state that could
  be stale. Not at all where the ledger is the same and mentions no id and no address of a story that differs, which one
  look through its bytes tells.
"""
