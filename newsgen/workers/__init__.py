"""The same work in this process, in several processes, or on a Dask cluster: the same results in the same order.

What goes to a worker is small (names, not pages), and so is what comes back (digests, cards). Each worker is given
one value, and makes from it, once, what it needs for all its tasks. Nothing here knows what the work is.

    system   what of processes is not the same on every system
    pool     map_tasks and in_background: this process, other processes, or a cluster; owns multiprocessing
    batches  tasks in batches: each step is done for a whole batch before the next step
    dask     the workers of a Dask cluster; owns distributed

Decisions:

- **Workers plan as well as render.** Sending them planned pages took longer than planning. Each caches what it
  printed of a story (`render.templates.macro_cache`), because a story stands on some 25 pages.
- **A few dozen stories take each step together** (batches): all are read, then all are parsed, then all become cards.
  Story by story takes a sixth longer, because the processor must load each step's code and tables again.
- **Workers are forked where the system can fork**, so they have what this process has read. Elsewhere they begin anew,
  and are sent what they need. They end with this process, however it ends: one that lived on would hold the lock, and
  could write while the next build does.
- **Workers of a cluster see the site at the same path.** What they need is put into one file there, which each reads
  once. A worker with another newsgen, library or Python is refused.
"""
