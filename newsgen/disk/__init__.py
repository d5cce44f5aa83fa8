"""The file system, as a `Disk` that is rooted in one folder.

A disk takes paths relative to its root, with /. Nothing outside the root can be named, neither with `..` nor through
a link. A file is replaced whole: readers see the old bytes or the new. If the system refuses, that is raised as
SystemFault or BlockedPath, with the path; reading raises OSError, because only the caller knows what a missing file
means.

    protocol  Disk: what newsgen needs of a folder. FileStat: size and times of a file
    folder    FolderDisk: a folder of the file system
    links     where links lead
    releases  ReleaseFolder: releases of a site, and the link to the one that readers see
    lock      a lock file: one command at a time changes a site
    system    modes, owners, locks and private folders, which not every system has
    names     names of files in one Unicode form
    packed    the files in a zip or tar archive
    memory    MemoryDisk: a folder in memory, for tests and for commands that write no output

Everything else goes through a disk, except: `store/`, whose files SQLite writes; `source.project`, which finds the
site's folder, and reads newsgen's own code for a digest; `source.theme`, which finds the default theme in the
package; `cli`'s `--report`; the file that `workers.pool` sends to a cluster's workers; `preview.watch` and
`preview.http`.

Decisions:

- **Paths are strings, not pathlib objects**, which cost three times as much for 100,000 files.
- **Every write is a temporary file and os.replace**, and all temporary files lie in `.newsgen-tmp` in the root: what
  a killed build leaves there, the next one removes.
- **A page gets the mode of any new file; a user's file keeps its own** (`edit`), and the log of requests is private.
- **Names are in NFC** (UAX 15), whatever form a file system has them in, so that a site is the same on all of them.
- **Only regular files are read**: links, pipes and devices are named in a message, and never followed. But content/
  and templates/ themselves may be links, for archives lie on other disks; what is written there is made there.
"""

from newsgen.disk.folder import FolderDisk
from newsgen.disk.memory import MemoryDisk
from newsgen.disk.names import composed, is_hidden
from newsgen.disk.protocol import Disk, FileStat

__all__ = ["Disk", "FileStat", "FolderDisk", "MemoryDisk", "composed", "is_hidden"]
