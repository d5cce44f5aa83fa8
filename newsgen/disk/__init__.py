"""Every touch of the file system: `Disk` for a folder, `MemoryDisk` for the same in memory.

A disk is rooted in one folder and takes paths relative to it, with /. Nothing outside that folder can be named.
Rejected: pathlib objects per file (three times the cost of a string at 100,000 files).
"""

from newsgen.disk.folder import FolderDisk
from newsgen.disk.memory import MemoryDisk
from newsgen.disk.protocol import Disk, FileStat

__all__ = ["Disk", "FileStat", "FolderDisk", "MemoryDisk"]
