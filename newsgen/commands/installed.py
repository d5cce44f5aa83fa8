"""How newsgen itself came to this computer, so that another computer gets the same: a line of requirements.txt."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

from newsgen.model.value import value

__all__ = ["Installed", "installed"]


@value
class Installed:
    """What `pip install -r requirements.txt` is to install, and where that is from."""

    requirement: str  # PEP 508: "newsgen==0.1.0", "newsgen @ git+https://…@<commit>"
    wheel: str = ""  # the path of the wheel that it was installed from, where that is a file of this computer
    checkout: str = ""  # the folder that it was installed from; pip finds nothing there on another computer


def installed(version: str, direct_url: str) -> Installed:
    """`direct_url` is what pip noted of a newsgen that is not of a package index (PEP 610), "" for nothing.

    From Git it is pinned to the commit, from an address to the digest where pip noted one, else to the version.
    """
    pinned = Installed(f"newsgen=={version}")
    try:
        told: Any = json.loads(direct_url or "{}")
        url = str(told.get("url", ""))
        source = told.get("vcs_info") or {}
        hashes = (told.get("archive_info") or {}).get("hashes") or {}
        below = f"#subdirectory={told['subdirectory']}" if told.get("subdirectory") else ""
        if source:
            return Installed(f"newsgen @ {source['vcs']}+{url}@{source['commit_id']}{below}")
    except (AttributeError, KeyError, TypeError, ValueError):
        return pinned
    parts = urlsplit(url)
    if parts.scheme in ("http", "https"):
        digest = f"#sha256={hashes['sha256']}" if "sha256" in hashes else ""
        return Installed(f"newsgen @ {url}{digest}")
    path = unquote(parts.path)
    if path.endswith(".whl"):
        return Installed(pinned.requirement, wheel=path)
    return Installed(pinned.requirement, checkout=path)
