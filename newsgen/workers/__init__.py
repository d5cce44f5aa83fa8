"""The same work in this process, in several processes, or on a Dask cluster: the same results in the same order.

What goes to a worker is small (names, not pages), and so is what comes back (digests, cards). A worker is given a value
from which it makes what it works with, once. Nothing here knows what the work is.

    pool     map_tasks and in_background: this process, forked processes, or a cluster; owns multiprocessing
    batches  tasks in batches, of which each step of the work is done for all before the next step
    dask     the workers of a Dask cluster; owns distributed

Decisions:

- **Workers plan as well as render**: what goes to them is names, what comes back is digests. To send pages took longer
  than to make them. Each remembers what it printed of a story (render/), which stands on some 25 pages.
- **Some dozens of stories take each step together** (batches): all are read, then all parsed, then all made into cards;
  all pages planned, compared, rendered, written. Story by story it takes a sixth longer, for the processor has to load
  the code and tables of each step again.
- **Workers are forked where the system can fork**, so that they have what this process has read. They end with it,
  however it ends: one that lived on would hold the lock, and could write beside the next build.
- **Workers of a cluster see the site at the same path.** What they work with is laid into one file there, which each
  reads once; one with another newsgen, library or Python is refused.
"""
