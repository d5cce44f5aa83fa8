"""Where the links of a folder lead, and on which file system something lies."""

from __future__ import annotations

import os
from collections.abc import Iterable

__all__ = ["home_of", "leads_into"]


def leads_into(link: str, folders: Iterable[str]) -> bool:
    """Whether a link leads to one of some folders, or to something inside."""
    real = os.path.realpath(link)
    homes = [os.path.realpath(folder).rstrip(os.sep) for folder in folders]
    return any(real == home or real.startswith(home + os.sep) for home in homes)


def home_of(target: str, root: str, followed: Iterable[str]) -> str:
    """A folder on the file system of a file below the root: that of the `followed` where it lies in one, or the root.

    What is written there can be moved into place.
    """
    folder = next((folder for folder in followed if target.startswith(f"{folder}/") and os.path.isdir(folder)), root)
    return folder if os.stat(folder).st_dev != os.stat(root).st_dev else root
