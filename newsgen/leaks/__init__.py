"""Nothing held gets out: what gives a held story away, and the look for it in all that is about to be written.

Held are drafts, embargoed, withheld, killed and expired stories, and the names of persons who asked to be anonymous.
This folder trusts no planner and no template: it knows phrases and bytes. `engine.guard` says what is held, and where
it is looked for beside the pages that are rendered.

    phrases   which runs of words give a story away, from its file
    names     a person's name: how it is found on a page, and taken out of a text
    finder    looks for all of it in the bytes of a page

Decisions:

- **The check trusts nobody.** It reads the files of what is held at each build, asks for their states again, and
  looks for their words in the bytes that are about to be written. Its phrases are in no store. What excuses a phrase
  is a live story's file or card, the default theme, the settings, the registers of names; never a template of the
  site. A template with such words makes every page be rendered, so that incremental equals clean. Costs: 1.4 s of 31
  s of a processor for 380 MB and 200 held stories; nothing to be seen in one edit.
- **A story that is taken back has every page that stands looked through**, for the store may be wrong; one that
  expires has not, for its time was known. A page that has its words is rendered again, and checked as any other.
- **`unpublish anonymise` changes the files**, and not what is made of them: a rule that ran at each build would need
  the name in every store, and digests of what nobody can see. The log keeps the name so that a build can refuse it.
"""
