"""The file system: every touch of it goes through a `Disk`, which is rooted in one folder.

A disk takes paths relative to its root, with /. Nothing outside the root can be named, neither with `..` nor through a
link. A file is replaced whole: readers see the old bytes or the new. What the system refuses is raised as SystemFault
or BlockedPath, with the path; reading raises OSError, for the caller knows what a missing file means. The record in
SQLite (store/) has its own files.

    protocol  Disk, what newsgen needs of a folder; FileStat, a file as a scan sees it
    folder    FolderDisk: a folder of the file system; also the lock of a site
    memory    MemoryDisk: the same in memory, for tests and checks

Decisions:

- **Strings, not pathlib objects** for each file: those cost three times as much at 100,000 files.
- **A temporary file and os.replace for every write**, into one folder `.newsgen-tmp` in the root, so that a build that
  is killed leaves its unfinished files where the next one removes them.
- **Regular files only**: links, pipes and devices are named in a message, and never followed or read.
"""

from newsgen.disk.folder import FolderDisk
from newsgen.disk.memory import MemoryDisk
from newsgen.disk.protocol import Disk, FileStat

__all__ = ["Disk", "FileStat", "FolderDisk", "MemoryDisk"]
